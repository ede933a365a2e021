//! A page calls Anthropic's API without the header that allows it.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "anthropic-browser-access-missing",
    severity: Severity::Warning,
    title: "a page calls Anthropic's API without the header that allows it",
    why: "Anthropic answers 401 to requests with an Origin header unless they carry `anthropic-dangerous-direct-browser-access: true`.",
    fix: "Let your own server make the call; only for a key of the visitor's own send `anthropic-dangerous-direct-browser-access: true`.",
    source: "https://docs.anthropic.com/en/api/client-sdks",
    example: native_only(
        "POST https://api.anthropic.com/v1/messages HTTP/1.1\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nanthropic-version: 2023-06-01\nOrigin: https://app.example\n\n{}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(origin) = cx.field("origin").filter(|f| !f.value.trim().is_empty()) else { return };
    if cx.provider == Provider::Anthropic
        && cx.method() != "OPTIONS"
        && cx.field("anthropic-dangerous-direct-browser-access").is_none()
    {
        let message = format!(
            "`Origin: {}` is sent without `anthropic-dangerous-direct-browser-access`.",
            words::shown(origin.value.trim(), 60)
        );
        out.report_confirmed(cx, &[401, 403], Place::header("Origin", origin.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires("anthropic-browser-access-missing", &["POST https://api.anthropic.com/v1/messages\nOrigin: null\n\n{}"]);
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "anthropic-browser-access-missing",
            &[
                "POST https://api.anthropic.com/v1/messages\nOrigin: null\nanthropic-dangerous-direct-browser-access: true\n\n{}",
                &chat("Origin: x"),
            ],
        );
    }
}
