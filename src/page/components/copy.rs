//! A button that copies a text.

use crate::page::hooks::{Copied, use_clipboard, use_language};
use crate::words::text;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What is copied.
    pub(crate) text: String,
    /// What the button says.
    pub(crate) label: AttrValue,
}

#[component]
pub(crate) fn CopyButton(props: &Props) -> Html {
    use_language();
    let (copied, copy) = use_clipboard();
    let copies = props.text.clone();
    let onclick = Callback::from(move |_: MouseEvent| copy.emit(copies.clone()));
    let says = match copied {
        Copied::No => props.label.clone(),
        Copied::Yes => text("copied").into(),
        Copied::Refused => text("copy-refused").into(),
    };
    html! { <button type="button" class="button copy" {onclick}><span aria-live="polite">{ says }</span></button> }
}
