//! Retry policies: when each attempt falls, and what many clients with the same policy do to a server. Pure arithmetic,
//! the same for the same seed.
//!
//! Kinds of jitter: M. Brooker, <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>.

mod crowd;

pub use crowd::{Crowd, MOST_CLIENTS, Outcome, Second, simulate};

/// Most attempts that are reckoned with.
pub const MOST_ATTEMPTS: u32 = 20;

/// How a pause is made random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jitter {
    /// Not at all: everybody waits alike.
    None,
    /// Anything between nothing and the pause.
    Full,
    /// Half of the pause, and anything up to the other half.
    Equal,
    /// Up to a quarter less, as OpenAI's libraries do (`_calculate_retry_timeout` in openai-python).
    Quarter,
    /// Anything between the base and three times the pause before.
    Decorrelated,
}

impl Jitter {
    /// All kinds with their ids.
    pub const ALL: [(&'static str, Self); 5] = [
        ("none", Self::None),
        ("full", Self::Full),
        ("equal", Self::Equal),
        ("quarter", Self::Quarter),
        ("decorrelated", Self::Decorrelated),
    ];
}

/// A policy. Times are in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// The first pause.
    pub base: f64,
    /// By how much each pause is longer than the one before.
    pub factor: f64,
    /// The longest pause.
    pub cap: f64,
    /// How it is made random.
    pub jitter: Jitter,
    /// How often a call is made in all.
    pub attempts: u32,
    /// What the server asked to wait: it comes before the first pause.
    pub retry_after: f64,
}

impl Policy {
    /// What OpenAI's libraries do by themselves: half a second, doubled, eight at most, two retries.
    pub const OPENAI: Self =
        Self { base: 0.5, factor: 2.0, cap: 8.0, jitter: Jitter::Quarter, attempts: 3, retry_after: 0.0 };
    /// What OpenAI's cookbook advises for rate limits: random, growing to a minute, six attempts.
    pub const PATIENT: Self =
        Self { base: 1.0, factor: 2.0, cap: 60.0, jitter: Jitter::Full, attempts: 6, retry_after: 0.0 };
    /// What one should not do: again after a second, and again.
    pub const STUBBORN: Self =
        Self { base: 1.0, factor: 1.0, cap: 1.0, jitter: Jitter::None, attempts: 20, retry_after: 0.0 };

    /// The policy with every number brought into a range that can be drawn.
    pub fn sane(self) -> Self {
        let within =
            |value: f64, least: f64, most: f64| if value.is_finite() { value.clamp(least, most) } else { least };
        Self {
            base: within(self.base, 0.0, 3600.0),
            factor: within(self.factor, 1.0, 10.0),
            cap: within(self.cap, 0.0, 3600.0),
            attempts: self.attempts.clamp(1, MOST_ATTEMPTS),
            retry_after: within(self.retry_after, 0.0, 86_400.0),
            ..self
        }
    }

    /// The pause after attempt `number` (from 1) before it is made random.
    fn full(&self, number: u32) -> f64 {
        (self.base * self.factor.powi(i32::try_from(number).unwrap_or(i32::MAX) - 1)).min(self.cap)
    }

    /// The pause after attempt `number` for a `random` number from 0 to 1 and the pause `before`.
    fn pause(&self, number: u32, before: f64, random: f64) -> f64 {
        let full = self.full(number);
        match self.jitter {
            Jitter::None => full,
            Jitter::Full => full * random,
            Jitter::Equal => full / 2.0 * (1.0 + random),
            Jitter::Quarter => full * (1.0 - random / 4.0),
            Jitter::Decorrelated => {
                let least = self.base.min(self.cap);
                (least + (before.max(least) * 3.0 - least) * random).min(self.cap)
            }
        }
    }

    /// When each attempt falls, the first at 0.
    pub fn attempts(&self) -> Vec<Attempt> {
        let policy = self.sane();
        let mut found = vec![Attempt::default()];
        let (mut at, mut before) = (Attempt::default(), (0.0, 0.0, 0.0));
        for number in 1..policy.attempts {
            before = (
                policy.pause(number, before.0, if policy.jitter == Jitter::Quarter { 1.0 } else { 0.0 }),
                policy.pause(number, before.1, 0.5),
                policy.pause(number, before.2, if policy.jitter == Jitter::Quarter { 0.0 } else { 1.0 }),
            );
            let asked = if number == 1 { policy.retry_after } else { 0.0 };
            at = Attempt {
                earliest: at.earliest + before.0 + asked,
                typical: at.typical + before.1 + asked,
                latest: at.latest + before.2 + asked,
            };
            found.push(at);
        }
        found
    }
}

/// When one attempt falls, in seconds after the first.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Attempt {
    /// At the earliest.
    pub earliest: f64,
    /// In the middle.
    pub typical: f64,
    /// At the latest.
    pub latest: f64,
}

/// Random numbers that are the same for the same seed: SplitMix64 (G. Steele and others, 2014).
#[derive(Debug, Clone, Copy)]
struct Random(u64);

impl Random {
    /// The next number, from 0 up to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(policy: Policy) -> Vec<(f64, f64, f64)> {
        let round = |x: f64| (x * 100.0).round() / 100.0;
        policy.attempts().iter().map(|a| (round(a.earliest), round(a.typical), round(a.latest))).collect()
    }

    #[test]
    fn pauses_grow_up_to_the_cap() {
        let plain = Policy { jitter: Jitter::None, cap: 3.0, attempts: 5, ..Policy::PATIENT };
        let times: Vec<f64> = plain.attempts().iter().map(|a| a.typical).collect();
        assert_eq!(times, [0.0, 1.0, 3.0, 6.0, 9.0]);
    }

    #[test]
    fn each_jitter_has_its_range() {
        let at = |jitter| rounded(Policy { jitter, attempts: 3, ..Policy::PATIENT });
        assert_eq!(at(Jitter::Full), [(0.0, 0.0, 0.0), (0.0, 0.5, 1.0), (0.0, 1.5, 3.0)]);
        assert_eq!(at(Jitter::Equal)[2], (1.5, 2.25, 3.0));
        assert_eq!(at(Jitter::Decorrelated)[2], (2.0, 5.5, 12.0));
        assert_eq!(rounded(Policy::OPENAI), [(0.0, 0.0, 0.0), (0.38, 0.44, 0.5), (1.13, 1.31, 1.5)]);
    }

    #[test]
    fn the_servers_wait_comes_first() {
        let policy = Policy { retry_after: 20.0, ..Policy::OPENAI };
        assert_eq!(policy.attempts()[1].latest, 20.5);
    }

    #[test]
    fn odd_numbers_do_no_harm() {
        let odd = Policy { base: f64::NAN, factor: f64::INFINITY, cap: -1.0, attempts: u32::MAX, ..Policy::PATIENT };
        let attempts = odd.attempts();
        assert_eq!(attempts.len(), MOST_ATTEMPTS as usize);
        assert!(attempts.iter().all(|a| a.latest.is_finite()));
        assert_eq!(Policy { attempts: 0, ..Policy::OPENAI }.attempts().len(), 1);
    }

    #[test]
    fn random_numbers_are_even_and_repeat() {
        let mut random = Random(7);
        let drawn: Vec<f64> = (0..1000).map(|_| random.next()).collect();
        let mean = drawn.iter().sum::<f64>() / 1000.0;
        assert!((0.47..0.53).contains(&mean) && drawn.iter().all(|x| (0.0..1.0).contains(x)));
        assert_eq!(drawn[0], Random(7).next());
    }
}
