//! What an input format declares, and the text it reads.

use super::json_text::Fuel;
use super::model::{Exchange, InputKind, Problem, Request, Response};
pub use crate::native::native_only;
use crate::span::{LineIndex, Span};
use std::cell::Cell;

/// The redacted text with its lines.
pub struct Source<'a> {
    /// The redacted text.
    pub text: &'a str,
    /// Its lines.
    pub lines: LineIndex,
    /// How much may be read in vain.
    pub(super) fuel: Fuel,
    /// The line up to which PowerShell's cmdlets were looked for, and the line of the next one.
    pub(super) cmdlet: Cell<(usize, Option<usize>)>,
    /// Where curl is named next.
    pub(super) curl: Next,
    /// Where the next empty line is.
    pub(super) blank: Next,
    /// How many more requests may be shown that a command makes beyond its first.
    pub(super) further: Cell<usize>,
    /// How many more command lines are read.
    pub(super) commands: Cell<usize>,
    /// The variables that the shell's lines so far have set.
    pub(super) variables: Cell<Vec<(String, String)>>,
}

/// Where a piece of text stands next. Lines are offered in their order, and the text is searched once for all of them.
pub(super) struct Next {
    piece: &'static str,
    /// From where it was looked for, and where it was found; the end of the text where it is not.
    known: Cell<(usize, usize)>,
}

impl Next {
    fn of(piece: &'static str) -> Self {
        Self { piece, known: Cell::new((1, 0)) }
    }

    /// The first place at or behind `at`; the end of the text where there is none.
    pub(super) fn from(&self, text: &str, at: usize) -> usize {
        let (from, found) = self.known.get();
        if (from..=found).contains(&at) {
            return found;
        }
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let found = memchr::memmem::find(rest, self.piece.as_bytes()).map_or(text.len(), |n| at + n);
        self.known.set((at, found));
        found
    }
}

/// A pattern stands for many URLs, and a text may hold many patterns: past this number one request stands for all.
const FURTHER: usize = 400;
/// So many command lines of a text are read: a script may repeat one a hundred thousand times.
const COMMANDS: usize = 2000;

impl<'a> Source<'a> {
    /// Indexes a text.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            lines: LineIndex::new(text),
            fuel: Fuel::new(text.len()),
            cmdlet: Cell::default(),
            curl: Next::of("curl"),
            blank: Next::of("\n\n"),
            further: Cell::new(FURTHER),
            commands: Cell::new(COMMANDS),
            variables: Cell::default(),
        }
    }

    /// The text from `at` on; empty past the end or inside a character.
    pub fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The line that starts at or holds `at`, from `at` on, without its line end.
    pub fn line_at(&self, at: usize) -> &'a str {
        let rest = self.rest(at);
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        line.strip_suffix('\r').unwrap_or(line)
    }
}

/// One thing that a format found, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
    /// A request with its response, which nothing else may join (a HAR entry).
    Exchange(Exchange),
    /// Scraps of an exchange that prose, a traceback or a log mentions: scraps that do not contradict each other are put
    /// together. A request in it is `mentioned`.
    Scrap(Exchange),
}

/// A stretch of text that a format understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The stretch, from the line start it was offered; must not be empty.
    pub span: Span,
    /// What stands in it.
    pub parts: Vec<Part>,
    /// What in it was not understood.
    pub problems: Vec<Problem>,
}

#[derive(Debug)]
/// An input format: one module of `formats/` with one static `FORMAT`.
pub struct Format {
    /// The file's name, underscores as hyphens.
    pub id: &'static str,
    /// What a paste of this format is called in the report. The list is the contract's; take the nearest.
    pub kind: InputKind,
    /// Formats are asked in this order, lowest first; the first that claims a line gets it. Commands and whole files that
    /// begin unmistakably stand below 50, messages and dumps with a shape of their own below 150, single lines of text
    /// and what only looks like something above.
    pub rank: u8,
    /// One sentence: what it reads.
    pub reads: &'static str,
    /// A short text of this kind, with as much of its grammar as fits: tests read it whole, cut, damaged and joined with others.
    pub example: &'static str,
    /// Called with the offset of a line start that nothing has claimed yet. Must return quickly where the line is not its
    /// own, must not panic, and must not look at more than it claims plus one line.
    pub claim: fn(&Source<'_>, usize) -> Option<Claim>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_place_is_the_one_that_a_search_finds() {
        let text = "a curl b curl\n\ncurl";
        let next = Next::of("curl");
        // Forwards, and back again.
        for at in (0..=text.len()).chain((0..text.len()).rev()) {
            let found = text.get(at..).and_then(|t| t.find("curl")).map_or(text.len(), |n| at + n);
            assert_eq!(next.from(text, at), found, "{at}");
        }
        assert_eq!(next.from(text, text.len() + 9), text.len());
    }
}
