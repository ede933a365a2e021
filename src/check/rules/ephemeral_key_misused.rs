//! An ephemeral key is used outside the Realtime API.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "ephemeral-key-misused",
    severity: Severity::Warning,
    title: "an ephemeral key is used outside the Realtime API",
    why: "Ephemeral keys (`ek_`) open Realtime sessions for a short time and nothing else.",
    fix: "Call this endpoint from your server with a project key.",
    source: "https://platform.openai.com/docs/api-reference/realtime-sessions",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-ephemeral-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !cx.endpoint.is_some_and(|p| !p.is_empty() && !p.starts_with("/realtime")) {
        return;
    }
    for credential in &cx.credentials {
        let (Some(mark), Some(field)) = (credential.mark(), credential.field()) else { continue };
        if mark.kind == "openai-ephemeral-key" {
            let message = format!("An ephemeral key is sent to `{}`.", words::shown(cx.target.path, 60));
            out.report_confirmed(cx, &[401, 403], Place::key(Some(&field.name), cx.value_span(field)), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "ephemeral-key-misused",
            &[&chat("Authorization: Bearer {{redacted:openai-ephemeral-key:164-0123456789ab}}")],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "ephemeral-key-misused",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "POST https://api.openai.com/v1/realtime/calls\nAuthorization: Bearer {{redacted:openai-ephemeral-key:164-0123456789ab}}",
                "POST https://relay.example/v1/x\nAuthorization: Bearer {{redacted:openai-ephemeral-key:164-0123456789ab}}",
            ],
        );
    }
}
