//! The tools' line to the engine: one throw-away worker for all of them, as on the page.

use crate::page::engine_client::{Engine, Word};
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

type Asker = Rc<dyn Fn(Word)>;

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
    /// Who asked last.
    static ASKER: RefCell<Option<Asker>> = const { RefCell::new(None) };
}

/// What became of a question.
#[derive(Clone, PartialEq)]
pub(super) enum Asked<T> {
    /// None was asked.
    Not,
    /// It is being worked on.
    Working,
    /// The answer.
    Told(Rc<T>),
    /// The engine could not be asked or gave up.
    Failed,
}

/// A question: the kind of job, and its members. They may hold secrets, so they are JavaScript values.
pub(super) type Question = (&'static str, Vec<(&'static str, JsValue)>);

/// Asks the engine and keeps the last answer.
#[hook]
pub(super) fn use_engine<T: DeserializeOwned + Clone + PartialEq + 'static>() -> (Asked<T>, Callback<Option<Question>>)
{
    let asked = use_state(|| Asked::Not);
    let latest = use_mut_ref(|| 0_u32);
    let ask = {
        let asked = asked.clone();
        Callback::from(move |question: Option<Question>| {
            let Some((op, members)) = question else {
                *latest.borrow_mut() = 0;
                return asked.set(Asked::Not);
            };
            asked.set(Asked::Working);
            let (asked, latest_told) = (asked.clone(), latest.clone());
            let hears = move |word: Word| match word {
                Word::Report { id, report } if id == *latest_told.borrow() => {
                    asked.set(match serde_wasm_bindgen::from_value(report) {
                        Ok(told) => Asked::Told(Rc::new(told)),
                        // The engine's files are of another version.
                        Err(_) => Asked::Failed,
                    });
                }
                Word::Failed { id, .. } if id == *latest_told.borrow() => asked.set(Asked::Failed),
                Word::Lost => asked.set(Asked::Failed),
                _ => {}
            };
            ASKER.with(|asker| asker.replace(Some(Rc::new(hears))));
            let engine = ENGINE.with(|engine| engine.borrow_mut().get_or_insert_with(start).clone());
            *latest.borrow_mut() = engine.ask(op, &members);
        })
    };
    ((*asked).clone(), ask)
}

fn start() -> Engine {
    Engine::start(Rc::new(|word| {
        let asker = ASKER.with(|asker| asker.borrow().clone());
        if let Some(asker) = asker {
            asker(word);
        }
    }))
}
