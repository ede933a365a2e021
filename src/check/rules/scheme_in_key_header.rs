//! A scheme stands before the key in a header that takes the key alone.

use crate::check::credential;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "scheme-in-key-header",
    severity: Severity::Error,
    title: "a scheme stands before the key in a header that takes the key alone",
    why: "The word becomes part of the key, which is then not recognised: 401.",
    fix: "Send the key alone in this header, or `Bearer` and a token in `Authorization`.",
    source: "https://learn.microsoft.com/en-us/azure/ai-foundry/openai/reference#authentication",
    example: native_only(
        "POST https://acme.openai.azure.com/openai/v1/responses HTTP/1.1\nContent-Type: application/json\napi-key: Bearer {{redacted:api-key:32-0123456789ab}}\n\n{\"model\":\"x\",\"input\":\"Hi\"}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for credential in cx.credentials.iter().filter(|c| !c.is_authorization()) {
        let Some(field) = credential.field() else { continue };
        let value = field.value.trim();
        let (Some(scheme), rest) = credential::scheme(value) else { continue };
        let known = credential::KEY_FIELDS.iter().any(|name| field.name.trim().eq_ignore_ascii_case(name));
        if known && scheme.eq_ignore_ascii_case("bearer") {
            let message =
                ["`", &words::shown(&field.name, 40), ": ", scheme, "` takes the key without a scheme."].concat();
            out.report(Place::key(Some(&field.name), cx.value_span(field)), message);
            out.mend(cx, cx.value_span(field), value, rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "scheme-in-key-header",
            &[
                "POST https://acme.openai.azure.com/openai/v1/responses\nContent-Type: application/json\napi-key: Bearer $AZURE_KEY\n\n{\"model\":\"x\",\"input\":\"Hi\"}",
                "POST https://api.anthropic.com/v1/messages\nx-api-key: bearer {{redacted:anthropic-key:108-0123456789ab}}\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "scheme-in-key-header",
            &[
                "POST https://acme.openai.azure.com/openai/v1/responses\nContent-Type: application/json\napi-key: {{redacted:api-key:32-0123456789ab}}\n\n{\"model\":\"x\",\"input\":\"Hi\"}",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET https://relay.example/\nx-api-key: a b c",
            ],
        );
    }
}
