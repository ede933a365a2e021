//! Collects what is taken out and builds the redacted text.

use super::again::Edit;
use super::extent::{self, End, Extent};
use super::fingerprint::{self, Flags};
use super::opening::Opening;
use super::tail::Tail;
use super::{MaskedKey, RedactOptions, Redacted, Redaction, masked::Visible};
use crate::span::Span;
use memchr::memchr_iter;
use zeroize::Zeroizing;

/// The output under construction. Edits come in the order of the text.
pub(super) struct Sink<'a> {
    pub(super) text: &'a str,
    pub(super) options: &'a RedactOptions,
    /// Inside a list of cookies: lists within are not looked for.
    pub(super) in_list: bool,
    /// Up to where the nets have judged the text.
    pub(super) judged: usize,
    /// The text is a piece of a stream.
    streaming: bool,
    /// Up to where placeholders that were passed over were looked for.
    kept: usize,
    /// The last value of header fields that was read to its end: how it ends, where it starts, and where it ended.
    read: Option<(End, usize, Extent)>,
    /// A stretch without pairs of name and value.
    pub(super) barren: (usize, usize),
    /// Up to where lists of bytes were looked for.
    pub(super) listed: usize,
    /// How many times the text stood encoded in another.
    pub(super) depth: usize,
    out: String,
    copied: usize,
    redactions: Vec<Redaction>,
    /// Behind each secret: the offset in the output, and in the text.
    behind: Vec<(usize, usize)>,
    keys: Vec<Visible>,
    shown: Vec<String>,
    echoes: super::echo::Echoes,
    /// Names of variables that hold secrets.
    wanted: Vec<String>,
    line: usize,
    column: usize,
    counted: usize,
    /// Kind of the last secret.
    last: Option<&'static str>,
    /// Where the last secrets stood.
    recent: Recent,
    /// The last secret goes on: what its rest is made of.
    pub(super) tail: Option<Tail>,
    /// How many times the text stood unfolded in another, and how far it was unfolded itself.
    pub(super) folds: usize,
    pub(super) unfolded: super::unfold::Reached,
    /// Up to where line ends that are escapes were looked for.
    pub(super) seen: usize,
    /// Where the last name ended that no value followed, and how many such there were in a row.
    pub(super) in_vain: (usize, usize),
    /// What is taken out is put down, because it is taken out of another text as well: of the one that was unfolded, of what is redacted
    /// already.
    noting: bool,
    taken: Vec<Taken>,
}

/// What was taken out of a text that was unfolded, for the text that it stands in.
struct Taken {
    start: usize,
    end: usize,
    /// What was put in its place.
    text: String,
    kind: Option<&'static str>,
    key: Zeroizing<String>,
    /// How many secrets it held.
    count: usize,
}

/// What a sink knows of the text before, to go on with the text after.
#[derive(Default)]
pub(super) struct Carried {
    judged: usize,
    copied: usize,
    last: Option<&'static str>,
    recent: Recent,
    tail: Option<Tail>,
    unfolded: super::unfold::Reached,
    echoes: super::echo::Echoes,
    /// An empty text with room, so that none is made for each stretch.
    room: String,
}

/// Places of secrets that rows of a table look back at: the last ones, in a ring.
type Recent = [(usize, usize); 16];

impl Carried {
    /// Before any text.
    pub(super) fn start() -> Self {
        let echoes = super::echo::Echoes::of_a_stream();
        Self { echoes, ..Self::default() }
    }
}

impl<'a> Sink<'a> {
    pub(super) fn new(text: &'a str, options: &'a RedactOptions) -> Self {
        Self {
            text,
            options,
            in_list: false,
            judged: 0,
            streaming: false,
            kept: 0,
            read: None,
            barren: (0, 0),
            listed: 0,
            depth: 0,
            out: String::with_capacity(text.len() + text.len() / 16),
            copied: 0,
            redactions: Vec::new(),
            behind: Vec::new(),
            keys: Vec::new(),
            shown: Vec::new(),
            echoes: super::echo::Echoes::default(),
            wanted: Vec::new(),
            line: 1,
            column: 1,
            counted: 0,
            last: None,
            recent: Recent::default(),
            tail: None,
            folds: 0,
            unfolded: (0, 0),
            seen: 0,
            in_vain: (0, 0),
            noting: false,
            taken: Vec::new(),
        }
    }

    /// For a text that was redacted already.
    pub(super) fn again(text: &'a str, options: &'a RedactOptions) -> Self {
        Self { noting: true, ..Self::new(text, options) }
    }

