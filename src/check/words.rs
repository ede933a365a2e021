//! Small text tools that several rules share.

/// Edit distance with transposed neighbours (optimal string alignment), in bytes. Meant for short words: the time grows with
/// the product of the lengths.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last_a = 0;
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        let mut last_b = 0;
        for (j, y) in b.iter().enumerate() {
            let up = above.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let left = row.last().copied().unwrap_or_default();
            let diagonal = above.get(j).copied().unwrap_or_default();
            let mut least = (up + 1).min(left + 1).min(diagonal + usize::from(x != y));
            if i > 0 && j > 0 && *x == last_b && *y == last_a {
                least = least.min(before.get(j - 1).map_or(usize::MAX, |d| d + 1));
            }
            row.push(least);
            last_b = *y;
        }
        before = std::mem::replace(&mut above, row);
        last_a = *x;
    }
    above.last().copied().unwrap_or_default()
}

/// `text` cut to at most `most` characters for a message, with `…` where something was left out, and control characters
/// made visible.
pub fn shown(text: &str, most: usize) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == most {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// True for a token (RFC 9110, section 5.6.2): what field names, methods and schemes are made of.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// The first variable of a shell, a template or a program in `text`, as written: `$NAME`, `${NAME}`, `$env:NAME`, `%NAME%`,
/// `{{ name }}`. A redacted stretch is none.
pub fn variable(text: &str) -> Option<&str> {
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'$', b'%', b'{', text.as_bytes().get(at..)?) {
        let start = at + found;
        let rest = text.get(start..)?;
        if let Some(after) = rest.strip_prefix("{{redacted") {
            at = start + 10 + near(after, b'}').map_or(0, |i| i + 2);
            continue;
        }
        let length = dollar(rest).or_else(|| percent(rest)).or_else(|| braces(rest));
        if let Some(length) = length {
            return rest.get(..length);
        }
        at = start + 1;
    }
    None
}

fn name_length(text: &str) -> usize {
    let first = text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    if first { text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count() } else { 0 }
}

fn dollar(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('$')?;
    // `$(command)`, and PowerShell's `$($env:NAME)`.
    if let Some(command) = rest.strip_prefix('(') {
        return Some(near(command, b')')? + 3);
    }
    if let Some(braced) = rest.strip_prefix('{') {
        let name = name_length(braced.strip_prefix("env:").unwrap_or(braced));
        return (name > 0).then(|| near(braced, b'}')).flatten().map(|end| end + 3);
    }
    let prefix = if rest.starts_with("env:") { 4 } else { 0 };
    let name = name_length(rest.get(prefix..)?);
    (name > 0).then_some(1 + prefix + name)
}

/// Where `byte` stands among the next few: a text full of openings must not be read to its end for each.
fn near(text: &str, byte: u8) -> Option<usize> {
    text.bytes().take(200).position(|b| b == byte)
}

fn percent(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('%')?;
    let name = name_length(rest);
    // Two characters are a percent-encoded byte, not a name.
    (name > 2 && rest.as_bytes().get(name) == Some(&b'%')).then_some(name + 2)
}

fn braces(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("{{")?;
    let end = rest.get(..rest.len().min(80)).or(Some(rest)).and_then(|r| r.find("}}"))?;
    let name = rest.get(..end)?.trim();
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-$ ".contains(&b))).then_some(end + 4)
}

/// The word that a program writes where it has no value (`undefined`, `null`, `None`, `[object Object]`, …), if `text` is
/// just that.
pub fn nothing_word(text: &str) -> Option<&'static str> {
    [
        "undefined",
        "null",
        "None",
        "nil",
        "NaN",
        "[object Object]",
        "[object Promise]",
        "(null)",
        "<nil>",
        "true",
        "false",
        "Optional(nil)",
    ]
    .into_iter()
    .find(|word| *word == text.trim() || (word.len() > 3 && word.eq_ignore_ascii_case(text.trim())))
}

/// True for typographic quotation marks, which word processors and chat programs put in the place of straight ones.
pub fn is_smart_quote(c: char) -> bool {
    matches!(
        c,
        '\u{2018}'
            ..='\u{201f}'
                | '\u{2032}'
                | '\u{2033}'
                | '\u{ab}'
                | '\u{bb}'
                | '\u{2039}'
                | '\u{203a}'
                | '\u{ff02}'
                | '\u{ff07}'
    )
}

/// Removes one pair of quotes around `text`, straight or typographic.
pub fn unquoted(text: &str) -> Option<&str> {
    let quote = |c: char| matches!(c, '"' | '\'' | '`') || is_smart_quote(c);
    let inner = text.strip_prefix(quote)?;
    Some(inner.strip_suffix(quote).unwrap_or(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, d) in [
            ("", "", 0),
            ("a", "", 1),
            ("chat", "caht", 1),
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("abc", "abc", 0),
        ] {
            assert_eq!(distance(a, b), d, "{a} {b}");
            assert_eq!(distance(b, a), d, "{b} {a}");
        }
    }

    #[test]
    fn variables_of_every_notation() {
        for (text, found) in [
            ("Bearer $KEY", Some("$KEY")),
            ("Bearer ${KEY}", Some("${KEY}")),
            ("${KEY:-x}", Some("${KEY:-x}")),
            ("$env:OPENAI_API_KEY", Some("$env:OPENAI_API_KEY")),
            ("%OPENAI_API_KEY%", Some("%OPENAI_API_KEY%")),
            ("{{ key }}", Some("{{ key }}")),
            ("{{redacted:openai-key:51-ab}} $X", Some("$X")),
            ("{{redacted:openai-key:51-ab}}", None),
            ("{{redacted", None),
            ("a%20b%20c", None),
            ("Bearer $(cat key)", Some("$(cat key)")),
            ("$(never closed", None),
            ("$5 and 100%", None),
            ("{\"a\": {}}", None),
            ("$", None),
            ("", None),
        ] {
            assert_eq!(variable(text), found, "{text}");
        }
    }

    #[test]
    fn openings_that_are_never_closed_take_linear_time() {
        for open in ["$(", "${a", "{{a", "%a", "{{redacted"] {
            assert_eq!(variable(&open.repeat(100_000)), None);
        }
    }

    #[test]
    fn shown_is_short_and_visible() {
        assert_eq!(shown("a\nb", 9), "a\\nb");
        assert_eq!(shown("äöü", 2), "äö…");
    }

    #[test]
    fn words_for_nothing() {
        assert_eq!(nothing_word(" undefined "), Some("undefined"));
        assert_eq!(nothing_word("NULL"), Some("null"));
        assert_eq!(nothing_word("NoneSuch"), None);
        assert_eq!(unquoted("“x”"), Some("x"));
        assert_eq!(unquoted("\"x"), Some("x"));
        assert_eq!(unquoted("x"), None);
    }
}
