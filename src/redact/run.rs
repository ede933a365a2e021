//! Reads the run of key characters at a place, whatever it is written in, and remembers where each of them stands.

use super::judge::{is_wordy, turns};
use super::unit::{Unit, Writing, is_zero_width, unit};
use zeroize::Zeroizing;

/// Longest run that is read as one key, in characters: more than any token that a header may hold.
pub(super) const LONGEST: usize = 16 * 1024;

/// Length of the first look, in characters: enough to tell a form, so that what only looks like one costs little.
pub(super) const GLANCE: usize = 160;

/// Most lines that a wrapped key may stand on, and its greatest length then.
const MOST_LINES: usize = 48;
const LONGEST_WRAPPED: usize = 4096;

/// Key characters with all notation undone.
pub(super) struct Run {
    /// The characters.
    pub(super) text: Zeroizing<String>,
    /// For each byte of `text`, the offset in the raw text after the character that it belongs to.
    ends: Vec<usize>,
    /// Offset where the run starts in the raw text.
    pub(super) start: usize,
    /// Characters without width stand inside.
    pub(super) zero_width: bool,
    /// Goes on after a line break.
    pub(super) broken: bool,
    /// Length in bytes up to the first line break.
    pub(super) unbroken: usize,
}

impl Run {
    /// Offset in the raw text after the first `len` bytes of the run.
    pub(super) fn end_of(&self, len: usize) -> usize {
        len.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(self.start)
    }

    fn push(&mut self, ch: char, end: usize) {
        self.text.push(ch);
        self.ends.resize(self.text.len(), end);
    }
}

/// Characters of keys, tokens and base64 (RFC 9110's token68).
pub(super) fn is_key_char(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_' | '.' | '~' | '+' | '/' | '=')
}

/// Reads from `at`. At a line break `complete` says whether what was read so far is a whole key; where it is not, a
/// next line that looks like its rest is read too.
pub(super) fn read(text: &str, at: usize, limit: usize, complete: &dyn Fn(&str) -> bool) -> Run {
    let mut run = Run {
        text: Zeroizing::new(String::with_capacity(256)),
        ends: Vec::with_capacity(256),
        start: at,
        zero_width: false,
        broken: false,
        unbroken: 0,
    };
    let mut at = at;
    let mut lines = 0;
    while run.text.len() < limit
        && let Some(u) = unit(text, at)
    {
        let next = at + u.len;
        if is_key_char(u.ch) {
            run.push(u.ch, next);
        } else if is_zero_width(u.ch) {
            run.zero_width = true;
            if !unit(text, next).is_some_and(|n| is_key_char(n.ch) || is_zero_width(n.ch)) {
                break;
            }
            run.push(u.ch, next);
        } else if !u.ch.is_ascii() && u.ch.is_alphanumeric() && run.text.len() >= 8 {
            // A letter of another script inside a key: only where key characters go on after it.
            if !unit(text, next).is_some_and(|n| is_key_char(n.ch)) {
                break;
            }
            run.push(u.ch, next);
        } else if u.ch.is_whitespace() | (u.ch == '\\')
            && run.text.len() >= 8
            && lines < MOST_LINES
            && run.text.len() < LONGEST_WRAPPED
            && !complete(&run.text)
        {
            lines += 1;
            let Some((from, to)) = continuation(text, at, &run.text) else { break };
            if !run.broken {
                run.unbroken = run.text.len();
            }
            run.broken = true;
            let mut spot = from;
            while spot < to
                && let Some(u) = unit(text, spot)
            {
                spot += u.len;
                run.push(u.ch, spot);
            }
            at = spot;
            continue;
        } else {
            break;
        }
        at = next;
    }
    run
}

/// The stretch on the next line that looks like the rest of a key whose line ends at `at`.
pub(super) fn continuation(text: &str, at: usize, before: &str) -> Option<(usize, usize)> {
    let mut at = at;
    let mut lines = 0;
    // The line end, with a shell's `\` or a quote-less `+` before it, then what indents or marks the next line.
    for _ in 0..48 {
        let u = unit(text, at)?;
        match u.ch {
            '\n' => lines += 1,
            '\r' | ' ' | '\t' => {}
            '\\' if u.writing == Writing::Plain && lines == 0 => {}
            '>' | '|' | '\u{2502}' if lines > 0 => {}
            _ => break,
        }
        at += u.len;
    }
    if lines != 1 {
        return None;
    }
    let from = at;
    let mut chars = 0;
    let mut rest = String::new();
    let end = loop {
        match unit(text, at) {
            Some(Unit { ch, len, .. }) if is_key_char(ch) && chars < 512 => {
                rest.push(ch);
                at += len;
                chars += 1;
            }
            other => break other,
        }
    };
    let rest = Zeroizing::new(rest);
    let ends_well = match end {
        None => true,
        Some(u) => {
            u.ch.is_whitespace()
                || super::unit::is_quote(u.ch)
                || matches!(u.ch, ',' | ')' | ']' | '}' | '\\' | '<' | '|' | '\u{2502}')
        }
    };
    // A word, a header name, an option or a number is no rest of a key.
    let random = !is_wordy(&rest)
        && turns(&rest) >= if chars >= 8 { 1 } else { 2 }
        && !rest.starts_with("--")
        && !rest.contains("://")
        && super::forms::find(&rest, false).is_none();
    (ends_well && (random && chars >= 4 || super::forms::would_complete(before, chars))).then_some((from, at))
}

/// The run without characters of no width, for the comparison with forms.
pub(super) fn without_zero_width(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(|c| !is_zero_width(*c)).collect())
}

/// Turns a range of the text without zero-width characters into one of the text with them.
pub(super) fn with_zero_width(text: &str, skip: usize, len: usize) -> (usize, usize) {
    let (mut plain, mut from, mut to) = (0, 0, 0);
    for (at, ch) in text.char_indices() {
        if plain >= len {
            break;
        }
        let next = at + ch.len_utf8();
        if !is_zero_width(ch) {
            plain += ch.len_utf8();
            if plain <= skip {
                from = next;
            }
        }
        to = next;
    }
    (from, to)
}
