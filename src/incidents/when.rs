//! When each call was made: an archive's `startedDateTime`, the time at the head of a log's line, or the answer's `Date`.

use crate::intake::{Exchange, InputKind, Intake};
use crate::limits::{self, http_date, rfc3339};

/// How far into a line a time is looked for, in bytes.
const HEAD: usize = 160;

/// Where in its line a record's time stands at the latest, in bytes.
const EARLY: usize = 48;

/// The records of a log: each starts with a line that has a time at its head, and goes on to the next. Empty for what is no log.
/// Where the lines tell the time of day alone, each is a record, but when it was is not known.
pub(super) fn records(text: &str) -> Vec<(&str, Option<f64>)> {
    let mut starts: Vec<(usize, Option<f64>)> = Vec::new();
    let mut clocks: Vec<(usize, Option<f64>)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with(char::is_whitespace) {
            let early = line.get(..EARLY.min(line.len())).map_or(line, |l| l);
            // A line in JSON may name its time anywhere.
            starts.extend(in_line(if line.starts_with('{') { line } else { early }).map(|time| (at, Some(time))));
            clocks.extend(has_clock(early).then_some((at, None)));
        }
        at += line.len();
    }
    let starts = if starts.is_empty() { clocks } else { starts };
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    starts.iter().zip(ends).filter_map(|((start, time), end)| Some((text.get(*start..end)?, *time))).collect()
}

/// True for a line that starts with a time of day: `09:15:02 ERROR …`, also in brackets or behind a container's `name |`. A header
/// field with a date does not.
fn has_clock(head: &str) -> bool {
    let start = head.rsplit_once('|').map_or(head, |(_, behind)| behind).trim_start_matches([' ', '[', '(']);
    let bytes = start.as_bytes();
    let shape = |w: &[u8]| w.iter().zip(b"dd:dd:dd").all(|(b, s)| if *s == b'd' { b.is_ascii_digit() } else { b == s });
    bytes.get(..8).is_some_and(shape) && bytes.get(8).is_none_or(|b| !b.is_ascii_digit() && *b != b':')
}

/// Tells times.
pub(super) struct Clock {
    /// Where each line with a time starts, and the time. An archive's entries say theirs themselves.
    lines: Vec<(usize, f64)>,
}

impl Clock {
    pub(super) fn new(text: &str, intake: &Intake) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        let text = if intake.kind == InputKind::Har { "" } else { text };
        for line in text.split_inclusive('\n') {
            lines.extend(in_line(line).map(|time| (start, time)));
            start += line.len();
        }
        Self { lines }
    }

    /// The time of an exchange.
    pub(super) fn of(&self, exchange: &Exchange) -> Option<f64> {
        let sent = exchange.request.as_ref().and_then(|r| rfc3339(r.sent.as_ref()?));
        sent.or_else(|| self.before(exchange)).or_else(|| {
            let date = exchange.response.as_ref()?.fields.value("date")?;
            http_date(date)
        })
    }

    /// The time of the line in which the exchange stands, or of the last one before it that has one.
    fn before(&self, exchange: &Exchange) -> Option<f64> {
        let status = exchange.response.as_ref().and_then(|r| r.status_span);
        let at = status.or(exchange.request.as_ref().and_then(|r| r.url_span))?.start;
        let next = self.lines.partition_point(|(start, _)| *start <= at);
        self.lines.get(next.checked_sub(1)?).map(|(_, time)| *time)
    }
}

/// A time in a line.
struct Stamp<'a> {
    /// As written.
    text: &'a str,
    /// In seconds since 1970.
    seconds: f64,
    /// What a reader has to know to understand it; empty where it says its zone.
    note: &'static str,
}

/// The first time in a line's head, as written, and what there is to say about its zone.
pub(crate) fn written(line: &str) -> Option<String> {
    stamp(line).map(|stamp| [stamp.text, stamp.note].concat())
}

/// The first time in a line's head.
fn in_line(line: &str) -> Option<f64> {
    stamp(line).map(|stamp| stamp.seconds)
}

fn stamp(line: &str) -> Option<Stamp<'_>> {
    let mut end = line.len().min(HEAD);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end)?;
    iso(head).or_else(|| common(head)).or_else(|| number(head))
}

/// `2025-11-13T09:15:02.120Z`, with a space or a comma where programs put one; without a zone taken for UTC.
fn iso(head: &str) -> Option<Stamp<'_>> {
    let bytes = head.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let at = (0..bytes.len().saturating_sub(18)).find(|at| {
        let shape = b"dddd-dd-dd_dd:dd:dd";
        (*at == 0 || !digit(at - 1))
            && shape.iter().enumerate().all(|(n, s)| match s {
                b'd' => digit(at + n),
                b'_' => matches!(bytes.get(at + n), Some(b'T' | b' ' | b't' | b'_')),
                sign => bytes.get(at + n) == Some(sign),
            })
    })?;
    let day = head.get(at..at + 10)?;
    let clock = head.get(at + 11..at + 19)?;
    let rest = head.get(at + 19..)?;
    let fraction =
        rest.strip_prefix(['.', ',']).map(|r| r.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
    let behind = fraction.map_or(rest, |f| rest.get(f.len() + 1..).unwrap_or_default());
    let zone = behind.trim_start_matches(' ');
    let (offset, said) = match zone.as_bytes() {
        [b'+' | b'-', rest @ ..] => {
            let digits: Vec<char> = rest.iter().filter(|b| **b != b':').take(4).map(|b| char::from(*b)).collect();
            match digits.as_slice() {
                [a, b, c, d] if digits.iter().all(char::is_ascii_digit) => {
                    let sign = zone.get(..1).unwrap_or("+");
                    let colon = usize::from(rest.get(2) == Some(&b':'));
                    ([sign, &String::from_iter([a, b]), ":", &String::from_iter([c, d])].concat(), 5 + colon)
                }
                _ => ("Z".to_owned(), 0),
            }
        }
        [b'Z' | b'z', ..] => ("Z".to_owned(), 1),
        [b'U', b'T', b'C', ..] | [b'G', b'M', b'T', ..] => ("Z".to_owned(), 3),
        _ => ("Z".to_owned(), 0),
    };
    let fraction = fraction.filter(|f| !f.is_empty()).map(|f| [".", f].concat()).unwrap_or_default();
    // Spaces before a zone belong to the time; before anything else they do not.
    let long = if said == 0 { 19 + rest.len() - behind.len() } else { 19 + rest.len() - zone.len() + said };
    Some(Stamp {
        text: head.get(at..at + long)?.trim_end_matches(['.', ',']),
        seconds: rfc3339(&[day, "T", clock, &fraction, &offset].concat())?,
        note: if said == 0 { " (time zone not stated)" } else { "" },
    })
}