    /// For a text that was unfolded in the text of `outer`.
    pub(super) fn within(text: &'a str, outer: &Sink<'a>) -> Self {
        Self { depth: outer.depth, folds: outer.folds + 1, noting: true, ..Self::new(text, outer.options) }
    }

    /// What was written from the offset `start` on, and the offset behind that.
    pub(super) fn written(&self, start: usize) -> (&str, usize) {
        let inside = self.recent.iter().find(|secret| secret.0 < start && start <= secret.1);
        let start = inside.map_or(start, |secret| secret.0);
        let last = self.behind.iter().rev().find(|(_, text)| *text <= start);
        let (out, text) = last.copied().unwrap_or_default();
        // A stream gives away what it wrote.
        match self.out.get(out + start.saturating_sub(text)..) {
            Some(written) if start < self.copied && (last.is_some() || self.behind.is_empty() || !self.streaming) => {
                (written, self.copied)
            }
            _ => ("", start.max(self.copied)),
        }
    }

    /// Takes over what was taken out of a text that was unfolded; `place` gives its places in this one, in their order.
    pub(super) fn adopt(&mut self, inner: Sink<'_>, mut place: impl FnMut(usize) -> usize) {
        let Sink { taken, redactions, wanted, .. } = inner;
        self.wanted.extend(wanted);
        let mut redactions = redactions.into_iter();
        for found in taken {
            let (start, end) = (place(found.start).max(self.copied), place(found.end));
            let within = redactions.by_ref().take(found.count);
            if end > start {
                let at = self.put(start, end, &found.text, found.kind, &found.key, found.count);
                self.redactions.extend(within.filter_map(|r| at.map(|(line, column)| Redaction { line, column, ..r })));
            } else {
                within.for_each(drop);
            }
        }
    }

    /// Goes on where another sink stopped.
    pub(super) fn resume(text: &'a str, options: &'a RedactOptions, carried: Carried) -> Self {
        let Carried { judged, copied, last, recent, tail, unfolded, echoes, room: out } = carried;
        let streaming = true;
        Self { text, judged, copied, last, recent, tail, unfolded, echoes, out, streaming, ..Self::new("", options) }
    }

    /// Appends what is settled before `settled` to `settled_text`, and stops: the next sink gets the text without its first `cut` bytes.
    pub(super) fn suspend(mut self, settled: usize, cut: usize, settled_text: &mut String) -> Carried {
        if settled > self.copied {
            self.out.push_str(self.text.get(self.copied..settled).unwrap_or_default());
            self.copied = settled;
        }
        let less = |at: usize| at.saturating_sub(cut);
        settled_text.push_str(&self.out);
        self.out.clear();
        Carried {
            judged: less(self.judged),
            copied: less(self.copied),
            last: self.last,
            recent: self.recent.map(|(start, end)| (less(start), less(end))),
            tail: self.tail,
            unfolded: self.unfolded.0.checked_sub(cut).map_or((0, 0), |at| (at, self.unfolded.1)),
            echoes: self.echoes,
            room: self.out,
        }
    }

    /// Leaves out what stands between the last secret and `end`: it is the secret's rest.
    pub(super) fn skip(&mut self, end: usize) {
        self.copied = self.copied.max(end);
        if let Some(last) = self.behind.last_mut() {
            last.1 = last.1.max(end);
        }
        if let Some(last) = self.taken.last_mut() {
            last.end = last.end.max(end);
        }
    }

    /// Replaces `start..end`, whose decoded content is `key`, as a secret of this kind.
    pub(super) fn replace(&mut self, start: usize, end: usize, kind: &'static str, key: &str, flags: Flags) {
        let start = start.max(self.copied);
        if end <= start {
            return;
        }
        // What sticks to a secret is its rest.
        // Quoted-printable's mark was taken for padding.
        let single = key.ends_with('=') && !key.ends_with("==");
        let mark = usize::from(single && (!key.len().is_multiple_of(4) || super::forms::starts_like_one(key)));
        let stuck = super::placeholder::stuck(self.text, end.saturating_sub(mark)).saturating_sub(mark);
        if stuck >= super::placeholder::LONGEST {
            self.tail = Some(Tail::Run);
        }
        let mut end = end + stuck;
        if matches!(kind, "api-key" | "secret" | "bearer-token" | "credentials" | "aws-secret" | "bedrock-key")
            || super::forms::starts_like_one(key)
        {
            end = super::gap::completed(self.text, end, key).unwrap_or(end);
            end += super::placeholder::stuck(self.text, end);
        }
        let (clean, own) = fingerprint::clean(key);
        let flags = Flags {
            quotes: flags.quotes || own.quotes,
            white_space: flags.white_space || own.white_space,
            zero_width: flags.zero_width || own.zero_width,
            non_ascii: flags.non_ascii || own.non_ascii,
            ..flags
        };
        let print = fingerprint::make(clean, kind, flags, self.options).text();
        let placeholder = match &print {
            Some(print) => ["{{redacted:", kind, ":", print, "}}"].concat(),
            None => ["{{redacted:", kind, "}}"].concat(),
        };
        // Of a stream nothing is told but its text.
        let Some((line, column)) = self.put(start, end, &placeholder, Some(kind), clean, 1) else { return };
        self.redactions.push(Redaction { kind: kind.to_owned(), fingerprint: print, line, column });
    }

