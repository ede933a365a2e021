//! What the Azure SDK for Python logs: `Request URL: '…'`, `Response status: 403`, `Response headers:` with quoted fields below.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::{self, next_line};
use crate::intake::model::Fields;
use crate::intake::{Exchange, InputKind, Request, Response};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "azure-log",
    kind: InputKind::Log,
    rank: 106,
    reads: "a log of the Azure SDK for Python",
    // azure.core.pipeline.policies.HttpLoggingPolicy writes these lines.
    example: native_only(
        "INFO:azure:Request URL: 'https://x.openai.azure.com/openai/models?api-version=REDACTED'\nRequest method: 'GET'\nRequest headers:\n    'Accept': 'application/json'\nNo body was attached to the request\nINFO:azure:Response status: 403\nResponse headers:\n    'apim-request-id': 'REDACTED'\n    'Date': 'Tue, 02 Apr 2024 16:22:56 GMT'\n",
    ),
    claim,
};

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let mut exchange = Exchange { request: None, response: None };
    let (mut end, mut below) = (at, at);
    if let Some(url_span) = value(source, at, "Request URL: '") {
        let method_span = value(source, next_line(source, at), "Request method: '")?;
        let (fields, fields_end) = fields(source, next_line(source, method_span.end), "Request headers:");
        end = fields_end.unwrap_or(method_span.end + 1);
        below = next_line(source, end);
        if source.line_at(below).ends_with(" the request") {
            end = below + source.line_at(below).len();
            below = next_line(source, end);
        }
        exchange.request = Some(Request {
            method: method_span.of(source.text).to_owned(),
            method_span: Some(method_span),
            url: url_span.of(source.text).to_owned(),
            url_span: Some(url_span),
            fields,
            mentioned: true,
            ..Request::default()
        });
    }
    if let Some(status_span) = value(source, below, "Response status: ") {
        let label = next_line(source, status_span.end);
        let (fields, fields_end) = fields(source, label, "Response headers:");
        // The status alone is a log line like any other.
        let fields_end = fields_end.filter(|_| !fields.0.is_empty() || exchange.request.is_some());
        if let (Some(fields_end), Ok(status)) = (fields_end, status_span.of(source.text).parse()) {
            end = fields_end;
            let next = next_line(source, end);
            let content = source.line_at(next).starts_with("Response content:");
            let content =
                content.then(|| message::content(source, next_line(source, next), Some(usize::MAX))).flatten();
            end = content.as_ref().and_then(|c| c.span).map_or(end, |s| s.end);
            let status_span = Some(status_span);
            exchange.response =
                Some(Response { status: Some(status), status_span, fields, content, ..Response::default() });
        }
    }
    (end > at).then(|| Claim { span: Span::new(at, end), parts: vec![Part::Scrap(exchange)], problems: Vec::new() })
}

/// What the line at `at` gives behind `label`, without quotes.
fn value(source: &Source<'_>, at: usize, label: &str) -> Option<Span> {
    let line = source.line_at(at);
    let from = line.find(label)? + label.len();
    let said = line.get(from..)?.trim_end();
    let bare = said.trim_matches('\'');
    let start = at + from + (said.len() - said.trim_start_matches('\'').len());
    (!bare.is_empty() && !bare.contains('\'')).then(|| Span::new(start, start + bare.len()))
}

/// The quoted fields below a label, and where they end; no end where the label is not there.
fn fields(source: &Source<'_>, at: usize, label: &str) -> (Fields, Option<usize>) {
    let mut fields = Fields::default();
    if source.line_at(at).trim_end() != label {
        return (fields, None);
    }
    let mut end = at + source.line_at(at).len();
    loop {
        let next = next_line(source, end);
        let line = source.line_at(next).trim_end();
        let field = line.trim_start().strip_prefix('\'').and_then(|l| l.strip_suffix('\''));
        let Some((name, value)) = field.and_then(|f| f.split_once("': '")).filter(|_| next > end) else { break };
        let span = Some(Span::new(next + line.len() - line.trim_start().len(), next + line.len()));
        fields.push(name, value, span);
        end = next + line.len();
    }
    (fields, Some(end))
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Source};
    use crate::intake::read_text;

    #[test]
    fn a_request_and_its_answer() {
        let exchange = read_text(FORMAT.example).exchanges.remove(0);
        let request = exchange.request.unwrap();
        assert_eq!((request.method.as_str(), request.fields.0.len()), ("GET", 1));
        assert!(request.url.starts_with("https://x.openai.azure.com/openai/models"));
        let response = exchange.response.unwrap();
        assert_eq!((response.status, response.fields.value("apim-request-id")), (Some(403), Some("REDACTED")));
    }

    #[test]
    fn an_answer_alone_with_its_content() {
        let text = "Response status: '403'\nResponse headers:\n    'Content-Type': 'text/html'\n    'x-aml-cluster': 'vienna-eastus2-02'\nResponse content:\n<html>\n<head><title>403 Forbidden</title></head>\n</html>\n";
        let response = read_text(text).exchanges.remove(0).response.unwrap();
        assert_eq!((response.status, response.fields.0.len()), (Some(403), 2));
        assert!(response.content.unwrap().text.ends_with("</html>"));
    }

    #[test]
    fn other_lines_are_not_claimed() {
        for text in
            ["Response status: 403", "Request URL: https://x/y\nRequest Method: POST", "Response status: 403\nmore\n"]
        {
            assert!((FORMAT.claim)(&Source::new(text), 0).is_none(), "{text}");
        }
    }
}
