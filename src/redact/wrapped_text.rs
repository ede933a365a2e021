//! Text in base64: a secret in it goes as if it stood there as itself, and the rest stays readable.

use super::fingerprint::Flags;
use super::shape::{self, Shape};
use super::sink::Sink;
use super::{Raw, placeholder};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// How often what was decoded is decoded again.
pub(super) const DEEPEST: usize = 2;

/// Looks into the run at `start..end`; where it is text in base64 that holds a secret, gives the offset to go on from.
/// Text without one is noted as judged.
pub(super) fn base64(sink: &mut Sink<'_>, start: usize, end: usize) -> Option<usize> {
    if end - start < 24 || sink.depth >= DEEPEST {
        return None;
    }
    let run = sink.text.get(start..end)?;
    let engine = if run.contains(['-', '_']) { URL_SAFE } else { STANDARD };
    // The first bytes tell whether it is text at all.
    let head = Zeroizing::new(engine.decode(run.get(..24)?).ok()?);
    if !head.iter().all(|b| matches!(b, 0x20..0x7f | b'\n' | b'\r' | b'\t')) {
        return None;
    }
    let text = String::from_utf8(engine.decode(run).ok()?).ok()?;
    let words = text.split_whitespace().count();
    let inner = super::redact_at(Raw::new(text), sink.options, sink.depth + 1);
    let left = inner.text();
    let pair = left
        .split_once(':')
        .filter(|_| !left.contains(placeholder::OPEN))
        .filter(|(user, password)| words == 1 && !user.is_empty() && shape::is_opaque(password, &Shape::of(password)));
    if inner.redactions().is_empty() && pair.is_some() {
        sink.replace(start, end, "basic-credentials", left, Flags::default());
        return Some(end);
    }
    if inner.redactions().is_empty() {
        // Placeholders stand in it already, or it is prose, a page or an object without secrets.
        if left.contains(placeholder::OPEN) {
            sink.rewrite(start, end, run, &[]);
        }
        return (words > 2 || sink.done() == end).then_some(end);
    }
    if placeholder::length(left) == Some(left.len()) {
        sink.rewrite(start, end, left, inner.redactions());
    } else {
        sink.rewrite(start, end, &engine.encode(left), inner.redactions());
    }
    Some(end)
}
