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
    /// Takes the text over; the caller keeps no copy.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Takes bytes over: UTF-8 with or without a byte order mark, or UTF-16 with one. None where they are no text; they are
    /// overwritten all the same.
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let mut bytes = Zeroizing::new(bytes);
        let wide = |order: fn([u8; 2]) -> u16, body: &[u8]| {
            let (pairs, odd) = body.as_chunks::<2>();
            // Room for the longest outcome (three bytes for each unit), so that growing leaves no copy behind.
            let mut text = Zeroizing::new(String::with_capacity(pairs.len() * 3));
            for unit in char::decode_utf16(pairs.iter().map(|&pair| order(pair))) {
                text.push(unit.ok()?);
            }
            odd.is_empty().then_some(Self(text))
        };
        match bytes.as_slice() {
            [0xFF, 0xFE, body @ ..] => wide(u16::from_le_bytes, body),
            [0xFE, 0xFF, body @ ..] => wide(u16::from_be_bytes, body),
            body => {
                std::str::from_utf8(body).ok()?;
                if body.starts_with(&[0xEF, 0xBB, 0xBF]) {
                    bytes.drain(..3);
                }
                // Just seen to be UTF-8: nothing is lost, and the buffer moves without a copy.
                String::from_utf8(std::mem::take(&mut bytes)).ok().map(Self::new)
            }
        }
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

#[cfg(test)]
mod tests {
    use super::Raw;

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
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(text(b"\x89PNG\r\n"), None);
        assert_eq!(text(b"\xFF\xFEa"), None, "half a unit");
        assert_eq!(text(b"\xFE\xFF\xD8\x3D"), None, "half a pair");
    }
}
