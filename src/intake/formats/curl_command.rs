//! curl command lines: in a terminal, in a script, in running text; for bash, Windows `cmd` and PowerShell.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::shell::assign::{self, is_assignment};
use crate::intake::shell::{self, Command, Dialect, Reading, Script, Stdin, Word};
use crate::intake::{InputKind, Problem, Request, curl};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "curl-command",
    kind: InputKind::Curl,
    rank: 20,
    reads: "curl command lines",
    example: native_only(
        "$ curl -sS 'https://api.openai.com/v1/models?limit=2' \\\n  -H \"Authorization: Bearer $KEY\" -d @- <<EOF\n{\"a\": 'b'}\nEOF\n",
    ),
    claim,
};

/// A command that pipes into curl further down is looked for in this many bytes.
const PIPE: usize = 16 << 10;

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let prompt = shell::prompt(line);
    let start = at + prompt.length;
    let reading = |dialect| Reading { dialect, prompted: prompt.shown, closer: None };
    let Some(name) = names(line).find(|n| *n >= prompt.length) else {
        if line.contains('=') {
            assign::line(source, start, reading(Dialect::Posix));
        }
        return piped(source, start, reading(Dialect::Posix)).filter(|_| prompt.dialect.is_none());
    };
    let before = line.get(prompt.length..name).unwrap_or_default();
    let dialect = prompt.dialect.unwrap_or_else(|| dialect(source, at, line));
    if dialect == Dialect::Powershell && is_cmdlet(line) {
        return None;
    }
    if leads_to_curl(before) {
        let limit = if before.trim().is_empty() { source.text.len() } else { bound(source, start) };
        let script = shell::read(source.text, start, limit, reading(dialect));
        if let Some(claim) = understood(source, start, script, false) {
            return Some(claim);
        }
    }
    inside(source, at, line, name, dialect)
}

/// Offsets in `line` where curl is named as a word. The text behind must look like what follows a command's name.
fn names(line: &str) -> impl Iterator<Item = usize> + '_ {
    line.char_indices().filter(|(_, c)| matches!(c, 'c' | 'C')).filter_map(|(at, _)| {
        let word = line.get(at..at + 4).filter(|w| w.eq_ignore_ascii_case("curl"))?;
        let after = line.get(at + word.len()..)?;
        let after = after.strip_prefix(".exe").unwrap_or(after);
        let before = line.get(..at)?.chars().next_back();
        let begins = before.is_none_or(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '`' | '|' | ';' | '&' | '\'' | '"' | '/' | '\\' | '{' | '$' | '>' | ':' | '!' | '%' | '@'
                )
        });
        let ends = after.is_empty() || after.starts_with([' ', '\t', '\\', '^', '`', '\u{a0}']);
        (begins && ends).then_some(at)
    })
}

/// Which shell the line was written for, where no prompt tells.
fn dialect(source: &Source<'_>, at: usize, line: &str) -> Dialect {
    let trimmed = line.trim_end();
    let exe = names(line).any(|n| line.get(n + 4..).is_some_and(|t| t.starts_with(".exe")));
    if trimmed.ends_with('^') || trimmed.contains(" ^\"") {
        return Dialect::Cmd;
    }
    if trimmed.ends_with(" `") && source.rest(at + line.len()).trim_start().starts_with(['-', '\'', '"', 'h', '>']) {
        return Dialect::Powershell;
    }
    // Elsewhere a back quote before a quote would open a substitution that nothing closes.
    // Only there does a program that is named in full see `\"` within single quotes.
    if exe && (line.contains("`\"") || line.contains('\'') && line.contains("\\\"")) {
        Dialect::Powershell
    } else {
        Dialect::Posix
    }
}

/// PowerShell 5 calls its own `Invoke-WebRequest` curl.
fn is_cmdlet(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    ["-uri ", "-method ", "-headers ", "-body ", "-usebasicparsing"].iter().any(|p| lower.contains(p))
}

/// Whether the words before curl lead to it in a command line: nothing, assignments, `sudo` and its like, a pipe.
fn leads_to_curl(before: &str) -> bool {
    let first = before.split_whitespace().next().unwrap_or_default();
    let name = first.rsplit('/').next().unwrap_or_default();
    before.trim().is_empty()
        || name.is_empty()
        || first.starts_with(['(', '!', '{', '/', '.', '&'])
        || is_assignment(first)
        || LEADERS.contains(&name)
}

