//! The other possible causes with their probabilities.

use super::fixes::how;
use crate::page::words;
use crate::report::{Cause, Report};
use yew::prelude::*;

/// The section; nothing where there is nothing to say.
pub(crate) fn view(report: &Report) -> Html {
    let Some((_, others)) = report.causes.split_first().filter(|(_, others)| !others.is_empty()) else {
        return html! {};
    };
    html! {
        <section class="card others" aria-labelledby="others" data-test="causes">
            <h2 id="others">{ "What else it could be" }</h2>
            <ul class="causes">{ for others.iter().map(row) }</ul>
        </section>
    }
}

fn row(cause: &Cause) -> Html {
    let percent = words::percent(cause.probability);
    html! {
        <li key={cause.id.clone()} data-test="cause" data-cause={cause.id.clone()}>
            <details>
                <summary>
                    <span class="title">{ &cause.title }</span>
                    <span class="percent">{ percent }</span>
                    <meter min="0" max="100" value={words::meter(cause.probability)} aria-hidden="true" />
                </summary>
                <div class="inside">
                    <p>{ super::prose(&cause.meaning) }</p>
                    { super::sentences("for", &cause.because) }
                    { super::sentences("against", &cause.against) }
                    <ol class="fixes">
                        { for cause.fixes.iter().map(|f| html! { <li class="fix"><p>{ super::prose(&f.title) }</p>{ how(f) }</li> }) }
                    </ol>
                </div>
            </details>
        </li>
    }
}
