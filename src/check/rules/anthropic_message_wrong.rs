//! The body is not what the Messages API takes.

use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use serde_json::Value;

pub(super) static RULE: Rule = Rule {
    id: "anthropic-message-wrong",
    severity: Severity::Error,
    title: "the body is not what Anthropic's Messages API takes",
    why: "The interface demands `model`, `max_tokens` and `messages`, and takes the system prompt as a member of its own: 400, `invalid_request_error`.",
    fix: "Add the member, or move the system prompt out of `messages` into `system`.",
    source: "https://docs.anthropic.com/en/api/messages",
    example: native_only(
        "POST https://api.anthropic.com/v1/messages HTTP/1.1\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let here =
        cx.provider == Provider::Anthropic && cx.whole && cx.method() == "POST" && cx.target.path == "/v1/messages";
    let Some(body) = cx.json().and_then(Value::as_object).filter(|_| here) else { return };
    for name in ["model", "max_tokens", "messages"] {
        if !body.contains_key(name) {
            out.report(Place::body("", cx.body_span(0)), ["The body has no member `", name, "`."].concat());
        }
    }
    let messages = body.get("messages").and_then(Value::as_array).into_iter().flatten();
    let system = |m: &Value| m.get("role").and_then(Value::as_str).is_some_and(|r| r == "system" || r == "developer");
    if let Some(at) = messages.into_iter().position(system) {
        let pointer = ["/messages/", &at.to_string(), "/role"].concat();
        let span = cx.member_span(&pointer, false);
        out.report(Place::body(pointer, span), "A system prompt stands among the messages; it belongs into `system`.");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "anthropic-message-wrong",
            &[
                "POST https://api.anthropic.com/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n{\"model\":\"a\",\"max_tokens\":1}",
                "POST https://api.anthropic.com/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n{\"model\":\"a\",\"max_tokens\":1,\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "anthropic-message-wrong",
            &[
                "POST https://api.anthropic.com/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n{\"model\":\"a\",\"max_tokens\":1,\"system\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "POST https://api.anthropic.com/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n[7]",
                "POST https://relay.example/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n{}",
                "POST https://api.anthropic.com/v1/messages\nx-api-key: $K\nanthropic-version: 2023-06-01\nContent-Type: application/json\n\n@body.json",
            ],
        );
    }
}
