//! The next question, and those answered already.

use crate::page::spoken;
use crate::report::{Question, Report};
use crate::words::text;
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    /// Question and answer; no answer takes it back.
    pub(crate) answer: Callback<(String, Option<String>)>,
}

/// The section; nothing where there is nothing to say.
pub(crate) fn view(props: &Props) -> Html {
    let next = props.report.questions.iter().find(|q| q.given.is_none());
    let given: Vec<_> = props.report.questions.iter().filter(|q| q.given.is_some()).collect();
    if next.is_none() && given.is_empty() {
        return html! {};
    }
    html! {
        <section class="card ask-more" aria-labelledby="ask-more">
            <h2 id="ask-more">{ if next.is_some() { text("question") } else { text("said") } }</h2>
            if let Some(question) = next {
                <div key={question.id.clone()} class="question" data-test="question" data-question={question.id.clone()}>{ asked(props, question) }</div>
            }
            if !given.is_empty() {
                <ul class="given" data-test="given">{ for given.into_iter().map(|q| answered(props, q)) }</ul>
            }
        </section>
    }
}

fn asked(props: &Props, question: &Question) -> Html {
    html! {
        <>
            <h3 class="text" tabindex="-1" id={format!("q-{}", question.id)}>{ super::told(&spoken::question(question)) }</h3>
            if !question.how.is_empty() {
                <p class="small">{ super::told(&spoken::how(question)) }</p>
            }
            <div class="answers" role="group" aria-labelledby={format!("q-{}", question.id)}>
                { for question.answers.iter().map(|a| button(props, question, &a.id, &a.text)) }
            </div>
        </>
    }
}

fn button(props: &Props, question: &Question, id: &str, text: &str) -> Html {
    let pressed = question.given.as_deref() == Some(id);
    let word = (question.id.clone(), Some(id.to_owned()));
    let onclick = props.answer.reform(move |_: MouseEvent| word.clone());
    html! {
        <button key={format!("{}-{id}", question.id)} type="button" class="answer" data-test="answer" data-answer={id.to_owned()}
            aria-pressed={pressed.to_string()} {onclick}>{ super::told(&spoken::answer(question, id, text)) }</button>
    }
}

/// An answered question: its answers stay there to be changed, and a button takes the given one back.
fn answered(props: &Props, question: &Question) -> Html {
    let word = (question.id.clone(), None);
    let back = props.answer.reform(move |_: MouseEvent| word.clone());
    let said = question.answers.iter().find(|a| Some(&a.id) == question.given.as_ref());
    html! {
        <li key={question.id.clone()}>
            <details>
                <summary>
                    { super::told(&spoken::question(question)) }{ " " }<strong>if let Some(a) = said { { super::told(&spoken::answer(question, &a.id, &a.text)) } }</strong>
                    <span class="small">{ " · " }{ text("change") }</span>
                </summary>
                <div class="answers" role="group" aria-label={spoken::question(question).text.into_owned()}>
                    { for question.answers.iter().map(|a| button(props, question, &a.id, &a.text)) }
                    <button key="take-back" type="button" class="quiet" data-test="take-back" onclick={back}>{ text("take-back") }</button>
                </div>
            </details>
        </li>
    }
}
