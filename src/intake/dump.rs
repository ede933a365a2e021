//! What a decoded object says about an exchange: an error body, a header dictionary, or a program's dump of both.

use super::evidence;
use super::model::{Content, Exchange, Fields, Request, Response};
use super::status;
use crate::span::Span;
use serde_json::{Map, Value};

mod names;

use names::{BODIES, DUMP, HEADERS, INNER, METHODS, SAID, URLS, named, status};

type Object = Map<String, Value>;

/// How deep objects and the texts in them are searched.
const DEPTH: usize = 8;
/// What `value` says; none where it says nothing about an exchange. `source` is where it stands, and its text where that is
/// strict JSON.
pub(super) fn read(value: &Value, source: Option<Span>, strict: Option<&str>) -> Option<Exchange> {
    at_depth(value, source, strict, 0)
}

fn at_depth(value: &Value, source: Option<Span>, strict: Option<&str>, depth: usize) -> Option<Exchange> {
    if depth > DEPTH {
        return None;
    }
    match value {
        Value::Object(object) => {
            let nested = nested(object, depth);
            headers_only(object)
                .or_else(|| dump(object, source, depth))
                .or_else(|| deeper(object, nested))
                .or_else(|| body(object, source, strict))
                .or_else(|| wrapped(object, depth))
                .or_else(|| said(object))
        }
        // Google answers a stream with a list of objects: the list is the body.
        Value::Array(items) => items.iter().take(4).find_map(|item| {
            // Words of a sentence in brackets, in which an object only begins.
            if item.as_str().is_some_and(|text| !text.contains('}')) {
                return None;
            }
            let mut exchange = at_depth(item, source, None, depth + 1)?;
            if let (Value::Object(object), Some(text), Some(response)) = (item, strict, &mut exchange.response)
                && is_error(object)
                && object.get("error").is_some_and(Value::is_object)
            {
                response.content = Some(Content { text: text.to_owned(), span: source });
            }
            Some(exchange)
        }),
        Value::String(text) => evidence::in_string(text, depth + 1),
        _ => None,
    }
}

/// [`read`] for text within text; the places in it are not places in the paste.
pub(super) fn read_nested(value: &Value, strict: Option<&str>, depth: usize) -> Option<Exchange> {
    at_depth(value, None, strict, depth)
}

/// True for an object as error bodies are.
pub(super) fn is_error(object: &Object) -> bool {
    let has = |name: &str| object.get(name).is_some_and(|v| !v.is_null());
    let text = |name: &str| object.get(name).is_some_and(Value::is_string);
    (has("error") && !object.get("error").is_some_and(Value::is_boolean) && !object.contains_key("choices"))
        || has("errors")
        || has("detail")
        || has("fault")
        || text("error_description")
        || (text("message") || text("Message") || text("msg"))
            && (object.len() == 1
                || [
                    "code",
                    "type",
                    "status",
                    "statusCode",
                    "request_id",
                    "requestId",
                    "__type",
                    "success",
                    "error_code",
                ]
                .iter()
                .any(|n| object.contains_key(*n)))
        || text("__type")
        || text("title") && has("status")
}

fn request_mentioned() -> Request {
    Request { mentioned: true, ..Request::default() }
}

/// A dictionary of header fields.
fn headers_only(object: &Object) -> Option<Exchange> {
    let known = object.keys().filter(|k| evidence::is_field_name(k)).count();
    if known < 2 || known * 3 < object.len() || is_error(object) {
        return None;
    }
    let fields = fields(object);
    Some(if evidence::of_request(&fields) {
        Exchange { request: Some(Request { fields, ..request_mentioned() }), response: None }
    } else {
        Exchange { request: None, response: Some(Response { fields, ..Response::default() }) }
    })
}