/// Commands and reserved words that another command may follow, or whose output is piped.
const LEADERS: [&str; 46] = [
    "sudo",
    "doas",
    "time",
    "env",
    "exec",
    "command",
    "builtin",
    "nohup",
    "nice",
    "stdbuf",
    "timeout",
    "watch",
    "xargs",
    "if",
    "then",
    "else",
    "elif",
    "while",
    "until",
    "do",
    "for",
    "docker",
    "podman",
    "kubectl",
    "oc",
    "ssh",
    "sh",
    "bash",
    "zsh",
    "ash",
    "eval",
    "echo",
    "printf",
    "cat",
    "jq",
    "tee",
    "proxychains",
    "proxychains4",
    "torsocks",
    "winpty",
    "export",
    "cd",
    "set",
    "source",
    "seq",
    "sleep",
];

/// How far a command is read that may turn out to be none.
fn bound(source: &Source<'_>, start: usize) -> usize {
    source.text.floor_char_boundary(start + PIPE)
}

/// A command over several lines whose output is piped into curl in its last one.
fn piped(source: &Source<'_>, start: usize, reading: Reading) -> Option<Claim> {
    let first = source.rest(start).split([' ', '\t', '\n']).next().unwrap_or_default();
    if !matches!(first, "echo" | "printf" | "cat" | "jq" | "sudo" | "env" | "time") && !is_assignment(first) {
        return None;
    }
    let limit = bound(source, start);
    // Only where curl is named at all, and before an empty line ends what belongs together.
    let paragraph = limit.min(source.blank.from(source.text, start));
    if source.curl.from(source.text, start) + "curl".len() > paragraph {
        return None;
    }
    let script = shell::read(source.text, start, limit, reading);
    understood(source, start, script, false)
}

/// A command inside something else: `$(curl …)`, `sh -c 'curl …'`, a sentence.
fn inside(source: &Source<'_>, at: usize, line: &str, name: usize, dialect: Dialect) -> Option<Claim> {
    let before = line.get(..name)?;
    let path =
        before.len() - before.trim_end_matches(|c: char| !c.is_whitespace() && !"`'\"($|;&{:>@".contains(c)).len();
    let start = name - path;
    let previous = line.get(..start).and_then(|b| b.chars().next_back());
    let after = line.get(name + 4..)?;
    let next = after.strip_prefix(".exe").unwrap_or(after).trim_start();
    let follows = next.starts_with(['-', '\'', '"', '$', '\\', '^', '“', '–', '—'])
        || next
            .split_whitespace()
            .next()
            .is_some_and(|w| w.contains("://") || w.contains('.') && w.contains('/') || w.starts_with("localhost"));
    if !follows {
        return None;
    }
    let closer = previous.filter(|p| matches!(p, '`' | '\'' | '"'));
    let reading = Reading { dialect, prompted: false, closer };
    let script = shell::read(source.text, at + start, bound(source, at + start), reading);
    // In running text what follows the command is not part of it.
    let loose = !matches!(previous, Some('`' | '\'' | '"' | '(' | ';' | '|' | '&' | '>')) && closer.is_none();
    understood(source, at + start, script, loose)
}

/// The requests of a script, or none where curl is not among its commands.
fn understood(source: &Source<'_>, start: usize, script: Script, loose: bool) -> Option<Claim> {
    let mut parts = Vec::new();
    let mut problems = script.problems;
    let mut seen = false;
    let mut end = script.end;
    for (number, command) in script.commands.iter().enumerate() {
        let Some(first) = position(&command.words) else {
            seen |= nested(command, &mut parts, &mut problems);
            assign::command(source, command);
            continue;
        };
        // `a || b`: b only runs where a fails, and to curl an answer of 403 is no failure.
        if seen && number.checked_sub(1).and_then(|n| script.commands.get(n)).is_some_and(|c| c.operator == "||") {
            continue;
        }
        seen = true;
        let known = source.variables.take();
        let words: Vec<Word> = command.words.iter().skip(first).map(|word| word.filled(&known)).collect();
        source.variables.set(known);
        let left = source.commands.get();
        source.commands.set(left.saturating_sub(1));
        if left < 2 {
            if left == 1 {
                let span = words.first().map_or(Span::new(start, start), Word::span);
                let message = "This text holds very many commands; those from here on were not read.".to_owned();
                problems.push(Problem { message, span });
            }
            continue;
        }
        let (mut said, used) = curl::understand(&words, command, loose);
        // Quotes that cmd does not take for quotes tear the command: curl requests each scrap, one call was meant.
        if said.requests.len() > 1 && words.iter().any(|w| w.text().starts_with('\'')) {
            let address = |r: &Request| r.url_span.is_some_and(|s| s.of(source.text).contains("://"));
            let meant = said.requests.iter().position(address).unwrap_or_default();
            said.requests = said.requests.into_iter().skip(meant).take(1).collect();
        }
        if loose && let Some(rest) = words.get(used) {
            end = rest.span().start;
            problems.retain(|p| p.span.start < end);
        }
        cut_by_operator(command, script.commands.get(number + 1), &mut problems);
        if said.requests.is_empty() && said.problems.is_empty() && loose {
            return None;
        }
        problems.extend(said.problems);
        let further = source.further.get();
        let kept = said.requests.len().min(further + 1);
        source.further.set(further - kept.saturating_sub(1));
        parts.extend(said.requests.into_iter().take(kept).map(Part::Request));
        if loose {
            break;
        }
    }
    if seen && !loose {
        end = lost_options(source, end, &mut problems);
    }
    seen.then(|| Claim { span: Span::new(start, end.max(start + 1).min(source.text.len())), parts, problems })
}

