//! Prompts: what a terminal shows before a command, copied along with it.

use super::Dialect;

/// A prompt at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// Length in bytes, with the blanks around it.
    pub(crate) length: usize,
    /// Whether there is more than blanks.
    pub(crate) shown: bool,
    /// The dialect that such a prompt belongs to, where it tells.
    pub(crate) dialect: Option<Dialect>,
}

/// No prompt is longer than this many bytes.
const LONGEST: usize = 200;

/// The prompt that `line` begins with; of length 0 where there is none.
pub(crate) fn prompt(line: &str) -> Prompt {
    let blank = line.len() - line.trim_start().len();
    let body = line.trim_start();
    let none = Prompt { length: blank, shown: false, dialect: None };
    let (mark, dialect) = if let Some(path) = body.strip_prefix("PS ").or_else(|| body.strip_prefix("PS>").map(|_| ">"))
    {
        let Some(mark) = path.find('>') else { return none };
        (body.len() - path.len() + mark, Some(Dialect::Powershell))
    } else if body.as_bytes().get(1..3) == Some(b":\\") && body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let Some(mark) = body.find('>') else { return none };
        (mark, Some(Dialect::Cmd))
    } else {
        let Some(mark) = mark(body) else { return none };
        (mark, None)
    };
    if mark > LONGEST {
        return none;
    }
    let after = body.get(mark..).unwrap_or_default();
    let sign = after.chars().next().map_or(0, char::len_utf8);
    let command = after.get(sign..).unwrap_or_default();
    let length = line.len() - command.trim_start().len();
    Prompt { length, shown: true, dialect }
}

/// Where the sign stands that ends the prompt of a POSIX shell.
fn mark(body: &str) -> Option<usize> {
    let signs = ['$', '#', '%', '>', '❯', '➜', 'λ', '»', '✗'];
    for (at, sign) in body.char_indices().take(LONGEST) {
        if matches!(sign, '"' | '\'' | '|' | '`' | '=' | '\n') {
            return None;
        }
        if !signs.contains(&sign) {
            continue;
        }
        let before = body.get(..at)?;
        let after = body.get(at + sign.len_utf8()..)?;
        // `$ curl`, but also `$curl` as some pages write it; never `$NAME` in the middle of a command.
        let glued = before.is_empty() && matches!(sign, '$' | '>' | '%') && after.starts_with("curl");
        if (after.starts_with([' ', '\u{a0}']) || glued) && is_prompt(before) {
            return Some(at);
        }
        if !before.contains(['@', '~', '[', '(']) {
            return None;
        }
    }
    None
}

/// Whether what stands before the sign looks like the rest of a prompt: nothing, `user@host:path`, `[user@host dir]`,
/// `(venv)`, `~/dir`, `bash-5.1`, one word.
fn is_prompt(before: &str) -> bool {
    let before = before.trim();
    let inner = match before.strip_prefix('(').and_then(|b| b.split_once(')')) {
        Some((_, after)) => after.trim(),
        None => before,
    };
    inner.is_empty()
        || inner.starts_with(['[', '~', '/'])
        || (inner.contains('@') && inner.split_whitespace().count() <= 4 && !inner.contains("://"))
        || (!inner.contains(char::is_whitespace) && inner.len() < 40 && !inner.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_of_all_kinds() {
        for (line, command) in [
            ("$ curl x", "curl x"),
            ("  # curl x", "curl x"),
            ("user@host:~/dir$ curl x", "curl x"),
            ("root@5c1e7a90b2d4:/usr/src/app# curl x", "curl x"),
            ("(venv) $ curl x", "curl x"),
            ("(base) ann@mac ~ % curl x", "curl x"),
            ("[root@web01 ~]# curl x", "curl x"),
            ("bash-5.1$ curl x", "curl x"),
            ("PS C:\\Users\\ann> curl.exe x", "curl.exe x"),
            ("C:\\Users\\ann>curl x", "curl x"),
            ("❯ curl x", "curl x"),
            ("curl x", "curl x"),
            ("curl \"$A\" > file", "curl \"$A\" > file"),
            ("echo $A | curl x", "echo $A | curl x"),
            ("curl https://host/a > out # b", "curl https://host/a > out # b"),
        ] {
            assert_eq!(line.get(prompt(line).length..), Some(command), "{line}");
        }
        assert_eq!(prompt("PS C:\\> curl").dialect, Some(Dialect::Powershell));
        assert_eq!(prompt("D:\\x>curl").dialect, Some(Dialect::Cmd));
    }
}
