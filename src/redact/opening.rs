//! Where the value of a name begins, how it is quoted, and what ends it.

use super::extent::End;
use super::sink::decode;
use super::unit::{MARKUP, Writing, byte, closing_quote, floor, is_quote, is_zero_width, unit};
use super::{link, table};

/// Where a value starts, and how its end will show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    /// Offset of the value's first byte.
    pub(super) start: usize,
    /// How it ends.
    pub(super) end: End,
    /// What stands between name and value: `:`, `=`, `,`, `|`, `(`, a space, `>` behind an element's name, `"` behind an
    /// attribute's value, `v` for an attribute `value`.
    pub(super) separator: char,
    /// The name is a query parameter's.
    pub(super) parameter: bool,
    /// The name was quoted.
    pub(super) quoted_name: bool,
}

impl Opening {
    /// True where the value itself stands in quotes of its own.
    pub(super) fn is_quoted(&self) -> bool {
        matches!(self.end, End::Quote { own: true, .. })
    }
}

/// Reads what stands between a name and its value.
pub(super) fn open(text: &str, name_start: usize, name_end: usize) -> Option<Opening> {
    let before = outer(text, name_start);
    let mut at = name_end;
    let mut quoted_name = false;
    // What closes the name: its quote, a bracket, Markdown's marks, colours.
    for _ in 0..8 {
        let u = unit(text, at)?;
        if is_quote(u.ch) {
            quoted_name = true;
        } else if !(matches!(u.ch, '*' | '?' | '!')
            || u.ch == ']' && (quoted_name || is_printed(text, at + u.len, before)))
        {
            match colour(text, at) {
                Some(next) => {
                    at = next;
                    continue;
                }
                None => break,
            }
        }
        at += u.len;
    }
    // PHP's dumps: `["name":protected]=>` and, serialized, `s:4:"name";s:32:"…"`.
    if quoted_name && matches!(byte(text, at), b':' | b';') {
        let rest = text.get(at + 1..floor(text, text.len().min(at + 40))).unwrap_or_default();
        let skip = rest.find("]=>").map(|len| len + 2).or_else(|| {
            let digits = rest.strip_prefix("s:").filter(|_| byte(text, at) == b';')?;
            let len = digits.bytes().take_while(u8::is_ascii_digit).count();
            digits.get(len..)?.starts_with(":\"").then_some(len + 3)
        });
        at += skip.unwrap_or(0);
    }
    at = skip_spaces(text, at, quoted_name);
    let first_attribute = at;
    if quoted_name {
        at = attributes(text, at);
    }
    let first = unit(text, at)?;
    let spaced = at > name_end;
    let option = unit(text, name_start).is_some_and(|u| u.ch == '-');
    let separator = match first.ch {
        ':' | '=' => first.ch,
        // But for a variable that is piped into a command.
        '|' if !matches!(before, Some(('$', ..))) && !table::is_head(text, at) => '|',
        ',' if quoted_name
            || later_value(text, at + 1).is_some()
            || text.get(name_start..name_end).is_some_and(|n| {
                // A constant among arguments: `CURLOPT_USERPWD, "…"`.
                let constant = || n.contains('_') && n.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
                n.eq_ignore_ascii_case("authorization") || constant()
            }) =>
        {
            ','
        }
        // `<add key="apiKey" value="…"/>` and `<string name="apiKey">…</string>`.
        'v' if quoted_name && spaced && member_value(text, at).is_some() => 'v',
        // But for a mark of what is quoted, at the start of the next line.
        '>' if quoted_name
            && (at == first_attribute || tag(text, skip_spaces(text, at + first.len, true)) > 0)
            && !text.get(name_end..at).is_some_and(|gap| gap.contains('\n')) =>
        {
            '"'
        }
        '>' if before_tag(text, name_start) => '>',
        '(' if unit(text, skip_spaces(text, at + first.len, true)).is_some_and(|u| is_quote(u.ch)) => '(',
        // A here-string: `read -s NAME <<< "…"`.
        '<' if text.get(at..).is_some_and(|rest| rest.starts_with("<<<")) => '=',
        '-' if byte(text, at + 1) == b'>' => '=',
        // The subprotocol in which browsers send keys: `openai-insecure-api-key.KEY`.
        '.' if decode(text, name_start, name_end).ends_with("openai-insecure-api-key") => '=',
        _ if option && spaced && !quoted_name => ' ',
        _ if spaced && !quoted_name && (setter(text, name_start) || is_scheme(text, name_start, name_end)) => ' ',
        _ => return None,
    };
    if separator == 'v' {
        at = member_value(text, at)?;
    } else if separator != ' ' {
        at += first.len;
        if separator == '"' {
            let inner = skip_spaces(text, at, true);
            at = Some(inner + tag(text, inner)).filter(|value| *value > inner).unwrap_or(at);
        }
        // `:=`, `=>`, `==`, `->`, `::`, and Markdown's bold after the colon.
        while let Some(u) = unit(text, at)
            .filter(|u| matches!((first.ch, u.ch), (':', '=' | ':') | ('=' | '-', '>' | '=') | (':', '*') | ('<', '<')))
        {
            at += u.len;
        }
    }
    if first.ch == ':' {
        at = link::block(text, at).unwrap_or(at);
    }
    // Quoted-printable's equals sign.
    let rest = text.get(at..)?;
    if first.ch == '=' && (rest.starts_with("3D\"") || rest.starts_with("3D'")) {
        at += 2;
    }
    let parameter = first.ch == '=' && matches!(before.map(|b| b.0), Some('?' | '&' | '#'));
    at = skip_spaces(text, at, quoted_name || matches!(separator, ',' | '('));
    at = colour(text, at).unwrap_or(at);
    let inline = link::inline(text, at);
    at += inline;
    if separator == ',' {
        at = later_value(text, at).unwrap_or(at);
    }
    let at_line_start = is_line_start(text, name_start);
    let base = Opening { start: at, end: End::Token, separator, parameter, quoted_name };
    if let Some(opening) = own_quote(text, base) {
        return Some(opening);
    }
    // `ParameterKey=ApiKey,ParameterValue=…`.
    if separator == ',' && (quoted_name || !matches!(byte(text, at.wrapping_sub(1)), b'=')) {
        return None;
    }
    let end = match before {
        // `'Authorization: Bearer …'`: the quote before the name ends the value.
        Some((quote, slashes, writing)) if !quoted_name && is_quote(quote) && !matches!(separator, '>' | ' ') => {
            End::Quote { close: closing_quote(quote)?, slashes, writing, own: false }
        }
        _ if parameter || first.writing == Writing::Percent => End::Parameter,
        _ if matches!(separator, '>' | '"') || inline > 0 => End::Tag,
        _ if separator == '|' => End::Cell,
        _ if at_line_start && separator == ':' => End::Line,
        _ if at_line_start && separator == '=' => End::Word,
        _ if separator == ' ' && is_scheme(text, name_start, name_end) => End::Token,
        _ if separator == ' ' => End::Word,
        _ => End::Token,
    };
    Some(Opening { end, ..base })
}

