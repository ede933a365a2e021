//! anthropic-version names no version.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "anthropic-version-unknown",
    severity: Severity::Warning,
    title: "the anthropic-version header names no version of the interface",
    why: "Anthropic answers 400 to a version that it does not know; the date of a model is none.",
    fix: "Send `anthropic-version: 2023-06-01`, the present version, whatever the model.",
    source: "https://docs.anthropic.com/en/api/versioning",
    example: native_only(
        "POST https://api.anthropic.com/v1/messages HTTP/1.1\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nContent-Type: application/json\nanthropic-version: 2024-10-22\n\n{}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("anthropic-version").filter(|_| cx.provider == Provider::Anthropic) else { return };
    let value = field.value.trim();
    if !matches!(value, "2023-06-01" | "2023-01-01") && words::variable(value).is_none() {
        let message = ["`anthropic-version: ", &words::shown(value, 40), "` is none of `2023-06-01` and `2023-01-01`."];
        out.report_confirmed(cx, &[400], Place::header(&field.name, cx.value_span(field)), message.concat());
        out.mend(cx, cx.value_span(field), value, "2023-06-01");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "anthropic-version-unknown",
            &[
                "POST https://api.anthropic.com/v1/messages\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nContent-Type: application/json\nanthropic-version: 2024-10-22\n\n{}",
                "POST https://api.anthropic.com/v1/messages\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nContent-Type: application/json\nanthropic-version: v1\n\n{}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "anthropic-version-unknown",
            &[
                "POST https://api.anthropic.com/v1/messages\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nContent-Type: application/json\nanthropic-version: 2023-06-01\n\n{}",
                "POST https://api.anthropic.com/v1/messages\nx-api-key: {{redacted:anthropic-key:108-0123456789ab}}\nContent-Type: application/json\nanthropic-version: $V\n\n{}",
                "POST https://relay.example/v1/messages\nanthropic-version: 9\n\n{}",
            ],
        );
    }
}
