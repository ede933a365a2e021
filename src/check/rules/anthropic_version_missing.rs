//! The anthropic-version header is missing.

use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "anthropic-version-missing",
    severity: Severity::Error,
    title: "the anthropic-version header is missing",
    why: "Anthropic's API answers only requests that name the version of its interface.",
    fix: "Send `anthropic-version: 2023-06-01`.",
    source: "https://docs.anthropic.com/en/api/versioning",
    example: native_only(
        "POST https://api.anthropic.com/v1/messages HTTP/1.1\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"claude-sonnet-4-5\"}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    // The OpenAI-compatible route does without.
    let compatible = cx.target.path.ends_with("/chat/completions");
    if cx.provider == Provider::Anthropic
        && cx.whole
        && !compatible
        && cx.method() != "OPTIONS"
        && cx.field("anthropic-version").is_none()
    {
        out.report(Place::header("anthropic-version", None), "`anthropic-version` is not sent.");
        out.mend_with_field(cx, "anthropic-version: 2023-06-01");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires("anthropic-version-missing", &["POST https://api.anthropic.com/v1/messages\nx-api-key: $K\n\n{}"]);
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "anthropic-version-missing",
            &[
                "POST https://api.anthropic.com/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\n\n{}",
                "POST https://api.anthropic.com/v1/chat/completions\nAuthorization: Bearer $K\n\n{}",
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
            ],
        );
    }
}
