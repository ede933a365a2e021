//! What the visitor does, turned into jobs, and what the engine says, turned into actions and into the box's new text.
//! All effects on the box, the address and the engine are here.

mod held;

use super::engine_client::{Engine, Word, Work, object};
use super::hooks::Handle;
use super::prefs;
use super::read;
use super::state::{Action, Failure, Source, State};
use super::text_box;
use crate::redact::RedactOptions;
use crate::report::{Mended, Report};
use crate::signals::Answer;
use js_sys::{Array, JsString};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, File, HtmlTextAreaElement};
use yew::{Callback, NodeRef};

/// How long typing rests before the text is diagnosed.
const REST_MS: i32 = 120;

/// The largest file that is read, in bytes: no browser's text can be much longer.
const LARGEST_FILE: f64 = 500e6;

/// Connects the box, the engine and the state.
pub(super) struct Desk {
    text_box: NodeRef,
    engine: RefCell<Option<Engine>>,
    handle: RefCell<Option<Handle>>,
    flight: RefCell<Option<Flight>>,
    /// The engine's own report object, for the download.
    report: RefCell<JsValue>,
    timer: Cell<Option<i32>>,
    on_rest: RefCell<Option<Closure<dyn FnMut()>>>,
    /// The box is being changed by this program, so its input event is not the visitor's.
    writing: Cell<bool>,
    /// The box takes nothing while a paste is held: what comes meanwhile waits here.
    frozen: Cell<bool>,
    /// What waits, in order; true for a key, false for a paste.
    waiting: RefCell<Vec<(JsString, bool)>>,
    /// What waits takes the place of everything.
    waiting_for_all: Cell<bool>,
    /// A job whose verdict is being painted, with its report: its text goes into the box next.
    unshown: RefCell<Option<(Flight, JsValue)>>,
    on_painted: RefCell<Option<Closure<dyn FnMut()>>>,
    /// The box's text when the visitor last answered a question.
    answered_for: RefCell<JsString>,
    /// Who wants the decision tree.
    on_tree: RefCell<Option<Callback<JsValue>>>,
}

/// The job under way, with what is needed to show its text or to offer it again.
#[derive(Clone)]
struct Flight {
    id: u32,
    work: Work,
    source: Source,
    /// Where the caret is to stand, in the text as sent.
    caret: u32,
    /// The box does not hold this text yet: it is shown once it is redacted.
    held: bool,
}

impl Desk {
    /// A desk for this box. The engine starts at once.
    pub(super) fn new(text_box: NodeRef) -> Rc<Self> {
        let desk = Rc::new(Self {
            text_box,
            engine: RefCell::new(None),
            handle: RefCell::new(None),
            flight: RefCell::new(None),
            report: RefCell::new(JsValue::NULL),
            timer: Cell::new(None),
            on_rest: RefCell::new(None),
            writing: Cell::new(false),
            frozen: Cell::new(false),
            waiting: RefCell::default(),
            waiting_for_all: Cell::new(false),
            unshown: RefCell::new(None),
            on_painted: RefCell::new(None),
            answered_for: RefCell::new(JsString::from("")),
            on_tree: RefCell::default(),
        });
        let (hears, rests, shows) = (Rc::downgrade(&desk), Rc::downgrade(&desk), Rc::downgrade(&desk));
        let tell = Rc::new(move |word| hears.upgrade().into_iter().for_each(|desk| desk.heard(&word)));
        *desk.engine.borrow_mut() = Some(Engine::start(tell));
        *desk.on_rest.borrow_mut() =
            Some(Closure::new(move || rests.upgrade().into_iter().for_each(|desk| desk.rested())));
        *desk.on_painted.borrow_mut() =
            Some(Closure::new(move || shows.upgrade().into_iter().for_each(|desk| desk.settle())));
        desk
    }

    /// Takes the newest state; called at each rendering.
    pub(super) fn see(&self, handle: &Handle) {
        *self.handle.borrow_mut() = Some(handle.clone());
    }

    /// True where a text waits that the box does not show.
    pub(super) fn holds_back(&self) -> bool {
        self.flight.borrow().as_ref().is_some_and(|f| f.held && matches!(f.work, Work::Text(_)))
    }

    /// True where something stands in the box.
    pub(super) fn holds_text(&self) -> bool {
        self.element().is_some_and(|e| text_box::value(&e).length() > 0)
    }

    /// The shown report as the engine gave it.
    pub(super) fn object(&self) -> JsValue {
        self.report.borrow().clone()
    }

    /// The shown report as indented JSON.
    pub(super) fn json(&self) -> Option<JsString> {
        js_sys::JSON::stringify_with_replacer_and_space(&self.report.borrow(), &JsValue::NULL, &JsValue::from(2)).ok()
    }

