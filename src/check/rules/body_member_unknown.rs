//! The body has a member that the endpoint does not know.

use crate::check::{Context, Findings, Rule, Severity, native_only};
use crate::schema::Kind;

pub(super) static RULE: Rule = Rule {
    id: "body-member-unknown",
    severity: Severity::Warning,
    title: "the endpoint knows no member of this name",
    why: "A member that the endpoint does not know is refused with 400 (\"Unknown parameter\"), or what it was to say has no effect.",
    fix: "Correct its name or take it out. What an SDK merges into the body, such as `extra_body`, must not be sent under that name.",
    source: "https://github.com/openai/openai-openapi",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_token\":5}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    out.mistakes(cx, Kind::Unknown);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{findings, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-member-unknown",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_token\":5}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"top_k\":4}",
                "POST https://api.openai.com/v1/images/generations HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"prompt\":\"A cat\",\"sizes\":\"1024x1024\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-member-unknown",
            &[
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"temperature\":0.5,\"metadata\":{\"any\":\"thing\"}}",
                "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"$MODEL\",\"messages\":[{\"role\":\"{{role}}\",\"content\":\"Hi\"}]}",
                "POST https://api.openai.com/v1/responses HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{\"type\":\"object\",\"x\":1}}}}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nContent-Type: application/json\n\n{\"mesages\":7}",
            ],
        );
    }

    #[test]
    fn what_another_endpoint_calls_otherwise_is_named_and_mended() {
        let asked = "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}";
        let found = findings(asked);
        let unknown = found.iter().find(|f| f.rule.id == "body-member-unknown").unwrap();
        assert!(unknown.message.contains("here it is `input`"), "{}", unknown.message);
        assert_eq!(unknown.mended.as_ref().map(|m| (m.span.of(asked), m.text.as_str())), Some(("messages", "input")));
    }
}
