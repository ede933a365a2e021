//! Two members of the body do not go together, or one lacks the other.

use crate::check::{Context, Findings, Rule, Severity, members, native_only};

pub(super) static RULE: Rule = Rule {
    id: "members-contradict",
    severity: Severity::Warning,
    title: "a member of the body needs or excludes another one",
    why: "The endpoint refuses the combination with 400, though each member is right by itself.",
    fix: "Add the member that the message names, or take one of the two out.",
    source: "https://platform.openai.com/docs/api-reference/chat/create",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream_options\":{\"include_usage\":true}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    members::together(cx, out);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::of;

    fn chat(members: &str) -> String {
        format!(
            "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{{\"model\":\"gpt-4o\",\"messages\":[],{members}}}"
        )
    }

    #[test]
    fn fires_on_the_defect() {
        for members in [
            "\"top_logprobs\":2",
            "\"stream\":false,\"stream_options\":{\"include_usage\":true}",
            "\"tool_choice\":\"auto\"",
            "\"max_tokens\":1,\"max_completion_tokens\":1",
            "\"response_format\":{\"type\":\"json_object\"}",
        ] {
            assert_eq!(of("members-contradict", &chat(members)).len(), 1, "{members}");
        }
        let both = "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":\"x\",\"background\":true,\"store\":false}";
        assert_eq!(of("members-contradict", both).len(), 1);
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        for members in [
            "\"logprobs\":true,\"top_logprobs\":2",
            "\"stream\":true,\"stream_options\":{\"include_usage\":true}",
            "\"stream\":false,\"stream_options\":null",
            "\"tools\":[],\"tool_choice\":\"auto\",\"parallel_tool_calls\":false",
            "\"response_format\":{\"type\":\"json_object\"},\"messages\":[{\"role\":\"user\",\"content\":\"Answer in JSON\"}]",
            "\"response_format\":7,\"logprobs\":\"x\"",
        ] {
            assert_eq!(of("members-contradict", &chat(members)), [], "{members}");
        }
    }
}
