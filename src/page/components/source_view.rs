//! The redacted text with its marks.

use super::findings::severity_class;
use crate::page::hooks::{reveal, use_language};
use crate::page::marks::{Piece, pieces};
use crate::report::Report;
use crate::span::Span;
use crate::words::text;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    pub(crate) lit: Option<Span>,
    pub(crate) light: Callback<Option<Span>>,
}

#[component]
pub(crate) fn SourceView(props: &Props) -> Html {
    use_language();
    let cut = use_memo(props.report.clone(), |report| pieces(report));
    let Some(redacted) = props.report.redacted.as_deref().filter(|r| !r.is_empty()) else { return html! {} };
    html! {
        <section class="card text" aria-labelledby="text">
            <h2 id="text">{ text("redacted") }</h2>
            <ul class="legend small" aria-label={text("marks")}>
                <li><span class="redaction">{ text("mark-taken") }</span></li>
                <li><span class="fact">{ text("mark-evidence") }</span></li>
                <li><span class="finding">{ text("mark-noticed") }</span></li>
            </ul>
            <pre class="source" data-test="redacted" tabindex="0" role="group" aria-labelledby="text">
                { for cut.iter().map(|piece| show(props, redacted, piece)) }
            </pre>
        </section>
    }
}

fn show(props: &Props, redacted: &str, piece: &Piece) -> Html {
    let words = piece.span.of(redacted).to_owned();
    if piece.is_plain() {
        return html! { { words } };
    }
    let finding = piece.finding.and_then(|(i, _)| props.report.findings.get(i)?.place.span);
    let fact = piece.fact.and_then(|i| props.report.facts.get(i)?.span);
    let target = finding.or(fact).unwrap_or(piece.span);
    let lit = props.lit.is_some_and(|lit| lit.start <= piece.span.start && piece.span.end <= lit.end);
    let class = classes!(
        piece.redaction.then_some("redaction"),
        piece.fact.map(|_| "fact"),
        piece.finding.map(|(_, severity)| classes!("finding", severity_class(severity))),
        lit.then_some("lit"),
    );
    let start = piece.span.start.to_string();
    let enter = props.light.reform(move |_: MouseEvent| Some(target));
    let leave = props.light.reform(|_: MouseEvent| None);
    let Some((index, _)) = piece.finding.filter(|_| target.start == piece.span.start) else {
        return html! { <mark {class} data-start={start} onmouseenter={enter} onmouseleave={leave}>{ words }</mark> };
    };
    // The first piece of a finding leads to it, by mouse and by keyboard.
    let go = move || reveal(&format!("#finding-{index}"));
    let (focus, blur) =
        (props.light.reform(move |_: FocusEvent| Some(target)), props.light.reform(|_: FocusEvent| None));
    let onclick = Callback::from(move |_: MouseEvent| go());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            go();
        }
    });
    html! {
        <mark {class} data-start={start} tabindex="0" role="button" onmouseenter={enter} onmouseleave={leave}
            onfocus={focus} onblur={blur} {onclick} {onkeydown}>{ words }</mark>
    }
}
