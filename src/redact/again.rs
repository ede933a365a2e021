//! A second look, at what was decoded or joined from redacted text: a secret that only shows then is taken out of it, and
//! out of the text that it came from.

use super::placeholder::{self, Placeholder};
use super::{Raw, RedactOptions, Redacted, Redaction, judge, redact_at, wrapped_text};
use crate::ordered;
use crate::span::Span;
use zeroize::Zeroizing;

/// Pieces of a secret of this many bytes are looked for in the text, for where it stands in pieces there.
const PIECE: usize = 8;

/// A secret that the second look found.
pub(crate) struct Leak {
    secret: Zeroizing<String>,
    placeholder: String,
}

/// A stretch of redacted text and what is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl Leak {
    /// True where the secret stands in `text` in one piece.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        memchr::memmem::find(text.as_bytes(), self.secret.as_bytes()).is_some()
    }

    /// True for a secret that no other text holds by accident.
    fn telling(&self) -> bool {
        self.secret.len() >= PIECE && judge::guess_bits(judge::strip_known_prefix(&self.secret)) >= 30.0
    }
}

/// Redacts what was made from redacted text; placeholders in it stay. None where it is clean, else the clean text and
/// what was taken out.
pub(crate) fn again(text: &str, options: &RedactOptions) -> Option<(String, Vec<Leak>)> {
    // What stands encoded in it was looked at the first time; the places of placeholders are compared below.
    let clean = redact_at(Raw::new(text.to_owned()), options, wrapped_text::DEEPEST);
    if clean.redactions.is_empty() {
        return None;
    }
    let leaks = taken(text, &clean.text);
    Some((clean.text, leaks))
}

/// What stands in `before` where `after` has a new placeholder.
fn taken(before: &str, after: &str) -> Vec<Leak> {
    let mut leaks = Vec::new();
    let (mut from, mut read) = (0, 0);
    let mut placeholders = Placeholder::find_all(after).peekable();
    // Between two placeholders both texts are the same.
    from += placeholders.peek().map_or(0, |p| p.span.start);
    while let Some(found) = placeholders.next() {
        let next = placeholders.peek().map_or(after.len(), |p| p.span.start);
        let kept = after.get(found.span.end..next).unwrap_or_default();
        read = from.max(read);
        let rest = before.get(read..).unwrap_or_default();
        let end = match placeholders.peek() {
            None => rest.len().saturating_sub(kept.len()),
            // What was redacted before is as long as it was; nothing kept between means that one value was taken in two.
            Some(_) if rest.starts_with(found.span.of(after)) => found.span.end - found.span.start,
            Some(_) if kept.is_empty() => 0,
            Some(_) => memchr::memmem::find(rest.as_bytes(), kept.as_bytes()).unwrap_or(rest.len()),
        };
        let secret = rest.get(..end).unwrap_or_default();
        if !secret.is_empty() && secret != found.span.of(after) {
            let placeholder = found.span.of(after).to_owned();
            leaks.push(Leak { secret: Zeroizing::new(secret.to_owned()), placeholder });
        }
        from = read + end + kept.len();
    }
    leaks
}

/// The stretches of `text` in which the secrets, or pieces of them, stand as they are; and whether each secret was seen at all.
pub(crate) fn traces(text: &str, leaks: &[Leak]) -> (Vec<Edit>, Vec<bool>) {
    let mut seen = vec![false; leaks.len()];
    let mut edits = Vec::new();
    // Every piece of every secret, sorted, so that the text is read once.
    let mut pieces: Vec<(&[u8], usize)> = Vec::new();
    for (number, leak) in leaks.iter().enumerate() {
        if leak.telling() {
            let skip = leak.secret.len() - judge::strip_known_prefix(&leak.secret).len();
            let body = leak.secret.as_bytes().get(skip..).unwrap_or_default();
            pieces.extend(body.windows(PIECE).filter(|p| !p.contains(&b' ')).map(|p| (p, number)));
        }
        // A weak one in one piece only: its parts are words that stand anywhere.
        if leak.secret.len() >= 4 && !(leak.telling() && leak.secret.len() > 64) {
            for at in memchr::memmem::find_iter(text.as_bytes(), leak.secret.as_bytes()) {
                let end = at + leak.secret.len();
                if alone(text, at, end) {
                    if let Some(flag) = seen.get_mut(number) {
                        *flag = true;
                    }
                    edits.push(Edit { span: Span::new(at, end), text: leak.placeholder.clone() });
                }
            }
        }
    }
    ordered::sort_by(&mut pieces, Ord::cmp);
    pieces.dedup_by_key(|p| p.0);
    if !pieces.is_empty() {
        let mut hits = vec![0_usize; leaks.len()];
        let mut run: Option<(usize, usize, usize)> = None;
        for (at, window) in text.as_bytes().windows(PIECE).enumerate() {
            let Ok(found) = pieces.binary_search_by_key(&window, |p| p.0) else { continue };
            let Some(&(_, number)) = pieces.get(found) else { continue };
            if let Some(count) = hits.get_mut(number) {
                *count += 1;
            }
            match &mut run {
                Some((_, end, _)) if at <= *end => *end = at + PIECE,
                _ => {
                    edits.extend(run.and_then(|run| piece(text, run, leaks)));
                    run = Some((at, at + PIECE, number));
                }
            }
        }
        edits.extend(run.and_then(|run| piece(text, run, leaks)));
        for ((flag, hits), leak) in seen.iter_mut().zip(hits).zip(leaks) {
            *flag |= hits * 2 > leak.secret.len().saturating_sub(PIECE);
        }
    }
    (edits, seen)
}