/// Options in the lines behind a command that no `\` joins to it: the shell runs curl without them. They are no text of
/// another kind, so they belong to the claim; its new end is returned.
fn lost_options(source: &Source<'_>, end: usize, problems: &mut Vec<Problem>) -> usize {
    let mut end = end;
    loop {
        let Some(line) = source.rest(end).strip_prefix("\r\n").or_else(|| source.rest(end).strip_prefix('\n')) else {
            return end;
        };
        let option = line.trim_start_matches([' ', '\t']);
        let named = ["-H", "-d", "-F", "-X", "-u", "--header", "--data", "--form", "--json", "--request"];
        let found = named.iter().find_map(|n| option.strip_prefix(n)).is_some_and(|after| {
            after.starts_with([' ', '\'', '"', '-', '=']) || after.starts_with(|c: char| c.is_ascii_uppercase())
        });
        if !found {
            return end;
        }
        let start = source.text.len() - option.len();
        let script = shell::read(source.text, start, source.text.len(), Reading::default());
        let message = "The line before this one does not end in `\\`: the shell runs curl without what stands here.";
        problems.push(Problem { message: message.to_owned(), span: Span::new(start, script.end) });
        end = script.end.max(start + 1);
    }
}

/// The place of `curl` among a simple command's words: first, or behind assignments and commands that run another.
fn position(words: &[Word]) -> Option<usize> {
    let mut leading = true;
    for (at, word) in words.iter().enumerate() {
        let text = word.text();
        if curl::is_curl(text) && !word.expands {
            return Some(at);
        }
        let name = text.rsplit('/').next().unwrap_or_default();
        if leading && !is_assignment(text) {
            if !LEADERS.contains(&name) && !matches!(text, "!" | "{" | "&" | ".")
                || matches!(name, "echo" | "printf" | "cat")
            {
                return None;
            }
            leading = false;
        }
        if at > 40 {
            return None;
        }
    }
    None
}

/// `sh -c 'curl …'`, `eval "curl …"`, `"$(curl …)"`: a command line inside a word.
fn nested(command: &Command, parts: &mut Vec<Part>, problems: &mut Vec<Problem>) -> bool {
    let mut seen = false;
    let runs = command.words.iter().any(|w| {
        matches!(w.text().rsplit('/').next(), Some("sh" | "bash" | "zsh" | "ash" | "dash" | "eval" | "ssh" | "watch"))
    });
    for word in &command.words {
        let text = word.text();
        if !text.contains("curl ") {
            continue;
        }
        let (from, closer) = if let Some(at) = text.find("$(") {
            (at + 2, None)
        } else if let Some(at) = text.find('`') {
            (at + 1, Some('`'))
        } else if runs {
            (0, None)
        } else {
            continue;
        };
        let script = shell::read(text, from, text.len(), Reading { closer, ..Reading::default() });
        for inner in &script.commands {
            let Some(first) = position(&inner.words) else { continue };
            let words: Vec<Word> = inner.words.iter().skip(first).map(|w| w.through(word)).collect();
            let stdin = match &inner.stdin {
                Stdin::Text(text) => Stdin::Text(text.through(word)),
                other => other.clone(),
            };
            let (said, _) = curl::understand(&words, &Command { stdin, ..Command::default() }, false);
            seen = true;
            problems.extend(said.problems);
            parts.extend(said.requests.into_iter().map(Part::Request));
        }
    }
    seen
}

/// `curl https://host/?a=1&b=2` without quotes: the shell ends the command at the `&`.
fn cut_by_operator(command: &Command, next: Option<&Command>, problems: &mut Vec<Problem>) {
    let glued =
        command.words.last().is_some_and(|w| w.span().end == command.operator_span.start && w.text().contains('?'));
    if command.operator == "&" && glued && next.and_then(|n| n.words.first()).is_some_and(|w| w.text().contains('=')) {
        problems.push(Problem {
            message: "The `&` in this URL ends the command: the shell starts curl without what follows. Put the URL in quotes."
                .to_owned(),
            span: command.operator_span,
        });
    }
}
