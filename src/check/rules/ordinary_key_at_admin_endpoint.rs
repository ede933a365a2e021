//! An ordinary key is used at an administration endpoint.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::permissions;

pub(super) static RULE: Rule = Rule {
    id: "ordinary-key-at-admin-endpoint",
    severity: Severity::Error,
    title: "an ordinary key is used at an administration endpoint",
    why: "Endpoints below `/v1/organization` take admin keys only, whatever the permissions of another key.",
    fix: "Let an owner of the organization make an admin key, and use it here: `Authorization: Bearer $OPENAI_ADMIN_KEY`.",
    source: "https://platform.openai.com/docs/api-reference/administration",
    example: native_only(
        "GET https://api.openai.com/v1/organization/users HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !cx.endpoint.is_some_and(permissions::takes_admin_key) {
        return;
    }
    for credential in &cx.credentials {
        let (Some(mark), Some(field)) = (credential.mark(), credential.field()) else { continue };
        if matches!(
            mark.kind,
            "openai-key" | "openai-project-key" | "openai-service-account-key" | "openai-ephemeral-key"
        ) {
            let message = format!(
                "A key of the kind `{}` is sent to `{}`, which takes an admin key.",
                mark.kind,
                words::shown(cx.target.path, 60)
            );
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
            "ordinary-key-at-admin-endpoint",
            &[
                "GET https://api.openai.com/v1/organization/users HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/organization/costs\nAuthorization: Bearer {{redacted:openai-service-account-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "ordinary-key-at-admin-endpoint",
            &[
                "GET https://api.openai.com/v1/organization/users HTTP/1.1\nAuthorization: Bearer {{redacted:openai-admin-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/organization/users HTTP/1.1\nAuthorization: Bearer $OPENAI_API_KEY",
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "GET https://api.openai.com/v1/organization/users HTTP/1.1\nAuthorization: Bearer {{redacted:bearer-token:164-0123456789ab}}",
                "GET https://api.openai.com/v1/organization/users HTTP/1.1\nAuthorization: Bearer {{redacted:openai-session-key:164-0123456789ab}}",
            ],
        );
    }
}
