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
