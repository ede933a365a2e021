//! Spans and points in time as answers write them, in seconds.

/// A decimal number as fields write it: `20`, `0.5`, `-3`. None for more digits than are exact, and for powers of ten.
///
/// The standard library's reader rounds any number rightly and brings 14 KB of tables for it, which each visitor would load.
pub fn number(text: &str) -> Option<f64> {
    let (digits, sign) = text.strip_prefix('-').map_or((text, 1.0), |digits| (digits, -1.0));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let exact = (1..=15).contains(&(whole.len() + part.len()))
        && (part.bytes().chain(whole.bytes())).all(|b| b.is_ascii_digit());
    let all = [whole, part].concat().parse::<u64>().ok().filter(|_| exact)?;
    let scale = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    Some(sign * all as f64 / scale as f64)
}

/// A span: `20`, `0.5`, `6m0s`, `1h2m3.5s`, `20ms`, `1d`. None for anything else, and for what is negative.
pub fn duration(text: &str) -> Option<f64> {
    let plain = number(text);
    if let Some(seconds) = plain {
        return Some(seconds).filter(|s| s.is_finite() && *s >= 0.0);
    }
    let (mut rest, mut sum) = (text, 0.0);
    while !rest.is_empty() {
        let (number, after) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?)?;
        let unit = after.get(..after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len()))?;
        let seconds = match unit {
            "d" => 86_400.0,
            "h" => 3600.0,
            "m" => 60.0,
            "s" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        sum += self::number(number)? * seconds;
        rest = after.get(unit.len()..)?;
    }
    (!text.is_empty()).then_some(sum)
}

/// A span in words, in the largest unit of which there are two or more.
pub fn in_words(seconds: f64) -> String {
    let units = [(86_400.0, " days"), (3600.0, " hours"), (60.0, " minutes"), (1.0, " s"), (0.001, " ms")];
    let (size, name) = units.into_iter().find(|(size, _)| seconds >= 2.0 * size).unwrap_or((0.001, " ms"));
    // Whole numbers beyond this say nothing, and the cast is exact below it.
    let whole = (seconds / size).round().clamp(0.0, 1e12) as u64;
    [&whole.to_string(), name].concat()
}

/// A point in time in the form of HTTP (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`. The two obsolete forms are
/// not read.
pub fn http_date(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace().skip(1);
    let day: u32 = words.next()?.parse().ok()?;
    let name = words.next()?;
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = u32::try_from(months.find(name).filter(|at| at % 3 == 0 && name.len() == 3)? / 3).ok()? + 1;
    let year: i64 = words.next()?.parse().ok()?;
    let clock = clock(words.next()?)?;
    (words.next() == Some("GMT")).then_some(())?;
    Some(days(year, month, day)? * 86_400.0 + clock)
}

/// A point in time in the form of RFC 3339: `2026-01-31T08:49:37Z`, `…+02:00`.
pub fn rfc3339(text: &str) -> Option<f64> {
    let (date, time) = text.trim().split_once(['T', 't', ' '])?;
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let at = time.find(['Z', 'z', '+', '-'])?;
    let (time, zone) = time.split_at_checked(at)?;
    let offset = match zone {
        "Z" | "z" => 0.0,
        _ => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let seconds = number(hours)? * 3600.0 + number(minutes)? * 60.0;
            if zone.starts_with('-') { -seconds } else { seconds }
        }
    };
    Some(days(year, month, day)? * 86_400.0 + clock(time)? - offset)
}

/// Seconds since midnight of `08:49:37` or `08:49:37.5`.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.splitn(3, ':').map(|p| number(p).filter(|n| (0.0..61.0).contains(n)));
    Some(parts.next()?? * 3600.0 + parts.next()?? * 60.0 + parts.next()??)
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: u32, day: u32) -> Option<f64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1..=9999).contains(&year) {
        return None;
    }
    // Years that start in March, so that the leap day comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + i64::from((month * 153 + 2) / 5 + day) - 719_469;
    u32::try_from(days).map(f64::from).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for text in ["0", "20", "007", "0.5", "59.25", "-3", "1.", ".5", "123456789012.345", "08"] {
            assert_eq!(number(text), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".", "1e3", "inf", "nan", "+1", "1.2.3", "1 2", "１", "12345678901234567890"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn spans() {
        for (text, seconds) in
            [("20", 20.0), ("6m0s", 360.0), ("1h2m3.5s", 3723.5), ("20ms", 0.02), ("0", 0.0), ("1d", 86_400.0)]
        {
            assert_eq!(duration(text), Some(seconds), "{text}");
        }
        for text in ["", "s", "1x", "-5", "NaN", "inf", "1m2", "soon", "é"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn spans_in_words() {
        for (seconds, words) in [
            (0.0, "0 ms"),
            (0.12, "120 ms"),
            (1.5, "1500 ms"),
            (90.0, "90 s"),
            (360.0, "6 minutes"),
            (1e300, "1000000000000 days"),
        ] {
            assert_eq!(in_words(seconds), words);
        }
    }

    #[test]
    fn points() {
        assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777.0));
        assert_eq!(http_date("Thu, 29 Feb 2024 00:00:00 GMT"), Some(1_709_164_800.0));
        assert_eq!(rfc3339("1994-11-06T08:49:37Z"), Some(784_111_777.0));
        assert_eq!(rfc3339("1994-11-06T10:49:37.5+02:00"), Some(784_111_777.5));
        assert_eq!(rfc3339("1970-01-01T00:00:00Z"), Some(0.0));
        for text in [
            "",
            "Sun, 06 Now 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 99:00:00 GMT",
            "1994-13-01T00:00:00Z",
            "1994",
            "é",
        ] {
            assert_eq!((http_date(text), rfc3339(text)), (None, None), "{text}");
        }
    }
}
