//! Where a value ends, by the notation that it stands in.

use super::opening::Opening;
use super::shape::{self, Shape};
use super::unit::{Unit, Writing, byte, is_quote, unit};
use super::{forms, gap, judge, placeholder, run};

/// Longest value that is read, in bytes: header sections of servers end long before.
pub(super) const LONGEST: usize = 64 * 1024;

/// How a value ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// At the partner of an opening quote; `own` where that quote is the value's and not one around name and value.
    Quote {
        /// The closing mark.
        close: char,
        /// Backslashes before the opening mark.
        slashes: usize,
        /// How the opening mark is written.
        writing: Writing,
        /// The quote opens the value.
        own: bool,
    },
    /// At the line's end.
    Line,
    /// At white space.
    Word,
    /// At white space or what separates values in code and logs.
    Token,
    /// At `&`, `#`, white space or a quote.
    Parameter,
    /// At a quote, a bracket or the line's end.
    Cookies,
    /// At the next tag.
    Tag,
    /// At the next `|`.
    Cell,
}

/// A value's place: `after` is where reading goes on, behind a closing quote.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) after: usize,
}

/// As far as a value is read that may turn out to be none, in bytes: it is read again for what stands in it.
pub(super) const SHORT: usize = 4096;

/// Finds the end of a value that is a secret, however long.
pub(super) fn of(text: &str, opening: &Opening, spaces: bool) -> Extent {
    within(text, opening, spaces, LONGEST)
}

/// Finds the end of the value, `longest` bytes on at most. `spaces` says whether white space may stand inside it (cookies, credentials).
pub(super) fn within(text: &str, opening: &Opening, spaces: bool, longest: usize) -> Extent {
    let end = if spaces { spaced(opening.end) } else { opening.end };
    let mut at = opening.start;
    let limit = at.saturating_add(longest);
    while at < limit {
        // No value ends at one of these.
        if byte(text, at).is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let Some(u) = unit(text, at) else { break };
        if u.ch == '{'
            && let Some(len) = text.get(at..).and_then(placeholder::length)
        {
            at += len;
            continue;
        }
        // A real line end ends every value, but for a key that goes on on the next line.
        if matches!(u.ch, '\n' | '\r') && u.writing == Writing::Plain {
            let rest = unfinished(text, opening.start, at, end).and_then(|last| {
                gap::continuation(text, at, last).filter(|found| goes_on(text, opening.start, last, *found))
            });
            match rest {
                Some((_, to)) => {
                    at = to;
                    continue;
                }
                None if trailing_break(text, at, end) => {
                    at += u.len;
                    continue;
                }
                None => break,
            }
        }
        let stop = stops(text, at, u, end);
        // SQL's and YAML's quote inside a quoted string is doubled; a shell joins what is quoted twice.
        if stop && is_doubled(text, at, u.ch, end) {
            at += 2;
            continue;
        }
        if stop {
            let after = if matches!(end, End::Quote { .. }) { at + u.len } else { at };
            // The command prompt's quote is `^"`, and its mark belongs to the quote.
            let mark = u.ch == '"' && at > opening.start && byte(text, at - 1) == b'^';
            return trimmed(text, opening.start, at - usize::from(mark), after);
        }
        at += u.len;
    }
    trimmed(text, opening.start, at, at)
}

/// How a value ends that white space may stand in.
pub(super) fn spaced(end: End) -> End {
    match end {
        End::Word | End::Line => End::Line,
        End::Token | End::Parameter => End::Cookies,
        other => other,
    }
}

/// True where the character `u`, which stands at `at`, ends a value of this kind.
pub(super) fn stops(text: &str, at: usize, u: Unit, end: End) -> bool {
    match end {
        End::Quote { close, slashes, writing, own } => {
            // A text of several lines in quotes, the first of which begins with the name: `"KEY=…\nMODEL=…"`.
            u.ch == close && closes(u.writing, u.slashes, writing, slashes)
                || !own
                    && u.ch == '\n'
                    && u.writing == Writing::Escape
                    && !unit(text, at + u.len).is_none_or(|next| is_quote(next.ch))
        }
        End::Line => {
            u.writing != Writing::Plain
                && (matches!(u.ch, '\n' | '\r') || is_quote(u.ch) && u.writing != Writing::Percent)
        }
        End::Word => {
            u.ch == '&' && is_pair(text, at + u.len)
                || u.ch.is_whitespace()
                || u.writing == Writing::Escape && is_quote(u.ch)
        }
        // People have an ampersand in their passwords, where no other pair begins with it.
        End::Token if u.ch == '&' && u.writing == Writing::Plain => {
            is_pair(text, at + 1) || !byte(text, at + 1).is_ascii_alphanumeric()
        }
        End::Token => token_ends(u.ch, u.writing),
        End::Parameter => {
            matches!(u.ch, '&' | '#' | '<' | '>' | '\\' | '|' | ')' | ']' | '}')
                || u.ch.is_whitespace()
                || is_quote(u.ch)
        }
        End::Cookies => {
            is_quote(u.ch)
                || matches!(u.ch, '}' | ')' | ']')
                || u.writing != Writing::Plain && matches!(u.ch, '\n' | '\r')
        }
        End::Tag => u.ch == '<' && is_tag(text, at + u.len),
        End::Cell => u.ch == '|',
    }
}

