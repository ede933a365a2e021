//! Times of day, which nearly each line of a log starts with: they are passed over at once, because nothing in them is secret.

use super::scan::{STOP, WORD, class};

/// False for most words that [`pass`] would give nothing for.
#[inline(always)]
pub(super) fn may_be(bytes: &[u8], at: usize, end: usize) -> bool {
    match end - at {
        2 => bytes.get(end) == Some(&b':'),
        len => len == 13 && bytes.get(at + 10) == Some(&b'T'),
    }
}

/// The offset behind the time that the word at `at..end` starts: `2026-01-31T09:25:01.120Z` (RFC 3339), `09:25:01,120`. None where
/// more sticks to it.
pub(super) fn pass(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let digits = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    let clock = match bytes.get(at..end)? {
        [_, _] => at,
        [year @ .., b'-', m, n, b'-', d, e, b'T', _, _]
            if year.len() == 4 && digits(year) && digits(&[*m, *n, *d, *e]) =>
        {
            end - 2
        }
        _ => return None,
    };
    let mut after = clock + 8;
    match bytes.get(clock..after)? {
        &[h, i, b':', m, n, b':', s, t] if digits(&[h, i, m, n, s, t]) => {}
        _ => return None,
    }
    if matches!(bytes.get(after), Some(b'.' | b',')) {
        let digits = bytes.get(after + 1..)?.iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        after += if (1..10).contains(&digits) { digits + 1 } else { 0 };
    }
    after += usize::from(bytes.get(after) == Some(&b'Z'));
    let sticks = |b: &u8| class(*b) & (WORD | STOP) != 0 || matches!(b, b'.' | b'/' | b'+' | b'=');
    // The first members of a list of bytes look like a time.
    let ends = !bytes.get(after).is_some_and(sticks);
    (ends && class(bytes.get(at.wrapping_sub(1)).copied().unwrap_or(0)) & WORD == 0).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::pass;

    #[test]
    fn times_and_what_is_none() {
        for (text, word, after) in [
            ("2026-01-31T09:25:01.120Z INFO", 13, Some(24)),
            ("2026-01-31T09:25:01Z", 13, Some(20)),
            ("09:25:01,120 x", 2, Some(12)),
            ("09:25:01 x", 2, Some(8)),
            ("09:25:01] x", 2, Some(8)),
            ("09:25:01:12:13", 2, None),
            ("09:25:0a", 2, None),
            ("09:25:01.x", 2, None),
            ("09:25:011", 2, None),
            ("x026-01-31T09:25:01", 13, None),
            ("09:25", 2, None),
        ] {
            assert_eq!(pass(text.as_bytes(), 0, word), after, "{text}");
        }
    }
}
