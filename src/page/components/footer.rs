//! The foot of the page: the promise, and how to check it.

use crate::page::hooks::use_language;
use crate::words::text;
use yew::prelude::*;

/// The footer.
#[component]
pub(crate) fn Footer() -> Html {
    use_language();
    html! {
        <footer class="foot">
            <details>
                <summary>{ text("check") }</summary>
                <p>
                    { text("check-network") }
                </p>
                <p>
                    { text("check-worker") }
                </p>
            </details>
            <p class="small">{ text("not-openai") }</p>
        </footer>
    }
}
