//! The failing request reduced to what matters, as a command of curl for bash: method, address, the provider's own header
//! for the key with a variable in it, and the smallest content that the endpoint takes for the same model.
//!
//! It is made of the redacted request; a part in which something was redacted is left out, or there is no command.

use super::facts::{host, is_host, path};
use crate::check::provider::{Provider, variable};
use crate::intake::{Exchange, Request};
use serde_json::Value;

/// The smallest content for the paths that end so; `$` is the model. <https://developers.openai.com/api/reference/overview>,
/// <https://docs.anthropic.com/en/api/messages>, <https://ai.google.dev/api/generate-content>.
const SMALLEST: [(&str, &str); 13] = [
    ("/chat/completions", r#"{"model":$,"messages":[{"role":"user","content":"Hi"}]}"#),
    ("/responses", r#"{"model":$,"input":"Hi"}"#),
    ("/completions", r#"{"model":$,"prompt":"Hi"}"#),
    ("/embeddings", r#"{"model":$,"input":"Hi"}"#),
    ("/moderations", r#"{"input":"Hi"}"#),
    ("/images/generations", r#"{"model":$,"prompt":"A cat"}"#),
    ("/audio/speech", r#"{"model":$,"input":"Hi","voice":"alloy"}"#),
    ("/messages", r#"{"model":$,"max_tokens":1,"messages":[{"role":"user","content":"Hi"}]}"#),
    (":generateContent", r#"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"#),
    (":streamGenerateContent", r#"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}"#),
    ("/api/chat", r#"{"model":$,"messages":[{"role":"user","content":"Hi"}],"stream":false}"#),
    ("/api/generate", r#"{"model":$,"prompt":"Hi","stream":false}"#),
    ("/threads", "{}"),
];

/// Fields beside the key that decide what the provider answers.
const KEPT: [&str; 6] =
    ["OpenAI-Organization", "OpenAI-Project", "OpenAI-Beta", "anthropic-version", "anthropic-beta", "Origin"];

/// The longest content that is repeated as it was sent.
const LONGEST: usize = 2_000;

/// The longest address or value that is repeated.
const LONGEST_PART: usize = 300;

/// The command that repeats the refused request; none where the text shows no request that can be repeated so.
pub(crate) fn command(exchange: &Exchange, model: Option<&str>) -> Option<String> {
    let request = exchange.request.as_ref()?;
    let provider = provider(request)?;
    let address = address(request)?;
    let status = exchange.response.as_ref().and_then(|r| r.status);
    let content = content(request, provider, model, status)?;
    let mut lines = vec!["curl -sS -i ".to_owned() + &quoted(&address)];
    let post = content.is_some();
    if !matches!(request.method.as_str(), "GET" | "") && (request.method != "POST" || !post) {
        lines.push("-X ".to_owned() + &quoted(&request.method));
    }
    lines.extend(credential(provider, request).map(|field| ["-H \"", &field, "\""].concat()));
    let version = || provider == Provider::Anthropic && request.fields.get("anthropic-version").is_none();
    for name in KEPT {
        let value = request.fields.value(name).filter(|v| plain(v));
        let value = value.or_else(|| (name == "anthropic-version" && version()).then_some("2023-06-01"));
        lines.extend(value.map(|v| "-H ".to_owned() + &quoted(&[name, ": ", v].concat())));
    }
    if let Some(content) = content {
        lines.push("-H 'Content-Type: application/json'".to_owned());
        lines.push("-d ".to_owned() + &quoted(&content));
    }
    Some(lines.join(" \\\n  "))
}

/// What curl needs to list the models of the service that was called, as far as it has such a list: the cheapest call that a key
/// can be tried with.
pub(super) fn models(request: &Request) -> Option<String> {
    let provider = provider(request)?;
    let (url, host) = (&request.url, host(&request.url));
    let scheme = if url.starts_with("http://") { "http://" } else { "https://" };
    let port = url.get(url.find(host)? + host.len()..).and_then(|rest| rest.strip_prefix(':'));
    let port = port.map_or(String::new(), |rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if digits.is_empty() { digits } else { ":".to_owned() + &digits }
    });
    let base = [scheme, host, &port].concat();
    let list = list(provider, url, host)?;
    let mut command = quoted(&(base + &list));
    if let Some(field) = credential(provider, request) {
        command.extend([" -H \"", &field, "\""]);
    }
    if provider == Provider::Anthropic {
        command.push_str(" -H 'anthropic-version: 2023-06-01'");
    }
    Some(command)
}

/// The path of the list of models.
fn list(provider: Provider, url: &str, host: &str) -> Option<String> {
    let list = match provider {
        Provider::Azure => "/openai/models?api-version=2024-10-21",
        Provider::Google if host.starts_with("generativelanguage") => "/v1beta/models",
        Provider::OpenRouter => "/api/v1/models",
        Provider::OpenAi | Provider::Anthropic | Provider::Local => "/v1/models",
        Provider::Unknown if path(url).contains("/v1/") => "/v1/models",
        Provider::Other(_) => {
            let best = provider.known()?.bases.split(' ').next().filter(|best| !best.is_empty())?;
            return Some([best.trim_start_matches('-'), "/models"].concat());
        }
        _ => return None,
    };
    Some(list.to_owned())
}

/// The base URL of a provider that is known by its host, as its documentation has it.
pub(super) fn base(request: &Request) -> Option<String> {
    let (host, provider) = (host(&request.url), provider(request)?);
    let list =
        list(provider, &request.url, host).filter(|_| provider.is_public_api() && provider != Provider::Azure)?;
    Some(["https://", host, list.strip_suffix("/models")?].concat())
}

/// True where the address is that of a call, not of a service.
pub(super) fn is_call(request: &Request) -> bool {
    SMALLEST.iter().any(|(end, _)| path(&request.url).ends_with(end))
}

/// Whose service was called; none where it takes no key that a variable could hold, or the address is none.
fn provider(request: &Request) -> Option<Provider> {
    let host = host(&request.url);
    let web = request.url.starts_with("https://") || request.url.starts_with("http://");
    let provider = Provider::of_host(host);
    let other = matches!(provider, Provider::ChatGptWeb | Provider::OpenAiPage | Provider::Aws);
    (web && is_host(host) && !other).then_some(provider)
}

/// The address without user information and without what a redaction touched; of the query, what is no credential.
fn address(request: &Request) -> Option<String> {
    let (scheme, rest) = request.url.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').map_or((rest, None), |(p, q)| (p, Some(q)));
    let (authority, path) = place.split_once('/').map_or((place, ""), |(a, p)| (a, p));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let mut address = [scheme, "://", authority, "/", path].concat();
    let secret = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        pair.contains("{{") || ["key", "token", "sig", "secret", "password"].iter().any(|w| name.contains(w))
    };
    let kept: Vec<&str> =
        query.into_iter().flat_map(|q| q.split('&')).filter(|p| !p.is_empty() && !secret(p)).collect();
    if !kept.is_empty() {
        address.extend(["?", &kept.join("&")]);
    }
    let written = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?@!&'()*+,;=%[]".contains(&b);
    // A host alone is mentioned in many a text that is about no call of it.
    let base = request.mentioned && path.trim_matches('/').len() < 3;
    (plain(&address) && !base && address.bytes().all(written) && !address.contains("..")).then_some(address)
}

/// The field that carries the key, with the variable that the provider's documentation uses. No variable of OpenAI's goes to a
/// host that is not known to be OpenAI's.
fn credential(provider: Provider, request: &Request) -> Option<String> {
    let bearer = |variable: &str| Some(["Authorization: Bearer $", variable].concat());
    match provider {
        Provider::OpenAi if request.url.contains("/organization/") => bearer("OPENAI_ADMIN_KEY"),
        Provider::OpenAi => bearer("OPENAI_API_KEY"),
        Provider::Azure if request.fields.get("authorization").is_some() => bearer("AZURE_OPENAI_AD_TOKEN"),
        Provider::Azure => Some("api-key: $AZURE_OPENAI_API_KEY".to_owned()),
        Provider::Anthropic => Some("x-api-key: $ANTHROPIC_API_KEY".to_owned()),
        Provider::Google if host(&request.url).contains("aiplatform") => bearer("(gcloud auth print-access-token)"),
        Provider::Google if request.url.contains("/openai/") => bearer("GEMINI_API_KEY"),
        Provider::Google => Some("x-goog-api-key: $GEMINI_API_KEY".to_owned()),
        Provider::OpenRouter => bearer("OPENROUTER_API_KEY"),
        Provider::Other(name) => bearer(&variable(name)),
        // Elsewhere, what the request sent; where that is not shown, what such a path asks for.
        _ => match ["x-api-key", "api-key", "x-goog-api-key"].iter().find(|n| request.fields.get(n).is_some()) {
            Some(name) => Some([name, ": $API_KEY"].concat()),
            None if request.fields.get("authorization").is_some() => bearer("API_KEY"),
            None if request.url.contains("/openai/deployments/") => Some("api-key: $API_KEY".to_owned()),
            None if provider == Provider::Unknown && request.url.contains("/v1/") => bearer("API_KEY"),
            None => None,
        },
    }
}

/// The content to send: none for a request that has none. No answer where one is needed and cannot be known.
#[expect(clippy::option_option, reason = "no content and no command are different things")]
fn content(request: &Request, provider: Provider, model: Option<&str>, status: Option<u16>) -> Option<Option<String>> {
    let path = path(&request.url).trim_end_matches('/');
    let sent = request.content.as_ref().map(|c| c.text.trim());
    let smallest = SMALLEST.iter().find(|(end, _)| path.ends_with(end)).map(|(_, content)| *content);
    let method = request.method.as_str();
    if method == "GET" || method == "DELETE" || method == "HEAD" || (method.is_empty() && smallest.is_none()) {
        return Some(None);
    }
    let json: Option<Value> = sent.and_then(|s| serde_json::from_str(s).ok());
    // What was wrong with the content can only be shown with it.
    let faulty = matches!(status, Some(400 | 413 | 415 | 422));
    let whole = sent.filter(|s| s.len() <= LONGEST && !s.contains("{{") && s.bytes().all(|b| b >= b' ' || b == b'\n'));
    if let Some(whole) = whole.filter(|_| faulty || smallest.is_none()) {
        return Some(Some(whole.to_owned()));
    }
    // Who may call is decided before the content is read.
    let Some(smallest) = smallest else { return Some(None) };
    // A deployment stands in the path.
    if path.contains("/deployments/") {
        return Some(Some(smallest.replace("\"model\":$,", "")));
    }
    let own = json.as_ref().and_then(|v| v.get("model")).and_then(Value::as_str);
    let known = own.or(model).filter(|m| plain(m) && m.len() < 100);
    let known = known.or_else(|| (provider == Provider::OpenAi && path.ends_with("s")).then_some("gpt-4o-mini"));
    if !smallest.contains('$') {
        return Some(Some(smallest.to_owned()));
    }
    Some(Some(smallest.replacen('$', &Value::from(known?).to_string(), 1)))
}

/// True for what may be repeated: one line, not too long, nothing redacted, no variable that was never filled in.
fn plain(value: &str) -> bool {
    let printable = value.bytes().all(|b| b > b' ' && b != 0x7f || b == b' ');
    !value.is_empty()
        && value.len() <= LONGEST_PART
        && printable
        && !value.contains("{{")
        && !value.contains(['<', '>', '$'])
}

/// A word of bash that stands for exactly this text.
fn quoted(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/@%+,".contains(&b)) {
        return text.to_owned();
    }
    ["'", &text.replace('\'', "'\\''"), "'"].concat()
}

#[cfg(test)]
mod tests {
    use crate::redact::{Raw, RedactOptions};

    fn of(text: &str) -> Option<String> {
        crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]).reproduce
    }

    /// What bash makes of a command: the words that curl would get.
    fn words(command: &str) -> Vec<String> {
        let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
        let out = std::process::Command::new("bash")
            .args(["-c", &script])
            .env_clear()
            .env("OPENAI_API_KEY", "KEY")
            .output()
            .expect("bash runs");
        assert!(out.status.success() && out.stderr.is_empty(), "{command}\n{}", String::from_utf8_lossy(&out.stderr));
        let words = String::from_utf8(out.stdout).expect("text");
        words.split_terminator('\0').map(str::to_owned).collect()
    }

    #[test]
    fn a_call_is_reduced_to_what_matters() {
        let paste = "curl -v --retry 3 'https://api.openai.com/v1/chat/completions?x=1' -H 'Authorization: Bearer sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKL' -H 'OpenAI-Project: proj_abc' -H 'X-Trace: 9' -d '{\"model\":\"gpt-4o\",\"temperature\":0.2,\"messages\":[{\"role\":\"user\",\"content\":\"my private words\"}]}'\n\nHTTP/2 403\n\n{\"error\":{\"message\":\"no\"}}";
        let command = of(paste).expect("a command");
        assert_eq!(
            words(&command),
            [
                "-sS",
                "-i",
                "https://api.openai.com/v1/chat/completions?x=1",
                "-H",
                "Authorization: Bearer KEY",
                "-H",
                "OpenAI-Project: proj_abc",
                "-H",
                "Content-Type: application/json",
                "-d",
                r#"{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#
            ]
        );
        assert!(!command.contains("private") && !command.contains("sk-proj"));
    }

    #[test]
    fn what_is_wrong_with_a_body_is_kept() {
        let paste = "curl https://api.openai.com/v1/chat/completions -H \"Authorization: Bearer $OPENAI_API_KEY\" -d \"{\\\"model\\\":\\\"gpt-4o\\\",\\\"mesages\\\":[\\\"it's\\\"]}\"\n\nHTTP/2 400\n\n{\"error\":{\"message\":\"no\"}}";
        let words = words(&of(paste).expect("a command"));
        assert_eq!(words.last().map(String::as_str), Some("{\"model\":\"gpt-4o\",\"mesages\":[\"it's\"]}"));
    }

    #[test]
    fn each_provider_has_its_own_field_and_variable() {
        for (request, wanted) in [
            (
                "curl https://acme.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21 -H 'api-key: x' -d '{}'",
                "-H \"api-key: $AZURE_OPENAI_API_KEY\"",
            ),
            (
                "curl https://api.anthropic.com/v1/messages -d '{\"model\":\"claude-3\"}'",
                "-H \"x-api-key: $ANTHROPIC_API_KEY\"",
            ),
            (
                "curl https://api.anthropic.com/v1/messages -d '{\"model\":\"claude-3\"}'",
                "-H 'anthropic-version: 2023-06-01'",
            ),
            (
                "curl https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent?key=AIzaSyA1234567890abcdefghijklmnopqrstu -d '{}'",
                "-H \"x-goog-api-key: $GEMINI_API_KEY\"",
            ),
            (
                "curl https://openrouter.ai/api/v1/chat/completions -d '{\"model\":\"a/b\"}'",
                "-H \"Authorization: Bearer $OPENROUTER_API_KEY\"",
            ),
            ("curl https://api.groq.com/openai/v1/models", "-H \"Authorization: Bearer $GROQ_API_KEY\""),
            ("curl https://relay.example.com/v1/models", "-H \"Authorization: Bearer $API_KEY\""),
            ("curl https://api.openai.com/v1/organization/projects", "-H \"Authorization: Bearer $OPENAI_ADMIN_KEY\""),
        ] {
            let command = of(&format!("{request}\n\nHTTP/1.1 403 Forbidden\n\n{{}}")).expect(request);
            assert!(command.contains(wanted), "{command}");
            assert!(!command.contains("AIza") && words(&command).len() > 3);
        }
    }

    #[test]
    fn an_upload_is_repeated_without_its_file() {
        let paste = "curl https://api.openai.com/v1/files -F purpose=batch -F file=@data.jsonl\n\nHTTP/2 401\n\n{}";
        let command = of(paste).expect("a command");
        assert!(command.contains("/v1/files \\\n  -X POST") && !command.contains("data.jsonl"), "{command}");
    }

    #[test]
    fn where_nothing_can_be_repeated_there_is_no_command() {
        for text in [
            "",
            "403 Forbidden",
            "curl https://chatgpt.com/backend-api/conversation -d '{}'\n\nHTTP/1.1 403 Forbidden",
            "curl https://$HOST/v1/models\n\nHTTP/1.1 403 Forbidden",
            "curl https://relay.example.com/v1/chat/completions -X POST\n\nHTTP/1.1 403 Forbidden",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_in_a_paste_gets_out_of_its_quotes() {
        for hostile in
            ["'; touch /tmp/x; '", "\"; touch x; \"", "`id`", "a'b\\'c", "!x", "*", "\u{2028}", "--data=@/etc/passwd"]
        {
            let paste = format!(
                "POST https://api.example.com/v1/chat/completions?q={hostile} HTTP/1.1\nOrigin: {hostile}\nContent-Type: application/json\n\n{}\n\nHTTP/1.1 403 Forbidden\n\n{{}}",
                serde_json::json!({ "model": hostile })
            );
            let Some(command) = of(&paste) else { continue };
            let words = words(&command);
            let options: Vec<_> = words.iter().filter(|w| w.starts_with('-')).collect();
            assert!(options.iter().all(|o| ["-sS", "-i", "-H", "-d", "-X"].contains(&o.as_str())), "{command}");
        }
    }
}
