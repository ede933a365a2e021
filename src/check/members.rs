//! Members of a body that the published schemas admit and that yet do not go with its model, with its endpoint or with each other.

use super::words;
use super::{Context, Findings, Place, Severity};
use crate::check::provider::Provider;
use serde_json::Value;

/// Paths below `/v1`, models, member, values that go, severity, what is right, source. Models are prefixes of their names; `!`
/// stands before a part that an exception's name holds. What is right starts with `=` where the member has another name, and
/// with `effort:` where it is wrong only beside a reasoning effort.
static MODELS: &str = include_str!("models.tsv");

/// The path below `/v1` whose body this is, at OpenAI or at Azure.
fn path<'a>(cx: &Context<'a>) -> Option<&'a str> {
    if cx.provider != Provider::Azure {
        return cx.endpoint;
    }
    let below = cx.target.path.strip_prefix("/openai")?;
    if let Some(rest) = below.strip_prefix("/v1") {
        return Some(rest);
    }
    let deployment = below.strip_prefix("/deployments/")?;
    deployment.find('/').and_then(|at| deployment.get(at..))
}

/// Reports what does not go with the body's model; `whole` says whether that is the model itself, which another endpoint serves.
pub fn for_model(cx: &Context<'_>, out: &mut Findings<'_>, whole: bool) {
    let (Some(path), Some(body)) = (path(cx), cx.members()) else { return };
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let Some(model) = text("model").filter(|_| cx.whole) else { return };
    let lower = model.to_ascii_lowercase();
    for line in MODELS.lines() {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (paths, models, member, right, severity, what, source) =
            (next(), next(), next(), next(), next(), next(), next());
        if (member == "model") != whole || !paths.split(' ').any(|p| p == path) || !is_of(&lower, models) {
            continue;
        }
        let Some(given) = body.get(member).filter(|v| !v.is_null()) else { continue };
        let written = given.to_string();
        let bare = written.trim_matches('"');
        if right.split(' ').any(|r| r == bare) || words::variable(bare).is_some() {
            continue;
        }
        let what = match what.strip_prefix("effort:") {
            Some(_) if effort(body).is_none_or(|e| e == "none") => continue,
            Some(what) => what,
            None => what,
        };
        let renamed = what.strip_prefix('=');
        let say = renamed.map_or_else(|| what.to_owned(), |name| ["use `", name, "`"].concat());
        let shown = words::shown(model, 40);
        let message = match whole {
            true => ["The model is `", &shown, "`: ", &say, "."],
            false => ["`", member, "` does not go with the model `", &shown, &["`: ", &say, "."].concat()],
        };
        let severity = match severity {
            _ if cx.status == Some(400) || (whole && cx.status == Some(404)) => Severity::Error,
            // A deployment may bear any model's name.
            _ if cx.provider == Provider::Azure => Severity::Hint,
            "E" => Severity::Error,
            "W" => Severity::Warning,
            _ => Severity::Hint,
        };
        let pointer = ["/", member].concat();
        let span = cx.member_span(&pointer, !whole);
        out.report_as(severity, Place::body(pointer.clone(), span), message.concat());
        out.source(source);
        match renamed.filter(|name| body.get(*name).is_none()) {
            Some(name) => out.mend_body(cx, span, member, name),
            None if !whole => out.mend_without(cx, &pointer),
            None => {}
        }
    }
}

/// The effort that a body asks for, in the form of either API.
fn effort(body: &Value) -> Option<&str> {
    body.get("reasoning_effort").or_else(|| body.pointer("/reasoning/effort")).and_then(Value::as_str)
}

fn is_of(model: &str, models: &str) -> bool {
    let (not, prefixes): (Vec<&str>, Vec<&str>) = models.split(' ').partition(|m| m.starts_with('!'));
    prefixes.iter().any(|p| model.starts_with(p)) && !not.iter().any(|n| n.get(1..).is_some_and(|n| model.contains(n)))
}

/// Paths, member, its value (any where empty), the member that it needs, that one's value; `!` before a member that must be
/// absent. The sentences are those of OpenAI's document and of its errors.
static PAIRS: &[(&str, &str, &str, &str, &str)] = &[
    ("/chat/completions", "top_logprobs", "", "logprobs", "true"),
    ("/chat/completions /completions", "stream_options", "", "stream", "true"),
    ("/chat/completions", "tool_choice", "", "tools", ""),
    ("/chat/completions", "parallel_tool_calls", "", "tools", ""),
    ("/chat/completions", "function_call", "", "functions", ""),
    ("/chat/completions", "max_tokens", "", "!max_completion_tokens", ""),
    ("/audio/transcriptions", "timestamp_granularities", "", "response_format", "verbose_json"),
    ("/responses", "previous_response_id", "", "!conversation", ""),
    ("/responses", "background", "true", "!store", "false"),
    ("/images/generations", "partial_images", "", "stream", "true"),
];

