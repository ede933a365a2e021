//! Plain text that names a status in words only, such as "Error: Forbidden". Text that names none is no exchange.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Exchange, InputKind, Response};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "plain",
    kind: InputKind::Text,
    rank: 250,
    reads: "a line that names a status in words",
    example: native_only("\tstatus = StatusCode.PERMISSION_DENIED\n"),
    claim,
};

/// Reason phrases that stand for one status, where they stand behind a word that says so.
const WORDS: &[(&str, u16)] = &[
    ("status: 'forbidden'", 403),
    ("status: \"forbidden\"", 403),
    ("status: forbidden", 403),
    ("statuscode.permission_denied", 403),
    ("statuscode.unauthenticated", 401),
    ("statuscode: forbidden", 403),
    ("status: unauthorized", 401),
    ("status: 'unauthorized'", 401),
    ("httpstatus.forbidden", 403),
    ("error: forbidden", 403),
    ("error: unauthorized", 401),
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    if line.len() > 4000 {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let (place, words, status) = WORDS.iter().find_map(|(words, status)| Some((lower.find(words)?, words, *status)))?;
    let status_span = Some(Span::new(at + place, at + place + words.len()));
    let response = Response { status: Some(status), status_span, ..Response::default() };
    let parts = vec![Part::Scrap(Exchange { request: None, response: Some(response) })];
    Some(Claim { span: Span::new(at, at + line.len().max(1)), parts, problems: Vec::new() })
}

#[cfg(test)]
mod tests {
    use crate::intake::read_text;

    #[test]
    fn words_for_a_status() {
        let status = |text: &str| read_text(text).exchanges.first().and_then(|e| e.response.as_ref()?.status);
        assert_eq!(status("\tstatus = StatusCode.PERMISSION_DENIED"), Some(403));
        assert_eq!(status("Error: Forbidden"), Some(403));
        assert_eq!(status("Access denied 1020"), None);
        assert_eq!(status("it is forbidden to walk here"), None);
    }
}
