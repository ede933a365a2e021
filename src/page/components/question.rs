//! The next question, and those answered already.

use crate::page::spoken;
use crate::report::{Question, QuestionAnswer, Report};
use crate::signals::Answer;
use crate::words::{count, text};
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    /// The visitor's answers in the order in which they were given.
    pub(crate) answers: Vec<Answer>,
    /// Question and answer; no answer takes it back.
    pub(crate) answer: Callback<(String, Option<String>)>,
}

/// The section; nothing where there is nothing to say.
pub(crate) fn view(props: &Props) -> Html {
    let next = props.report.questions.iter().find(|q| q.given.is_none());
    // Answers of a link stand first, then the visitor's own.
    let given = || props.report.questions.iter().filter(|q| q.given.is_some());
    let own = |q: &Question| props.answers.iter().any(|a| a.question == q.id);
    let mut said: Vec<_> = given().filter(|q| !own(q)).collect();
    said.extend(props.answers.iter().filter_map(|a| given().find(|q| q.id == a.question)));
    if next.is_none() && said.is_empty() {
        return html! {};
    }
    html! {
        <section class="card ask-more" aria-labelledby="ask-more">
            <h2 id="ask-more">{ if next.is_some() { text("question") } else { text("said") } }</h2>
            if let Some(question) = next {
                <div key={question.id.clone()} class="question" data-test="question" data-question={question.id.clone()}>{ asked(props, question) }</div>
            }
            if !said.is_empty() {
                <ul class="given" data-test="given">{ for said.into_iter().map(|q| answered(props, q)) }</ul>
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
                { answers(props, question) }
            </div>
        </>
    }
}

/// The answers to choose from. Of many, the first, which are the most common, and the last, which is that none fits; the others on demand.
fn answers(props: &Props, question: &Question) -> Html {
    const SHOWN: usize = 9;
    let show = |a: &QuestionAnswer| button(props, question, &a.id, &a.text);
    let (most, last) = question.answers.split_at(question.answers.len().saturating_sub(1));
    let (first, more) = most.split_at_checked(SHOWN).unwrap_or((most, &[]));
    let more_given = more.iter().any(|a| Some(&a.id) == question.given.as_ref());
    html! {
        <>
            { for first.iter().chain(last).map(show) }
            if !more.is_empty() {
                <details class="more" open={more_given}>
                    <summary>{ count("more-answers", more.len()) }</summary>
                    <div class="answers">{ for more.iter().map(show) }</div>
                </details>
            }
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
                    { answers(props, question) }
                    <button key="take-back" type="button" class="quiet" data-test="take-back" onclick={back}>{ text("take-back") }</button>
                </div>
            </details>
        </li>
    }
}
