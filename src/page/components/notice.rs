//! Sentences about what is special: a failure with a way on, a link that was opened, a text too large to show.

use crate::page::desk::Desk;
use crate::page::state::{Failure, Screen, Source};
use crate::page::words;
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
            if let Screen::Failed(failure, _) = &props.screen { { failed(props, *failure) } }
            if let Some(sentence) = report.and_then(|r| r.notice.as_ref()) {
                <p class="notice" data-test="notice" role="alert">
                    { sentence }
                    if report.is_some_and(|r| r.causes.is_empty()) { { " You can paste what failed into the box above." } }
                </p>
            } else if matches!(props.source, Source::Link(_)) && report.is_some() {
                <p class="notice" data-test="notice">
                    if report.is_some_and(|r| r.redacted.is_some()) {
                        { "Opened from a link: the diagnosis of somebody’s paste, with its redacted text." }
                    } else {
                        { "Opened from a link: the diagnosis of somebody’s paste, without the paste itself." }
                    }
                </p>
            }
            if let Source::Large { name, bytes } = &props.source {
                <p class="notice" data-test="large">
                    { format!("{}, {}: too large to show here, but all of it was read.",
                        name.as_deref().unwrap_or("Your paste"), words::size(*bytes)) }
                </p>
            }
        </div>
    }
}

fn failed(props: &Props, failure: Failure) -> Html {
    let says = match failure {
        Failure::Load => {
            "The part of this page that reads your text did not load. Check your connection and try again."
        }
        Failure::Crashed => "The part of this page that reads your text stopped on this one. A fresh one is ready.",
        Failure::Slow => "Reading this text took more than a minute, so it was stopped. Try a shorter part of it.",
        Failure::NotText => "This file is not text. Text, JSON, HAR and log files can be read.",
        Failure::Unreadable => "The browser could not read this file. It may have been moved or changed.",
        Failure::TooLarge => "This is more text than the browser can hold at once. Try a part of it.",
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
                <p class="small">{ "Your paste is held back, because its secrets are still in it." }</p>
            }
            <p class="choices">
                if can_help {
                    <button type="button" class="button" data-test="retry" onclick={retry}>{ "Try again" }</button>
                }
                if props.held {
                    <button type="button" class="button" data-test="keep" onclick={keep}>{ "Show it as it is" }</button>
                    <button type="button" class="button" data-test="forget" onclick={drop}>{ "Forget it" }</button>
                }
            </p>
        </div>
    }
}
