//! The answer says when to try again.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::check::{retry, words};

pub(super) static RULE: Rule = Rule {
    id: "retry-asked",
    severity: Severity::Hint,
    title: "the answer says when to try again",
    why: "Whoever comes back earlier is refused again, and at some providers for longer.",
    fix: "Wait that long before the next attempt, and add some chance to the waiting time where many clients run.",
    source: "RFC 9110, section 10.2.3",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 Too Many Requests\nRetry-After: 20\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.answer_field("retry-after") else { return };
    let value = field.value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        let unit = if value.trim_start_matches('0') == "1" { "second" } else { "seconds" };
        out.report(
            Place::answer(&field.name, field.span),
            format!("The server asks to wait {} {unit}.", words::shown(value, 12)),
        );
    } else if retry::is_date(value) {
        out.report(Place::answer(&field.name, field.span), format!("The server asks to wait until {value}."));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "retry-asked",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: 1\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 503 X\nretry-after: Fri, 31 Dec 1999 23:59:59 GMT\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "retry-asked",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: soon\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After:\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: -5\n\n",
            ],
        );
    }
}
