//! The visitor's choices, which `static/prefs.js` keeps: it runs before this program is loaded.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What is shared with the page's scripts and with the tools.
pub(super) fn shared() -> JsValue {
    Reflect::get(&js_sys::global(), &JsValue::from_str("why403")).unwrap_or(JsValue::UNDEFINED)
}

/// Changes the `language` or the `theme`.
pub(super) fn choose(what: &str, value: &str) {
    let function = Reflect::get(&shared(), &JsValue::from_str(what)).ok().and_then(|f| f.dyn_into::<Function>().ok());
    if let Some(function) = function {
        let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from_str(value));
    }
}

/// The chosen colours: `light`, `dark` or nothing.
pub(super) fn theme() -> String {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    root.and_then(|e| e.get_attribute("data-theme")).unwrap_or_default()
}
