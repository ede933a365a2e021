//! Many clients with one policy, and a server that serves so many calls each second.

use super::{Policy, Random};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Most clients that are simulated.
pub const MOST_CLIENTS: u32 = 5_000;

/// Who calls whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowd {
    /// How many clients, all of which call within the first second.
    pub clients: u32,
    /// How many calls the server serves each second; the others are refused.
    pub served: u32,
    /// For how many seconds it refuses all of them at first.
    pub outage: u32,
    /// For the random numbers.
    pub seed: u64,
}

/// One second of the server's life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Second {
    /// Calls that arrive.
    pub calls: u32,
    /// Those that are served.
    pub served: u32,
}

/// What becomes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Each second up to the last call.
    pub seconds: Vec<Second>,
    /// Clients that were served in the end.
    pub served: u32,
    /// Clients that ran out of attempts.
    pub gave_up: u32,
    /// Calls in all.
    pub calls: u32,
}

impl Outcome {
    /// The most calls in one second after the first.
    pub fn peak(&self) -> u32 {
        self.seconds.iter().skip(1).map(|s| s.calls).max().unwrap_or_default()
    }
}

/// Longest time that is looked at, in seconds; what comes later is given up.
const LONGEST: u64 = 4 * 3600;

/// Lets the crowd call.
pub fn simulate(policy: &Policy, crowd: &Crowd) -> Outcome {
    let policy = policy.sane();
    let mut random = Random(crowd.seed);
    let clients = crowd.clients.min(MOST_CLIENTS);
    // Time in milliseconds, client, attempts made before, the pause before: whole numbers, so that order is plain.
    let mut coming: BinaryHeap<Reverse<(u64, u32, u32, u64)>> =
        (0..clients).map(|client| Reverse(((random.next() * 1000.0) as u64, client, 0, 0))).collect();
    let mut out = Outcome::default();
    while let Some(Reverse((at, client, made, before))) = coming.pop() {
        let number = at / 1000;
        let index = usize::try_from(number).unwrap_or_default();
        if out.seconds.len() <= index {
            out.seconds.resize(index + 1, Second::default());
        }
        let Some(second) = out.seconds.get_mut(index) else { break };
        second.calls += 1;
        out.calls += 1;
        if number >= u64::from(crowd.outage) && second.served < crowd.served {
            second.served += 1;
            out.served += 1;
            continue;
        }
        let pause = policy.pause(made + 1, before as f64 / 1000.0, random.next());
        let asked = if made == 0 { policy.retry_after } else { 0.0 };
        // Even without a pause, an answer takes its time.
        let next = at + ((pause + asked) * 1000.0) as u64 + 10;
        if made + 1 >= policy.attempts || next / 1000 >= LONGEST {
            out.gave_up += 1;
        } else {
            coming.push(Reverse((next, client, made + 1, (pause * 1000.0) as u64)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Jitter;
    use super::*;

    const CROWD: Crowd = Crowd { clients: 1000, served: 50, outage: 0, seed: 1 };

    #[test]
    fn everybody_is_served_or_gives_up() {
        for (_, jitter) in Jitter::ALL {
            let out = simulate(&Policy { jitter, ..Policy::PATIENT }, &CROWD);
            assert_eq!(out.served + out.gave_up, 1000);
            assert_eq!(out.seconds.iter().map(|s| s.calls).sum::<u32>(), out.calls);
            assert!(out.seconds.iter().all(|s| s.served <= 50));
            assert_eq!(out, simulate(&Policy { jitter, ..Policy::PATIENT }, &CROWD), "the same again");
        }
    }

    #[test]
    fn jitter_spreads_the_crowd() {
        let peak = |jitter| simulate(&Policy { jitter, ..Policy::PATIENT }, &Crowd { outage: 5, ..CROWD }).peak();
        assert!(peak(Jitter::None) > peak(Jitter::Equal), "{} {}", peak(Jitter::None), peak(Jitter::Equal));
    }

    #[test]
    fn a_stubborn_crowd_calls_most() {
        let crowd = Crowd { outage: 10, ..CROWD };
        let (stubborn, patient) = (simulate(&Policy::STUBBORN, &crowd), simulate(&Policy::PATIENT, &crowd));
        assert!(stubborn.calls > 2 * patient.calls);
    }

    #[test]
    fn extremes_end() {
        let nobody = simulate(&Policy::OPENAI, &Crowd { clients: 0, ..CROWD });
        assert_eq!(nobody, Outcome::default());
        let never = Policy { base: 0.0, attempts: 20, ..Policy::PATIENT };
        assert_eq!(simulate(&never, &Crowd { clients: u32::MAX, served: 0, ..CROWD }).gave_up, MOST_CLIENTS);
        let slow = Policy { retry_after: 86_400.0, ..Policy::OPENAI };
        assert!(simulate(&slow, &CROWD).seconds.len() < 10);
    }
}
