//! Sentences about what is special: a failure with a way on, a link that was opened, a text too large to show.

use crate::page::desk::Desk;
use crate::page::prefs;
use crate::page::spoken;
use crate::page::state::{Failure, Screen, Source};
use crate::page::words;
use crate::words::{text, with};
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) screen: Screen,
    pub(crate) source: Source,
    pub(crate) desk: Rc<Desk>,
    /// A paste waits that the box does not show.
    pub(crate) held: bool,
}

/// The section; nothing where there is nothing to say.
pub(crate) fn view(props: &Props) -> Html {
    let report = match &props.screen {
        Screen::Done(report) => Some(report),
        _ => None,
    };
    html! {
        <div class="notices">
            if prefs::update_waits() { { update(props) } }
            if let Screen::Failed(failure, _) = &props.screen { { failed(props, *failure) } }
            if let Some(sentence) = report.and_then(|r| r.notice.as_ref()) {
                <p class="notice" data-test="notice" role="alert">
                    { super::told(&spoken::sentence(sentence)) }
                    if report.is_some_and(|r| r.causes.is_empty()) { { " " }{ text("paste-instead") } }
                </p>
            } else if matches!(props.source, Source::Link(_)) && report.is_some() {
                <p class="notice" data-test="notice">
                    if report.is_some_and(|r| r.redacted.is_some()) {
                        { text("from-link-text") }
                    } else {
                        { text("from-link") }
                    }
                    if let Some(made) = report.and_then(|r| r.made) {
                        { " " }{ with("from-link-made", &[("when", &prefs::moment(made))]) }
                    }
                </p>
            }
            if let Source::Large { name, bytes } = &props.source {
                <p class="notice" data-test="large">
                    { with("large", &[("name", name.as_deref().unwrap_or(text("large-paste"))), ("size", &words::size(*bytes))]) }
                </p>
            }
        </div>
    }
}

/// A newer version waits: it is taken when the visitor says so, with the text in the address where it fits.
fn update(props: &Props) -> Html {
    let report = props.screen.report();
    let link = report.and_then(|r| r.link_with_text.clone()).unwrap_or_default();
    let loses = link.is_empty() && (report.is_some() || props.desk.holds_text());
    let onclick = Callback::from(move |_: MouseEvent| {
        prefs::call("renew", &[link.as_str().into()]);
    });
    html! {
        <div class="notice" role="status" data-test="update">
            <p>{ text("update") }{ " " }{ text(if loses { "update-loses" } else { "update-keeps" }) }</p>
            <p class="choices"><button type="button" class="button" {onclick}>{ text("update-now") }</button></p>
        </div>
    }
}

fn failed(props: &Props, failure: Failure) -> Html {
    let says = match failure {
        Failure::Load => text("failed-load"),
        Failure::Crashed => text("failed-crashed"),
        Failure::Slow => text("failed-slow"),
        Failure::NotText => text("failed-not-text"),
        Failure::Unreadable => text("failed-unreadable"),
        Failure::TooLarge => text("failed-too-large"),
    };
    // The same file gives the same refusal.
    let can_help = !matches!(failure, Failure::NotText | Failure::TooLarge);
    let retry = {
        let desk = props.desk.clone();
        Callback::from(move |_: MouseEvent| desk.retry())
    };
    let keep = {
        let desk = props.desk.clone();
        Callback::from(move |_: MouseEvent| desk.keep())
    };
    let drop = {
        let desk = props.desk.clone();
        Callback::from(move |_: MouseEvent| desk.forget())
    };
    html! {
        <div class="notice failure" role="alert" data-test="error">
            <p>{ says }</p>
            if props.held {
                <p class="small">{ text("held-back") }</p>
            }
            <p class="choices">
                if can_help {
                    <button type="button" class="button" data-test="retry" onclick={retry}>{ text("try-again") }</button>
                }
                if props.held {
                    <button type="button" class="button" data-test="keep" onclick={keep}>{ text("show-raw") }</button>
                    <button type="button" class="button" data-test="forget" onclick={drop}>{ text("forget") }</button>
                }
            </p>
        </div>
    }
}
