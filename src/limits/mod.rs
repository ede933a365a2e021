//! What the fields of an answer say about rate limits: how much is allowed, what is left, when it comes back, and when to try
//! again. The notations of OpenAI, Azure, Anthropic, GitHub, OpenRouter and the draft of the IETF. There is no clock here: who
//! has one passes the time.

mod time;

pub use time::{duration, http_date, in_words, number, rfc3339};

use crate::intake::{Field, Fields};

/// One limit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limit {
    /// What is counted: `requests`, `tokens`, `input-tokens`, …; empty where the answer does not say.
    pub what: String,
    /// How much is allowed in the period.
    pub limit: Option<u64>,
    /// How much is left.
    pub remaining: Option<u64>,
    /// In how many seconds the whole comes back; none where that is a point in time and no time is known.
    pub reset: Option<f64>,
    /// The point in time at which it comes back, in seconds since 1970, where the answer names one.
    pub reset_at: Option<f64>,
}

impl Limit {
    /// True for the field that says that nothing is left of it.
    pub fn is_counted_by(&self, field: &Field) -> bool {
        let name = field.name.trim().to_ascii_lowercase();
        let own = name.contains("ratelimit-") && name.contains("remaining") && name.contains(&self.what);
        (own && field.value.trim().starts_with('0')) || name == "ratelimit"
    }

    /// What is left, in words: `0 of 60 requests (back in 90 s)`.
    pub fn in_words(&self) -> String {
        let number = |n: Option<u64>| n.map(|n| n.to_string());
        let of = number(self.limit).map(|l| [" of ", &l].concat()).unwrap_or_default();
        let back = self.reset.map(|s| [" (back in ", &in_words(s), ")"].concat()).unwrap_or_default();
        let what = if self.what.is_empty() { "requests" } else { &self.what };
        [&number(self.remaining).unwrap_or_default(), &of, " ", what, &back].concat()
    }
}

/// Most limits that are read: a real answer has eight at most.
const MOST: usize = 32;

/// All that an answer says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// The limits in the order of their fields.
    pub limits: Vec<Limit>,
    /// In how many seconds to try again, by `retry-after-ms` or `Retry-After`.
    pub retry_after: Option<f64>,
    /// What `x-should-retry` says to OpenAI's and Anthropic's libraries.
    pub should_retry: Option<bool>,
    /// How many seconds the caller's clock is ahead of the server's; none where one of the two is not known.
    pub clock_ahead: Option<f64>,
}

/// A skew of so many seconds makes signed requests and tokens fail: AWS allows five minutes.
pub const SKEW_MATTERS: f64 = 300.0;

impl Limits {
    /// Reads the fields of an answer. `now` is the caller's time, in seconds since 1970, when the answer came.
    pub fn read(fields: &Fields, now: Option<f64>) -> Self {
        let mut out = Self::default();
        let date = fields.value("date").and_then(http_date);
        out.clock_ahead = now.zip(date).map(|(now, date)| now - date);
        // The server's own clock is what its points in time are measured by.
        let from = date.or(now);
        for field in fields.iter() {
            let name = field.name.trim().to_ascii_lowercase();
            let value = field.value.trim();
            match name.as_str() {
                "retry-after" => {
                    let wait = duration(value).or_else(|| Some((http_date(value)? - from?).max(0.0)));
                    out.retry_after = out.retry_after.or(wait);
                }
                // The finer of the two counts.
                "retry-after-ms" => out.retry_after = duration(value).map(|ms| ms / 1000.0).or(out.retry_after),
                "x-should-retry" => out.should_retry = value.parse().ok(),
                "ratelimit" => out.structured(value),
                _ => out.field(&name, value, from),
            }
        }
        out
    }

    /// The limits that are used up.
    pub fn exhausted(&self) -> impl Iterator<Item = &Limit> {
        self.limits.iter().filter(|l| l.remaining == Some(0))
    }

    /// In how many seconds a further try has a chance: what the answer asks for, else when the last exhausted limit comes back.
    pub fn wait(&self) -> Option<f64> {
        self.retry_after.or_else(|| self.exhausted().filter_map(|l| l.reset).reduce(f64::max))
    }

    /// The one field of the IETF's later drafts: `"burst";r=7;t=12, "daily";r=900`.
    fn structured(&mut self, value: &str) {
        for item in value.split(',').take(MOST) {
            let mut parts = item.split(';').map(str::trim);
            let what = parts.next().unwrap_or_default().trim_matches('"').to_owned();
            let mut limit = Limit { what, ..Limit::default() };
            for (name, number) in parts.filter_map(|p| p.split_once('=')) {
                match name {
                    "r" => limit.remaining = number.parse().ok(),
                    "t" => limit.reset = duration(number),
                    _ => {}
                }
            }
            if limit.remaining.is_some() && self.limits.len() < MOST {
                self.limits.push(limit);
            }
        }
    }

