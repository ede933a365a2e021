//! The one door through which tests of rules come: a paste in, findings out.

use super::{Finding, Severity, run};
use crate::intake::{self, Content, Exchange, Fields, InputKind, Intake, Request, Response};
use crate::span::{LineIndex, Span};

/// What the rules find in a paste: id, severity, message, line, column (0 where nothing is written).
pub(crate) fn check(text: &str) -> Vec<(&'static str, Severity, String, usize, usize)> {
    let lines = LineIndex::new(text);
    findings(text)
        .into_iter()
        .map(|f| {
            let at = f.place.span.map(|s| lines.position(text, s.start));
            (f.rule.id, f.severity, f.message, at.map_or(0, |p| p.line), at.map_or(0, |p| p.column))
        })
        .collect()
}

/// The findings of one rule: message, line, column.
pub(crate) fn of(rule: &str, text: &str) -> Vec<(String, usize, usize)> {
    check(text)
        .into_iter()
        .filter(|f| f.0 == rule)
        .map(|(_, _, message, line, column)| (message, line, column))
        .collect()
}

/// Asserts that one rule says nothing about any of these.
pub(crate) fn silent(rule: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(of(rule, text), [], "{text}");
    }
}

/// Asserts that a rule fires exactly once in each of these.
pub(crate) fn fires(rule: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(of(rule, text).len(), 1, "{text}\n{:?}", check(text));
    }
}

