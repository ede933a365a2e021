//! Reads the parts of an HTTP message as text shows them: start lines, the header section, the content.
//!
//! Well-formed messages read as RFC 9112 says. Beyond that: line ends without CR, leading blanks, a missing blank line,
//! `Status: 403` in place of a status line, HTTP/2 pseudo-header fields.

use super::format::Source;
use super::http_text;
use super::model::{Content, Field, Fields};
use crate::span::Span;

/// The first line of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start<'a> {
    /// Method and target with their places in the line.
    Request { method: (&'a str, usize), target: (&'a str, usize) },
    /// Status code with its place.
    Response { status: u16, place: usize },
}

/// Reads a start line. `line` begins where the message does.
pub(super) fn start(line: &str) -> Option<Start<'_>> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let text = text.trim_end();
    if text.starts_with("HTTP/") || text.starts_with("HTTP ") {
        return status_line(text, indent);
    }
    // OkHttp's logging interceptor: `--> POST https://… h2`, `<-- 403 Forbidden https://… (120ms)`.
    if let Some(sent) = text.strip_prefix("--> ") {
        let (method, rest) = sent.split_once(' ').filter(|(m, _)| http_text::is_method(m))?;
        let target = rest.split(' ').next().filter(|t| t.contains("://"))?;
        let place = indent + "--> ".len();
        return Some(Start::Request { method: (method, place), target: (target, place + method.len() + 1) });
    }
    if let Some(got) = text.strip_prefix("<-- ") {
        let status = got.get(..3)?.parse().ok().filter(|s| (100..600).contains(s))?;
        return got.contains("://").then_some(Start::Response { status, place: indent + "<-- ".len() });
    }
    let (method, rest) = text.split_once(' ')?;
    if http_text::is_method(method) {
        let target = rest.trim_start();
        let place = indent + text.len() - target.len();
        let (target, version) = target.split_once(' ').unwrap_or((target, ""));
        let versioned = version.trim().starts_with("HTTP/");
        // Without a version only an absolute form is a request and not prose.
        let absolute =
            version.is_empty() && ["https://", "http://", "wss://", "{{"].iter().any(|start| target.starts_with(start));
        return (versioned || absolute).then_some(Start::Request { method: (method, indent), target: (target, place) });
    }
    labelled_status(text, indent)
}

/// `HTTP/1.1 403 Forbidden`, `HTTP/2 403`, `HTTP 403`.
fn status_line(text: &str, indent: usize) -> Option<Start<'_>> {
    let (version, rest) = text.split_once(' ')?;
    let versioned = version.len() > 5 && version.get(5..)?.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let digits = rest.trim_start();
    let status = digits.get(..3)?.parse().ok().filter(|s| (100..600).contains(s))?;
    let reason = digits.get(3..)?;
    let alone = if versioned {
        reason.is_empty() || reason.starts_with(' ')
    } else {
        version == "HTTP" && reason.trim().is_empty()
    };
    alone.then_some(Start::Response { status, place: indent + text.len() - digits.len() })
}

/// `Status: 403`, `Status Code: 403 Forbidden`, `:status: 403`.
fn labelled_status(text: &str, indent: usize) -> Option<Start<'_>> {
    let (label, rest) = text.trim_start_matches(':').split_once(':')?;
    let known =
        ["status", "status code", "statuscode", "http status", "response status", "response code", "http status code"];
    if !known.iter().any(|k| label.trim().eq_ignore_ascii_case(k)) {
        return None;
    }
    let digits = rest.trim_start();
    let status = digits.get(..3)?.parse().ok().filter(|s| (100..600).contains(s))?;
    let reason = digits.get(3..)?;
    // A reason phrase is short and holds nothing but words.
    let wordy = reason.len() < 48 && reason.chars().all(|c| c.is_alphabetic() || " ()-'_".contains(c));
    let spaced = reason.is_empty() || reason.starts_with(' ');
    (wordy && spaced).then_some(Start::Response { status, place: indent + text.len() - digits.len() })
}

/// Reads field lines from `at` on; gives the offset after the last one. A folded line (RFC 9112, section 5.2) stays in the
/// value as it is written.
pub(super) fn fields(source: &Source<'_>, mut at: usize) -> (Fields, usize) {
    let mut fields = Fields::default();
    let mut end = at;
    let mut indent = None;
    while at < source.text.len() {
        let line = source.line_at(at);
        let text = line.trim_start();
        let blanks = line.len() - text.len();
        if text.is_empty() {
            break;
        }
        if *indent.get_or_insert(blanks) < blanks
            && let Some(last) = fields.0.last_mut()
        {
            last.value = format!("{}\n{}", last.value, line.trim_end());
            last.span = last.span.map(|s| Span::new(s.start, at + line.trim_end().len()));
        } else if let Some((name, value, place)) = http_text::field_line(text)
            .or_else(|| http_text::spaced_field_line(text))
            .filter(|_| self::start(line).is_none() || text.starts_with(':'))
        {
            let start = at + blanks;
            let span = Some(Span::new(start, start + (place + value.len()).max(name.len() + 1)));
            fields.0.push(Field { name: name.to_owned(), value: value.to_owned(), span });
        } else {
            break;
        }
        end = at + line.len();
        at = next_line(source, at);
    }
    (fields, end)
}

