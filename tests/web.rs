//! Tests of the engine's boundary in a real browser: what JavaScript gives, and what it gets back.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, reason = "the helpers of tests stand outside of test functions here")]

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use why403::engine;

wasm_bindgen_test_configure!(run_in_browser);

const FAILING: &str = "curl https://api.openai.com/v1/models -H 'Authorization: Bearer sk-proj-q7Vt2mXz9LwKc4RbN8yJf1HsDg6PaEu3TiOo5Wv'\n\
    HTTP/1.1 403 Forbidden\n\n{\"error\":{\"code\":\"unsupported_country_region_territory\"}}";

#[wasm_bindgen(inline_js = "export const halves = () => 'a\\ud83d b\\ude00 c';")]
extern "C" {
    /// A JavaScript string with two lone surrogates.
    fn halves() -> String;
}

fn get(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).expect("an object")
}

fn analyze(text: &str) -> JsValue {
    engine::analyze(text.into()).unwrap_or_else(|_| panic!("a report"))
}

fn given(question: &str, answer: &str) -> JsValue {
    let one = Object::new();
    Reflect::set(&one, &"question".into(), &question.into()).expect("a plain object");
    Reflect::set(&one, &"answer".into(), &answer.into()).expect("a plain object");
    Array::of1(&one).into()
}

/// Every object inside is plain: made by `Object`, an array, or no object at all.
fn plain(value: &JsValue) {
    assert!(!value.is_bigint() && !value.is_undefined() && !value.is_function(), "{value:?}");
    if let Some(list) = value.dyn_ref::<Array>() {
        list.iter().for_each(|v| plain(&v));
    } else if value.is_object() {
        let object: &Object = value.unchecked_ref();
        assert_eq!(Object::get_prototype_of(value), Object::get_prototype_of(&Object::new()), "a Map or a class");
        Object::values(object).iter().for_each(|v| plain(&v));
    }
}

#[wasm_bindgen_test]
fn what_is_no_string_is_refused_in_words() {
    for value in [JsValue::from(5), JsValue::NULL, js_sys::Object::new().into()] {
        let error = engine::analyze(value).err().map(JsValue::from);
        assert!(format!("{error:?}").contains("takes a string"), "{error:?}");
    }
}

#[wasm_bindgen_test]
fn a_report_is_a_plain_object_of_the_schema() {
    let report = analyze(FAILING);
    plain(&report);
    assert_eq!(get(&report, "schema").as_string().as_deref(), Some("why403/1"));
    assert_eq!(get(&get(&report, "input"), "bytes").as_f64(), Some(FAILING.len() as f64));
    for list in
        ["redactions", "exchanges", "causes", "findings", "questions", "path", "facts", "placeholders", "problems"]
    {
        assert!(Array::is_array(&get(&report, list)), "{list}");
    }
    assert!(get(&report, "notice").is_null());
    assert!(get(&report, "link").as_string().is_some_and(|l| l.starts_with("#v1.")));
}

#[wasm_bindgen_test]
fn a_report_survives_json() {
    let report = analyze(FAILING);
    let text = JSON::stringify(&report).expect("no cycle");
    let again = JSON::parse(&String::from(&text)).expect("JSON");
    assert_eq!(JSON::stringify(&again).expect("no cycle"), text);
}

#[wasm_bindgen_test]
fn no_secret_comes_back() {
    let text = String::from(JSON::stringify(&analyze(FAILING)).expect("no cycle"));
    assert!(text.contains("{{redacted:"), "{text}");
    assert!(!text.contains("sk-proj-q7Vt2mXz9LwKc4"), "{text}");
}

#[wasm_bindgen_test]
fn an_empty_text_has_a_report() {
    let report = analyze("");
    plain(&report);
    assert_eq!(get(&get(&report, "input"), "bytes").as_f64(), Some(0.0));
}

#[wasm_bindgen_test]
fn lone_surrogates_are_read() {
    let report = analyze(&halves());
    assert_eq!(get(&report, "redacted").as_string().as_deref(), Some("a\u{fffd} b\u{fffd} c"));
}

#[wasm_bindgen_test]
fn a_huge_text_is_read() {
    // Without optimization an engine reads some ten kilobytes a second, and a browser gives a test half a minute.
    let text = "plain words without any meaning, one line of many\n".repeat(2_000);
    let report = analyze(&text);
    assert_eq!(get(&get(&report, "input"), "bytes").as_f64(), Some(text.len() as f64));
}

#[wasm_bindgen_test]
fn options_and_answers_may_be_left_out() {
    let with = |options, answers| engine::analyze_with(FAILING.into(), options, answers).map_err(|_| "refused");
    let plain = JSON::stringify(&analyze(FAILING)).expect("no cycle");
    for nothing in [JsValue::UNDEFINED, JsValue::NULL] {
        let report = with(nothing.clone(), nothing).expect("a report");
        assert_eq!(JSON::stringify(&report).expect("no cycle"), plain);
    }
    let report = with(Object::new().into(), Array::new().into()).expect("a report");
    assert_eq!(JSON::stringify(&report).expect("no cycle"), plain);
    assert!(with(JsValue::from_str("all"), JsValue::NULL).is_err());
    assert!(with(JsValue::NULL, JsValue::from(7)).is_err());
}

#[wasm_bindgen_test]
fn an_answer_is_taken() {
    let report = analyze("");
    let questions: Array = get(&report, "questions").unchecked_into();
    let question = questions.get(0);
    let id = get(&question, "id").as_string().expect("a question to ask where nothing is known");
    let answers: Array = get(&question, "answers").unchecked_into();
    let answer = get(&answers.get(0), "id").as_string().expect("an answer");
    let after = engine::analyze_with("".into(), JsValue::NULL, given(&id, &answer));
    let after = after.unwrap_or_else(|_| panic!("a report"));
    let questions: Array = get(&after, "questions").unchecked_into();
    let again = questions.iter().find(|q| get(q, "id").as_string().as_deref() == Some(&id)).expect("it stays");
    assert_eq!(get(&again, "given").as_string(), Some(answer));
}

#[wasm_bindgen_test]
fn a_link_opens_the_same_diagnosis() {
    let report = analyze(FAILING);
    let link = get(&report, "link").as_string().expect("a link");
    let opened = engine::open_link(link.into(), JsValue::NULL).unwrap_or_else(|_| panic!("a report"));
    plain(&opened);
    assert!(get(&opened, "notice").is_null());
    let causes = |report: &JsValue| JSON::stringify(&get(report, "causes")).expect("no cycle");
    assert_eq!(causes(&opened), causes(&report));
}

#[wasm_bindgen_test]
fn a_damaged_link_gets_a_sentence() {
    for fragment in
        ["", "#", "#v1.", "#v1.AAAA", "#v1.%%%", "#v9.AAAA", "#/fingerprint", "nonsense", "#v1.\u{0}\u{ffff}"]
    {
        let opened = engine::open_link(fragment.into(), JsValue::NULL).unwrap_or_else(|_| panic!("{fragment}"));
        plain(&opened);
        assert!(get(&opened, "notice").as_string().is_some_and(|n| n.len() > 10), "{fragment}");
    }
}
