//! The model is served at another endpoint.

use crate::check::{Context, Findings, Rule, Severity, members, native_only};

pub(super) static RULE: Rule = Rule {
    id: "model-at-other-endpoint",
    severity: Severity::Error,
    title: "the model is served at another endpoint",
    why: "Each model is served at some endpoints only; elsewhere the answer is 404 or 400, though the model exists and the key is right.",
    fix: "Send the request to the endpoint that the message names, or choose a model of this one.",
    source: "https://platform.openai.com/docs/models",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"o3-pro\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    members::for_model(cx, out, true);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "model-at-other-endpoint",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"text-embedding-3-small\",\"messages\":[]}",
                "POST https://api.openai.com/v1/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"prompt\":\"Hi\"}",
                "POST https://api.openai.com/v1/embeddings\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"dall-e-3\",\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "model-at-other-endpoint",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"o3-pro\",\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-3.5-turbo-instruct\",\"prompt\":\"Hi\"}",
                "POST https://api.openai.com/v1/embeddings\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"text-embedding-3-large\",\"input\":\"Hi\"}",
                "POST https://relay.example/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"o3-pro\",\"messages\":[]}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":{\"a\":[]},\"messages\":[]}",
            ],
        );
    }
}
