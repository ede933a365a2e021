//! Variables that a shell's lines set, so that the commands behind them can be read with their values.

use super::{Command, Reading, Word, read};
use crate::intake::format::Source;

/// Commands that set variables, too.
const SETTERS: [&str; 5] = ["export", "declare", "local", "readonly", "typeset"];
/// The line of an assignment is read so far.
const LINE: usize = 4 << 10;
/// So many variables are kept.
const MOST: usize = 40;

/// Notes what the line at `start` sets: `KEY=abc`, `export KEY="abc"`, `set KEY=abc`, `$env:KEY = "abc"`.
pub(crate) fn line(source: &Source<'_>, start: usize, reading: Reading) {
    let line = source.line_at(start);
    let first = line.split_whitespace().next().unwrap_or_default();
    if let Some((name, value)) = on_windows(line) {
        note(source, name, value.to_owned());
    } else if is_assignment(first) || SETTERS.contains(&first) {
        let script = read(source.text, start, source.text.floor_char_boundary(start + LINE), reading);
        script.commands.iter().for_each(|set| command(source, set));
    }
}

/// Notes what a command sets that only sets variables.
pub(crate) fn command(source: &Source<'_>, command: &Command) {
    let mut words = command.words.iter().peekable();
    if words.peek().is_some_and(|word| SETTERS.contains(&word.text())) {
        words.next();
    }
    let set: Vec<&Word> = words.filter(|word| !word.text().starts_with('-')).collect();
    if !set.iter().all(|word| is_assignment(word.text())) {
        return;
    }
    for word in set {
        let known = source.variables.take();
        let word = word.filled(&known);
        source.variables.set(known);
        if let Some((name, value)) = word.text().split_once('=').filter(|(name, _)| !name.ends_with('+')) {
            note(source, name, value.to_owned());
        }
    }
}

fn note(source: &Source<'_>, name: &str, value: String) {
    let mut known = source.variables.take();
    known.retain(|(n, _)| n != name);
    if known.len() < MOST {
        known.push((name.to_owned(), value));
    }
    source.variables.set(known);
}

/// True for `NAME=value` and `NAME+=value`.
pub(crate) fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        let name = name.strip_suffix('+').unwrap_or(name);
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// `set KEY=abc` and `set "KEY=abc"` of cmd; `$env:KEY = "abc"` and `$key = 'abc'` of PowerShell.
fn on_windows(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_end_matches(';');
    let named = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !name.is_empty();
    if let Some(set) = line.strip_prefix("set ").or_else(|| line.strip_prefix("SET ")) {
        let set = set.trim_start();
        let bare = set.strip_prefix('"').and_then(|s| s.strip_suffix('"')).unwrap_or(set);
        return bare.split_once('=').filter(|(name, _)| named(name));
    }
    let (name, value) = line.strip_prefix('$')?.split_once('=')?;
    let (name, value) = (name.trim_end(), value.trim());
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (named(name.strip_prefix("env:").unwrap_or(name)) && !inner.contains([quote, '$', '`'])).then_some((name, inner))
}
