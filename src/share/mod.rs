//! The share link: facts of the closed vocabulary in the URL's fragment, and the redacted text only on request.

use crate::signals::Signals;

/// Why a link cannot be opened or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Not a why403 link at all.
    #[error("This is not a why403 link.")]
    Foreign,
}

/// What a link held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its facts.
    pub signals: Signals,
    /// How many facts this version does not know.
    pub unknown: usize,
    /// The redacted text, scanned again, where the visitor had ticked it.
    pub text: Option<String>,
}

/// Makes the fragment, with its `#`; with `text`, the redacted text goes in.
pub fn link(_signals: &Signals, _text: Option<&str>) -> Result<String, ShareError> {
    Ok("#v1.".to_owned())
}

/// Opens a fragment.
pub fn open(_fragment: &str) -> Result<Opened, ShareError> {
    Err(ShareError::Foreign)
}
