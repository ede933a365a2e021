//! Intake as a whole: it never panics, and its places lie in the text.

use proptest::prelude::*;
use why403::redact::{Raw, RedactOptions};
use why403::report::Report;

/// Shapes that people paste; the tests cut, join and damage them.
const SHAPES: &[&str] = &[
    "curl https://api.openai.com/v1/models -H 'Authorization: Bearer x'\nHTTP/2 403\ncf-ray: 8-X\n\n{\"error\":{\"code\":\"x\"}}\n",
    "Traceback (most recent call last):\n  File \"a.py\", line 4, in f\n    x()\nopenai.PermissionDeniedError: Error code: 403 - {'error': {'message': \"it's\", 'param': None, 'u': '\\u2019\\x41'}}\n",
    "PermissionDeniedError: 403 <html>\n<title>403 Forbidden</title>\n</html>\n    at f (/a.js:1:2) {\n  status: 403,\n  headers: Headers {\n    'cf-ray': '8-X',\n  },\n  error: [Object],\n}\n",
    "* Connected to x\n> CONNECT x:443 HTTP/1.1\n> \n< HTTP/1.1 403 Forbidden\n< Server: squid\n< \n{ [12 bytes data]\ncurl: (56) CONNECT tunnel failed, response 403\n",
    "web-1  | 2024-06-06T16:02:05Z ERROR msg=\"403 {\\\"error\\\":{\\\"code\\\":\\\"x\\\"}}\" url: https://api.openai.com/v1/x, cf-ray: 8-X\n",
    "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"https://x/\",\"headers\":[]},\"response\":{\"status\":403,\"content\":{\"text\":\"e30=\",\"encoding\":\"base64\"}}}]}}",
    "│ Status: 401 (PermissionDenied) │\n\u{1b}[31mContent:\u{1b}[0m\n{\"error\":{\"message\":\"{\\n \\\"error\\\": {\\\"code\\\": 403}}\"}}\n",
    "1 TCP_DENIED/403 3890 CONNECT api.openai.com:443 - x\n[GIN] 2024/02/09 | 403 | 1µs | POST \"/v1\"\n请求失败，状态码: 503, 响应: {\"error\":\n",
];

fn report(text: &str) -> Report {
    why403::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[])
}

/// Checks what must hold for any text.
fn sound(text: &str) {
    let report = report(text);
    let shown = report.redacted.unwrap_or_default();
    for span in report.facts.iter().filter_map(|f| f.span).chain(report.findings.iter().filter_map(|f| f.place.span)) {
        assert!(shown.get(span.start..span.end).is_some(), "{span:?} does not lie in {shown:?}");
    }
    for problem in &report.problems {
        assert!(problem.line <= shown.split('\n').count(), "{problem:?} in {shown:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        sound(&text);
    }

    #[test]
    fn any_marks_are_read(text in "[{}\\[\\]()<>'\"`:,=|*\\\\ \n403aé-]{0,120}") {
        sound(&text);
    }

    #[test]
    fn damaged_shapes_are_read(picks in prop::collection::vec((0..SHAPES.len(), 0.0..1.0_f64, 0.0..1.0_f64, any::<char>()), 1..4)) {
        let mut text = String::new();
        for (shape, from, to, noise) in picks {
            let chars: Vec<char> = SHAPES[shape].chars().collect();
            let at = |share: f64| (chars.len() as f64 * share) as usize;
            let (from, to) = (at(from.min(to)), at(from.max(to)));
            text.extend(&chars[from..to]);
            text.push(noise);
        }
        sound(&text);
    }
}

#[test]
fn every_prefix_of_every_shape_is_read() {
    for shape in SHAPES {
        for (at, _) in shape.char_indices().step_by(3) {
            sound(&shape[..at]);
        }
    }
}
