//! A rate limit has nothing left.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "rate-limit-exhausted",
    severity: Severity::Hint,
    title: "a rate limit has nothing left",
    why: "The headers count what is left until the reset; at nothing every further call is refused with 429.",
    fix: "Wait until the reset, spread the calls, or ask for a higher limit.",
    source: "https://platform.openai.com/docs/guides/rate-limits",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 Too Many Requests\nx-ratelimit-limit-requests: 60\nx-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1s\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(fields) = cx.response_fields() else { return };
    for field in fields.iter() {
        let name = field.name.to_ascii_lowercase();
        let counts = name.contains("ratelimit") && name.contains("remaining");
        if !counts || field.value.trim() != "0" {
            continue;
        }
        let near = |word: &str| fields.value(&name.replace("remaining", word)).map(|v| words::shown(v.trim(), 30));
        let limit = near("limit").map(|l| format!(" of {l}")).unwrap_or_default();
        let reset = near("reset").map(|r| format!("; the reset comes in or at {r}")).unwrap_or_default();
        out.report(
            Place::answer(&field.name, field.span),
            format!("`{}`: 0{limit} left{reset}.", words::shown(&field.name, 60)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "rate-limit-exhausted",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nx-ratelimit-remaining-tokens: 0\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\nanthropic-ratelimit-requests-remaining: 0\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "rate-limit-exhausted",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\nx-ratelimit-remaining-tokens: 100\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\nx-ratelimit-remaining-tokens: 0.5s\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\nx-ratelimit-limit-requests: 0\n\n",
            ],
        );
    }
}
