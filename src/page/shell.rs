//! Commands in the visitor's own shell. The causes give them for bash and zsh; who pasted from PowerShell or cmd gets them so
//! that they run there, or is told that they don't.
//!
//! Sources: how PowerShell hands arguments to programs
//! (<https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing>), how cmd reads variables
//! (<https://learn.microsoft.com/windows-server/administration/windows-commands/set_1>).

use crate::intake::InputKind;
use crate::report::Report;

/// A shell in which commands are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// bash, zsh and their kin.
    Posix,
    /// PowerShell, old and new.
    PowerShell,
    /// The Windows command prompt.
    Cmd,
}

/// The shell that the paste came from; bash where nothing tells.
pub fn of(report: &Report) -> Shell {
    let text = report.redacted.as_deref().unwrap_or_default();
    let power = ["Invoke-RestMethod", "Invoke-WebRequest", "$env:"].iter().any(|word| text.contains(word));
    let mut prompts = text.lines().take(200).map(str::trim);
    if power || report.input.kind == InputKind::Powershell || prompts.clone().any(|l| at_drive(l.strip_prefix("PS "))) {
        Shell::PowerShell
    } else if prompts.any(|l| l.ends_with(" ^") || at_drive(Some(l)) && l.contains('>')) {
        Shell::Cmd
    } else {
        Shell::Posix
    }
}

/// True where the line starts with a drive, as in `C:\`.
fn at_drive(line: Option<&str>) -> bool {
    line.is_some_and(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()) && l.get(1..3) == Some(":\\"))
}

/// The command as this shell takes it; none where it cannot be said there in one line.
pub fn command(command: &str, shell: Shell) -> Option<String> {
    if shell == Shell::Posix {
        return Some(command.to_owned());
    }
    let words = words(command)?;
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        // In old PowerShell `curl` is another command.
        if i == 0 && shell == Shell::PowerShell && word.as_slice() == [Part::Text("curl".to_owned())] {
            out.push_str("curl.exe");
        } else {
            say(word, shell, &mut out)?;
        }
    }
    Some(out)
}

#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Variable(String),
}

/// One word in the shell's spelling.
fn say(word: &[Part], shell: Shell, out: &mut String) -> Option<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+".contains(c);
    let quoted = word.iter().any(|p| !matches!(p, Part::Text(t) if t.chars().all(plain)));
    if quoted {
        out.push('"');
    }
    for part in word {
        match (part, shell) {
            (Part::Variable(name), Shell::Cmd) => out.extend(["%", name, "%"]),
            (Part::Variable(name), _) => out.extend(["$env:", name]),
            (Part::Text(text), Shell::Cmd) => out.push_str(&text.replace('"', "\\\"")),
            // How quotes inside an argument arrive differs between PowerShell's versions.
            (Part::Text(text), _) if text.contains(['"', '`', '$']) => return None,
            (Part::Text(text), _) => out.push_str(text),
        }
    }
    if quoted {
        out.push('"');
    }
    Some(())
}

/// The words of one simple command; none where it is more than that.
fn words(command: &str) -> Option<Vec<Vec<Part>>> {
    let mut words = Vec::new();
    let mut word: Vec<Part> = Vec::new();
    let (mut started, mut double) = (false, false);
    let mut rest = command.chars().peekable();
    let push = |word: &mut Vec<Part>, c: char| match word.last_mut() {
        Some(Part::Text(text)) => text.push(c),
        _ => word.push(Part::Text(c.to_string())),
    };
    while let Some(c) = rest.next() {
        match c {
            ' ' if !double => {
                if started {
                    words.push(std::mem::take(&mut word));
                    started = false;
                }
                continue;
            }
            '"' => double = !double,
            '\'' if !double => loop {
                match rest.next()? {
                    '\'' => break,
                    c => push(&mut word, c),
                }
            },
            '\\' => push(&mut word, rest.next()?),
            '$' => {
                let mut name = String::new();
                while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                    name.push(c);
                }
                if name.is_empty() {
                    return None;
                }
                word.push(Part::Variable(name));
            }
            '|' | ';' | '&' | '<' | '>' | '`' | '(' | ')' | '*' | '\n' if !double => return None,
            '`' => return None,
            c => push(&mut word, c),
        }
        started = true;
    }
    if double {
        return None;
    }
    if started {
        words.push(word);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};

    const BEARER: &str = "curl -sS https://api.openai.com/v1/models -H \"Authorization: Bearer $OPENAI_API_KEY\"";
    const BODY: &str = "curl https://x.example/ -d '{\"a\":\"b c\"}'";

    #[test]
    fn a_command_is_said_in_the_shell_that_was_pasted() {
        assert_eq!(command(BEARER, Shell::Posix).as_deref(), Some(BEARER));
        assert_eq!(
            command(BEARER, Shell::PowerShell).as_deref(),
            Some("curl.exe -sS https://api.openai.com/v1/models -H \"Authorization: Bearer $env:OPENAI_API_KEY\"")
        );
        assert_eq!(
            command(BEARER, Shell::Cmd).as_deref(),
            Some("curl -sS https://api.openai.com/v1/models -H \"Authorization: Bearer %OPENAI_API_KEY%\"")
        );
        assert_eq!(
            command(BODY, Shell::Cmd).as_deref(),
            Some("curl https://x.example/ -d \"{\\\"a\\\":\\\"b c\\\"}\"")
        );
    }

    #[test]
    fn what_cannot_be_said_there_is_not_made_up() {
        assert_eq!(command(BODY, Shell::PowerShell), None);
        for more in ["env | grep x", "a; b", "a && b", "x $(y)", "a > b", "echo 'open", "ls *.txt", "a `b`"] {
            assert_eq!(command(more, Shell::Cmd), None, "{more}");
        }
    }

    #[test]
    fn the_shell_is_told_from_the_paste() {
        let shell = |text: &str| of(&crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]));
        assert_eq!(shell("PS C:\\Users\\me> curl.exe https://api.openai.com/v1/models"), Shell::PowerShell);
        assert_eq!(shell("Invoke-RestMethod https://api.openai.com/v1/models"), Shell::PowerShell);
        assert_eq!(shell("curl https://api.openai.com/v1/models ^\n  -H \"a: b\""), Shell::Cmd);
        assert_eq!(shell("C:\\>curl https://api.openai.com/v1/models"), Shell::Cmd);
        assert_eq!(shell("curl https://api.openai.com/v1/models \\\n -H 'a: b'"), Shell::Posix);
        assert_eq!(shell(""), Shell::Posix);
    }
}
