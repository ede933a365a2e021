//! The body is no valid JSON.

use crate::check::json::{self, Body};
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "json-broken",
    severity: Severity::Error,
    title: "the body is no valid JSON",
    why: "The server cannot read the body at all: 400, \"We could not parse the JSON body of your request\".",
    fix: "Mend the body at the place shown. On a command line put it into a file and send `-d @body.json`, so that no shell touches its quotes.",
    source: "RFC 8259, section 2",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\": \"gpt-4o\", \"messages\": [],}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Body::Broken(slip) = &cx.body else { return };
    // A log or a dump prints bodies in a notation of its own.
    if cx.whole {
        let stop = if slip.what.ends_with('?') { "" } else { "." };
        let message = format!("The JSON breaks in line {}, column {}: {}{stop}", slip.line, slip.column, slip.what);
        out.report(Place::body("", cx.body_span(slip.at)), message);
        let content = cx.request.and_then(|r| r.content.as_ref());
        let rest = content.and_then(|c| c.text.get(slip.at..)).unwrap_or_default();
        if let Some((from, to)) = json::mend(rest) {
            // In double quotes a straight quote would need a backslash.
            let bare = content.and_then(|c| c.span).is_some_and(|s| cx.quote_around(s) != Some('"'));
            if bare || to != "\"" {
                out.mend_body(cx, cx.body_span(slip.at), from, to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, of, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "json-broken",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"a\": 1,}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{'a': 1}",
                "POST https://relay.example/v1/x HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"a\": None}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "json-broken",
            &[
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"n\": $N}",
                "POST https://api.openai.com/v1/responses\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n@body.json",
                "POST https://a.example/\nContent-Type: text/plain\n\nhello",
            ],
        );
    }

    #[test]
    fn the_place_is_that_of_the_slip_in_the_paste() {
        let found = of(
            "json-broken",
            "POST https://api.openai.com/v1/responses\nContent-Type: application/json\n\n{\n  \"model\": None\n}",
        );
        assert_eq!(found.first().map(|f| (f.1, f.2)), Some((5, 12)));
    }
}
