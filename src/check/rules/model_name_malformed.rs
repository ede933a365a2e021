//! The model is written as people say it, not as the API names it.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::span::Span;

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
    } else if let Some(meant) = meant(name) {
        let place = Place::body("/model", place(cx, name));
        out.report_confirmed(
            cx,
            &[403, 404],
            place,
            format!("`{}` is no model's name; was `{meant}` meant?", words::shown(name, 40)),
        );
        return;
    } else {
        return;
    };
    let place = Place::body("/model", place(cx, name));
    out.report_confirmed(cx, &[404], place, format!("The model `{}` {what}.", words::shown(name, 40)));
}

/// Where the name stands in the body.
fn place(cx: &Context<'_>, name: &str) -> Option<Span> {
    let at = cx.request?.content.as_ref()?.text.find(name)?;
    cx.body_span(at)
}

/// Names that people write with other hyphens and dots: `gpt4o`, `gpt-35-turbo` (which is Azure's), `dalle-3`.
static NAMES: &[&str] = &[
    "gpt-3.5-turbo",
    "gpt-4",
    "gpt-4-turbo",
    "gpt-4o",
    "gpt-4o-mini",
    "gpt-4.1",
    "gpt-4.1-mini",
    "gpt-4.1-nano",
    "gpt-5",
    "gpt-5-mini",
    "gpt-5-nano",
    "gpt-image-1",
    "o1-mini",
    "o3-mini",
    "o4-mini",
    "dall-e-2",
    "dall-e-3",
    "whisper-1",
    "tts-1",
    "tts-1-hd",
    "text-embedding-3-small",
    "text-embedding-3-large",
    "text-embedding-ada-002",
];

/// The model that has this name but for hyphens, dots and the like.
fn meant(name: &str) -> Option<&'static str> {
    let bare =
        |n: &str| n.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>();
    let given = bare(name);
    NAMES.iter().copied().find(|n| bare(n) == given).filter(|n| *n != name)
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
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-35-turbo\"}",
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
                "POST https://acme.openai.azure.com/openai/v1/chat/completions\napi-key: {{redacted:azure-api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-35-turbo\"}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"GPT-4\"}",
            ],
        );
    }
}
