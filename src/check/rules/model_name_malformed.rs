//! The model is written as people say it, not as the API names it.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "model-name-malformed",
    severity: Severity::Warning,
    title: "the model is written as people say it, not as the API names it",
    why: "Names of models are compared letter by letter; another spelling is a model that does not exist.",
    fix: "Write the name as `GET /v1/models` lists it, such as `gpt-4o`.",
    source: "https://platform.openai.com/docs/models",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"GPT-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(name) = cx.json().and_then(|v| v.get("model")).and_then(|m| m.as_str()) else { return };
    if cx.provider != Provider::OpenAi || name.trim().is_empty() {
        return;
    }
    let what = if name != name.trim() {
        "has white space around it"
    } else if name.contains(char::is_whitespace) {
        "holds a blank"
    } else if ["GPT", "Gpt", "ChatGPT", "O1", "O3", "O4"].iter().any(|p| name.starts_with(p)) {
        "is written in capitals"
    } else if name.starts_with("openai/") || name.starts_with("models/") || name.starts_with("azure/") {
        "carries the prefix of a relay"
    } else {
        return;
    };
    let at = cx.request.and_then(|r| r.content.as_ref()).and_then(|c| c.text.find(name));
    let place = Place::body("/model", at.and_then(|at| cx.body_span(at)));
    out.report_confirmed(cx, &[404], place, format!("The model `{}` {what}.", words::shown(name, 40)));
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "model-name-malformed",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"GPT-4o\",\"messages\":[]}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt 4o\"}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o \"}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"openai/gpt-4o\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "model-name-malformed",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"ft:gpt-4o:AcmeCorp\"}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"GPT-4\"}",
            ],
        );
    }
}