    /// `PREFIXratelimit-` and, in any order, what it is about and what is counted.
    fn field(&mut self, name: &str, value: &str, from: Option<f64>) {
        let Some((_, rest)) = name.split_once("ratelimit-") else { return };
        let mut about = None;
        let words: Vec<&str> = rest
            .split('-')
            .filter(|word| {
                let is = matches!(*word, "limit" | "remaining" | "reset" | "used");
                if is {
                    about = Some(*word);
                }
                !is
            })
            .collect();
        let Some(about) = about else { return };
        let what = words.join("-");
        if self.limits.len() >= MOST {
            return;
        }
        let at = self.limits.iter().position(|l| l.what == what).unwrap_or_else(|| {
            self.limits.push(Limit { what, ..Limit::default() });
            self.limits.len() - 1
        });
        let Some(limit) = self.limits.get_mut(at) else { return };
        // The draft of the IETF puts the window behind the number: `100, 100;w=60`.
        let number = value.split([',', ';']).next().unwrap_or_default().trim().parse().ok();
        match about {
            "limit" => limit.limit = number,
            "remaining" => limit.remaining = number,
            "reset" => {
                limit.reset_at = rfc3339(value).or_else(|| point(value));
                limit.reset = match limit.reset_at {
                    Some(at) => from.map(|now| (at - now).max(0.0)),
                    None => duration(value),
                };
            }
            _ => {}
        }
    }
}

/// A point in time as GitHub (seconds since 1970) and OpenRouter (milliseconds) write it. Smaller numbers are spans.
fn point(value: &str) -> Option<f64> {
    let number = number(value)?;
    if number >= 1e12 {
        return Some(number / 1000.0);
    }
    (number >= 1e9).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &str, now: Option<f64>) -> Limits {
        let mut fields = Fields::default();
        for (name, value) in lines.lines().filter_map(|l| l.split_once(": ")) {
            fields.push(name, value, None);
        }
        Limits::read(&fields, now)
    }

    #[test]
    fn openai_and_azure() {
        let found = read(
            "x-ratelimit-limit-requests: 60\nx-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1m30.5s\nx-ratelimit-limit-tokens: 150000\nx-ratelimit-remaining-tokens: 149984\nx-ratelimit-reset-tokens: 6ms\nretry-after: 2\nretry-after-ms: 1250\nx-should-retry: true",
            None,
        );
        assert_eq!(found.limits.len(), 2);
        assert_eq!(found.limits[0].reset, Some(90.5));
        assert_eq!((found.limits[1].limit, found.limits[1].reset), (Some(150_000), Some(0.006)));
        assert_eq!((found.wait(), found.should_retry), (Some(1.25), Some(true)));
        assert_eq!(found.exhausted().map(|l| l.what.as_str()).collect::<Vec<_>>(), ["requests"]);
    }

    #[test]
    fn anthropic_github_openrouter_and_the_draft() {
        let date = "date: Sun, 06 Nov 1994 08:49:37 GMT\n";
        let anthropic = read(
            &[date, "anthropic-ratelimit-input-tokens-limit: 50\nanthropic-ratelimit-input-tokens-remaining: 0\nanthropic-ratelimit-input-tokens-reset: 1994-11-06T08:50:37Z"].concat(),
            None,
        );
        assert_eq!((anthropic.limits[0].what.as_str(), anthropic.wait()), ("input-tokens", Some(60.0)));
        let github = read(&[date, "x-ratelimit-limit: 5000\nx-ratelimit-remaining: 0\nx-ratelimit-reset: 1000000000\nx-ratelimit-used: 5000"].concat(), None);
        assert_eq!((github.limits.len(), github.limits[0].reset_at), (1, Some(1e9)));
        let router = read("X-RateLimit-Reset: 1741305600000", Some(1_741_305_590.0));
        assert_eq!(router.limits[0].reset, Some(10.0));
        let draft = read("ratelimit-limit: 100, 100;w=60\nratelimit-remaining: 7\nratelimit-reset: 12", None);
        assert_eq!(
            draft.limits[0],
            Limit { limit: Some(100), remaining: Some(7), reset: Some(12.0), ..Limit::default() }
        );
    }

    #[test]
    fn the_later_draft() {
        let found = read("RateLimit: \"burst\";r=0;t=12, \"daily\";r=900, nonsense;r=x", None);
        assert_eq!((found.limits.len(), found.wait()), (2, Some(12.0)));
        assert_eq!(found.limits[1].in_words(), "900 daily");
    }

    #[test]
    fn dates_and_clocks() {
        let found = read(
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\nRetry-After: Sun, 06 Nov 1994 08:51:37 GMT",
            Some(784_111_777.0 + 400.0),
        );
        assert_eq!((found.retry_after, found.clock_ahead), (Some(120.0), Some(400.0)));
        let found = read("Retry-After: Sun, 06 Nov 1994 08:51:37 GMT", None);
        assert_eq!(found.retry_after, None, "a date alone says no span");
        for odd in
            ["x-ratelimit-: 1", "x-ratelimit-limit: é", "ratelimit-reset: 1e999", "retry-after: -5", "retry-after: NaN"]
        {
            let found = read(odd, None);
            assert!(found.wait().is_none_or(|w| w >= 0.0), "{odd}: {found:?}");
        }
    }
}
