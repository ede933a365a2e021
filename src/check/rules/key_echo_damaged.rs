//! The server shows that something else than a key arrived.

use crate::check::Part;
use crate::check::target::within;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::span::Span;

pub(super) static RULE: Rule = Rule {
    id: "key-echo-damaged",
    severity: Severity::Error,
    title: "the server shows that something else than a key arrived",
    why: "OpenAI's answer shows the ends of what it was sent as the key; that is evidence of what the program really sent.",
    fix: "Mend the setting that the program reads the key from, and look at what it sends.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"error\":{\"message\":\"Incorrect API key provided: undefined. You can find your API key at https://platform.openai.com/account/api-keys.\",\"code\":\"invalid_api_key\"}}",
    ),
    run,
};

const PHRASE: &str = "Incorrect API key provided:";

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some((at, rest)) = cx.find_in_answer(PHRASE) else { return };
    let echo = echo(rest.get(PHRASE.len()..).unwrap_or_default());
    let Some(what) = what(echo) else { return };
    let start = at + PHRASE.len() + rest.get(PHRASE.len()..).and_then(|r| within(r, echo)).unwrap_or_default();
    let place = Place::part(Part::Response, Some(Span::new(start, start + echo.len())));
    out.report(place, format!("The server got `{}` as the key: {what}.", words::shown(&echo.replace('\\', ""), 50)));
}

/// What the message shows, up to the sentence after it.
fn echo(rest: &str) -> &str {
    let line = rest.lines().next().unwrap_or_default();
    let end = [". You", ". Find", "\\n"].iter().filter_map(|e| line.find(e)).min().unwrap_or(line.len());
    let echo = line.get(..end).unwrap_or(line).trim();
    let short = echo.char_indices().nth(120).and_then(|(at, _)| echo.get(..at)).unwrap_or(echo);
    short.trim_end_matches(['.', ' '])
}

fn what(echo: &str) -> Option<&'static str> {
    let bare = echo.trim_start_matches('\\');
    let lower = bare.to_ascii_lowercase();
    let starts = |words: &[&str]| words.iter().any(|w| lower.starts_with(w));
    Some(if bare.is_empty() || bare == "''" {
        "nothing at all"
    } else if words::nothing_word(bare).is_some() {
        "the program's word for a value that it does not have"
    } else if bare.starts_with(['"', '\'', '`']) && bare.len() > 2 || bare.chars().any(words::is_smart_quote) {
        "quotes are part of it"
    } else if starts(&["$", "%", "{"]) && !starts(&["{{redacted"]) || starts(&["process.", "os.env"]) {
        "a variable that nothing expanded"
    } else if starts(&["bearer"]) {
        "the scheme is part of it, so it is sent twice"
    } else if starts(&["http"]) {
        "a URL stands where the key belongs"
    } else if starts(&["org-", "proj_"]) {
        "the id of an organization or project stands where the key belongs"
    } else if starts(&["sk-ant", "sk-or-", "gsk_", "aiza", "xai-", "hf_", "pplx", "nvapi", "ghp_"]) {
        "it begins like a key of another provider"
    } else if starts(&["eyj"]) {
        "it begins like a JSON Web Token"
    } else if starts(&[
        "<", "[", "your", "openai", "api_key", "api-key", "my_", "my-", "user_pro", "sk-your", "insert", "xxx", "enter",
    ]) {
        "text from an example or the name of a setting"
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-echo-damaged",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: undefined. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: \\\"sk-proj-***abcd\\\". You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: YOUR_API*****_KEY. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: Bearer ****abcd. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: OPENAI_A**_KEY. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: $OPENAI_*****_KEY. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: https://****. You can find your API key at x\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-echo-damaged",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: sk-proj-********abcd. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: {{redacted:openai-key:51-0123456789ab}}. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\n{\"message\":\"Incorrect API key provided: sk-ab***wxyz. You can find your API key at x\"}",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\n\n",
                &["GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided:", &"a".repeat(9000)].concat(),
            ],
        );
    }
}
