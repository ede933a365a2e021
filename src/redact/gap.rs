//! What may stand inside a key that was wrapped: a line end with what marks the next row, a tag, quotes that a shell joins.

use super::judge::{is_random, is_wordy, turns};
use super::run::is_key_char;
use super::unit::{Unit, Writing, each, floor, is_quote, is_zero_width, unit};
use super::{forms, masked, names};
use zeroize::Zeroizing;

/// How far before a line's end its start is looked for, in bytes; also the longest row that counts as wrapped.
const ROW: usize = 512;

/// Tags that only say how a part of a line looks.
const INLINE: &[&str] = &["span", "mark", "b", "em", "i", "strong", "code", "font", "u", "tt"];

/// True for what a gap may start with.
pub(super) fn may_start(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\\' | '=' | '<' | '|' | '\u{2502}' | '\u{2503}' | '\'' | '"')
}

/// True where a line ends at `at`.
pub(super) fn is_line_end(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at..), Some([b'\n', ..] | [b'\r', b'\n', ..]))
}

/// The stretch behind a gap at `at` that looks like the rest of a key which starts with `before`.
pub(super) fn rest(text: &str, at: usize, before: &str) -> Option<(usize, usize)> {
    let first = unit(text, at)?;
    if is_quote(first.ch) {
        return joined(text, at, before);
    }
    if first.ch == '<' {
        return behind_tags(text, at, before);
    }
    if first.ch == ' ' && forms::is_prefix(before) {
        let found = stretch(text, at + 1);
        return (found.ends_well && found.text.len() >= 16 && is_random(&found.text)).then_some((at + 1, found.end));
    }
    continuation(text, at, before)
}

/// A run of key characters behind a gap.
struct Stretch {
    text: Zeroizing<String>,
    end: usize,
    /// What follows may follow a key.
    ends_well: bool,
}

fn stretch(text: &str, from: usize) -> Stretch {
    let mut at = from;
    let mut rest = Zeroizing::new(String::with_capacity(160));
    let mut chars = 0;
    let next = loop {
        match unit(text, at) {
            // Quoted-printable's mark at the line end is no part of the key.
            Some(Unit { ch: '=', writing: Writing::Plain, len, .. }) if is_line_end(text, at + len) => {
                break Some('\n');
            }
            // A full stop behind the key.
            Some(Unit { ch: '.', len, .. }) if unit(text, at + len).is_some_and(|next| next.ch.is_whitespace()) => {
                break Some(' ');
            }
            Some(Unit { ch, len, .. }) if (is_key_char(ch) || is_zero_width(ch)) && chars < ROW => {
                if !is_zero_width(ch) {
                    rest.push(ch);
                }
                at += len;
                chars += 1;
            }
            other => break other.map(|u| u.ch),
        }
    };
    let ends_well = next.is_none_or(|ch| {
        ch.is_whitespace()
            || is_quote(ch)
            || matches!(ch, ',' | ';' | ')' | ']' | '}' | '\\' | '<' | '|' | '\u{2502}' | '\u{2503}')
    });
    Stretch { text: rest, end: at, ends_well }
}

/// True for a header field's name, which may stand on the next row: `X-Request-Id`.
fn is_field(piece: &str) -> bool {
    piece.contains('-')
        && piece.split('-').all(|part| {
            let mut bytes = part.bytes();
            bytes.next().is_some_and(|b| b.is_ascii_uppercase()) && bytes.all(|b| b.is_ascii_lowercase())
        })
}

/// A word, a header name, an option, an assignment or a number is no rest of a key.
fn looks_drawn(rest: &str) -> bool {
    !is_wordy(rest)
        && !is_field(rest)
        && turns(rest) >= if rest.len() >= 8 { 1 } else { 2 }
        && !rest.starts_with("--")
        && !rest.contains("://")
        && !rest.trim_end_matches('=').contains('=')
        && forms::find(rest, false).is_none()
        && !super::secret::is_public_id(rest)
        && !super::shape::is_uuid(rest)
}

/// `sk-pr''oj-…`: a shell joins what stands in neighbouring quotes.
fn joined(text: &str, at: usize, before: &str) -> Option<(usize, usize)> {
    let first = unit(text, at)?;
    let second = unit(text, at + first.len).filter(|u| is_quote(u.ch))?;
    let from = at + first.len + second.len;
    let found = stretch(text, from);
    let known = forms::starts_like_one(before);
    (known && found.ends_well && found.text.len() >= 8 && looks_drawn(&found.text)).then_some((from, found.end))
}