/// Header fields as an object or, as archives have them, a list of names and values.
fn header_fields(value: &Value) -> Fields {
    let mut out = Fields::default();
    match value {
        Value::Object(object) => return fields(object),
        Value::Array(items) => {
            let text = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
            for (name, value) in items.iter().filter_map(|i| Some((text(i, "name")?, text(i, "value")?))) {
                out.push(name, value, None);
            }
        }
        _ => {}
    }
    out
}

fn fields(object: &Object) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in object {
        match value {
            Value::String(text) => fields.push(name, text, None),
            Value::Array(items) => {
                items.iter().filter_map(Value::as_str).for_each(|text| fields.push(name, text, None))
            }
            Value::Number(number) => fields.push(name, number.to_string(), None),
            _ => {}
        }
    }
    fields
}

/// A program's dump: status, header fields, body and target under their names.
fn dump(object: &Object, source: Option<Span>, depth: usize) -> Option<Exchange> {
    if let Some(exchange) = pair(object, depth).or_else(|| axios(object, source, depth)) {
        return Some(exchange);
    }
    let first = |names: &'static [&'static str]| named(object, names).next();
    let method = first(METHODS).and_then(Value::as_str).filter(|m| evidence::is_method(&m.to_ascii_uppercase()));
    let url =
        first(URLS).and_then(Value::as_str).filter(|u| u.contains("://") || (method.is_some() && u.starts_with('/')));
    let status = status(object);
    let marks = object.keys().filter(|k| DUMP.contains(&k.as_str())).count();
    let response_like =
        marks > 0 && (status.is_some() || first(HEADERS).is_some_and(Value::is_object) && object.contains_key("error"));
    let request_like = url.is_some() && method.is_some();
    let mentions_both = url.is_some() && status.is_some();
    if !response_like && !request_like && !mentions_both {
        return None;
    }
    // The Vercel AI SDK keeps the body that it sent, and sends bodies by POST only.
    let method = method.or_else(|| object.contains_key("requestBodyValues").then_some("POST"));
    let mut request = (url.is_some() || method.is_some()).then(|| Request {
        method: method.unwrap_or_default().to_ascii_uppercase(),
        url: url.unwrap_or_default().to_owned(),
        ..request_mentioned()
    });
    let mut response = status.map(|status| Response { status: Some(status), ..Response::default() });
    if let Some(fields) = first(HEADERS).map(header_fields).filter(|f| !f.is_empty()) {
        match (&mut request, &mut response) {
            (Some(request), None) => request.fields = fields,
            (_, response) => response.get_or_insert_default().fields = fields,
        }
    }
    if let (Some(request), Some(sent)) = (&mut request, object.get("requestBodyValues").map(Value::to_string)) {
        // Node.js leaves out what is deep in an object: then it is not what was sent.
        request.content =
            (!sent.contains("[Object]") && !sent.contains("[Array]")).then_some(Content { text: sent, span: None });
    }
    if let (Some(request), Some(data)) = (&mut request, first(&["jsondata", "data", "json"]))
        && response.is_none()
    {
        request.content = Some(Content { text: as_text(data), span: None });
    } else if response.is_some() || status.is_some() {
        let response = response.get_or_insert_default();
        response.content = dumped_body(object, source, depth);
        if let Some(id) = named(object, &["requestid"]).find_map(Value::as_str).filter(|_| marks > 0)
            && response.fields.value("x-request-id").is_none()
        {
            response.fields.push("x-request-id", id, None);
        }
        passed_on(response, depth);
    }
    Some(Exchange { request, response })
}

/// A server's own failure that holds the refusal which it passes on: the refusal counts.
fn passed_on(response: &mut Response, depth: usize) {
    let own = response.content.as_ref().filter(|_| response.status.is_some_and(|s| s >= 500));
    let inner = own.and_then(|own| evidence::in_string(&own.text, depth + 1)).and_then(|inner| inner.response);
    if let Some(inner) = inner.filter(|r| r.status.is_some_and(|s| (400..500).contains(&s)) && r.content.is_some()) {
        *response = inner;
    }
}

