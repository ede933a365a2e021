//! The engine's side of the page: one throw-away worker at a time, a job for it, and what comes back.
//!
//! A worker that saw a secret or crashed is thrown away; the next is started once its report is drawn, from the engine that
//! is compiled already, so that it is warm when the next paste comes.

use super::state::Failure;
use gloo_net::http::Request;
use js_sys::{Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// What the engine has to say.
pub(crate) enum Word {
    /// A report, as a plain object.
    Report {
        /// The job's number.
        id: u32,
        /// The object.
        report: JsValue,
    },
    /// What is known before the published schemas are there; the report follows.
    Early {
        /// The job's number.
        id: u32,
        /// The object.
        report: JsValue,
    },
    /// The decision tree, as a list of nodes.
    Tree(JsValue),
    /// The first worker is ready; the report of an invented text, for whoever wants to warm up on it.
    Sample(JsValue),
    /// A job failed; its worker is replaced.
    Failed {
        /// The job's number.
        id: u32,
        /// Why.
        failure: Failure,
    },
    /// The engine's files do not load.
    Lost,
}

/// A handle to the engine.
#[derive(Clone)]
pub(crate) struct Engine(Rc<RefCell<Inner>>);

struct Inner {
    worker: Option<Worker>,
    ready: bool,
    /// The job that the worker has.
    busy: Option<u32>,
    /// The newest job, kept while no worker is ready.
    waiting: Option<(u32, JsValue)>,
    /// The compiled engine, handed from worker to worker.
    module: JsValue,
    /// The published schemas that were fetched so far, by area.
    schemas: Object,
    /// A worker was ready before.
    warm: bool,
    last: u32,
    watchdog: Option<i32>,
    on_message: Option<Closure<dyn FnMut(MessageEvent)>>,
    on_error: Option<Closure<dyn FnMut()>>,
    on_slow: Option<Closure<dyn FnMut()>>,
    on_rest: Option<Closure<dyn FnMut()>>,
    tell: Rc<dyn Fn(Word)>,
}

/// What a job reads.
#[derive(Clone)]
pub(super) enum Work {
    /// A text, as a JavaScript string.
    Text(JsValue),
    /// A file, which the worker reads itself.
    File(JsValue),
    /// A share link's fragment.
    Link(String),
    /// A share link's fragment, of which the decision tree is wanted.
    Tree(String),
}

impl Engine {
    /// Starts the first worker. `tell` hears what the engine says.
    pub(crate) fn start(tell: Rc<dyn Fn(Word)>) -> Self {
        let engine = Self(Rc::new(RefCell::new(Inner {
            worker: None,
            ready: false,
            busy: None,
            waiting: None,
            module: JsValue::UNDEFINED,
            schemas: Object::new(),
            warm: false,
            last: 0,
            watchdog: None,
            on_message: None,
            on_error: None,
            on_slow: None,
            on_rest: None,
            tell,
        })));
        let (a, b, c, d) = (engine.clone(), engine.clone(), engine.clone(), engine.clone());
        {
            let mut inner = engine.0.borrow_mut();
            inner.on_message = Some(Closure::new(move |event: MessageEvent| a.heard(&event.data())));
            inner.on_error = Some(Closure::new(move || b.lost()));
            inner.on_slow = Some(Closure::new(move || c.slow()));
            inner.on_rest = Some(Closure::new(move || d.refill()));
        }
        engine.replace();
        engine
    }

    /// Gives the engine a job and returns its number. A job that is still running is outdated and is dropped with its worker.
    pub(super) fn submit(&self, work: &Work, options: &JsValue, answers: &JsValue) -> u32 {
        let (op, key, input) = match work {
            Work::Text(text) => ("analyze", "text", text.clone()),
            Work::File(file) => ("analyze", "file", file.clone()),
            Work::Link(fragment) => ("open", "text", JsValue::from_str(fragment)),
            Work::Tree(fragment) => ("tree", "text", JsValue::from_str(fragment)),
        };
        self.ask(op, &[(key, input), ("options", options.clone()), ("answers", answers.clone())])
    }

    /// Gives the engine a job of any kind that `worker.js` knows; otherwise as [`Engine::submit`].
    pub(crate) fn ask(&self, op: &str, members: &[(&str, JsValue)]) -> u32 {
        let mut inner = self.0.borrow_mut();
        inner.last += 1;
        let id = inner.last;
        let own = [("id", JsValue::from(id)), ("op", JsValue::from_str(op))];
        let job = object(&[&own, members].concat());
        inner.waiting = Some((id, job));
        let (busy, alone) = (inner.busy.is_some(), inner.worker.is_none());
        drop(inner);
        if busy || alone {
            self.replace();
        }
        self.send();
        id
    }

    /// Ends the worker, whatever it does, and starts another.
    fn replace(&self) {
        let mut inner = self.0.borrow_mut();
        inner.quiet();
        if let Some(old) = inner.worker.take() {
            old.terminate();
        }
        (inner.ready, inner.busy) = (false, None);
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let Ok(worker) = Worker::new_with_options("./worker.js", &options) else {
            drop(inner);
            return self.lost();
        };
        worker.set_onmessage(inner.on_message.as_ref().map(|c| c.as_ref().unchecked_ref()));
        worker.set_onerror(inner.on_error.as_ref().map(|c| c.as_ref().unchecked_ref()));
        let _ = worker
            .post_message(&object(&[("module", inner.module.clone()), ("schemas", inner.schemas.clone().into())]));
        inner.worker = Some(worker);
    }

    /// Starts the worker that follows a spent one, unless a new job was quicker.
    fn refill(&self) {
        if self.0.borrow().worker.is_none() {
            self.replace();
        }
    }

    /// Gives the waiting job to the worker, if both are there.
    fn send(&self) {
        let mut inner = self.0.borrow_mut();
        if !inner.ready || inner.busy.is_some() {
            return;
        }
        let Some((id, job)) = inner.waiting.take() else { return };
        if inner.worker.as_ref().is_some_and(|w| w.post_message(&job).is_ok()) {
            inner.busy = Some(id);
            inner.watch();
        } else {
            let tell = inner.tell.clone();
            drop(inner);
            tell(Word::Failed { id, failure: Failure::TooLarge });
        }
    }

    fn heard(&self, message: &JsValue) {
        let get = |key: &str| Reflect::get(message, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED);
        if let Some(ready) = get("ready").as_bool() {
            if !ready {
                return self.lost();
            }
            let mut inner = self.0.borrow_mut();
            inner.ready = true;
            inner.module = get("module");
            super::prefs::asked(&get("asked"));
            let tell = inner.tell.clone();
            let first = !std::mem::replace(&mut inner.warm, true);
            drop(inner);
            self.send();
            if first {
                tell(Word::Sample(get("sample")));
            }
            return;
        }
        let Some(id) = get("id").as_f64().map(|id| id as u32) else { return };
        if get("wanted").is_object() {
            let wanted = js_sys::Array::from(&get("wanted")).iter().filter_map(|area| area.as_string()).collect();
            wasm_bindgen_futures::spawn_local(self.clone().fetch(wanted));
            let tell = self.0.borrow().tell.clone();
            return tell(Word::Early { id, report: get("report") });
        }
        let mut inner = self.0.borrow_mut();
        inner.quiet();
        inner.busy = None;
        let tell = inner.tell.clone();
        if get("spent").is_truthy() {
            inner.rest();
        }
        drop(inner);
        if get("tree").is_object() {
            return tell(Word::Tree(get("tree")));
        }
        match get("error").as_string() {
            Some(word) => tell(Word::Failed { id, failure: failure(&word) }),
            None => tell(Word::Report { id, report: get("report") }),
        }
    }

    /// Fetches the schemas of these areas and gives those at hand to the worker, which waits for them. What does not load is
    /// asked for again next time.
    async fn fetch(self, wanted: Vec<String>) {
        let worker = self.0.borrow().worker.clone();
        for area in wanted {
            let Ok(answer) = Request::get(&["./schemas/", &area, ".json"].concat()).send().await else { continue };
            if let (true, Ok(text)) = (answer.ok(), answer.text().await) {
                let _ = Reflect::set(&self.0.borrow().schemas, &JsValue::from_str(&area), &JsValue::from_str(&text));
            }
        }
        // A worker that was replaced meanwhile waits for nothing.
        let inner = self.0.borrow();
        if let Some(worker) = worker.filter(|w| inner.worker.as_ref() == Some(w)) {
            let _ = worker.post_message(&object(&[("schemas", inner.schemas.clone().into())]));
        }
    }

    /// The worker's script failed: before it was ready, its files did not load; afterwards, it crashed.
    fn lost(&self) {
        let mut inner = self.0.borrow_mut();
        inner.quiet();
        if let Some(old) = inner.worker.take() {
            old.terminate();
        }
        let (was_ready, busy, tell) = (inner.ready, inner.busy.take(), inner.tell.clone());
        inner.ready = false;
        let waiting = inner.waiting.take();
        drop(inner);
        match busy {
            Some(id) if was_ready => {
                self.replace();
                tell(Word::Failed { id, failure: Failure::Crashed });
            }
            _ => match waiting {
                Some((id, _)) => tell(Word::Failed { id, failure: Failure::Load }),
                None => tell(Word::Lost),
            },
        }
    }

    fn slow(&self) {
        let (busy, tell) = {
            let inner = self.0.borrow();
            (inner.busy, inner.tell.clone())
        };
        self.replace();
        if let Some(id) = busy {
            tell(Word::Failed { id, failure: Failure::Slow });
        }
    }
}

impl Inner {
    /// Sets the clock after which a job counts as stuck. Large files take a while, so it is generous.
    fn watch(&mut self) {
        const LIMIT_MS: i32 = 60_000;
        self.quiet();
        let slow = self.on_slow.as_ref().map(|c| c.as_ref().unchecked_ref::<js_sys::Function>());
        self.watchdog = slow.and_then(|slow| {
            web_sys::window()?.set_timeout_with_callback_and_timeout_and_arguments_0(slow, LIMIT_MS).ok()
        });
    }

    /// Drops a spent worker, which has ended by itself. The next is started when the report that it gave has been drawn.
    fn rest(&mut self) {
        const PAINT_MS: i32 = 100;
        (self.worker, self.ready) = (None, false);
        let refill = self.on_rest.as_ref().map(|c| c.as_ref().unchecked_ref::<js_sys::Function>());
        if let (Some(refill), Some(window)) = (refill, web_sys::window()) {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(refill, PAINT_MS);
        }
    }

    fn quiet(&mut self) {
        if let (Some(timer), Some(window)) = (self.watchdog.take(), web_sys::window()) {
            window.clear_timeout_with_handle(timer);
        }
    }
}

/// A plain object of these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in members {
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

fn failure(word: &str) -> Failure {
    match word {
        "not-text" => Failure::NotText,
        "unreadable" => Failure::Unreadable,
        "too-large" => Failure::TooLarge,
        _ => Failure::Crashed,
    }
}
