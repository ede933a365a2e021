//! Authorization uses a scheme that this provider does not take.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-scheme-unknown",
    severity: Severity::Error,
    title: "Authorization uses a scheme that this provider does not take",
    why: "OpenAI and the APIs made after it read the Bearer scheme only.",
    fix: "Send `Authorization: Bearer` and the key.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Token {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.provider, Provider::OpenAi | Provider::OpenRouter) {
        return;
    }
    for credential in cx.credentials.iter().filter(|c| c.is_authorization()) {
        let (Some(field), Some(scheme)) = (credential.field(), credential.scheme) else { continue };
        let known = ["bearer", "basic"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
        if !known && words::nothing_word(credential.value) != Some("[object Object]") {
            let message =
                format!("The scheme is `{}`; {} takes `Bearer`.", words::shown(scheme, 24), cx.provider.title());
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
            out.mend(cx, cx.value_span(field), scheme, "Bearer");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-scheme-unknown",
            &[
                &chat("Authorization: Token {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: ApiKey $KEY"),
                &chat("Authorization: Beaer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Key abc"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-scheme-unknown",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: Basic {{redacted:basic-credentials}}"),
                "GET https://relay.example/v1/models\nAuthorization: Token abc",
            ],
        );
    }
}