/// `13/Nov/2025:09:15:02 +0000`, as web servers write it.
fn common(head: &str) -> Option<Stamp<'_>> {
    let at = head.find("/20")?;
    let day = head.get(at.checked_sub(6)?..at.checked_sub(4)?)?;
    let month = head.get(at - 3..at)?;
    let number = "JanFebMarAprMayJunJulAugSepOctNovDec".find(month)? / 3 + 1;
    let year = head.get(at + 1..at + 5)?;
    let clock = head.get(at + 6..at + 14)?;
    let said = head.get(at + 15..at + 20).filter(|z| z.starts_with(['+', '-']));
    let zone = said.unwrap_or("+0000");
    let month = [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    Some(Stamp {
        text: head.get(at - 6..at + if said.is_some() { 20 } else { 14 })?,
        seconds: rfc3339(&[year, "-", &month, "-", day, "T", clock, zone.get(..3)?, ":", zone.get(3..)?].concat())?,
        note: if said.is_some() { "" } else { " (time zone not stated)" },
    })
}

/// Seconds or milliseconds since 1970 at the very beginning, or as a member of a line in JSON.
fn number(head: &str) -> Option<Stamp<'_>> {
    let names = ["\"ts\":", "\"time\":", "\"timestamp\":"];
    let member = names.iter().find_map(|name| head.split_once(name)).map(|(_, rest)| rest.trim_start());
    let text = member.unwrap_or_else(|| head.trim_start_matches('['));
    let text = text.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    // Parts of a millisecond are more digits than are exact.
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let value = limits::number(&[whole, ".", part.get(..3).unwrap_or(part)].concat())?;
    match value {
        v if (1e9..1e10).contains(&v) => Some(Stamp { text, seconds: v, note: " (seconds since 1970, UTC)" }),
        v if (1e12..1e13).contains(&v) => {
            Some(Stamp { text, seconds: v / 1000.0, note: " (milliseconds since 1970, UTC)" })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_programs_write_them() {
        for line in [
            "2025-11-13T09:15:02Z GET /",
            "2025-11-13 09:15:02 ERROR x",
            "[2025-11-13T10:15:02+01:00] x",
            "INFO 2025-11-13 09:15:02,000 x",
            "2025-11-13T04:15:02-0500 x",
            "10.0.0.1 - - [13/Nov/2025:09:15:02 +0000] \"GET / HTTP/1.1\" 403 12",
            "{\"level\":\"error\",\"ts\":1763025302.0,\"msg\":\"x\"}",
            "{\"time\":1763025302000}",
            "1763025302 error",
        ] {
            assert_eq!(in_line(line), Some(1_763_025_302.0), "{line}");
        }
        assert_eq!(in_line("2025-11-13T09:15:02.5Z"), Some(1_763_025_302.5));
        for line in ["", "no time", "12345 x", "2025-99-13T09:15:02Z", "x/20", "é/2025", "99/Nov/2025:09"] {
            assert_eq!(in_line(line), None, "{line}");
        }
    }

    #[test]
    fn lines_with_a_time_of_day_are_records() {
        let log = "app_1  | 09:00:11 ERROR a\n  b\napp_1  | 09:00:12.5 ERROR c\n";
        let found: Vec<_> = records(log).into_iter().map(|(text, time)| (text.len(), time)).collect();
        assert_eq!(found, [(30, None), (28, None)]);
        assert!(records("12:34:56:78\n00:11:22:33:44:55\nDate: Thu, 13 Nov 2025 09:15:02 GMT\n").is_empty());
    }

    #[test]
    fn times_keep_their_zone() {
        for (line, text) in [
            ("2025-11-13T09:15:02.120Z x", "2025-11-13T09:15:02.120Z"),
            ("[2025-11-13 10:15:02,5 +01:00] x", "2025-11-13 10:15:02,5 +01:00"),
            ("2025-11-13T04:15:02-0500 x", "2025-11-13T04:15:02-0500"),
            ("2025-11-13 09:15:02 UTC x", "2025-11-13 09:15:02 UTC"),
            ("2025-11-13 09:15:02,417 INFO", "2025-11-13 09:15:02,417 (time zone not stated)"),
            ("2025-11-13 09:15:02 - app", "2025-11-13 09:15:02 (time zone not stated)"),
            ("1.1.1.1 - - [13/Nov/2025:09:15:02 +0000] \"GET", "13/Nov/2025:09:15:02 +0000"),
            ("{\"time\":1763025302000}", "1763025302000 (milliseconds since 1970, UTC)"),
        ] {
            assert_eq!(written(line).as_deref(), Some(text), "{line}");
        }
    }
}
