//! The URL has a fragment, which is not sent.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "url-fragment",
    severity: Severity::Hint,
    title: "the URL has a fragment, which is not sent",
    why: "What follows `#` stays in the client; the server never sees it.",
    fix: "Take it away, or write `%23` where the character is meant.",
    source: "RFC 9110, section 7.1",
    example: native_only(
        "GET https://api.openai.com/v1/models#list HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(fragment) = cx.target.fragment.filter(|_| cx.provider.is_public_api()) {
        out.report(
            Place::part(Part::Url, cx.url_span(fragment)),
            format!("`#{}` is not sent.", words::shown(fragment, 40)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "url-fragment",
            &[
                "GET https://api.openai.com/v1/models#list HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "url-fragment",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://relay.example/#/x HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
