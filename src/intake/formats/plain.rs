//! One line of plain text that names a status, such as "Access denied 1020".

use crate::intake::InputKind;
use crate::intake::format::{Claim, Format, Source};

pub(super) static FORMAT: Format =
    Format { id: "plain", kind: InputKind::Text, rank: 250, reads: "one line of plain text", claim };

fn claim(_source: &Source<'_>, _at: usize) -> Option<Claim> {
    None
}
