//! The server was sent another key than the one shown here.

use crate::check::Part;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::span::Span;

pub(super) static RULE: Rule = Rule {
    id: "key-echo-of-another-key",
    severity: Severity::Warning,
    title: "the server was sent another key than the one shown here",
    why: "The ends that the answer shows are not those of the key in the request: another process, another setting or a proxy puts its own key in.",
    fix: "Look for a second place where a key is set: the environment of the service, a `.env` file, the configuration of the tool, a proxy.",
    source: "https://platform.openai.com/docs/guides/error-codes/api-errors",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"error\":{\"message\":\"Incorrect API key provided: sk-svcac****abcd. You can find your API key at x\"}}",
    ),
    run,
};

/// Beginnings of keys, as a masked key shows them, and the kind that each belongs to.
static STARTS: &[(&str, &str)] = &[
    ("sk-proj-", "openai-project-key"),
    ("sk-svcac", "openai-service-account-key"),
    ("sk-admin", "openai-admin-key"),
    ("sk-ant-", "anthropic-key"),
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let phrase = "Incorrect API key provided:";
    let Some((at, rest)) = cx.find_in_answer(phrase) else { return };
    let shown = rest.get(phrase.len()..).unwrap_or_default().trim_start();
    let echo: &str = shown.split([' ', '"', '\'', '\n']).next().unwrap_or_default().trim_end_matches('.');
    if !echo.contains("**") || echo.len() > 300 {
        return;
    }
    let Some(mark) = cx.credentials.iter().find_map(|c| c.mark()) else { return };
    let told = cx.masked.iter().find(|m| m.shown == echo).and_then(|m| m.matches) == Some(false);
    let kind = STARTS.iter().find(|(start, _)| echo.starts_with(start)).map(|(_, kind)| *kind);
    let known = STARTS.iter().any(|(_, kind)| *kind == mark.kind);
    let other_kind = kind.is_some_and(|k| k != mark.kind && known);
    let other_end = mark.last_four().is_some_and(|four| !echo.ends_with(four) && !echo.ends_with('*'));
    if told || other_kind || other_end {
        let place = Place::part(Part::Response, Some(Span::new(at, at + phrase.len() + 1 + echo.len())));
        let message = format!(
            "The server was sent `{}`, and the key of the request (`{}`) does not fit that.",
            words::shown(echo, 60),
            mark.kind
        );
        out.report(place, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "key-echo-of-another-key",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided: sk-svcac****abcd.",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab.wxyz}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided: sk-proj-****abcd.",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "key-echo-of-another-key",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided: sk-proj-****abcd.",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab.abcd}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided: sk-proj-****abcd.",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided: undefined",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 401 X\nA: b\n\nIncorrect API key provided: **",
            ],
        );
    }
}
