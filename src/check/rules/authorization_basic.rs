//! Authorization uses Basic in the place of Bearer.

use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-basic",
    severity: Severity::Warning,
    title: "Authorization uses Basic in the place of Bearer",
    why: "OpenAI documents Bearer. Basic gets through only with the key as the password, and proxies or libraries send it by mistake from a user name in the URL or curl's `-u`.",
    fix: "Send `Authorization: Bearer` and the key, and leave out `-u`.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Basic {{redacted:basic-credentials}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.provider, Provider::OpenAi | Provider::OpenRouter | Provider::Other(_)) {
        return;
    }
    for credential in cx.credentials.iter().filter(|c| c.is_authorization()) {
        let (Some(field), Some(scheme)) = (credential.field(), credential.scheme) else { continue };
        if scheme.eq_ignore_ascii_case("basic") {
            let message = format!("The scheme is `{scheme}`; {} documents `Bearer`.", cx.provider.title());
            out.report_confirmed(cx, &[401, 403], Place::key(Some(&field.name), field.span), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-basic",
            &[&chat("Authorization: Basic {{redacted:basic-credentials}}"), &chat("authorization: basic")],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-basic",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "GET https://relay.example/v1\nAuthorization: Basic {{redacted:basic-credentials}}",
            ],
        );
    }
}