/// `sk-proj-<span class="hit">…</span>…`.
fn behind_tags(text: &str, at: usize, before: &str) -> Option<(usize, usize)> {
    let mut at = at;
    for _ in 0..3 {
        let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix('<')) else { break };
        let close = rest
            .bytes()
            .take(96)
            .position(|b| matches!(b, b'>' | b'<' | b'\n'))
            .filter(|len| rest.get(*len..).is_some_and(|r| r.starts_with('>')))?;
        let inner = rest.get(..close)?.trim_start_matches('/');
        let name = inner.split([' ', '/']).next().unwrap_or_default();
        if !INLINE.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
            return None;
        }
        at += close + 2;
    }
    let found = stretch(text, at);
    let fits = forms::starts_like_one(before) && found.ends_well && found.text.len() >= 4 && looks_drawn(&found.text);
    fits.then_some((at, found.end))
}

/// The stretch on the next line that looks like the rest of a key whose line ends at `at`.
pub(super) fn continuation(text: &str, at: usize, before: &str) -> Option<(usize, usize)> {
    let row_end = at;
    let mut at = at;
    let mut lines = 0;
    // The line end, with a shell's `\` or the right side of a box before it, then what indents or marks the next line.
    for _ in 0..160 {
        let u = unit(text, at)?;
        match u.ch {
            '\n' => lines += 1,
            '\r' | ' ' | '\t' => {}
            '\\' if u.writing == Writing::Plain && lines == 0 => {}
            '=' if lines == 0 && is_line_end(text, at + u.len) => {}
            '|' | '\u{2502}' | '\u{2503}' => {}
            '>' | '#' if lines > 0 => {}
            _ => break,
        }
        at += u.len;
        if lines > 1 {
            return None;
        }
        if u.ch == '\n' {
            at += row_mark(text, row_end, at);
        }
    }
    if lines != 1 {
        return None;
    }
    let found = stretch(text, at);
    let chars = found.text.chars().count();
    // A short beginning is only one where the line was full: the next is no longer.
    let full = before.len() >= 20 || width(text, row_end) >= width(text, found.end);
    let fits = looks_drawn(&found.text) && chars >= 4 && full && (before.len() >= 8 || chars >= 16)
        || forms::would_complete(before, chars);
    (found.ends_well && fits).then_some((at, found.end))
}

/// The offset of the start of the line that `at` stands on, as far as it is looked for.
fn line_start(text: &str, at: usize) -> usize {
    let from = floor(text, at.saturating_sub(ROW));
    let before = text.as_bytes().get(from..at).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(from, |found| from + found + 1)
}

/// Characters from the line's start up to `at`.
fn width(text: &str, at: usize) -> usize {
    text.get(line_start(text, at)..at).unwrap_or_default().chars().count()
}

/// Bytes that a log's prefix takes at the start of the row at `next`: what the row before, which ends at `row_end`, starts with
/// too, but for its numbers, up to a mark. `app-1  | `, `0060: `, `2026-01-01T09:25:02Z worker: `.
fn row_mark(text: &str, row_end: usize, next: usize) -> usize {
    let row = text.get(line_start(text, row_end)..row_end).unwrap_or_default();
    let after = text.get(next..).unwrap_or_default();
    let class = |b: u8| if b.is_ascii_digit() { b'0' } else { b };
    // An offset in hexadecimal digits.
    let offset = after.bytes().take(10).take_while(u8::is_ascii_hexdigit).count();
    let is_offset = |line: &str| {
        (4..10).contains(&offset)
            && line.as_bytes().get(offset) == Some(&b':')
            && line.bytes().take(offset).all(|b| b.is_ascii_hexdigit())
    };
    if is_offset(row) && is_offset(after) {
        return offset + 1;
    }
    let alike = row.bytes().zip(after.bytes()).take(160).take_while(|(a, b)| class(*a) == class(*b)).count();
    let shared = after.get(..floor(after, alike)).unwrap_or_default();
    // Behind the last of `| `, `: `, `> `, `] `, `\u{2502} ` and ` - `.
    let mark = |before: &str| before.ends_with(['|', ':', '>', ']', '\u{2502}']) || before.ends_with(" -");
    let spaces = memchr::memrchr_iter(b' ', shared.as_bytes());
    let last = spaces.into_iter().find(|at| shared.get(..*at).is_some_and(mark));
    let end = last.map_or(0, |at| at + 1);
    // The name of a secret is no such prefix: one more secret stands on that row.
    let name =
        shared.get(..end).and_then(|mark| mark.trim_end_matches([':', ' ', '-', '>', '=']).rsplit([' ', '.']).next());
    if name.is_some_and(|name| names::classify(name, "").is_some()) { 0 } else { end }
}

/// Lengths of whole keys that no prefix tells.
const WHOLE: &[usize] = &[32, 40, 48, 64, 84];

/// Longest gap between two pieces of a key, in bytes, and most pieces.
const GAP: usize = 96;
const PIECES: usize = 40;

