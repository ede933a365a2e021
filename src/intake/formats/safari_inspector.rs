//! The summary that Safari's inspector puts above a request: `Summary`, `URL: …`, `Status: 403`. The messages follow it.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::next_line;
use crate::intake::{Exchange, InputKind, Request, Response};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "safari-inspector",
    kind: InputKind::Http,
    rank: 94,
    reads: "the summary in Safari's inspector",
    example: native_only(
        "Summary\nURL: https://api.openai.com/v1/models\nStatus: 403 Forbidden\nSource: Network\n\nRequest\nGET /v1/models HTTP/1.1\nAccept: */*\n\nResponse\nHTTP/1.1 403 Forbidden\ncf-ray: 8-X\n",
    ),
    claim,
};

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    if source.line_at(at).trim() != "Summary" {
        return None;
    }
    let (mut request, mut response) = (Request { mentioned: true, ..Request::default() }, None);
    let (mut line, mut end) = (next_line(source, at), at);
    for _ in 0..12 {
        let text = source.line_at(line).trim_end();
        if text.is_empty() {
            break;
        }
        end = line + text.len();
        let place = |value: &str| Some(Span::new(end - value.len(), end));
        if let Some(url) = text.strip_prefix("URL: ").filter(|u| u.contains("://")) {
            request.url = url.to_owned();
            request.url_span = place(url);
        } else if let Some(said) = text.strip_prefix("Status: ")
            && let Some(Ok(status)) = said.get(..3).map(str::parse)
        {
            let status_span = place(said).map(|s| Span::new(s.start, s.start + 3));
            response = Some(Response { status: Some(status), status_span, ..Response::default() });
        }
        line = next_line(source, line);
    }
    (!request.url.is_empty()).then(|| Claim {
        span: Span::new(at, end),
        parts: vec![Part::Scrap(Exchange { request: Some(request), response })],
        problems: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Source};
    use crate::intake::read_text;

    const PANEL: &str = "Summary\nURL: https://api.openai.com/v1/chat/completions\nStatus: 403\nSource: Network\nAddress: 104.18.6.192:443\nInitiator: \ntest.html:12\n\nRequest\nPOST /v1/chat/completions HTTP/1.1\nContent-Type: application/json\nAccept: */*\n\nResponse\nHTTP/1.1 403\ncontent-type: application/json\ncf-ray: 8f1a2b3c4d5e6f70-FRA\n";

    #[test]
    fn summary_and_messages_are_one_exchange() {
        let mut exchanges = read_text(PANEL).exchanges;
        assert_eq!(exchanges.len(), 1, "{exchanges:?}");
        let exchange = exchanges.remove(0);
        let request = exchange.request.unwrap();
        assert_eq!(
            (request.method.as_str(), request.url.as_str(), request.fields.0.len(), request.content),
            ("POST", "https://api.openai.com/v1/chat/completions", 2, None)
        );
        let response = exchange.response.unwrap();
        assert_eq!((response.status, response.fields.0.len()), (Some(403), 2));
    }

    #[test]
    fn a_summary_of_something_else_is_not_claimed() {
        assert!((FORMAT.claim)(&Source::new("Summary\nThe call fails.\n"), 0).is_none());
        assert!((FORMAT.claim)(&Source::new("Status: 403\nURL: https://x"), 0).is_none());
    }
}