    /// Writes `text` in place of `start..end`, where `count` secrets stood: of this kind, and `key` where it was a single one. Gives
    /// its line and column, but for a stream, which nobody asks for them.
    fn put(
        &mut self,
        start: usize,
        end: usize,
        text: &str,
        kind: Option<&'static str>,
        key: &str,
        count: usize,
    ) -> Option<(usize, usize)> {
        debug_assert!(kind.is_none_or(|kind| super::kind::get(kind).is_some()), "no such kind: {kind:?}");
        self.out.push_str(self.text.get(self.copied..start).unwrap_or_default());
        self.out.push_str(text);
        self.note(start, end);
        if !key.is_empty() && self.depth == 0 {
            self.echoes.note(key, kind.unwrap_or_default(), text);
        }
        if self.noting {
            let (text, key) = (text.to_owned(), Zeroizing::new(key.to_owned()));
            self.taken.push(Taken { start, end, text, kind, key, count });
        }
        self.last = kind;
        if self.streaming {
            return None;
        }
        if self.keys.len() < 4096 && kind != Some("email") {
            self.keys.extend(Visible::of(key));
        }
        Some(self.position(start))
    }

    /// Takes note of the variables in what stands in a secret's place: what is assigned to them is the secret.
    pub(super) fn want(&mut self, value: &str) {
        if self.depth == 0 && self.wanted.len() < 16 && value.contains(['$', '{', '%']) {
            let names = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            let fits =
                |name: &&str| name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            self.wanted.extend(names.filter(fits).map(str::to_owned));
        }
    }

    /// Writes `text` in place of `start..end`: an encoded stretch that was redacted for itself.
    pub(super) fn rewrite(&mut self, start: usize, end: usize, text: &str, found: &[Redaction]) {
        let start = start.max(self.copied);
        let end = if text.ends_with("}}") { end + super::placeholder::stuck(self.text, end) } else { end };
        let kind = found.last().and_then(|last| super::kind::get(&last.kind)).map_or("secret", |kind| kind.id);
        let Some((line, column)) = self.put(start, end, text, Some(kind), "", found.len()) else { return };
        self.redactions.extend(found.iter().cloned().map(|r| Redaction { line, column, ..r }));
    }

    /// Takes out what a stream held before, where it stands in `start..end`; gives the offset to go on from.
    pub(super) fn repeated(&mut self, start: usize, end: usize) -> Option<usize> {
        let (from, to, placeholder) = self.echoes.find(self.text.get(start..end)?)?;
        let placeholder = placeholder.to_owned();
        self.rewrite(start + from, start + to, &placeholder, &[]);
        Some(start + to)
    }

    /// The extent of a header field's value, white space and all. A field that is repeated within such a value ends where that does,
    /// and is not read to its end again.
    pub(super) fn field(&mut self, opening: &Opening) -> Extent {
        let end = extent::spaced(opening.end);
        // What was cut at the bound is read on from its middle at the latest.
        let known = |(kind, from, read): &(End, usize, Extent)| {
            *kind == end && (*from..=read.end.min(from + extent::LONGEST / 2)).contains(&opening.start)
        };
        if let Some((_, _, read)) = self.read.filter(known) {
            return Extent { start: opening.start, ..read };
        }
        let read = extent::of(self.text, opening, true);
        self.read = Some((end, opening.start, read));
        read
    }

