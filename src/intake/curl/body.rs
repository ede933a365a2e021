//! `-d` and its family.

use super::problem;
use crate::intake::Problem;
use crate::intake::shell::{Stdin, Word};
use crate::span::Span;

/// How an option of the family reads its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `-d`: `@file` is read without its line ends.
    Plain,
    /// `--data-binary`: `@file` is read as it is.
    Binary,
    /// `--data-raw`: `@` means nothing.
    Raw,
    /// `--data-urlencode`.
    Urlencode,
    /// `--json`: as binary, but joined without `&`.
    Json,
}

impl Kind {
    /// The kind of an option by its name.
    pub(super) fn of(option: &str) -> Self {
        match option {
            "data-binary" => Self::Binary,
            "data-raw" => Self::Raw,
            "data-urlencode" => Self::Urlencode,
            "json" => Self::Json,
            _ => Self::Plain,
        }
    }
}

/// What the options of the family add up to.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// The content so far.
    pub(super) word: Word,
    /// True once there was any such option.
    pub(super) given: bool,
    /// True where some of it stands in a file or comes from a program, so that the whole is not known.
    pub(super) unknown: bool,
}

impl Data {
    /// Adds one option's value.
    pub(super) fn add(&mut self, kind: Kind, value: &Word, stdin: &Stdin, problems: &mut Vec<Problem>) {
        let piece = match kind {
            Kind::Raw => Some(value.clone()),
            Kind::Urlencode => urlencoded(value, stdin, problems),
            Kind::Plain | Kind::Binary | Kind::Json if value.text().starts_with('@') => {
                from_file(&value.from(1), stdin, problems)
                    .map(|w| if kind == Kind::Plain { without_line_ends(&w) } else { w })
            }
            Kind::Plain | Kind::Binary | Kind::Json => Some(value.clone()),
        };
        if self.given && kind != Kind::Json {
            let end = self.word.span().end;
            self.word.push_decoded("&", Span::new(end, end));
        }
        self.given = true;
        match piece {
            Some(piece) => self.word.push_word(&piece),
            None => self.unknown = true,
        }
    }
}

/// The content of the file that `name` names: standard input where that is known, else none, and said.
pub(super) fn from_file(name: &Word, stdin: &Stdin, problems: &mut Vec<Problem>) -> Option<Word> {
    match (name.text(), stdin) {
        ("-", Stdin::Text(text)) => Some(text.clone()),
        ("-", _) => {
            problem(problems, "This comes from standard input, which is not in the text.", name.span());
            None
        }
        (file, _) => {
            problem(
                problems,
                format!("This comes from the file {file}, whose content is not in the text."),
                name.span(),
            );
            None
        }
    }
}

/// `-d @file` drops line ends and NUL bytes.
fn without_line_ends(word: &Word) -> Word {
    let mut out = Word::at(word.span().start);
    out.expands = word.expands;
    let mut at = 0;
    for (here, _) in word.text().match_indices(['\r', '\n', '\0']) {
        out.push_word(&word.slice(at..here));
        at = here + 1;
    }
    out.push_word(&word.from(at));
    out
}

/// The five forms of `--data-urlencode`: `content`, `=content`, `name=content`, `@file`, `name@file`.
pub(super) fn urlencoded(value: &Word, stdin: &Stdin, problems: &mut Vec<Problem>) -> Option<Word> {
    let text = value.text();
    let split = text.find('=').or_else(|| text.find('@'));
    let (name, content) = match split {
        Some(at) if text.as_bytes().get(at) == Some(&b'@') => (at, from_file(&value.from(at + 1), stdin, problems)?),
        Some(at) => (at, value.from(at + 1)),
        None => (0, value.clone()),
    };
    let mut out = value.slice(0..name);
    if name > 0 {
        let end = value.place(0..name).end;
        out.push_decoded("=", Span::new(end, end));
    }
    let span = content.span();
    let encoded = escape(content.text(), true);
    if encoded == content.text() {
        out.push_word(&content);
    } else {
        out.push_decoded(&encoded, span);
    }
    out.expands |= value.expands;
    Some(out)
}

/// Percent-encodes as curl does: everything but letters, digits and `-._~`. With `plus` a space becomes `+`. Redacted stretches
/// and variables stay as they are.
pub(crate) fn escape(text: &str, plus: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let kept = kept_stretch(rest);
        let length = if kept > 0 { kept } else { c.len_utf8() };
        let piece = rest.get(..length).unwrap_or_default();
        if kept > 0 || c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') {
            out.push_str(piece);
        } else if c == ' ' && plus {
            out.push('+');
        } else {
            for byte in piece.bytes() {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(u32::from(digit), 16).unwrap_or_default().to_ascii_uppercase());
                }
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The length of a redacted stretch or a variable in braces at the start of `text`; 0 where there is none.
pub(crate) fn kept_stretch(text: &str) -> usize {
    let closing = if text.starts_with("{{redacted") {
        "}}"
    } else if text.starts_with("${") {
        "}"
    } else {
        return 0;
    };
    text.bytes().take(200).position(|b| b == b'}').map_or(0, |n| n + closing.len()).min(text.len())
}
