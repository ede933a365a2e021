//! The body has a member that the published document marks as deprecated.

use crate::check::{Context, Findings, Rule, Severity, native_only};
use crate::schema::Kind;

pub(super) static RULE: Rule = Rule {
    id: "body-member-deprecated",
    severity: Severity::Hint,
    title: "a member of the body is deprecated",
    why: "It still works with the models that knew it; newer ones may refuse it.",
    fix: "Use what took its place; the endpoint's reference names it.",
    source: "https://github.com/openai/openai-openapi",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":5}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    out.mistakes(cx, Kind::Deprecated);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-member-deprecated",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":5}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"user\":\"u1\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-member-deprecated",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"metadata\":{\"any\":\"thing\"}}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"$MODEL\",\"messages\":[{\"role\":\"{{role}}\",\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\",\"x\":1}}}}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nContent-Type: application/json\n\n{\"mesages\":7}",
            ],
        );
    }
}
