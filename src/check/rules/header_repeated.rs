//! A header that may stand once is sent several times.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "header-repeated",
    severity: Severity::Error,
    title: "a header that may stand once is sent several times",
    why: "Which of the values counts is up to each server; most refuse the request or take the first.",
    fix: "Send the header once. A tool that adds it by itself need not be given it again.",
    source: "RFC 9110, section 5.3",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAuthorization: Bearer $OTHER\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

/// Fields that are defined to hold one value.
static SINGLE: &[&str] = &[
    "authorization",
    "api-key",
    "x-api-key",
    "x-goog-api-key",
    "content-type",
    "content-length",
    "host",
    "openai-organization",
    "openai-project",
    "anthropic-version",
    "user-agent",
    "origin",
    "referer",
    "range",
    "date",
    "max-forwards",
    "idempotency-key",
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request else { return };
    for name in SINGLE {
        let mut same = request.fields.all(name);
        let (Some(first), Some(second)) = (same.next(), same.next()) else { continue };
        let times = 2 + same.count();
        let values = if first.value == second.value { "the same value" } else { "different values" };
        out.report(
            Place::header(&second.name, second.span),
            format!("`{}` is sent {times} times, with {values}.", second.name),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "header-repeated",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nauthorization: Bearer $X",
                ),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\ncontent-type: application/json",
                ),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "header-repeated",
            &[
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json",
                ),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nX: a\nX: b"),
                &chat(&"A: b\n".repeat(3000)),
            ],
        );
    }
}
