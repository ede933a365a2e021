//! The box while a paste is held: the text is shown when its secrets are out and its verdict is painted, and what the visitor
//! types or pastes meanwhile waits and is not lost.

use super::{Desk, Flight};
use crate::page::engine_client::Work;
use crate::page::state::{Action, Failure, Source};
use crate::page::{prefs, read, text_box};
use js_sys::{JsString, Reflect};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

impl Desk {
    /// The visitor chose an example, which takes the place of everything.
    pub(in crate::page) fn sample(self: &Rc<Self>, file: &str) {
        let desk = self.clone();
        let then = Closure::once_into_js(move |text: JsValue| {
            let Ok(text) = text.dyn_into::<JsString>() else {
                return desk.dispatch(Action::Failed { id: desk.state().latest, failure: Failure::Load });
            };
            desk.waited();
            let caret = text.length();
            desk.take(&text, caret, true);
        });
        prefs::call("sample", &[JsValue::from_str(file), then]);
    }

    /// Takes a text at the place of the selection. It is shown when its secrets are out.
    pub(super) fn insert(&self, text: &JsString) {
        if self.frozen.get() {
            return self.waiting.borrow_mut().push((text.clone(), false));
        }
        let Some(element) = self.element() else { return };
        let (whole, caret) = text_box::spliced(&element, text);
        let fresh = whole.length() == text.length();
        self.take(&whole, caret, fresh);
    }

    /// A key was pressed in the box: while a paste is held, it waits. Keys stay out of the page's own memory as well.
    pub(in crate::page) fn key(&self, event: &KeyboardEvent) {
        if !self.frozen.get() || event.alt_key() || event.is_composing() {
            return;
        }
        let key = Reflect::get(event, &JsValue::from_str("key")).unwrap_or(JsValue::NULL);
        let Ok(key) = key.dyn_into::<JsString>() else { return };
        let mut waiting = self.waiting.borrow_mut();
        if event.ctrl_key() || event.meta_key() {
            if key == "a" {
                waiting.clear();
                self.waiting_for_all.set(true);
            }
            return;
        }
        if key.length() == 1 {
            waiting.push((key, true));
        } else if key == "Enter" {
            waiting.push((JsString::from("\n"), true));
        } else if key == "Backspace" {
            waiting.pop_if(|(_, typed)| *typed);
        } else {
            return;
        }
        event.prevent_default();
    }

    /// What waited, put together, whether all of it was typed, and whether it takes the place of everything.
    pub(super) fn waited(&self) -> Option<(JsString, bool, bool)> {
        let (waiting, all) = (self.waiting.take(), self.waiting_for_all.take());
        let text = waiting.iter().fold(JsString::from(""), |text, (more, _)| text.concat(more));
        (text.length() > 0).then(|| (text, waiting.iter().all(|(_, typed)| *typed), all))
    }

    /// After the held text is shown: what waited goes in at the caret; pastes are held in their turn.
    pub(super) fn catch_up(&self) {
        let (Some((text, typed, all)), Some(element)) = (self.waited(), self.element()) else { return };
        if all {
            element.select();
        }
        if !typed {
            return self.insert(&text);
        }
        text_box::insert(&element, &text);
        self.typed();
    }

    /// After a failure: what waited joins the text that is still held.
    pub(super) fn join_held(&self) {
        let mut flight = self.flight.borrow_mut();
        let Some(Flight { work: Work::Text(held), caret, held: true, .. }) = flight.as_mut() else {
            drop(flight);
            return self.catch_up();
        };
        let Some((text, _, all)) = self.waited() else { return };
        let old: &JsString = held.unchecked_ref();
        let whole = match all {
            true => text.clone(),
            false => old.slice(0, *caret).concat(&text).concat(&old.slice(*caret, old.length())),
        };
        *caret = if all { text.length() } else { *caret + text.length() };
        *held = whole.into();
    }

    /// After a failure: the held text goes into the box as it is, by the visitor's own decision.
    pub(in crate::page) fn keep(&self) {
        let flight = self.flight.take();
        if let (Some(Flight { work: Work::Text(text), .. }), Some(element)) = (flight, self.element()) {
            self.freeze(false);
            text_box::set_value(&element, text.unchecked_ref());
            let _ = element.focus();
        }
        self.dispatch(Action::Cleared);
    }

    /// After a failure: the held text is dropped.
    pub(in crate::page) fn forget(&self) {
        self.flight.take();
        self.freeze(false);
        self.dispatch(Action::Cleared);
    }

    /// A report of this job is on its way to the screen. Its text follows the verdict: typing a long text into the box takes as long
    /// as drawing all of a verdict.
    pub(super) fn follows(&self, flight: Flight, report: &JsValue) {
        let held = flight.held && flight.source == Source::Box;
        *self.unshown.borrow_mut() = Some((flight, report.clone()));
        match self.on_painted.borrow().as_ref().filter(|_| held) {
            Some(painted) => _ = prefs::call("painted", &[painted.as_ref().clone()]),
            None => self.settle(),
        }
    }

    /// Shows the text that waits for its verdict to be painted, or takes the secrets out of one that was typed.
    pub(super) fn settle(&self) {
        let Some((flight, report)) = self.unshown.take() else { return };
        self.freeze(false);
        if flight.source == Source::Box {
            self.put_into_box(&flight, &report);
        }
        self.catch_up();
    }

    fn put_into_box(&self, flight: &Flight, report: &JsValue) {
        let Some(element) = self.element() else { return };
        let redacted = read::get(report, "redacted");
        if !redacted.is_string() || !(flight.held || read::took_out(report)) {
            return;
        }
        let shown = text_box::unix_lines(redacted.unchecked_ref());
        let told = match &flight.work {
            Work::Text(text) => text.clone().unchecked_into::<JsString>(),
            _ => shown.clone(),
        };
        if flight.held || text_box::value(&element) == told {
            self.write(&element, &told, flight.caret, &shown);
        }
    }

    /// Changes the box's text; the page stays where it is.
    pub(super) fn write(&self, element: &HtmlTextAreaElement, told: &JsString, caret: u32, shown: &JsString) {
        let at = web_sys::window().and_then(|w| Some((w.scroll_x().ok()?, w.scroll_y().ok()?, w)));
        self.writing.set(true);
        text_box::show(element, told, caret, shown);
        self.writing.set(false);
        if let Some((x, y, window)) = at {
            window.scroll_to_with_x_and_y(x, y);
        }
    }

    /// While a paste is held, typing into the box would be lost.
    pub(super) fn freeze(&self, on: bool) {
        if let Some(element) = self.element() {
            element.set_read_only(on);
            let _ = element.set_attribute("aria-busy", if on { "true" } else { "false" });
            self.frozen.set(on);
        }
    }
}