/// The value's own opening quote, after brackets, string prefixes and wrappers such as `SecretStr(`.
pub(super) fn own_quote(text: &str, base: Opening) -> Option<Opening> {
    let mut at = base.start;
    for _ in 0..4 {
        let u = unit(text, at)?;
        if let Some(close) = closing_quote(u.ch) {
            // `?api_key=" & "…"`: this one ends an address, and the value is joined to it.
            let joint = skip_spaces(text, at + u.len, true);
            if base.parameter
                && matches!(byte(text, joint), b'&' | b'+' | b'.')
                && unit(text, skip_spaces(text, joint + 1, true)).is_some_and(|u| is_quote(u.ch))
            {
                return None;
            }
            // `""`: an empty value; `"""`: Python's long string.
            let end = End::Quote { close, slashes: u.slashes, writing: u.writing, own: true };
            return Some(Opening { start: at + u.len, end, ..base });
        }
        match u.ch {
            // A debugger's address before what stands there.
            '0' if byte(text, at + 1) == b'x' => {
                let digits =
                    text.as_bytes().get(at + 2..)?.iter().take(17).take_while(|b| b.is_ascii_hexdigit()).count();
                at = skip_spaces(text, at + 2 + digits, false);
                if !unit(text, at).is_some_and(|u| is_quote(u.ch)) {
                    return None;
                }
            }
            '[' | '(' => at = skip_spaces(text, at + u.len, true),
            // `N` is T-SQL's, `E` PostgreSQL's.
            'b' | 'r' | 'f' | 'u' | 'B' | 'R' | 'F' | 'U' | '$' | '@' | 'L' | 'N' | 'E'
                if unit(text, at + 1).is_some_and(|n| is_quote(n.ch)) =>
            {
                at += 1
            }
            c if c.is_ascii_alphabetic() => {
                // `str = "…"`, `SecretStr("…")`, `String.valueOf("…")`, `Some("…")`.
                let rest = text.get(at..)?;
                let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[' | b']' | b'|');
                let word = rest.as_bytes().iter().take(40).position(|b| !fits(b))?;
                let mut next = skip_spaces(text, at + word, false);
                let mark = unit(text, next)?;
                if !(mark.ch == '(' || mark.ch == '=' && base.separator == ':') {
                    return None;
                }
                next = skip_spaces(text, next + mark.len, mark.ch == '(');
                // PHP's `string(32) "…"`.
                let digits = text.as_bytes().get(next..)?.iter().take(8).take_while(|b| b.is_ascii_digit()).count();
                if digits > 0 && byte(text, next + digits) == b')' {
                    next = skip_spaces(text, next + digits + 1, false);
                }
                if !unit(text, next).is_some_and(|u| {
                    is_quote(u.ch) || matches!(u.ch, 'b' | 'f' | 'r' | 'u') || u.ch.is_ascii_uppercase()
                }) {
                    return None;
                }
                // `os.environ.get("OPENAI_API_KEY")`: what stands in it is a name; in `Credentials.basic("jane", "…")` a user.
                if rest.starts_with("os.")
                    || rest.get(..word)?.ends_with("asic")
                    || rest.starts_with("get")
                    || rest.get(..word)?.contains("env")
                {
                    return None;
                }
                at = next;
            }
            _ => return None,
        }
    }
    None
}

