//! The one way out of intake: whatever reading decoded or joined is redacted once more, with its place known.
//!
//! Redaction comes first and sees the text as it stands. A secret that is written in a notation (`$'\101…'`), put together
//! from pieces or variables (`"Bearer " + key`), or that stands behind a name that is (`'api''-key: …'`) shows only in the
//! exchange. Here it is taken out of the exchange, and out of the text it was made from.

use super::model::{Content, Field, Intake};
use crate::ordered;
use crate::redact::again::{Edit, Leak, again, traces};
use crate::redact::{RedactOptions, Redacted};
use crate::span::Span;

/// A leaf of an exchange in which secrets were found.
struct Part {
    span: Option<Span>,
    /// What goes before the value where its place in the text cannot be made out in detail.
    name: String,
    /// The clean value.
    value: String,
    /// Its secrets: a stretch of the list of all.
    leaks: std::ops::Range<usize>,
}

struct Seal<'a> {
    text: &'a str,
    options: &'a RedactOptions,
    leaks: Vec<Leak>,
    parts: Vec<Part>,
}

/// Takes out of the exchanges and of the text what only reading has brought to light. Places then refer to the new text.
pub(super) fn seal(redacted: Redacted, intake: &mut Intake, options: &RedactOptions) -> Redacted {
    let mut seal = Seal { text: redacted.text(), options, leaks: Vec::new(), parts: Vec::new() };
    for exchange in &mut intake.exchanges {
        if let Some(request) = &mut exchange.request {
            seal.value(&mut request.method, request.method_span);
            seal.value(&mut request.url, request.url_span);
            request.fields.0.iter_mut().for_each(|f| seal.field(f));
            request.content.iter_mut().for_each(|c| seal.content(c));
        }
        if let Some(response) = &mut exchange.response {
            response.fields.0.iter_mut().for_each(|f| seal.field(f));
            response.content.iter_mut().for_each(|c| seal.content(c));
        }
    }
    for problem in &mut intake.problems {
        seal.value(&mut problem.message, Some(problem.span));
    }
    if seal.leaks.is_empty() {
        return redacted;
    }
    let Some(edits) = seal.edits() else { return redacted.withheld() };
    let moved = Moved::new(&edits);
    intake.each_place(|span| moved.span(span));
    redacted.edited(&edits)
}

