//! The pieces of the page: functions of what they are given. Pasted text goes into text nodes only.

pub(super) mod box_area;
mod copy;
pub(super) mod findings;
pub(super) mod fixes;
pub(super) mod footer;
pub(super) mod idle;
pub(super) mod live;
pub(super) mod notice;
pub(super) mod others;
pub(super) mod path;
pub(super) mod question;
pub(super) mod share;
pub(super) mod source_view;
pub(super) mod taken;
pub(super) mod verdict;
pub(super) mod why;

use crate::page::words;
use yew::prelude::*;

/// A source or a page of a provider: a link where it is an `https` address, else its text.
fn reference(text: &str) -> Html {
    match words::host(text) {
        Some(host) => html! {
            <a href={text.to_owned()} target="_blank" rel="noreferrer noopener">
                { host }<span class="unseen">{ " (opens in a new tab)" }</span>
            </a>
        },
        None => html! { { text } },
    }
}

/// Sentences as a list; nothing where there are none.
fn sentences(class: &'static str, list: &[String]) -> Html {
    if list.is_empty() {
        return html! {};
    }
    html! { <ul class={class}>{ for list.iter().map(|s| html! { <li>{ s }</li> }) }</ul> }
}
