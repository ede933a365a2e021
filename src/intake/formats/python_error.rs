//! Python tracebacks and exceptions: openai 0.x and 1.x, httpx, requests, aiohttp, LiteLLM, boto3, and their like.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Exchange, InputKind, Response, evidence};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "python-error",
    kind: InputKind::Traceback,
    rank: 200,
    reads: "a Python traceback or exception",
    example: native_only(
        "openai.PermissionDeniedError: Error code: 403 - {'error': {'message': \"it's\", 'param': None, 'u': '\\u2019\\x41'}}\n",
    ),
    claim,
};

/// Exceptions that stand for one status, by the end of their name. Sources: openai-python `_exceptions.py` (1.x) and
/// `error.py` (0.x), Amazon Bedrock's and google.api_core's lists of exceptions.
const CLASSES: &[(&str, u16)] = &[
    ("BadRequestError", 400),
    ("AuthenticationError", 401),
    ("PermissionDeniedError", 403),
    ("openai.error.PermissionError", 403),
    ("NotFoundError", 404),
    ("ConflictError", 409),
    ("UnprocessableEntityError", 422),
    ("RateLimitError", 429),
    ("InternalServerError", 500),
    ("AccessDeniedException", 403),
    ("UnrecognizedClientException", 403),
    ("ExpiredTokenException", 403),
    ("ThrottlingException", 429),
    ("exceptions.PermissionDenied", 403),
    ("exceptions.Forbidden", 403),
    ("exceptions.Unauthenticated", 401),
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let text = line.trim_start().trim_start_matches("E   ").trim_start();
    if text.starts_with("Traceback (most recent call last)") || text == "Traceback:" {
        return Some(Claim { span: Span::new(at, at + line.len()), parts: Vec::new(), problems: Vec::new() });
    }
    if is_frame(text) {
        return Some(Claim { span: frame(source, at, line), parts: Vec::new(), problems: Vec::new() });
    }
    let name = exception(text);
    if name.is_none() && !text.contains("Error code: ") {
        return None;
    }
    let mut claim = evidence::claim(source, at).unwrap_or_else(|| Claim {
        span: Span::new(at, at + line.len()),
        parts: Vec::new(),
        problems: Vec::new(),
    });
    if let Some(name) = name {
        imply(&mut claim, name, at + (line.len() - text.len()));
    }
    Some(claim)
}

/// `File "x.py", line 1, in f`
fn is_frame(text: &str) -> bool {
    text.starts_with("File \"") && text.contains("\", line ")
}

/// A frame and the source line under it, with the marks that newer versions draw.
fn frame(source: &Source<'_>, at: usize, line: &str) -> Span {
    let indent = line.len() - line.trim_start().len();
    let mut end = at + line.len();
    for _ in 0..2 {
        let next = source.line_at(end + 1);
        let deeper = next.len() - next.trim_start().len() > indent;
        let code = next.trim_start();
        if !deeper || code.is_empty() || is_frame(code) {
            break;
        }
        end += 1 + next.len();
    }
    Span::new(at, end)
}

