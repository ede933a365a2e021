//! A JSON text that stands for itself: an error body, pretty-printed or one a line, escaped or not; a dump; a request body.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Content, Exchange, InputKind, Problem, Request, Response, dump, evidence, json_text, mention};
use crate::span::Span;
use serde_json::Value;

pub(super) static FORMAT: Format = Format {
    id: "json-body",
    kind: InputKind::Json,
    rank: 120,
    reads: "a bare JSON text",
    example: native_only(
        "{\n  \"error\": {\n    \"message\": \"{\\\"a\\\": \\u0027b\\u0027}\",\n    \"code\": 403\n  }\n}\n",
    ),
    claim,
};

pub(super) fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let text = line.trim_start();
    // Debug pages and server-sent events put little before it.
    let text =
        ["<pre>", "<code>", "data: ", "\""].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(text).trim_start();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let start = at + line.len() - text.len();
    let found = json_text::find(source.text, start, &source.fuel)?;
    let strict = found.strict.then(|| found.span.of(source.text));
    let mut problems = Vec::new();
    if !found.whole {
        let end = Span::new(found.span.end, found.span.end);
        problems.push(Problem { message: "the JSON ends early".into(), span: end });
    }
    let mut exchange = dump::read(&found.value, Some(found.span), strict).and_then(evidence::scrap);
    // `{"msg": "HTTP status client error (403 Forbidden) for url (https://…)"}`
    if let Some(Exchange { request: request @ None, .. }) = &mut exchange {
        *request = mention::target(found.span.of(source.text), found.span.start);
    }
    let parts = match exchange {
        exchange
            if found.strict
                && let Some(parts) = printed(&found.value, exchange.as_ref()) =>
        {
            parts
        }
        Some(exchange) => vec![Part::Scrap(exchange)],
        None if found.strict && source.line_at(found.span.end).trim().is_empty() => {
            other(&found.value, found.span, strict?)
        }
        None => return None,
    };
    let span = Span::new(at, found.span.end);
    // What follows on the line may go on with it: openai 0.x prints body, status and header fields one after the other.
    let rest = source.line_at(found.span.end);
    if !rest.trim().is_empty()
        && !parts.is_empty()
        && let Some(claim) = evidence::claim(source, start)
    {
        return Some(Claim { span: Span::new(at, claim.span.end.max(span.end)), ..claim });
    }
    Some(Claim { span, parts, problems })
}

/// Members of a log's record that hold what a program printed.
const PRINTED: &[&str] =
    &["message", "msg", "log", "textPayload", "text", "output", "stdout", "stderr", "line", "event"];

/// The exchanges of a text of several lines that stands in a record, where it says more than the record itself.
fn printed(value: &Value, known: Option<&Exchange>) -> Option<Vec<Part>> {
    let object = value.as_object().filter(|o| o.len() > 1 && !o.contains_key("error") && !o.contains_key("model"))?;
    let mut texts = PRINTED.iter().filter_map(|name| object.get(*name)?.as_str());
    let text = texts.find(|text| text.trim_end().contains('\n'))?;
    let mut intake = crate::intake::read_text(text);
    // Places in it mean nothing outside.
    intake.forget_places();
    let says = |e: &Exchange| {
        let asked = e.request.as_ref().map_or(0, |r| usize::from(!r.url.is_empty()) + r.fields.0.len());
        let answered = e
            .response
            .as_ref()
            .map_or(0, |r| usize::from(r.status.is_some()) + usize::from(r.content.is_some()) + r.fields.0.len());
        asked + answered
    };
    let more = intake.exchanges.iter().map(says).sum::<usize>() > known.map_or(0, says);
    more.then(|| intake.exchanges.into_iter().map(Part::Exchange).collect())
}

