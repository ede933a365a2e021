//! The pass over the text: stops at words, `@`, `://`, braces and options, and asks what stands there.
//!
//! It looks back at most [`BACK`] bytes and ahead as far as one value reaches, so it can run over a window of a stream.

use super::options::{self, Curl};
use super::sink::{Sink, decode};
use super::unit::{byte, is_typographic_hyphen, is_zero_width, starts_zero_width, unit};
use super::{
    account, email, forms, gap, hexdump, judge, link, masked, names, net, pem, placeholder, run, spelt, spread, table,
    tail, url, value,
};
use std::sync::LazyLock;

/// How far the scanner looks back for what stands before a name.
pub(super) const BACK: usize = 64;

/// What a byte makes the scanner do.
const SKIP: u8 = 0;
const WORD: u8 = 1;
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
struct Tables {
    forms: forms::Starts,
    names: names::Endings,
}

/// Made once: what intake decoded is run over in many small pieces.
static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables { forms: forms::Starts::new(), names: names::Endings::new() });

fn class(b: u8) -> u8 {
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
                // The mark of a key block is a word of its own, whatever it stands behind: `\n-----BEGIN`.
                if bytes.get(at..end).is_some_and(|word| word.len() > pem::BEGIN.len() && word.ends_with(pem::BEGIN)) {
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
        b':' => url::after_colon(sink, at + 1).or_else(|| numbered(sink, at)).or_else(|| link::label(sink, at)),
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
    let rest = text.get(at..value::floor(text, text.len().min(at + run::GLANCE)))?;
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
        && matches!(byte(text, end), b',' | b';' | b')' | b'\t' | b'\r' | b'\n' | b'"' | b'`' | b']')
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
            let before = text.get(value::floor(text, at.saturating_sub(BACK))..at).unwrap_or_default();
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

/// A name whose hyphens or underscores are escaped: `x\u002dapi\u002dkey`, `api%5Fkey`.
fn escaped_name(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    let joint = text.get(at..end)?.get(..5.min(end - at))?;
    let escaped = match byte(text, at.wrapping_sub(1)) {
        b'\\' => ["u002d", "u002D", "u005f", "u005F", "x2d", "x2D", "x5f", "x5F"].iter().any(|j| joint.starts_with(j)),
        b'%' => ["2d", "2D", "5f", "5F"].iter().any(|j| joint.starts_with(j)),
        _ => false,
    };
    if !escaped {
        return None;
    }
    let back = text.as_bytes().get(at.saturating_sub(BACK)..at)?;
    let len =
        back.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'\\' | b'%')).count();
    let decoded = decode(text, at - len, end);
    let name = decoded.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).next()?;
    let place = names::classify(name, "")?;
    value::after_name(sink, at - len, end, place)
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

/// True where the word's first letters belong to an escape.
fn is_escaped(text: &str, at: usize) -> bool {
    matches!(byte(text, at.wrapping_sub(1)), b'\\' | b'%' | b'[' | b';')
}

/// How many of the word's first bytes may belong to an escape before it, zero first.
fn escape_widths(text: &str, at: usize) -> impl IntoIterator<Item = usize, IntoIter: DoubleEndedIterator> {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let width = match byte(text, at.wrapping_sub(1)) {
        b'\\' => match byte(text, at) {
            b'n' | b'r' | b't' | b'b' | b'f' => 1,
            b'u' => 5,
            b'x' => 3,
            _ => 0,
        },
        b'%' => match rest {
            // `%5Cn`, and `%1B%5B32m`.
            [b'5', b'C' | b'c', b'n' | b'r' | b't', ..] => 3,
            [b'5', b'C' | b'c', b'u', ..] => 7,
            [b'2', b'5', ..] => 4,
            [b'5', b'B' | b'b', colour @ ..] => 2 + colour_width(colour),
            _ => 2,
        },
        // The end of an ANSI colour sequence.
        b'[' | b';' => colour_width(rest),
        _ => 0,
    };
    [0, width].into_iter().take(if width > 0 { 2 } else { 1 })
}

