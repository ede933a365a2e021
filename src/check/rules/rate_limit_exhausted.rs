//! A rate limit has nothing left.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::Limits;

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
    for limit in Limits::read(fields, None).exhausted() {
        let Some(field) = fields.iter().find(|f| limit.is_counted_by(f)) else { continue };
        let message = ["`", &words::shown(&field.name, 60), "`: ", &limit.in_words(), " left."];
        out.report(Place::answer(&field.name, field.span), message.concat());
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
