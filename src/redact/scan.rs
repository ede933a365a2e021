//! The pass over the text: stops at words, `@`, `://`, braces and options, and asks what stands there.
//!
//! It looks back at most [`BACK`] bytes and ahead as far as one value reaches, so it can run over a window of a stream.

use super::escaped::{escape_widths, escaped_name, is_escaped};
use super::found::{form, inside};
use super::options::{self, Curl};
use super::sink::Sink;
use super::unit::{byte, floor, is_typographic_hyphen, is_zero_width, starts_zero_width, unit};
use super::{
    account, clock, command, email, forms, hexdump, link, names, net, pem, placeholder, run, spelt, spread, table, tail,
    url, value,
};
use std::sync::LazyLock;

/// How far the scanner looks back for what stands before a name.
pub(super) const BACK: usize = 64;

/// What a byte makes the scanner do.
const SKIP: u8 = 0;
pub(super) const WORD: u8 = 1;
const STOP: u8 = 2;

/// Bits beside [`WORD`] for small letters, capitals, digits and marks: words of one class cost nothing more.
const LOWER: u8 = 4;
const UPPER: u8 = 8;
const DIGIT: u8 = 16;
const MARK: u8 = 32;

/// Built when the program is compiled, so that indexing cannot fail at run time.
#[allow(clippy::indexing_slicing)]
const CLASSES: [u8; 256] = {
    let mut classes = [SKIP; 256];
    let mut at = 0;
    while at < 256 {
        classes[at] = match at as u8 {
            b'0'..=b'9' => WORD | DIGIT,
            b'A'..=b'Z' => WORD | UPPER,
            b'a'..=b'z' => WORD | LOWER,
            b'_' | b'-' => WORD | MARK,
            b'@' | b':' | b'{' | b'%' | b'&' | b'\\' => STOP,
            lead if starts_zero_width(lead) => STOP,
            _ => SKIP,
        };
        at += 1;
    }
    classes
};

/// What is looked up for each word.
pub(super) struct Tables {
    pub(super) forms: forms::Starts,
    names: names::Endings,
}

/// Made once: what intake decoded is run over in many small pieces.
pub(super) static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables { forms: forms::Starts::new(), names: names::Endings::new() });

pub(super) fn class(b: u8) -> u8 {
    CLASSES.get(usize::from(b)).copied().unwrap_or(SKIP)
}

/// Longest word that is looked at in one piece, in bytes.
const LONGEST_WORD: usize = 16 * 1024;

/// How far from a word on anything is looked up, in bytes: behind it, a word, a value and what stands in the value, each as long as
/// may be; before it, what was written already. A stream keeps that much of the text.
pub(super) const AHEAD: usize = 256 * 1024;
pub(super) const BEHIND: usize = 4 * 1024;

/// The end of the word that starts at `at`, and what it is made of.
#[inline(always)]
fn word_at(bytes: &[u8], at: usize) -> (usize, u8) {
    let rest = bytes.get(at..bytes.len().min(at + LONGEST_WORD)).unwrap_or_default();
    let mut mix = 0;
    for (len, b) in rest.iter().enumerate() {
        let class = class(*b);
        if class & WORD == 0 {
            return (at + len, mix & !WORD);
        }
        mix |= class;
    }
    (at + rest.len(), mix & !WORD)
}

/// Runs over the whole text.
pub(super) fn run_over(sink: &mut Sink<'_>) {
    stretch(sink, 0, sink.text.len());
}

/// Runs over a stretch of the text; a value that starts in it may end behind it.
pub(super) fn stretch(sink: &mut Sink<'_>, from: usize, to: usize) {
    advance(sink, &mut Curl::default(), from, to, to);
}

