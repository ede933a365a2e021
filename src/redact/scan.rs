//! The pass over the text: stops at words, `@`, `://`, braces and options, and asks what stands there.
//!
//! It looks back at most [`BACK`] bytes and ahead as far as one value reaches, so it can run over a window of a stream.

use super::escaped::{escape_widths, escaped_name};
use super::found::{form, inside};
use super::options::{self, Curl};
use super::sink::Sink;
use super::unit::{Writing, byte, floor, is_typographic_hyphen, is_zero_width, starts_zero_width, unit};
use super::{
    account, clock, command, email, forms, hexdump, link, names, net, pem, placeholder, run, spelt, spread, table,
    tail, unfold, url, value,
};
use std::sync::LazyLock;

/// How far the scanner looks back for what stands before a name.
pub(super) const BACK: usize = 64;

/// What a byte makes the scanner do, as bits; nothing where neither of these two is set.
pub(super) const WORD: u16 = 1;
pub(super) const STOP: u16 = 1 << 1;

/// Bits beside [`WORD`] for small letters, capitals, digits and marks: words of one class cost nothing more.
pub(super) const LOWER: u16 = 1 << 2;
pub(super) const UPPER: u16 = 1 << 3;
pub(super) const DIGIT: u16 = 1 << 4;
const MARK: u16 = 1 << 5;
const HEX: u16 = 1 << 6;

/// Bits of what stands around a word: an escape whose end the word may start with, what may stand between a name and its value,
/// what ends the head of a column, what parts the members of a list.
const ESCAPE: u16 = 1 << 7;
const LINK: u16 = 1 << 8;
const CELL: u16 = 1 << 9;
const GAP: u16 = 1 << 10;

