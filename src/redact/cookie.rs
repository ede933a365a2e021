//! Values of `Cookie` and `Set-Cookie` (RFC 6265): names and attributes stay, values go.

use super::extent::{self, End, Extent};
use super::fingerprint::Flags;
use super::opening::{Opening, skip_spaces};
use super::sink::{Sink, decode};
use super::unit::{is_quote, unit};
use super::{forms, judge, placeholder};

/// Attributes of `Set-Cookie`, in lower case.
const ATTRIBUTES: &[&str] = &[
    "path",
    "domain",
    "expires",
    "max-age",
    "samesite",
    "secure",
    "httponly",
    "partitioned",
    "priority",
    "version",
    "comment",
];

/// Longest list of cookies that is read, in bytes.
const LONGEST_LIST: usize = 64 * 1024;

/// Longest words that stand for no cookie, in bytes.
const LONGEST_WORDS: usize = 256;

/// A list of pairs. With `set`, attributes are left as they are.
pub(super) fn value(sink: &mut Sink<'_>, extent: Extent, set: bool) -> Option<usize> {
    let text = sink.text;
    let Extent { start, end, after } = extent;
    let value = text.get(start..end)?;
    if value.is_empty()
        || matches!(value.as_bytes().first(), Some(b'{' | b'[' | b'(')) && !value.starts_with("{{redacted")
    {
        return None;
    }
    let barren = sink.barren.0 <= start && end <= sink.barren.1;
    if barren || !value.contains('=') && !value.contains("%3D") && !value.contains("%3d") {
        if !barren {
            sink.barren = (start, end);
        }
        // No pair: a bare value, or a word about cookies.
        if judge::is_placeholder(value)
            || value.contains(' ')
            || value.starts_with("{{redacted")
            || value.len() <= LONGEST_WORDS && judge::is_wordy(value)
        {
            return None;
        }
        sink.replace(start, end, "cookie", &decode(text, start, end), Flags::default());
        return Some(after);
    }
    let mut at = start;
    while at < end {
        let (stop, next) = pair_end(text, at, end, set);
        pair(sink, at, stop, set);
        at = next.max(at + 1);
    }
    Some(after)
}

/// The end of the pair that starts at `at`, and what lies behind the `;`, or the comma that joins two `Set-Cookie`
/// values.
fn pair_end(text: &str, at: usize, end: usize, set: bool) -> (usize, usize) {
    let mut spot = at;
    while spot < end
        && let Some(u) = unit(text, spot)
    {
        let next = spot + u.len;
        if u.ch == ';' || u.ch == ',' && set && joins(text.get(next..end).unwrap_or_default()) {
            return (spot, next);
        }
        spot = next;
    }
    (end, end)
}

/// True where another cookie starts after a comma, and not the rest of a date.
pub(super) fn joins(rest: &str) -> bool {
    let rest = rest.trim_start();
    let len =
        rest.bytes().take(80).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    len > 0 && rest.as_bytes().get(len) == Some(&b'=')
}

fn pair(sink: &mut Sink<'_>, start: usize, end: usize, set: bool) {
    let text = sink.text;
    let pair = text.get(start..end).unwrap_or_default();
    let mut equals = None;
    let mut at = start;
    while at < end
        && let Some(u) = unit(text, at)
    {
        if u.ch == '=' {
            equals = Some((at, at + u.len));
            break;
        }
        at += u.len;
    }
    let Some((name_end, from)) = equals else { return };
    let name = text.get(start..name_end).unwrap_or_default().trim();
    if set && ATTRIBUTES.iter().any(|a| a.eq_ignore_ascii_case(name)) && pair.len() < 80 {
        return;
    }
    let value = text.get(from..end).unwrap_or_default();
    let trimmed = value.trim_matches(|c: char| c.is_whitespace() || is_quote(c) || c == '\\');
    let lead = value.find(trimmed).unwrap_or(0);
    if trimmed.is_empty()
        || placeholder::length(trimmed) == Some(trimmed.len())
        || judge::is_placeholder(trimmed) && trimmed.len() < 48
    {
        return;
    }
    let (from, to) = (from + lead, from + lead + trimmed.len());
    let key = decode(text, from, to);
    let kind = forms::find(&key, false).map_or("cookie", |f| f.kind);
    sink.replace(from, to, kind, &key, Flags::default());
}

/// `"cookies": [{"name": …, "value": …}]` of HAR files and of browsers' exports; `cookies={'name': 'value'}` of Python.
/// The list is read to its end first; what is no value in it is scanned like all text.
pub(super) fn list(sink: &mut Sink<'_>, opening: &Opening) -> Option<usize> {
    let text = sink.text;
    if sink.in_list || opening.is_quoted() {
        return None;
    }
    let first = unit(text, opening.start)?;
    let close = match first.ch {
        '[' => ']',
        '{' if !text.get(opening.start..)?.starts_with(placeholder::OPEN) => '}',
        _ => return None,
    };
    let (values, end) = values(text, opening, opening.start + first.len, close)?;
    sink.in_list = true;
    let mut at = opening.start + first.len;
    for (from, to) in values {
        super::scan::stretch(sink, at, from);
        at = to;
        let content = decode(text, from, to);
        if from >= sink.done() && !judge::is_placeholder(&content) && placeholder::first(text, from, to).is_none() {
            let kind = forms::find(&content, false).map_or("cookie", |f| f.kind);
            sink.replace(from, to, kind, &content, Flags::default());
        }
    }
    super::scan::stretch(sink, at, end);
    sink.in_list = false;
    Some(end)
}

/// The places of the values in a list of cookies, and where the list ends; none where it is no such list.
fn values(text: &str, opening: &Opening, start: usize, close: char) -> Option<(Vec<(usize, usize)>, usize)> {
    let mut found = Vec::new();
    let mut at = start;
    let mut member = zeroize::Zeroizing::new(String::new());
    let mut is_value = false;
    while at < start + LONGEST_LIST
        && let Some(u) = unit(text, at)
    {
        // The braces of what was taken out close nothing.
        if let Some(len) = text.get(at..).and_then(placeholder::length) {
            at += len;
            continue;
        }
        if u.ch == close {
            return Some((found, at + u.len));
        }
        let Some(quote) = super::unit::closing_quote(u.ch) else {
            match u.ch {
                ':' => is_value = true,
                ',' | '{' => is_value = false,
                '}' | '-' | '.' | '_' | '\n' | '\r' | ' ' | '\t' => {}
                c if c.is_ascii_alphanumeric() => {}
                _ => return None,
            }
            at += u.len;
            continue;
        };
        let end = End::Quote { close: quote, slashes: u.slashes, writing: u.writing, own: true };
        let string = extent::of(text, &Opening { start: at + u.len, end, ..*opening }, false);
        let content = decode(text, string.start, string.end);
        if !is_value {
            member = content;
        } else if (close == '}' || *member == "value") && !content.is_empty() {
            found.push((string.start, string.end));
        }
        at = skip_spaces(text, string.after.max(at + u.len), false);
    }
    None
}
