//! The 403 is a rate limit in disguise.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::Limits;

pub(super) static RULE: Rule = Rule {
    id: "rate-limit-as-403",
    severity: Severity::Warning,
    title: "the 403 is a rate limit in disguise",
    why: "Some services and firewalls answer 403 where 429 is meant; nothing is wrong with the key, and waiting helps.",
    fix: "Send fewer requests, and try again after the time that the answer names.",
    source: "RFC 6585, section 4",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 Forbidden\nRetry-After: 60\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if cx.status != Some(403) {
        return;
    }
    let fields = cx.response_fields();
    let exhausted = fields.and_then(|fields| {
        let limits = Limits::read(fields, None);
        limits.exhausted().find_map(|limit| fields.iter().find(|f| limit.is_counted_by(f)))
    });
    let field = cx.answer_field("retry-after").or(exhausted);
    if let Some(field) = field {
        let message =
            format!("The 403 carries `{}: {}`.", words::shown(&field.name, 60), words::shown(field.value.trim(), 40));
        out.report(Place::answer(&field.name, field.span), message);
        return;
    }
    let content = cx.response.and_then(|r| r.content.as_ref()).map(|c| c.text.to_ascii_lowercase()).unwrap_or_default();
    let said = ["rate limit", "rate_limit", "ratelimit", "too many requests", "request limit exceeded"]
        .iter()
        .find(|w| content.contains(**w));
    if let Some(said) = said {
        let place = cx.response.and_then(|r| r.content.as_ref()).and_then(|c| c.span);
        out.report(Place::part(Part::Response, place), format!("The 403 speaks of \"{said}\"."));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "rate-limit-as-403",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\nretry-after: 5\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\nx-ratelimit-remaining: 0\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\nA: b\n\n{\"message\":\"API rate limit exceeded\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "rate-limit-as-403",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 429 X\nretry-after: 5\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\nA: b\n\n{\"message\":\"no\"}",
            ],
        );
    }
}
