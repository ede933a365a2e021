//! A part of the path stands twice in a row.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Part, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "path-part-doubled",
    severity: Severity::Error,
    title: "a part of the path stands twice in a row",
    why: "The base URL holds a part that the library adds as well, so the path leads nowhere: 404.",
    fix: "Take the part out of the base URL that is set, or out of the path.",
    source: "https://github.com/openai/openai-python#microsoft-azure-openai",
    example: native_only(
        "POST https://acme.openai.azure.com/openai/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: {{redacted:api-key:32-0123456789ab}}\nContent-Type: application/json\n\n{\"messages\":[]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    // `/v1/v1` has a rule of its own; of a host that is not known, nothing is known.
    if !cx.provider.is_public_api()
        || matches!(cx.provider, Provider::ChatGptWeb | Provider::OpenAiPage | Provider::Aws)
    {
        return;
    }
    let segments: Vec<&str> = cx.target.segments().take(40).collect();
    for length in 1..=3 {
        for pair in segments.windows(2 * length) {
            let (first, second) = pair.split_at(length);
            let plain = first.iter().all(|s| s.len() > 2 && s.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            if first == second && plain {
                let part = ["/", &first.join("/")].concat();
                let message = ["The path holds `", &words::shown(&part, 60), "` twice in a row."];
                out.report(Place::part(Part::Url, cx.url_span(cx.target.path)), message.concat());
                out.mend(cx, cx.url_span(cx.target.path), &[part.as_str(), &part].concat(), &part);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "path-part-doubled",
            &[
                "POST https://api.openai.com/v1/chat/completions/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://openrouter.ai/api/v1/models/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "path-part-doubled",
            &[
                "POST https://api.openai.com/v1/v1/models\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET https://api.openai.com/v1/threads/thread_a/runs/run_b\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET https://relay.example/a/openai/openai/x\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET https://api.openai.com/v1/models/{{redacted:secret}}/{{redacted:secret}}\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
            ],
        );
    }
}
