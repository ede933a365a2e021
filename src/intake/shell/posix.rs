//! POSIX shells, as bash and zsh read them: quotes, escapes, substitutions, redirections, here-documents, pipes.

use super::{Command, Reading, Script, Stdin, Word, output, problem};
use crate::intake::Problem;
use crate::span::Span;

mod escapes;
mod heredoc;
mod quotes;

pub(super) use escapes::script_escape;

/// One line opens no more here-documents than this.
const HEREDOCS: usize = 16;
/// One command line holds no more commands than this.
const COMMANDS: usize = 4000;

/// Reads one complete command line.
pub(super) fn read(text: &str, at: usize, limit: usize, reading: Reading) -> Script {
    let text = text.get(..limit).unwrap_or(text);
    let mut lexer = Lexer::new(text, at, reading);
    let mut commands = Vec::new();
    let mut command = Command::default();
    let mut piped = false;
    loop {
        let token = if commands.len() < COMMANDS { lexer.token(&mut command) } else { Token::End };
        match token {
            Token::Word(word) => command.words.push(word),
            Token::Redirected => {}
            Token::Operator(operator, span) => {
                command.operator = operator;
                command.operator_span = span;
                finish(&mut commands, &mut command, piped);
                piped = matches!(operator, "|" | "|&");
                // A pipe or a connective goes on in the next line.
                if matches!(operator, "|" | "|&" | "&&" | "||") {
                    lexer.skip_blanks();
                    if lexer.rest().starts_with(['\n', '\r']) {
                        lexer.take_heredocs(&mut commands, &mut command);
                    }
                    lexer.skip_line_ends();
                }
            }
            Token::End => break,
        }
    }
    lexer.take_heredocs(&mut commands, &mut command);
    finish(&mut commands, &mut command, piped);
    resolve_pipes(&mut commands);
    Script { commands, end: lexer.at, problems: lexer.problems }
}

fn finish(commands: &mut Vec<Command>, command: &mut Command, piped: bool) {
    let mut done = std::mem::take(command);
    if piped && done.stdin == Stdin::None {
        // Settled by `resolve_pipes`, when the here-documents of the line have been read.
        done.stdin = Stdin::Unknown;
    }
    commands.push(done);
}

/// Gives each command behind a pipe the output of the one before it, where that can be said.
fn resolve_pipes(commands: &mut [Command]) {
    let mut before: Option<Stdin> = None;
    for command in commands {
        if let Some(output) = before.take()
            && command.stdin == Stdin::Unknown
        {
            command.stdin = output;
        }
        if matches!(command.operator, "|" | "|&") {
            before = Some(output::of(command));
        }
    }
}

