//! The other possible causes with their probabilities; all of them where there is no verdict.

use super::fixes::how;
use crate::page::spoken;
use crate::page::words;
use crate::report::{Cause, Report};
use crate::words::{count, text};
use yew::prelude::*;

/// The section; nothing where there is nothing to say.
pub(crate) fn view(report: &Report) -> Html {
    // Without a verdict the first is a possibility like the others.
    let (heading, causes) = match report.settled {
        true => (text("others"), report.causes.get(1..).unwrap_or_default()),
        false => (text("possible"), report.causes.as_slice()),
    };
    if causes.is_empty() {
        return html! {};
    }
    // Beside a verdict, those below one in a hundred wait until somebody wants them; they come last.
    let seen = causes.iter().take_while(|c| !report.settled || c.probability >= 0.01).count();
    let (likely, rest) = causes.split_at_checked(seen).unwrap_or((causes, &[]));
    html! {
        <section class="card others" aria-labelledby="others" data-test="causes">
            <h2 id="others">{ heading }</h2>
            { list(likely, report) }
            if !rest.is_empty() {
                <details>
                    <summary>{ count("others-unlikely", rest.len()) }</summary>
                    { list(rest, report) }
                </details>
            }
        </section>
    }
}

fn list(causes: &[Cause], report: &Report) -> Html {
    if causes.is_empty() {
        return html! {};
    }
    html! { <ul class="causes">{ for causes.iter().map(|c| row(c, report)) }</ul> }
}

fn row(cause: &Cause, report: &Report) -> Html {
    let percent = words::percent(cause.probability);
    html! {
        <li key={cause.id.clone()} data-test="cause" data-cause={cause.id.clone()}>
            <details>
                <summary>
                    <span class="title">{ super::told(&spoken::title(cause)) }</span>
                    <span class="percent">{ percent }</span>
                    <meter min="0" max="100" value={words::meter(cause.probability)} aria-hidden="true" />
                </summary>
                <div class="inside">
                    <p>{ super::told(&spoken::meaning(cause)) }</p>
                    { super::sentences("for", &cause.because, &report.facts) }
                    { super::sentences("against", &cause.against, &report.facts) }
                    <ol class="fixes">
                        { for cause.fixes.iter().map(|f| html! {
                            <li class="fix"><p>{ super::told(&spoken::fix_title(cause, f, &report.parameters)) }</p>{ how(report, cause, f) }</li>
                        }) }
                    </ol>
                </div>
            </details>
        </li>
    }
}
