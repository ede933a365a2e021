//! Retry-After has neither of its two forms.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::http_date;

pub(super) static RULE: Rule = Rule {
    id: "retry-after-malformed",
    severity: Severity::Hint,
    title: "Retry-After has neither of its two forms",
    why: "The field holds a number of whole seconds or a date; clients ignore anything else and come back at once.",
    fix: "Choose a waiting time of your own, growing from attempt to attempt.",
    source: "RFC 9110, section 10.2.3",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 Too Many Requests\nRetry-After: 1.5s\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.answer_field("retry-after") else { return };
    let value = field.value.trim();
    let seconds = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    if !seconds && http_date(value).is_none() {
        out.report(
            Place::answer(&field.name, field.span),
            format!("`Retry-After: {}` is neither seconds nor a date.", words::shown(value, 40)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "retry-after-malformed",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: soon\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: -5\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: 2026-01-01\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "retry-after-malformed",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: 5\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\n\n",
            ],
        );
    }
}