/// True for a quote that is written twice to stand for itself: key characters go on behind it.
fn is_doubled(text: &str, at: usize, quote: char, end: End) -> bool {
    matches!(end, End::Quote { writing: Writing::Plain, own: true, .. })
        && matches!(quote, '\'' | '"')
        && text.as_bytes().get(at..).is_some_and(|rest| match rest {
            [a, b, c, ..] => a == b && c.is_ascii_alphanumeric(),
            _ => false,
        })
}

/// True where what follows a `<` is a tag and no part of a value: `/name`, `!`, or a name with its end.
fn is_tag(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let name =
        rest.iter().take(24).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_')).count();
    match unit(text, at).map(|u| u.ch) {
        None | Some('/' | '!' | '?') => true,
        Some(c) => c.is_ascii_alphabetic() && matches!(unit(text, at + name).map(|u| u.ch), Some('>' | ' ' | '/')),
    }
}

/// A value that no form tells goes on only with what a generator made too: ids, digests and words stand on the next line
/// for themselves.
fn goes_on(text: &str, start: usize, last: &str, found: (usize, usize)) -> bool {
    let rest = text.get(found.0..found.1).unwrap_or_default();
    let value = text.get(start..super::unit::floor(text, text.len().min(start + 64))).unwrap_or_default();
    forms::starts_like_one(last)
        || forms::starts_like_one(value.split(char::is_whitespace).next().unwrap_or_default())
        || !shape::is_uuid(rest)
            && !super::secret::is_public_id(rest)
            && (!Shape::of(rest).is_hex() || Shape::of(last).is_hex())
            && shape::is_mixed(rest)
            && judge::is_random(rest)
}

/// True where the next pair of a form's or a query's list starts.
fn is_pair(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let name =
        rest.iter().take(48).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.')).count();
    name > 0 && rest.get(name) == Some(&b'=')
}

/// The last word before a line end, where it may go on on the next line.
fn unfinished(text: &str, start: usize, at: usize, end: End) -> Option<&str> {
    let value = text.get(start..at).unwrap_or_default().trim_end_matches([' ', '\\', '=', '|', '\u{2502}', '\u{2503}']);
    // A page's line end may stand at the text's.
    let broken = ["<br>", "<br/>", "<br />"].into_iter().find_map(|tag| value.strip_suffix(tag));
    let value = broken.unwrap_or(value);
    let from = super::unit::floor(value, value.len().saturating_sub(512));
    let last =
        value.get(from..).and_then(|v| v.rsplit([' ', '\t', '\n', '"', '\'', '=', ';']).next()).unwrap_or_default();
    let goes_on = match end {
        End::Quote { .. } => last.ends_with(run::is_key_char),
        End::Cell | End::Parameter => false,
        _ if forms::is_complete(last) => false,
        _ => forms::starts_like_one(last) || last.len() >= 8 && judge::is_random(last),
    };
    goes_on.then_some(last)
}

/// A line break right before the closing quote belongs to the value: an accident that is worth showing.
fn trailing_break(text: &str, at: usize, end: End) -> bool {
    let End::Quote { close, writing: Writing::Plain, .. } = end else { return false };
    text.get(at..).is_some_and(|rest| {
        let breaks = rest.bytes().take(5).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        breaks <= 4 && rest.get(breaks..).is_some_and(|rest| rest.starts_with(close))
    })
}

/// True where a quote written so closes one that was opened so. A quote inside a string has more backslashes; a run of
/// escaped backslashes before the closing one comes in pairs of its level.
fn closes(writing: Writing, slashes: usize, open: Writing, opened: usize) -> bool {
    match (writing, open) {
        (Writing::Plain, Writing::Plain) => true,
        (Writing::Escape, Writing::Plain | Writing::Escape) => {
            slashes < opened || (slashes - opened).is_multiple_of(2 * (opened + 1))
        }
        (Writing::Plain, Writing::Escape) => true,
        (a, b) => a == b,
    }
}

fn token_ends(ch: char, writing: Writing) -> bool {
    ch.is_whitespace()
        || is_quote(ch)
        || matches!(ch, ',' | ';' | ')' | ']' | '}' | '<' | '>' | '|')
        || ch == '&' && writing != Writing::Entity
        || ch == '\\' && writing == Writing::Plain
}

/// Leaves white space at both ends outside; a trailing comma or semicolon of an unquoted value too.
fn trimmed(text: &str, start: usize, end: usize, after: usize) -> Extent {
    let value = text.get(start..end).unwrap_or_default();
    let lead = value.len() - value.trim_start().len();
    let trail = value.len() - value.trim_end().len();
    if lead + trail >= value.len() {
        return Extent { start, end: start, after };
    }
    Extent { start: start + lead, end: end - trail, after }
}
