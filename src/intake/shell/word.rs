//! A word of a command line: its text after quoting is undone, and where each stretch of that text stands in the source.

use crate::span::Span;
use std::ops::Range;

/// A stretch of a word's text and the stretch of source that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Offset in the word's text.
    at: usize,
    /// Length in the word's text.
    len: usize,
    /// Where it stands. As long as the text where that was taken over byte by byte.
    source: Span,
    /// True for `$NAME`, `${NAME}` or `%NAME%`, which the shell replaces.
    variable: bool,
}

/// One word, quotes and escapes undone. Substitutions stay as they are written, and variables until `filled`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Word {
    text: String,
    runs: Vec<Run>,
    /// True where the shell would have put in something that is not written here (`$NAME`, `$(…)`).
    pub(crate) expands: bool,
    /// True where some of it stood in quotes: it is then never an operator or a here-document's plain delimiter.
    pub(crate) quoted: bool,
    /// Where an empty word stands.
    hint: usize,
}

impl Word {
    /// An empty word that begins at `at`.
    pub(crate) fn at(at: usize) -> Self {
        Self { hint: at, ..Self::default() }
    }

    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds text that stands in the source byte by byte at `at`.
    pub(crate) fn push_verbatim(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.runs.last_mut()
            && last.source.end == at
            && !last.variable
            && last.len == last.source.end - last.source.start
        {
            last.len += text.len();
            last.source.end += text.len();
            return;
        }
        self.runs.push(Run { at: start, len: text.len(), source: Span::new(at, at + text.len()), variable: false });
    }

    /// Adds a variable as it is written.
    pub(crate) fn push_variable(&mut self, text: &str, at: usize) {
        let source = Span::new(at, at + text.len());
        self.runs.push(Run { at: self.text.len(), len: text.len(), source, variable: true });
        self.text.push_str(text);
        self.expands = true;
    }

    /// The word with the variables that are known in their places. What a shell would split at its blanks stays as written.
    pub(crate) fn filled(&self, known: &[(String, String)]) -> Word {
        let mut out = Word { quoted: self.quoted, hint: self.hint, ..Word::default() };
        for run in &self.runs {
            let text = self.text.get(run.at..run.at + run.len).unwrap_or_default();
            let name = text.trim_matches(['$', '{', '}', '%']);
            // Windows knows no case in names.
            let windows = text.starts_with('%') || name.starts_with("env:");
            let is = |n: &str| n == name || windows && n.eq_ignore_ascii_case(name);
            let value = known.iter().rev().find(|(n, _)| run.variable && is(n)).map(|(_, value)| value.as_str());
            match value.filter(|value| self.quoted || !value.contains(char::is_whitespace)) {
                Some(value) => {
                    out.push_decoded(value, run.source);
                    out.expands |= value.contains('$');
                }
                None if run.variable => out.push_variable(text, run.source.start),
                None if run.len == run.source.end - run.source.start => out.push_verbatim(text, run.source.start),
                None => out.push_decoded(text, run.source),
            }
        }
        // A substitution stays one.
        out.expands |= self.expands && (self.text.contains("$(") || self.text.contains('`'));
        out
    }

    /// Adds text that another notation stands for.
    pub(crate) fn push_decoded(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        self.runs.push(Run { at: self.text.len(), len: text.len(), source, variable: false });
        self.text.push_str(text);
    }

    /// Adds another word's text and places.
    pub(crate) fn push_word(&mut self, other: &Word) {
        for run in &other.runs {
            let text = other.text.get(run.at..run.at + run.len).unwrap_or_default();
            if run.len == run.source.end - run.source.start {
                self.push_verbatim(text, run.source.start);
            } else {
                self.push_decoded(text, run.source);
            }
        }
        self.expands |= other.expands;
        self.quoted |= other.quoted;
    }

    /// Where a stretch of the text stands: from its first byte to its last, quotes in between included.
    pub(crate) fn place(&self, range: Range<usize>) -> Span {
        let first = self.runs.partition_point(|r| r.at + r.len <= range.start);
        let Some(start) = self.runs.get(first) else {
            let end = self.runs.last().map_or(self.hint, |r| r.source.end);
            return Span::new(end, end);
        };
        let verbatim = |r: &Run| r.len == r.source.end - r.source.start;
        let from = if verbatim(start) {
            start.source.start + range.start.saturating_sub(start.at)
        } else {
            start.source.start
        };
        let last = self.runs.partition_point(|r| r.at < range.end).max(1) - 1;
        let Some(end) = self.runs.get(last.max(first)).filter(|_| range.end > range.start) else {
            return Span::new(from, from);
        };
        let to = if verbatim(end) {
            end.source.start + range.end.saturating_sub(end.at).min(end.len)
        } else {
            end.source.end
        };
        Span::new(from, to)
    }

    /// Where the whole text stands, outer quotes left out.
    pub(crate) fn span(&self) -> Span {
        self.place(0..self.text.len())
    }

    /// A stretch of this word as a word of its own.
    pub(crate) fn slice(&self, range: Range<usize>) -> Word {
        let mut out = Word {
            hint: self.place(range.clone()).start,
            expands: self.expands,
            quoted: self.quoted,
            ..Word::default()
        };
        let first = self.runs.partition_point(|r| r.at + r.len <= range.start);
        for run in self.runs.iter().skip(first).take_while(|r| r.at < range.end) {
            let (from, to) = (range.start.max(run.at), range.end.min(run.at + run.len));
            let text = self.text.get(from..to).unwrap_or_default();
            if run.len == run.source.end - run.source.start {
                out.push_verbatim(text, run.source.start + (from - run.at));
            } else {
                out.push_decoded(text, run.source);
            }
        }
        out
    }

    /// The word from `start` on.
    pub(crate) fn from(&self, start: usize) -> Word {
        self.slice(start..self.text.len())
    }

    /// The same word with its places read through `outer`, of whose text this word is a part.
    pub(crate) fn through(&self, outer: &Word) -> Word {
        let mut out = Word { expands: self.expands, quoted: self.quoted, ..Word::default() };
        out.hint = outer.place(self.hint..self.hint).start;
        for run in &self.runs {
            let text = self.text.get(run.at..run.at + run.len).unwrap_or_default();
            if run.len == run.source.end - run.source.start {
                out.push_word(&outer.slice(run.source.start..run.source.end));
            } else {
                out.push_decoded(text, outer.place(run.source.start..run.source.end));
            }
        }
        out.expands = self.expands;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_source() {
        // it's, written 'it'\''s' at 10
        let mut word = Word::at(10);
        word.push_verbatim("it", 11);
        word.push_decoded("'", Span::new(14, 16));
        word.push_verbatim("s", 17);
        assert_eq!(word.text(), "it's");
        assert_eq!(word.span(), Span::new(11, 18));
        assert_eq!(word.place(0..2), Span::new(11, 13));
        assert_eq!(word.place(2..3), Span::new(14, 16));
        assert_eq!(word.place(3..4), Span::new(17, 18));
        assert_eq!(word.slice(1..3).text(), "t'");
        assert_eq!(word.slice(1..3).span(), Span::new(12, 16));
        assert_eq!(Word::at(7).span(), Span::new(7, 7));
    }
}
