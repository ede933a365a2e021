//! The unredacted text as a type of its own.

use zeroize::Zeroizing;

/// Text as pasted, secrets and all. It cannot be printed, cloned or serialized, and it overwrites its memory when it is
/// dropped. Only the redactor can look inside.
///
/// ```compile_fail
/// let raw = why403::redact::Raw::new(String::from("secret"));
/// println!("{raw:?}");
/// ```
/// ```compile_fail
/// let raw = why403::redact::Raw::new(String::from("secret"));
/// let copy = raw.clone();
/// ```
pub struct Raw(Zeroizing<String>);

impl Raw {
    /// Takes the text over; the caller keeps no copy. UTF-16 that was taken for UTF-8, with a zero in each pair of bytes, is read
    /// as what it is.
    pub fn new(text: String) -> Self {
        let text = Zeroizing::new(text);
        match Encoding::of(text.as_bytes()) {
            (Encoding::Utf8, _) => Self::unmarked(text),
            (encoding, mark) => {
                let mut read = Zeroizing::new(String::with_capacity(text.len()));
                let pairs = text.len().saturating_sub(mark) / 2 * 2;
                let wide = text.as_bytes().get(mark..mark + pairs).unwrap_or_default();
                if encoding.decode(wide, &mut read, true).is_none() {
                    return Self(text);
                }
                read.push_str(text.get(mark + pairs..).unwrap_or_default());
                Self::unmarked(read)
            }
        }
    }

    /// The text without byte order marks before it, however many programs put one there: a word behind one is no command's name.
    fn unmarked(mut text: Zeroizing<String>) -> Self {
        let marks = text.len() - text.trim_start_matches('\u{feff}').len();
        text.drain(..marks);
        Self(text)
    }

    /// Takes bytes over: UTF-8, or UTF-16, with or without a byte order mark. None where they are no text; they are
    /// overwritten all the same.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let mut bytes = Zeroizing::new(bytes);
        let (encoding, mark) = Encoding::of(&bytes);
        if encoding == Encoding::Utf8 {
            std::str::from_utf8(&bytes).ok()?;
            // Just seen to be UTF-8: nothing is lost, and the buffer moves without a copy.
            return String::from_utf8(std::mem::take(&mut bytes)).ok().map(|text| Self::unmarked(Zeroizing::new(text)));
        }
        // Room for the longest outcome (three bytes for each unit), so that growing leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(bytes.len() / 2 * 3));
        encoding.decode(bytes.get(mark..)?, &mut text, true)?;
        // UTF-32 read as UTF-16: a NUL beside each letter would hide every secret.
        let empty = memchr::memchr_iter(0, text.as_bytes()).count();
        (empty * 4 <= text.len()).then(|| Self::unmarked(text))
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True for an empty paste.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

/// How a text is written in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// UTF-16, the lower byte first.
    Little,
    /// UTF-16, the higher byte first.
    Big,
}

/// As many bytes tell the encoding.
pub(super) const SAMPLE: usize = 64;

impl Encoding {
    /// The encoding of a text that starts so, and the length of its byte order mark. Without one, a zero in every pair of bytes, and
    /// always the same of the two, is UTF-16's: UTF-8 has none.
    pub(super) fn of(bytes: &[u8]) -> (Self, usize) {
        let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or_default();
        match sample {
            [0xFF, 0xFE, ..] => return (Self::Little, 2),
            [0xFE, 0xFF, ..] => return (Self::Big, 2),
            [0xEF, 0xBB, 0xBF, ..] => return (Self::Utf8, 3),
            _ => {}
        }
        let (pairs, _) = sample.as_chunks::<2>();
        let zeros = |which: fn(&[u8; 2]) -> u8| pairs.iter().filter(|pair| which(pair) == 0).count();
        let (first, second) = (zeros(|pair| pair[0]), zeros(|pair| pair[1]));
        match (first, second) {
            _ if pairs.len() < 4 => (Self::Utf8, 0),
            (0, n) if n * 4 >= pairs.len() * 3 => (Self::Little, 0),
            (n, 0) if n * 4 >= pairs.len() * 3 => (Self::Big, 0),
            _ => (Self::Utf8, 0),
        }
    }

    /// Appends what `bytes` say to `text`; gives how many were read. All but an unfinished character at the end are, and all where
    /// these are the `last`. None where they are no text.
    pub(super) fn decode(self, bytes: &[u8], text: &mut String, last: bool) -> Option<usize> {
        let order: fn([u8; 2]) -> u16 = match self {
            Self::Little => u16::from_le_bytes,
            Self::Big => u16::from_be_bytes,
            Self::Utf8 => {
                let read = match std::str::from_utf8(bytes) {
                    Ok(read) => read,
                    Err(error) if !last && error.error_len().is_none() => {
                        std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
                    }
                    Err(_) => return None,
                };
                text.push_str(read);
                return Some(read.len());
            }
        };
        let (pairs, odd) = bytes.as_chunks::<2>();
        let pending = pairs.last().is_some_and(|pair| (0xD800..0xDC00).contains(&order(*pair)));
        let whole = pairs.len() - usize::from(pending && !last);
        for unit in char::decode_utf16(pairs.iter().take(whole).map(|&pair| order(pair))) {
            text.push(unit.ok()?);
        }
        (odd.is_empty() || !last).then_some(whole * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::Raw;

    #[test]
    fn utf_32_is_no_text() {
        let bytes: Vec<u8> = "\u{feff}key".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert!(Raw::from_bytes(bytes).is_none());
    }

    fn text(bytes: &[u8]) -> Option<String> {
        Raw::from_bytes(bytes.to_vec()).map(|raw| raw.expose().to_owned())
    }

    #[test]
    fn byte_order_marks_tell_the_encoding_and_go() {
        assert_eq!(text(b"a\xC3\xA4").as_deref(), Some("a\u{e4}"));
        assert_eq!(text(b"\xEF\xBB\xBFa").as_deref(), Some("a"));
        assert_eq!(text(b"\xFF\xFEa\0\xE4\0").as_deref(), Some("a\u{e4}"));
        assert_eq!(text(b"\xFE\xFF\0a\xD8\x3D\xDE\x00").as_deref(), Some("a\u{1f600}"));
        assert_eq!(text(b"").as_deref(), Some(""));
        assert_eq!(text(b"\xEF\xBB\xBF\xEF\xBB\xBFa").as_deref(), Some("a"), "two of them");
        assert_eq!(text(b"\xFF\xFE\xFF\xFEa\0").as_deref(), Some("a"));
        assert_eq!(Raw::new("\u{feff}\u{feff}a\u{feff}".to_owned()).expose(), "a\u{feff}");
        assert_eq!(text(b"k\0e\0y\0=\0a\0").as_deref(), Some("key=a"), "without a mark");
        assert_eq!(text(b"\0k\0e\0y\0=\0a").as_deref(), Some("key=a"));
        assert_eq!(Raw::new("k\0e\0y\0=\0a".to_owned()).expose(), "key=a");
        assert_eq!(Raw::new("a\0b".to_owned()).expose(), "a\0b");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(text(b"\x89PNG\r\n"), None);
        assert_eq!(text(b"\xFF\xFEa"), None, "half a unit");
        assert_eq!(text(b"\xFE\xFF\xD8\x3D"), None, "half a pair");
    }
}
