//! Why: what speaks for the most likely cause and against it, and the facts with their places.

use crate::page::spoken;
use crate::report::{Fact, Report};
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
    let (because, against) = cause.map(|c| (&*c.because, &*c.against)).unwrap_or_default();
    if because.is_empty() && against.is_empty() && props.report.facts.is_empty() {
        return html! {};
    }
    html! {
        <section class="card because" aria-labelledby="because" data-test="why">
            <h2 id="because">{ if props.report.settled { text("why") } else { text("known") } }</h2>
            { super::sentences("for", because) }
            if !against.is_empty() {
                <h3 class="kind">{ text("against") }</h3>
                { super::sentences("against", against) }
            }
            if !props.report.facts.is_empty() {
                <details>
                    <summary>{ count("facts", props.report.facts.len()) }</summary>
                    <ul class="facts" lang={spoken::english()}>{ for props.report.facts.iter().map(|f| fact(props, f)) }</ul>
                </details>
            }
        </section>
    }
}

/// A fact; a button where its place in the text is known.
fn fact(props: &Props, fact: &Fact) -> Html {
    let Some(span) = fact.span else {
        return html! { <li data-test="fact" data-signal={fact.signal.clone()}>{ super::prose(&fact.text) }</li> };
    };
    let lit = props.lit == Some(span);
    let find = props.find.reform(move |_: MouseEvent| span);
    let (enter, leave) =
        (props.light.reform(move |_: MouseEvent| Some(span)), props.light.reform(|_: MouseEvent| None));
    let (focus, blur) = (props.light.reform(move |_: FocusEvent| Some(span)), props.light.reform(|_: FocusEvent| None));
    html! {
        <li data-test="fact" data-signal={fact.signal.clone()}>
            <button type="button" class={classes!("place", lit.then_some("lit"))} title={text("show-in-text")} onclick={find}
                onmouseenter={enter} onmouseleave={leave} onfocus={focus} onblur={blur}>{ super::prose(&fact.text) }</button>
        </li>
    }
}
