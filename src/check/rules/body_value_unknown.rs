//! A value in the body is none of those that the endpoint takes there.

use crate::check::{Context, Findings, Rule, Severity, native_only};
use crate::schema::Kind;

pub(super) static RULE: Rule = Rule {
    id: "body-value-unknown",
    severity: Severity::Error,
    title: "a value in the body is none of those allowed",
    why: "The endpoint refuses it: 400, \"Invalid value\".",
    fix: "Send one of the values shown.",
    source: "https://github.com/openai/openai-openapi",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"usr\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    out.mistakes(cx, Kind::Value);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-value-unknown",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"usr\",\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-5\",\"input\":\"Hi\",\"reasoning\":{\"effort\":\"hihg\"}}",
                "POST https://api.openai.com/v1/embeddings HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"text-embedding-3-small\",\"input\":\"a\",\"encoding_format\":\"int8\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-value-unknown",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"metadata\":{\"any\":\"thing\"}}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"$MODEL\",\"messages\":[{\"role\":\"{{role}}\",\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\",\"x\":1}}}}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nContent-Type: application/json\n\n{\"mesages\":7}",
            ],
        );
    }
}
