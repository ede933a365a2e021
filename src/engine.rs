//! The engine's boundary: JavaScript values in, plain JavaScript objects out. WebAssembly only; `src/bin/engine.rs` exports it.

use crate::inspect;
use crate::intake;
use crate::redact::{self, Raw, RedactOptions};
use crate::signals::Answer;
use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsError, JsValue};

/// Diagnoses a text with the default options.
pub fn analyze(text: JsValue) -> Result<JsValue, JsError> {
    plain(&inspect(Raw::new(string(text)?), &RedactOptions::default(), &[]))
}

/// Diagnoses a text. `options` are [`RedactOptions`], `answers` a list of [`Answer`]; both may be left out.
pub fn analyze_with(text: JsValue, options: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
    let raw = Raw::new(string(text)?);
    plain(&inspect(raw, &read_options(&options)?, &read_answers(&answers)?))
}

/// Opens a share link's fragment, with or without its `#`. A damaged one gives a report with a notice.
pub fn open_link(fragment: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
    let answers = read_answers(&answers)?;
    plain(&crate::open_link(&string(fragment)?, &answers))
}

/// The tree as data for a picture, as the facts in a report's `link` see it: a list of
/// [`Node`](crate::diagnose::picture::Node)s, empty for a damaged link.
pub fn tree(fragment: JsValue, answers: JsValue) -> Result<JsValue, JsError> {
    let answers = read_answers(&answers)?;
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

/// Takes the secrets out of texts, each by itself, as a diagnosis does. `texts` are what is left, `redactions` the places in the list of
/// those that held any.
pub fn redact(texts: JsValue) -> Result<JsValue, JsError> {
    let given = texts.dyn_ref::<Array>().ok_or_else(|| JsError::new("why403 takes a list of strings here"))?;
    let (texts, found) = (Array::new(), Array::new());
    let options = RedactOptions::default();
    for (at, text) in given.iter().enumerate() {
        let (redacted, _) = intake::read(redact::redact(Raw::new(string(text)?), &options), &options);
        texts.push(&JsValue::from_str(redacted.text()));
        if !redacted.redactions().is_empty() {
            found.push(&JsValue::from_f64(at as f64));
        }
    }
    let out = Object::new();
    for (name, list) in [("texts", texts), ("redactions", found)] {
        // A new object takes any member.
        let _ = Reflect::set(&out, &JsValue::from_str(name), &list);
    }
    Ok(out.into())
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

// Read by hand: derived code for two small types would be some kilobytes more for each visitor.

/// Options; none of them has to be there.
fn read_options(value: &JsValue) -> Result<RedactOptions, JsError> {
    let flag = |name: &str| match member(value, name)? {
        member if missing(&member) => Ok(false),
        member => member.as_bool().ok_or_else(|| JsError::new("why403 takes true or false for this option")),
    };
    Ok(RedactOptions {
        addresses: flag("addresses")?,
        accounts: flag("accounts")?,
        last_four: flag("last_four")?,
        now: member(value, "now")?.as_f64().filter(|seconds| *seconds >= 0.0).map(|seconds| seconds as u64),
    })
}

/// A list of answers, or nothing.
fn read_answers(value: &JsValue) -> Result<Vec<Answer>, JsError> {
    if missing(value) {
        return Ok(Vec::new());
    }
    let list = value.dyn_ref::<Array>().ok_or_else(|| JsError::new("why403 takes a list of answers here"))?;
    let answer =
        |o: JsValue| Ok(Answer { question: string(member(&o, "question")?)?, answer: string(member(&o, "answer")?)? });
    list.iter().map(answer).collect()
}

fn missing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// A member of an object; undefined where the object itself is left out.
fn member(object: &JsValue, name: &str) -> Result<JsValue, JsError> {
    if missing(object) {
        return Ok(JsValue::UNDEFINED);
    }
    Reflect::get(object, &JsValue::from_str(name)).map_err(|_| JsError::new("why403 takes an object here"))
}

/// A value as plain objects: no `Map`, no `BigInt`, null for what is missing, so that it survives JSON.
fn plain<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsError::from)
}