/// The exception's name where the line begins with one, as the last line of a traceback does.
fn exception(text: &str) -> Option<&str> {
    let name = text.get(..text.find([':', ' ', '(', '\r']).unwrap_or(text.len()))?;
    let class = name.rsplit('.').next()?;
    let ends =
        ["Error", "Exception", "Denied", "Forbidden", "Unauthenticated", "Timeout"].iter().any(|e| class.ends_with(e));
    let named = name.contains('.') || CLASSES.iter().any(|(n, _)| n == &name);
    (ends && named && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'))).then_some(name)
}

/// The status that the exception's name stands for, where the message names none.
fn imply(claim: &mut Claim, name: &str, at: usize) {
    let Some((_, status)) = CLASSES.iter().find(|(class, _)| name.ends_with(class)) else { return };
    if claim.parts.is_empty() {
        claim.parts.push(Part::Scrap(Exchange::default()));
    }
    if let Some(Part::Scrap(exchange)) = claim.parts.first_mut() {
        let response = exchange.response.get_or_insert_with(Response::default);
        if response.status.is_none() {
            response.status = Some(*status);
            response.status_span = Some(Span::new(at, at + name.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, Intake, read_text};

    fn one(text: &str) -> (Intake, crate::intake::Response) {
        let intake = read_text(text);
        assert_eq!(intake.kind, InputKind::Traceback, "{text}");
        assert_eq!(intake.exchanges.len(), 1, "{:?}", intake.exchanges);
        let response = intake.exchanges[0].response.clone().unwrap();
        (intake, response)
    }

    #[test]
    fn openai_1() {
        let text = "Traceback (most recent call last):\n  File \"a.py\", line 403, in <module>\n    raise x\nopenai.PermissionDeniedError: Error code: 403 - {'error': {'code': 'unsupported_country_region_territory', 'param': None}}\n";
        let (_, response) = one(text);
        assert_eq!(response.status, Some(403));
        assert_eq!(response.status_span.unwrap().of(text), "403");
        assert_eq!(
            response.content.unwrap().text,
            r#"{"error":{"code":"unsupported_country_region_territory","param":null}}"#
        );
    }

    #[test]
    fn openai_0_with_its_tail() {
        let text = "openai.error.RateLimitError: You exceeded {\n    \"error\": {\n        \"type\": \"insufficient_quota\"\n    }\n}\n 429 {'error': {'type': 'insufficient_quota'}} {'Date': 'Thu', 'Content-Type': 'application/json', 'CF-RAY': '7d09-TXL'}";
        let (_, response) = one(text);
        assert_eq!(response.status, Some(429));
        assert_eq!(response.fields.value("cf-ray"), Some("7d09-TXL"));
        assert!(response.content.unwrap().text.contains("insufficient_quota"));
    }

    #[test]
    fn a_class_stands_for_its_status() {
        let text = "{'error': {'message': '', 'code': 'invalid_api_key'}}\n{'Date': 'Thu', 'CF-RAY': '7d09-TXL', 'Server': 'cloudflare'}\nopenai.error.AuthenticationError: <empty message>";
        let (_, response) = one(text);
        assert_eq!((response.status, response.fields.value("server")), (Some(401), Some("cloudflare")));
        let text = "botocore.errorfactory.AccessDeniedException: An error occurred (AccessDeniedException) when calling the InvokeModel operation: no";
        assert_eq!(one(text).1.status, Some(403));
    }

    #[test]
    fn http_clients() {
        let (intake, response) =
            one("requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.openai.com/v1/models");
        assert_eq!(response.status, Some(403));
        assert_eq!(intake.exchanges[0].request.clone().unwrap().url, "https://api.openai.com/v1/models");
        let (intake, _) = one(
            "httpx.HTTPStatusError: Client error '403 Forbidden' for url 'https://api.openai.com/v1/models'\nFor more information check: https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/403",
        );
        assert_eq!(intake.exchanges[0].request.clone().unwrap().url, "https://api.openai.com/v1/models");
        let (_, response) = one(
            "websocket._exceptions.WebSocketBadStatusException: Handshake status 404 Not Found -+-+- {'date': 'Mon', 'server': 'cloudflare', 'cf-ray': '9-MRS'} -+-+- b''",
        );
        assert_eq!((response.status, response.fields.value("cf-ray")), (Some(404), Some("9-MRS")));
    }

    #[test]
    fn litellm() {
        let (_, response) = one(
            "litellm.APIError: APIError: OpenrouterException - {\"error\":{\"message\":\"prohibited\",\"code\":403},\"user_id\":\"u\"}",
        );
        assert_eq!(response.status, Some(403));
        assert_eq!(
            response.content.unwrap().text,
            "{\"error\":{\"message\":\"prohibited\",\"code\":403},\"user_id\":\"u\"}"
        );
    }

    #[test]
    fn a_traceback_without_an_answer() {
        let text = "Traceback (most recent call last):\n  File \"a.py\", line 403, in <module>\nhttpx.LocalProtocolError: Illegal header value b'Bearer '";
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Traceback, 0));
    }
}
