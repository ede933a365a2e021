//! A header name is a near miss of one that matters.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "header-name-misspelt",
    severity: Severity::Warning,
    title: "a header name is a near miss of one that matters",
    why: "Servers ignore headers that they do not know, so the request goes out as if the header were not there.",
    fix: "Write the name as the message has it.",
    source: "RFC 9110, section 5.1",
    example: native_only("GET https://api.openai.com/v1/models HTTP/1.1\nAuthorisation: Bearer $OPENAI_API_KEY\n"),
    run,
};

/// Names that matter. Of two near ones, neither is a slip of the other.
static MEANT: &[&str] = &[
    "Authorization",
    "Content-Type",
    "OpenAI-Organization",
    "OpenAI-Project",
    "OpenAI-Beta",
    "anthropic-version",
    "anthropic-beta",
    "x-api-key",
    "api-key",
    "x-goog-api-key",
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if !cx.provider.is_public_api() {
        return;
    }
    for field in cx.request_fields() {
        let name = field.name.trim();
        let lower = name.to_ascii_lowercase();
        let known =
            MEANT.iter().any(|m| m.eq_ignore_ascii_case(name)) || matches!(lower.as_str(), "proxy-authorization");
        if known || !(6..=24).contains(&name.len()) {
            continue;
        }
        let plain = lower.replace(['_', '-', ' '], "");
        let near = |meant: &&&str| {
            let meant = meant.to_ascii_lowercase().replace('-', "");
            words::distance(&plain, &meant) <= if meant.len() > 9 { 2 } else { 0 }
        };
        let meant = if plain == "authentication" { Some(&"Authorization") } else { MEANT.iter().find(near) };
        if let Some(meant) = meant.filter(|m| cx.field(m).is_none()) {
            let message = ["`", &words::shown(name, 40), "` is a header that nobody reads; was `", meant, "` meant?"];
            out.report_confirmed(cx, &[400, 401, 403, 415], Place::header(&field.name, field.span), message.concat());
            out.mend(cx, field.span, name, meant);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "header-name-misspelt",
            &[
                "GET https://api.openai.com/v1/models\nAuthentication: Bearer $K",
                "POST https://api.openai.com/v1/models\nAuthorization: Bearer $K\nContent_Type: application/json",
                "GET https://x.openai.azure.com/openai/v1/models\napi_key: $K",
                "GET https://api.openai.com/v1/models\nOpen-AI-Organisation: org-a",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "header-name-misspelt",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET https://api.openai.com/v1/models\nContent-Language: en\nContent-Range: a\nX-Request-Id: b\nAuthority: x",
                "GET https://relay.example/\nAuthorisation: a",
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer $K\nProxy-Authorization: Basic x",
            ],
        );
    }
}
