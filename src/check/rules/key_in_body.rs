//! The key stands in the body.

use crate::check::credential::Mark;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "key-in-body",
    severity: Severity::Warning,
    title: "the key stands in the body",
    why: "The body is not read for a key; the unknown member may be refused, and bodies are logged more often than headers.",
    fix: "Take the member out and send the key in the `Authorization` header.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only(
        "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"api_key\":\"{{redacted:openai-key:51-0123456789ab}}\"}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !matches!(cx.provider, Provider::OpenAi | Provider::Azure | Provider::Anthropic | Provider::OpenRouter) {
        return;
    }
    let Some(members) = cx.json().and_then(|v| v.as_object()) else { return };
    for (name, value) in members {
        let lower = name.to_ascii_lowercase().replace(['-', '_'], "");
        let named =
            ["apikey", "key", "token", "authorization", "openaiapikey", "accesstoken"].contains(&lower.as_str());
        if named && value.as_str().and_then(Mark::find).is_some() {
            let at = cx.request.and_then(|r| r.content.as_ref()).and_then(|c| c.text.find(&format!("\"{name}\"")));
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            out.report(
                Place::body(pointer, at.and_then(|at| cx.body_span(at))),
                format!("The member `{}` holds a key.", words::shown(name, 40)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-in-body",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n{\"model\":\"gpt-4o\",\"api_key\":\"{{redacted:openai-key:51-0123456789ab}}\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-in-body",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n{\"model\":\"gpt-4o\",\"input\":\"{{redacted:openai-key:51-0123456789ab}}\"}",
                "POST https://relay.example/v1/responses\n\n{\"api_key\":\"{{redacted:api-key}}\"}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n{\"key\":{\"key\":[]}}",
            ],
        );
    }
}