/// Reports members that need another one, or exclude one.
pub fn together(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(path), Some(body)) = (path(cx).filter(|_| cx.whole), cx.members()) else { return };
    let get = |name: &str| body.get(name).filter(|v| !v.is_null());
    let is = |value: &Value, wanted: &str| {
        wanted.is_empty() || value.to_string().trim_matches('"').eq_ignore_ascii_case(wanted)
    };
    for (paths, member, value, other, due) in PAIRS {
        if !paths.split(' ').any(|p| p == path) || !get(member).is_some_and(|v| is(v, value)) {
            continue;
        }
        let (name, absent) = other.strip_prefix('!').map_or((*other, false), |name| (name, true));
        if get(name).is_some_and(|v| is(v, due)) != absent {
            continue;
        }
        let value = if due.is_empty() { String::new() } else { [": ", due].concat() };
        let word = if absent { "` excludes `" } else { "` needs `" };
        let pointer = ["/", member].concat();
        let span = cx.member_span(&pointer, true);
        out.report_confirmed(cx, &[400], Place::body(pointer, span), ["`", member, word, name, &value, "`."].concat());
    }
    json_unsaid(cx, out, path, body);
}

/// The JSON mode demands that the messages speak of JSON.
fn json_unsaid(cx: &Context<'_>, out: &mut Findings<'_>, path: &str, body: &Value) {
    let (format, texts): (&str, &[&str]) = match path {
        "/chat/completions" => ("/response_format/type", &["messages"]),
        "/responses" => ("/text/format/type", &["input", "instructions"]),
        _ => return,
    };
    if body.pointer(format).and_then(Value::as_str) != Some("json_object") || body.get("prompt").is_some() {
        return;
    }
    let said = texts.iter().filter_map(|t| body.get(*t)).any(|v| {
        let text = v.to_string();
        // What a variable holds is not known.
        text.to_ascii_lowercase().contains("json") || text.contains("{{") || words::variable(&text).is_some()
    });
    if !said && body.get("previous_response_id").is_none() && body.get("conversation").is_none() {
        let message = "`json_object` demands that the word JSON stands in the messages.";
        out.report_confirmed(cx, &[400], Place::body(format, cx.member_span(format, false)), message);
    }
}

/// Path, member of another endpoint's body, and what it is called here: a name, or words.
static MOVED: &[(&str, &str, &str)] = &[
    ("/responses", "messages", "input"),
    ("/responses", "max_tokens", "max_output_tokens"),
    ("/responses", "max_completion_tokens", "max_output_tokens"),
    ("/responses", "response_format", "text.format"),
    ("/responses", "reasoning_effort", "reasoning.effort"),
    ("/responses", "verbosity", "text.verbosity"),
    ("/responses", "functions", "tools"),
    ("/responses", "function_call", "tool_choice"),
    ("/responses", "system", "instructions"),
    ("/chat/completions", "input", "messages"),
    ("/chat/completions", "prompt", "messages"),
    ("/chat/completions", "contents", "messages"),
    ("/chat/completions", "max_output_tokens", "max_completion_tokens"),
    ("/chat/completions", "max_tokens_to_sample", "max_completion_tokens"),
    ("/chat/completions", "reasoning", "reasoning_effort"),
    ("/chat/completions", "text", "response_format"),
    ("/chat/completions", "stop_sequences", "stop"),
    ("/chat/completions", "system", "a message of the role `system`"),
    ("/chat/completions", "instructions", "a message of the role `developer`"),
    ("/chat/completions", "previous_response_id", "the earlier `messages`"),
    ("/embeddings", "text", "input"),
    ("/embeddings", "texts", "input"),
    ("/embeddings", "prompt", "input"),
    ("/moderations", "text", "input"),
    ("/audio/speech", "text", "input"),
    ("/images/generations", "text", "prompt"),
];

/// What a member that this endpoint does not know is called here.
pub fn moved(cx: &Context<'_>, member: &str) -> Option<&'static str> {
    let path = cx.endpoint?;
    MOVED.iter().find(|(p, old, _)| *p == path && *old == member).map(|(_, _, new)| *new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        for line in MODELS.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 7, "{line}");
            assert!(columns[6].starts_with("https://") && ["E", "W", "H"].contains(&columns[4]), "{line}");
            let known = |path: &str| !crate::check::endpoints::at(path).is_empty();
            assert!(columns[0].split(' ').all(known), "{line}");
        }
        assert!(PAIRS.iter().all(|p| p.0.starts_with('/')) && MOVED.iter().all(|m| m.0.starts_with('/')));
    }

    #[test]
    fn models_by_prefix_and_exception() {
        assert!(is_of("gpt-5-mini", "gpt-5 !gpt-5. !chat"));
        assert!(!is_of("gpt-5.4", "gpt-5 !gpt-5. !chat") && !is_of("gpt-5-chat-latest", "gpt-5 !gpt-5. !chat"));
        assert!(!is_of("", "o1") && !is_of("ft:gpt-4o:x", "gpt-4"));
    }
}
