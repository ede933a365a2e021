//! Reads the engine's report object. By hand, since derived readers would be a sixth of the page's program. What the page does
//! not show (the exchanges, a finding's part) stays in the object.

use crate::check::Severity;
use crate::intake::InputKind;
use crate::report::{
    Cause, Fact, Finding, Fix, Hop, Input, Mended, Placeholder, Problem, Question, QuestionAnswer, Report, Responder,
    SCHEMA, Where,
};
use crate::span::Span;
use js_sys::{Array, Object, Reflect};
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

/// The report; none where the engine's files are of another version than the page's.
pub(crate) fn report(object: &JsValue) -> Option<Report> {
    let known = string(object, "schema") == SCHEMA && Array::is_array(&get(object, "causes"));
    known.then(|| Report {
        schema: SCHEMA.to_owned(),
        input: Input { kind: kind(&string(&get(object, "input"), "kind")), bytes: 0 },
        redacted: maybe(object, "redacted"),
        responder: responder(&get(object, "responder")),
        causes: list(object, "causes", cause),
        settled: get(object, "settled").is_truthy(),
        findings: list(object, "findings", finding),
        questions: list(object, "questions", question),
        link: string(object, "link"),
        link_with_text: maybe(object, "link_with_text"),
        path: list(object, "path", |o| Hop {
            id: string(o, "id"),
            title: string(o, "title"),
            state: string(o, "state"),
        }),
        facts: list(object, "facts", |o| Fact {
            signal: string(o, "signal"),
            text: string(o, "text"),
            span: span(o),
            shared: maybe(o, "shared"),
        }),
        placeholders: list(object, "placeholders", |o| Placeholder {
            kind: string(o, "kind"),
            fingerprint: maybe(o, "fingerprint"),
            span: span(o).unwrap_or_default(),
        }),
        problems: list(object, "problems", |o| Problem {
            message: string(o, "message"),
            line: whole(o, "line").unwrap_or_default(),
            column: whole(o, "column").unwrap_or_default(),
        }),
        notice: maybe(object, "notice"),
        schemas_missing: list(object, "schemas_missing", |area| area.as_string().unwrap_or_default()),
        reproduce: maybe(object, "reproduce"),
        parameters: pairs(&get(object, "parameters")),
        made: get(object, "made").as_f64().map(|seconds| seconds as u64),
        ..Report::default()
    })
}

/// True where something was taken out of the text.
pub(super) fn took_out(object: &JsValue) -> bool {
    Reflect::get_u32(&get(object, "redactions"), 0).is_ok_and(|first| !first.is_undefined())
}

fn pairs(object: &JsValue) -> BTreeMap<String, String> {
    let Some(object) = object.dyn_ref::<Object>() else { return BTreeMap::new() };
    let mut pairs = BTreeMap::new();
    for key in Object::keys(object).iter() {
        if let (Some(name), Some(value)) =
            (key.as_string(), Reflect::get(object, &key).ok().and_then(|v| v.as_string()))
        {
            // One by one: collecting would sort them first, with code of its own.
            pairs.insert(name, value);
        }
    }
    pairs
}

fn responder(o: &JsValue) -> Responder {
    Responder {
        id: string(o, "id"),
        title: string(o, "title"),
        confidence: number(o, "confidence"),
        because: strings(o, "because"),
    }
}

fn cause(o: &JsValue) -> Cause {
    Cause {
        id: string(o, "id"),
        title: string(o, "title"),
        meaning: string(o, "meaning"),
        probability: number(o, "probability"),
        likelihood: string(o, "likelihood"),
        because: strings(o, "because"),
        against: strings(o, "against"),
        fixes: list(o, "fixes", fix),
        retry: string(o, "retry"),
        support: string(o, "support"),
        myth: maybe(o, "myth"),
        sources: strings(o, "sources"),
    }
}

fn fix(o: &JsValue) -> Fix {
    Fix {
        id: string(o, "id"),
        title: string(o, "title"),
        effort: string(o, "effort"),
        detail: maybe(o, "detail"),
        command: maybe(o, "command"),
        page: maybe(o, "page"),
    }
}

fn finding(o: &JsValue) -> Finding {
    let place = get(o, "where");
    let mended = get(o, "mended");
    Finding {
        id: string(o, "id"),
        severity: match &*string(o, "severity") {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Hint,
        },
        message: string(o, "message"),
        place: Where {
            line: whole(&place, "line"),
            column: whole(&place, "column"),
            span: span(&place),
            ..Where::default()
        },
        why: string(o, "why"),
        fix: string(o, "fix"),
        source: string(o, "source"),
        mended: span(&mended).map(|span| Mended {
            span,
            text: string(&mended, "text"),
            sentence: string(&mended, "sentence"),
        }),
    }
}

fn question(o: &JsValue) -> Question {
    Question {
        id: string(o, "id"),
        text: string(o, "text"),
        how: string(o, "how"),
        answers: list(o, "answers", |o| QuestionAnswer { id: string(o, "id"), text: string(o, "text") }),
        given: maybe(o, "given"),
    }
}

fn kind(id: &str) -> InputKind {
    match id {
        "curl" => InputKind::Curl,
        "powershell" => InputKind::Powershell,
        "fetch" => InputKind::Fetch,
        "http" => InputKind::Http,
        "har" => InputKind::Har,
        "log" => InputKind::Log,
        "traceback" => InputKind::Traceback,
        "json" => InputKind::Json,
        "html" => InputKind::Html,
        "link" => InputKind::Link,
        _ => InputKind::Text,
    }
}

/// The member of this name; undefined where there is none.
pub(crate) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

pub(crate) fn maybe(object: &JsValue, key: &str) -> Option<String> {
    get(object, key).as_string()
}

pub(crate) fn string(object: &JsValue, key: &str) -> String {
    maybe(object, key).unwrap_or_default()
}

pub(crate) fn number(object: &JsValue, key: &str) -> f64 {
    get(object, key).as_f64().unwrap_or_default()
}

pub(crate) fn whole(object: &JsValue, key: &str) -> Option<usize> {
    get(object, key).as_f64().map(|n| n as usize)
}

fn span(object: &JsValue) -> Option<Span> {
    let span = get(object, "span");
    Some(Span::new(whole(&span, "start")?, whole(&span, "end")?))
}

fn strings(object: &JsValue, key: &str) -> Vec<String> {
    list(object, key, |o| o.as_string().unwrap_or_default())
}

pub(crate) fn list<T>(object: &JsValue, key: &str, each: fn(&JsValue) -> T) -> Vec<T> {
    get(object, key).dyn_ref::<Array>().map(|list| list.iter().map(|o| each(&o)).collect()).unwrap_or_default()
}