/// `[name] => value`, as PHP prints arrays.
pub(super) fn is_printed(text: &str, at: usize, before: Option<(char, usize, Writing)>) -> bool {
    matches!(before, Some(('[', ..)))
        && text.get(at..floor(text, text.len().min(at + 8))).is_some_and(|rest| rest.trim_start().starts_with("=>"))
}

/// Passes over an element's attributes between its name and its value: `<input name="password" type="text" value="…"`.
pub(super) fn attributes(text: &str, at: usize) -> usize {
    let mut next = at;
    for _ in 0..4 {
        let rest = text.get(next..).unwrap_or_default();
        let name = rest.bytes().take(32).take_while(|b| b.is_ascii_alphabetic() || *b == b'-').count();
        if name == 0 || member_value(text, next).is_some() {
            break;
        }
        let Some(equals) = unit(text, next + name).filter(|u| u.ch == '=') else { return at };
        let open = next + name + equals.len;
        let Some(quote) = unit(text, open).filter(|u| is_quote(u.ch)) else { return at };
        let value = text.as_bytes().get(open + quote.len..).unwrap_or_default();
        let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b' ' | b':');
        let close = open + quote.len + value.iter().take(64).take_while(|b| fits(b)).count();
        let Some(quote) = unit(text, close).filter(|u| is_quote(u.ch)) else { return at };
        next = skip_spaces(text, close + quote.len, true);
    }
    next
}

