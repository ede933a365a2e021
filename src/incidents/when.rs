//! When each call was made: an archive's `startedDateTime`, the time at the head of a log's line, or the answer's `Date`.

use crate::intake::{Exchange, InputKind, Intake};
use crate::limits::{self, http_date, rfc3339};
use serde::Deserialize;

/// How far into a line a time is looked for, in bytes.
const HEAD: usize = 160;

/// Where in its line a record's time stands at the latest, in bytes.
const EARLY: usize = 48;

/// The records of a log: each starts with a line that has a time at its head, and goes on to the next. Empty for what is no log.
pub(super) fn records(text: &str) -> Vec<(&str, f64)> {
    let mut starts: Vec<(usize, f64)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with(char::is_whitespace) {
            let early = line.get(..EARLY.min(line.len())).map_or(line, |l| l);
            // A line in JSON may name its time anywhere.
            starts.extend(in_line(if line.starts_with('{') { line } else { early }).map(|time| (at, time)));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    starts.iter().zip(ends).filter_map(|((start, time), end)| Some((text.get(*start..end)?, *time))).collect()
}

/// Tells times.
pub(super) struct Clock {
    /// An archive's entries in order; empty for anything else.
    entries: Vec<Option<f64>>,
    /// Where each line with a time starts, and the time.
    lines: Vec<(usize, f64)>,
}

#[derive(Deserialize)]
struct Archive {
    log: Log,
}

#[derive(Deserialize)]
struct Log {
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    #[serde(default)]
    started_date_time: String,
}

impl Clock {
    pub(super) fn new(text: &str, intake: &Intake) -> Self {
        if intake.kind == InputKind::Har {
            let read: Option<Archive> = serde_json::from_str(text).ok();
            let entries: Vec<Option<f64>> =
                read.map(|a| a.log.entries.iter().map(|e| rfc3339(&e.started_date_time)).collect()).unwrap_or_default();
            // Only where each entry became one exchange is it known which is which.
            let fits = entries.len() == intake.exchanges.len();
            return Self { entries: if fits { entries } else { Vec::new() }, lines: Vec::new() };
        }
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.extend(in_line(line).map(|time| (start, time)));
            start += line.len();
        }
        Self { entries: Vec::new(), lines }
    }

    /// The time of the exchange with this number.
    pub(super) fn of(&self, number: usize, exchange: &Exchange) -> Option<f64> {
        let started = self.entries.get(number).copied().flatten();
        started.or_else(|| self.before(exchange)).or_else(|| {
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

/// The first time in a line's head.
fn in_line(line: &str) -> Option<f64> {
    let mut end = line.len().min(HEAD);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end)?;
    iso(head).or_else(|| common(head)).or_else(|| number(head))
}

/// `2025-11-13T09:15:02.120Z`, with a space or a comma where programs put one; without a zone taken for UTC.
fn iso(head: &str) -> Option<f64> {
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
    let behind = fraction.map_or(rest, |f| rest.get(f.len() + 1..).unwrap_or_default()).trim_start_matches(' ');
    let zone = match behind.as_bytes() {
        [b'+' | b'-', a, b, b':', c, d, ..] | [b'+' | b'-', a, b, c, d, ..]
            if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) =>
        {
            let sign = behind.get(..1).unwrap_or("+");
            [
                sign,
                &char::from(*a).to_string(),
                &char::from(*b).to_string(),
                ":",
                &char::from(*c).to_string(),
                &char::from(*d).to_string(),
            ]
            .concat()
        }
        _ => "Z".to_owned(),
    };
    let fraction = fraction.filter(|f| !f.is_empty()).map(|f| [".", f].concat()).unwrap_or_default();
    rfc3339(&[day, "T", clock, &fraction, &zone].concat())
}

/// `13/Nov/2025:09:15:02 +0000`, as web servers write it.
fn common(head: &str) -> Option<f64> {
    let at = head.find("/20")?;
    let day = head.get(at.checked_sub(6)?..at.checked_sub(4)?)?;
    let month = head.get(at - 3..at)?;
    let number = "JanFebMarAprMayJunJulAugSepOctNovDec".find(month)? / 3 + 1;
    let year = head.get(at + 1..at + 5)?;
    let clock = head.get(at + 6..at + 14)?;
    let zone = head.get(at + 15..at + 20).filter(|z| z.starts_with(['+', '-'])).unwrap_or("+0000");
    let month = [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    rfc3339(&[year, "-", &month, "-", day, "T", clock, zone.get(..3)?, ":", zone.get(3..)?].concat())
}

/// Seconds or milliseconds since 1970 at the very beginning, or as a member of a line in JSON.
fn number(head: &str) -> Option<f64> {
    let names = ["\"ts\":", "\"time\":", "\"timestamp\":"];
    let member = names.iter().find_map(|name| head.split_once(name)).map(|(_, rest)| rest.trim_start());
    let text = member.unwrap_or_else(|| head.trim_start_matches('['));
    let digits = text.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    // Parts of a millisecond are more digits than are exact.
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let value = limits::number(&[whole, ".", part.get(..3).unwrap_or(part)].concat())?;
    match value {
        v if (1e9..1e10).contains(&v) => Some(v),
        v if (1e12..1e13).contains(&v) => Some(v / 1000.0),
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
}
