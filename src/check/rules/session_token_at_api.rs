//! A web session or sign-in token is used at the API.

use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "session-token-at-api",
    severity: Severity::Warning,
    title: "a web session or sign-in token is used at the API",
    why: "Tokens of ChatGPT's sign-in are made for its own backend; at the API they lack the scopes, whatever the plan.",
    fix: "Make an API key at https://platform.openai.com/api-keys and use that.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:jwt:800-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.provider != Provider::OpenAi {
        return;
    }
    for credential in cx.credentials.iter().filter(|c| c.is_authorization()) {
        let (Some(mark), Some(field)) = (credential.mark(), credential.field()) else { continue };
        let what = match mark.kind {
            "jwt" => "A JSON Web Token, such as ChatGPT's sign-in gives out,",
            "openai-session-key" if !cx.target.path.contains("/dashboard/") => {
                "A session key of the dashboard (`sess-`)"
            }
            _ => continue,
        };
        let message = format!("{what} is sent to the API in the place of an API key.");
        out.report_confirmed(cx, &[401, 403], Place::key(Some(&field.name), cx.value_span(field)), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "session-token-at-api",
            &[
                &chat("Authorization: Bearer {{redacted:jwt}}"),
                &chat("Authorization: Bearer {{redacted:openai-session-key:164-0123456789ab}}"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "session-token-at-api",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                "POST https://chatgpt.com/backend-api/codex/responses\nAuthorization: Bearer {{redacted:jwt}}",
                "GET https://api.openai.com/v1/dashboard/billing/usage\nAuthorization: Bearer {{redacted:openai-session-key:164-0123456789ab}}",
            ],
        );
    }
}
