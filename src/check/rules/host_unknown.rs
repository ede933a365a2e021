//! The host is none of the known providers.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "host-unknown",
    severity: Severity::Hint,
    title: "the host is none of the known providers",
    why: "A relay or gateway may have rules of its own; only what holds for every HTTP API is checked.",
    fix: "Ask whoever runs the host, and try the same request at the provider itself.",
    source: "RFC 9110, section 3.7",
    example: native_only(
        "GET https://relay.example/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let host = cx.target.host;
    let real = host.contains('.') && !host.contains(['$', '{', '%', '<', ' ', '*']);
    // Something that calls itself after OpenAI's paths, or carries a key: a relay. Other addresses are not looked at.
    let api = ["/chat/completions", "/v1/", "/responses", "/embeddings"].iter().any(|p| cx.target.path.contains(p));
    if cx.provider == Provider::Unknown && real && api {
        out.report(
            Place::part(Part::Url, cx.url_span(host)),
            format!("`{}` is a relay or gateway that why403 does not know.", words::shown(host, 60)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "host-unknown",
            &[
                "GET https://relay.example/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "host-unknown",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://$HOST/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://example.com/ HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