/// The end of the pieces behind `end` that make a whole key of `key`: a key is cut by spaces, line ends, quotes or what a log puts
/// before each line, and the length of its kind tells that they belong to it.
pub(super) fn completed(text: &str, end: usize, key: &str) -> Option<usize> {
    let hex = |s: &str| s.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let key = key.trim_end_matches(['"', '\'', '^', '`', '\\']);
    // Quoted-printable's mark.
    let marked = |rest: &&str| (!key.len().is_multiple_of(4) || hex(rest)) && is_line_end(text, end);
    let key = key.strip_suffix('=').filter(marked).unwrap_or(key);
    let trimmed = key.trim_end_matches('-');
    // A universally unique identifier may be cut behind a hyphen.
    let uuid = hex(key) && key.as_bytes().get(8) == Some(&b'-') && matches!(key.len(), 9 | 14 | 19 | 24);
    let key = if uuid { key } else { trimmed };
    if !(3..168).contains(&key.len()) || !each(key, |b| is_key_char(char::from(b))) {
        return None;
    }
    let form = forms::starts_like_one(key);
    if if form { forms::is_complete(key) } else { WHOLE.contains(&key.len()) } {
        return None;
    }
    // What a half mask leaves in sight.
    let mask = text.get(end..)?.trim_start_matches(|c| masked::is_mask(c) || c == '.');
    let hidden = text.len() - end - mask.len();
    if hidden > 1 {
        let found = stretch(text, end + hidden);
        let shown = key.len() > 12 && found.text.len() >= 7 && !is_wordy(&found.text);
        return (shown && found.ends_well).then_some(found.end);
    }
    let (mut at, mut total) = (end, key.len());
    let mut joined = Zeroizing::new(key.to_owned());
    for count in 0..PIECES {
        let from = piece_start(text, at)?;
        let found = stretch(text, from);
        let piece = found.text.as_str();
        total += piece.len();
        if total <= 36 {
            joined.push_str(piece);
        }
        if piece.is_empty() || total > 180 || piece.contains(['=', '.', '~']) {
            return None;
        }
        let whole = match form {
            true => forms::is_whole_at(key, total),
            // A universally unique identifier's.
            false => WHOLE.contains(&total) || total == 36 && super::shape::is_uuid(&joined),
        };
        let ends = whole && found.ends_well;
        // A word ends it, but for the last piece of what a form tells.
        let drawn = piece.len() >= 4 && (!is_wordy(piece) || turns(piece) > 2)
            || form && piece.len() >= 8 && turns(piece) > 0
            || hex(key) && hex(piece);
        if is_field(piece)
            || !(drawn || ends && (form || turns(piece) > 1 || count > 1))
            || !form && hex(key) != hex(piece)
        {
            return None;
        }
        at = found.end;
        if ends {
            return Some(at);
        }
    }
    None
}

/// The start of the next piece behind a gap at `at`.
fn piece_start(text: &str, at: usize) -> Option<usize> {
    let mut spot = at;
    let mut line = false;
    while spot < at + GAP {
        let u = unit(text, spot)?;
        let rest = text.get(spot..)?;
        let skip = match u.ch {
            '\n' | '\r' => {
                line = true;
                u.len
            }
            ch if ch.is_whitespace() || is_quote(ch) || is_zero_width(ch) || ch == '\0' => u.len,
            '\\' if rest.starts_with("\\line ") => 6,
            '\\' | '+' | '^' | '|' | ',' | '&' | '>' | '\u{2502}' | '\u{2503}' | '\u{2026}' => u.len,
            '-' if !line && is_line_end(text, spot + 1) => 1,
            '<' => tag_len(rest)?,
            _ if spot == at && u.writing == Writing::Plain => return None,
            // What a log puts before a line: a date and a time.
            _ if line => match stamp(rest) {
                0 => return Some(spot),
                len => len,
            },
            _ => return Some(spot),
        };
        spot += skip;
    }
    None
}

/// Bytes of a date or a time, up to the space behind it.
fn stamp(rest: &str) -> usize {
    let len = rest.bytes().take(40).take_while(|b| b.is_ascii_digit() || b"-:.,TZ/+[]".contains(b)).count();
    let stamp = rest.get(..len).unwrap_or_default();
    let fits = rest.as_bytes().get(len) == Some(&b' ') && stamp.len() >= 8;
    if fits && (stamp.matches(':').count() > 1 || stamp.matches('-').count() == 2) { len } else { 0 }
}

/// Bytes of a tag that only says how a part of a line looks.
fn tag_len(rest: &str) -> Option<usize> {
    let close = rest.bytes().take(96).position(|b| matches!(b, b'>' | b'\n'))?;
    let name = rest.get(1..close)?.trim_start_matches('/').split([' ', '/']).next()?;
    // What the length of a key tells may go on in the next line of a page.
    let known = |tag: &&str| tag.eq_ignore_ascii_case(name);
    (rest.as_bytes().get(close) == Some(&b'>') && INLINE.iter().chain(&["br", "div", "p"]).any(known))
        .then_some(close + 1)
}
