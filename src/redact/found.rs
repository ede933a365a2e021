//! Takes out the secret of a known form that a word starts with or holds, and passes over keys that a provider masked.

use super::escaped::escape_widths;
use super::scan::{TABLES, Tables, WORD, class};
use super::sink::{Sink, decode};
use super::unit::{byte, floor, is_typographic_hyphen, is_zero_width, unit};
use super::{forms, gap, judge, masked, net, run, tail};

/// Looks for a form at the start of what is no escape, and inside a long word.
pub(super) fn inside(sink: &mut Sink<'_>, tables: &Tables, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    for width in escape_widths(text, at).into_iter().skip(1) {
        if let Some(next) = form(sink, at + width, at + width) {
            return Some(next);
        }
    }
    let word = text.as_bytes().get(at..end)?;
    // Up to where a run is known to be words.
    let mut words = 0;
    for (skip, start) in word.windows(2).enumerate().skip(1) {
        let &[a, b] = start else { continue };
        if skip < words {
            continue;
        }
        // The third may stand behind the word, encoded.
        let c = byte(text, at + skip + 2);
        if !tables.forms.has(a, b, c) {
            continue;
        }
        let before = word.get(skip - 1).copied().unwrap_or(0);
        let rest = text.get(at + skip..)?;
        // In the middle of a word only what can be nothing else.
        let boundary = !before.is_ascii_alphanumeric();
        if rest.starts_with(forms::OPENAI_MARK)
            && let Some(next) = marked(sink, at)
        {
            return Some(next);
        }
        let telling =
            ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-", "sk-or-v1-", "github_pat_", "eyJhbGci", "eyJ0eXAi"];
        if boundary || telling.iter().any(|t| rest.starts_with(t)) {
            if let Some(next) = form(sink, at + skip, at) {
                return Some(next);
            }
            let glance = rest.get(..floor(rest, run::GLANCE.min(rest.len()))).unwrap_or_default();
            if glance.len() >= run::GLANCE && judge::is_wordy(glance) {
                words = skip + run::GLANCE / 2;
            }
        }
    }
    None
}

/// A run without a prefix that holds the mark of OpenAI's keys: a part of one.
pub(super) fn marked(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let read = run::read(sink.text, at, run::LONGEST, &|_| true);
    let len =
        read.text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(read.text.len());
    let part = read.text.get(..len).filter(|part| part.len() >= 20 && part.contains(forms::OPENAI_MARK))?;
    // "OpenAI" in base64 is the mark, too.
    if super::wrapped_text::is_text(part) {
        return None;
    }
    let (start, end) = (sink.done().max(at), read.end_of(len));
    sink.replace(
        start,
        end,
        "openai-style-key",
        part,
        super::fingerprint::Flags { truncated: true, ..Default::default() },
    );
    Some(end)
}

/// Replaces a secret of a known form that starts at `at` in a word from `word` on.
pub(super) fn form(sink: &mut Sink<'_>, at: usize, word: usize) -> Option<usize> {
    if !forms::may_start(sink.text.get(at..)?) || !starts_right(sink.text, at) || is_stub(sink.text, at) {
        return None;
    }
    let mut read = run::read(sink.text, at, run::GLANCE, &forms::is_complete);
    if read.text.len() >= run::GLANCE {
        known(&run::without_zero_width(&read.text))?;
        read = run::read(sink.text, at, run::LONGEST, &forms::is_complete);
    } else if let Some(next) = masked_key(sink, &read, word) {
        return Some(next);
    }
    let plain = run::without_zero_width(&read.text);
    let Some(found) = known(&plain) else {
        // The first piece of one.
        let end = read.end_of(read.text.len());
        let (rest, kind) = (gap::completed(sink.text, end, &plain)?, forms::prefix_kind(&plain)?);
        sink.replace(at, rest, kind, &decode(sink.text, at, rest), Default::default());
        return Some(rest);
    };
    let (skip, len) = run::with_zero_width(&read.text, found.skip, found.len);
    let key = read.text.get(skip..len)?;
    let flags = super::fingerprint::Flags {
        truncated: found.truncated,
        white_space: read.broken && len > read.unbroken,
        ..Default::default()
    };
    head_of(sink, word, at);
    let (start, end) = (read.end_of(skip), read.end_of(len));
    sink.replace(start, end, found.kind, key, flags);
    if read.is_cut() && len == read.text.len() {
        sink.tail = Some(tail::Tail::Run);
    }
    Some(end)
}

