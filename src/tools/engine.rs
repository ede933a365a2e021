//! The tools' line to the engine: one throw-away worker for all of them, as on the page.

use super::ui;
use crate::page::engine_client::{Engine, Word};
use crate::page::state::Failure;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// Hears the engine; none where somebody else asks now.
type Asker = Rc<dyn Fn(Option<Word>)>;

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
    /// Who asked last.
    static ASKER: RefCell<Option<Asker>> = const { RefCell::new(None) };
}

/// What became of a question.
pub(super) enum Asked<T> {
    /// None was asked.
    Not,
    /// It is being worked on.
    Working,
    /// The answer.
    Told(Rc<T>),
    /// The engine could not be asked or gave up.
    Failed(Failure),
}

// Not derived: that would ask the same of the answer, which is shared and only looked at.
impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Not => Self::Not,
            Self::Working => Self::Working,
            Self::Told(answer) => Self::Told(answer.clone()),
            Self::Failed(failure) => Self::Failed(*failure),
        }
    }
}

/// The same answer is the one that was given, not one that says the same.
impl<T> PartialEq for Asked<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Not, Self::Not) | (Self::Working, Self::Working) => true,
            (Self::Told(one), Self::Told(other)) => Rc::ptr_eq(one, other),
            (Self::Failed(one), Self::Failed(other)) => one == other,
            _ => false,
        }
    }
}

/// A question: the kind of job, and its members. They may hold secrets, so they are JavaScript values.
pub(super) type Question = (&'static str, Vec<(&'static str, JsValue)>);

/// Asks the engine and keeps the last answer, as `read` reads it.
#[hook]
pub(super) fn use_engine<T: 'static>(read: fn(JsValue) -> Option<T>) -> (Asked<T>, Callback<Question>) {
    let asked = use_state(|| Asked::Not);
    let ask = {
        let asked = asked.clone();
        Callback::from(move |(op, members): Question| {
            // The engine does one thing at a time.
            if let Some(before) = ASKER.with(RefCell::take) {
                before(None);
            }
            asked.set(Asked::Working);
            let asked = asked.clone();
            // The job's number; 0 until it is known.
            let job = Rc::new(Cell::new(0));
            let own = job.clone();
            let mine = move |id| own.get() == 0 || own.get() == id;
            let hears = move |word: Option<Word>| {
                asked.set(match word {
                    None => Asked::Not,
                    // What cannot be read comes from files of another version.
                    Some(Word::Report { id, report }) if mine(id) => {
                        read(report).map_or(Asked::Failed(Failure::Load), |told| Asked::Told(Rc::new(told)))
                    }
                    Some(Word::Failed { id, failure }) if mine(id) => Asked::Failed(failure),
                    Some(Word::Lost) => Asked::Failed(Failure::Load),
                    _ => return,
                });
                ASKER.with(RefCell::take);
            };
            ASKER.with(|asker| asker.replace(Some(Rc::new(hears))));
            let engine = ENGINE.with(|engine| engine.borrow_mut().get_or_insert_with(start).clone());
            job.set(engine.ask(op, &members));
        })
    };
    ((*asked).clone(), ask)
}

/// Reads an answer that has a type.
pub(super) fn read<T: DeserializeOwned>(answer: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(answer).ok()
}

/// A form of two boxes about which the engine is asked.
pub(super) struct Pair<T> {
    pub(super) boxes: [NodeRef; 2],
    pub(super) asked: Asked<T>,
    pub(super) submit: Callback<SubmitEvent>,
    pub(super) example: Callback<MouseEvent>,
}

/// Asks for `op` about two boxes. `instead` says what takes the place of a box's text that held a secret.
#[hook]
pub(super) fn use_pair<T: DeserializeOwned + 'static>(
    op: &'static str,
    example: [&'static str; 2],
    instead: fn(&T) -> [Option<&str>; 2],
) -> Pair<T> {
    let boxes = [use_node_ref(), use_node_ref()];
    let (asked, ask) = use_engine::<T>(read);
    let go = {
        let [one, other] = boxes.clone();
        move || ask.emit((op, vec![("text", ui::held(&one)), ("other", ui::held(&other))]))
    };
    let example = {
        let (boxes, go) = (boxes.clone(), go.clone());
        Callback::from(move |_: MouseEvent| {
            boxes.iter().zip(example).for_each(|(node, text)| ui::put(node, text));
            go();
        })
    };
    {
        let boxes = boxes.clone();
        use_effect_with(asked.clone(), move |asked| {
            if let Asked::Told(told) = asked {
                for (node, text) in boxes.iter().zip(instead(told)) {
                    text.into_iter().for_each(|text| ui::put(node, text));
                }
            }
        });
    }
    let submit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        go();
    });
    Pair { boxes, asked, submit, example }
}

fn start() -> Engine {
    Engine::start(Rc::new(|word| {
        let asker = ASKER.with(|asker| asker.borrow().clone());
        if let Some(asker) = asker {
            asker(Some(word));
        }
    }))
}
