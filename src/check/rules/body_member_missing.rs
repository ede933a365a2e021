//! A member that the endpoint demands is not in the body.

use crate::check::{Context, Findings, Rule, Severity, native_only};
use crate::schema::Kind;

pub(super) static RULE: Rule = Rule {
    id: "body-member-missing",
    severity: Severity::Error,
    title: "a member that the endpoint demands is missing",
    why: "The endpoint refuses a body without it: 400, \"Missing required parameter\".",
    fix: "Add the member at the place shown.",
    source: "https://github.com/openai/openai-openapi",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    out.mistakes(cx, Kind::Missing);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-member-missing",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"tools\":[{\"type\":\"function\",\"strict\":true,\"parameters\":{}}],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/embeddings HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"text-embedding-3-small\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-member-missing",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"metadata\":{\"any\":\"thing\"}}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"$MODEL\",\"messages\":[{\"role\":\"{{role}}\",\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\",\"x\":1}}}}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nContent-Type: application/json\n\n{\"mesages\":7}",
            ],
        );
    }
}