/// An entry of an archive or of a program's log: a request and its response under their names.
fn pair(object: &Object, depth: usize) -> Option<Exchange> {
    let part = |name: &str| object.get(name).filter(|p| p.is_object());
    let text = |part: &Value, outer: &str| part.get(outer)?.get("text")?.as_str().map(str::to_owned);
    // Axios keeps what it sent under `config`; its request is the machinery.
    let asked = part("request").filter(|_| !object.contains_key("config"))?;
    let Some(answered) = part("response") else {
        // Caddy: the status stands beside the request.
        let mut request = at_depth(asked, None, None, depth + 1)?.request.filter(|r| !r.url.is_empty())?;
        let status = Some(status(object)?);
        request.mentioned = true;
        let fields = object.get("resp_headers").map(header_fields).unwrap_or_default();
        return Some(Exchange {
            request: Some(request),
            response: Some(Response { status, fields, ..Response::default() }),
        });
    };
    let mut request = at_depth(asked, None, None, depth + 1)?.request.filter(|r| !r.url.is_empty())?;
    let mut response = Response { status: Some(status(answered.as_object()?)?), ..Response::default() };
    response.fields = answered.get("headers").map(header_fields).unwrap_or_default();
    let content = text(answered, "content").map(|text| Content { text, span: None });
    response.content = content.or_else(|| dumped_body(answered.as_object()?, None, depth));
    if let Some(text) = text(asked, "postData") {
        request.content = Some(Content { text, span: None });
    }
    Some(Exchange { request: Some(request), response: Some(response) })
}

/// The status that a record only speaks of: `"error": "unexpected status code: 429: …"`.
fn said(object: &Object) -> Option<Exchange> {
    let status = Some(spoken(object)?);
    Some(Exchange { request: None, response: Some(Response { status, ..Response::default() }) })
}

fn spoken(object: &Object) -> Option<u16> {
    let mut texts = named(object, SAID).filter_map(Value::as_str).filter(|text| text.len() < 4000);
    Some(texts.find_map(status::find)?.code)
}

/// The body that a dump holds, as it was on the wire: SDKs keep only what stands under `error`.
fn dumped_body(object: &Object, source: Option<Span>, depth: usize) -> Option<Content> {
    let content = |text: String| Some(Content { text, span: source });
    for value in named(object, BODIES) {
        match value {
            Value::String(text) if text.trim_start().starts_with(['{', '[', '<']) => return content(text.clone()),
            Value::Object(inner) if is_error(inner) => return content(value.to_string()),
            _ => {}
        }
    }
    match object.get("error") {
        Some(value @ Value::Object(inner)) if inner.get("error").is_some_and(|e| e.is_object() || e.is_string()) => {
            content(value.to_string())
        }
        Some(value @ Value::Object(inner)) if !inner.is_empty() => {
            content(Value::Object(Map::from_iter([("error".to_owned(), value.clone())])).to_string())
        }
        _ => ["message", "error", "errorText"]
            .iter()
            .filter_map(|name| object.get(*name)?.as_str())
            .find_map(|text| {
                let found = evidence::in_string(text, depth + 1).and_then(|found| Some(found.response?.content?.text));
                // The SDK's message is the status and the page that came with it.
                found.or_else(|| {
                    text.find('<').and_then(|at| text.get(at..)).filter(|t| evidence::is_page(t)).map(str::to_owned)
                })
            })
            .map(|text| Content { text, span: source })
            .or_else(|| {
                (is_error(object) && !object.contains_key("headers"))
                    .then(|| Content { text: Value::Object(object.clone()).to_string(), span: source })
            }),
    }
}

