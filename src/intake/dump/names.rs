//! The names that programs give to the parts of an exchange.

use super::Object;
use serde_json::Value;

/// Names under which dumps keep the parts of a response, as [`named`] compares them.
pub(super) const STATUS: &[&str] = &[
    "status",
    "statuscode",
    "httpstatus",
    "httpstatuscode",
    "responsestatuscode",
    "responsestatus",
    "responsecode",
    "httpcode",
    "httpresponsestatuscode",
    "downstreamstatus",
];
pub(super) const HEADERS: &[&str] = &["headers", "responseheaders", "respheaders"];
pub(super) const BODIES: &[&str] = &["responsebody", "rawbody", "body", "data", "text", "content", "response"];
pub(super) const URLS: &[&str] =
    &["url", "requesturl", "endpoint", "uri", "path", "urlfull", "httpurl", "requestpath", "requesturi"];
pub(super) const METHODS: &[&str] = &["method", "requestmethod", "httpmethod", "httprequestmethod"];
/// Members that may hold a whole error as text or as an object.
pub(super) const INNER: &[&str] = &["message", "error", "errortext", "detail", "details", "cause", "errors"];
/// Members in which a program says what happened.
pub(super) const SAID: &[&str] =
    &["message", "msg", "error", "err", "errormessage", "exception", "reason", "description", "textpayload"];
/// Names that only a program's dump has, never a body on the wire.
pub(super) const DUMP: &[&str] = &[
    "headers",
    "responseHeaders",
    "response_headers",
    "responseBody",
    "response_body",
    "attemptNumber",
    "isRetryable",
    "request_id",
    "requestID",
    "stack",
    "cause",
    "modelId",
    "isAxiosError",
    "config",
    "requestBodyValues",
    "name",
    "retriesLeft",
    "[cause]",
];

/// True for the name, however its words are joined: `http.response.status_code`, `StatusCode`.
pub(super) fn same(key: &str, name: &str) -> bool {
    let letters = key.bytes().filter(|b| !matches!(b, b'_' | b'-' | b'.'));
    key.len() >= name.len() && letters.map(|b| b.to_ascii_lowercase()).eq(name.bytes())
}

/// The members that have one of the names, in the order of the names.
pub(super) fn named<'a>(object: &'a Object, names: &'a [&str]) -> impl Iterator<Item = &'a Value> {
    names
        .iter()
        .filter_map(|name| object.get(*name).or_else(|| object.iter().find(|(k, _)| same(k, name)).map(|(_, v)| v)))
}

/// A status code under one of the names for it.
pub(super) fn status(object: &Object) -> Option<u16> {
    let code = |value: &Value| {
        let number = match value {
            Value::Number(n) => n.as_u64(),
            Value::String(s) => s.trim().get(..3).filter(|_| s.len() == 3).and_then(|s| s.parse().ok()),
            _ => None,
        };
        number.and_then(|n| u16::try_from(n).ok())
    };
    let said = named(object, STATUS).find_map(code).filter(|c| (100..600).contains(c));
    let error = object.get("error").and_then(Value::as_object);
    said.or_else(|| object.get("code").and_then(code).filter(|c| (400..600).contains(c))).or_else(|| {
        error
            .and_then(|e| ["code", "status", "statusCode", "http_code"].iter().filter_map(|n| e.get(*n)).find_map(code))
            .filter(|c| (400..600).contains(c))
    })
}

#[cfg(test)]
mod tests {
    use crate::intake::read_text;

    fn one(text: &str) -> (String, Option<u16>, String) {
        let exchange = read_text(text).exchanges.remove(0);
        let request = exchange.request.map(|r| format!("{} {}", r.method, r.url)).unwrap_or_default();
        let response = exchange.response.unwrap_or_default();
        (request, response.status, response.content.map(|c| c.text).unwrap_or_default())
    }

    #[test]
    fn names_however_they_are_joined() {
        let refused = ("POST https://x/v1".to_owned(), Some(401), String::new());
        for text in [
            r#"{"attributes":{"http.request.method":"POST","url.full":"https://x/v1","http.response.status_code":401}}"#,
            r#"{"DownstreamStatus":401,"RequestMethod":"POST","requestUrl":"https://x/v1"}"#,
            r#"{"request":{"method":"POST","uri":"https://x/v1","proto":"HTTP/2.0"},"status":401}"#,
            r#"{"request":{"method":"POST","url":"https://x/v1"},"response":{"status":401,"headers":[]}}"#,
        ] {
            assert_eq!(one(text), refused, "{text}");
        }
    }

    #[test]
    fn an_entry_of_an_archive_alone() {
        let text = r#"{"request":{"method":"POST","url":"https://x/v1","headers":[{"name":"A","value":"b"}],"postData":{"text":"{\"model\":\"m\"}"}},"response":{"status":403,"headers":[{"name":"cf-ray","value":"8-X"}],"content":{"text":"{\"error\":{}}"}}}"#;
        let exchange = read_text(text).exchanges.remove(0);
        let (request, response) = (exchange.request.unwrap(), exchange.response.unwrap());
        assert_eq!(
            (request.fields.value("a"), request.content.unwrap().text.as_str()),
            (Some("b"), r#"{"model":"m"}"#)
        );
        assert_eq!(
            (response.fields.value("cf-ray"), response.content.unwrap().text.as_str()),
            (Some("8-X"), r#"{"error":{}}"#)
        );
    }

    #[test]
    fn the_refusal_that_a_failure_passes_on() {
        let inner = r#"{"error":{"code":"x","message":"m"}}"#;
        let cause = serde_json::json!({"status": 403, "response": inner}).to_string();
        let body = serde_json::json!({"error": "failed", "cause": cause}).to_string();
        let text = serde_json::json!({"statusCode": 500, "body": body}).to_string();
        assert_eq!(one(&text), (String::new(), Some(403), inner.to_owned()));
    }

    #[test]
    fn a_message_with_brackets_before_the_error() {
        let text = r#"{"args":{},"error_type":"E","message":"[models] Error code: 401 - {'error': {'code': 'x'}}"}"#;
        assert_eq!(one(text), (String::new(), Some(401), r#"{"error":{"code":"x"}}"#.to_owned()));
    }

    #[test]
    fn what_a_record_says_and_what_it_keeps() {
        let (_, status, _) =
            one(r#"{"level":"error","msg":"failed","error":"unexpected status code: 429: You exceeded"}"#);
        assert_eq!(status, Some(429));
        let text = r#"{"name":"AI_APICallError","url":"https://x/v1","statusCode":401,"requestBodyValues":{"model":"m"},"request_id":"req_1"}"#;
        let exchange = read_text(text).exchanges.remove(0);
        assert_eq!(exchange.request.unwrap().content.unwrap().text, r#"{"model":"m"}"#);
        assert_eq!(exchange.response.unwrap().fields.value("x-request-id"), Some("req_1"));
    }
}