    /// Takes note of the placeholders that were passed over on the way to `to`: what stands behind one is judged as it was behind
    /// the secret.
    pub(super) fn keep(&mut self, to: usize) {
        // What was looked at once is not looked at again, but for a brace at its end.
        let from = self.kept.saturating_sub(super::placeholder::OPEN.len());
        let from = self.copied.max(super::unit::floor(self.text, from));
        self.kept = self.kept.max(to);
        let Some((start, end, kind)) = super::placeholder::last(self.text, from, to) else { return };
        self.out.push_str(self.text.get(self.copied..end).unwrap_or_default());
        self.note(start, end);
        self.last = Some(kind);
    }

    /// A secret stood here.
    fn note(&mut self, start: usize, end: usize) {
        self.copied = end;
        self.behind.push((self.out.len(), end));
        self.recent.rotate_right(1);
        if let Some(first) = self.recent.first_mut() {
            *first = (start, end);
        }
    }

    /// True where one of the last secrets stood in this stretch.
    pub(super) fn held_secret(&self, start: usize, end: usize) -> bool {
        self.recent.iter().any(|secret| secret.0 < end && start < secret.1)
    }

    /// The kind of the last secret, as the tables name it.
    pub(super) fn last_kind(&self) -> Option<&'static str> {
        self.last
    }

    /// Notes a key that the provider had masked already.
    pub(super) fn masked(&mut self, shown: &str) {
        // `**bold**` and `MIID...` are no keys that a provider masked.
        let marked = shown.starts_with("**") && shown.ends_with("**");
        let dotted = shown.ends_with("...") && super::judge::strip_known_prefix(shown).len() == shown.len();
        if marked || dotted {
            return;
        }
        if self.shown.len() < 256 && !self.shown.iter().any(|s| s == shown) {
            self.shown.push(shown.to_owned());
        }
    }

    /// Where the last replacement ended in the raw text.
    pub(super) fn done(&self) -> usize {
        self.copied
    }

    fn position(&mut self, at: usize) -> (usize, usize) {
        let between = self.text.get(self.counted..at).unwrap_or_default();
        let lines = memchr_iter(b'\n', between.as_bytes()).count();
        let from = memchr::memrchr(b'\n', between.as_bytes()).map_or(0, |at| at + 1);
        let last = between.get(from..).unwrap_or_default().chars().count();
        self.column = if lines > 0 { last + 1 } else { self.column + last };
        self.line += lines;
        self.counted = at;
        (self.line, self.column)
    }

    pub(super) fn finish(mut self) -> Redacted {
        self.out.push_str(self.text.get(self.copied..).unwrap_or_default());
        (self.line, self.column, self.counted) = (1, 1, 0);
        let behind = std::mem::take(&mut self.behind).into_iter().map(|(out, text)| {
            let (line, column) = self.position(text);
            (out, line, column)
        });
        let behind = behind.collect();
        let masked = self
            .shown
            .drain(..)
            .map(|shown| {
                let matches = (!self.keys.is_empty()).then(|| self.keys.iter().any(|key| key.fits(&shown)));
                MaskedKey { shown, matches }
            })
            .collect();
        let text = std::mem::take(&mut self.out);
        let redactions = std::mem::take(&mut self.redactions);
        self.repetitions(Redacted { text, redactions, masked, behind, withheld: false })
    }

    /// Takes what was found in the text of `redacted` out of it; none where nothing was.
    pub(super) fn finish_again(mut self, redacted: &Redacted) -> Option<Redacted> {
        let edits: Vec<Edit> = std::mem::take(&mut self.taken)
            .into_iter()
            .map(|found| Edit { span: Span::new(found.start, found.end), text: found.text })
            .filter(|edit| edit.span.of(self.text) != edit.text)
            .collect();
        if edits.is_empty() && self.wanted.is_empty() {
            return None;
        }
        let more = self.repetitions(redacted.clone().edited(&edits));
        (more.text != redacted.text).then_some(more)
    }

    /// Takes out what the secrets were assigned from, and where they are repeated.
    fn repetitions(&mut self, redacted: Redacted) -> Redacted {
        let redacted = super::assigned::removed(redacted, &self.wanted, self.options, &mut self.echoes);
        self.echoes.removed(redacted)
    }
}

/// Decodes `start..end` of `text`: notation undone, as the program would see it.
pub(super) fn decode(text: &str, start: usize, end: usize) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(end.saturating_sub(start)));
    // Most values stand for themselves.
    if let Some(plain) = text.get(start..end).filter(|value| super::unit::each(value, super::unit::is_itself)) {
        out.push_str(plain);
        return out;
    }
    let mut at = start;
    while at < end
        && let Some(u) = super::unit::unit(text, at)
    {
        if u.ch != super::unit::MARKUP {
            out.push(u.ch);
        }
        at += u.len;
    }
    out
}
