//! What stands near before a run: the word that says what it is.

use super::sink::Sink;
use super::unit::{floor, is_quote};
use super::words::{self, Hint};

/// How far before a run its name may stand, in bytes, lines and words that say nothing.
pub(super) const NEAR: usize = 200;

pub(super) const LINES: usize = 2;

pub(super) const WORDS: usize = 5;

/// What was found before a run.
pub(super) enum Named {
    /// A word that says "secret" of this kind, so many other words and line ends before the run; `said` where "is", a colon or the
    /// like stands right before it.
    After { kind: &'static str, words: usize, lines: usize, said: bool },
    /// A word that says that what follows is meant to be read.
    Open,
}

/// True where the word right before `start` says that what follows is meant to be read: `trace_id":"`.
pub(super) fn is_named_open(sink: &Sink<'_>, start: usize) -> bool {
    let from = start.saturating_sub(64).max(sink.done());
    let before = sink.text.as_bytes().get(from..start).unwrap_or_default();
    let gap = before.iter().rev().take_while(|b| matches!(b, b'"' | b'\'' | b':' | b'=' | b' ' | b'\\')).count();
    let before = before.get(..before.len() - gap).unwrap_or_default();
    let len = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let word = before.get(before.len() - len..).and_then(|w| str::from_utf8(w).ok()).unwrap_or_default();
    gap > 0 && len > 1 && matches!(words::hint(word), Hint::Open)
}

/// The nearest word before `start` that says what the run is, behind at most `most` words that say nothing.
pub(super) fn name(sink: &Sink<'_>, start: usize, most: usize) -> Option<Named> {
    let text = sink.text;
    let from = floor(text, start.saturating_sub(NEAR)).max(sink.done());
    let before = text.get(from..start)?;
    if sink.done() > 0 && from == sink.done() && is_list(before) {
        return sink.last_kind().map(|kind| Named::After { kind, words: 0, lines: 0, said: false });
    }
    let (mut lines, mut words, mut blank) = (0, 0, false);
    let (mut said, mut fillers, mut apart) = (false, 0, false);
    let mut end = before.len();
    while end > 0 {
        let c = before.get(..end)?.chars().next_back()?;
        if !is_word_char(c) {
            end -= c.len_utf8();
            said |= words + fillers == 0 && matches!(c, ':' | '=' | '\u{2192}' | '\u{2014}' | '\u{ff1a}');
            match c {
                // "my key is:", an empty line, the key.
                '\n' if blank && words + fillers == 0 && lines == 1 => (lines, apart) = (2, true),
                '\n' if blank && !is_form_data(before.get(..end).unwrap_or_default()) => return None,
                '\n' => {
                    (lines, blank) = (lines + 1, true);
                    if lines > LINES || words > 2 {
                        return None;
                    }
                }
                ' ' | '\t' | '\r' => {}
                // Another object, statement or element; `${name}` and `{}` in a string are none.
                '}' if !before.get(..end).is_some_and(|b| {
                    b.rfind('{').is_some_and(|at| {
                        b.get(..at).is_some_and(|b| b.ends_with('$'))
                            || b.get(at + 1..).is_some_and(|inner| inner.bytes().all(|b| b.is_ascii_digit()))
                    })
                }) =>
                {
                    return None;
                }
                _ => blank = false,
            }
            continue;
        }
        blank = false;
        let head = before.get(..end)?;
        let begin = head.char_indices().rev().take_while(|(_, c)| is_word_char(*c)).last().map_or(end, |(at, _)| at);
        let word = head.get(begin..)?;
        said |= words + fillers == 0 && lines == 0 && words::is_copula(word);
        match words::hint(word) {
            // Docker's, and no run of an assistant.
            Hint::Open if word == "RUN" => words += 1,
            // No space stands before a particle in Chinese, Japanese and Korean.
            Hint::Secret(kind) => return Some(Named::After { kind, words, lines, said: said || !word.is_ascii() }),
            Hint::Open if words == 0 && lines == 0 => return Some(Named::Open),
            Hint::Filler if apart && !words::is_copula(word) => return None,
            Hint::Filler => fillers += 1,
            _ if apart => return None,
            _ => words += 1,
        }
        if words > most {
            return None;
        }
        end = begin;
    }
    None
}

pub(super) fn is_word_char(c: char) -> bool {
    // With the marks that letters of other scripts carry.
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '\u{300}'..'\u{370}' | '\u{591}'..'\u{5c8}' | '\u{610}'..'\u{6ee}' | '\u{900}'..'\u{e50}')
}

/// Only what parts the members of a list: `", "`.
pub(super) fn is_list(between: &str) -> bool {
    between.len() <= 32
        && between.contains(',')
        && between.ends_with(is_quote)
        && between.chars().all(|c| is_quote(c) || c.is_whitespace() || matches!(c, ',' | 'b' | 'u'))
}

/// The blank line between the head and the value of a form's part.
pub(super) fn is_form_data(before: &str) -> bool {
    before.trim_end().rsplit('\n').next().is_some_and(|line| line.contains("form-data"))
}
