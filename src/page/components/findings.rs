//! What the checks noticed, worst first, each tied to its place in the redacted text.

use crate::check::Severity;
use crate::page::spoken;
use crate::report::{Finding, Mended, Report};
use crate::span::Span;
use crate::words::{text, with};
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    pub(crate) lit: Option<Span>,
    pub(crate) light: Callback<Option<Span>>,
    pub(crate) find: Callback<Span>,
    /// Makes a finding's change in the box's text, or takes the last one back; none where the box does not hold that text.
    pub(crate) apply: Option<Callback<Option<Mended>>>,
    /// A change was made.
    pub(crate) applied: bool,
}

/// True where there is nothing to say.
pub(crate) fn nothing(props: &Props) -> bool {
    let report = &props.report;
    report.findings.is_empty() && report.problems.is_empty() && report.schemas_missing.is_empty() && !props.applied
}

/// The section; nothing where there is nothing to say.
pub(crate) fn view(props: &Props) -> Html {
    let unchecked = !props.report.schemas_missing.is_empty();
    if nothing(props) {
        return html! {};
    }
    let group = |severity: Severity, title: &str| {
        let list: Vec<_> = props.report.findings.iter().enumerate().filter(|(_, f)| f.severity == severity).collect();
        if list.is_empty() {
            return html! {};
        }
        html! {
            <>
                <h3 class="kind">{ title }</h3>
                <ul class="findings">{ for list.into_iter().map(|(i, f)| one(props, i, f)) }</ul>
            </>
        }
    };
    html! {
        <section class="card noticed" aria-labelledby="noticed">
            <h2 id="noticed">{ text("findings") }</h2>
            <div role="status">
                if let Some(undo) = props.apply.as_ref().filter(|_| props.applied) {
                    <p class="applied">{ text("applied") }{ " " }
                        <button type="button" class="button" data-test="undo" onclick={undo.reform(|_: MouseEvent| None)}>{ text("undo") }</button>
                    </p>
                }
            </div>
            { group(Severity::Error, text("finding-error")) }
            { group(Severity::Warning, text("finding-warning")) }
            { group(Severity::Hint, text("finding-hint")) }
            { problems(&props.report) }
            if unchecked {
                <p data-test="unchecked">{ text("body-unchecked") }</p>
            }
        </section>
    }
}

fn one(props: &Props, index: usize, finding: &Finding) -> Html {
    let span = finding.place.span;
    let lit = span.is_some() && span == props.lit;
    let point = props.light.reform(move |_: MouseEvent| span);
    let leave = props.light.reform(|_: MouseEvent| None);
    html! {
        <li id={format!("finding-{index}")} class={classes!("finding", severity_class(finding.severity), lit.then_some("lit"))}
            data-test="finding" data-finding={finding.id.clone()} data-severity={severity_class(finding.severity)}
            onmouseenter={point} onmouseleave={leave}>
            <p class="message">{ super::told(&spoken::finding(&finding.id, &finding.message)) }</p>
            <p class="choices">{ place(props, finding) }{ change(props, finding) }</p>
            <details>
                <summary>{ text("finding-more") }</summary>
                <p>{ super::told(&spoken::advice(&finding.id, "why", &finding.why)) }</p>
                <p>{ super::told(&spoken::advice(&finding.id, "fix", &finding.fix)) }</p>
                { for finding.mended.iter().map(|m| html! { <p>{ super::told(&spoken::sentence(&m.sentence)) }</p> }) }
                <p class="small">{ text("source") }{ " " }{ super::reference(&finding.source) }</p>
            </details>
        </li>
    }
}

/// The button that shows the place; words alone where nothing is written there.
fn place(props: &Props, finding: &Finding) -> Html {
    let (Some(span), Some(line), Some(column)) = (finding.place.span, finding.place.line, finding.place.column) else {
        return html! {};
    };
    let find = props.find.reform(move |_: MouseEvent| span);
    let focus = props.light.reform(move |_: FocusEvent| Some(span));
    let blur = props.light.reform(|_: FocusEvent| None);
    html! {
        <button type="button" class="place" onclick={find} onfocus={focus} onblur={blur}>
            { place_words(line, column) }
        </button>
    }
}

/// The button that makes the change that would mend it.
fn change(props: &Props, finding: &Finding) -> Html {
    let (Some(apply), Some(mended)) = (&props.apply, &finding.mended) else { return html! {} };
    let mended = mended.clone();
    let onclick = apply.reform(move |_: MouseEvent| Some(mended.clone()));
    html! { <button type="button" class="button" data-test="apply" {onclick}>{ text("apply") }</button> }
}

/// A place in words.
fn place_words(line: usize, column: usize) -> String {
    with("place", &[("line", &line.to_string()), ("column", &column.to_string())])
}

/// The severity as the report writes it.
pub(super) fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn problems(report: &Report) -> Html {
    if report.problems.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3 class="kind">{ text("problems") }</h3>
            <ul class="plain" data-test="problems">
                { for report.problems.iter().map(|p| html! {
                    <li>{ super::told(&spoken::sentence(&p.message)) }<span class="small">{ " (" }{ place_words(p.line, p.column) }{ ")" }</span></li>
                }) }
            </ul>
        </>
    }
}
