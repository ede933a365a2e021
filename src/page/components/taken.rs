//! What was taken out, with fingerprints.

use crate::page::words;
use crate::report::{Placeholder, Report};
use crate::words::{count, text};
use yew::prelude::*;

/// The list; nothing where no secret stood in the text.
pub(crate) fn view(report: &Report) -> Html {
    if report.placeholders.is_empty() {
        return html! {};
    }
    html! {
        <section class="card taken" aria-labelledby="taken" data-test="redactions">
            <h2 id="taken">{ count("taken", report.placeholders.len()) }</h2>
            <ul class="secrets">{ for distinct(&report.placeholders).into_iter().map(row) }</ul>
            <p class="small">
                { text("taken-why") }
            </p>
        </section>
    }
}

/// Each secret once, with the number of its places.
fn distinct(placeholders: &[Placeholder]) -> Vec<(&Placeholder, usize)> {
    let mut out: Vec<(&Placeholder, usize)> = Vec::new();
    for p in placeholders {
        match out.iter_mut().find(|(q, _)| q.kind == p.kind && q.fingerprint == p.fingerprint) {
            Some((_, n)) => *n += 1,
            None => out.push((p, 1)),
        }
    }
    out
}

fn row((placeholder, times): (&Placeholder, usize)) -> Html {
    html! {
        <li data-test="redaction" data-kind={placeholder.kind.clone()}>
            <span class="what">{ words::secret(&placeholder.kind) }</span>
            if let Some(print) = &placeholder.fingerprint {
                <code>{ print }</code>
            } else {
                <span class="small">{ text("taken-guessable") }</span>
            }
            if times > 1 { <span class="small">{ count("times", times) }</span> }
        </li>
    }
}
