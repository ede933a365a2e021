//! A body is sent with GET or HEAD.

use crate::check::Part;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "get-with-body",
    severity: Severity::Hint,
    title: "a body is sent with GET or HEAD",
    why: "A body has no meaning there: servers and edges drop it or refuse the request, so its parameters do not arrive.",
    fix: "Use POST, or put the parameters into the query.",
    source: "RFC 9110, section 9.3.1",
    example: native_only(
        "GET https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(request) = cx.request else { return };
    let body = request.content.as_ref().is_some_and(|c| !c.text.trim().is_empty());
    if body && matches!(request.method.as_str(), "GET" | "HEAD") && !cx.is_websocket() {
        let place =
            Place::part(Part::Method, request.method_span.or_else(|| request.content.as_ref().and_then(|c| c.span)));
        out.report(place, format!("A body is sent with {}.", request.method));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "get-with-body",
            &[
                "GET https://relay.example/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n{\"a\":1}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "get-with-body",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\n  ",
            ],
        );
    }
}
