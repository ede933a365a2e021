//! Windows: `cmd` with its carets and the C runtime's quoting behind it, and PowerShell.

use super::{Command, Script, Stdin, Word, problem};
use crate::span::Span;

/// A line's character after `cmd` has read its carets, with its place.
struct Letter {
    c: char,
    at: usize,
    len: usize,
}

/// Reads a `cmd` command line as `cmd` does (carets, quotes that switch them off, `&` and `|`), then splits what is left into
/// words as the C runtime of curl.exe does (backslashes before a quote, `""` inside quotes).
pub(super) fn read_cmd(text: &str, at: usize, limit: usize) -> Script {
    let text = text.get(..limit).unwrap_or(text);
    let mut script = Script::default();
    let mut letters: Vec<Letter> = Vec::new();
    let mut quoted = false;
    let mut chars = text.get(at..).unwrap_or_default().char_indices().map(|(i, c)| (at + i, c)).peekable();
    script.end = text.len();
    let mut after_data = None;
    while let Some((here, c)) = chars.next() {
        match c {
            '\n' => {
                script.end = here;
                break;
            }
            '\r' if matches!(chars.peek(), Some((_, '\n'))) => {}
            '"' => {
                quoted = !quoted;
                letters.push(Letter { c, at: here, len: 1 });
            }
            // Browsers of some years wrote `\^"` inside plain quotes; what they meant is a quote.
            '^' if quoted && !caret_inside(text, here) => letters.push(Letter { c, at: here, len: 1 }),
            '^' => {
                if matches!(chars.peek(), Some((_, '\r'))) {
                    chars.next();
                }
                match chars.next() {
                    // The line goes on; the first character of the next line is escaped, so a second line end is kept.
                    Some((_, '\n')) => {
                        if matches!(chars.peek(), Some((_, '\r'))) {
                            chars.next();
                        }
                        match chars.peek() {
                            Some((place, '\n')) if inside_word(&letters) => {
                                letters.push(Letter { c: '\n', at: *place, len: 1 });
                                chars.next();
                            }
                            Some((place, '"')) => {
                                letters.push(Letter { c: '"', at: *place, len: 1 });
                                chars.next();
                            }
                            _ => {}
                        }
                    }
                    Some((_, escaped)) => letters.push(Letter { c: escaped, at: here, len: 1 + escaped.len_utf8() }),
                    None => {}
                }
            }
            '&' | '|' if !quoted => {
                after_data = Some(here);
                flush(&mut script, &mut letters, if c == '&' { "&" } else { "|" }, here);
            }
            '>' | '<' if !quoted => letters.push(Letter { c: '\u{0}', at: here, len: 1 }),
            c => letters.push(Letter { c, at: here, len: c.len_utf8() }),
        }
    }
    let _ = after_data;
    let end = script.end;
    flush(&mut script, &mut letters, "", end);
    if quoted && inside_word_any(&script) {
        script.problems.push(problem("A quote in this command line is not closed.", Span::new(at, at)));
    }
    script
}

fn inside_word_any(script: &Script) -> bool {
    script.commands.iter().any(|c| c.words.iter().any(|w| w.text().contains('\n')))
}

/// Whether a caret in plain quotes was meant to escape: it stands before `\^"` or before a quote that a backslash precedes.
fn caret_inside(text: &str, at: usize) -> bool {
    let after = text.get(at + 1..).unwrap_or_default();
    after.starts_with("\\^\"") || (after.starts_with('"') && text.get(..at).is_some_and(|t| t.ends_with('\\')))
}

/// Whether an open quote of the C runtime holds the end of these letters.
fn inside_word(letters: &[Letter]) -> bool {
    let (mut open, mut slashes) = (false, 0);
    for letter in letters {
        match letter.c {
            '\\' => slashes += 1,
            '"' if slashes % 2 == 0 => {
                open = !open;
                slashes = 0;
            }
            _ => slashes = 0,
        }
    }
    open
}

