//! The Accept header does not admit what the endpoint answers.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "accept-excludes-answer",
    severity: Severity::Hint,
    title: "the Accept header does not admit what the endpoint answers",
    why: "The endpoint answers JSON, or events where `stream` is true; a client or a gateway that holds to Accept refuses such an answer.",
    fix: "Leave the Accept header out, or send `Accept: */*`.",
    source: "RFC 9110, section 12.5.1",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nAccept: text/html\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

/// How the paths end at which every provider answers JSON, or events of a stream; others may answer sound, pictures or files.
const PATHS: [&str; 7] =
    ["/chat/completions", "/completions", "/responses", "/messages", "/embeddings", "/moderations", "/v1/models"];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("accept") else { return };
    let api = cx.provider == Provider::OpenAi || cx.provider.is_foreign();
    let path = cx.target.path.trim_end_matches('/');
    if !api || !PATHS.iter().any(|end| path.ends_with(end)) {
        return;
    }
    let fields = cx.request_fields().iter().filter(|f| f.name.eq_ignore_ascii_case("accept"));
    let accepted: Vec<String> = fields.map(|f| f.value.to_ascii_lowercase()).collect();
    let accepted = accepted.join(",");
    // A body that is not shown may ask for a stream.
    let streams = cx.method() != "GET" && cx.json().is_none_or(|v| v.get("stream").is_some_and(|s| *s != false));
    let admits = admits(&accepted, "application", "json") || streams && admits(&accepted, "text", "event-stream");
    if !admits && !accepted.contains(['$', '{']) && accepted.contains(|c: char| c != ',' && c != ' ') {
        let due = if streams { "neither JSON nor events" } else { "no JSON" };
        let message = format!("`Accept: {}` admits {due}.", words::shown(field.value.trim(), 60));
        out.report(Place::header("Accept", field.span), message);
        out.mend(cx, field.span, field.value.trim(), "*/*");
    }
}

/// True where the most specific of the media ranges that match has a weight above 0; parameters do not count.
fn admits(accepted: &str, kind: &str, subtype: &str) -> bool {
    let mut quoted = false;
    let ranges = accepted.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    let matching = ranges.filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let specific = match parts.next()?.split_once('/') {
            Some((k, s)) if k == kind && s == subtype => 2,
            Some((k, "*")) if k == kind => 1,
            // Java sends a single `*` as well.
            Some(("*", "*")) | None if range.trim_start().starts_with('*') => 0,
            _ => return None,
        };
        let weight = parts.find_map(|p| p.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        Some((specific, weight.map_or(true, |w| w > 0.0)))
    });
    matching.max().is_some_and(|(_, wanted)| wanted)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    const RULE: &str = "accept-excludes-answer";

    fn accepting(value: &str) -> String {
        chat(&["Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nAccept: ", value].concat())
    }

    fn streaming(value: &str) -> String {
        accepting(value).replace("{\"model\"", "{\"stream\":true,\"model\"")
    }

    #[test]
    fn fires_on_the_defect() {
        for value in [
            "text/html",
            "image/png, application/xml",
            "text/*",
            "text/event-stream",
            "application/json;q=0",
            "*/*, application/json; charset=utf-8; q=0.000",
            "text/html;x=\"a,application/json\"",
            "json",
        ] {
            fires(RULE, &[&accepting(value)]);
        }
        fires(RULE, &[&streaming("text/html"), &streaming("text/event-stream;q=0")]);
        for url in [
            "https://opencode.ai/zen/v1/chat/completions",
            "https://api.anthropic.com/v1/messages",
            "https://acme.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
        ] {
            fires(RULE, &[&accepting("text/html").replace("https://api.openai.com/v1/chat/completions", url)]);
        }
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        for value in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/*",
            "text/html, image/gif, *; q=.2",
            "text/html;q=0, */*;q=0.1",
            "application/*;q=0, application/json",
            "application/json;q=high",
            "$TYPE",
            "",
            ",",
        ] {
            silent(RULE, &[&accepting(value)]);
        }
        silent(RULE, &[&streaming("text/event-stream"), &streaming("text/*"), &streaming("application/json")]);
        for url in [
            "https://chatgpt.com/backend-api/responses",
            "https://platform.openai.com/v1/models",
            "https://openrouter.ai/models",
            "https://api.openai.com/v1/audio/speech",
            "https://relay.example.com/v1/chat/completions",
        ] {
            silent(RULE, &[&accepting("text/html").replace("https://api.openai.com/v1/chat/completions", url)]);
        }
        silent(RULE, &[&chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}")]);
    }
}
