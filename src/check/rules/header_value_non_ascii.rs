//! A header value holds characters outside ASCII.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "header-value-non-ascii",
    severity: Severity::Warning,
    title: "a header value holds characters outside ASCII",
    why: "Their encoding in a header is not defined; many clients refuse to send them and servers read them each in its own way.",
    fix: "Keep header values to ASCII; encode other text (RFC 8187) or send it in the body.",
    source: "RFC 9110, section 5.5",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nX-Title: Prüfung\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    for field in cx.request_fields() {
        // The key's own field has rules of its own. That is asked last: a log may hold thousands of fields and of keys.
        if let Some(c) = field.value.chars().find(|c| !c.is_ascii() && !c.is_control() && *c != '…')
            && !cx.credentials.iter().any(|c| c.field() == Some(field))
        {
            let message =
                format!("The value of `{}` holds `{c}` (U+{:04X}).", words::shown(&field.name, 40), u32::from(c));
            out.report(Place::header(&field.name, cx.value_span(field)), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "header-value-non-ascii",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nX-Title: Prüfung",
                "GET https://api.openai.com/v1/models HTTP/1.1\nContent-Type: “application/json”",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "header-value-non-ascii",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nX: abc…",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer clé",
            ],
        );
    }
}
