//! The box's text. It may hold secrets until the engine has answered, so it is only ever handled as a JavaScript string:
//! what is compared, cut and put together here never enters the page's own memory.

use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, Document, HtmlElement, HtmlTextAreaElement};

/// Above this many UTF-16 units the box would be slow: only the report is shown.
pub(super) const LARGEST: u32 = 1 << 20;

/// Above this many units a change is not typed with `insertText`: Chromium takes time that grows with the square of its lines.
const LARGEST_TYPED: u32 = 1 << 13;

/// What the box holds.
pub(super) fn value(element: &HtmlTextAreaElement) -> JsString {
    Reflect::get(element, &JsValue::from_str("value"))
        .map(JsCast::unchecked_into)
        .unwrap_or_else(|_| JsString::from(""))
}

/// The plain text of a paste or a drop.
pub(super) fn text_of(transfer: &DataTransfer) -> JsString {
    let get = Reflect::get(transfer, &JsValue::from_str("getData")).map(JsCast::unchecked_into::<js_sys::Function>);
    let text = get.and_then(|get| get.call1(transfer, &JsValue::from_str("text/plain")));
    text.ok().filter(JsValue::is_string).map(JsCast::unchecked_into).unwrap_or_else(|| JsString::from(""))
}

/// The text with line ends as a box has them, so that places in it stay right.
pub(super) fn unix_lines(text: &JsString) -> JsString {
    text.replace_all("\r\n", "\n").replace_all("\r", "\n")
}

/// What the box would hold if `inserted` took the place of its selection, and where the caret would stand.
pub(super) fn spliced(element: &HtmlTextAreaElement, inserted: &JsString) -> (JsString, u32) {
    let held = value(element);
    let end = held.length();
    let from = element.selection_start().ok().flatten().unwrap_or(end).min(end);
    let to = element.selection_end().ok().flatten().unwrap_or(end).clamp(from, end);
    let text = held.slice(0, from).concat(inserted).concat(&held.slice(to, end));
    (text, from + inserted.length())
}

/// Puts `shown` into the box by the smallest change, as one step that the browser's undo takes back. `caret` is a place in
/// `told`, the text that the engine was given; it moves to the same place in `shown`.
pub(super) fn show(element: &HtmlTextAreaElement, told: &JsString, caret: u32, shown: &JsString) {
    let caret = moved(told, caret, shown);
    let held = value(element);
    if held != *shown {
        let (from, to, until) = difference(&held, shown);
        let change = shown.slice(from, until);
        // The browser may do something else than it was told.
        if !typed(element, from, to, &change) || value(element) != *shown {
            set_value(element, shown);
        }
    }
    let _ = element.set_selection_range(caret, caret);
}

/// Types a text in place of the selection.
pub(super) fn insert(element: &HtmlTextAreaElement, text: &JsString) {
    let (whole, caret) = spliced(element, text);
    show(element, &whole, caret, &whole);
}

/// Types `words` in place of the bytes from `start` to `end` of a report's text, where the box holds just that text.
pub(super) fn replace(element: &HtmlTextAreaElement, text: &str, start: usize, end: usize, words: &str) -> bool {
    // A box counts UTF-16 units.
    let units = |byte| text.get(..byte).unwrap_or_default().chars().map(|c| c.len_utf16() as u32).sum();
    value(element) == *text && typed(element, units(start), units(end), &JsString::from(words))
}

/// Takes the last change back.
pub(super) fn undo(element: &HtmlTextAreaElement) -> bool {
    let _ = element.focus();
    element.owner_document().is_some_and(|d| exec(&d, "undo", &JsString::from("")))
}

/// Puts `text` into the box as it is.
pub(super) fn set_value(element: &HtmlTextAreaElement, text: &JsString) {
    let _ = Reflect::set(element, &JsValue::from_str("value"), text);
}

/// Replaces a range as if it were typed, so that undo knows of it. False where the browser won't.
fn typed(element: &HtmlTextAreaElement, from: u32, to: u32, change: &JsString) -> bool {
    let Some(document) = element.owner_document() else { return false };
    let before = document.active_element().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    let elsewhere = before.filter(|e| !e.is_same_node(Some(element)));
    let _ = element.focus();
    let _ = element.set_selection_range(from, to);
    let done = match change.length() {
        0 => exec(&document, "delete", change),
        // As mark-up with nothing but text in it: the command that takes a long text at once, where it is known for boxes.
        _ => {
            exec(&document, "insertHTML", &escaped(change))
                || change.length() <= LARGEST_TYPED && exec(&document, "insertText", change)
        }
    };
    if let Some(elsewhere) = elsewhere {
        let _ = elsewhere.focus();
    }
    done
}

/// The text as HTML that shows it.
fn escaped(text: &JsString) -> JsString {
    text.replace_all("&", "&amp;").replace_all("<", "&lt;")
}

/// `document.execCommand`, which is the only way to change a box so that the visitor can undo it.
fn exec(document: &Document, command: &str, text: &JsString) -> bool {
    let Ok(function) = Reflect::get(document, &JsValue::from_str("execCommand")) else { return false };
    let Ok(function) = function.dyn_into::<js_sys::Function>() else { return false };
    let done = function.call3(document, &JsValue::from_str(command), &JsValue::FALSE, text);
    done.is_ok_and(|d| d.is_truthy())
}

/// The smallest range of `old` that differs from `new`: its start, its end in `old`, its end in `new`.
fn difference(old: &JsString, new: &JsString) -> (u32, u32, u32) {
    let (old_end, new_end) = (old.length(), new.length());
    let shorter = old_end.min(new_end);
    let head = longest(shorter, |n| old.slice(0, n) == new.slice(0, n));
    let tail = longest(shorter - head, |n| old.slice(old_end - n, old_end) == new.slice(new_end - n, new_end));
    (head, old_end - tail, new_end - tail)
}

/// True where one text came of the other by editing: at least half of the shorter stands at the beginning and the end of both.
pub(super) fn akin(old: &JsString, new: &JsString) -> bool {
    let (from, to, _) = difference(old, new);
    2 * (old.length() + from - to) >= old.length().min(new.length())
}

/// Where `caret` of `old` stands in `new`: unmoved before the change, as far from the end after it, else at its end.
fn moved(old: &JsString, caret: u32, new: &JsString) -> u32 {
    let (from, to, until) = difference(old, new);
    if caret <= from {
        caret
    } else if caret >= to {
        new.length() - (old.length() - caret.min(old.length()))
    } else {
        until
    }
}

/// The largest n up to `most` for which `holds`, which holds up to some n and not beyond.
fn longest(most: u32, holds: impl Fn(u32) -> bool) -> u32 {
    if holds(most) {
        return most;
    }
    let (mut low, mut high) = (0, most);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}