/// `eyJ.`: the header of a token holds an algorithm at least, and is longer. Spares reading on from each of many.
pub(super) fn is_stub(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let len = rest.iter().take(16).take_while(|b| class(**b) & WORD != 0).count();
    rest.starts_with(b"eyJ") && len < 16 && rest.get(len) == Some(&b'.')
}

/// What stands in the word before a key is judged by itself, as it will be when the key is gone.
pub(super) fn head_of(sink: &mut Sink<'_>, word: usize, at: usize) {
    let head = sink.text.get(word..at).unwrap_or_default();
    match forms::find(head, false).filter(|form| form.len == head.len()) {
        Some(form) => sink.replace(word + form.skip, at, form.kind, head, Default::default()),
        None if head.len() >= net::SHORTEST => {
            sink.judged = sink.judged.min(word);
            net::word(sink, word, at, at);
        }
        None => {}
    }
}

/// True where the first letters, with all notation undone, are those of some form: a look before all is read.
pub(super) fn starts_right(text: &str, at: usize) -> bool {
    let (mut at, mut first) = (at, [0_u8; 3]);
    let mut count = 0;
    for _ in 0..16 {
        let Some(u) = unit(text, at) else { break };
        at += u.len;
        let b = match u.ch {
            ch if is_zero_width(ch) || count > 0 && matches!(ch, '\'' | '"') => continue,
            ch if is_typographic_hyphen(ch) => b'-',
            ch => u8::try_from(ch).unwrap_or(0),
        };
        if let Some(place) = first.get_mut(count) {
            *place = b;
        }
        count += 1;
        if count == first.len() {
            break;
        }
    }
    let [a, b, c] = first;
    TABLES.forms.has(a, b, c)
}

/// The form of a run; where letters of another script follow the key, the form of what stands before them.
pub(super) fn known(plain: &str) -> Option<forms::Found> {
    forms::find(plain, false).or_else(|| {
        let ascii = plain.find(|c: char| !c.is_ascii())?;
        forms::find(plain.get(..ascii)?, false)
    })
}

/// Passes over a key that the provider masked, and notes it.
pub(super) fn masked_key(sink: &mut Sink<'_>, read: &run::Run, word: usize) -> Option<usize> {
    let text = sink.text;
    let run_end = read.end_of(read.text.len());
    let next = unit(text, run_end).map(|u| u.ch);
    if !next.is_some_and(masked::is_mask) && !read.text.contains("...") {
        return None;
    }
    let rest = text.get(read.start..)?;
    let len = rest
        .char_indices()
        .take(400)
        .find(|(_, c)| !(run::is_key_char(*c) || masked::is_mask(*c)))
        .map_or_else(|| rest.char_indices().take(400).last().map_or(0, |(at, c)| at + c.len_utf8()), |(at, _)| at);
    let shown = rest.get(..len)?.trim_end_matches('.');
    let shown = if shown.contains(masked::is_mask) || shown.contains("...") { shown } else { rest.get(..len)? };
    let end = read.start + shown.len();
    if masked::is_masked(shown) {
        sink.masked(shown);
        return Some(end);
    }
    // What hides too little is no mask.
    let (head, tail) = masked::ends(shown)?;
    let much = || tail.len() > 6 && !judge::is_wordy(tail);
    let kind = forms::find(head, true).map(|found| found.kind);
    let kind = kind.or_else(|| forms::prefix_kind(head).filter(|_| much()))?;
    head_of(sink, word, read.start);
    sink.replace(read.start, end, kind, "", Default::default());
    Some(end)
}
