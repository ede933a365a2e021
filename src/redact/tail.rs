//! The rest of a secret that is longer than what is read at once: it goes to its end, however far that is, without being
//! held in memory.

use super::extent::{self, End};
use super::opening::Opening;
use super::run::{is_key_char, is_zero_width_or_key};
use super::sink::Sink;
use super::unit::{Writing, floor, unit};
use super::{gap, pem};

/// What a secret that goes on is made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tail {
    /// Key characters.
    Run,
    /// A value, up to what ends it.
    Value(End),
    /// Rows of a private key.
    Pem,
}

/// Called behind a value that was taken out, where reading goes on at `next`: notes that the value does not end there.
pub(super) fn after_value(sink: &mut Sink<'_>, opening: &Opening, next: usize, spaces: bool) {
    let len = next.saturating_sub(opening.start);
    let cut = [extent::SHORT, extent::LONGEST].iter().any(|longest| (*longest..longest + 256).contains(&len));
    let end = if spaces { extent::spaced(opening.end) } else { opening.end };
    let closed = match end {
        End::Quote { close, .. } => sink.text.get(..next).is_some_and(|t| t.ends_with(close)),
        _ => false,
    };
    if cut && !closed && sink.done() + 8 >= next {
        sink.tail = Some(Tail::Value(end));
    }
}

/// Passes over the tail from `at` on, up to `to` or a little more; gives the offset to go on from.
pub(super) fn pass(sink: &mut Sink<'_>, tail: Tail, at: usize, to: usize) -> usize {
    let text = sink.text;
    let mut at = at;
    sink.tail = None;
    while let Some(u) = unit(text, at) {
        if at >= to {
            sink.tail = Some(tail);
            break;
        }
        let line_end = matches!(u.ch, '\n' | '\r') && u.writing == Writing::Plain;
        let goes_on = match tail {
            Tail::Run => is_zero_width_or_key(u.ch),
            Tail::Value(end) => !line_end && !extent::stops(text, at, u, end),
            Tail::Pem => {
                let next = pem::row(text, at);
                if next == at {
                    break;
                }
                at = next;
                continue;
            }
        };
        if goes_on {
            at += u.len;
            continue;
        }
        // A wrapped key goes on in the next row.
        let last = text.get(floor(text, at.saturating_sub(64))..at).unwrap_or_default();
        let last = last.rsplit(|c| !is_key_char(c)).next().unwrap_or_default();
        let row = (line_end || tail_wraps(tail)) && gap::may_start(u.ch);
        match row.then(|| gap::continuation(text, at, last)).flatten() {
            Some((_, end)) if !last.is_empty() => at = end,
            _ => break,
        }
    }
    sink.skip(at);
    at
}

/// True where a row may end otherwise than by a line end.
fn tail_wraps(tail: Tail) -> bool {
    matches!(tail, Tail::Run)
}
