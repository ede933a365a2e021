//! Backslash escapes of `$'…'` and of JavaScript strings.

/// One or several `\` escapes of `$'…'` at the start of `text`, and their length. Bytes given one by one (`\xc3\xa9`) are put
/// together to characters.
pub(super) fn ansi_escapes(text: &str) -> (String, usize) {
    let mut bytes = Vec::new();
    let mut at = 0;
    while text.as_bytes().get(at) == Some(&b'\\') {
        let tail = text.get(at + 1..).unwrap_or_default();
        let Some(c) = tail.chars().next() else {
            at += 1;
            break;
        };
        let digits = |skip: usize, most: usize, radix: u32| {
            let digits: String = tail.chars().skip(skip).take(most).take_while(|d| d.is_digit(radix)).collect();
            (u32::from_str_radix(&digits, radix).ok(), digits.len())
        };
        let mut length = c.len_utf8();
        let simple = match c {
            'n' => Some(b'\n'),
            't' => Some(b'\t'),
            'r' => Some(b'\r'),
            'a' => Some(7),
            'b' => Some(8),
            'e' | 'E' => Some(27),
            'f' => Some(12),
            'v' => Some(11),
            '\\' | '\'' | '"' | '?' => Some(c as u8),
            _ => None,
        };
        match (simple, c) {
            (Some(byte), _) => bytes.push(byte),
            (None, '0'..='7') => {
                let (value, count) = digits(0, 3, 8);
                bytes.push(value.unwrap_or_default() as u8);
                length = count;
            }
            (None, 'x' | 'u' | 'U') => {
                let (value, count) = digits(
                    1,
                    if c == 'x' {
                        2
                    } else if c == 'u' {
                        4
                    } else {
                        8
                    },
                    16,
                );
                length = 1 + count;
                match value {
                    Some(value) if c == 'x' => bytes.push(value as u8),
                    Some(value) => push_utf16(&mut bytes, value),
                    None => bytes.extend(['\\', c].iter().map(|c| *c as u8)),
                }
            }
            (None, other) => {
                bytes.push(b'\\');
                bytes.extend(other.encode_utf8(&mut [0; 4]).bytes());
            }
        }
        at += 1 + length;
    }
    (lossy(&bytes), at)
}

/// As [`ansi_escapes`] for JavaScript: `\u{…}`, and a backslash before any other character stands for that character.
pub(in crate::intake::shell) fn script_escape(text: &str) -> (String, usize) {
    let mut chars = text.chars().skip(1);
    match chars.next() {
        Some('u') if chars.next() == Some('{') => {
            let end = text.bytes().take(12).position(|b| b == b'}').unwrap_or(3);
            let value = text.get(3..end).and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32);
            (value.map(String::from).unwrap_or_default(), (end + 1).min(text.len()))
        }
        Some('u') => {
            // Two surrogates make one character, so a row of escapes is read at once.
            let row =
                text.as_bytes().chunks(6).take_while(|c| c.starts_with(b"\\u") && c.get(2) != Some(&b'{')).count();
            ansi_escapes(text.get(..(row * 6).min(text.len())).unwrap_or(text))
        }
        Some('x') => {
            let value = text.get(2..4).and_then(|h| u8::from_str_radix(h, 16).ok());
            (
                value.map(char::from).map(String::from).unwrap_or_default(),
                text.len().min(if value.is_some() { 4 } else { 2 }),
            )
        }
        Some('n' | 't' | 'r' | 'b' | 'f' | 'v') => ansi_escapes(text.get(..2).unwrap_or(text)),
        Some('0') => ("\0".to_owned(), 2),
        Some('\n') => (String::new(), 2),
        Some(c) => (c.to_string(), 1 + c.len_utf8()),
        None => (String::new(), 1),
    }
}

/// A code point as bytes. Browsers write a character beyond U+FFFF as two surrogates (`\ud83d\ude00`), which become one
/// character when the pair is complete: kept as WTF-8 until then.
fn push_utf16(bytes: &mut Vec<u8>, value: u32) {
    let high = bytes.len().checked_sub(3).and_then(|at| bytes.get(at..)).and_then(|tail| match tail {
        [0xed, second @ 0xa0..=0xaf, third] => {
            Some(0xd000 | (u32::from(*second & 0x3f) << 6) | u32::from(*third & 0x3f))
        }
        _ => None,
    });
    let whole = match high {
        Some(high) if (0xdc00..0xe000).contains(&value) => {
            bytes.truncate(bytes.len() - 3);
            0x1_0000 + ((high - 0xd800) << 10) + (value - 0xdc00)
        }
        _ => value,
    };
    match char::from_u32(whole) {
        Some(c) => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        None => bytes.extend([0xed, 0x80 | ((whole >> 6) & 0x3f) as u8, 0x80 | (whole & 0x3f) as u8]),
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
