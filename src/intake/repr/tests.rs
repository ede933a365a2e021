//! What programs print for objects, read back.

use super::{read, read_members};
use serde_json::json;

fn value(text: &str) -> serde_json::Value {
    let reading = read(text, 0).unwrap();
    assert!(reading.whole, "{text}");
    reading.value
}

#[test]
fn python() {
    assert_eq!(
        value("{'error': {'message': \"don't\", 'param': None, 'ok': True, 'n': [1, -2.5, ()], 'é': '\\xe9\\u2019'}}"),
        json!({"error": {"message": "don't", "param": null, "ok": true, "n": [1, -2.5, []], "é": "é’"}})
    );
    assert_eq!(
        value("{'body': b'caf\\xc3\\xa9', 'at': datetime.datetime(2024, 1, 2)}"),
        json!({"body": "café", "at": "datetime.datetime(2024, 1, 2)"})
    );
    assert_eq!(value("{'error': 'one '\n          'two', 'k': ('a '\n 'b')}")["k"], json!("a b"));
}

#[test]
fn node() {
    let text = "{\n  status: 403,\n  headers: Headers {\n    'cf-ray': '88a1',\n    date: 'Thu'\n  },\n  request_id: undefined,\n  error: [Object],\n  [cause]: null,\n  body: 'one ' +\n    'two',\n  ... 3 more items\n}";
    assert_eq!(
        value(text),
        json!({"status": 403, "headers": {"cf-ray": "88a1", "date": "Thu"}, "request_id": null, "error": "[Object]", "cause": null, "body": "one two"})
    );
    let members = read_members("  status: 403,\n  error: { type: 'x' }\n}\nnext", 0).unwrap();
    assert_eq!(members.value, json!({"status": 403, "error": {"type": "x"}}));
    assert_eq!(members.end, 39);
}

#[test]
fn php_elixir_swift_and_apple() {
    let error = json!({"error": {"message": "no, not here", "code": null, "type": "x"}});
    let dumped = "{\n  [\"error\"]=>\n  object(stdClass)#4 (3) {\n    [\"message\"]=>\n    string(12) \"no, not here\"\n    [\"code\"]=>\n    NULL\n    [\"type\"]=>\n    string(1) \"x\"\n  }\n}";
    assert_eq!(value(dumped), error);
    let printed = "[error] => Array\n        (\n            [message] => no, not here\n            [code] => \n            [type] => x\n        )\n\n)";
    assert_eq!(value(printed), error);
    assert_eq!(value("{\"error\" => %{\"message\" => \"no, not here\", \"code\" => nil, \"type\" => \"x\"}}"), error);
    let swift = "(error: A.B(message: \"no, not here\", code: nil, type: Optional(\"x\")))";
    assert_eq!(value(swift), error);
    let apple = "{\n    Server =     (\n        cloudflare\n    );\n    \"cf-ray\" =     (\n        \"8-X\"\n    );\n}";
    assert_eq!(value(apple), json!({"Server": "cloudflare", "cf-ray": "8-X"}));
    assert_eq!(super::arguments("f(x) A(message: \"m\")"), Some(6));
    assert_eq!(super::arguments("f(message) g(code == 1)"), None);
}

#[test]
fn errors_within_dumps_and_word_processors() {
    let text = "{ errors: [\n  E [AI_E]: it, failed\n      at f (a.js:1) {\n      statusCode: 429\n    }\n ], cause: TypeError: no\n    at g (b.js:2),\n  last: 1 }";
    let text = text.replace("E [AI_E]", "APICallError [AI_APICallError]");
    assert_eq!(value(&text), json!({"errors": [{"statusCode": 429}], "cause": "TypeError: no", "last": 1}));
    assert_eq!(value("{‘a’: “it’s”, “b”: None}"), json!({"a": "it’s", "b": null}));
}

#[test]
fn java_and_protocol_buffers() {
    assert_eq!(value("{code=403, message=Access denied}"), json!({"code": 403, "message": "Access denied"}));
    assert_eq!(value("[links {\n  url: \"https://x\"\n}\n]"), json!([{"url": "https://x"}]));
}

#[test]
fn wrapped_and_truncated_text() {
    let wrapped = "{'code': 'The caller does not\n                 have it', 'error': \"x\"}";
    assert_eq!(value(wrapped)["code"], "The caller does not have it");
    let cut = read("{'error': {'message': 'The mod", 0).unwrap();
    assert!(!cut.whole);
    assert_eq!(cut.value, json!({"error": {"message": "The mod"}}));
    let cut = read("{\"a\": \"b\n\nNext", 0).unwrap();
    assert_eq!((cut.value, cut.end), (json!({"a": "b"}), 8));
}

#[test]
#[allow(clippy::disallowed_methods)] // A test of time needs a clock.
fn a_bracket_that_nothing_closes_is_looked_for_nearby() {
    let text = format!("{{[{}", "x".repeat(8 << 20));
    let start = std::time::Instant::now();
    for _ in 0..4000 {
        assert_eq!(read(&text, 0), None);
    }
    assert!(start.elapsed() < std::time::Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn what_is_no_object() {
    for text in ["{", "{{{{", "{ color red }", "[", "x", "{\"", "{: 1}"] {
        assert_eq!(read(text, 0).filter(|r| r.whole), None, "{text}");
    }
}
