//! Values of `Cookie` and `Set-Cookie` (RFC 6265): names and attributes stay, values go.

use super::extent::{self, End, Extent};
use super::fingerprint::Flags;
use super::sink::{Sink, decode};
use super::unit::{is_quote, unit};
use super::value::{Opening, skip_spaces};
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
    if !value.contains('=') && !value.contains("%3D") && !value.contains("%3d") {
        // No pair: a bare value, or a word about cookies.
        if judge::is_placeholder(value)
            || value.contains(' ')
            || value.starts_with("{{redacted")
            || judge::is_wordy(value)
        {
            return None;
        }
        sink.replace(start, end, "cookie", &decode(text, start, end), Flags::default());
        return Some(after);
    }
    let mut at = start;
    while at < end {
        let stop = pair_end(text, at, end, set);
        pair(sink, at, stop, set);
        at = stop + 1;
    }
    Some(after)
}

/// The end of the pair that starts at `at`: `;`, or a comma that joins two `Set-Cookie` values.
fn pair_end(text: &str, at: usize, end: usize, set: bool) -> usize {
    let rest = text.get(at..end).unwrap_or_default();
    for (offset, b) in rest.bytes().enumerate() {
        if b == b';' {
            return at + offset;
        }
        if b == b',' && set && joins(rest.get(offset + 1..).unwrap_or_default()) {
            return at + offset;
        }
    }
    end
}

/// True where another cookie starts after a comma, and not the rest of a date.
fn joins(rest: &str) -> bool {
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
        || (trimmed.starts_with("{{redacted:") && placeholder::length(trimmed).is_some())
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
pub(super) fn list(sink: &mut Sink<'_>, opening: &Opening) -> Option<usize> {
    let text = sink.text;
    let mut at = opening.start;
    // `own_quote` may have stepped into the list's first string; go back to its bracket.
    if let End::Quote { own: true, .. } = opening.end {
        return None;
    }
    let first = unit(text, at)?;
    let close = match first.ch {
        '[' => ']',
        '{' if !text.get(at..)?.starts_with("{{") => '}',
        _ => return None,
    };
    at += first.len;
    let limit = at + 256 * 1024;
    let mut member = zeroize::Zeroizing::new(String::new());
    let mut is_value = false;
    while at < limit
        && let Some(u) = unit(text, at)
    {
        if u.ch == close {
            return Some(at + u.len);
        }
        let Some(quote) = super::unit::closing_quote(u.ch) else {
            is_value = match u.ch {
                ':' => true,
                ',' | '{' => false,
                _ => is_value,
            };
            at += u.len;
            continue;
        };
        let end = End::Quote { close: quote, slashes: u.slashes, writing: u.writing, own: true };
        let string = extent::of(text, &Opening { start: at + u.len, end, ..*opening }, false);
        let content = decode(text, string.start, string.end);
        let secret = is_value && (close == '}' || *member == "value");
        if secret && !content.is_empty() && !judge::is_placeholder(&content) && !content.starts_with("{{redacted:") {
            let kind = forms::find(&content, false).map_or("cookie", |f| f.kind);
            sink.replace(string.start, string.end, kind, &content, Flags::default());
        }
        if !is_value {
            member = content;
        }
        at = skip_spaces(text, string.after.max(at + u.len), false);
    }
    Some(at)
}
