//! Stretches of a raw text that have the shape of a why403 link.
//!
//! A link is base64, which looks like a secret to a redactor, and one character less of it is none. So links are looked for
//! before redaction. Who takes them opens them, which proves them by their checksum, and shows nothing of one that fails.

use super::Raw;
use super::unit::is_zero_width;

/// The longest text that is taken for a link and a few words around it: a link's own limit, line breaks, the words.
const LONGEST: usize = 34_000;
/// Longest text around a link: a chat's "look at this:" and the address.
const AROUND: usize = 400;
/// The shortest payload: a checksum.
const SHORTEST: usize = 6;

/// What may be a link in a paste.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Links {
    /// Fragments with their `#`, the likelier before the others. Not redacted: to be opened, never shown.
    pub(crate) candidates: Vec<String>,
    /// True where the paste is nothing but the first of them, so that one that does not open is said to be damaged.
    pub(crate) alone: bool,
}

impl Raw {
    /// What may be a why403 link here.
    pub(crate) fn links(&self) -> Links {
        let text = self.expose();
        if text.len() > LONGEST { Links::default() } else { find(text) }
    }
}

fn find(text: &str) -> Links {
    let mut links = Links::default();
    for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '#' | '%')).take(64) {
        let rest = text.get(at..).unwrap_or_default();
        let Some(fragment) = rest.strip_prefix(mark).map(|r| if mark == '%' { r.strip_prefix("23") } else { Some(r) })
        else {
            continue;
        };
        let Some(fragment) = fragment.filter(|f| is_versioned(f)) else { continue };
        let (pieces, length) = pieces(fragment);
        let before = text.get(..at).unwrap_or_default();
        let words = before
            .trim_end_matches(|c: char| !c.is_whitespace() && !matches!(c, '<' | '(' | '"' | '\'' | '`' | '*' | '['));
        let after = fragment.get(length..).unwrap_or_default();
        if words.len() + after.len() > AROUND {
            continue;
        }
        let first = links.candidates.len();
        // All lines of a wrapped link, then fewer: the last may be words that look like a line of it.
        for lines in (1..=pieces.len()).rev().take(4).chain(std::iter::once(1)) {
            let joined: String = pieces.iter().take(lines).copied().collect();
            let whole = joined.trim_end_matches('.');
            for candidate in [whole, whole.trim_end_matches('_')] {
                let payload = candidate.split_once('.').map_or(0, |(_, p)| p.len());
                let candidate = format!("#{candidate}");
                if payload >= SHORTEST && !links.candidates.contains(&candidate) {
                    links.candidates.push(candidate);
                }
            }
        }
        let bare = |t: &str| t.chars().all(|c| !c.is_alphanumeric());
        links.alone |= first == 0 && !links.candidates.is_empty() && bare(words) && bare(after);
    }
    links
}

/// `v1.`, up to four digits; and `V1.` or `v-1.`, which no why403 makes: pasted alone, they are said to be none of its links.
fn is_versioned(fragment: &str) -> bool {
    fragment.strip_prefix(['v', 'V']).is_some_and(|version| {
        let version = version.strip_prefix('-').unwrap_or(version);
        let digits = version.bytes().take_while(u8::is_ascii_digit).count();
        (1..=4).contains(&digits) && version.get(digits..).is_some_and(|r| r.starts_with('.'))
    })
}

/// The pieces of a fragment that marks without width or line ends (with a mail's `=` before them and `> ` after them) cut,
/// and how much of the text they take.
fn pieces(text: &str) -> (Vec<&str>, usize) {
    let ours = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (mut pieces, mut end, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = text.get(at..) {
        let length = rest.find(|c: char| !ours(c)).unwrap_or(rest.len());
        if length > 0 {
            pieces.push(rest.get(..length).unwrap_or_default());
            end = at + length;
        }
        let behind = rest.get(length..).unwrap_or_default();
        let next = match behind.strip_prefix(is_zero_width) {
            Some(next) => next,
            None => {
                let line = behind.strip_prefix('=').unwrap_or(behind);
                let Some(next) = line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n')) else { break };
                next.trim_start_matches([' ', '\t', '>', '|'])
            }
        };
        // A line with anything else in it is none of the link's.
        let line = next.split('\n').next().unwrap_or_default();
        let line =
            line.trim_end_matches(['\r', '=', ' ']).trim_end_matches(['.', ',', ')', '>', '!', '\'', '"', '`', '*']);
        if behind.starts_with(['=', '\r', '\n'])
            && (line.is_empty() || !line.chars().all(|c| ours(c) || is_zero_width(c)))
        {
            break;
        }
        at = text.len() - next.len();
    }
    (pieces, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_what_stands_around_them() {
        for text in [
            "#v1.abcd_-Ef",
            "https://why403.example/#v1.abcd_-Ef",
            "  see https://why403.example/a/#v1.abcd_-Ef !\n",
            "<https://x/#v1.abcd_-Ef>",
            "look:\n#v1.abcd_-Ef。",
            "see #v1.abcd_-Ef, please",
            "`https://x/#v1.abcd_-Ef`",
            "**#v1.abcd_-Ef**",
            "https://x/%23v1.abcd_-Ef",
            "https://x/#v1.ab\u{200b}cd_-Ef",
            "https://x/#v1.ab\r\ncd_-Ef\r\n",
            "> https://x/#v1.ab\n> cd_-Ef.",
            "https://x/#v1.ab=\ncd_-Ef",
        ] {
            assert_eq!(find(text).candidates.first().map(String::as_str), Some("#v1.abcd_-Ef"), "{text}");
        }
        assert!(find("#v1.abcdef\nthanks").candidates.contains(&"#v1.abcdef".to_owned()));
        assert!(find("_#v1.abcdef_").candidates.contains(&"#v1.abcdef".to_owned()));
        assert!(find(" <https://x/#v1.abcdef>.").alone && !find("see #v1.abcdef").alone);
    }

    #[test]
    fn other_texts() {
        let long = format!("#v1.abcdef\n{}", "HTTP/1.1 403 Forbidden\n".repeat(30));
        for text in [
            "",
            "#v",
            "#vx.a",
            "# v1.2",
            "see #v1.2 in the notes",
            "https://docs.example/errors#v1.403",
            "#v4.0",
            &long,
        ] {
            assert_eq!(find(text), Links::default(), "{text}");
        }
    }
}
