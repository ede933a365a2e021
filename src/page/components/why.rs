//! Why: what speaks for the most likely cause and against it, and the other facts; each sentence tied to its place in the text.

use crate::page::say_once::{Evidence, evidence};
use crate::page::spoken;
use crate::report::Report;
use crate::span::Span;
use crate::words::{count, text};
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    pub(crate) lit: Option<Span>,
    pub(crate) light: Callback<Option<Span>>,
    pub(crate) find: Callback<Span>,
}

/// The section; nothing where there is nothing to say.
pub(crate) fn view(props: &Props) -> Html {
    let cause = props.report.causes.first().filter(|_| props.report.settled);
    let against = cause.map(|c| &*c.against).unwrap_or_default();
    let (because, others) = evidence(&props.report);
    if because.is_empty() && against.is_empty() && others.is_empty() {
        return html! {};
    }
    html! {
        <section class="card because" aria-labelledby="because" data-test="why">
            <h2 id="because">{ if props.report.settled { text("why") } else { text("known") } }</h2>
            if !because.is_empty() {
                <ul class="for">{ for because.iter().map(|e| item(props, e)) }</ul>
            }
            if !against.is_empty() {
                <h3 class="kind">{ text("against") }</h3>
                { super::sentences("against", against, &props.report.facts) }
            }
            if !others.is_empty() {
                <details open={!props.report.settled}>
                    <summary>{ if because.is_empty() { count("facts", others.len()) } else { count("facts-more", others.len()) } }</summary>
                    <ul class="facts">{ for others.iter().map(|e| item(props, e)) }</ul>
                </details>
            }
        </section>
    }
}

/// A sentence; a button where its place in the text is known.
fn item(props: &Props, evidence: &Evidence) -> Html {
    let signal = evidence.signal.clone();
    let said = super::told(&spoken::reason(&props.report.facts, &evidence.text));
    let Some(span) = evidence.span.filter(|_| props.report.redacted.is_some()) else {
        return html! { <li data-test="fact" data-signal={signal}>{ said }</li> };
    };
    let lit = props.lit == Some(span);
    let find = props.find.reform(move |_: MouseEvent| span);
    let (enter, leave) =
        (props.light.reform(move |_: MouseEvent| Some(span)), props.light.reform(|_: MouseEvent| None));
    let (focus, blur) = (props.light.reform(move |_: FocusEvent| Some(span)), props.light.reform(|_: FocusEvent| None));
    html! {
        <li data-test="fact" data-signal={signal}>
            <button type="button" class={classes!("place", lit.then_some("lit"))} title={text("show-in-text")} onclick={find}
                data-at={span.start.to_string()}
                onmouseenter={enter} onmouseleave={leave} onfocus={focus} onblur={blur}>{ said }</button>
        </li>
    }
}
