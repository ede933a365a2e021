//! The language in a browser: `static/start.js` fetches a language's tables before it says so by the event
//! `why403:language`, and keeps them in `window.why403.words`.

use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// The event of the window that says that another language was chosen.
pub const CHANGED: &str = "why403:language";

/// Follows the page's language with the words of these bundles. Called at the program's start and at each [`CHANGED`].
pub fn follow(bundles: &[&str]) {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED);
    let shared = get(&js_sys::global(), "why403");
    let words = get(&shared, "words");
    let tables = bundles.iter().filter_map(|bundle| get(&words, bundle).as_string().filter(|text| !text.is_empty()));
    super::choose(&tables.map(kept).collect::<Vec<_>>(), plural);
}

/// A sentence of a report in the chosen language, said by `static/said.js`: only who chose another language than English loads
/// that. `rule` is the check whose finding it is, if any.
pub fn said(english: &str, rule: &str) -> Option<String> {
    let get = |object: &JsValue, key: &str| Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED);
    let said: js_sys::Function = get(&get(&get(&js_sys::global(), "why403"), "words"), "said").dyn_into().ok()?;
    said.call2(&JsValue::UNDEFINED, &JsValue::from_str(english), &JsValue::from_str(rule)).ok()?.as_string()
}

/// The text for as long as the program runs; the same text only once.
fn kept(text: String) -> &'static str {
    thread_local! {
        static KEPT: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }
    KEPT.with_borrow_mut(|all| {
        all.iter().find(|known| ***known == *text).copied().unwrap_or_else(|| {
            let text: &'static str = text.leak();
            all.push(text);
            text
        })
    })
}

/// The page's language, such as `zh-CN`.
pub fn language() -> String {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    root.and_then(|e| e.get_attribute("lang")).unwrap_or_default()
}

/// The category by the browser's own plural rules, so that a language needs no code here.
fn plural(number: &str) -> String {
    let call = || -> Option<String> {
        let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
        let rules: js_sys::Function = Reflect::get(&intl, &JsValue::from_str("PluralRules")).ok()?.dyn_into().ok()?;
        let rules = Reflect::construct(&rules, &js_sys::Array::of1(&JsValue::from_str(&language()))).ok()?;
        let select: js_sys::Function = Reflect::get(&rules, &JsValue::from_str("select")).ok()?.dyn_into().ok()?;
        select.call1(&rules, &JsValue::from_str(number)).ok()?.as_string()
    };
    call().unwrap_or_default()
}
