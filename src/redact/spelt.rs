//! Text whose very letters are escapes: `\u0073\u006b…`, `&#115;&#107;…`, `\x73\x6b…`, `%73%6B…`. Nothing that is written so by
//! itself needs it, so what it spells is read as if it stood there.

use super::fingerprint::Flags;
use super::sink::Sink;
use super::{forms, judge, names, run, value};

/// Fewest escaped letters and digits in a row that count, and as many that are taken out whatever they spell.
const FEWEST: usize = 6;
const MANY: usize = 16;

/// Reads the run that starts at `at` with an escaped letter or digit.
pub(super) fn run(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let mut read = run::read(text, at, run::GLANCE, &|_| true);
    let spelt = read.widths().filter(|(ch, width)| *width > 2 && ch.is_ascii_alphanumeric()).count();
    if spelt < FEWEST {
        return None;
    }
    if read.text.len() >= run::GLANCE {
        read = run::read(text, at, run::LONGEST, &|_| true);
    }
    let end = read.end_of(read.text.len());
    let whole = read.text.as_str();
    let starts = whole.char_indices().filter(|(at, _)| {
        !whole.get(..*at).and_then(|b| b.chars().next_back()).is_some_and(|c| c.is_ascii_alphanumeric())
    });
    let found = starts.take(run::GLANCE).find_map(|(from, _)| Some((from, forms::find(whole.get(from..)?, false)?)));
    if let Some((from, found)) = found {
        let (from, to) = (from + found.skip, from + found.len);
        sink.replace(read.end_of(from), read.end_of(to), found.kind, whole.get(from..to)?, Flags::default());
        return Some(read.end_of(to));
    }
    let letters = whole.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let named = || judge::is_random(letters) && super::spread::named(sink, at).is_some();
    if spelt >= MANY && !judge::is_wordy(letters) || named() {
        sink.replace(at, end, "secret", whole, Flags::default());
        return Some(end);
    }
    names::classify(letters, "").and_then(|place| value::after_name(sink, at, end, place)).or(Some(end))
}
