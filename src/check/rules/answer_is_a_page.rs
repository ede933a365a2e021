//! A page came back in the place of JSON.

use crate::check::provider::Provider;
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "answer-is-a-page",
    severity: Severity::Hint,
    title: "a page came back in the place of JSON",
    why: "The API answers errors as JSON; a page comes from something before it: an edge, a proxy, a sign-in.",
    fix: "Read the title of the page: it names who answered.",
    source: "RFC 9110, section 8.3",
    example: native_only(
        "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 Forbidden\nContent-Type: text/html; charset=UTF-8\n\n<!DOCTYPE html><title>Attention Required!</title>",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let api = matches!(
        cx.provider,
        Provider::OpenAi
            | Provider::Azure
            | Provider::Anthropic
            | Provider::Google
            | Provider::OpenRouter
            | Provider::Other(_)
    );
    let Some(field) =
        cx.answer_field("content-type").filter(|f| api && f.value.trim().to_ascii_lowercase().starts_with("text/html"))
    else {
        return;
    };
    if cx.status.is_none_or(|s| s >= 400) {
        out.report(
            Place::answer(&field.name, field.span),
            format!("{} answers JSON; this is `{}`.", cx.provider.title(), words::shown(field.value.trim(), 40)),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "answer-is-a-page",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\ncontent-type: text/html\n\n",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "answer-is-a-page",
            &[
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\ncontent-type: application/json\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 200 OK\ncontent-type: text/html\n\n",
                "GET https://api.openai.com/v1/models HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\n\nHTTP/1.1 403 X\n\n",
            ],
        );
    }
}