/// Splits letters into words as the C runtime does and adds them as a command.
fn flush(script: &mut Script, letters: &mut Vec<Letter>, operator: &'static str, at: usize) {
    let letters = std::mem::take(letters);
    let mut command = Command {
        stdin: if script.commands.last().is_some_and(|c| c.operator == "|") { Stdin::Unknown } else { Stdin::None },
        operator,
        operator_span: Span::new(at, at + operator.len()),
        ..Command::default()
    };
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<Word> = None;
    let mut quoted = false;
    let mut index = 0;
    while let Some(letter) = letters.get(index) {
        index += 1;
        let blank = matches!(letter.c, ' ' | '\t' | '\n' | '\u{0}');
        if blank && !quoted {
            words.extend(word.take());
            if letter.c == '\u{0}' {
                words.push(Word::at(letter.at));
            }
            continue;
        }
        let current = word.get_or_insert_with(|| Word::at(letter.at));
        match letter.c {
            '\\' => {
                let more = letters.get(index..).unwrap_or_default().iter().take_while(|l| l.c == '\\').count();
                let slashes = more + 1;
                index += more;
                let before_quote = letters.get(index).filter(|l| l.c == '"');
                let end = letters.get(index - 1).map_or(letter.at, |l| l.at + l.len);
                let Some(quote) = before_quote else {
                    for slash in letters.get(index - slashes..index).unwrap_or_default() {
                        push(current, slash);
                    }
                    continue;
                };
                current.push_decoded(&"\\".repeat(slashes / 2), Span::new(letter.at, end));
                if slashes % 2 == 1 {
                    current.push_decoded("\"", Span::new(end.saturating_sub(1), quote.at + quote.len));
                    index += 1;
                }
            }
            '"' => {
                if quoted && letters.get(index).is_some_and(|l| l.c == '"') {
                    current.push_decoded("\"", Span::new(letter.at, letter.at + 2));
                    index += 1;
                } else {
                    quoted = !quoted;
                }
                current.quoted = true;
            }
            '%' if let Some(name) = percent(letters.get(index..).unwrap_or_default()) => {
                current.push_variable(&["%", &name, "%"].concat(), letter.at);
                index += name.len() + 1;
            }
            _ => push(current, letter),
        }
    }
    words.extend(word.take());
    // A redirection and the file it names are no words of the command.
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word.text().is_empty() && !word.quoted {
            words.next();
        } else {
            command.words.push(word);
        }
    }
    script.commands.push(command);
}

/// The name of a variable behind its first `%`, where each letter stands as it is written.
fn percent(letters: &[Letter]) -> Option<String> {
    let end = letters.iter().take(80).position(|l| l.c == '%')?;
    let name = letters.get(..end)?;
    let plain = |l: &Letter| (l.c.is_ascii_alphanumeric() || l.c == '_') && l.len == 1;
    (end > 0 && name.iter().all(plain)).then(|| name.iter().map(|l| l.c).collect())
}

/// The length of PowerShell's variable at the start of `text`: `$name`, `$env:NAME`; 1 where none is named.
fn variable(text: &str) -> usize {
    let bytes = |t: &str| t.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let rest = text.get(1..).unwrap_or_default();
    let scope = rest.strip_prefix("env:").map_or(0, |name| if bytes(name) > 0 { "env:".len() } else { 0 });
    1 + scope + bytes(rest.get(scope..).unwrap_or_default())
}

/// Takes the variable at `at` over, or a `$` alone; the offset after it.
fn push_variable(text: &str, at: usize, word: &mut Word) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let length = variable(rest);
    match length {
        1 => word.push_verbatim("$", at),
        length => word.push_variable(rest.get(..length).unwrap_or_default(), at),
    }
    word.expands = true;
    at + length
}

fn push(word: &mut Word, letter: &Letter) {
    let mut buffer = [0; 4];
    let text = letter.c.encode_utf8(&mut buffer);
    if text.len() == letter.len {
        word.push_verbatim(text, letter.at);
    } else {
        word.push_decoded(text, Span::new(letter.at, letter.at + letter.len));
    }
}

/// Reads a PowerShell command line as far as a program's words go.
pub(super) fn read_powershell(text: &str, at: usize, limit: usize) -> Script {
    let text = text.get(..limit).unwrap_or(text);
    let mut script = Script { end: text.len(), ..Script::default() };
    let mut command = Command::default();
    let mut word: Option<Word> = None;
    let mut here = at;
    let mut piped = false;
    while let Some(c) = text.get(here..).and_then(|t| t.chars().next()) {
        let rest = text.get(here..).unwrap_or_default();
        let end = here + c.len_utf8();
        match c {
            '`' => {
                let after = rest.get(1..).unwrap_or_default();
                let line = after.trim_start_matches([' ', '\t', '\r']);
                if let Some(next) = line.strip_prefix('\n') {
                    command.words.extend(word.take());
                    here = text.len() - next.len() - (text.len() - here - rest.len());
                    here += continuation_prompt(text, here);
                    continue;
                }
                let escaped = after.chars().next().unwrap_or_default();
                word.get_or_insert_with(|| Word::at(here))
                    .push_decoded(&tick(escaped), Span::new(here, end + escaped.len_utf8()));
                here = end + escaped.len_utf8();
                continue;
            }
            '\'' | '"' | '‘' | '’' | '“' | '”' => {
                here = powershell_quotes(text, here, c, word.get_or_insert_with(|| Word::at(here)), true);
                continue;
            }
            '@' if word.is_none() && (rest.starts_with("@'") || rest.starts_with("@\"")) => {
                here = here_string(text, here, word.get_or_insert_with(|| Word::at(here)));
                continue;
            }
            '\n' => {
                script.end = here;
                break;
            }
            ' ' | '\t' | '\r' => command.words.extend(word.take()),
            ';' | '|' | '&' if !(c == '&' && command.words.is_empty()) => {
                command.words.extend(word.take());
                command.operator = if c == ';' {
                    ";"
                } else if c == '|' {
                    "|"
                } else {
                    "&"
                };
                command.operator_span = Span::new(here, end);
                if piped {
                    command.stdin = Stdin::Unknown;
                }
                piped = c == '|';
                script.commands.push(std::mem::take(&mut command));
            }
            '&' => {}
            '$' => {
                here = push_variable(text, here, word.get_or_insert_with(|| Word::at(here)));
                continue;
            }
            _ => {
                word.get_or_insert_with(|| Word::at(here)).push_verbatim(text.get(here..end).unwrap_or_default(), here)
            }
        }
        here = end;
    }
    command.words.extend(word.take());
    if piped {
        command.stdin = Stdin::Unknown;
    }
    script.commands.push(command);
    script.end = script.end.max(at);
    script
}

