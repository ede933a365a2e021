//! The body is JSON inside a JSON string.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "body-encoded-twice",
    severity: Severity::Error,
    title: "the body is JSON inside a JSON string",
    why: "The body was turned into JSON twice; the server sees one string and no members.",
    fix: "Encode once: `json=` in Python takes the object, `data=` the text; in JavaScript call `JSON.stringify` once.",
    source: "RFC 8259, section 7",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n\"{\\\"model\\\":\\\"gpt-4o\\\",\\\"messages\\\":[]}\"",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(inner) = cx.json().and_then(|v| v.as_str()) else { return };
    if inner.trim_start().starts_with(['{', '[']) {
        out.report(Place::body("", cx.body_span(0)), "The body is one JSON string that holds JSON.");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "body-encoded-twice",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n\"{\\\"a\\\":1}\"",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "body-encoded-twice",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n\"hello\"",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"a\":\"{\\\"b\\\":1}\"}",
            ],
        );
    }
}
