//! The endpoint does not know this method.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "method-wrong",
    severity: Severity::Warning,
    title: "the endpoint does not know this method",
    why: "The method is part of the address: with another one OpenAI answers 404 or 405.",
    fix: "Use the method that the message names; with curl `-X` sets it, and `-d` makes it POST.",
    source: "https://platform.openai.com/docs/api-reference",
    example: native_only(
        "PUT https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request else { return };
    let method = request.method.as_str();
    let skip = matches!(method, "OPTIONS" | "HEAD" | "CONNECT" | "") || cx.is_websocket();
    if skip || cx.operations.is_empty() || cx.operation().is_some() {
        return;
    }
    let all: Vec<&str> = cx.operations.iter().map(|o| o.method).collect();
    let right = all.join(" or ");
    let message = format!(
        "`{}` is sent to `{}`, which takes {right}.",
        words::shown(method, 20),
        words::shown(cx.target.path, 60)
    );
    out.report_confirmed(cx, &[404, 405], Place::part(Part::Method, request.method_span.or(request.url_span)), message);
    if let [only] = all.as_slice() {
        out.mend(cx, request.method_span, method, only);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "method-wrong",
            &[
                "PUT https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "post https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"x\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "method-wrong",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "OPTIONS https://api.openai.com/v1/models\nA: b",
                "PUT https://relay.example/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET wss://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