/// `>> ` at the start of a continued line.
fn continuation_prompt(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.trim_start_matches([' ', '\t']);
    line.strip_prefix(">> ").map_or(0, |after| rest.len() - after.len())
}

/// What a back-quote escape stands for.
fn tick(escaped: char) -> String {
    match escaped {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        other => other,
    }
    .to_string()
}

/// A quoted stretch; gives the offset after it. `\"` becomes `"`: Windows PowerShell hands the backslash on, and the
/// program's own runtime takes it away.
///
/// `native`: the word goes to a program, not to a cmdlet.
fn powershell_quotes(text: &str, at: usize, open: char, word: &mut Word, native: bool) -> usize {
    word.quoted = true;
    let single = matches!(open, '\'' | '‘' | '’');
    let closes = |c: char| if single { matches!(c, '\'' | '‘' | '’') } else { matches!(c, '"' | '“' | '”') };
    let mut here = at + open.len_utf8();
    while let Some(c) = text.get(here..).and_then(|t| t.chars().next()) {
        let end = here + c.len_utf8();
        let next = text.get(end..).and_then(|t| t.chars().next());
        if closes(c) {
            if next == Some(c) {
                word.push_decoded(c.encode_utf8(&mut [0; 4]), Span::new(here, end + c.len_utf8()));
                here = end + c.len_utf8();
                continue;
            }
            return end;
        }
        match (c, next) {
            ('\\', Some('"')) if single && native => {
                word.push_decoded("\"", Span::new(here, end + 1));
                here = end + 1;
            }
            ('\\', Some('`')) if !single && native && text.get(end + 1..).is_some_and(|t| t.starts_with('"')) => {
                word.push_decoded("\"", Span::new(here, end + 2));
                here = end + 2;
            }
            ('`', Some(escaped)) if !single => {
                word.push_decoded(&tick(escaped), Span::new(here, end + escaped.len_utf8()));
                here = end + escaped.len_utf8();
            }
            ('$', _) if !single => here = push_variable(text, here, word),
            _ => {
                word.push_verbatim(text.get(here..end).unwrap_or_default(), here);
                here = end;
            }
        }
    }
    here
}

/// A string at `at`, or nothing where there is none.
pub(super) fn powershell_string(text: &str, at: usize, word: &mut Word, native: bool) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    match rest.chars().next() {
        Some('@') if rest.starts_with("@'") || rest.starts_with("@\"") => here_string(text, at, word),
        Some(open @ ('\'' | '"' | '‘' | '’' | '“' | '”')) => powershell_quotes(text, at, open, word, native),
        _ => at,
    }
}

/// `@'` … `'@`: the lines in between, as they stand.
fn here_string(text: &str, at: usize, word: &mut Word) -> usize {
    word.quoted = true;
    let rest = text.get(at..).unwrap_or_default();
    let close = if rest.starts_with("@'") { "\n'@" } else { "\n\"@" };
    let start = at + memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |n| n + 1);
    let body = text.get(start - 1..).unwrap_or_default();
    let end = body.find(close).map_or(text.len(), |n| start - 1 + n);
    let content = text.get(start..end).unwrap_or_default();
    let content = content.strip_suffix('\r').unwrap_or(content);
    let mut at = 0;
    while let Some(found) = content.get(at..).and_then(|c| c.find('`')).filter(|_| close == "\n\"@") {
        let tick_at = at + found;
        word.push_verbatim(content.get(at..tick_at).unwrap_or_default(), start + at);
        let Some(escaped) = content.get(tick_at + 1..).and_then(|c| c.chars().next()) else { break };
        at = tick_at + 1 + escaped.len_utf8();
        word.push_decoded(&tick(escaped), Span::new(start + tick_at, start + at));
    }
    word.expands |= close == "\n\"@" && content.contains('$');
    word.push_verbatim(content.get(at..).unwrap_or_default(), start + at);
    (end + close.len()).min(text.len())
}