/// Bytes of an element's start at `at` that a value stands in: `<value>`.
pub(super) fn tag(text: &str, at: usize) -> usize {
    ["<value>", "<string>", "<Value>"]
        .into_iter()
        .find(|tag| text.get(at..).is_some_and(|rest| rest.starts_with(tag)))
        .map_or(0, str::len)
}

/// After `"name": "Authorization",` or `name: 'Authorization',`: the start of the member `value`.
pub(super) fn member_value(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    let u = unit(text, at)?;
    if is_quote(u.ch) {
        at += u.len;
    }
    let rest = text.get(at..)?;
    let len = rest.bytes().take(24).take_while(u8::is_ascii_alphabetic).count();
    // `value`, `values`, `ParameterValue`.
    let word = rest.get(..len)?.trim_end_matches('s');
    if !word.ends_with("alue") || !matches!(word.len().checked_sub(5).map(|at| byte(word, at) | 0x20), Some(b'v')) {
        return None;
    }
    at += len;
    let u = unit(text, at)?;
    if is_quote(u.ch) {
        at += u.len;
    }
    at = skip_spaces(text, at, true);
    let colon = unit(text, at).filter(|u| matches!(u.ch, ':' | '='))?;
    at = skip_spaces(text, at + colon.len, true);
    Some(at)
}

/// As [`member_value`], behind other members with plain values: `"name": "KEY", "slotSetting": false, "value": "…"`.
fn later_value(text: &str, at: usize) -> Option<usize> {
    let quoted = |at: usize| unit(text, at).filter(|u| is_quote(u.ch)).map(|u| at + u.len);
    let plain = |at: usize| {
        let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        at + text.as_bytes().get(at..).unwrap_or_default().iter().take(48).take_while(|b| fits(b)).count()
    };
    let mut at = at;
    for _ in 0..4 {
        let found = member_value(text, at);
        if found.is_some() {
            return found;
        }
        let name = quoted(plain(quoted(skip_spaces(text, at, true))?))?;
        let colon = skip_spaces(text, name, true);
        let value = skip_spaces(text, colon + unit(text, colon).filter(|u| u.ch == ':')?.len, true);
        let end = plain(quoted(value).unwrap_or(value));
        let comma = skip_spaces(text, quoted(end).unwrap_or(end), true);
        at = skip_spaces(text, comma + unit(text, comma).filter(|u| u.ch == ',')?.len, true);
    }
    None
}

/// The opening of the member `value` whose name starts at or behind `at`, where it is a string.
pub(super) fn member(text: &str, at: usize) -> Option<Opening> {
    let start = member_value(text, skip_spaces(text, at, true))?;
    own_quote(text, Opening { start, end: End::Token, separator: ':', parameter: false, quoted_name: true })
}

/// The quotation mark, or other character, right before a name, with its backslashes.
pub(super) fn outer(text: &str, start: usize) -> Option<(char, usize, Writing)> {
    let from = floor(text, start.saturating_sub(16));
    let before = text.get(from..start)?;
    let last = before.chars().next_back()?;
    for (written, ch) in [("&quot;", '"'), ("&#34;", '"'), ("&#39;", '\''), ("&apos;", '\''), ("&amp;", '&')] {
        if before.ends_with(written) {
            return Some((ch, 0, if ch == '&' { Writing::Plain } else { Writing::Entity }));
        }
    }
    for (written, ch) in [("%22", '"'), ("%27", '\''), ("%26", '&'), ("%3F", '?'), ("%3f", '?')] {
        if before.ends_with(written) {
            return Some((ch, 0, Writing::Percent));
        }
    }
    for (written, ch) in [("u0022", '"'), ("u0027", '\''), ("x22", '"'), ("x27", '\''), ("u0026", '&')] {
        if let Some(rest) = before.strip_suffix(written)
            && rest.ends_with('\\')
        {
            let slashes = rest.bytes().rev().take_while(|b| *b == b'\\').count();
            return Some((ch, slashes, Writing::Escape));
        }
    }
    let slashes = before.bytes().rev().skip(last.len_utf8()).take_while(|b| *b == b'\\').count();
    let writing = if slashes > 0 { Writing::Escape } else { Writing::Plain };
    Some((last, slashes, writing))
}

