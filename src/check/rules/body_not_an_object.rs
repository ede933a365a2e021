//! The body is JSON, but no object.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use serde_json::Value;

pub(super) static RULE: Rule = Rule {
    id: "body-not-an-object",
    severity: Severity::Error,
    title: "the body is JSON, but no object",
    why: "OpenAI's endpoints read members of one object; a list or a bare value has none.",
    fix: "Put the parameters into one object: `{\"model\": …}`.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n[{\"model\":\"gpt-4o\"}]",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(value) = cx.json().filter(|_| cx.operation().is_some_and(|o| o.takes("application/json"))) else { return };
    let what = match value {
        Value::Object(_) => return,
        Value::Array(_) => "a list",
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => return,
        Value::String(_) => "a string",
        Value::Number(_) => "a number",
        Value::Bool(_) | Value::Null => "a bare value",
    };
    out.report(Place::body("", cx.body_span(0)), format!("The body is {what} where an object is due."));
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-not-an-object",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n[1]",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\nnull",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-not-an-object",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n\"{}\"",
                "POST https://relay.example/x HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n[1]",
            ],
        );
    }
}
