//! The pieces of the page: functions of what they are given. Pasted text goes into text nodes only.

pub(super) mod box_area;
mod copy;
pub(super) mod findings;
pub(super) mod fixes;
pub(super) mod footer;
pub(super) mod header;
pub(super) mod idle;
mod leaves;
pub(super) mod live;
pub(super) mod notice;
pub(super) mod others;
pub(super) mod path;
pub(super) mod question;
pub(super) mod share;
pub(super) mod source_view;
pub(super) mod taken;
pub(super) mod tree;
pub(super) mod verdict;
pub(super) mod why;

use crate::page::spoken::{self, Spoken};
use crate::page::words;
use crate::report::Fact;
use crate::words::text;
use yew::prelude::*;

/// A source or a page of a provider: a link where it is an `https` address, else its text.
fn reference(source: &str) -> Html {
    match words::host(source) {
        Some(host) => html! {
            <a href={source.to_owned()} target="_blank" rel="noreferrer noopener">
                { host }<span class="unseen">{ " " }{ text("new-tab") }</span>
            </a>
        },
        None => html! { { source } },
    }
}

/// Sentences of evidence as a list; nothing where there are none.
fn sentences(class: &'static str, list: &[String], facts: &[Fact]) -> Html {
    if list.is_empty() {
        return html! {};
    }
    html! { <ul class={class}>{ for list.iter().map(|s| html! { <li>{ told(&spoken::reason(facts, s)) }</li> }) }</ul> }
}

/// A text of the report in the page's language, or marked as English.
pub(crate) fn told(said: &Spoken) -> Html {
    let text = prose(&said.text);
    match said.lang {
        Some(lang) => html! { <span {lang}>{ text }</span> },
        None => text,
    }
}

/// A sentence of the report, with what stands in backticks as code.
fn prose(sentence: &str) -> Html {
    let part = |(part, code): (&str, bool)| match code {
        true => html! { <code>{ part }</code> },
        false => html! { { part } },
    };
    words::with_code(sentence).into_iter().map(part).collect()
}