/// Built when the program is compiled, so that indexing cannot fail at run time.
#[allow(clippy::indexing_slicing)]
const CLASSES: [u16; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 256 {
        let b = at as u8;
        classes[at] = match b {
            b'0'..=b'9' => WORD | DIGIT | HEX,
            b'A'..=b'F' => WORD | UPPER | HEX,
            b'G'..=b'Z' => WORD | UPPER,
            b'a'..=b'f' => WORD | LOWER | HEX,
            b'g'..=b'z' => WORD | LOWER,
            b'_' | b'-' => WORD | MARK,
            b'@' | b':' | b'{' | b'%' | b'&' | b'\\' | b'<' => STOP,
            lead if starts_zero_width(lead) => STOP,
            _ => 0,
        };
        classes[at] |= if matches!(b, b'\\' | b'%' | b'[' | b';') { ESCAPE } else { 0 };
        classes[at] |= if may_follow(b) { LINK } else { 0 };
        classes[at] |=
            if matches!(b, b',' | b';' | b')' | b'\t' | b'\r' | b'\n' | b'"' | b'`' | b']' | b'|') { CELL } else { 0 };
        classes[at] |= if spread::parts(b) { GAP } else { 0 };
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

#[inline(always)]
pub(super) fn class(b: u8) -> u16 {
    CLASSES.get(usize::from(b)).copied().unwrap_or(0)
}

/// Longest word that is looked at in one piece, in bytes.
const LONGEST_WORD: usize = 16 * 1024;

/// How far from a word on anything is looked up, in bytes: behind it, a word, a value and what stands in the value, each as long as
/// may be; before it, what was written already. A stream keeps that much of the text.
pub(super) const AHEAD: usize = 256 * 1024;
pub(super) const BEHIND: usize = 4 * 1024;

/// The end of the word that starts at `at`, and what it is made of.
#[inline(always)]
fn word_at(bytes: &[u8], at: usize) -> (usize, u16) {
    let rest = bytes.get(at..bytes.len().min(at + LONGEST_WORD)).unwrap_or_default();
    let mut mix = 0;
    let len = rest.iter().position(|b| {
        let class = class(*b);
        // What ends a word has none of these bits.
        mix |= class;
        class & WORD == 0
    });
    (at + len.unwrap_or(rest.len()), mix & (LOWER | UPPER | DIGIT | MARK))
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
    let starts = bytes.get(..until).unwrap_or(bytes);
    let tables = &*TABLES;
    let wished = sink.options.accounts || sink.options.addresses;
    let mut at = from;
    while let Some(b) = starts.get(at) {
        if let Some(tail) = sink.tail {
            at = tail::pass(sink, tail, at, until);
            continue;
        }
        let first = class(*b);
        if first & WORD == 0 {
            let next = if first & STOP == 0 { None } else { stop(sink, *b, at, to) };
            if let Some(next) = next {
                sink.keep(next);
            }
            at = next.unwrap_or(0).max(at + 1);
            continue;
        }
        let (mut end, mix) = word_at(bytes, at);
        if first & DIGIT != 0
            && clock::may_be(bytes, at, end)
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
        // Of two classes or more, or behind what may say that it is a password.
        let classes = mix & (LOWER | UPPER | DIGIT);
        let mixed = classes & classes.wrapping_sub(1) != 0;
        let mixed = mixed && end - at >= net::SHORTEST || net::may_be_told(bytes, at) && end - at > 1;
        // Most words are nothing that anybody looks for, which a few looks at their ends tell.
        let matters = wished || may_matter(text.as_bytes(), tables, at, end, first);
        debug_assert!(
            matters || looked_at(sink, tables, curl, at, end, first, mix).is_none(),
            "a first look misses what a second finds"
        );
        if !(mixed || matters) {
            at = end;
            continue;
        }
        let mut next = if matters {
            // What goes on in another writing may be a text of several lines.
            encoded(sink, end, to).or_else(|| looked_at(sink, tables, curl, at, end, first, mix))
        } else {
            None
        };
        if let Some(next) = next {
            sink.keep(next);
        }
        if next.is_none() && mixed {
            next = net::word(sink, at, end, usize::MAX);
        }
        // What stuck to a secret went with it.
        at = next.map_or(end, |next| next.max(sink.done())).max(at + 1);
    }
    at
}

/// Reads what goes on behind a word in another writing before the word.
#[inline(always)]
fn encoded(sink: &mut Sink<'_>, end: usize, to: usize) -> Option<usize> {
    if matches!(byte(sink.text, end), b'%' | b'&') { unfold::ahead(sink, end, to) } else { None }
}

/// Looks at one word that is made of such characters.
#[inline]
fn looked_at(
    sink: &mut Sink<'_>,
    tables: &Tables,
    curl: &mut Curl,
    at: usize,
    end: usize,
    first: u16,
    mix: u16,
) -> Option<usize> {
    // A short number is neither a name nor a form.
    if mix != DIGIT || end - at >= 4 || sink.options.addresses || byte(sink.text, end) == b'/' {
        return word(sink, tables, curl, at, end, first);
    }
    if spread::may_go_on(sink.text, end, end - at == 1) { spread::word(sink, at, end) } else { None }
}

/// A first look that costs little: false where [`looked_at`] finds nothing in the word at `at..end`, whose first byte is of this
/// class. What is added there has its sign here; builds for tests look twice.
#[inline(always)]
fn may_matter(bytes: &[u8], tables: &Tables, at: usize, end: usize, first: u16) -> bool {
    // The word with two bytes on either side.
    let around = at.checked_sub(2).and_then(|from| bytes.get(from..end + 2)).unwrap_or_default();
    let ([_, before, a, b, c, ..], [.., x, y, z, behind, next]) = (around, around) else { return true };
    let (len, behind) = (end - at, class(*behind));
    let hex = first & class(*z) & HEX != 0;
    first & MARK | class(*before) & ESCAPE != 0
        || len >= 12
        || tables.forms.has(*a, *b, *c)
        || behind & (LINK | CELL) != 0 && tables.names.has(*x, *y, *z)
        || behind & GAP != 0 && (len == 1 || len <= 4 && first & HEX != 0 && class(*next) & (GAP | HEX) != 0)
        || hex && hexdump::may_be(*before, len)
        || len == 4 && a | 0x20 == b'c'
}

/// Looks at a byte that may start something other than a word.
#[inline(never)]
fn stop(sink: &mut Sink<'_>, b: u8, at: usize, to: usize) -> Option<usize> {
    let text = sink.text;
    match b {
        b'@' => url::source(sink, at).or_else(|| email::at_sign(sink, at, 1)),
        b':' => {
            // Most colons have a space, a quotation mark, a letter or a digit behind them, and no digit before them.
            let plain = |b: u8| matches!(b, b' ' | b'"' | b'\'' | b',') || class(b) & WORD != 0;
            let credentials = if plain(byte(text, at + 1)) { None } else { url::after_colon(sink, at + 1) };
            let number = || byte(text, at.wrapping_sub(1)).is_ascii_digit().then(|| numbered(sink, at)).flatten();
            credentials.or_else(number).or_else(|| link::label(sink, at)).or_else(|| command::slashed(sink, at))
        }
        b'{' => placeholder::settle(sink, at),
        // Of tags only `<br>` parts lines.
        b'<' if byte(text, at + 1) | 0x20 != b'b' => None,
        b'%' | b'&' | b'\\' | b'<' => {
            if matches!(b, b'%' | b'&')
                && let Some(after) = unfold::ahead(sink, at, to)
            {
                return Some(after);
            }
            let u = unit(text, at)?;
            match u.ch {
                '\n' => unfold::lines(sink, at, to, u.writing),
                ch if !ch.is_ascii() && ch.is_alphanumeric() => unfold::lines(sink, at, to, u.writing),
                '%' if text.get(at..).and_then(unfold::letter).is_some() => {
                    unfold::lines(sink, at, to, Writing::Percent)
                }
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

/// Looks at one word, whose first byte is of this class.
#[inline(never)]
fn word(sink: &mut Sink<'_>, tables: &Tables, curl: &mut Curl, at: usize, end: usize, first: u16) -> Option<usize> {
    let text = sink.text;
    let len = end - at;
    let (before, behind) = (class(byte(text, at.wrapping_sub(1))), class(byte(text, end)));
    let [a, b, c] = three(text, at);
    if first & MARK != 0 || before & ESCAPE != 0 {
        if a == b'-'
            && let Some(next) = pem::block(sink, at, end).or_else(|| options::option(sink, curl, at, end))
        {
            return Some(next);
        }
        // `%20--user`.
        if a != b'-'
            && c == b'-'
            && byte(text, at.wrapping_sub(1)) == b'%'
            && let Some(next) = options::option(sink, curl, at + 2, end)
        {
            return Some(next);
        }
    }
    if tables.forms.has(a, b, c)
        && let Some(next) = form(sink, at, at)
    {
        return Some(next);
    }
    if behind & GAP != 0
        && (len == 1 || len <= 4 && first & HEX != 0)
        && spread::may_go_on(text, end, len == 1)
        && let Some(next) = spread::word(sink, at, end)
    {
        return Some(next);
    }
    if first & HEX != 0
        && hexdump::may_be(byte(text, at.wrapping_sub(1)), len)
        && let Some(next) = hexdump::word(sink, at, end)
    {
        return Some(next);
    }
    if (len >= 12 || before & ESCAPE != 0)
        && let Some(next) = inside(sink, tables, at, end)
    {
        return Some(next);
    }
    if len == 4 && (a | 0x20) == b'c' {
        curl.note(text, at, end);
    }
    if behind & (LINK | CELL) != 0 && {
        let [a, b, c] = three(text, end.wrapping_sub(3));
        tables.names.has(a, b, c)
    } {
        if len == 3
            && (a, b) == (b'n', b'e')
            && let Some(next) = command::net_user(sink, at)
        {
            return Some(next);
        }
        // Columns of spaces have two or more between them.
        let member = byte(text, end) == b'"' && byte(text, end + 1) == b':';
        if !member
            && (behind & CELL != 0 || behind_space(text, end) || byte(text, end) == b'<')
            && let Some(
                names::Place::Secret(kind)
                | names::Place::Likely(kind @ "password")
                | names::Place::Parameter(kind @ "api-key"),
            ) = text.get(at..end).and_then(|name| names::classify(name, ""))
            && let Some(next) = table::column(sink, at, end, kind)
        {
            return Some(next);
        }
        if behind & LINK != 0
            && let Some(next) = named(sink, at, end)
        {
            return Some(next);
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

/// Looks at the value behind a word that ends like a name.
fn named(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
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
    None
}

/// True where a space stands at `at` and what ends a cell behind it: the next column, a mark, the line's end.
fn behind_space(text: &str, at: usize) -> bool {
    byte(text, at) == b' ' && matches!(byte(text, at + 1), b' ' | b'|' | b'\n')
}

/// Three bytes from `at` on, zeros outside of the text.
#[inline(always)]
fn three(text: &str, at: usize) -> [u8; 3] {
    match text.as_bytes().get(at..) {
        Some([a, b, c, ..]) => [*a, *b, *c],
        _ => [0, 1, 2].map(|next| byte(text, at.wrapping_add(next))),
    }
}

/// True for what may stand between a name and its value: separators, what closes the name, and what encodes them.
const fn may_follow(b: u8) -> bool {
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
