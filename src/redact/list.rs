//! Values that the name before them says of several: the members of a list, and the second of a user and a password.

use super::extent::{self, End, Extent};
use super::opening::{self, Opening, skip_spaces};
use super::sink::{Sink, decode};
use super::unit::{byte, floor, is_quote};
use super::{beside, judge, placeholder, secret};

/// Most members that are read, and the longest line, in bytes.
const MOST: usize = 256;
const LINE: usize = 512;

/// Takes the quoted members behind the first, which ends at `next`: `passwords = ["…", "…"]`. Gives the offset to go on from.
pub(super) fn members(sink: &mut Sink<'_>, opening: &Opening, next: usize, kind: &'static str) -> usize {
    let text = sink.text;
    let before = text.get(floor(text, opening.start.saturating_sub(16))..opening.start).unwrap_or_default();
    let head = before.trim_end_matches(|c: char| is_quote(c) || matches!(c, '\\' | ' ' | '\n' | 'b' | 'u'));
    let tuple = || head.strip_suffix('(').is_some_and(|head| head.trim_end().ends_with(['=', ':']));
    // What it becomes: `password = "…" -> "…"`, as plans print it.
    let start = skip_spaces(text, next, false);
    if text.get(start..).is_some_and(|rest| rest.starts_with("->"))
        && let Some(opening) =
            opening::own_quote(text, Opening { start: skip_spaces(text, start + 2, false), ..*opening })
    {
        let extent = extent::of(text, &opening, false);
        let key = decode(text, extent.start, extent.end);
        return secret::stretch(sink, extent, &key, kind, true, true).unwrap_or(next);
    }
    // `OPENAI_API_KEYS=…,…`.
    if !opening.is_quoted() && opening.separator == '=' {
        return joined(sink, next, kind);
    }
    if !(opening.is_quoted() && matches!(opening.separator, ':' | '=') && (head.ends_with('[') || tuple())) {
        return next;
    }
    let mut done = next;
    for _ in 0..MOST {
        let at = skip_spaces(text, done, true);
        if byte(text, at) != b',' {
            break;
        }
        let start = skip_spaces(text, at + 1, true);
        let Some(opening) = opening::own_quote(text, Opening { start, ..*opening }) else { break };
        let extent = extent::of(text, &opening, false);
        let key = decode(text, extent.start, extent.end);
        secret::stretch(sink, extent, &key, kind, true, true);
        done = extent.after.max(sink.done());
    }
    done
}

/// Takes the keys that hang on the one before, which ends at `next`, by commas.
fn joined(sink: &mut Sink<'_>, next: usize, kind: &'static str) -> usize {
    let text = sink.text;
    let mut done = next;
    while byte(text, done) == b',' {
        let rest = text.as_bytes().get(done + 1..).unwrap_or_default();
        let len = rest.iter().take(LINE).take_while(|b| b.is_ascii_alphanumeric() || b"-_+/=".contains(b)).count();
        let (start, end) = (done + 1, done + 1 + len);
        let key = decode(text, start, end);
        if len < 16 || !(judge::is_random(&key) || super::shape::is_uuid(&key)) {
            break;
        }
        let Some(next) = secret::stretch(sink, Extent { start, end, after: end }, &key, kind, true, true) else {
            break;
        };
        done = next;
    }
    done
}

