//! The redacted text with its marks.

use super::findings::severity_class;
use crate::page::app::Shared;
use crate::page::hooks::{focus, reveal, scroll_to, use_language};
use crate::page::marks::{Piece, pieces};
use crate::page::say_once::evidence;
use crate::report::Report;
use crate::span::Span;
use crate::words::text;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    pub(crate) lit: Option<Span>,
    pub(crate) light: Callback<Option<Span>>,
}

#[component]
pub(crate) fn SourceView(props: &Props) -> Html {
    use_language();
    let shown = use_node_ref();
    {
        // Evidence is often the last line of many. Once, and not while the text is edited.
        let shown = shown.clone();
        use_effect_with((), move |()| scroll_to(&shown, ".fact"));
    }
    let cut = use_memo(props.report.clone(), |Shared(report)| {
        let (because, others) = evidence(report);
        let spans: Vec<_> = because.iter().chain(&others).map(|e| e.span).collect();
        let cut = pieces(report, &spans);
        // Without a verdict all that is known is evidence.
        let marked = if report.settled { because.len() } else { spans.len() };
        (cut, spans, marked)
    });
    let (cut, spans, marked) = &*cut;
    let Some(redacted) = props.report.0.redacted.as_deref().filter(|r| !r.is_empty()) else { return html! {} };
    // Only what occurs needs to be told.
    let kinds = [
        (cut.iter().any(|p| p.redaction), "redaction", "mark-taken"),
        (cut.iter().any(|p| p.fact.is_some_and(|i| i < *marked)), "fact", "mark-evidence"),
        (cut.iter().any(|p| p.finding.is_some()), "finding", "mark-noticed"),
    ];
    html! {
        <section class="card text" aria-labelledby="text">
            <h2 id="text">{ text("redacted") }</h2>
            <ul class="legend small" aria-label={text("marks")}>
                { for kinds.into_iter().filter(|(there, ..)| *there).map(|(_, class, says)| html! {
                    <li><span {class}>{ text(says) }</span></li>
                }) }
            </ul>
            <pre ref={shown} class="source" data-test="redacted" tabindex="0" role="group" aria-labelledby="text">
                { for cut.iter().map(|piece| show(props, redacted, piece, spans, *marked)) }
            </pre>
        </section>
    }
}

fn show(props: &Props, redacted: &str, piece: &Piece, spans: &[Option<Span>], marked: usize) -> Html {
    let words = piece.span.of(redacted).to_owned();
    if piece.is_plain() {
        return html! { { words } };
    }
    let finding = piece.finding.and_then(|(i, _)| props.report.0.findings.get(i)?.place.span);
    let fact = piece.fact.and_then(|i| *spans.get(i)?);
    let target = finding.or(fact).unwrap_or(piece.span);
    let lit = props.lit.is_some_and(|lit| lit.start <= piece.span.start && piece.span.end <= lit.end);
    let evident = piece.fact.is_some_and(|i| i < marked);
    let class = classes!(
        piece.redaction.then_some("redaction"),
        evident.then_some("fact"),
        piece.finding.map(|(_, severity)| classes!("finding", severity_class(severity))),
        lit.then_some("lit"),
    );
    let start = piece.span.start.to_string();
    let enter = props.light.reform(move |_: MouseEvent| Some(target));
    let leave = props.light.reform(|_: MouseEvent| None);
    if target.start != piece.span.start || !(evident || finding.is_some()) {
        return html! { <mark {class} data-start={start} onmouseenter={enter} onmouseleave={leave}>{ words }</mark> };
    }
    // The first piece leads to what is said about it, by mouse, by touch and by keyboard.
    let about = match piece.finding.filter(|_| finding.is_some()) {
        Some((index, _)) => format!("#finding-{index} .place"),
        None => format!(".because [data-at=\"{}\"]", target.start),
    };
    let go = move || {
        reveal(&about);
        focus(&about);
    };
    let also = go.clone();
    let (onfocus, onblur) =
        (props.light.reform(move |_: FocusEvent| Some(target)), props.light.reform(|_: FocusEvent| None));
    let onclick = Callback::from(move |_: MouseEvent| go());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" || event.key() == " " {
            event.prevent_default();
            also();
        }
    });
    html! {
        <mark {class} data-start={start} tabindex="0" role="button" onmouseenter={enter} onmouseleave={leave}
            {onfocus} {onblur} {onclick} {onkeydown}>{ words }</mark>
    }
}
