//! The frame's foot, on every address.

use crate::page::hooks::use_language;
use crate::words::text;
use yew::prelude::*;

/// The footer.
#[component]
pub(crate) fn Footer() -> Html {
    use_language();
    html! { <footer class="foot"><p class="small">{ text("not-openai") }</p></footer> }
}
