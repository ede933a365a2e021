//! The interpreter on the schemas that are built in: right bodies pass, each kind of slip is found where it is.

use super::*;
use serde_json::json;

fn check(operation: &str, body: &Value) -> Vec<Mistake> {
    let area = operation.split('/').nth(1).unwrap();
    super::area(area).unwrap().check(operation, body)
}

const CHAT: &str = "POST /chat/completions";

#[test]
fn each_kind_of_slip_is_told_at_its_place() {
    let right = json!({"model": "m", "messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}]});
    assert_eq!(check(CHAT, &right), []);
    let image = json!([{"type": "image_url", "image_url": "https://example.com/a.png"}]);
    for (at, value, kind, pointer, says) in [
        ("", json!({}), Kind::Missing, "", "The body has no member `model`"),
        ("/messages", json!([]), Kind::Range, "/messages", "0 items long, and takes at least 1"),
        ("/messages", json!("Hi"), Kind::Type, "/messages", "a string where a list is due"),
        ("/messages/0/role", json!("usr"), Kind::Value, "/messages/0/role", "did you mean `user`?"),
        ("/messages/0/role", json!(7), Kind::Type, "/messages/0/role", "a number where a string"),
        ("/messages/0", json!({"content": "Hi"}), Kind::Missing, "/messages/0", "no member `role`: `developer`"),
        ("/messages/0/content/0/type", json!("txt"), Kind::Value, "/messages/0/content/0/type", "`text`"),
        ("/messages/0/content", image, Kind::Type, "/messages/0/content/0/image_url", "where an object is due"),
        ("/temperature", json!("0.5"), Kind::Type, "/temperature", "a number or `null` is due"),
        ("/temperature", json!(5), Kind::Range, "/temperature", "at most 2"),
        ("/max_token", json!(5), Kind::Unknown, "/max_token", "did you mean `max_tokens`?"),
        ("/user", json!("u"), Kind::Deprecated, "/user", "deprecated"),
        ("/tool_choice", json!("atuo"), Kind::Value, "/tool_choice", "did you mean `auto`?"),
    ] {
        let mut body = right.clone();
        match (body.pointer(at).is_some(), at) {
            (true, _) => *body.pointer_mut(at).unwrap() = value,
            (false, _) => drop(body.as_object_mut().unwrap().insert(at.replace('/', ""), value)),
        }
        let found = check(CHAT, &body);
        let hit = found.iter().find(|m| m.kind == kind && m.pointer == pointer);
        let hit = hit.unwrap_or_else(|| panic!("{at}: {found:#?}"));
        assert!(hit.message.contains(says), "{}", hit.message);
        assert!(found.len() == 1 || at.is_empty(), "{found:#?}");
    }
}

#[test]
fn a_union_reports_the_branch_that_was_meant() {
    let tool = json!({"model": "m", "input": "Hi", "tools": [{"type": "mcp", "server_label": 7}]});
    let found = check("POST /responses", &tool);
    assert_eq!((found.len(), found[0].pointer.as_str()), (1, "/tools/0/server_label"), "{found:#?}");
    let mixed = json!({"model": "m", "input": ["a", {"b": 1}, "c"]});
    let found = check("POST /embeddings", &mixed);
    assert_eq!((found.len(), found[0].pointer.as_str()), (1, "/input/1"), "{found:#?}");
}

#[test]
fn what_will_be_another_value_when_sent_is_left_alone() {
    let body = json!({"model": "$MODEL", "messages": "{{messages}}", "temperature": "${T}", "tool_choice": "{{redacted:secret}}"});
    assert_eq!(check(CHAT, &body), []);
}

#[test]
fn forms_are_checked_like_json() {
    let form = |parts: &[(&str, &str)]| {
        let parts = parts.iter().map(|(n, v)| format!("--x\r\nContent-Disposition: form-data; name=\"{n}\"{v}\r\n"));
        read_form(&format!("{}--x--\r\n", parts.collect::<String>())).unwrap()
    };
    let file = "; filename=\"a.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n@a.mp3";
    let right = [("file", file), ("model", "\r\n\r\nwhisper-1"), ("temperature", "\r\n\r\n0.2")];
    let words = [("timestamp_granularities[]", "\r\n\r\nword"), ("stream", "\r\n\r\nfalse")];
    const OPERATION: &str = "POST /audio/transcriptions form";
    assert_eq!(check(OPERATION, &form(&[&right[..], &words[..]].concat())), []);
    for (part, kind) in [
        (("temperature", "\r\n\r\nhot"), Kind::Type),
        (("response_format", "\r\n\r\njsn"), Kind::Value),
        (("modle", "\r\n\r\nx"), Kind::Unknown),
    ] {
        let found = check(OPERATION, &form(&[&right[..2], &[part]].concat()));
        assert_eq!((found.len(), found[0].kind), (1, kind), "{found:#?}");
    }
    let found = check(OPERATION, &form(&[("file", "\r\n\r\na.mp3"), ("model", "\r\n\r\nwhisper-1")]));
    assert_eq!((found.len(), found[0].kind), (1, Kind::Type), "a file's name in the place of a file: {found:#?}");
}

#[test]
fn deep_and_large_bodies_take_bounded_time() {
    let mut filter = json!({"type": "eq", "key": "a", "value": 1});
    for _ in 0..100 {
        filter = json!({"type": "and", "filters": [filter.clone(), 7]});
    }
    check("POST /vector_stores/{vector_store_id}/search", &json!({"query": "a", "filters": filter}));
    let many = vec![json!({"nonsense": [1, 2, 3]}); 20_000];
    assert!(!check("POST /responses", &json!({"model": "m", "input": many})).is_empty());
}

#[test]
fn every_area_is_whole() {
    for name in areas() {
        let area = area(name).unwrap();
        assert!(area.operations().count() > 0, "{name}");
        for operation in area.operations() {
            assert!(operation.starts_with(&format!("POST /{name}")), "{operation}");
            area.check(operation, &json!({"x": [{}]}));
        }
    }
    for damaged in ["", "{", "{}", r#"{"ops":{},"defs":{}}"#] {
        assert!(!provide("chat", damaged), "{damaged}");
    }
    let whole = r#"{"ops":{"POST /chat/completions":{"t":"o","r":["x"]}},"defs":[]}"#;
    assert!(!provide("nonsense", whole));
    assert_eq!(Area::read(whole).unwrap().check(CHAT, &json!({})).len(), 1);
}

#[test]
fn the_area_that_is_needed() {
    for (method, url, area) in [
        ("POST", "https://api.openai.com/v1/chat/completions", Some("chat")),
        ("POST", "https://eu.api.openai.com/v1/threads/thread_a/runs?x=1", Some("threads")),
        ("GET", "https://api.openai.com/v1/chat/completions", None),
        ("POST", "https://relay.example/v1/chat/completions", None),
        ("POST", "https://api.openai.com/v1/nonsense", None),
        ("POST", "", None),
    ] {
        let request = Request { method: method.into(), url: url.into(), ..Request::default() };
        assert_eq!(needed_for(&request), area, "{method} {url}");
    }
}