/// The edit for a run of pieces, on whole characters.
fn piece(text: &str, (start, end, number): (usize, usize, usize), leaks: &[Leak]) -> Option<Edit> {
    let span = Span::new(text.floor_char_boundary(start), text.ceil_char_boundary(end));
    // Digits of a fingerprint are no piece of a secret.
    let near = text.floor_char_boundary(start.saturating_sub(120));
    let inside = placeholder::first(text, near, text.len().min(text.ceil_char_boundary(end + 120)))
        .is_some_and(|(from, to)| from <= span.start && span.end <= to);
    (!inside).then(|| Edit { span, text: leaks.get(number).map(|l| l.placeholder.clone()).unwrap_or_default() })
}

/// True where the stretch is no part of a longer word.
pub(super) fn alone(text: &str, start: usize, end: usize) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let outside =
        (text.get(..start).and_then(|t| t.chars().next_back()), text.get(end..).and_then(|t| t.chars().next()));
    (!word(outside.0) || super::unit::is_behind_escape(text, start)) && !word(outside.1)
}

/// Sorts edits by their place. Of two that overlap the one that begins first counts, or the longer where they begin together.
pub(super) fn apart(edits: &mut Vec<Edit>) {
    ordered::sort_by_key(edits, |e| (e.span.start, usize::MAX - e.span.end));
    let mut end = 0;
    edits.retain(|edit| {
        let apart = edit.span.start >= end;
        end = end.max(edit.span.end);
        apart
    });
}

/// From an offset with its line and column to a later one, where nothing was taken out in between.
fn moved(text: &str, (at, line, column): (usize, usize, usize), to: usize) -> (usize, usize, usize) {
    let between = text.get(at..to).unwrap_or_default();
    let last = between.rsplit('\n').next().unwrap_or_default().chars().count();
    let lines = between.matches('\n').count();
    (to.max(at), line + lines, if lines > 0 { last + 1 } else { column + last })
}

impl Redacted {
    /// This text with the edits made, which stand in its order and apart; each that brings a placeholder counts as a
    /// redaction, placed in the text as pasted.
    pub(crate) fn edited(self, edits: &[Edit]) -> Self {
        let Self { text, mut redactions, masked, behind, withheld } = self;
        let mut out = String::with_capacity(text.len());
        let mut kept = Vec::with_capacity(behind.len() + edits.len());
        let mut rest = behind.into_iter().peekable();
        // An offset that was reached, with line and column as pasted: up to the next secret both texts are the same.
        let mut reached = (0, 1, 1);
        let mut from = 0;
        for edit in edits {
            let before = edit.span.of(&text);
            while let Some(next) = rest.next_if(|next| next.0 <= edit.span.start) {
                reached = next;
                kept.push((out.len() + next.0.saturating_sub(from), next.1, next.2));
            }
            reached = moved(&text, reached, edit.span.start);
            for found in Placeholder::find_all(&edit.text).filter(|p| !before.contains(p.span.of(&edit.text))) {
                redactions.push(Redaction {
                    kind: found.kind,
                    fingerprint: found.fingerprint.and_then(|f| f.text()),
                    line: reached.1,
                    column: reached.2,
                });
            }
            while let Some(next) = rest.next_if(|next| next.0 <= edit.span.end) {
                reached = next;
            }
            reached = moved(&text, reached, edit.span.end);
            out.push_str(text.get(from..edit.span.start).unwrap_or_default());
            out.push_str(&edit.text);
            from = edit.span.end;
            kept.push((out.len(), reached.1, reached.2));
        }
        kept.extend(rest.map(|next| (out.len() + next.0.saturating_sub(from), next.1, next.2)));
        out.push_str(text.get(from..).unwrap_or_default());
        ordered::sort_by_key(&mut redactions, |r| (r.line, r.column));
        Self { text: out, redactions, masked, behind: kept, withheld }
    }