/// The start of the line after the one that holds `at`; the text's length where there is none.
pub(super) fn next_line(source: &Source<'_>, at: usize) -> usize {
    let rest = source.rest(at);
    memchr::memchr(b'\n', rest.as_bytes()).map_or(source.text.len(), |end| at + end + 1)
}

/// Skips blank lines from the line start `at` on, three at most.
pub(super) fn skip_blank(source: &Source<'_>, mut at: usize) -> usize {
    for _ in 0..3 {
        if at >= source.text.len() || !source.line_at(at).trim().is_empty() {
            break;
        }
        at = next_line(source, at);
    }
    at
}

/// The content that starts at the line start `at`: a JSON text, a page, or lines up to something else; `length` is what
/// `Content-Length` says.
pub(super) fn content(source: &Source<'_>, at: usize, length: Option<usize>) -> Option<Content> {
    let line = source.line_at(at);
    let text = line.trim_start();
    if text.is_empty() || length == Some(0) {
        return None;
    }
    let start = at + line.len() - text.len();
    let end = if text.starts_with(['{', '[']) {
        json_end(source, start)?
    } else if http_text::is_page(text) {
        http_text::page_end(source.text, start)
    } else {
        plain_end(source, start, length?)
    };
    Some(Content { text: source.text.get(start..end)?.to_owned(), span: Some(Span::new(start, end)) })
}

/// Where the JSON text ends; one that is damaged goes up to a blank line or something else.
fn json_end(source: &Source<'_>, start: usize) -> Option<usize> {
    let (length, whole) = source.fuel.extent(source.rest(start));
    if whole {
        return Some(start + length);
    }
    Some(plain_end(source, start, usize::MAX))
}

/// Where lines of text end: at a blank line, at something else, after `length` bytes.
fn plain_end(source: &Source<'_>, start: usize, length: usize) -> usize {
    let mut at = start;
    let mut end = start;
    while at < source.text.len() && end - start < length {
        let line = source.line_at(at);
        if line.trim().is_empty() || (at > start && (http_text::interrupts(line) || self::start(line).is_some())) {
            break;
        }
        end = at + line.len();
        at = next_line(source, at);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_lines() {
        let status = |line: &str| match start(line) {
            Some(Start::Response { status, place }) => {
                assert_eq!(line.get(place..place + 3).unwrap(), status.to_string());
                Some(status)
            }
            _ => None,
        };
        for line in [
            "HTTP/1.1 403 Forbidden",
            "HTTP/2 403 ",
            "HTTP 403",
            "Status: 403",
            "Status code: 403",
            "Status Code: 403 Forbidden",
            ":status: 403",
            "Status: 403 (PermissionDenied)",
        ] {
            assert_eq!(status(line), Some(403), "{line}");
        }
        for line in
            ["HTTP 403: no", "HTTP 403 ip_not_authorized", "Status: 4030", "Status: ok", "status: 403,", "HTTP/x 403"]
        {
            assert_eq!(status(line), None, "{line}");
        }
        assert_eq!(start("POST /v1 HTTP/1.1"), Some(Start::Request { method: ("POST", 0), target: ("/v1", 5) }));
        assert_eq!(start("POST https://x/y"), Some(Start::Request { method: ("POST", 0), target: ("https://x/y", 5) }));
        // What OkHttp's interceptor logs.
        let sent = Some(Start::Request { method: ("POST", 4), target: ("https://x/y", 9) });
        assert_eq!(start("--> POST https://x/y h2"), sent);
        assert_eq!(status("<-- 403 Forbidden https://x/y (120ms)"), Some(403));
        assert_eq!((start("--> END POST (5-byte body)"), status("<-- 403")), (None, None));
        assert!(start("GET {{baseUrl}}/v1/models").is_some(), "a .http file's variable");
        assert_eq!(start("POST the letter"), None);
        assert_eq!(start("GET https://x net::ERR_ABORTED 403"), None);
    }

    #[test]
    fn folded_fields_stay_folded() {
        let source = Source::new("A: b\n  c\nD: e\n\nF: g");
        let (fields, end) = fields(&source, 0);
        assert_eq!(fields.value("a"), Some("b\n  c"));
        assert_eq!(fields.get("a").unwrap().span.unwrap().of(source.text), "A: b\n  c");
        assert_eq!((fields.value("d"), fields.value("f"), end), (Some("e"), None, 13));
    }
}
