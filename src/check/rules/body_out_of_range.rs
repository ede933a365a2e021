//! A number in the body, or the length of a string or a list, is out of its bounds.

use crate::check::{Context, Findings, Rule, Severity, native_only};
use crate::schema::Kind;

pub(super) static RULE: Rule = Rule {
    id: "body-out-of-range",
    severity: Severity::Error,
    title: "a value in the body is out of its bounds",
    why: "The endpoint refuses it with 400.",
    fix: "Keep to the bound shown.",
    source: "https://github.com/openai/openai-openapi",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":5}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    out.mistakes(cx, Kind::Range);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-out-of-range",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":5}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
                "POST https://api.openai.com/v1/images/generations HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"prompt\":\"A cat\",\"n\":11}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-out-of-range",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"metadata\":{\"any\":\"thing\"}}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"$MODEL\",\"messages\":[{\"role\":\"{{role}}\",\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\",\"x\":1}}}}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nContent-Type: application/json\n\n{\"mesages\":7}",
            ],
        );
    }
}
