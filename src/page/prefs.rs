//! The visitor's choices, which `static/prefs.js` keeps: it runs before this program is loaded.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What is shared with the page's scripts and with the tools.
pub(super) fn shared() -> JsValue {
    Reflect::get(&js_sys::global(), &JsValue::from_str("why403")).unwrap_or(JsValue::UNDEFINED)
}

/// Changes the `language` or the `theme`.
pub(super) fn choose(what: &str, value: &str) {
    call(what, &[JsValue::from_str(value)]);
}

/// The chosen colours: `light`, `dark` or nothing.
pub(super) fn theme() -> String {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    root.and_then(|e| e.get_attribute("data-theme")).unwrap_or_default()
}

/// Lets the tools have the report; it holds no raw text.
pub(super) fn share_report(report: &JsValue) {
    let _ = Reflect::set(&shared(), &JsValue::from_str("report"), report);
}

/// Calls one of the page's scripts' functions.
pub(super) fn call(function: &str, arguments: &[JsValue]) -> JsValue {
    let function =
        Reflect::get(&shared(), &JsValue::from_str(function)).ok().and_then(|f| f.dyn_into::<Function>().ok());
    let result =
        function.and_then(|f| f.apply(&JsValue::UNDEFINED, &arguments.iter().cloned().collect::<Array>()).ok());
    result.unwrap_or(JsValue::UNDEFINED)
}

/// Calls a function of a program that is loaded when it is first needed.
pub(super) async fn program(name: &str, function: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let promise = call("program", &[JsValue::from_str(name)]).dyn_into::<Promise>()?;
    let module = JsFuture::from(promise).await?;
    let function = Reflect::get(&module, &JsValue::from_str(function))?.dyn_into::<Function>()?;
    function.apply(&JsValue::UNDEFINED, &arguments.iter().cloned().collect::<Array>())
}

/// A moment, given in seconds since 1970, as the visitor's language writes it.
pub(super) fn moment(seconds: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    let style = super::engine_client::object(&[
        ("dateStyle", JsValue::from_str("long")),
        ("timeStyle", JsValue::from_str("short")),
    ]);
    let language = JsValue::from_str(&crate::words::browser::language());
    let function = Reflect::get(&date, &JsValue::from_str("toLocaleString")).and_then(JsCast::dyn_into::<Function>);
    function.and_then(|f| f.call2(&date, &language, &style)).ok().and_then(|s| s.as_string()).unwrap_or_default()
}

/// Notes what a worker asked for to load the engine; one that was given the engine asked for nothing new.
pub(super) fn asked(list: &JsValue) {
    if Reflect::get_u32(list, 0).is_ok_and(|first| !first.is_undefined()) {
        let _ = Reflect::set(&shared(), &JsValue::from_str("asked"), list);
    }
}

/// True where a newer version of the page waits.
pub(super) fn update_waits() -> bool {
    Reflect::get(&shared(), &JsValue::from_str("update")).is_ok_and(|u| u.is_truthy())
}
