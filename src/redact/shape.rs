//! The shape of a run of characters: what drawing at random leaves, and words, dates and versions do not.

use super::judge;
use super::scan::{DIGIT, LOWER, UPPER, class};

/// What was counted in one run.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Shape {
    /// Letters and digits.
    pub(super) chars: usize,
    lower: usize,
    upper: usize,
    digits: usize,
    /// Letters that no hexadecimal number has.
    beyond_hex: usize,
    /// Changes between small letters, capitals and digits.
    turns: usize,
    /// Characters that stand among four or more of their class.
    dull: usize,
    /// Characters that stand among six or more of their class.
    duller: usize,
    /// Characters of what may be words in camel case: a capital and two small letters or more.
    words: usize,
    distinct: usize,
    /// Capitals that follow a capital.
    capitals: usize,
}

impl Shape {
    /// Counts a run.
    pub(super) fn of(run: &str) -> Self {
        let mut shape = Self::default();
        let of = |b: &u8| class(*b) & (LOWER | UPPER | DIGIT);
        let mut before = 0;
        for stretch in run.as_bytes().chunk_by(|a, b| of(a) == of(b)) {
            let (now, same) = (stretch.first().map_or(0, of), stretch.len());
            shape.turns += usize::from(before != 0 && now != 0);
            if now != 0 {
                shape.chars += same;
                shape.dull += if same >= 4 { same } else { 0 };
                shape.duller += if same >= 6 { same } else { 0 };
            }
            match now {
                LOWER => {
                    shape.lower += same;
                    shape.words += if same >= 2 { same + usize::from(before == UPPER) } else { 0 };
                }
                UPPER => {
                    shape.upper += same;
                    shape.capitals += same - 1;
                }
                DIGIT => shape.digits += same,
                _ => {}
            }
            before = now;
        }
        // The blank behind the run counts as one more.
        let mut seen = [1_u64 << b' ', 0];
        for b in run.bytes() {
            if let Some(half) = seen.get_mut(usize::from(b >> 6 & 1)) {
                *half |= 1 << (b & 63);
            }
            shape.beyond_hex += usize::from(matches!(b | 0x20, b'g'..=b'z'));
        }
        shape.distinct = seen.iter().map(|half| half.count_ones() as usize).sum();
        shape
    }

    /// Only digits and the letters `a` to `f`, both, in one case.
    pub(super) fn is_hex(&self) -> bool {
        self.beyond_hex == 0 && self.digits > 0 && self.digits < self.chars && (self.lower == 0 || self.upper == 0)
    }

    /// Surely drawn at random, so that it needs no name before it: some 150 bits, and no word in it.
    pub(super) fn is_surely_random(&self) -> bool {
        let letters = self.lower >= 3 && self.upper >= 3 && self.digits >= 1;
        let mixed = letters && self.chars >= 28 && self.dull * 5 < self.chars * 3 && self.distinct >= 14;
        let mixed = mixed && self.words * 3 < self.chars * 2;
        let one_case = self.lower.min(self.upper) == 0 && self.digits >= 3 && self.beyond_hex >= 6;
        let single = one_case && self.chars >= 32 && self.duller * 2 < self.chars && self.distinct >= 12;
        self.turns * 3 >= self.chars && mixed || self.turns * 4 >= self.chars && single
    }
}

/// Small letters and digits, or capitals and digits, or small and capital letters. No other run is opaque.
pub(super) fn is_mixed(run: &str) -> bool {
    let has = |class: fn(&u8) -> bool| usize::from(run.as_bytes().iter().any(class));
    has(u8::is_ascii_lowercase) + has(u8::is_ascii_uppercase) + has(u8::is_ascii_digit) >= 2
}

/// A universally unique identifier in its usual form.
pub(super) fn is_uuid(run: &str) -> bool {
    run.len() == 36
        && run.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// True where nobody would write the run by hand: a name beside it is enough to take it for a secret.
pub(super) fn is_opaque(run: &str, shape: &Shape) -> bool {
    let date = run.bytes().all(|b| !b.is_ascii_lowercase() && (!b.is_ascii_uppercase() || matches!(b, b'T' | b'Z')));
    // Letters alone are a name of a program, but for capitals in a row that no camel case has.
    let drawn = shape.digits > 0 || shape.capitals >= 2 && shape.turns * 3 >= shape.chars;
    is_mixed(run)
        && drawn
        && !date
        && judge::is_random(run)
        && (shape.dull * 2 < shape.chars
            || shape.is_hex()
            || shape.chars >= 12 && shape.turns * 3 >= shape.chars
            || shape.upper == 0 && shape.chars >= 16 && (shape.turns * 4 >= shape.chars || judge::is_gibberish(run)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_surely_random() {
        for run in ["QQ8jDNl6peyAXtimB6Yq21HmEatgY0g6", "CmCVvgmHzQSdSXbfqsm5BbmM4rUKF3HBnCobKaC/HY1vG/EB3MT7kCy9"] {
            assert!(Shape::of(run).is_surely_random(), "{run}");
        }
        for run in [
            "getUserById2FromHttp2ClientFactoryBean",
            "gpt-4o-realtime-preview-2024-12-17-Global",
            "d41d8cd98f00b204e9800998ecf8427e",
            "INVALID_ARGUMENT_2024_ERROR_CODE_LIST",
            "System.ClientModel.Primitives2.ApiKeyAuthenticationPolicy",
            "my-deployment-eastus2-gpt4o-production-service",
        ] {
            assert!(!Shape::of(run).is_surely_random(), "{run}");
        }
    }
}
