//! Understands redacted text: which requests it describes and which responses it shows.
//!
//! The text is read from the top. Each unclaimed line is offered to the formats by rank; the first to claim takes as many
//! lines as it understands. What was found is then put together: a response belongs to the request before it.

mod curl;
pub mod format;
/// The input formats: one module each, declared by the build.
pub mod formats {
    use super::format::Format;
    include!(concat!(env!("OUT_DIR"), "/formats.rs"));
}
pub mod model;
mod shell;

pub use model::{Content, Exchange, Field, Fields, InputKind, Intake, Problem, Request, Response};

use crate::redact::Redacted;
use format::{Part, Source};

/// Understands as much of the text as there is. Never fails: what is not understood becomes a [`Problem`] or is left out.
pub fn read(redacted: &Redacted) -> Intake {
    read_text(redacted.text())
}

/// As [`read`], for a text that is known to hold no secret (tests and opened links).
pub(crate) fn read_text(text: &str) -> Intake {
    let source = Source::new(text);
    let mut formats: Vec<_> = formats::FORMATS.to_vec();
    formats.sort_by_key(|f| (f.rank, f.id));
    let (mut parts, mut problems, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
    let mut line = 0;
    while let Some(span) = source.lines.line(text, line) {
        let claimed = formats.iter().find_map(|f| (f.claim)(&source, span.start).map(|c| (f, c)));
        let Some((format, claim)) = claimed else {
            line += 1;
            continue;
        };
        kinds.push(format.kind);
        parts.extend(claim.parts);
        problems.extend(claim.problems);
        // A claim ends where it says, at least one line further, so that reading always ends.
        line = (line + 1).max(source.lines.line_of(claim.span.end.max(span.start + 1) - 1) + 1);
    }
    let kind = kinds.into_iter().next().unwrap_or(InputKind::Text);
    Intake { kind, exchanges: pair(parts), problems, link: None }
}

/// True where a text is nothing but a why403 link.
pub(crate) fn is_link(text: &str) -> bool {
    read_text(text).link.is_some()
}

/// Puts each response to the request before it that has none yet.
fn pair(parts: Vec<Part>) -> Vec<Exchange> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for part in parts {
        match part {
            Part::Request(request) => exchanges.push(Exchange { request: Some(request), response: None }),
            Part::Exchange(exchange) => exchanges.push(exchange),
            Part::Response(response) => match exchanges.last_mut() {
                Some(last) if last.response.is_none() => last.response = Some(response),
                _ => exchanges.push(Exchange { request: None, response: Some(response) }),
            },
        }
    }
    exchanges
}