/// How many of the word's first bytes belong to an escape before it.
pub(super) fn escape_width(text: &str, at: usize) -> usize {
    escape_widths(text, at).into_iter().next_back().unwrap_or(0)
}

/// Width of the digits and the `m` that end an ANSI colour sequence; zero where this is none.
fn colour_width(rest: &[u8]) -> usize {
    let digits = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    if matches!(rest.get(digits), Some(b'm' | b'K')) { digits + 1 } else { 0 }
}

/// Looks for a form at the start of what is no escape, and inside a long word.
fn inside(sink: &mut Sink<'_>, tables: &Tables, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    for width in escape_widths(text, at).into_iter().skip(1) {
        if let Some(next) = form(sink, at + width, at + width) {
            return Some(next);
        }
    }
    let word = text.as_bytes().get(at..end)?;
    // Up to where a run is known to be words.
    let mut words = 0;
    for (skip, start) in word.windows(2).enumerate().skip(1) {
        let &[a, b] = start else { continue };
        if skip < words {
            continue;
        }
        // The third may stand behind the word, encoded.
        let c = byte(text, at + skip + 2);
        if !tables.forms.has(a, b, c) {
            continue;
        }
        let before = word.get(skip - 1).copied().unwrap_or(0);
        let rest = text.get(at + skip..)?;
        // In the middle of a word only what can be nothing else.
        let boundary = !before.is_ascii_alphanumeric();
        if rest.starts_with(forms::OPENAI_MARK)
            && let Some(next) = marked(sink, at)
        {
            return Some(next);
        }
        let telling =
            ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-", "sk-or-v1-", "github_pat_", "eyJhbGci", "eyJ0eXAi"];
        if boundary || telling.iter().any(|t| rest.starts_with(t)) {
            if let Some(next) = form(sink, at + skip, at) {
                return Some(next);
            }
            let glance = rest.get(..value::floor(rest, run::GLANCE.min(rest.len()))).unwrap_or_default();
            if glance.len() >= run::GLANCE && judge::is_wordy(glance) {
                words = skip + run::GLANCE / 2;
            }
        }
    }
    None
}

/// A run without a prefix that holds the mark of OpenAI's keys: a part of one.
fn marked(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let read = run::read(sink.text, at, run::LONGEST, &|_| true);
    let len =
        read.text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(read.text.len());
    let part = read.text.get(..len).filter(|part| part.len() >= 20 && part.contains(forms::OPENAI_MARK))?;
    let (start, end) = (sink.done().max(at), read.end_of(len));
    sink.replace(
        start,
        end,
        "openai-style-key",
        part,
        super::fingerprint::Flags { truncated: true, ..Default::default() },
    );
    Some(end)
}

/// Replaces a secret of a known form that starts at `at` in a word from `word` on.
fn form(sink: &mut Sink<'_>, at: usize, word: usize) -> Option<usize> {
    if !forms::may_start(sink.text.get(at..)?) || !starts_right(sink.text, at) || is_stub(sink.text, at) {
        return None;
    }
    let mut read = run::read(sink.text, at, run::GLANCE, &forms::is_complete);
    if read.text.len() >= run::GLANCE {
        known(&run::without_zero_width(&read.text))?;
        read = run::read(sink.text, at, run::LONGEST, &forms::is_complete);
    } else if let Some(next) = masked_key(sink, &read, word) {
        return Some(next);
    }
    let plain = run::without_zero_width(&read.text);
    let Some(found) = known(&plain) else {
        // The first piece of one.
        let end = read.end_of(read.text.len());
        let (rest, kind) = (gap::completed(sink.text, end, &plain)?, forms::prefix_kind(&plain)?);
        sink.replace(at, rest, kind, &decode(sink.text, at, rest), Default::default());
        return Some(rest);
    };
    let (skip, len) = run::with_zero_width(&read.text, found.skip, found.len);
    let key = read.text.get(skip..len)?;
    let flags = super::fingerprint::Flags {
        truncated: found.truncated,
        white_space: read.broken && len > read.unbroken,
        ..Default::default()
    };
    head_of(sink, word, at);
    let (start, end) = (read.end_of(skip), read.end_of(len));
    sink.replace(start, end, found.kind, key, flags);
    if read.is_cut() && len == read.text.len() {
        sink.tail = Some(tail::Tail::Run);
    }
    Some(end)
}

