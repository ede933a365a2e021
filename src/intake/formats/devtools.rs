//! The headers panel of a browser's developer tools, copied as text: `Request URL`, `Request Method`, `Status Code`, then
//! names and values on one line or on two.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Exchange, Field, InputKind, Request, Response, http_text, mention, message, status};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "devtools",
    kind: InputKind::Http,
    rank: 95,
    reads: "a browser's headers panel as text",
    example: native_only(
        "Request URL: https://api.openai.com/v1/models\nRequest Method: GET\nStatus Code: 403 Forbidden\nRemote Address: 10.0.0.1:443\ncf-ray: 8-X\n",
    ),
    claim,
};

/// Labels of the panel's general part.
const GENERAL: &[&str] =
    &["request url", "request method", "status code", "remote address", "referrer policy", "status"];
/// Lines that only divide the panel.
const DIVIDERS: &[&str] = &[
    "general",
    "response headers",
    "request headers",
    "view source",
    "view parsed",
    "raw",
    "headers",
    "query string parameters",
    "request payload",
];

/// A line of the panel with its value, which may stand on the next line.
struct Row<'a> {
    name: &'a str,
    value: &'a str,
    /// Where the value starts.
    at: usize,
    /// Where the row ends.
    end: usize,
    start: usize,
}

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let first = row(source, at).filter(|r| r.name.eq_ignore_ascii_case("request url") && r.value.contains("://"))?;
    let mut request = Request {
        url: mention::url_at(first.value, 0).to_owned(),
        url_span: Some(Span::new(first.at, first.end)),
        mentioned: true,
        ..Request::default()
    };
    let mut response = Response::default();
    let (mut end, mut sent) = (first.end, false);
    let mut next = message::next_line(source, end);
    while next < source.text.len() {
        let line = source.line_at(next).trim();
        if line.is_empty() || is_divider(line) {
            let blank = line.is_empty() && source.line_at(message::next_line(source, next)).trim().is_empty();
            if blank {
                break;
            }
            sent =
                if line.to_ascii_lowercase().starts_with("request headers") { true } else { sent && line.is_empty() };
            next = message::next_line(source, next);
            continue;
        }
        let Some(row) = row(source, next) else { break };
        match row.name.to_ascii_lowercase().as_str() {
            "request method" => {
                request.method = row.value.to_owned();
                request.method_span = Some(Span::new(row.at, row.end));
            }
            "status code" | "status" => {
                let named =
                    status::find(&format!("status {}", row.value.trim_start_matches('●').trim())).map(|n| n.code);
                response.status = named;
                response.status_span = named.map(|_| Span::new(row.at, row.end));
            }
            "remote address" | "referrer policy" | "request url" => {}
            name => {
                let one =
                    crate::intake::Fields(vec![Field { name: name.to_owned(), value: String::new(), span: None }]);
                // The panel without its dividers: names that only requests have say that theirs begin.
                sent |= name.starts_with(':') || http_text::of_request(&one);
                let field = Field {
                    name: row.name.to_owned(),
                    value: row.value.to_owned(),
                    span: Some(Span::new(row.start, row.end)),
                };
                let fields = if sent { &mut request.fields } else { &mut response.fields };
                if !name.starts_with(':') {
                    fields.0.push(field);
                }
            }
        }
        end = row.end;
        next = message::next_line(source, end);
    }
    request.mentioned = request.fields.is_empty();
    let response = (response.status.is_some() || !response.fields.is_empty()).then_some(response);
    let part = Part::Scrap(Exchange { request: Some(request), response });
    Some(Claim { span: Span::new(at, end), parts: vec![part], problems: Vec::new() })
}

fn is_divider(line: &str) -> bool {
    let line = line.trim_end_matches(':').to_ascii_lowercase();
    DIVIDERS.contains(&line.split(" (").next().unwrap_or_default()) || line.starts_with("provisional headers")
}

/// The row that starts at the line start `at`.
fn row<'a>(source: &Source<'a>, at: usize) -> Option<Row<'a>> {
    let line = source.line_at(at);
    let text = line.trim_start();
    let start = at + line.len() - text.len();
    let text = text.trim_end();
    let colon = usize::from(text.starts_with(':'));
    let split = text.get(colon..)?.find(':').map(|c| c + colon);
    let label = text.get(..split.unwrap_or(text.len()))?;
    let known = http_text::is_field_name(label) || GENERAL.iter().any(|g| label.eq_ignore_ascii_case(g));
    let token =
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'));
    if !known && (split.is_none() || !token) {
        return None;
    }
    if let Some(value) = split.and_then(|s| text.get(s + 1..)).map(str::trim).filter(|v| !v.is_empty()) {
        return Some(Row { name: label, value, at: start + text.len() - value.len(), end: start + text.len(), start });
    }
    let next = message::next_line(source, at);
    let below = source.line_at(next);
    let value = below.trim();
    let place = next + below.len() - below.trim_start().len();
    (next < source.text.len()).then(|| Row {
        name: label,
        value,
        at: place,
        end: (place + value.len()).max(start + 1),
        start,
    })
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    fn check(text: &str) {
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Http, 1), "{:?}", intake.exchanges);
        let exchange = intake.exchanges[0].clone();
        let request = exchange.request.unwrap();
        assert_eq!(
            (request.method.as_str(), request.url.as_str()),
            ("POST", "https://chatgpt.com/backend-api/conversation")
        );
        assert_eq!(request.fields.value("origin"), Some("https://chatgpt.com"));
        let response = exchange.response.unwrap();
        assert_eq!((response.status, response.fields.value("cf-ray")), (Some(403), Some("88a1-HYD")));
        assert_eq!(response.fields.get("cf-mitigated").map(|f| f.value.as_str()), Some("challenge"));
    }

    #[test]
    fn on_one_line() {
        check(
            "General\nRequest URL: https://chatgpt.com/backend-api/conversation\nRequest Method: POST\nStatus Code: 403 Forbidden\nRemote Address: 104.18.32.47:443\nReferrer Policy: strict-origin\n\nResponse Headers\nview source\ncf-mitigated: challenge\ncf-ray: 88a1-HYD\n\nRequest Headers\n:authority: chatgpt.com\norigin: https://chatgpt.com\n",
        );
    }

    #[test]
    fn on_two_lines_without_dividers() {
        check(
            "Request URL:\nhttps://chatgpt.com/backend-api/conversation\nRequest Method:\nPOST\nStatus Code:\n403 Forbidden\nRemote Address:\n104.18.32.47:443\nReferrer Policy:\nstrict-origin\ncf-mitigated:\nchallenge\ncf-ray:\n88a1-HYD\naccept:\n*/*\norigin:\nhttps://chatgpt.com\n",
        );
    }
}
