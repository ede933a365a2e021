//! The redacted text with its marks.

use super::findings::severity_class;
use crate::page::marks::{Piece, pieces};
use crate::report::Report;
use crate::span::Span;
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
    let cut = use_memo(props.report.clone(), |report| pieces(report));
    let Some(text) = props.report.redacted.as_deref().filter(|text| !text.is_empty()) else { return html! {} };
    html! {
        <section class="card text" aria-labelledby="text">
            <h2 id="text">{ "Your text, redacted" }</h2>
            <ul class="legend small" aria-label="Marks">
                <li><span class="redaction">{ "taken out" }</span></li>
                <li><span class="fact">{ "evidence" }</span></li>
                <li><span class="finding">{ "noticed" }</span></li>
            </ul>
            <pre class="source" data-test="redacted" tabindex="0" role="region" aria-labelledby="text">
                { for cut.iter().map(|piece| show(props, text, piece)) }
            </pre>
        </section>
    }
}

fn show(props: &Props, text: &str, piece: &Piece) -> Html {
    let words = piece.span.of(text).to_owned();
    if piece.is_plain() {
        return html! { { words } };
    }
    let whole = piece.finding.and_then(|(i, _)| props.report.findings.get(i)?.place.span);
    let target = whole.unwrap_or(piece.span);
    let lit = props.lit.is_some_and(|lit| lit.start <= piece.span.start && piece.span.end <= lit.end);
    let class = classes!(
        piece.redaction.then_some("redaction"),
        piece.fact.then_some("fact"),
        piece.finding.map(|(_, severity)| classes!("finding", severity_class(severity))),
        lit.then_some("lit"),
    );
    let enter = props.light.reform(move |_: MouseEvent| Some(target));
    let leave = props.light.reform(|_: MouseEvent| None);
    html! {
        <mark {class} data-start={piece.span.start.to_string()} onmouseenter={enter} onmouseleave={leave}>{ words }</mark>
    }
}
