//! The body names no model.

use crate::check::endpoints;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use serde_json::Value;

pub(super) static RULE: Rule = Rule {
    id: "model-missing",
    severity: Severity::Error,
    title: "the body names no model",
    why: "The endpoint does not choose a model by itself: 400, \"you must provide a model parameter\".",
    fix: "Add `\"model\"` with the name of a model that your project may use.",
    source: "https://platform.openai.com/docs/api-reference/chat/create",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(body) = cx.json().and_then(Value::as_object) else { return };
    // At Azure's newer path the deployment stands here.
    let azure = cx.target.path.strip_prefix("/openai/v1").filter(|_| cx.provider == Provider::Azure);
    let below = azure.map(endpoints::at).unwrap_or_default();
    let operation = cx.operation().or_else(|| below.into_iter().find(|o| o.method == cx.method()));
    if !operation.is_some_and(|o| o.required().any(|r| r == "model")) || !cx.whole {
        return;
    }
    let message = match body.get("model") {
        None => "The body has no member `model`.".to_owned(),
        Some(Value::String(name)) if name.trim().is_empty() => "The member `model` is empty.".to_owned(),
        Some(Value::String(name)) if words::nothing_word(name).is_some() => format!("The member `model` is `{name}`."),
        Some(Value::String(_)) => return,
        Some(other) => format!("The member `model` is `{}`, not a name.", words::shown(&other.to_string(), 30)),
    };
    let at = cx.request.and_then(|r| r.content.as_ref()).and_then(|c| c.text.find("\"model\""));
    out.report(Place::body("/model", cx.body_span(at.unwrap_or(0))), message);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "model-missing",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
                "POST https://api.openai.com/v1/embeddings\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":null,\"input\":\"a\"}",
                "POST https://api.openai.com/v1/embeddings\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"undefined\",\"input\":\"a\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "model-missing",
            &[
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"input\":\"x\"}",
                "POST https://relay.example/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{}",
                "POST https://api.openai.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"$MODEL\"}",
            ],
        );
    }
}
