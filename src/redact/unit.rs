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

/// The nearest character bound at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..4).filter_map(|back| at.checked_sub(back)).find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The byte at `at`, zero past the end.
#[inline(always)]
pub(super) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}

/// True for a byte that is a character by itself, whatever follows.
#[inline(always)]
pub(super) fn is_itself(b: u8) -> bool {
    b.is_ascii() && !matches!(b, b'%' | b'&' | b'\\' | b'<' | 0x1b)
}

/// True where `test` holds for each byte. It does not stop early, so that the compiler looks at many bytes at once.
#[inline(always)]
pub(super) fn each(text: &str, test: impl Fn(u8) -> bool) -> bool {
    text.bytes().fold(true, |all, b| all & test(b))
}

/// The logical character at `at`, which must be a character bound; none at the end.
pub(super) fn unit(text: &str, at: usize) -> Option<Unit> {
    let rest = text.get(at..)?;
    let first = *rest.as_bytes().first()?;
    // Most characters stand for themselves.
    if is_itself(first) {
        return Some(Unit { ch: char::from(first), len: 1, writing: Writing::Plain, slashes: 0 });
    }
    let encoded = match first {
        b'%' => percent(rest),
        b'&' => entity(rest),
        b'\\' => escape(rest),
        b'<' => tag(rest),
        0x1b => Some(Unit { ch: '\u{1b}', len: 1, writing: Writing::Plain, slashes: 0 }),
        _ => None,
    };
    if let Some(escape) = encoded.filter(|u| u.ch == '\u{1b}') {
        let len = rest.get(escape.len..).and_then(colour).map_or(0, |len| len + escape.len);
        if len > 0 {
            return Some(Unit { ch: MARKUP, len, ..escape });
        }
    }
    // `\u0026quot;` and `%26quot%3B`: an entity whose own mark is escaped.
    if let Some(mark) = encoded.filter(|u| u.ch == '&' && u.writing != Writing::Entity)
        && let Some((named, len)) = rest.get(mark.len..).and_then(escaped_entity)
    {
        return Some(Unit { ch: named, len: mark.len + len, writing: Writing::Entity, slashes: 0 });
    }
    encoded.or_else(|| {
        let ch = rest.chars().next()?;
        Some(Unit { ch: narrow(ch), len: ch.len_utf8(), writing: Writing::Plain, slashes: 0 })
    })
}

/// The letter that a full-width one, as East Asian keyboards write it, or a mathematical one stands for (Unicode Standard Annex
/// 15, compatibility decomposition).
fn narrow(ch: char) -> char {
    let code = u32::from(ch);
    let plain = match code {
        0xff01..=0xff5e => code - 0xfee0,
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            letter @ 0..26 => 0x41 + letter,
            letter => 0x61 + letter - 26,
        },
        0x1d7ce..=0x1d7ff => 0x30 + (code - 0x1d7ce) % 10,
        _ => return ch,
    };
    char::from_u32(plain).unwrap_or(ch)
}

/// What follows the escape character in a terminal's sequence for colours and the like (ECMA-48, section 5.4): its length.
fn colour(rest: &str) -> Option<usize> {
    let inner = ["[", "%5B", "%5b", "\\u005b"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let len = inner.bytes().take(32).position(|b| !(b.is_ascii_digit() || matches!(b, b';' | b':' | b'?')))?;
    inner.as_bytes().get(len).filter(|b| matches!(b, b'm' | b'K'))?;
    Some(rest.len() - inner.len() + len + 1)
}

/// A tag that only says where a line may break, or breaks it.
fn tag(rest: &str) -> Option<Unit> {
    const TAGS: [(&str, char); 6] =
        [("<wbr>", MARKUP), ("<wbr/>", MARKUP), ("<wbr />", MARKUP), ("<br>", '\n'), ("<br/>", '\n'), ("<br />", '\n')];
    let (written, ch) = TAGS
        .into_iter()
        .find(|(written, _)| rest.get(..written.len()).is_some_and(|start| start.eq_ignore_ascii_case(written)))?;
    Some(Unit { ch, len: written.len(), writing: Writing::Entity, slashes: 0 })
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
    const NAMED: [(&str, char); 20] = [
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
        ("shy;", MARKUP),
        ("ZeroWidthSpace;", MARKUP),
        ("NoBreak;", MARKUP),
        ("zwj;", MARKUP),
        ("zwnj;", MARKUP),
        ("dash;", '-'),
        ("sol;", '/'),
        ("plus;", '+'),
        ("period;", '.'),
        ("commat;", '@'),
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
        // Markdown's.
        b'-' | b'_' if slashes == 1 => (char::from(first), 1),
        b'e' if after.get(1..).is_some_and(|next| next.starts_with('[')) => ('\u{1b}', 1),
        // C's and the shells' octal numbers: two digits at least, for one is a reference.
        b'0'..=b'7' => {
            let count = after.bytes().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
            let value = u32::from_str_radix(after.get(..count)?, 8).ok().filter(|v| count > 1 && *v < 0x80)?;
            (char::from_u32(value)?, count)
        }
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

/// True where an escape of what is no letter ends at `at`: in `\nkey` and `%3Dkey` the name begins with its `k`.
pub(super) fn is_behind_escape(text: &str, at: usize) -> bool {
    (2..7).any(|back| {
        let found = at.checked_sub(back).and_then(|from| unit(text, from));
        found.is_some_and(|u| u.len == back && !u.ch.is_alphanumeric())
    })
}

fn hex(text: &str, count: usize) -> Option<u32> {
    let digits = text.get(..count).filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}

/// Stands for markup that has no width and is no part of what it stands in: a colour, a place to break a line.
pub(super) const MARKUP: char = '\u{e0001}';

/// Characters without width that end up inside copied keys: joiners, marks of direction, variation selectors, tags, fillers,
/// accents that stand on the letter before (Unicode Standard, section 23).
pub(super) fn is_zero_width(ch: char) -> bool {
    matches!(ch, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e01ef}')
}

/// The first bytes of the characters that have no width, in UTF-8.
pub(super) const fn starts_zero_width(byte: u8) -> bool {
    matches!(byte, 0xc2 | 0xcc | 0xcd | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0 | 0xf3)
}

/// Hyphens and dashes that programs for writing put in the place of a key's.
pub(super) fn is_typographic_hyphen(ch: char) -> bool {
    matches!(ch, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
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
            ("\\-", '-', 2),
            ("\\163k", 's', 4),
            ("\\60", '0', 3),
            ("\\1", '\\', 1),
            ("&shy;", MARKUP, 5),
            ("<WBR>", MARKUP, 5),
            ("<br />x", '\n', 6),
            ("<b>", '<', 1),
            ("\u{1b}[38;2;255;100;100m", MARKUP, 19),
            ("\\u001b[0mx", MARKUP, 9),
            ("\\033[K", MARKUP, 6),
            ("\\e[1m", MARKUP, 5),
            ("%1B%5B32m", MARKUP, 9),
            ("\u{1b}]", '\u{1b}', 1),
            ("é", 'é', 2),
            ("ｓ", 's', 3),
            ("：", ':', 3),
            ("𝗮", 'a', 4),
        ] {
            let got = unit(text, 0).map(|u| (u.ch, u.len));
            assert_eq!(got, Some((ch, len)), "{text}");
        }
        assert_eq!(unit("", 0), None);
    }
}
