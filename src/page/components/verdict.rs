//! The verdict: what it most likely is, how sure that is, what it means, who refused, and what to do first.

use crate::intake::InputKind;
use crate::page::hooks::visit;
use crate::page::say_once::{covers, distinct};
use crate::page::{spoken, words};
use crate::report::{Cause, Report};
use crate::words::{count, text, with};
use yew::prelude::*;

/// The verdict's stage.
pub(crate) fn view(report: &Report, from_link: bool) -> Html {
    html! {
        <section class={classes!("verdict", (!report.settled).then_some("open"), (report.responder.id == "unknown").then_some("alone"))} tabindex="-1" data-test="verdict" aria-labelledby="verdict"
            data-cause={report.causes.first().map_or_else(|| "unknown".to_owned(), |c| c.id.clone())}>
            <div class="said">
                { match report.causes.first() {
                    Some(cause) if report.settled => known(report, cause),
                    Some(_) => unsettled(report),
                    None => unknown(report, from_link),
                } }
                if many_calls(report) {
                    <p class="small">{ text("many-calls") }{ " " }<a href="#/incidents">{ text("nav-incidents") }</a></p>
                }
            </div>
            { responder(report) }
        </section>
    }
}

/// True for a log or an archive that may tell of many calls: the verdict is about one of them.
fn many_calls(report: &Report) -> bool {
    let many = report.redacted.as_ref().is_none_or(|text| text.bytes().filter(|b| *b == b'\n').count() > 2);
    matches!(report.input.kind, InputKind::Log | InputKind::Har) && many
}

fn known(report: &Report, cause: &Cause) -> Html {
    html! {
        <>
            <p class="eyebrow">{ text("most-likely") }</p>
            <h2 id="verdict">{ super::told(&spoken::title(cause)) }</h2>
            <p class="sure">
                <strong>{ super::told(&spoken::likelihood(cause)) }</strong>
                <meter min="0" max="100" value={words::meter(cause.probability)} aria-hidden="true" />
                <span class="percent" data-test="probability">{ words::percent(cause.probability) }</span>
            </p>
            <p class="meaning">{ super::told(&spoken::meaning(cause)) }</p>
            if let Some(fix) = cause.fixes.first() {
                <p class="first"><strong>{ text("first") }{ " " }</strong>{ super::told(&spoken::fix_title(cause, fix, &report.parameters)) }
                    { " " }<button type="button" class="how-to" onclick={|_: MouseEvent| visit(".fix")}>{ text("first-how") }</button></p>
            }
        </>
    }
}

/// Several causes fit, none of them well: nothing is said that sounds like a verdict.
fn unsettled(report: &Report) -> Html {
    let asks = report.questions.iter().any(|q| q.given.is_none());
    html! {
        <>
            <p class="eyebrow">{ text("no-verdict") }</p>
            <h2 id="verdict">{ text("not-enough") }</h2>
            <p class="meaning">
                if asks {
                    { text("not-enough-ask") }
                } else {
                    { text("not-enough-paste") }
                }
            </p>
        </>
    }
}

fn unknown(report: &Report, from_link: bool) -> Html {
    html! {
        <>
            <p class="eyebrow">{ text("no-verdict") }</p>
            <h2 id="verdict">{ text("nothing-recognised") }</h2>
            <p class="meaning">
                if from_link {
                    { text("nothing-in-link") }
                } else {
                    { with("nothing-in-text", &[("kind", words::kind(report.input.kind))]) }
                }
            </p>
        </>
    }
}

fn responder(report: &Report) -> Html {
    let who = &report.responder;
    // How sure it is that nobody knows helps nobody.
    let unknown = who.id == "unknown";
    // What stands under Why (without a verdict: under what is known) is said there.
    let why = report.causes.first().filter(|_| report.settled).map(|cause| &cause.because);
    let told = |said: &&str| match why {
        Some(why) => why.iter().any(|reason| covers(reason, said)),
        None => report.facts.iter().any(|fact| fact.text == *said),
    };
    let because = distinct(who.because.iter().map(String::as_str).collect()).into_iter().filter(|said| !told(said));
    // Three reasons are read, a dozen are not.
    let because: Vec<String> = because.map(str::to_owned).collect();
    let (first, rest) = because.split_at_checked(3).unwrap_or((&because, &[]));
    html! {
        <div class="responder" data-test="responder" data-responder={who.id.clone()}>
            <p><span class="label">{ text("who-answered") }</span><strong>if unknown { { text("unknown") } } else { { super::told(&spoken::responder(who)) } }</strong>
                if who.confidence > 0.0 && !unknown { <span class="small">{ words::percent(who.confidence) }</span> }
            </p>
            { super::sentences("small plain", first, &report.facts) }
            if !rest.is_empty() {
                <details>
                    <summary>{ count("more-reasons", rest.len()) }</summary>
                    { super::sentences("small plain", rest, &report.facts) }
                </details>
            }
        </div>
    }
}
