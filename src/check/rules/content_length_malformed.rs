//! Content-Length is no number.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "content-length-malformed",
    severity: Severity::Error,
    title: "Content-Length is no number",
    why: "The field holds the number of bytes of the body; anything else makes the message invalid.",
    fix: "Leave the header out and let the client count.",
    source: "RFC 9110, section 8.6",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nContent-Length: undefined\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("content-length") else { return };
    let value = field.value.trim();
    let template = words::variable(value).is_some() || value.starts_with('<');
    if !template && (value.is_empty() || !value.bytes().all(|b| b.is_ascii_digit())) {
        out.report(
            Place::header(&field.name, field.span),
            format!("`Content-Length: {}` is no number of bytes.", words::shown(value, 40)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "content-length-malformed",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: -1"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length:"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: 12, 12"),
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "content-length-malformed",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: 12"),
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: $N"),
                &chat(
                    &[
                        "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Length: ",
                        &"9".repeat(4000),
                    ]
                    .concat(),
                ),
            ],
        );
    }
}
