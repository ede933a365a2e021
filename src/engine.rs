//! The engine's boundary: JavaScript values in, plain JavaScript objects out. WebAssembly only; `src/bin/engine.rs` exports it.

use crate::inspect;
use crate::redact::{Raw, RedactOptions};
use crate::signals::Answer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsError, JsValue};

/// Diagnoses a text with the default options.
pub fn analyze(text: JsValue) -> Result<JsValue, JsError> {
    plain(&inspect(Raw::new(string(text)?), &RedactOptions::default(), &[]))
}

/// Diagnoses a text. `options` are [`RedactOptions`], `answers` a list of [`Answer`]; both may be left out.
pub fn analyze_with(text: JsValue, options: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
    let raw = Raw::new(string(text)?);
    plain(&inspect(raw, &or_default(options)?, &or_default::<Vec<Answer>>(answers)?))
}

/// Opens a share link's fragment, with or without its `#`. A damaged one gives a report with a notice.
pub fn open_link(fragment: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
    let answers: Vec<Answer> = or_default(answers)?;
    plain(&crate::open_link(&string(fragment)?, &answers))
}

/// The tree as data for a picture, as the facts in a report's `link` see it: a list of
/// [`Node`](crate::diagnose::picture::Node)s, empty for a damaged link.
pub fn tree(fragment: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
    let answers: Vec<Answer> = or_default(answers)?;
    plain(&crate::tree(&string(fragment)?, &answers))
}

/// Compares two keys by their fingerprints. Each text holds a fingerprint, a redacted stretch, a masked key, or a key.
pub fn compare_keys(one: JsValue, other: JsValue) -> Result<JsValue, JsError> {
    plain(&crate::compare::keys::compare(string(one)?, string(other)?))
}

/// Compares a request that works with one that fails.
pub fn compare(works: JsValue, fails: JsValue) -> Result<JsValue, JsError> {
    plain(&crate::compare::compare(string(works)?, string(fails)?))
}

/// Groups the failed calls of an archive or a log by cause.
pub fn incidents(text: JsValue) -> Result<JsValue, JsError> {
    plain(&crate::incidents::gather(string(text)?))
}

/// Takes the text of a file of published schemas, named in a report's `schemas_missing`. Bodies are checked from then on. False where
/// there is no such area or the text is damaged.
pub fn add_schema(area: &str, text: &str) -> bool {
    crate::schema::provide(area, text)
}

/// A text. JavaScript gives what it likes, and what is no string would be read as one from wherever its length points to.
fn string(value: JsValue) -> Result<String, JsError> {
    value.as_string().ok_or_else(|| JsError::new("why403 takes a string here"))
}

/// A value that the caller may leave out.
fn or_default<T: DeserializeOwned + Default>(value: JsValue) -> Result<T, JsError> {
    if value.is_undefined() || value.is_null() {
        return Ok(T::default());
    }
    serde_wasm_bindgen::from_value(value).map_err(JsError::from)
}

/// A value as plain objects: no `Map`, no `BigInt`, null for what is missing, so that it survives JSON.
fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsError::from)
}