/// A POST of a well-formed chat request whose field lines are `fields`.
pub(crate) fn chat(fields: &str) -> String {
    format!(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\n{fields}\n\n{{\"model\":\"gpt-4o\",\"messages\":[{{\"role\":\"user\",\"content\":\"Hi\"}}]}}"
    )
}

/// Findings in a message in short notation, or in a paste of any kind.
pub(crate) fn findings(text: &str) -> Vec<Finding> {
    let intake = message(text).unwrap_or_else(|| intake::read_text(text));
    run(&intake, text, &[])
}

/// Reads `METHOD absolute-URL [HTTP/1.1]`, field lines, an empty line and the content; then perhaps an answer that starts
/// with `HTTP/`. Nothing is tidied up, so that damage reaches the rules as it is.
fn message(text: &str) -> Option<Intake> {
    let first = text.lines().next()?;
    let (method, url) = first.split_once(' ')?;
    let url = url.strip_suffix(" HTTP/1.1").unwrap_or(url);
    if !url.contains("://") || method.contains("curl") || !method.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let answer = text.match_indices("\nHTTP/").map(|(at, _)| at + 1).next();
    let asked = text.get(..answer.unwrap_or(text.len()))?;
    let url_start = method.len() + 1;
    let (fields, content) = parts(asked, first.len() + 1);
    let request = Request {
        method: method.to_owned(),
        method_span: Some(Span::new(0, method.len())),
        url: url.to_owned(),
        url_span: Some(Span::new(url_start, url_start + url.len())),
        fields,
        content,
        ..Request::default()
    };
    let response = answer.and_then(|at| {
        let line = text.get(at..)?.lines().next()?;
        let line_end = at + line.len() + 1;
        let (fields, content) = parts(text, line_end);
        let status = line.split(' ').nth(1).and_then(|s| s.trim().parse().ok());
        let status_span = Some(Span::new(at, at + line.len()));
        Some(Response { status, status_span, fields, content, from_proxy: false })
    });
    let exchanges = vec![Exchange { request: Some(request), response }];
    Some(Intake { kind: InputKind::Http, exchanges, problems: Vec::new() })
}

fn parts(text: &str, mut at: usize) -> (Fields, Option<Content>) {
    let mut fields = Fields::default();
    while let Some(line) = text.get(at..).and_then(|t| t.split('\n').next()) {
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            fields.push(name, value.trim(), Some(Span::new(at, at + line.len())));
        }
        at += line.len() + 1;
    }
    let body = text.get(at + 1..).unwrap_or_default().trim_end_matches('\n');
    let content = (!body.is_empty())
        .then(|| Content { text: body.to_owned(), span: Some(Span::new(at + 1, at + 1 + body.len())) });
    (fields, content)
}

#[path = "rules/_template.rs"]
mod template;

mod registry {
    use super::*;
    use crate::check::rules::RULES;

    #[test]
    fn every_rule_fires_in_its_own_example() {
        let silent: Vec<_> =
            RULES.iter().filter(|r| of(r.id, r.example).is_empty()).map(|r| (r.id, check(r.example))).collect();
        assert!(silent.is_empty(), "{silent:#?}");
    }

    /// Each edit that a rule offers does away with what it found.
    #[test]
    fn what_is_mended_is_no_longer_found() {
        let mut mending = 0;
        for rule in RULES {
            let count = |text: &str| findings(text).iter().filter(|f| f.rule.id == rule.id).count();
            let edits = findings(rule.example).into_iter().filter(|f| f.rule.id == rule.id).filter_map(|f| f.mended);
            let edits: Vec<_> = edits.collect();
            mending += usize::from(!edits.is_empty());
            for edit in edits {
                let mut text = rule.example.to_owned();
                text.replace_range(edit.span.start..edit.span.end, &edit.text);
                assert!(count(&text) < count(rule.example), "{}: {}\n{text}", rule.id, edit.sentence(rule.example));
            }
        }
        assert!(mending >= 30, "{mending} rules mend");
    }

    #[test]
    fn a_missing_field_is_added_in_the_notation_around_it() {
        let url = "api.openai.com/v1/assistants";
        for (text, wanted) in [
            (
                format!("http GET {url} Accept:application/json limit==2"),
                format!("http GET {url} Accept:application/json \"OpenAI-Beta:assistants=v2\" limit==2"),
            ),
            (
                format!("http GET {url} \\\n  Accept:application/json"),
                format!("http GET {url} \\\n  Accept:application/json \"OpenAI-Beta:assistants=v2\""),
            ),
            (
                "> GET /v1/assistants HTTP/1.1\n> Host: api.openai.com\n>\n< HTTP/1.1 400 Bad Request\n<\n".to_owned(),
                "> GET /v1/assistants HTTP/1.1\n> Host: api.openai.com\n> OpenAI-Beta: assistants=v2\n>\n< HTTP/1.1 400 Bad Request\n<\n".to_owned(),
            ),
        ] {
            let edits: Vec<_> = findings(&text).into_iter().filter(|f| f.rule.id == "openai-beta-missing").collect();
            let edit = edits.first().and_then(|f| f.mended.clone()).unwrap_or_else(|| panic!("no edit: {text}"));
            let mut mended = text;
            mended.replace_range(edit.span.start..edit.span.end, &edit.text);
            assert_eq!(mended, wanted);
        }
    }

    #[test]
    fn the_template_is_a_rule() {
        let intake = message(template::RULE.example).unwrap();
        let context = crate::check::Context::new(
            &intake.exchanges[0],
            &intake,
            template::RULE.example,
            &[],
            &crate::check::Given::default(),
        );
        let mut found = Vec::new();
        (template::RULE.run)(&context, &mut crate::check::Findings { rule: &template::RULE, found: &mut found });
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_correct_request_gets_no_finding() {
        let key =
            "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json";
        assert_eq!(check(&chat(key)), []);
        assert_eq!(
            check(
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer {{redacted:openai-key:51-0123456789ab}}"
            ),
            []
        );
    }
}

mod hostile {
    use super::*;
    use crate::check::Part;
    use proptest::prelude::*;

    /// Pieces that rules look for, and whatever else, so that arbitrary texts reach deep into them.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => prop::sample::select(vec![
                "Authorization", "Bearer ", "Basic", "api-key", "{{redacted:openai-key:51-0123456789ab-w}}", "{{redacted", "}}", "${", "$K", "%", "“",
                "https://", "api.openai.com", "/v1", "//", "?", "&", "=", "@", ":", "{", "\"", "\\", "'", ",", "}", "[", "]", "None", "…", "\u{200b}", "\u{feff}",
                "multipart/form-data", "application/json", "/chat/completions", "/threads/", "undefined", "acme.openai.azure.com", "api-version=", "-", " ", "\n", "\t", "é",
                "Incorrect API key provided: ", "\u{0}", "localhost", "models/", "{{ x }}", "[object Object]",
            ]).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ]
    }

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(piece(), 0..12).prop_map(|p| p.concat())
    }

    fn fields() -> impl Strategy<Value = Fields> {
        let name = prop_oneof![
            prop::sample::select(vec![
                "Authorization",
                "Content-Type",
                "Host",
                "Accept",
                "Retry-After",
                "Origin",
                "OpenAI-Beta",
                "x-api-key"
            ])
            .prop_map(str::to_owned),
            text(),
        ];
        prop::collection::vec((name, text(), any::<(u8, u8)>()), 0..5).prop_map(|all| {
            let mut fields = Fields::default();
            for (name, value, (start, end)) in all {
                fields.push(name, value, Some(Span::new(start.into(), end.into())));
            }
            fields
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        /// Spans need not fit the text, and nothing need be well-formed: rules look, and never fail.
        #[test]
        fn rules_never_fail(
            (url, method, content, pasted) in (text(), text(), text(), text()),
            (asked, answered) in (fields(), fields()),
            (a, b, status, kind) in (0usize..80, 0usize..80, any::<u16>(), 0usize..4),
        ) {
            let span = Some(Span::new(a, b));
            let request = Request {
                method, method_span: span, url: format!("https://api.openai.com/v1{url}"), url_span: span,
                fields: asked, content: Some(Content { text: content.clone(), span }), ..Request::default()
            };
            let response = Response { status: Some(status), status_span: span, fields: answered, content: Some(Content { text: content, span }), from_proxy: false };
            let kind = [InputKind::Curl, InputKind::Http, InputKind::Fetch, InputKind::Log].get(kind).copied().unwrap_or(InputKind::Text);
            let exchanges = vec![Exchange { request: Some(request.clone()), response: Some(response.clone()) },
                Exchange { request: Some(Request { url, ..request }), response: Some(response) }];
            let intake = Intake { kind, exchanges, problems: Vec::new() };
            for finding in run(&intake, &pasted, &[]) {
                prop_assert!(!finding.message.is_empty() && finding.message.chars().count() < 700, "{}", finding.message);
                prop_assert!(!finding.message.contains('\n'), "{}: {}", finding.rule.id, finding.message);
                prop_assert!(finding.place.part != Part::Body || finding.place.pointer.is_some());
            }
        }
    }

    #[test]
    fn large_input_takes_linear_time() {
        // Quadratic work over these sizes would take minutes.
        let long = "a b{{redacted:x}}\"\\,".repeat(50_000);
        for text in [
            chat(&format!("X: {long}")),
            chat(&format!("Authorization: Bearer {long}")),
            format!("POST https://api.openai.com/v1/{long}\nA: b\n\n{{\"model\": \"{long}"),
            format!("POST https://api.openai.com/v1/responses?{}\nA: b", "a=b&".repeat(100_000)),
            chat(&"Accept: x\n".repeat(20_000)),
            format!("POST https://api.openai.com/v1/responses\nA: b\n\n{}", "[".repeat(500_000)),
            format!(
                "POST https://api.openai.com/v1/responses\nA: b\n\nHTTP/1.1 401 X\nB: c\n\nIncorrect API key provided: {long}"
            ),
        ] {
            check(&text);
        }
    }
}