    /// This text, not to be shown: it holds a secret in a notation in which it cannot be pointed at.
    pub(crate) fn withheld(mut self) -> Self {
        self.withheld = true;
        self
    }

    /// False where the text may not be shown or put into a link.
    pub(crate) fn may_be_shown(&self) -> bool {
        !self.withheld
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4bC6d";

    fn look(text: &str) -> Vec<String> {
        again(text, &RedactOptions::default())
            .map_or_else(Vec::new, |(_, leaks)| leaks.iter().map(|l| l.secret.as_str().to_owned()).collect())
    }

    #[test]
    fn what_was_taken_is_told_from_what_was_kept() {
        assert_eq!(look(&format!("Authorization: Bearer {KEY}")), [KEY]);
        assert_eq!(look(&format!("x-api-key: {{{{redacted:api-key}}}}, api-key: {KEY}")), [KEY]);
        assert_eq!(look(&format!("Cookie: a={KEY}; b=x{KEY}")).concat().matches(KEY).count(), 2);
        assert!(look("Authorization: Bearer $KEY").is_empty());
    }

    #[test]
    fn pieces_of_a_secret_are_found_where_they_stand() {
        let (_, leaks) = again(&format!("api-key: {KEY}"), &RedactOptions::default()).unwrap();
        let (one, two) = KEY.split_at(20);
        let text = format!("'{one}' + '{two}', {KEY}; aB3dE5");
        let (edits, seen) = traces(&text, &leaks);
        assert_eq!(seen, [true]);
        let mut edits = edits;
        edits.sort_by_key(|e| e.span);
        edits.dedup();
        let clean = Redacted { text, redactions: Vec::new(), masked: Vec::new(), behind: Vec::new(), withheld: false }
            .edited(&edits);
        assert!(
            !clean.text().contains(one.get(..8).unwrap()) && clean.text().ends_with("; aB3dE5"),
            "{}",
            clean.text()
        );
        assert_eq!(clean.redactions().len(), 3);
    }

    #[test]
    fn places_of_the_second_look_refer_to_the_text_as_pasted() {
        let raw = format!("api-key: {KEY} ü piece\n\"password\": \"hunter2 and\" piece");
        let first = redact_at(Raw::new(raw.clone()), &RedactOptions::default(), 0);
        let edits: Vec<Edit> = memchr::memmem::find_iter(first.text().as_bytes(), "piece")
            .map(|at| Edit { span: Span::new(at, at + 5), text: "{{redacted:secret}}".to_owned() })
            .collect();
        let lines = crate::span::LineIndex::new(&raw);
        let expected: Vec<_> = memchr::memmem::find_iter(raw.as_bytes(), "piece")
            .map(|at| lines.position(&raw, at))
            .map(|place| (place.line, place.column))
            .collect();
        assert_eq!(edits.len(), 2);
        let clean = first.edited(&edits);
        let found: Vec<_> =
            clean.redactions().iter().filter(|r| r.kind == "secret").map(|r| (r.line, r.column)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn edits_of_an_edited_text_are_placed_as_pasted() {
        let raw = format!("api-key: {KEY} one two\none two {KEY}x");
        let mut clean = redact_at(Raw::new(raw.clone()), &RedactOptions::default(), 0);
        let lines = crate::span::LineIndex::new(&raw);
        for (word, kind) in [("one", "{{redacted:jwt}}"), ("two", "{{redacted:secret}}")] {
            let places = memchr::memmem::find_iter(clean.text().as_bytes(), word);
            let edits: Vec<Edit> =
                places.map(|at| Edit { span: Span::new(at, at + 3), text: kind.to_owned() }).collect();
            clean = clean.edited(&edits);
        }
        let found: Vec<_> = clean.redactions().iter().map(|r| (r.line, r.column)).collect();
        let mut expected: Vec<_> = [KEY, "one", "two"]
            .iter()
            .flat_map(|word| memchr::memmem::find_iter(raw.as_bytes(), *word))
            .map(|at| lines.position(&raw, at))
            .map(|place| (place.line, place.column))
            .collect();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}
