//! Errors as Node.js, Bun and browsers print them: a class with its status, a stack, a dump of the members.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{InputKind, dump, evidence, repr};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "node-error",
    kind: InputKind::Traceback,
    rank: 205,
    reads: "a JavaScript error with its dump",
    example: native_only(
        "PermissionDeniedError: 403 no\n    at f (/a.js:1:2) {\n  status: 403,\n  headers: Headers {\n    'cf-ray': '8-X',\n  },\n  error: { type: 'x', param: null, list: [ 1, [Object] ] },\n}\n",
    ),
    claim,
};

/// Members of an SDK's error that come first in what is left of a dump.
const MEMBERS: &[&str] = &[
    "status",
    "statusCode",
    "headers",
    "url",
    "cause",
    "request_id",
    "requestID",
    "responseBody",
    "responseHeaders",
    "response",
    "error",
    "code",
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let text = line.trim_start();
    if text.starts_with("at ") && line != text && (text.contains(":") || text.contains("native")) {
        // A stack frame says nothing, but the dump of the error may begin at its end.
        return match text.ends_with('{') {
            true => {
                evidence::claim(source, at + line.len() - 1).map(|c| Claim { span: Span::new(at, c.span.end), ..c })
            }
            false => None,
        }
        .or(Some(Claim { span: Span::new(at, at + line.len()), parts: Vec::new(), problems: Vec::new() }));
    }
    if line != text && is_member(text) {
        return members(source, at);
    }
    (class(text) || excerpt(text)).then(|| evidence::claim(source, at)).flatten()
}

/// `PermissionDeniedError: 403 …`, `Error: 401 …`, `APICallError [AI_APICallError]: …` anywhere near the line's start.
fn class(text: &str) -> bool {
    text.match_indices("Error").take(3).any(|(at, word)| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        let numbered = after
            .strip_prefix(": ")
            .is_some_and(|a| a.as_bytes().iter().take(3).filter(|b| b.is_ascii_digit()).count() == 3);
        numbered || after.starts_with(" [AI_") || after.starts_with(": Request failed with status code")
    })
}

/// A numbered line of source code at whose end a dump begins, as Bun shows an error.
fn excerpt(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(" |") && text.ends_with('{')
}

/// `status: 403,` as an object's inspection writes it.
fn is_member(text: &str) -> bool {
    let Some((name, value)) = text.split_once(':') else { return false };
    let value = value.trim();
    MEMBERS.contains(&name.trim_matches(['\'', '"']))
        && (value.ends_with([',', '{', '[']) || value.starts_with(['\'', '"']))
}

/// The members of a dump whose head was not pasted.
fn members(source: &Source<'_>, at: usize) -> Option<Claim> {
    let reading = repr::read_members(source.text, at)?;
    let exchange = dump::read(&reading.value, Some(Span::new(at, reading.end)), None)?;
    Some(Claim {
        span: Span::new(at, reading.end),
        parts: vec![Part::Scrap(evidence::scrap(exchange)?)],
        problems: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    fn one(text: &str) -> crate::intake::Exchange {
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Traceback, 1), "{:?}", intake.exchanges);
        intake.exchanges[0].clone()
    }

    #[test]
    fn openai_node() {
        let text = "PermissionDeniedError: 403 Country, region, or territory not supported\n    at APIError.generate (/app/node_modules/openai/error.js:51:20)\n    at async main (/app/x.js:403:1) {\n  status: 403,\n  headers: {\n    'cf-ray': '88a1-HYD',\n    server: 'cloudflare'\n  },\n  request_id: undefined,\n  error: {\n    code: 'unsupported_country_region_territory',\n    message: 'Country, region, or territory not supported'\n  },\n  code: 'unsupported_country_region_territory',\n  param: null\n}\n";
        let response = one(text).response.unwrap();
        assert_eq!((response.status, response.fields.value("cf-ray")), (Some(403), Some("88a1-HYD")));
        assert_eq!(
            response.content.unwrap().text,
            r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported"}}"#
        );
    }

    #[test]
    fn a_page_as_the_message() {
        let text = "LLM PermissionDeniedError: 403 <html>\n<head><title>403 Forbidden</title></head>\n</html>\n    at x (/a.js:1:2) {\n  status: 403,\n  headers: {\n    'cf-ray': '88a1-HYD',\n    server: 'cloudflare',\n    'set-cookie': 'a=b; expires=Th";
        let response = one(text).response.unwrap();
        assert!(response.content.unwrap().text.ends_with("</html>"));
        assert_eq!(response.fields.value("server"), Some("cloudflare"));
    }

    #[test]
    fn the_end_of_a_dump() {
        let text = "    url: 'https://acme.openai.azure.com/openai/x?api-version=1',\n    requestBodyValues: [Object],\n    statusCode: 401,\n    responseBody: '{\"error\":{\"code\":\"Unauthorized\"}}',\n    isRetryable: false,\n    data: [Object]";
        let exchange = one(text);
        assert_eq!(exchange.request.unwrap().url, "https://acme.openai.azure.com/openai/x?api-version=1");
        let response = exchange.response.unwrap();
        assert_eq!(
            (response.status, response.content.unwrap().text.as_str()),
            (Some(401), "{\"error\":{\"code\":\"Unauthorized\"}}")
        );
        let text = "  status: 403,\n  headers: {\n    'cf-ray': '8-HKG',\n    server: 'cloudflare',\n  },\n  request_id: undefined,\n  error: { error: { type: 'forbidden', message: 'Request not allowed' } }\n}\n";
        assert_eq!(
            one(text).response.unwrap().content.unwrap().text,
            r#"{"error":{"type":"forbidden","message":"Request not allowed"}}"#
        );
    }

    #[test]
    fn axios() {
        let text = "AxiosError: Request failed with status code 403\n    at settle (/a/node_modules/axios/lib/core/settle.js:19:12) {\n  code: 'ERR_BAD_REQUEST',\n  config: {\n    method: 'post',\n    url: 'https://api.openai.com/v1/chat/completions',\n    headers: { 'Content-Type': 'application/json' },\n    data: '{\"model\":\"x\"}'\n  },\n  response: {\n    status: 403,\n    statusText: 'Forbidden',\n    headers: { server: 'cloudflare' },\n    data: { error: { code: 'x' } }\n  }\n}";
        let exchange = one(text);
        let request = exchange.request.unwrap();
        assert_eq!(
            (request.method.as_str(), request.url.as_str()),
            ("POST", "https://api.openai.com/v1/chat/completions")
        );
        assert_eq!(request.content.unwrap().text, "{\"model\":\"x\"}");
        assert_eq!(exchange.response.unwrap().content.unwrap().text, r#"{"error":{"code":"x"}}"#);
    }
}
