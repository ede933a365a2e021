//! One sentence: what this format is. Copy this file; its name, with hyphens, is the format's id.
//! A lower `rank` is asked first: lines of logs are read by `log_line.rs` (220) unless a format before it claims them. JSON within
//! a line is found by `json_text::find` with `source.fuel`; header sections are read by `message::fields`, content by
//! `message::content`, up to three blank lines are passed by `message::skip_blank`, target and Host become a URL by
//! `http_text::target_url`, a URL without a scheme a whole one by `curl::absolute`. `intake::sent::sent` tells a test what would be sent.
//!
//! A claim that looks to the end of a text for what closes it must refuse at once where that is missing: it is asked again at each
//! following line, and the test of time repeats the lines of `example`.
//!
//! A request or answer that the text shows whole is `Part::Request` or `Part::Response`; `Part::Scrap` is for what is only mentioned.
//! See first what is read without it: `cargo run -q --bin why403 -- --format json FILE`, member `exchanges`.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::next_line;
use crate::intake::{Exchange, InputKind, Request, Response};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "template",
    kind: InputKind::Log,
    rank: 90,
    reads: "two lines: `REQ GET URL` and `RES 403`",
    example: native_only("REQ GET https://api.openai.com/v1/models\nRES 403\n"),
    claim,
};

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let (method, url) = line.strip_prefix("REQ ")?.split_once(' ')?;
    let below = next_line(source, at + line.len());
    let answer = source.line_at(below);
    let status = answer.strip_prefix("RES ")?.trim().parse().ok()?;
    let url_span = Some(Span::new(at + line.len() - url.len(), at + line.len()));
    // A log names the request without its fields: they are unknown, not absent.
    let request = Request { method: method.into(), url: url.into(), url_span, mentioned: true, ..Request::default() };
    let response = Response { status: Some(status), ..Response::default() };
    let part = Part::Scrap(Exchange { request: Some(request), response: Some(response) });
    Some(Claim { span: Span::new(at, below + answer.len()), parts: vec![part], problems: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Source};

    fn claimed(text: &str) -> bool {
        (FORMAT.claim)(&Source::new(text), 0).is_some()
    }

    #[test]
    fn two_lines_are_claimed_and_others_are_not() {
        assert!(claimed("REQ GET https://api.openai.com/v1/models\nRES 403\n"));
        assert!(!claimed("REQ GET https://api.openai.com/v1/models\n"));
        assert!(!claimed("RES 403"));
    }
}