/// Looks at all that starts in `from..until`; words end at `to`. Gives the offset to go on from.
pub(super) fn advance(sink: &mut Sink<'_>, curl: &mut Curl, from: usize, until: usize, to: usize) -> usize {
    let text = sink.text;
    let bytes = text.as_bytes().get(..to).unwrap_or_default();
    let tables = &*TABLES;
    let mut at = from;
    while let Some(b) = bytes.get(at).filter(|_| at < until) {
        if let Some(tail) = sink.tail {
            at = tail::pass(sink, tail, at, until);
            continue;
        }
        match class(*b) {
            SKIP => at += 1,
            first if first & WORD != 0 => {
                let (mut end, mix) = word_at(bytes, at);
                if first & DIGIT != 0
                    && !sink.options.addresses
                    && let Some(after) = clock::pass(bytes, at, end)
                {
                    at = after;
                    continue;
                }
                // The mark of a key block is a word of its own, whatever it stands behind: `\n-----BEGIN`.
                if mix & MARK != 0
                    && bytes.get(at..end).is_some_and(|word| word.len() > pem::BEGIN.len() && word.ends_with(pem::BEGIN))
                {
                    end -= pem::BEGIN.len();
                }
                // A short number: neither a name nor a form.
                if mix == DIGIT && end - at < 4 && byte(text, end) != b'/' && !sink.options.addresses {
                    let listed =
                        spread::may_go_on(text, end, end - at == 1).then(|| spread::word(sink, at, end)).flatten();
                    if let Some(next) = listed {
                        sink.keep(next);
                    }
                    at = listed.unwrap_or(end);
                    continue;
                }
                let next = word(sink, tables, curl, at, end);
                if let Some(next) = next {
                    sink.keep(next);
                }
                at = next
                    .or_else(|| {
                        let mixed =
                            mix & DIGIT != 0 && mix & (UPPER | LOWER) != 0 || mix & UPPER != 0 && mix & LOWER != 0;
                        (mixed && end - at >= net::SHORTEST).then(|| net::word(sink, at, end, usize::MAX)).flatten()
                    })
                    // What stuck to a secret went with it.
                    .map_or(end, |next| next.max(sink.done()))
                    .max(at + 1);
            }
            _ => at = stop(sink, *b, at).unwrap_or(at + 1).max(at + 1),
        }
    }
    at
}

/// Looks at a byte that may start something other than a word.
fn stop(sink: &mut Sink<'_>, b: u8, at: usize) -> Option<usize> {
    let text = sink.text;
    match b {
        b'@' => email::at_sign(sink, at, 1),
        b':' => {
            // Most colons have a space, a quotation mark, a letter or a digit behind them, and no digit before them.
            let plain = |b: u8| matches!(b, b' ' | b'"' | b'\'' | b',') || class(b) & WORD != 0;
            let credentials = if plain(byte(text, at + 1)) { None } else { url::after_colon(sink, at + 1) };
            let number = || byte(text, at.wrapping_sub(1)).is_ascii_digit().then(|| numbered(sink, at)).flatten();
            credentials.or_else(number).or_else(|| link::label(sink, at)).or_else(|| command::slashed(sink, at))
        }
        b'{' => placeholder::settle(sink, at),
        b'%' | b'&' | b'\\' => {
            let u = unit(text, at)?;
            match u.ch {
                '@' if b == b'%' => email::at_sign(sink, at, u.len),
                ':' if b == b'%' => url::after_colon(sink, at + u.len),
                ch if ch.is_ascii_alphanumeric() => spelt::run(sink, at),
                _ => None,
            }
        }
        // A character without width inside a word: the word is read again with it left out.
        _ => {
            // Full-width letters.
            if matches!(b, 0xef | 0xf0) && unit(text, at)?.ch.is_ascii_alphanumeric() {
                return spelt::run(sink, at);
            }
            if text.get(at..).is_some_and(|rest| rest.starts_with('\u{ff1a}')) {
                return link::label(sink, at);
            }
            if class(byte(text, at.checked_sub(1)?)) & WORD == 0 {
                return None;
            }
            let u = unit(text, at)?;
            if !is_zero_width(u.ch) && !is_typographic_hyphen(u.ch) {
                return None;
            }
            let back = text.as_bytes().get(at.saturating_sub(24)..at)?;
            let start = at - back.iter().rev().take_while(|b| class(**b) & WORD != 0).count();
            if start < sink.done() {
                return None;
            }
            form(sink, start, start)
        }
    }
}

