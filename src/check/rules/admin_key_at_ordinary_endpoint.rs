//! An admin key is used at an endpoint that is no administration.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::permissions;

pub(super) static RULE: Rule = Rule {
    id: "admin-key-at-ordinary-endpoint",
    severity: Severity::Error,
    title: "an admin key is used at an endpoint that is no administration",
    why: "Admin keys open the administration endpoints and nothing else; elsewhere OpenAI answers that scopes are missing.",
    fix: "Use a project key for this endpoint.",
    source: "https://platform.openai.com/docs/api-reference/administration",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(path) = cx.endpoint else { return };
    if path.is_empty() || permissions::takes_admin_key(path) {
        return;
    }
    for credential in &cx.credentials {
        let (Some(mark), Some(field)) = (credential.mark(), credential.field()) else { continue };
        if mark.kind == "openai-admin-key" {
            let message =
                format!("An admin key is sent to `{}`, which takes project keys.", words::shown(cx.target.path, 60));
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "admin-key-at-ordinary-endpoint",
            &[
                &chat("Authorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}"),
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "admin-key-at-ordinary-endpoint",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "GET https://api.openai.com/v1/organization/users\nAuthorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/fine_tuning/checkpoints/ft:x/permissions\nAuthorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}",
                "GET https://relay.example/v1/models\nAuthorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}",
            ],
        );
    }
}
