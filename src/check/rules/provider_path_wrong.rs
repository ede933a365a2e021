//! The provider's endpoints stand below another path.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Part, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "provider-path-wrong",
    severity: Severity::Warning,
    title: "the provider's endpoints stand below another path",
    why: "Each provider that speaks like OpenAI puts its endpoints below a path of its own; elsewhere the answer is 404, or a page.",
    fix: "Set the base URL to the one that the message names.",
    source: "https://openrouter.ai/docs/quickstart",
    example: native_only(
        "POST https://openrouter.ai/v1/chat/completions HTTP/1.1\nAuthorization: Bearer $OPENROUTER_API_KEY\nContent-Type: application/json\n\n{\"model\":\"openai/gpt-4o\",\"messages\":[]}",
    ),
    run,
};

/// Those that are no [`Provider::Other`]: what may stand before `/chat/completions`, and where that is documented.
static BASES: &[(Provider, &str, &str)] = &[
    (Provider::OpenRouter, "/api/v1", "https://openrouter.ai/docs/quickstart"),
    (Provider::Anthropic, "/v1", "https://docs.anthropic.com/en/api/openai-sdk"),
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let named =
        BASES.iter().find(|(provider, ..)| *provider == cx.provider).map(|(_, bases, source)| (*bases, *source));
    let known = || cx.provider.known().filter(|known| !known.bases.is_empty()).map(|known| (known.bases, known.source));
    let Some((bases, source)) = named.or_else(known) else { return };
    let path = cx.target.path;
    let endpoint = if cx.provider == Provider::Anthropic && path.ends_with("/messages") {
        "/messages"
    } else {
        "/chat/completions"
    };
    let Some(base) = path.strip_suffix(endpoint) else { return };
    let right = |known: &str| if known == "-" { base.is_empty() } else { known == base };
    if bases.split(' ').any(right) || words::variable(base).is_some() {
        return;
    }
    let best = bases.split(' ').next().unwrap_or_default().trim_start_matches('-');
    let due = [best, endpoint].concat();
    let message = ["`", &words::shown(path, 60), "` is no path of ", cx.target.host, "; it is `", &due, "`."].concat();
    out.report_confirmed(cx, &[404, 405], Place::part(Part::Url, cx.url_span(path)), message);
    out.source(source);
    out.mend(cx, cx.url_span(path), path, &due);
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "provider-path-wrong",
            &[
                "POST https://api.groq.com/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://api.anthropic.com/messages\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://openrouter.ai/api/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "provider-path-wrong",
            &[
                "POST https://api.groq.com/openai/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://api.deepseek.com/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://openrouter.ai/api/v1/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "GET https://openrouter.ai/docs\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://api.anthropic.com/v1/messages\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
                "POST https://relay.example/chat/completions\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n",
            ],
        );
    }
}
