//! A last look at what no rule took: as a person reads it, without colours, tags and percent signs between a name and its value.

use super::net::Found;
use super::sink::Sink;
use super::unit::{MARKUP, floor, unit};
use super::{Raw, redact_at, wrapped_text};

/// How far before and behind a run is read, in bytes.
const BEFORE: usize = 400;
const BEHIND: usize = 120;

/// The kind of secret that the run is where all around it is written plainly.
pub(super) fn kind(sink: &Sink<'_>, found: Found) -> Option<&'static str> {
    if sink.depth > wrapped_text::DEEPEST {
        return None;
    }
    let text = sink.text;
    let from = floor(text, found.start.saturating_sub(BEFORE)).max(sink.done());
    let whole = text.get(found.start..found.end)?;
    // In an address a plus sign is a space.
    let encoded = text.get(from..found.start)?.contains('%');
    let run = whole.rsplit('+').next().filter(|run| encoded && run.len() >= 6).unwrap_or(whole);
    let before = text.get(from..found.end - run.len())?;
    let bytes = before.as_bytes();
    // Quoted-printable's, beyond ASCII.
    let printable = || memchr::memchr_iter(b'=', bytes).find(|at| matches!(bytes.get(at + 1), Some(b'C'..=b'F')));
    memchr::memchr3(b'%', b'\\', b'<', bytes).or_else(|| memchr::memchr2(b'&', 0x1b, bytes)).or_else(printable)?;
    let mut all = read(before);
    if all == before {
        return None;
    }
    all.push_str(run);
    all.push_str(&read(text.get(found.end..floor(text, text.len().min(found.end + BEHIND)))?));
    let clean = redact_at(Raw::new(all), sink.options, wrapped_text::DEEPEST + 1);
    if clean.text().contains(run) {
        return None;
    }
    clean.redactions().iter().filter_map(|r| super::kind::get(&r.kind)).map(|k| k.id).find(|id| *id != "email")
}

/// What a stretch says.
fn read(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    // In an address and a form a plus sign is a space.
    let plus = text.contains('%') && !text.contains(' ');
    let mut at = 0;
    while let Some(u) = unit(text, at) {
        let rest = text.get(at..).unwrap_or_default();
        let inline =
            rest.strip_prefix('<').map(|tag| tag.trim_start_matches('/')).filter(|tag| tag.starts_with("span"));
        let (byte, len) = beyond(rest).unwrap_or((0, 0));
        if let Some(len) = inline.and_then(|_| rest.find('>')) {
            at += len + 1;
        } else if len > 0 {
            out.push(byte);
            at += len;
        } else {
            let ch = if plus && u.ch == '+' { ' ' } else { u.ch };
            if ch != MARKUP {
                out.extend_from_slice(ch.encode_utf8(&mut [0; 4]).as_bytes());
            }
            at += u.len;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A byte beyond ASCII that is written `%C3`, `%25C3`, `=C3` or `\xc3`, and its length.
fn beyond(rest: &str) -> Option<(u8, usize)> {
    let mark = ["%25", "%", "=", "\\\\x", "\\x"].into_iter().find(|mark| rest.starts_with(mark))?;
    let byte = u8::from_str_radix(rest.get(mark.len()..mark.len() + 2)?, 16).ok()?;
    (byte >= 0x80).then_some((byte, mark.len() + 2))
}
