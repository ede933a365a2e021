//! Reads text one logical character at a time: percent-encoding, HTML entities, `\u` and `\x` escapes and backslashes
//! before quotes are undone, whatever notation the text around is in. It never allocates.

/// How a logical character was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// As itself.
    Plain,
    /// `%2D`.
    Percent,
    /// `&quot;`, `&#45;`.
    Entity,
    /// `\u002d`, `\x2d`, `\n`, `\"`, with any number of backslashes.
    Escape,
}

/// A logical character and the bytes that it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) ch: char,
    pub(super) len: usize,
    pub(super) writing: Writing,
    /// Backslashes before an escaped character.
    pub(super) slashes: usize,
}

/// The byte at `at`, zero past the end.
#[inline(always)]
pub(super) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}

/// The logical character at `at`, which must be a character bound; none at the end.
pub(super) fn unit(text: &str, at: usize) -> Option<Unit> {
    let rest = text.get(at..)?;
    let encoded = match rest.as_bytes().first()? {
        b'%' => percent(rest),
        b'&' => entity(rest),
        b'\\' => escape(rest),
        _ => None,
    };
    // `\u0026quot;` and `%26quot%3B`: an entity whose own mark is escaped.
    if let Some(mark) = encoded.filter(|u| u.ch == '&' && u.writing != Writing::Entity)
        && let Some((named, len)) = rest.get(mark.len..).and_then(escaped_entity)
    {
        return Some(Unit { ch: named, len: mark.len + len, writing: Writing::Entity, slashes: 0 });
    }
    encoded.or_else(|| {
        let ch = rest.chars().next()?;
        Some(Unit { ch, len: ch.len_utf8(), writing: Writing::Plain, slashes: 0 })
    })
}

fn percent(rest: &str) -> Option<Unit> {
    // `%253A` is `%3A` encoded once more: both levels are undone.
    let mut digits = rest.get(1..)?;
    let mut len = 3;
    while let Some(inner) = digits.strip_prefix("25") {
        if hex(inner, 2).is_none() || len > 9 {
            break;
        }
        digits = inner;
        len += 2;
    }
    let value = hex(digits, 2).filter(|v| *v < 0x80)?;
    Some(Unit { ch: char::from_u32(value)?, len, writing: Writing::Percent, slashes: 0 })
}

/// What follows the mark of an entity, its semicolon in any notation.
fn escaped_entity(rest: &str) -> Option<(char, usize)> {
    let (name, ch) = [("quot", '"'), ("apos", '\''), ("lt", '<'), ("gt", '>'), ("#39", '\''), ("%2339", '\'')]
        .into_iter()
        .find(|(name, _)| rest.starts_with(name))?;
    let tail = rest.get(name.len()..)?;
    let end = [";", "%3B", "%3b"].into_iter().find(|e| tail.starts_with(e))?;
    Some((ch, name.len() + end.len()))
}

fn entity(rest: &str) -> Option<Unit> {
    const NAMED: [(&str, char); 10] = [
        ("quot;", '"'),
        ("apos;", '\''),
        ("lt;", '<'),
        ("gt;", '>'),
        ("nbsp;", ' '),
        ("colon;", ':'),
        ("equals;", '='),
        ("num;", '#'),
        ("hyphen;", '-'),
        ("lowbar;", '_'),
    ];
    let mut body = rest.get(1..)?;
    let mut skipped = 1;
    // `&amp;quot;` is `&quot;` escaped once more.
    while let Some(inner) = body.strip_prefix("amp;") {
        if skipped > 12 {
            break;
        }
        let named = NAMED.iter().any(|(name, _)| inner.starts_with(name));
        if !named && !inner.starts_with('#') {
            return Some(Unit { ch: '&', len: skipped + 4, writing: Writing::Entity, slashes: 0 });
        }
        body = inner;
        skipped += 4;
    }
    if let Some((name, ch)) = NAMED.iter().find(|(name, _)| body.starts_with(name)) {
        return Some(Unit { ch: *ch, len: skipped + name.len(), writing: Writing::Entity, slashes: 0 });
    }
    let digits = body.strip_prefix('#')?;
    let (digits, radix, mark) = match digits.strip_prefix(['x', 'X']) {
        Some(d) => (d, 16, 2),
        None => (digits, 10, 1),
    };
    let count = digits.bytes().take(6).take_while(|b| char::from(*b).is_digit(radix)).count();
    if digits.as_bytes().get(count) != Some(&b';') {
        return None;
    }
    let ch = char::from_u32(u32::from_str_radix(digits.get(..count)?, radix).ok()?)?;
    Some(Unit { ch, len: skipped + mark + count + 1, writing: Writing::Entity, slashes: 0 })
}

fn escape(rest: &str) -> Option<Unit> {
    // A long run of backslashes is no escape that anybody wrote; reading it to the end for each would not be linear.
    let slashes = rest.bytes().take(64).take_while(|b| *b == b'\\').count();
    let after = rest.get(slashes..)?;
    let first = *after.as_bytes().first()?;
    let (ch, len) = match first {
        b'"' | b'\'' | b'`' | b'/' => (char::from(first), 1),
        b'n' => ('\n', 1),
        b'r' => ('\r', 1),
        b't' => ('\t', 1),
        b'u' if after.as_bytes().get(1) == Some(&b'{') => {
            let digits = after.get(2..)?;
            let count = digits.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
            if digits.as_bytes().get(count) != Some(&b'}') {
                return None;
            }
            (char::from_u32(hex(digits, count)?)?, count + 3)
        }
        b'u' => (char::from_u32(hex(after.get(1..)?, 4)?)?, 5),
        b'x' => (char::from_u32(hex(after.get(1..)?, 2).filter(|v| *v < 0x80)?)?, 3),
        _ => return None,
    };
    Some(Unit { ch, len: slashes + len, writing: Writing::Escape, slashes })
}

fn hex(text: &str, count: usize) -> Option<u32> {
    let digits = text.get(..count).filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// Characters without width that end up inside copied keys.
pub(super) fn is_zero_width(ch: char) -> bool {
    matches!(ch, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The quotation marks that people and programs put around values, each with its closing partner.
pub(super) fn closing_quote(ch: char) -> Option<char> {
    Some(match ch {
        '"' | '\'' | '`' => ch,
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '\u{201d}',
        '\u{2018}' | '\u{2019}' | '\u{201a}' => '\u{2019}',
        '\u{ab}' => '\u{bb}',
        _ => return None,
    })
}

/// True for any quotation mark.
pub(super) fn is_quote(ch: char) -> bool {
    closing_quote(ch).is_some() || ch == '\u{bb}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_every_notation() {
        for (text, ch, len) in [
            ("-", '-', 1),
            ("%2D", '-', 3),
            ("%253A", ':', 5),
            ("%zz", '%', 1),
            ("&quot;", '"', 6),
            ("&amp;quot;", '"', 10),
            ("&amp;x", '&', 5),
            ("&#45;", '-', 5),
            ("&#x2d;", '-', 6),
            ("&#x2d", '&', 1),
            ("\\u002d", '-', 6),
            ("\\\\\\u002D", '-', 8),
            ("\\x2d", '-', 4),
            ("\\u{2d}", '-', 6),
            ("\\\\\\\"", '"', 4),
            ("\\q", '\\', 1),
            ("é", 'é', 2),
        ] {
            let got = unit(text, 0).map(|u| (u.ch, u.len));
            assert_eq!(got, Some((ch, len)), "{text}");
        }
        assert_eq!(unit("", 0), None);
    }
}