/// JSON that is no error: a request's body, or an answer that is fine.
fn other(value: &Value, span: Span, text: &str) -> Vec<Part> {
    let Value::Object(object) = value else { return Vec::new() };
    let has = |name: &str| object.contains_key(name);
    let content = Some(Content { text: text.to_owned(), span: Some(span) });
    let exchange =
        if has("model") && (has("messages") || has("input") || has("prompt")) && !has("choices") && !has("object") {
            let request = Request { content, mentioned: true, ..Request::default() };
            Exchange { request: Some(request), response: None }
        } else if has("object") || has("choices") {
            Exchange { request: None, response: Some(Response { content, ..Response::default() }) }
        } else {
            return Vec::new();
        };
    vec![Part::Scrap(exchange)]
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, Response, read_text};

    fn one(text: &str) -> Response {
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Json, 1), "{:?}", intake.exchanges);
        intake.exchanges[0].response.clone().unwrap()
    }

    #[test]
    fn a_body_stays_as_it_is() {
        let text = "{\n  \"error\": {\n    \"code\": null\n  }\n}\n";
        let response = one(text);
        assert_eq!((response.status, response.content.clone().unwrap().text.as_str()), (None, text.trim_end()));
        assert_eq!(response.content.unwrap().span.unwrap().of(text), text.trim_end());
    }

    #[test]
    fn a_body_within_a_body() {
        let text = r#"{"error":{"message":"{\n  \"error\": {\n    \"code\": 403,\n    \"status\": \"PERMISSION_DENIED\"\n  }\n}\n","code":403,"status":"Forbidden"}}"#;
        let response = one(text);
        assert_eq!(response.status, Some(403));
        assert_eq!(
            response.content.unwrap().text,
            "{\n  \"error\": {\n    \"code\": 403,\n    \"status\": \"PERMISSION_DENIED\"\n  }\n}"
        );
        let text = r#"[{"error":"Error: 403 {\"type\":\"error\",\"error\":{\"type\":\"permission_error\"}}\n    at x","timestamp":"2026"}]"#;
        let response = one(text);
        assert_eq!(
            (response.status, response.content.unwrap().text.as_str()),
            (Some(403), r#"{"type":"error","error":{"type":"permission_error"}}"#)
        );
    }

    #[test]
    fn a_dump() {
        let text = "<pre>{\n  \"status\": 429,\n  \"headers\": {\n    \"cf-ray\": \"9-MAD\"\n  },\n  \"error\": {\n    \"code\": \"billing_not_active\"\n  },\n  \"attemptNumber\": 7\n}";
        let response = one(text);
        assert_eq!((response.status, response.fields.value("cf-ray")), (Some(429), Some("9-MAD")));
        assert_eq!(response.content.unwrap().text, r#"{"error":{"code":"billing_not_active"}}"#);
    }

    #[test]
    fn a_message_that_names_its_target() {
        let text = r#"{"code":"403","msg":"HTTP status client error (403 Forbidden) for url (https://chat.openai.com/backend-api/conversation)"}"#;
        let exchange = &read_text(text).exchanges[0];
        assert_eq!(exchange.request.clone().unwrap().url, "https://chat.openai.com/backend-api/conversation");
        let text = r#"{"error":{"message":"See https://platform.openai.com/docs/x","code":403}}"#;
        assert_eq!(read_text(text).exchanges[0].request, None);
    }

    #[test]
    fn what_a_record_holds_as_text() {
        let text = "POST /v1/x HTTP/1.1\nHost: api.openai.com\nOpenAI-Beta: a\n\nHTTP/1.1 403 Forbidden\ncf-ray: 8-X\n";
        let record = serde_json::json!({"severity": "ERROR", "textPayload": text}).to_string();
        let exchange = read_text(&record).exchanges.remove(0);
        let (request, response) = (exchange.request.unwrap(), exchange.response.unwrap());
        assert_eq!((request.url.as_str(), request.url_span), ("https://api.openai.com/v1/x", None));
        assert_eq!((response.status, response.fields.value("cf-ray")), (Some(403), Some("8-X")));
        assert_eq!(response.status_span, None);
    }

    #[test]
    fn a_text_that_ends_early() {
        let intake = read_text("{\"error\": {\"message\": \"Inc");
        assert_eq!(intake.problems[0].message, "the JSON ends early");
        assert_eq!(
            intake.exchanges[0].response.clone().unwrap().content.unwrap().text,
            r#"{"error":{"message":"Inc"}}"#
        );
    }

    #[test]
    fn a_request_body() {
        let intake = read_text(r#"{"model": "gpt-4o", "messages": []}"#);
        let request = intake.exchanges[0].request.clone().unwrap();
        assert!(request.mentioned && request.content.is_some() && intake.exchanges[0].response.is_none());
    }
}
