//! Understands redacted text: which requests it describes and which responses it shows.
//!
//! The text is read from the top. Each unclaimed line is offered to the formats by rank; the first to claim takes as many
//! lines as it understands. What was found is then put together: a response belongs to the request before it. Noise around
//! the lines (colours, container names, time stamps) is taken off before and put back into the places afterwards.

mod curl;
pub mod format;
/// The input formats: one module each, declared by the build.
pub mod formats {
    use super::format::Format;
    include!(concat!(env!("OUT_DIR"), "/formats.rs"));
}
mod dump;
mod evidence;
mod failures;
mod http_text;
mod join;
mod js;
mod json_text;
mod literal;
mod mention;
mod message;
pub mod model;
mod noise;
mod powershell;
mod repr;
mod seal;
#[cfg(test)]
mod sent;
mod shell;
mod status;

pub use failures::Failures;
pub use model::{Content, Exchange, Field, Fields, InputKind, Intake, Problem, Request, Response};

use crate::ordered;
use crate::redact::{RedactOptions, Redacted};
use format::Source;

/// Understands as much of the text as there is. Never fails: what is not understood becomes a [`Problem`] or is left out.
///
/// What reading decoded or joined is redacted once more with the same `options`; a secret that shows only then is taken
/// out of the text too, which is why the text is given back.
pub fn read(redacted: Redacted, options: &RedactOptions) -> (Redacted, Intake) {
    let mut intake = read_text(redacted.text());
    let redacted = seal::seal(redacted, &mut intake, options);
    (redacted, intake)
}

/// As [`read`], for a text that is known to hold no secret.
pub(crate) fn read_text(text: &str) -> Intake {
    match noise::clean(text) {
        None => read_clean(text),
        Some(clean) => {
            let mut intake = read_clean(&clean.text);
            clean.restore(&mut intake);
            intake
        }
    }
}

fn read_clean(text: &str) -> Intake {
    let source = Source::new(text);
    let mut formats: Vec<_> = formats::FORMATS.to_vec();
    ordered::sort_by_key(&mut formats, |f| (f.rank, f.id));
    let (mut parts, mut problems, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
    let (mut line, mut bare) = (0, true);
    while let Some(span) = source.lines.line(text, line) {
        // What nobody could claim is not offered: blank lines, rulers, frames.
        let empty = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '{' | '[' | '<');
        if span.of(text).chars().all(empty) {
            bare &= span.of(text).trim().is_empty();
            line += 1;
            continue;
        }
        let claimed = formats.iter().find_map(|f| (f.claim)(&source, span.start).map(|c| (f, c)));
        let Some((format, claim)) = claimed else {
            bare &= span.of(text).trim().is_empty();
            line += 1;
            continue;
        };
        kinds.push(format.kind);
        parts.extend(claim.parts);
        problems.extend(claim.problems);
        // A claim ends where it says, at least one line further, so that reading always ends.
        line = (line + 1).max(source.lines.line_of(claim.span.end.max(span.start + 1) - 1) + 1);
    }
    Intake { kind: kind(&kinds, bare), exchanges: join::join(parts), problems }
}

/// The kind of the part that says most: what was sent beats what was printed, and a whole page or JSON text counts only
/// where nothing stands beside it.
fn kind(kinds: &[InputKind], bare: bool) -> InputKind {
    use InputKind::{Curl, Fetch, Har, Html, Http, Json, Log, Powershell, Traceback};
    let ranks = [Har, Curl, Powershell, Fetch, Http, Traceback, Log];
    if let Some(&kind) = ranks.iter().find(|kind| kinds.contains(kind)) {
        return kind;
    }
    match kinds.first() {
        Some(&first @ (Json | Html)) if bare && kinds.iter().all(|&k| k == first) => first,
        _ => InputKind::Text,
    }
}

/// The template for a format is compiled and tested like one, so that it stays right.
#[cfg(test)]
#[path = "formats/_template.rs"]
mod template;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_reads_its_example() {
        let mut wrong = Vec::new();
        for format in formats::FORMATS {
            let claim = (format.claim)(&Source::new(format.example), 0);
            // No other format takes the text away from it.
            let intake = read_text(format.example);
            let read = claim.is_some_and(|c| !c.parts.is_empty()) && !intake.exchanges.is_empty();
            if !read || intake.kind != format.kind {
                wrong.push((format.id, read, intake.kind));
            }
        }
        assert_eq!(wrong, []);
    }
}
