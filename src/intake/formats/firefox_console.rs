//! Requests as Firefox's console shows and copies them: `XHRPOST`, the URL, `[HTTP/2 403 Forbidden 187ms]`.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::next_line;
use crate::intake::{Exchange, InputKind, Request, Response, evidence};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "firefox-console",
    kind: InputKind::Log,
    rank: 85,
    reads: "a request in Firefox's console",
    example: native_only("XHRPOST\nhttps://api.openai.com/v1/chat/completions\n[HTTP/3 403  61ms]\n"),
    claim,
};

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at).trim_end();
    let word = line.trim_start().trim_start_matches("XHR");
    let length = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let method = word.get(..length).filter(|m| evidence::is_method(m))?;
    let method_end = at + line.len() - word.len() + length;
    // What is copied has the URL on the same line or on the next.
    let beside = word.get(length..)?.trim_start();
    let (start, end) = match beside.is_empty() {
        false => (at + line.len() - beside.len(), at + line.len()),
        true => {
            let below = next_line(source, at + line.len());
            (below, below + source.line_at(below).trim_end().len())
        }
    };
    let url_span = Span::new(start, end);
    let url = url_span.of(source.text);
    let below = next_line(source, end);
    let answer = source.line_at(below).trim_end();
    let said = answer.strip_prefix("[HTTP/")?.split_once(' ')?.1;
    let status: u16 = said.get(..3)?.parse().ok().filter(|s| (100..600).contains(s))?;
    if !url.contains("://") || url.contains(char::is_whitespace) {
        return None;
    }
    let request = Request {
        method: method.to_owned(),
        method_span: Some(Span::new(method_end - method.len(), method_end)),
        url: url.to_owned(),
        url_span: Some(url_span),
        mentioned: true,
        ..Request::default()
    };
    let status_at = below + answer.len() - said.len();
    let status_span = Some(Span::new(status_at, status_at + 3));
    let response = Response { status: Some(status), status_span, ..Response::default() };
    Some(Claim {
        span: Span::new(at, below + answer.len()),
        parts: vec![Part::Scrap(Exchange { request: Some(request), response: Some(response) })],
        problems: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Source};
    use crate::intake::read_text;

    #[test]
    fn requests_in_the_console() {
        for text in [
            "XHRPOST\nhttps://api.openai.com/v1/chat/completions\n[HTTP/2 403  187ms]\n",
            "XHRPOSThttps://api.openai.com/v1/chat/completions\n[HTTP/2 403 Forbidden 187ms]",
            "POST https://api.openai.com/v1/chat/completions\r\n[HTTP/1.1 403 Forbidden 20ms]\r\n",
        ] {
            let exchange = read_text(text).exchanges.remove(0);
            let request = exchange.request.unwrap();
            assert_eq!(
                (request.method.as_str(), request.url.as_str()),
                ("POST", "https://api.openai.com/v1/chat/completions"),
                "{text}"
            );
            assert_eq!(request.method_span.unwrap().of(text), "POST");
            let response = exchange.response.unwrap();
            assert_eq!((response.status, response.status_span.unwrap().of(text)), (Some(403), "403"));
        }
    }

    #[test]
    fn other_lines_are_not_claimed() {
        for text in [
            "POST https://api.openai.com/v1/x\nHTTP/1.1 403 Forbidden",
            "XHRPOST",
            "XHR\nhttps://x\n[HTTP/2 403 1ms]",
            "GET\nnothing\n[HTTP/2 403 1ms]",
        ] {
            assert!((FORMAT.claim)(&Source::new(text), 0).is_none(), "{text}");
        }
    }
}