/// True where only indentation and marks stand before the name on its line.
pub(super) fn is_line_start(text: &str, start: usize) -> bool {
    let from = floor(text, start.saturating_sub(24));
    let before = text.get(from..start).unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let line = line.trim_end_matches([' ', '\t', '>', '<', '*', '|', '\u{2502}', '-']);
    let begun = before.contains(['\n', '\r']) || from == 0;
    let word = line.trim_start();
    (begun
        && (line.is_empty() || matches!(word, "export" | "set" | "SET" | "Environment" | "ENV" | "ARG" | "declare -x")))
        || line.ends_with("\\n")
        || line.ends_with("\\r\\n")
}

/// True where the command before the name sets it to the word after it: `setx NAME value`, `fish`'s `set -x`, `.netrc`.
pub(super) fn setter(text: &str, start: usize) -> bool {
    let from = floor(text, start.saturating_sub(64));
    let before = text.get(from..start).unwrap_or_default().trim_end();
    let before = before.strip_suffix("%20").unwrap_or(before);
    // A file of `.netrc` may have a line for each.
    let line = if before.contains("machine ") { before } else { before.rsplit('\n').next().unwrap_or_default() };
    // `schtasks /ru jo /rp …`: an option like others before it, and no path.
    let slashed = before.ends_with(" /") && line.matches(" /").count() > 1;
    slashed
        || [
            "setx",
            "SETX",
            "set -x",
            "set -gx",
            "set -Ux",
            "setenv",
            "secret set",
            "ENV",
            "rclone",
            "IDENTIFIED",
            "_password",
        ]
        .iter()
        .any(|c| before.ends_with(c))
        || line.contains("machine") && line.contains("login")
}

/// True for `Bearer` and `Basic`: what follows them is a secret where it looks like one, whatever stands before.
pub(super) fn is_scheme(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end).is_some_and(|w| w.eq_ignore_ascii_case("bearer") || w.eq_ignore_ascii_case("basic"))
}

/// True for an element's name: `<apiKey>` or `</apiKey`.
pub(super) fn before_tag(text: &str, start: usize) -> bool {
    let from = floor(text, start.saturating_sub(24));
    let before = text.get(from..start).unwrap_or_default();
    ["lt;", "lt%3B", "%3C", "%3c", "u003c", "u003C", "x3c"].iter().any(|l| before.ends_with(l))
        || before.rfind('<').is_some_and(|at| before.get(at..).is_some_and(|b| !b.contains(['>', '/', '\n', ' '])))
}

/// Skips spaces in any notation; line ends too where the notation lets values stand on the next line.
pub(super) fn skip_spaces(text: &str, at: usize, lines: bool) -> usize {
    let mut at = at;
    for _ in 0..256 {
        match unit(text, at) {
            Some(u) if is_zero_width(u.ch) => at += u.len,
            Some(u) if u.ch.is_whitespace() && !matches!(u.ch, '\n' | '\r') => at += u.len,
            Some(u) if lines && matches!(u.ch, '\n' | '\r') => at += u.len,
            // A shell's escaped space, however often escaped itself.
            Some(u) if u.ch == '\\' && u.writing == Writing::Percent => match unit(text, at + u.len) {
                Some(space) if space.ch == ' ' => at += u.len + space.len,
                _ => break,
            },
            Some(u) if u.ch == '\\' => {
                let slashes =
                    text.as_bytes().get(at..).map_or(0, |r| r.iter().take(9).take_while(|b| **b == b'\\').count());
                if byte(text, at + slashes) != b' ' {
                    break;
                }
                at += slashes + 1;
            }
            _ => break,
        }
    }
    at
}

/// The offset after markup without width at `at`.
pub(super) fn colour(text: &str, at: usize) -> Option<usize> {
    unit(text, at).filter(|u| u.ch == MARKUP).map(|u| at + u.len)
}
