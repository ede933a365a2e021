//! Shell command lines: words with their places, pipes and here-documents. It runs nothing; variables that the text sets are filled in.
//!
//! Three dialects: POSIX shells (bash, zsh, sh), Windows `cmd`, PowerShell. A reader takes one complete command line (which
//! may run over many lines of text) and gives the simple commands in it.

pub(crate) mod assign;
mod output;
mod posix;
mod prompt;
mod windows;
mod word;

pub(crate) use prompt::prompt;
pub(crate) use word::Word;

use super::Problem;
use crate::span::Span;

/// Who reads the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Dialect {
    /// bash, zsh and their like.
    #[default]
    Posix,
    /// Windows `cmd`.
    Cmd,
    /// PowerShell, as it passes words to a program.
    Powershell,
}

/// What a command reads on standard input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Stdin {
    /// Nothing that the text says.
    #[default]
    None,
    /// This text, from a here-document or a pipe.
    Text(Word),
    /// Something that is not written here: the output of a program or a file.
    Unknown,
}

/// One simple command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Command {
    /// Its words, redirections left out.
    pub(crate) words: Vec<Word>,
    /// Its standard input.
    pub(crate) stdin: Stdin,
    /// The operator that ended it, empty at the end of the line.
    pub(crate) operator: &'static str,
    /// Where that operator stands.
    pub(crate) operator_span: Span,
}

/// A command line as read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Script {
    /// The simple commands in order.
    pub(crate) commands: Vec<Command>,
    /// Offset after the last byte read.
    pub(crate) end: usize,
    /// What a shell would have read differently, or not at all.
    pub(crate) problems: Vec<Problem>,
}

/// How to read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reading {
    /// The dialect.
    pub(crate) dialect: Dialect,
    /// A prompt stood before the command, so that continuation prompts (`> `) may begin further lines.
    pub(crate) prompted: bool,
    /// A character that ends the command because it closes what the command stands in (a back quote, a quote).
    pub(crate) closer: Option<char>,
}

/// Reads one complete command line of `text`, from `at` on, and not past `limit`.
pub(crate) fn read(text: &str, at: usize, limit: usize, reading: Reading) -> Script {
    match reading.dialect {
        Dialect::Posix => posix::read(text, at, limit, reading),
        Dialect::Cmd => windows::read_cmd(text, at, limit),
        Dialect::Powershell => windows::read_powershell(text, at, limit),
    }
}

/// The escapes of a JavaScript string at the start of `text`, decoded, and their length.
pub(crate) fn script_escape(text: &str) -> (String, usize) {
    posix::script_escape(text)
}

/// A string of PowerShell (`'…'`, `"…"`, here-strings) that starts at `at`; gives the offset after it.
pub(crate) fn powershell_string(text: &str, at: usize, word: &mut Word) -> usize {
    windows::powershell_string(text, at, word, false)
}

fn problem(message: impl Into<String>, span: Span) -> Problem {
    Problem { message: message.into(), span }
}
