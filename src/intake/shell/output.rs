//! What simple commands print: what `echo`, `printf` and `cat` put into a pipe.

use super::{Command, Stdin, Word};
use crate::span::Span;

/// The output of a command, as far as its words say it.
pub(super) fn of(command: &Command) -> Stdin {
    let mut words = command.words.iter().skip_while(|w| is_assignment(w.text()));
    let Some(name) = words.next() else { return Stdin::Unknown };
    let rest: Vec<&Word> = words.collect();
    match name.text() {
        "echo" => Stdin::Text(echo(&rest)),
        "printf" => printf(&rest).map_or(Stdin::Unknown, Stdin::Text),
        "cat" | "tee" if rest.iter().all(|w| w.text() == "-") => command.stdin.clone(),
        _ => Stdin::Unknown,
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
}

fn end_of(word: &Word) -> Span {
    let end = word.span().end;
    Span::new(end, end)
}

fn echo(words: &[&Word]) -> Word {
    let is_flag = |w: &&&Word| {
        w.text().strip_prefix('-').is_some_and(|f| !f.is_empty() && f.bytes().all(|b| matches!(b, b'n' | b'e' | b'E')))
    };
    let flags: Vec<_> = words.iter().take_while(is_flag).collect();
    let (mut line_end, mut escapes) = (true, false);
    for flag in &flags {
        line_end &= !flag.text().contains('n');
        escapes = if flag.text().contains('e') { true } else { escapes && !flag.text().contains('E') };
    }
    let mut out = Word::default();
    for (number, word) in words.iter().skip(flags.len()).enumerate() {
        if number > 0 {
            out.push_decoded(" ", end_of(&out));
        }
        if escapes {
            push_escaped(&mut out, word);
        } else {
            out.push_word(word);
        }
    }
    if line_end {
        out.push_decoded("\n", end_of(&out));
    }
    out
}

/// `printf FORMAT [ARGUMENT…]`: `%s`, `%b`, `%d` take the arguments as written. None for other directives.
fn printf(words: &[&Word]) -> Option<Word> {
    let words = if words.first().is_some_and(|w| w.text() == "--") { words.get(1..)? } else { words };
    let (format, arguments) = words.split_first()?;
    let mut arguments = arguments.iter();
    let mut out = Word::default();
    loop {
        let left = arguments.len();
        let mut at = 0;
        while let Some(found) = format.text().get(at..).and_then(|f| f.find('%')) {
            push_escaped(&mut out, &format.slice(at..at + found));
            let directive = format.text().get(at + found + 1..)?.chars().next()?;
            match directive {
                's' | 'd' | 'i' => arguments.next().into_iter().for_each(|a| out.push_word(a)),
                'b' => arguments.next().into_iter().for_each(|a| push_escaped(&mut out, a)),
                '%' => out.push_word(&format.slice(at + found..at + found + 1)),
                _ => return None,
            }
            at += found + 2;
        }
        push_escaped(&mut out, &format.from(at));
        // The format is used again while it takes arguments.
        if arguments.len() == 0 || arguments.len() == left {
            return Some(out);
        }
    }
}

/// Adds a word with its backslash escapes undone.
fn push_escaped(out: &mut Word, word: &Word) {
    let text = word.text();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|t| t.find('\\')) {
        let here = at + found;
        out.push_word(&word.slice(at..here));
        let decoded = match text.get(here + 1..).and_then(|t| t.chars().next()) {
            Some('n') => "\n",
            Some('t') => "\t",
            Some('r') => "\r",
            Some('\\') => "\\",
            Some('"') => "\"",
            _ => "",
        };
        if decoded.is_empty() {
            out.push_word(&word.slice(here..here + 1));
            at = here + 1;
        } else {
            out.push_decoded(decoded, word.place(here..here + 2));
            at = here + 2;
        }
    }
    out.push_word(&word.from(at));
}
