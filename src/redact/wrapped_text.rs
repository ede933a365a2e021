//! Text in base64: a secret in it goes as if it stood there as itself, and the rest stays readable.

use super::fingerprint::Flags;
use super::shape::{self, Shape};
use super::sink::Sink;
use super::unit::{byte, floor};
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

/// Shortest run that is decoded, in bytes.
const SHORTEST: usize = 24;

/// Longest block of lines that is read, in bytes.
const LONGEST: usize = 48 * 1024;

/// A first look that costs little: false for digits in hexadecimal and names, and where the first byte would be no letter, mark or
/// space.
pub(super) fn may_be_base64(run: &str) -> bool {
    let first = run.bytes().next().is_some_and(|b| matches!(b, b'C' | b'D' | b'I'..=b'Z' | b'a'..=b'f'));
    first && run.len() >= SHORTEST && run.bytes().any(|b| b.is_ascii_uppercase())
}

/// Looks into the run at `start..end`; where it is text in base64 that holds a secret, gives the offset to go on from.
/// Text without one is noted as judged. What an `open` name stands before is an id or a picture, unless a secret shows in it.
pub(super) fn base64(sink: &mut Sink<'_>, start: usize, end: usize, open: bool) -> Option<usize> {
    if end - start < SHORTEST || sink.depth >= DEEPEST {
        return None;
    }
    let run = sink.text.get(start..end)?;
    if !is_text(run) {
        return None;
    }
    let (to, between) = block(sink.text, start, end);
    let lines = || {
        let joined = Zeroizing::new(sink.text.get(start..to)?.replace(between, ""));
        Some((to, decoded(&joined)?))
    };
    let (to, text) = if to > end { lines() } else { None }.or_else(|| Some((end, decoded(run)?)))?;
    let width = if to > end { end - start } else { usize::MAX };
    let words = text.split_whitespace().count();
    let inner = super::redact_at(Raw::new(text), sink.options, sink.depth + 1);
    let left = inner.text();
    if inner.redactions().is_empty() {
        let pair = left.split_once(':').filter(|_| !open && to == end && !left.contains(placeholder::OPEN)).filter(
            |(user, password)| words == 1 && !user.is_empty() && shape::is_opaque(password, &Shape::of(password)),
        );
        if pair.is_some() {
            sink.replace(start, end, "basic-credentials", left, Flags::default());
            return Some(end);
        }
        // Placeholders stand in it already, or it is prose, a page or an object without secrets.
        if left.contains(placeholder::OPEN) {
            sink.rewrite(start, to, sink.text.get(start..to)?, &[]);
        }
        // A block is not read once more for each of its lines.
        let structured = left.starts_with('<') && left.ends_with('>') || starts_object(run);
        return (words > 2 || structured || to > end || sink.done() == to).then_some(to);
    }
    if placeholder::length(left) == Some(left.len()) {
        sink.rewrite(start, to, left, inner.redactions());
        return Some(to);
    }
    // As wide as it was.
    let encoded = engine(run).encode(left);
    let mut out = String::with_capacity(encoded.len() * 2);
    let mut rest = encoded.as_str();
    while let Some((line, next)) = rest.split_at_checked(width).filter(|(_, next)| !next.is_empty()) {
        out.push_str(line);
        out.push_str(between);
        rest = next;
    }
    out.push_str(rest);
    sink.rewrite(start, to, &out, inner.redactions());
    Some(to)
}

fn engine(run: &str) -> GeneralPurpose {
    if run.contains(['-', '_']) { URL_SAFE } else { STANDARD }
}

/// True for text in base64, which its first bytes tell.
pub(super) fn is_text(run: &str) -> bool {
    let head = run.get(..SHORTEST).and_then(|head| engine(run).decode(head).ok()).map(Zeroizing::new);
    head.is_some_and(|head| head.iter().all(|b| matches!(b, 0x20..0x7f | b'\n' | b'\r' | b'\t')))
}

/// True for the start of an object in base64 whose first name is a word: an answer of an API. Tokens and keys that are objects begin
/// with shorter names (`alg`, `typ`, `kid`: RFC 7515, section 4.1; Grafana's `k`).
pub(super) fn starts_object(run: &str) -> bool {
    let Some(Ok(head)) = run.get(..SHORTEST).map(|head| STANDARD.decode(head)) else { return false };
    let Some(rest) = head.strip_prefix(b"{\"") else { return false };
    let name = rest.iter().take_while(|b| b.is_ascii_lowercase() || **b == b'_').count();
    name >= 4 && rest.get(name).is_none_or(|b| *b == b'"')
}

fn decoded(run: &str) -> Option<String> {
    String::from_utf8(engine(run).decode(run).ok()?).ok()
}

