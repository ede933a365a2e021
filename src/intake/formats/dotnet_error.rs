//! What .NET's Azure SDK prints for a refused call: `Status: 401 (PermissionDenied)`, `ErrorCode:`, `Content:`, `Headers:`.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::{self, Start};
use crate::intake::{Exchange, InputKind, Response};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "dotnet-error",
    kind: InputKind::Traceback,
    rank: 105,
    reads: "an Azure SDK for .NET error",
    example: native_only(
        "Status: 401 (PermissionDenied)\nErrorCode: 401\n\nContent:\n{\"error\":{\"code\":\"401\"}}\n\nHeaders:\nDate: Tue, 02 Apr 2024 16:22:56 GMT\n'\n",
    ),
    claim,
};

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let Some(Start::Response { status, place }) =
        message::start(line).filter(|_| line.trim_start().starts_with("Status: "))
    else {
        return None;
    };
    let mut end = at + line.len();
    let (mut blocks, mut response) = (0, Response { status: Some(status), ..Response::default() });
    response.status_span = Some(Span::new(at + place, at + place + 3));
    loop {
        let next = message::skip_blank(source, message::next_line(source, end));
        let label = source.line_at(next).trim();
        let below = message::next_line(source, next);
        if next <= end || next >= source.text.len() {
            break;
        }
        match label {
            "Content:" => {
                let content = message::content(source, below, Some(usize::MAX));
                end = content.as_ref().and_then(|c| c.span).map_or(next + label.len(), |s| s.end);
                response.content = response.content.or(content);
            }
            "Headers:" => {
                let (fields, fields_end) = message::fields(source, below);
                end = if fields.is_empty() { next + label.len() } else { fields_end };
                response.fields.0.extend(fields.0);
            }
            _ if label.starts_with("ErrorCode:") => end = next + source.line_at(next).len(),
            _ => break,
        }
        blocks += 1;
    }
    let part = Part::Scrap(Exchange { request: None, response: Some(response) });
    (blocks > 0).then(|| Claim { span: Span::new(at, end), parts: vec![part], problems: Vec::new() })
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    #[test]
    fn a_request_failed_exception() {
        let text = "Azure.RequestFailedException: 'Access denied.\nStatus: 401 (PermissionDenied)\nErrorCode: 401\n\nContent:\n{\"error\":{\"code\":\"401\"}}\n\nHeaders:\napim-request-id: REDACTED\nDate: Tue, 02 Apr 2024 16:22:56 GMT\nContent-Type: application/json\n'\n";
        let intake = read_text(text);
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Traceback, 1), "{:?}", intake.exchanges);
        let response = intake.exchanges[0].response.clone().unwrap();
        assert_eq!((response.status, response.fields.0.len()), (Some(401), 3));
        assert_eq!(response.content.unwrap().text, "{\"error\":{\"code\":\"401\"}}");
    }
}
