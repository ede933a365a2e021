//! The answer says when to try again.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::{Limits, http_date, in_words};

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
    let Some(fields) = cx.response_fields() else { return };
    let named = ["retry-after-ms", "retry-after"].iter().find_map(|name| fields.get(name));
    let Some(field) = named else { return };
    let value = field.value.trim();
    // A date is a span where the answer names its own time; the paste is made some time later.
    let wait = Limits::read(fields, None).retry_after.map(in_words);
    let message = match (&wait, http_date(value)) {
        (Some(wait), None) => ["The server asks to wait ", wait, ".", "", ""],
        (Some(wait), Some(_)) => ["The server asks to wait until ", value, ", ", wait, " after its answer."],
        (None, Some(_)) => ["The server asks to wait until ", value, ".", "", ""],
        (None, None) => return,
    };
    out.report(Place::answer(&field.name, field.span), message.concat());
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, of, silent};

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

    #[test]
    fn both_forms_are_told_as_a_span() {
        let told = |fields: &str| {
            of("retry-asked", &format!("GET https://api.openai.com/v1/models\nA: b\n\nHTTP/1.1 429 X\n{fields}\n\n"))
                .first()
                .map(|f| f.0.clone())
        };
        let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\nRetry-After: Sun, 06 Nov 1994 08:51:37 GMT";
        let long = "The server asks to wait until Sun, 06 Nov 1994 08:51:37 GMT, 2 minutes after its answer.";
        assert_eq!(told(date).as_deref(), Some(long));
        assert_eq!(told("Retry-After: 90").as_deref(), Some("The server asks to wait 90 s."));
        assert_eq!(told("retry-after-ms: 1250").as_deref(), Some("The server asks to wait 1250 ms."));
    }
}
