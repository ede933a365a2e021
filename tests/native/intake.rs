//! Intake as a whole: it never panics, its places lie in the text, and its time grows with the text only.

use proptest::prelude::*;
use std::time::{Duration, Instant};
use why403::intake::{self, Intake};
use why403::redact::{Raw, RedactOptions, Redacted, redact};
use why403::span::Span;

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

fn read(text: &str) -> (Redacted, Intake) {
    let redacted = redact(Raw::new(text.to_owned()), &RedactOptions::default());
    let intake = intake::read(&redacted);
    (redacted, intake)
}

/// Checks what must hold for any text.
fn sound(text: &str) {
    let (redacted, intake) = read(text);
    let mut places: Vec<Span> = intake.problems.iter().map(|p| p.span).collect();
    for exchange in &intake.exchanges {
        if let Some(request) = &exchange.request {
            places.extend([request.method_span, request.url_span].into_iter().flatten());
            places.extend(request.fields.iter().filter_map(|f| f.span));
            places.extend(request.content.iter().filter_map(|c| c.span));
        }
        if let Some(response) = &exchange.response {
            places.extend(response.status_span);
            places.extend(response.fields.iter().filter_map(|f| f.span));
            places.extend(response.content.iter().filter_map(|c| c.span));
        }
    }
    for span in places {
        assert!(redacted.text().get(span.start..span.end).is_some(), "{span:?} does not lie in {:?}", redacted.text());
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
            sound(shape.get(..at).unwrap());
        }
    }
}

/// Reads `unit` repeated to `bytes` and gives the time it took.
#[allow(clippy::disallowed_methods)] // A test of time needs a clock.
fn time(unit: &str, bytes: usize) -> Duration {
    let redacted = redact(Raw::new(unit.repeat(bytes / unit.len())), &RedactOptions::default());
    let start = Instant::now();
    let _ = intake::read(&redacted);
    start.elapsed()
}

#[test]
fn time_grows_with_the_text_only() {
    let units = [
        "{",
        "[",
        "\"",
        "'",
        "<",
        "(",
        "* \n",
        "> \n",
        "< \n",
        "{\n",
        "{\"\n",
        "{'a': '",
        "<html>\n",
        "{\\\"",
        "status 403 ",
        "403 {",
        "403\n",
        "https://",
        "url: https://x ",
        "HTTP/1.1 403\n",
        "a: b\n",
        "Error: 403 ",
        "status: 403,\n",
        "    at f (a:1) {\n",
        "{a {",
        "#v1",
        "\u{1b}[",
        "| ",
        "data: {\"error\":\"{",
        "HTTP/1.1 403\nContent-Type: a\n\n{\n",
        "< HTTP/1.1 403\n<\n{\n",
        "{\"error\": [\n",
        "GET / HTTP/1.1\n\n{\"\n",
    ];
    for unit in units {
        // Four times the text: linear is four times, quadratic is sixteen. Short times are noise, and other tests run
        // beside this one: it fails only where the shape shows again and again.
        let grows = || {
            let (small, large) = (time(unit, 10_000), time(unit, 40_000));
            large > Duration::from_millis(400) && large > small * 9
        };
        assert!(!(0..4).all(|_| grows()), "{unit:?}: the time grows faster than the text");
    }
}