/// `eyJ.`: the header of a token holds an algorithm at least, and is longer. Spares reading on from each of many.
fn is_stub(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let len = rest.iter().take(16).take_while(|b| class(**b) & WORD != 0).count();
    rest.starts_with(b"eyJ") && len < 16 && rest.get(len) == Some(&b'.')
}

/// What stands in the word before a key is judged by itself, as it will be when the key is gone.
fn head_of(sink: &mut Sink<'_>, word: usize, at: usize) {
    let head = sink.text.get(word..at).unwrap_or_default();
    match forms::find(head, false).filter(|form| form.len == head.len()) {
        Some(form) => sink.replace(word + form.skip, at, form.kind, head, Default::default()),
        None if head.len() >= net::SHORTEST => {
            sink.judged = sink.judged.min(word);
            net::word(sink, word, at, at);
        }
        None => {}
    }
}

/// True where the first letters, with all notation undone, are those of some form: a look before all is read.
fn starts_right(text: &str, at: usize) -> bool {
    let (mut at, mut first) = (at, [0_u8; 3]);
    let mut count = 0;
    for _ in 0..16 {
        let Some(u) = unit(text, at) else { break };
        at += u.len;
        let b = match u.ch {
            ch if is_zero_width(ch) || count > 0 && matches!(ch, '\'' | '"') => continue,
            ch if is_typographic_hyphen(ch) => b'-',
            ch => u8::try_from(ch).unwrap_or(0),
        };
        if let Some(place) = first.get_mut(count) {
            *place = b;
        }
        count += 1;
        if count == first.len() {
            break;
        }
    }
    let [a, b, c] = first;
    TABLES.forms.has(a, b, c)
}

/// The form of a run; where letters of another script follow the key, the form of what stands before them.
fn known(plain: &str) -> Option<forms::Found> {
    forms::find(plain, false).or_else(|| {
        let ascii = plain.find(|c: char| !c.is_ascii())?;
        forms::find(plain.get(..ascii)?, false)
    })
}

/// Passes over a key that the provider masked, and notes it.
fn masked_key(sink: &mut Sink<'_>, read: &run::Run, word: usize) -> Option<usize> {
    let text = sink.text;
    let run_end = read.end_of(read.text.len());
    let next = unit(text, run_end).map(|u| u.ch);
    if !next.is_some_and(masked::is_mask) && !read.text.contains("...") {
        return None;
    }
    let rest = text.get(read.start..)?;
    let len = rest
        .char_indices()
        .take(400)
        .find(|(_, c)| !(run::is_key_char(*c) || masked::is_mask(*c)))
        .map_or_else(|| rest.char_indices().take(400).last().map_or(0, |(at, c)| at + c.len_utf8()), |(at, _)| at);
    let shown = rest.get(..len)?.trim_end_matches('.');
    let shown = if shown.contains(masked::is_mask) || shown.contains("...") { shown } else { rest.get(..len)? };
    let end = read.start + shown.len();
    if masked::is_masked(shown) {
        sink.masked(shown);
        return Some(end);
    }
    // What hides too little is no mask.
    let (head, tail) = masked::ends(shown)?;
    let much = || tail.len() > 6 && !judge::is_wordy(tail);
    let kind = forms::find(head, true).map(|found| found.kind);
    let kind = kind.or_else(|| forms::prefix_kind(head).filter(|_| much()))?;
    head_of(sink, word, read.start);
    sink.replace(read.start, end, kind, "", Default::default());
    Some(end)
}
