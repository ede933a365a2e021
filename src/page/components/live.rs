//! Tells screen readers what the page shows now.

use crate::page::state::{Screen, State};
use crate::page::{spoken, words};
use crate::words::{text, with};
use yew::prelude::*;

/// A status line that is heard, not seen.
pub(crate) fn view(state: &State) -> Html {
    let says = match &state.screen {
        Screen::Done(report) => match report.causes.first() {
            Some(_) if !report.settled => {
                with("live-open", &[("responder", &spoken::responder(&report.responder).text)])
            }
            Some(cause) => with(
                "live-verdict",
                &[
                    ("title", &spoken::title(cause).text),
                    ("percent", &words::percent(cause.probability)),
                    ("responder", &spoken::responder(&report.responder).text),
                ],
            ),
            // The notice speaks for itself.
            None if report.notice.is_some() => String::new(),
            None => text("live-nothing").to_owned(),
        },
        Screen::Working(_) | Screen::Idle | Screen::Failed(..) => String::new(),
    };
    html! { <p class="unseen" role="status" data-test="status">{ says }</p> }
}