impl Seal<'_> {
    /// A URL, a method, a sentence. Two letters are no secret.
    fn value(&mut self, value: &mut String, span: Option<Span>) {
        if value.len() < 3 || span.is_some_and(|s| self.stands(value, s)) {
            return;
        }
        if let Some((clean, leaks)) = again(value, self.options) {
            self.note(span, String::new(), &clean, leaks);
            *value = clean;
        }
    }

    fn field(&mut self, field: &mut Field) {
        if field.value.is_empty() && field.name.len() < 16 {
            return;
        }
        let line = [&*field.name, ": ", &*field.value].concat();
        let Some((clean, leaks)) = again(&line, self.options) else { return };
        // The name stays as it is, unless it is a secret itself.
        let value = clean.strip_prefix(&*field.name).and_then(|v| v.strip_prefix(": ")).map(str::to_owned);
        let value = value.unwrap_or_else(|| {
            let name = again(&field.name, self.options).map(|(name, _)| name);
            let value = again(&field.value, self.options).map(|(value, _)| value);
            field.name = name.unwrap_or_else(|| std::mem::take(&mut field.name));
            value.unwrap_or_else(|| std::mem::take(&mut field.value))
        });
        self.note(field.span, field.name.clone(), &value, leaks);
        field.value = value;
    }

    fn content(&mut self, content: &mut Content) {
        // Most contents stand in the text as they were sent, and were seen there.
        if content.span.is_some_and(|s| self.stands(&content.text, s)) {
            return;
        }
        if let Some((clean, leaks)) = again(&content.text, self.options) {
            self.note(content.span, String::new(), &clean, leaks);
            content.text = clean;
        }
    }

    /// True where the text reads just so at the place, and no word runs into it.
    fn stands(&self, value: &str, span: Span) -> bool {
        let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'%' | b'\\' | b'\'' | b'"');
        let before = span.start.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        let quoted = before.is_some_and(|b| matches!(b, b'\'' | b'"')).then_some(span.start.saturating_sub(2));
        let joined = match quoted {
            // `'a''b'`: the word began earlier.
            Some(at) => span.start > 1 && self.text.as_bytes().get(at).is_some_and(|b| word(*b)),
            None => before.is_some_and(|b| word(*b)),
        };
        !joined && span.of(self.text) == value
    }

    fn note(&mut self, span: Option<Span>, name: String, clean: &str, leaks: Vec<Leak>) {
        let from = self.leaks.len();
        self.leaks.extend(leaks);
        let span = span.filter(|s| s.end > s.start);
        self.parts.push(Part { span, name, value: clean.to_owned(), leaks: from..self.leaks.len() });
    }

    /// What has to change in the text; none where a secret's place is not known.
    fn edits(&self) -> Option<Vec<Edit>> {
        let (mut edits, mut seen) = traces(self.text, &self.leaks);
        for part in &self.parts {
            let Some(span) = part.span else { continue };
            let written = span.of(self.text);
            let leaks = self.leaks.get(part.leaks.clone()).unwrap_or_default();
            if !leaks.iter().all(|l| l.stands_in(written)) {
                // A wide place is that of several things: the pieces in it are dealt with one by one.
                if written.len() < 4096.max(part.value.len() * 8)
                    || !part.leaks.clone().all(|l| seen.get(l) == Some(&true))
                {
                    edits.push(Edit { span, text: rewritten(written, part) });
                }
            }
            seen.get_mut(part.leaks.clone()).unwrap_or_default().fill(true);
        }
        if seen.contains(&false) {
            return None;
        }
        // The widest first where some begin together; what lies in an earlier one is done.
        ordered::sort_by_key(&mut edits, |e| (e.span.start, usize::MAX - e.span.end));
        let mut end = 0;
        edits.retain_mut(|edit| {
            if edit.span.end <= end {
                return false;
            }
            edit.span.start = edit.span.start.max(end);
            end = edit.span.end;
            true
        });
        Some(edits)
    }
}

/// What stands in the place of a part that was written in a notation of its own: the name as written, the clean value.
fn rewritten(written: &str, part: &Part) -> String {
    let named = written.get(..part.name.len()).is_some_and(|n| !n.is_empty() && n.eq_ignore_ascii_case(&part.name));
    if named {
        let rest = written.get(part.name.len()..).unwrap_or_default();
        let between = rest.len() - rest.trim_start_matches([':', '=', ' ', '\t', '"', '\'', ',', '@', '>', '$']).len();
        return [written.get(..part.name.len() + between).unwrap_or_default(), &part.value].concat();
    }
    // `'api''-key: …'`, `$'\x61pi-key: …'`: the name is in a notation too.
    let plain =
        written.chars().filter(|c| !matches!(c, '\'' | '"' | '\\' | '^' | '`' | ' ' | '+')).take(part.name.len());
    let line = plain.eq(part.name.chars()) || written.contains(':') && written.contains('\\');
    if !part.name.is_empty() && line {
        return [&*part.name, ": ", &*part.value].concat();
    }
    part.value.clone()
}

/// Where places are after the edits.
struct Moved {
    /// For each edit: its old start and end, its new start and end.
    steps: Vec<(Span, Span)>,
}

impl Moved {
    fn new(edits: &[Edit]) -> Self {
        let (mut steps, mut from, mut to) = (Vec::with_capacity(edits.len()), 0, 0);
        for edit in edits {
            let start = to + (edit.span.start - from);
            to = start + edit.text.len();
            from = edit.span.end;
            steps.push((edit.span, Span::new(start, to)));
        }
        Self { steps }
    }

    fn span(&self, span: &mut Span) {
        *span = Span::new(self.offset(span.start, false), self.offset(span.end, true));
    }

    /// The new offset; inside an edit, its start or (for the end of a place) its end.
    fn offset(&self, at: usize, end: bool) -> usize {
        let index = self.steps.partition_point(|(old, _)| old.start < at);
        let Some((old, new)) = index.checked_sub(1).and_then(|i| self.steps.get(i)) else { return at };
        match at >= old.end {
            true => new.end + (at - old.end),
            false if end => new.end,
            false => new.start,
        }
    }
}
