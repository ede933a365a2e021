//! The host is a near miss of a real one.

use crate::check::Part;
use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "host-misspelt",
    severity: Severity::Warning,
    title: "the host is a near miss of a real one",
    why: "A slip in the host sends the key to somebody else or to nobody.",
    fix: "Write the host that the message names; if the key went out, replace it.",
    source: "https://platform.openai.com/docs/api-reference/introduction",
    example: native_only(
        "GET https://api.opeani.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
    ),
    run,
};

/// Hosts that people mean.
static MEANT: &[&str] = &[
    "api.openai.com",
    "api.anthropic.com",
    "openrouter.ai",
    "generativelanguage.googleapis.com",
    "api.groq.com",
    "api.deepseek.com",
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let host = cx.target.host;
    if cx.provider != Provider::Unknown || host.len() > 60 || host.contains(['$', '{', '%', '<']) {
        return;
    }
    let lower = host.to_ascii_lowercase();
    let near = MEANT.iter().find(|m| {
        let distance = words::distance(&lower, m);
        (1..=2).contains(&distance) && (distance == 1 || m.len() > 12)
    });
    let other = match lower.as_str() {
        "openai.api.com" | "api-openai.com" | "apis.openai.com" | "www.api.openai.com" | "api.openai.org"
        | "api.openai.net" | "api.openai" | "openai.com.api" => Some("api.openai.com"),
        "openai.azure.com" => Some("NAME.openai.azure.com"),
        _ => near.copied(),
    };
    if let Some(meant) = other {
        let message = format!("`{}` is no host of the API; was `{meant}` meant?", words::shown(host, 60));
        out.report(Place::part(Part::Url, cx.url_span(host)), message);
        if !meant.starts_with("NAME") {
            out.mend(cx, cx.url_span(host), host, meant);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "host-misspelt",
            &[
                "GET https://api.opeani.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.co/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://apiopenai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://openai.azure.com/openai/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.antropic.com/v1/messages HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "host-misspelt",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://eu.api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai-relay.example/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://$HOST/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                &[
                    "GET https://",
                    &"a".repeat(9000),
                    "/v1 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                ]
                .concat(),
            ],
        );
    }
}
