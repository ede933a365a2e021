//! The answer tells its rate limits, and none of them is used up.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::Limits;

pub(super) static RULE: Rule = Rule {
    id: "rate-limits-told",
    severity: Severity::Hint,
    title: "the answer tells its rate limits, and something is left of each",
    why: "The limits that the fields count are not what refused this request; other limits exist that no field shows, such as a budget, a day's or a burst's.",
    fix: "Read the message of the answer; look at usage and limits in the provider's dashboard.",
    source: "https://platform.openai.com/docs/guides/rate-limits",
    example: native_only(
        "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":\"Hi\"}\n\nHTTP/1.1 429 Too Many Requests\nx-ratelimit-limit-requests: 500\nx-ratelimit-remaining-requests: 499\nx-ratelimit-reset-requests: 120ms\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(fields) = cx.response_fields().filter(|_| matches!(cx.status, Some(403 | 429 | 503 | 529))) else {
        return;
    };
    let limits = Limits::read(fields, None);
    let left: Vec<String> = limits.limits.iter().filter(|l| l.remaining.is_some()).map(|l| l.in_words()).collect();
    let field = fields.iter().find(|f| f.name.to_ascii_lowercase().contains("remaining"));
    if let (Some(field), None, false) = (field, limits.exhausted().next(), left.is_empty()) {
        out.report(Place::answer(&field.name, field.span), ["Left: ", &left.join("; "), "."].concat());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{of, silent};

    #[test]
    fn fires_on_the_defect() {
        let found = of(
            "rate-limits-told",
            "GET https://api.anthropic.com/v1/models\nA: b\n\nHTTP/1.1 429 X\nanthropic-ratelimit-input-tokens-limit: 50000\nanthropic-ratelimit-input-tokens-remaining: 4000\nx-ratelimit-remaining-requests: 3\n\n",
        );
        assert_eq!(found[0].0, "Left: 4000 of 50000 input-tokens; 3 requests.");
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "rate-limits-told",
            &[
                "GET https://api.openai.com/v1/models\nA: b\n\nHTTP/1.1 200 OK\nx-ratelimit-remaining-requests: 3\n\n",
                "GET https://api.openai.com/v1/models\nA: b\n\nHTTP/1.1 429 X\nx-ratelimit-remaining-requests: 0\n\n",
                "GET https://api.openai.com/v1/models\nA: b\n\nHTTP/1.1 429 X\nx-ratelimit-remaining-requests: many\n\n",
            ],
        );
    }
}
