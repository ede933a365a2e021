//! The header name stands in its own value.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "authorization-name-repeated",
    severity: Severity::Error,
    title: "the header name stands in its own value",
    why: "The value begins with `Authorization:`, so the scheme is not found.",
    fix: "Keep the name once: the field that a tool offers for the value takes `Bearer` and the key only.",
    source: "RFC 9110, section 11.6.2",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for field in cx.request_fields() {
        let (name, value) = (field.name.trim(), field.value.trim());
        let Some((first, rest)) = value.split_at_checked(name.len()) else { continue };
        if !name.is_empty() && first.eq_ignore_ascii_case(name) && rest.trim_start().starts_with([':', '=']) {
            let message = format!("The value of `{name}` begins with `{first}` again.");
            out.report(Place::header(name, cx.value_span(field)), message);
            let right = rest.trim_start().trim_start_matches([':', '=']).trim_start();
            out.mend(cx, cx.value_span(field), value, right);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "authorization-name-repeated",
            &[
                &chat("Authorization: Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Content-Type: content-type: application/json"),
                &chat("api-key: api-key={{redacted:api-key}}"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "authorization-name-repeated",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}"),
                &chat("Authorization: authorization"),
                &chat(&["X: ", &":".repeat(5000)].concat()),
            ],
        );
    }
}