/// A key that a number and a colon stand before: a bot token of Telegram.
fn numbered(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let digits =
        text.as_bytes().get(at.saturating_sub(12)..at)?.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    if !(6..12).contains(&digits) {
        return None;
    }
    let rest = text.get(at..floor(text, text.len().min(at + run::GLANCE)))?;
    let found = forms::find(rest, false).filter(|found| found.kind == "telegram-token")?;
    let (start, end) = (at - digits, at + found.len);
    sink.replace(start, end, found.kind, text.get(start..end)?, Default::default());
    Some(end)
}

/// Looks at one word.
#[inline]
fn word(sink: &mut Sink<'_>, tables: &Tables, curl: &mut Curl, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    let (a, b) = (byte(text, at), byte(text, at + 1));
    if a == b'-' {
        if let Some(next) = pem::block(sink, at, end) {
            return Some(next);
        }
        if let Some(next) = options::option(sink, curl, at, end) {
            return Some(next);
        }
    } else if byte(text, at.wrapping_sub(1)) == b'%'
        && byte(text, at + 2) == b'-'
        && let Some(next) = options::option(sink, curl, at + 2, end)
    {
        return Some(next);
    }
    if tables.forms.has(a, b, byte(text, at + 2))
        && let Some(next) = form(sink, at, at)
    {
        return Some(next);
    }
    if (end - at == 1 || end - at <= 4 && a.is_ascii_hexdigit())
        && spread::may_go_on(text, end, end - at == 1)
        && let Some(next) = spread::word(sink, at, end)
    {
        return Some(next);
    }
    if a.is_ascii_hexdigit()
        && hexdump::may_be(text, at, end)
        && let Some(next) = hexdump::word(sink, at, end)
    {
        return Some(next);
    }
    if (end - at >= 12 || is_escaped(text, at))
        && let Some(next) = inside(sink, tables, at, end)
    {
        return Some(next);
    }
    if end - at == 4 && (a | 0x20) == b'c' {
        curl.note(text, at, end);
    }
    let named = tables.names.has(
        byte(text, end.wrapping_sub(3)),
        byte(text, end.wrapping_sub(2)),
        byte(text, end.wrapping_sub(1)),
    );
    if named
        && (matches!(byte(text, end), b',' | b';' | b')' | b'\t' | b'\r' | b'\n' | b'"' | b'`' | b']')
            || byte(text, end) == b' ' && byte(text, end + 1) == b' ')
        && let Some(names::Place::Secret(kind) | names::Place::Likely(kind @ "password")) =
            text.get(at..end).and_then(|name| names::classify(name, ""))
        && let Some(next) = table::column(sink, at, end, kind)
    {
        return Some(next);
    }
    if named && may_follow(byte(text, end)) {
        if let Some(next) = escaped_name(sink, at, end) {
            return Some(next);
        }
        // `\nAuthorization`, `%20token`, `[36mapi_key`: what belongs to an escape is no part of the name.
        let widths = escape_widths(text, at);
        for skip in widths.into_iter().rev() {
            let before = text.get(floor(text, at.saturating_sub(BACK))..at).unwrap_or_default();
            if let Some(place) = text.get(at + skip..end).and_then(|name| names::classify(name, before))
                && let Some(next) = value::after_name(sink, at + skip, end, place)
            {
                return Some(next);
            }
        }
    }
    if sink.options.accounts
        && let Some(next) = account::id(sink, at, end)
    {
        return Some(next);
    }
    if sink.options.addresses
        && let Some(next) = account::address(sink, at)
    {
        return Some(next);
    }
    None
}

/// True for what may stand between a name and its value: separators, what closes the name, and what encodes them.
#[inline(always)]
fn may_follow(b: u8) -> bool {
    matches!(
        b,
        b':' | b'='
            | b'"'
            | b'\''
            | b'`'
            | b' '
            | b'\t'
            | b'\n'
            | b'\r'
            | b'\\'
            | b'&'
            | b'%'
            | b']'
            | b'*'
            | b'|'
            | b'>'
            | b'('
            | b'?'
            | b'!'
            | b'.'
            | b'<'
            | b')'
            | b','
            | 0x1b
            | 0x80..
    )
}
