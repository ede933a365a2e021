//! Here-documents.

use super::{Heredoc, Lexer, Word};
use crate::span::Span;

impl Lexer<'_> {
    /// Reads a body from the line after the current one to its delimiter, and stops at the end of the delimiter's line.
    pub(super) fn heredoc(&mut self, heredoc: &Heredoc) -> Word {
        let rest = self.rest();
        let line_end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |n| n + 1);
        self.at += line_end;
        let start = self.at;
        let mut body = Word::at(start);
        let mut at = start;
        for line in self.rest().split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']);
            let tabs = if heredoc.dash { bare.len() - bare.trim_start_matches('\t').len() } else { 0 };
            let prompt = if self.ps2 || self.reading.prompted { "> " } else { "\0" };
            let skip = if bare.starts_with(prompt) { prompt.len() } else { tabs };
            let bare_text = bare.get(skip..).unwrap_or_default();
            if bare_text == heredoc.delimiter || is_closed_by(bare_text, &heredoc.delimiter) {
                self.at = at + skip + heredoc.delimiter.len() + (bare_text.len() - bare_text.trim_start().len());
                return body;
            }
            push_line(&mut body, line.get(skip..).unwrap_or_default(), at + skip, heredoc.raw);
            at += line.len();
        }
        self.at = at;
        self.problem("This here-document is not closed.", start, start);
        body
    }
}

/// A delimiter that a web page has indented, or that is followed by what closes a substitution.
fn is_closed_by(line: &str, delimiter: &str) -> bool {
    line.trim_start().strip_prefix(delimiter).is_some_and(|after| {
        after.trim().is_empty() || after.starts_with(')') || after.starts_with("`") || after.starts_with('"')
    })
}

/// One line of a body; CRLF line ends become LF, as they are an accident of copying.
fn push_line(body: &mut Word, line: &str, at: usize, raw: bool) {
    let (content, ended) = match line.strip_suffix('\n') {
        Some(content) => (content.strip_suffix('\r').unwrap_or(content), true),
        None => (line, false),
    };
    if raw {
        body.push_verbatim(content, at);
    } else {
        let mut offset = 0;
        while let Some(found) = content.get(offset..).and_then(|c| c.find(['\\', '$', '`'])) {
            let here = offset + found;
            body.push_verbatim(content.get(offset..here).unwrap_or_default(), at + offset);
            let tail = content.get(here..).unwrap_or_default();
            let mut chars = tail.chars();
            let first = chars.next().unwrap_or_default();
            match (first, chars.next()) {
                ('\\', Some(escaped @ ('$' | '`' | '\\'))) => {
                    body.push_decoded(escaped.encode_utf8(&mut [0; 4]), Span::new(at + here, at + here + 2));
                    offset = here + 2;
                }
                ('\\', None) if ended => return,
                (first, _) => {
                    body.expands |= first != '\\';
                    body.push_verbatim(tail.get(..1).unwrap_or_default(), at + here);
                    offset = here + 1;
                }
            }
        }
        body.push_verbatim(content.get(offset..).unwrap_or_default(), at + offset);
    }
    if ended {
        if line.ends_with("\r\n") {
            body.push_decoded("\n", Span::new(at + content.len(), at + line.len()));
        } else {
            body.push_verbatim("\n", at + content.len());
        }
    }
}