    /// The visitor pasted or dropped text.
    pub(super) fn paste(&self, transfer: &DataTransfer) {
        if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
            return self.file(file);
        }
        let text = text_box::unix_lines(&text_box::text_of(transfer));
        if text.length() > 0 {
            self.insert(&text);
        }
    }

    fn take(&self, whole: &JsString, caret: u32, fresh: bool) {
        let large = whole.length() > text_box::LARGEST;
        let source = match large {
            true => Source::Large { name: None, bytes: f64::from(whole.length()) },
            false => Source::Box,
        };
        let fresh = fresh || self.state().source != Source::Box;
        if !large {
            self.freeze(true);
        }
        self.send(Work::Text(whole.into()), source, caret, true, fresh, None);
    }

    /// The visitor dropped or chose a file. The worker reads it.
    pub(super) fn file(&self, file: File) {
        if file.size() > LARGEST_FILE {
            return self.dispatch(Action::Failed { id: self.state().latest, failure: Failure::TooLarge });
        }
        self.waited();
        let source = match file.size() > f64::from(text_box::LARGEST) {
            true => Source::Large { name: Some(file.name()), bytes: file.size() },
            false => Source::Box,
        };
        self.send(Work::File(file.into()), source, 0, true, true, None);
    }

    /// The visitor typed: the text is diagnosed when typing rests.
    pub(super) fn typed(&self) {
        if self.writing.get() {
            return;
        }
        self.stop_timer();
        let rest = self.on_rest.borrow();
        let Some(function) = rest.as_ref().map(|c| c.as_ref().unchecked_ref::<js_sys::Function>()) else { return };
        let timer = web_sys::window()
            .and_then(|w| w.set_timeout_with_callback_and_timeout_and_arguments_0(function, REST_MS).ok());
        self.timer.set(timer);
    }

    /// Makes a finding's change in the box's text as if it were typed, so that undo takes it back; without one, takes the last back.
    /// False where the box does not hold the text that the report is about.
    pub(super) fn apply(&self, report: &Report, mended: Option<&Mended>) -> bool {
        let (Some(element), Some(text)) = (self.element(), report.redacted.as_deref()) else { return false };
        match mended {
            None => text_box::undo(&element),
            Some(m) => text_box::replace(&element, text, m.span.start, m.span.end, &m.text),
        }
    }

    fn rested(&self) {
        let Some(element) = self.element() else { return };
        let text = text_box::value(&element);
        if text.length() == 0 {
            return self.cleared();
        }
        let caret = element.selection_end().ok().flatten().unwrap_or_default();
        let state = self.state();
        // An answer is about the call that failed, so it holds while its text is edited, and no longer once another is typed in
        // its place.
        let another = state.source != Source::Box
            || !state.answers.is_empty() && !text_box::akin(&self.answered_for.borrow(), &text);
        if another {
            self.dispatch(Action::Another);
        }
        // What is typed is never `fresh`: that would take the focus away.
        self.send(Work::Text(text.into()), Source::Box, caret, false, false, another.then_some(&[]));
    }

    /// The decision tree of this link is wanted. A newer job may come in between; the next report asks again.
    pub(super) fn tree(&self, link: &str, tell: Callback<JsValue>) {
        let Some(engine) = self.engine.borrow().clone() else { return };
        *self.on_tree.borrow_mut() = Some(tell);
        engine.submit(&Work::Tree(link.to_owned()), &JsValue::UNDEFINED, &JsValue::UNDEFINED);
    }

    /// The visitor has nothing to paste and wants to be asked.
    pub(super) fn ask(&self) {
        self.send(Work::Text(JsValue::from_str("")), Source::Box, 0, false, true, None);
    }

    /// The visitor answered a question, or took an answer back.
    pub(super) fn answer(&self, question: &str, answer: Option<&str>) {
        let answers = self.state().answered(question, answer);
        self.dispatch(Action::Answered(answers.clone()));
        self.again(&answers);
        // After that, because it is then the redacted text that the box holds.
        *self.answered_for.borrow_mut() = self.element().map(|e| text_box::value(&e)).unwrap_or_default();
    }

    /// The visitor changed what else is to be taken out.
    pub(super) fn options(&self, options: RedactOptions) {
        self.dispatch(Action::Options(options));
        if self.state().source == Source::Box && self.state().report().is_some() {
            // After the next rendering, which brings the new options here.
            self.typed();
        }
    }

    /// Judges the shown text again with these answers.
    fn again(&self, answers: &[Answer]) {
        self.settle();
        let state = self.state();
        let work = match &state.source {
            Source::Link(fragment) => Work::Link(fragment.clone()),
            Source::Large { .. } => Work::Link(state.report().map(|r| r.link.clone()).unwrap_or_default()),
            Source::Box => Work::Text(self.element().map(|e| text_box::value(&e)).unwrap_or_default().into()),
        };
        let caret = self.element().and_then(|e| e.selection_end().ok().flatten()).unwrap_or_default();
        self.send(work, state.source.clone(), caret, false, false, Some(answers));
    }

    /// The address changed: a share link is opened, other fragments are for other pages.
    pub(super) fn address_changed(&self) {
        let Some(href) = web_sys::window().and_then(|w| w.location().href().ok()) else { return };
        let Some((_, fragment)) = href.split_once('#') else { return };
        if fragment.is_empty() || fragment.starts_with('/') {
            return;
        }
        let fragment = format!("#{fragment}");
        self.send(Work::Link(fragment.clone()), Source::Link(fragment), 0, false, true, Some(&[]));
    }

    /// After a failure: the same again.
    pub(super) fn retry(&self) {
        let flight = self.flight.borrow().clone();
        match flight {
            Some(f) => {
                let source = f.source.clone();
                self.send(f.work, source, f.caret, f.held, false, None);
            }
            None => self.rested(),
        }
    }

    /// Empties the box and the page.
    pub(super) fn clear(&self) {
        if let Some(element) = self.element() {
            let empty = JsString::from("");
            self.write(&element, &empty, 0, &empty);
            let _ = element.focus();
        }
        self.cleared();
    }

    fn cleared(&self) {
        prefs::share_report(&JsValue::NULL);
        self.waited();
        self.flight.take();
        self.unshown.take();
        self.freeze(false);
        self.leave_link();
        self.dispatch(Action::Cleared);
    }

    fn send(&self, work: Work, source: Source, caret: u32, held: bool, fresh: bool, answers: Option<&[Answer]>) {
        self.stop_timer();
        let state = self.state();
        let kept: &[Answer] = if fresh { &[] } else { &state.answers };
        let answers: Array = answers.unwrap_or(kept).iter().map(answer_object).collect();
        let Some(engine) = self.engine.borrow().clone() else { return };
        if !matches!(source, Source::Link(_)) {
            self.leave_link();
        }
        let id = engine.submit(&work, &options_object(&state.options), &answers);
        self.flight.replace(Some(Flight { id, work, source: source.clone(), caret, held }));
        self.dispatch(Action::Sent { id, source, fresh });
    }

    fn heard(self: &Rc<Self>, word: &Word) {
        match word {
            Word::Tree(nodes) => {
                let tell = self.on_tree.borrow().clone();
                tell.into_iter().for_each(|tell| tell.emit(nodes.clone()));
            }
            Word::Lost => {
                self.failed();
                self.dispatch(Action::EngineLost);
            }
            Word::Failed { id, failure } => {
                self.failed();
                self.dispatch(Action::Failed { id: *id, failure: *failure });
            }
            Word::Sample(report) => super::warm::up(report, self),
            Word::Early { id, report } => {
                let flight = self.flight.borrow().clone();
                if self.replied(*id, report) && self.flight.borrow().is_none() {
                    // The same job's whole report follows, and finds its text in the box.
                    self.flight.replace(flight.map(|f| Flight { held: false, ..f }));
                }
            }
            Word::Report { id, report } => _ = self.replied(*id, report),
        }
    }

    fn failed(&self) {
        self.settle();
        self.freeze(false);
        self.join_held();
    }

    /// Shows a report of the job under way. False where it is another's, or cannot be read.
    fn replied(&self, id: u32, object: &JsValue) -> bool {
        if self.flight.borrow().as_ref().is_none_or(|f| f.id != id) {
            return false;
        }
        self.settle();
        let Some(report) = read::report(object) else {
            // The engine's files are of another version than the page's.
            self.freeze(false);
            self.dispatch(Action::Failed { id, failure: Failure::Load });
            return false;
        };
        prefs::share_report(object);
        *self.report.borrow_mut() = object.clone();
        self.dispatch(Action::Replied { id, report: Rc::new(report) });
        if let Some(flight) = self.flight.take() {
            self.follows(flight, object);
        }
        true
    }

    /// A link's fragment leaves the address when the page shows something else. No request is made by that.
    fn leave_link(&self) {
        let Some(window) = web_sys::window() else { return };
        let Ok(href) = window.location().href() else { return };
        if let (Some((plain, fragment)), Ok(history)) = (href.split_once('#'), window.history()) {
            // A tool's address is not this page's to take away.
            if fragment.starts_with('/') {
                return;
            }
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(plain));
        }
    }

    fn stop_timer(&self) {
        if let (Some(timer), Some(window)) = (self.timer.take(), web_sys::window()) {
            window.clear_timeout_with_handle(timer);
        }
    }

    fn element(&self) -> Option<HtmlTextAreaElement> {
        self.text_box.cast()
    }

    /// The newest state: what a dispatch just before changed is in it only after the next rendering.
    fn state(&self) -> State {
        self.handle.borrow().as_ref().map(|h| h.0.clone()).unwrap_or_default()
    }

    fn dispatch(&self, action: Action) {
        let handle = self.handle.borrow().clone();
        if let Some(handle) = handle {
            handle.dispatch(action);
        }
    }
}

fn answer_object(answer: &Answer) -> JsValue {
    object(&[("question", JsValue::from_str(&answer.question)), ("answer", JsValue::from_str(&answer.answer))])
}

fn options_object(options: &RedactOptions) -> JsValue {
    object(&[
        ("addresses", options.addresses.into()),
        ("accounts", options.accounts.into()),
        ("last_four", options.last_four.into()),
        // The engine has no clock: it compares this with the answer's.
        ("now", (js_sys::Date::now() / 1000.0).floor().into()),
    ])
}