/// Axios: the response under `response`, the request under `config`.
fn axios(object: &Object, source: Option<Span>, depth: usize) -> Option<Exchange> {
    let part = |name: &str| object.get(name).and_then(Value::as_object);
    let (config, response) =
        (part("config").or_else(|| part("response")?.get("config")?.as_object()), part("response"));
    let request = config.filter(|c| c.contains_key("url")).map(|config| {
        let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
        let url = if text("url").contains("://") {
            text("url").to_owned()
        } else {
            format!("{}{}", text("baseURL"), text("url"))
        };
        let fields = config.get("headers").and_then(Value::as_object).map(fields).unwrap_or_default();
        let content =
            config.get("data").and_then(Value::as_str).map(|data| Content { text: data.to_owned(), span: None });
        Request { method: text("method").to_ascii_uppercase(), url, fields, content, ..request_mentioned() }
    });
    let response = response.filter(|r| status(r).is_some()).map(|response| {
        let content = match response.get("data").or_else(|| response.get("body")) {
            Some(Value::String(text)) if text.starts_with('[') && text.ends_with(']') && !text.contains('"') => None,
            Some(data @ (Value::String(_) | Value::Object(_) | Value::Array(_))) => {
                Some(Content { text: as_text(data), span: source })
            }
            _ => None,
        };
        let fields = response.get("headers").and_then(Value::as_object).map(fields).unwrap_or_default();
        Response { status: status(response), fields, content, ..Response::default() }
    });
    if depth > DEPTH || (request.is_none() && response.is_none()) {
        return None;
    }
    let response = response.or_else(|| Some(Response { status: Some(status(object)?), ..Response::default() }));
    Some(Exchange { request, response })
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A body that a gateway put into a text of its own error, or a client into its last error.
fn nested(object: &Object, depth: usize) -> Option<Exchange> {
    let text = |value: &Value| {
        value.as_str().filter(|text| text.contains('{')).and_then(|text| evidence::in_string(text, depth + 1))
    };
    named(object, INNER).find_map(|value| match value {
        Value::Array(items) => items.iter().take(4).find_map(|item| dump(item.as_object()?, None, depth + 1)),
        Value::Object(inner) => inner.get("message").and_then(text).or_else(|| inner.get("detail").and_then(text)),
        value => text(value),
    })
}

/// The innermost body, with the status that the text around it names where it has none.
fn deeper(object: &Object, nested: Option<Exchange>) -> Option<Exchange> {
    let mut nested = nested.filter(|n| n.response.as_ref().is_some_and(|r| r.content.is_some()))?;
    if let Some(response) = &mut nested.response
        && response.status.is_none()
    {
        response.status = status(object);
    }
    Some(nested)
}

/// An error body.
fn body(object: &Object, source: Option<Span>, strict: Option<&str>) -> Option<Exchange> {
    if !is_error(object) {
        return None;
    }
    // SDKs print what stands under `error`; OpenAI's API always sends all four.
    let inner = object.len() == 4 && ["message", "type", "param", "code"].iter().all(|name| object.contains_key(*name));
    let whole = || match inner {
        true => Value::Object(Map::from_iter([("error".to_owned(), Value::Object(object.clone()))])).to_string(),
        false => Value::Object(object.clone()).to_string(),
    };
    let text = strict.filter(|_| !inner).map_or_else(whole, str::to_owned);
    let status = status(object).or_else(|| spoken(object));
    let response = Response { status, content: Some(Content { text, span: source }), ..Response::default() };
    Some(Exchange { request: None, response: Some(response) })
}

/// A log record or event with the error in one of its members.
fn wrapped(object: &Object, depth: usize) -> Option<Exchange> {
    let inside = |value: &Value| match value {
        Value::String(text) if text.len() > 8 => evidence::in_string(text, depth + 1),
        Value::Object(_) => at_depth(value, None, None, depth + 1),
        _ => None,
    };
    let mut found = object.iter().take(40).find_map(|(_, value)| match value {
        Value::Array(items) => items.iter().take(4).find_map(inside),
        value => inside(value),
    })?;
    match &mut found.response {
        Some(response) => response.status = response.status.or_else(|| status(object)),
        // Caddy: the request is an object, the status stands beside it.
        none => *none = status(object).map(|status| Response { status: Some(status), ..Response::default() }),
    }
    Some(found)
}