/// Takes the members of a list of YAML below the name that ends at `end`: `passwords:`, and lines that begin with a dash; also where
/// each has a name of its own, `- gemini=…`.
pub(super) fn dashed(sink: &mut Sink<'_>, start: usize, end: usize, kind: &'static str) -> Option<usize> {
    let text = sink.text;
    let rest = text.get(end..)?.trim_start_matches(['"', '\'']);
    let behind = rest.strip_prefix(':')?.trim_start_matches([' ', '\r']).strip_prefix('\n')?;
    // What a log or a mail puts before each line.
    let line = text.get(floor(text, start.saturating_sub(64))..start)?.rsplit('\n').next()?;
    let mark = line.trim_end_matches([' ', '"', '\'']);
    let (mut at, mut done) = (text.len() - behind.len(), None);
    for _ in 0..MOST {
        let rest = text.get(at..floor(text, text.len().min(at + LINE)))?;
        let row = rest.split('\n').next().filter(|row| row.len() < LINE)?;
        let inner = row.strip_prefix(mark).unwrap_or(row).trim_start_matches([' ', '\t']);
        let Some(item) = inner.strip_prefix("- ") else { break };
        let item = item.trim_start();
        let item = item.split_once('=').filter(|(name, _)| judge::is_wordy(name)).map_or(item, |(_, value)| value);
        let item = item.trim_end().trim_matches(['"', '\'']);
        let from = at + row.rfind(item)?;
        at += row.len() + 1;
        let single = !item.is_empty() && !item.contains([' ', '{', '[']) && !item.ends_with(':');
        let extent = Extent { start: from, end: from + item.len(), after: from + item.len() };
        if single && (kind == "password" || !judge::is_wordy(item)) {
            let key = decode(text, extent.start, extent.end);
            done = secret::stretch(sink, extent, &key, kind, true, true).or(done);
        }
    }
    done
}

/// The password of `user / password: jane / …`, `Credentials: jane / …`.
pub(super) fn second(text: &str, start: usize, opening: &Opening, kind: &str) -> Option<Extent> {
    if opening.is_quoted() || !matches!(opening.separator, ':' | '=') {
        return None;
    }
    let before = text.get(floor(text, start.saturating_sub(24))..start)?.rsplit('\n').next()?.trim_end();
    let word = before.trim_end_matches(['/', '&', '+', '|', ',', ':', '-']);
    let joined = ["and", "und", "et", "y"].iter().find_map(|and| before.strip_suffix(and)?.strip_suffix(' '));
    let word = if word.len() < before.len() { Some(word.trim_end()) } else { joined };
    let last = word.and_then(|word| word.rsplit(' ').next()).map(str::to_ascii_lowercase);
    let names = |word: &String| word.len() < 16 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let both = last.filter(names).is_some_and(|word| beside::is_user(&word) || word.ends_with("mail"));
    let both = both && kind == "password";
    if !both && kind != "credentials" {
        return None;
    }
    let line = text.get(opening.start..floor(text, text.len().min(opening.start + LINE)))?.lines().next()?;
    let parts: &[&str] = if both { &[" / ", "/", " | ", ", ", " & ", ":", " "] } else { &[" / ", ":"] };
    let settled = placeholder::length(line).unwrap_or(0);
    // No farther than to what was taken out.
    let open = line.get(settled..)?.find(placeholder::OPEN).map_or(line.len(), |at| settled + at);
    let (user, behind) = parts.iter().find_map(|part| {
        let at = settled + line.get(settled..open)?.find(part)?;
        Some((line.get(settled..at)?, line.get(at + part.len()..)?))
    })?;
    let inner = behind.trim_start();
    let from = opening.start + line.len() - inner.len();
    if user.trim().is_empty() && settled == 0 || user.trim().contains(char::is_whitespace) {
        return None;
    }
    // `credentials: type: basic`, `credentials: https://…`, `credentials: env:NAME` are none.
    if !both && !line.get(settled..open)?.contains(" / ") {
        let noted = text.get(..opening.start)?.trim_end_matches(' ').ends_with([':', '=']);
        let made = || inner.split(' ').next().is_some_and(judge::is_made);
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'@');
        let pair = inner.len() == behind.len() && inner.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !pair || !user.trim().bytes().all(fits) && settled == 0 || noted && !made() {
            return None;
        }
    }
    let value = Opening { start: from, end: End::Word, ..*opening };
    let mut extent = extent::within(text, &value, false, LINE);
    while extent.end > extent.start && matches!(byte(text, extent.end - 1), b'.' | b',' | b';' | b')') {
        extent.end -= 1;
        extent.after = extent.end;
    }
    (extent.end > extent.start + 3).then_some(extent)
}