/// The lines that go on with the one at `start..end`, as mail, PEM and YAML wrap base64: equally wide, but for the last. Gives their
/// end and what stands between two of them.
fn block(text: &str, start: usize, end: usize) -> (usize, &str) {
    let width = end - start;
    let rest = text.get(end..floor(text, text.len().min(end + LONGEST))).unwrap_or_default();
    let breaks = ["\n", "\r\n", "\\n", "\\r\\n", "\\\\n"].into_iter().find(|b| rest.starts_with(b));
    let Some(breaks) = breaks.filter(|_| width >= 32 && byte(text, end - 1) != b'=') else { return (end, "") };
    let margin = rest.get(breaks.len()..).unwrap_or_default();
    let margin = margin.bytes().take(64).take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'|')).count();
    let between = rest.get(..breaks.len() + margin).unwrap_or_default();
    let mut to = end;
    while let Some(line) = text.get(to..end + rest.len()).and_then(|rest| rest.strip_prefix(between)) {
        let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=');
        let len = line.bytes().take_while(fits).count();
        // A word of another line is none of its own.
        let whole = !line.get(len..).is_some_and(|rest| rest.starts_with([' ', ':', '.', ',']));
        if len == 0 || len > width || !whole {
            break;
        }
        to += between.len() + len;
        if len < width {
            break;
        }
    }
    (to, between)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::twice as clean;

    const TEXT: &str = "export OPENAI_API_KEY=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\ncurl https://api.openai.com";

    #[test]
    fn an_open_name_excuses_the_run_but_not_what_is_in_it() {
        let run = STANDARD.encode("Authorization: Bearer sk-5haxG7Rt2MvQ9LpZcYbN4KdWjE8sUoTf");
        for name in
            ["blob=", "sha: ", "\"id\":\"", "x-request-id: ", "\"encrypted_content\": \"", "certificate=", "model="]
        {
            let clean = clean(&format!("{name}{run}"));
            assert!(!clean.contains(&run) && clean.starts_with(name), "{clean}");
        }
        for text in
            ["node_id=MDEwOlJlcG9zaXRvcnkxMjk2MjY5OmFiY2RlZg==", "\"cursor\":\"Y3Vyc29yOnYyOpHOADsxYWJjZDEyMzQ1Njc4\""]
        {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn the_mark_of_a_key_is_a_word_in_base64() {
        // `OpenAI` there is what stands in the middle of OpenAI's keys.
        let run = STANDARD
            .encode("client = OpenAI::Client.new(access_token: \"AIzaSyB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2z\", a: 1)\n");
        assert!(run.contains("T3BlbkFJ"));
        let lines: Vec<&str> = run.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap()).collect();
        let inner = decoded(&clean(&lines.join("\n")).replace('\n', "")).unwrap();
        assert!(inner.starts_with("client = OpenAI::Client.new(access_token: \"{{redacted:google-key"), "{inner}");
    }

    #[test]
    fn answers_in_base64_stay_readable() {
        for answer in [
            r#"{"error":{"message":"Country not supported","type":"request_forbidden"}}"#,
            r#"{"detail":"Unauthorized"}"#,
            "<html><head><title>403</title></head><body>nginx</body></html>",
        ] {
            let text = format!("\"encoding\": \"base64\", \"text\": \"{}\"", STANDARD.encode(answer));
            assert_eq!(clean(&text), text, "{answer}");
        }
        for secret in [
            r#"{"alg":"HS256","typ":"JWT"}"#,
            r#"{"k":"aB3dE5fG7hJ9kL1mN2pQ4rS6","n":"x","id":1}"#,
            r#"{"error":"key sk-5haxG7Rt2MvQ9LpZcYbN4KdWjE8sUoTf is wrong"}"#,
        ] {
            let run = STANDARD.encode(secret);
            assert!(!clean(&format!("\"text\": \"{run}\"")).contains(&run), "{secret}");
        }
    }

    #[test]
    fn lines_of_one_block_are_read_together() {
        let run = STANDARD.encode(TEXT);
        for between in ["\n", "\r\n", "\\n", "\n    ", "\n> "] {
            for width in [32, 40, 64, 76] {
                let lines: Vec<&str> = run.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect();
                let text = format!("{{\"b\": \"{}\"}}", lines.join(between));
                let clean = clean(&text);
                let inner = clean.replace(between, "");
                let inner = decoded(inner.get(7..inner.len() - 2).unwrap()).unwrap();
                assert!(inner.contains("OPENAI_API_KEY={{redacted:") && !inner.contains("NmQw"), "{clean}\n{inner}");
                assert!(inner.ends_with("curl https://api.openai.com"), "{inner}");
            }
        }
    }
}