enum Token {
    Word(Word),
    Redirected,
    Operator(&'static str, Span),
    End,
}

/// A here-document whose body has not been read yet.
struct Heredoc {
    /// The delimiter without its quotes.
    delimiter: String,
    /// Quoted delimiter: the body is taken as it stands.
    raw: bool,
    /// `<<-`: leading tabs go.
    dash: bool,
    /// What it was when it was opened: the number of commands finished is not known to the lexer, so a mark is used.
    mark: usize,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    reading: Reading,
    /// Continuation prompts have been seen.
    ps2: bool,
    problems: Vec<Problem>,
    heredocs: Vec<Heredoc>,
    /// Inside double quotes, where `$'` and `$"` begin nothing.
    quoted: bool,
    /// A `$(` was met that nothing closes.
    unclosed_substitution: bool,
}

const OPERATORS: [&str; 11] = ["&&", "||", "|&", ";;", "&>>", "&>", ";", "&", "|", "(", ")"];

impl<'a> Lexer<'a> {
    fn new(text: &'a str, at: usize, reading: Reading) -> Self {
        let (problems, heredocs) = (Vec::new(), Vec::new());
        Self { text, at, reading, ps2: false, problems, heredocs, quoted: false, unclosed_substitution: false }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn problem(&mut self, message: &str, start: usize, end: usize) {
        if self.problems.len() < 20 {
            self.problems.push(problem(message, Span::new(start, end)));
        }
    }

    /// The next token; redirections of standard input go into `command`.
    fn token(&mut self, command: &mut Command) -> Token {
        loop {
            self.skip_blanks();
            let Some(next) = self.peek() else { return Token::End };
            if Some(next) == self.reading.closer {
                return Token::End;
            }
            let rest = self.rest();
            if next == '\n' || rest.starts_with("\r\n") {
                return Token::End;
            }
            if next == '#' {
                let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                continue;
            }
            if let Some(token) = self.redirection(command) {
                return token;
            }
            if let Some(operator) = OPERATORS.iter().find(|o| rest.starts_with(**o)) {
                let start = self.at;
                self.at += operator.len();
                if *operator == ")" && self.reading.closer.is_none() {
                    // It closes a substitution or a subshell that the command stands in.
                    return Token::End;
                }
                return Token::Operator(operator, Span::new(start, self.at));
            }
            return Token::Word(self.word());
        }
    }

    /// Blanks and continued line ends.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            match rest.chars().next() {
                Some(' ' | '\t') => self.at += 1,
                Some(blank @ ('\u{a0}' | '\u{202f}' | '\u{3000}' | '\u{feff}' | '\u{200b}')) => {
                    let start = self.at;
                    self.at += blank.len_utf8();
                    self.problem(
                        "This is not an ordinary space; a shell takes it for part of the word.",
                        start,
                        self.at,
                    );
                }
                Some('\\') if self.joined(rest) => {
                    self.problem(
                        "The line ends behind these `\\` are lost; a shell takes `\\` and the blank behind it for part of a word.",
                        self.at,
                        self.at + 1,
                    );
                    self.at += 1;
                }
                Some('\\') => {
                    let Some(length) = self.continuation(rest) else { return };
                    self.at += length;
                    self.skip_prompt();
                }
                _ => return,
            }
        }
    }

    /// True for a `\` whose line end was lost when the command was put on one line: an option stands behind its blank.
    fn joined(&self, rest: &str) -> bool {
        let after = rest.get(1..).unwrap_or_default();
        let option = after.trim_start_matches([' ', '\t']);
        let letter = option.strip_prefix("--").or_else(|| option.strip_prefix('-')).unwrap_or_default();
        option.len() < after.len()
            && letter.starts_with(|c: char| c.is_ascii_alphabetic())
            && self.text.get(..self.at).is_some_and(|before| before.ends_with([' ', '\t']))
    }

    /// The length of a `\` line end, with what web pages add to it: trailing blanks, blank lines after it.
    fn continuation(&mut self, rest: &str) -> Option<usize> {
        let after = rest.strip_prefix('\\')?;
        let line = after.trim_start_matches([' ', '\t']);
        let ended = line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n'))?;
        let trailing = after.len() - line.len();
        if trailing > 0 {
            self.problem(
                "There are spaces after the `\\` at the end of this line; a shell would end the command here.",
                self.at,
                self.at + 1 + trailing,
            );
        }
        let further = blank_lines(ended);
        let next = ended.get(further..).unwrap_or_default();
        let word = next.trim_start_matches([' ', '\t']);
        let word = word.strip_prefix("> ").map_or(word, |prompted| prompted.trim_start());
        let goes_on = word.starts_with(['-', '\'', '"', '–', '—']);
        if further > 0 && goes_on {
            let start = self.at;
            let end = start + rest.len() - ended.len() + further;
            self.problem("A blank line follows the `\\`; a shell would end the command here.", start, end);
            return Some(rest.len() - next.len());
        }
        Some(rest.len() - ended.len())
    }

    /// A continuation prompt at the start of a line (`> `, zsh's `quote> `).
    fn skip_prompt(&mut self) {
        let rest = self.rest();
        let line = rest.trim_start_matches([' ', '\t']);
        let blank = rest.len() - line.len();
        for prompt in ["> ", "dquote> ", "quote> ", "cmdand> ", "heredoc> ", "pipe> "] {
            if let Some(after) = line.strip_prefix(prompt) {
                let next = after.trim_start();
                if self.ps2 || prompt != "> " || self.reading.prompted || next.starts_with(['-', '\'', '"', 'h']) {
                    self.ps2 = true;
                    self.at += blank + prompt.len();
                }
                return;
            }
        }
    }

    fn skip_line_ends(&mut self) {
        if self.heredocs.is_empty() {
            let rest = self.rest();
            let next = rest.trim_start_matches([' ', '\t', '\r', '\n']);
            if next.len() < rest.len() {
                self.at += rest.len() - next.len();
                self.skip_prompt();
            }
        }
    }

    /// One redirection, with the word it names.
    fn redirection(&mut self, command: &mut Command) -> Option<Token> {
        let rest = self.rest();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let operator = rest.get(digits..).unwrap_or_default();
        let descriptor = rest.get(..digits).unwrap_or_default();
        let found = ["<<<", "<<-", "<<", "<&", "<>", "<(", "<", ">>", ">&", ">|", ">(", ">"]
            .iter()
            .find(|o| operator.starts_with(**o))?;
        if found.ends_with('(') {
            return None;
        }
        let stdin = descriptor.is_empty() || descriptor == "0";
        self.at += digits + found.len();
        self.skip_blanks();
        match *found {
            "<<<" => {
                let mut word = self.word();
                let end = word.span().end;
                word.push_decoded("\n", Span::new(end, end));
                command.stdin = Stdin::Text(word);
            }
            "<<" | "<<-" => {
                let word = self.word();
                let mark = self.at;
                if self.heredocs.len() >= HEREDOCS {
                    return Some(Token::Redirected);
                }
                self.heredocs.push(Heredoc {
                    delimiter: word.text().to_owned(),
                    raw: word.quoted,
                    dash: *found == "<<-",
                    mark,
                });
                if stdin {
                    // Marked until the body has been read at the end of the line.
                    command.stdin = Stdin::Text(Word::at(mark));
                }
            }
            "<" | "<>" | "<&" => {
                self.word();
                if stdin {
                    command.stdin = Stdin::Unknown;
                }
            }
            _ => {
                self.word();
            }
        }
        Some(Token::Redirected)
    }

    /// Reads the bodies of the here-documents opened in this line and gives each to its command.
    fn take_heredocs(&mut self, commands: &mut [Command], last: &mut Command) {
        for heredoc in std::mem::take(&mut self.heredocs) {
            let body = self.heredoc(&heredoc);
            let waiting = Stdin::Text(Word::at(heredoc.mark));
            if let Some(command) = commands.iter_mut().chain(std::iter::once(&mut *last)).find(|c| c.stdin == waiting) {
                command.stdin = Stdin::Text(body);
            }
        }
    }
}

/// The length of the blank lines at the start of `text`, none where the text ends with them.
fn blank_lines(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n').take(4) {
        if !line.trim().is_empty() {
            return length;
        }
        length += line.len();
    }
    0
}
