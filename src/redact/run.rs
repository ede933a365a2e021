//! Reads the run of key characters at a place, whatever it is written in, and remembers where each of them stands.

use super::unit::{MARKUP, Writing, is_typographic_hyphen, is_zero_width, unit};
use super::{forms, gap};
use zeroize::Zeroizing;

/// Longest run that is read as one key, in characters: more than any token that a header may hold. What goes on behind it is
/// passed over as its tail.
pub(super) const LONGEST: usize = 16 * 1024;

/// As many bytes as that may take: encoded characters take several.
const LONGEST_BYTES: usize = 64 * 1024;

/// Length of the first look, in characters: enough to tell a form, so that what only looks like one costs little.
pub(super) const GLANCE: usize = 160;

/// From this length on nothing is a whole key of a known length any more.
const PAST_KEYS: usize = 256;

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

    /// True where reading stopped at its bound.
    pub(super) fn is_cut(&self) -> bool {
        self.text.len() >= LONGEST || self.end_of(self.text.len()).saturating_sub(self.start) >= LONGEST_BYTES
    }

    /// Each character with the bytes that it takes in the raw text.
    pub(super) fn widths(&self) -> impl Iterator<Item = (char, usize)> + '_ {
        let mut from = self.start;
        self.text.char_indices().map(move |(at, ch)| {
            let end = self.ends.get(at).copied().unwrap_or(from);
            (ch, end.saturating_sub(std::mem::replace(&mut from, end)))
        })
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

/// Key characters and what may stand among them without width.
pub(super) fn is_zero_width_or_key(ch: char) -> bool {
    is_key_char(ch) || is_zero_width(ch)
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
    // What has no width before a key is none of it.
    if !unit(text, at).is_some_and(|u| is_key_char(u.ch)) {
        return run;
    }
    let goes_on = |at: usize| unit(text, at).is_some_and(|n| is_key_char(n.ch) || is_zero_width(n.ch));
    let mut at = at;
    while run.text.len() < limit
        && at - run.start < LONGEST_BYTES
        && let Some(u) = unit(text, at)
    {
        let next = at + u.len;
        // An equals sign at a line's end may be quoted-printable's (RFC 2045, section 6.7): it joins the lines.
        let soft_end = u.ch == '=' && u.writing == Writing::Plain && gap::is_line_end(text, next);
        if is_key_char(u.ch) && !soft_end {
            run.push(u.ch, next);
        } else if is_zero_width(u.ch) {
            if !goes_on(next) {
                break;
            }
            if u.ch != MARKUP {
                run.zero_width = true;
                run.push(u.ch, next);
            }
        } else if is_typographic_hyphen(u.ch)
            && (run.text.len() < 12 || forms::starts_like_one(&run.text))
            && goes_on(next)
        {
            run.push('-', next);
        } else if !u.ch.is_ascii() && u.ch.is_alphanumeric() && run.text.len() >= 8 {
            // A letter of another script inside a key: only where key characters go on after it.
            if !unit(text, next).is_some_and(|n| is_key_char(n.ch)) {
                break;
            }
            run.push(u.ch, next);
        } else if run.text.len() >= 3 && gap::may_start(u.ch) && (run.text.len() > PAST_KEYS || !complete(&run.text)) {
            let Some((from, to)) = gap::rest(text, at, &run.text) else {
                if soft_end {
                    run.push(u.ch, next);
                }
                break;
            };
            if !run.broken {
                run.unbroken = run.text.len();
            }
            run.broken = true;
            let mut spot = from;
            while spot < to
                && let Some(u) = unit(text, spot)
            {
                spot += u.len;
                if u.ch != MARKUP {
                    run.push(u.ch, spot);
                }
            }
            at = spot;
            continue;
        } else if soft_end {
            run.push(u.ch, next);
            break;
        } else {
            break;
        }
        at = next;
    }
    run
}

/// The run without characters of no width, for the comparison with forms.
pub(super) fn without_zero_width(text: &str) -> Zeroizing<String> {
    if text.is_ascii() {
        return Zeroizing::new(text.to_owned());
    }
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
