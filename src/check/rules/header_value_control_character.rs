//! A header value holds a control character.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "header-value-control-character",
    severity: Severity::Error,
    title: "a header value holds a control character",
    why: "Line breaks and other control characters end the field early or make the message invalid; clients and servers refuse it.",
    fix: "Remove the character; often the value was read from a file or a variable with its line end.",
    source: "RFC 9110, section 5.5",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nX-Request-Source: a\u{7}b\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for field in cx.request_fields() {
        if let Some(c) = field.value.trim().chars().find(|c| c.is_control() && *c != '\t') {
            let message = format!("The value of `{}` holds `{}`.", words::shown(&field.name, 40), c.escape_default());
            out.report(Place::header(&field.name, field.span), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "header-value-control-character",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: a\u{7}b",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: a\u{0}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: a\u{7f}b",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "header-value-control-character",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: a\tb",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: äöü",
            ],
        );
    }
}
