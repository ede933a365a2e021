//! Cloudflare demands a challenge that no API client can solve.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "edge-challenge",
    severity: Severity::Warning,
    title: "Cloudflare demands a challenge that no API client can solve",
    why: "The answer comes from the edge, before the API: it wants a browser that runs its script. The key was not looked at.",
    fix: "Call from another network than a VPN or a hosting provider, and send the headers of an ordinary client; who runs the site can except the API from challenges.",
    source: "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 Forbidden\ncf-mitigated: challenge\nserver: cloudflare\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let Some(field) = cx.answer_field("cf-mitigated").filter(|f| f.value.trim().eq_ignore_ascii_case("challenge")) {
        out.report(
            Place::answer(&field.name, field.span),
            "`cf-mitigated: challenge` marks the answer as a challenge page.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "edge-challenge",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\nCF-Mitigated: Challenge\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "edge-challenge",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\ncf-mitigated: none\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\ncf-ray: challenge\n\n",
            ],
        );
    }
}
