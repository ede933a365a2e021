//! Pairs of requests and what should come first.

use super::*;

const KEY: &str = "sk-proj-q7Vt2mXz9LwKc4RbN8yJf1HsDg6PaEu3TiOo5WvBn2Mk";

fn curl(url: &str, headers: &str, body: &str) -> String {
    let body = if body.is_empty() { String::new() } else { [" -d '", body, "'"].concat() };
    ["curl ", url, " ", headers, &body, "\n"].concat()
}

fn chat(key: &str, more: &str, model: &str) -> String {
    let auth = ["-H 'Authorization: Bearer ", key, "' -H 'Content-Type: application/json' ", more].concat();
    curl("https://api.openai.com/v1/chat/completions", &auth, &["{\"model\":\"", model, "\",\"messages\":[]}"].concat())
}

fn told(works: &str, fails: &str) -> Vec<String> {
    let out = compare(works.to_owned(), fails.to_owned());
    out.differences.iter().map(|d| [d.part.as_str(), " ", &d.name].concat().trim().to_owned()).collect()
}

#[test]
fn the_likely_explanation_comes_first() {
    let answer = |status: &str| ["\nHTTP/1.1 ", status, "\n\n{\"error\":{}}\n"].concat();
    let good = chat(KEY, "", "gpt-4o-mini");
    let other = KEY.replace("q7Vt", "X1yZ");
    let bad = |status: &str| chat(&other, "-H 'Accept-Language: de'", "gpt-4o") + &answer(status);
    assert_eq!(told(&good, &bad("403 Forbidden"))[..2], ["body /model", "key authorization"]);
    assert_eq!(told(&good, &bad("401 Unauthorized"))[0], "key authorization");
    assert_eq!(told(&good, &bad("401 Unauthorized")).last().unwrap(), "header accept-language");
}

#[test]
fn equal_requests_have_no_difference() {
    let good = chat(KEY, "", "gpt-4o");
    assert_eq!(told(&good, &good), Vec::<String>::new());
    // The order of headers and the case of their names mean nothing.
    let one = curl("https://a.example/x", "-H 'A: 1' -H 'B: 2'", "");
    let other = curl("https://a.example/x", "-H 'b: 2' -H 'a: 1'", "");
    assert_eq!(told(&one, &other), Vec::<String>::new());
}

#[test]
fn a_flaw_of_the_failing_request_is_named() {
    let good = chat(KEY, "", "gpt-4o");
    let bad = good.replace("Bearer ", "Bearer Bearer ");
    let out = compare(good, bad);
    assert!(out.differences.iter().take(2).any(|d| d.part == "finding"), "{:?}", out.differences);
}

#[test]
fn each_part_is_compared() {
    let one = curl("https://api.openai.com/v1/models?limit=1", "-H 'OpenAI-Project: proj_a'", "");
    let other = curl("http://eu.api.openai.com:8080/v1/model?after=x", "-X POST -H 'OpenAI-Project: proj_b'", "x");
    let parts = told(&one, &other);
    for part in ["scheme", "host", "port", "path", "method", "query limit", "query after", "header openai-project"] {
        assert!(parts.iter().any(|p| p == part), "{part}: {parts:?}");
    }
}

#[test]
fn secrets_are_shown_nowhere() {
    let out = compare(chat(KEY, "", "a"), chat(&KEY.replace("q7Vt", "X1yZ"), "", "a"));
    let text = serde_json::to_string(&out).unwrap();
    assert!(!text.contains(KEY) && !text.contains("X1yZ") && out.fails.secrets, "{text}");
    assert!(out.differences[0].works.as_deref().unwrap().contains("{{redacted:"));
}

#[test]
fn what_is_no_request_is_said_to_be_none() {
    let out = compare("hello".into(), chat(KEY, "", "a"));
    assert_eq!((out.works.request, out.differences.len()), (None, 0));
    assert!(out.fails.request.is_some());
}

#[test]
fn the_table_is_whole() {
    for line in RULES.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 8, "{line}");
        assert!(cells[2..7].iter().all(|w| w.parse::<u8>().is_ok_and(|w| w <= 100)), "{line}");
    }
    for part in [
        "scheme",
        "host",
        "port",
        "path",
        "method",
        "key",
        "key-kind",
        "query",
        "header",
        "body",
        "body-form",
        "finding",
    ] {
        assert!(RULES.lines().any(|l| l.starts_with(&[part, "\t\t"].concat())), "{part} has a general rule");
    }
}
