//! Intake as a whole: it never panics, its places lie in the text, and its time grows with the text only.

use proptest::prelude::*;
use std::time::{Duration, Instant};
use why403::intake::{self, Intake};
use why403::redact::{Raw, RedactOptions, Redacted, redact};
use why403::span::Span;

/// Shapes that people paste; the tests cut, join and damage them: each format's own, and some that join several.
fn shapes() -> Vec<&'static str> {
    intake::formats::FORMATS.iter().map(|format| format.example).chain(MIXED.iter().copied()).collect()
}

const MIXED: &[&str] = &[
    "Traceback (most recent call last):\n  File \"a.py\", line 4, in f\n    x()\nopenai.PermissionDeniedError: Error code: 403 - {'error': {'message': \"it's\", 'param': None, 'u': '\\u2019\\x41'}}\n",
    "web-1  | 2024-06-06T16:02:05Z ERROR msg=\"403 {\\\"error\\\":{\\\"code\\\":\\\"x\\\"}}\" url: https://api.openai.com/v1/x, cf-ray: 8-X\n",
    "curl https://api.openai.com/v1/models -H 'Authorization: Bearer x'\nHTTP/2 403\ncf-ray: 8-X\n\n{\"error\":{\"code\":\"x\"}}\n",
    "PermissionDeniedError: 403 <html>\n<title>403 Forbidden</title>\n</html>\n    at f (/a.js:1:2) {\n  status: 403,\n  headers: Headers {\n    'cf-ray': '8-X',\n  },\n  error: [Object],\n}\n",
    "* Connected to x\n> CONNECT x:443 HTTP/1.1\n> \n< HTTP/1.1 403 Forbidden\n< Server: squid\n< \n{ [12 bytes data]\ncurl: (56) CONNECT tunnel failed, response 403\n",
    "│ Status: 401 (PermissionDenied) │\n\u{1b}[31mContent:\u{1b}[0m\n{\"error\":{\"message\":\"{\\n \\\"error\\\": {\\\"code\\\": 403}}\"}}\n",
    "1 TCP_DENIED/403 3890 CONNECT api.openai.com:443 - x\n[GIN] 2024/02/09 | 403 | 1µs | POST \"/v1\"\n请求失败，状态码: 503, 响应: {\"error\":\n",
];

fn read(text: &str) -> (Redacted, Intake) {
    let redacted = redact(Raw::new(text.to_owned()), &RedactOptions::default());
    intake::read(redacted, &RedactOptions::default())
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
    fn damaged_shapes_are_read(picks in prop::collection::vec((0..shapes().len(), 0.0..1.0_f64, 0.0..1.0_f64, any::<char>()), 1..4)) {
        let mut text = String::new();
        for (shape, from, to, noise) in picks {
            let chars: Vec<char> = shapes()[shape].chars().collect();
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
    for shape in shapes() {
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
    let _ = intake::read(redacted, &RedactOptions::default());
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

/// How a secret may be written so that only reading the command shows it, and where it would show as it is.
fn notations(secret: &str) -> Vec<String> {
    let octal: String = secret.bytes().map(|b| format!("\\{b:03o}")).collect();
    let hex: String = secret.bytes().map(|b| format!("\\x{b:02x}")).collect();
    let unicode: String = secret.bytes().map(|b| format!("\\u{b:04x}")).collect();
    let (one, two) = secret.split_at(secret.len() / 2);
    let har = format!("{{\"api_key\":\"{secret}\"}}");
    let har = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, har);
    let url = "https://api.openai.com/v1/models";
    vec![
        format!("curl {url} -H $'api-key: {octal}'"),
        format!("curl {url} -H $'\\141pi-key: {octal}'"),
        format!("curl {url} -H $'Authorization: Bearer {hex}'"),
        format!("curl {url} -H $'x-api-key: {unicode}'"),
        format!("curl {url} -H 'api''-key: {secret}'"),
        format!("curl {url} -H 'api-'key':'\" {secret}\""),
        format!("curl {url} -H a'pi-ke'y:\\ {one}\"{two}\""),
        format!("curl {url} -H 'Authori'\"zation: Bear\"'er {one}'{two}"),
        format!("curl {url} --variable k={secret} --expand-header \"Authorization: Bearer {{{{k}}}}\""),
        format!("curl {url} --variable 'k={one}' --variable 'm={two}' --expand-header 'api-key: {{{{k}}}}{{{{m}}}}'"),
        format!("curl --variable k={secret} --expand-oauth2-bearer '{{{{k}}}}' {url}"),
        format!("curl {url} -d '{{\"api''_key\": \"{secret}\"}}'"),
        format!("curl {url} -d $'{{\"api_key\": \"{hex}\"}}'"),
        format!("curl {url} -u \"jane\":\"{secret}\""),
        format!("curl \"{url}?ap\"i_key={one}'{two}'"),
        format!("$k = \"{secret}\"\nInvoke-RestMethod {url} -Headers @{{ Authorization = \"Bearer $k\" }}"),
        format!("$k = \"{one}\" + \"{two}\"\nInvoke-RestMethod {url} -Headers @{{ 'api-key' = $k }}"),
        format!("Invoke-RestMethod {url} -Headers @{{ Authorization = \"Bearer \" + \"{secret}\" }}"),
        format!("Invoke-RestMethod {url} -Headers @{{ Authorization = (\"Bearer {one}\" + '{two}') }}"),
        format!("$h = @{{}}\n$h.Add(\"api\" + \"-key\", \"{secret}\")\nInvoke-RestMethod {url} -Headers $h"),
        format!("fetch('{url}', {{headers: {{Authorization: 'Bearer ' + '{secret}'}}}})"),
        format!(
            "fetch('{url}', {{headers: {{['api-' + 'key']: '{secret}', Authorization: 'Bear' + 'er {one}' + '{two}'}}}})"
        ),
        format!("fetch('{url}', {{headers: {{'x-api-key': '{hex}'}}}})"),
        format!("fetch('{url}', {{headers: {{'\\x78-api-key': '{unicode}'}}}})"),
        format!("fetch('{url}', {{method: 'POST', body: JSON.stringify({{api_key: '{one}' + '{two}'}})}})"),
        format!("http -A bearer -a {secret} {url}"),
        format!("http --auth-type=bearer --auth='{one}''{two}' {url}"),
        format!("http {url} api-'key:{secret}'"),
        format!("http POST {url} api'_key={secret}'"),
        format!(
            "{{\"log\":{{\"version\":\"1.2\",\"entries\":[{{\"request\":{{\"method\":\"GET\",\"url\":\"{url}\",\"headers\":[]}},\"response\":{{\"status\":403,\"headers\":[],\"content\":{{\"mimeType\":\"application/json\",\"encoding\":\"base64\",\"text\":\"{har}\"}}}}}}]}}}}"
        ),
    ]
}

/// All that a report shows, in every form that it goes out in.
fn shown(text: &str) -> String {
    let report = why403::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
    let mut all = serde_json::to_string(&report).unwrap();
    all.push_str(&why403::render::text(&report, false));
    for link in [Some(&report.link), report.link_with_text.as_ref()].into_iter().flatten() {
        all.push_str(&serde_json::to_string(&why403::open_link(link, &[])).unwrap());
    }
    all
}

/// The longest run of `secret`'s characters in `all`, as they are and in the notations above.
fn kept(all: &str, secret: &str) -> Option<String> {
    let write = |write: fn(u8) -> String| move |piece: &str| piece.bytes().map(write).collect::<String>();
    let forms: [&dyn Fn(&str) -> String; 4] = [
        &|piece| piece.to_owned(),
        &write(|b| format!("\\\\{b:03o}")),
        &write(|b| format!("\\\\x{b:02x}")),
        &write(|b| format!("\\\\u{b:04x}")),
    ];
    let secret = secret.strip_prefix("sk-proj-").unwrap_or(secret);
    (0..secret.len() - 8).step_by(3).find_map(|at| {
        let piece = secret.get(at..at + 6)?;
        forms.iter().map(|form| form(piece)).find(|written| all.contains(written))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_that_only_reading_shows_is_kept(secret in "[A-Za-z0-9]{34,48}", known in "sk-proj-[A-Za-z0-9_-]{60}T3BlbkFJ[A-Za-z0-9_-]{60}") {
        // A run of one class of characters is no key.
        prop_assume!(secret.bytes().filter(u8::is_ascii_digit).count() > 3);
        for secret in [&secret, &known] {
            for text in notations(secret) {
                let all = shown(&text);
                prop_assert_eq!(kept(&all, secret), None, "{}", text);
            }
        }
    }
}

#[test]
fn what_reading_shows_is_redacted_once() {
    let secret = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY2zA4bC6d";
    for text in notations(secret) {
        let inspect = |text: String| why403::inspect(Raw::new(text), &RedactOptions::default(), &[]);
        let first = inspect(text.clone());
        assert!(!first.redactions.is_empty() || first.redacted.is_none(), "{text}");
        if let Some(redacted) = first.redacted {
            let again = inspect(redacted.clone());
            assert_eq!(again.redactions, [], "{redacted}");
            assert_eq!(again.redacted.as_deref(), Some(&*redacted));
        }
    }
}

#[test]
fn a_mark_before_a_command_changes_nothing() {
    let text = "http -a jo:M0nt4gn3Bl3u GET https://x/y";
    let inspect = |text: String| why403::inspect(Raw::new(text), &RedactOptions::default(), &[]).redacted;
    let plain = inspect(text.to_owned());
    assert!(plain.as_ref().is_some_and(|t| !t.contains("M0nt4gn3Bl3u")));
    for marks in 1..4 {
        assert_eq!(inspect("\u{feff}".repeat(marks) + text), plain);
    }
}

/// Half a mebibyte of one thing on one line, or line by line. In an optimised build each is to be diagnosed within a second.
#[test]
fn commands_without_end_are_read_in_time() {
    let units = [
        "curl ",
        "curl -u ",
        "curl -H '",
        "curl 'http://x' -H 'a: b' ",
        "curl {a,b}",
        "curl [1-9]",
        "curl -F a=b ",
        "curl http://x --next ",
        "curl \"http://x/[1-999999999]\"\n",
        "curl http://x/[1-9]\nHTTP/1.1 403\n",
        "curl --variable a={{a}} --expand-url {{a}} ",
        "$a = \"x\"\n",
        "$a = \"x\"\nirm -Method Get\n",
        "irm ",
        "irm -Headers ",
        "fetch('http://x', {headers: {a: 'b' + ",
        "http GET x.com a:b ",
        "[{\"a\":",
        "a=b\n",
        "V0=$V1\nV1=$V2\n",
        "http://a:b@",
        "Authorization: Bearer x\n",
    ];
    let (bytes, most) = if cfg!(debug_assertions) { (32 << 10, 4) } else { (512 << 10, 1) };
    for unit in units {
        // Other tests run beside this one: the best of three counts.
        let taken = (0..3).map(|_| time(unit, bytes)).min().unwrap();
        assert!(taken < Duration::from_secs(most), "{unit:?}: {taken:?}");
    }
}

/// What a format reads, said again and again: a new format is judged by its own example.
#[test]
fn lines_of_each_format_are_read_in_time() {
    let (bytes, most) = if cfg!(debug_assertions) { (32 << 10, 4) } else { (512 << 10, 1) };
    for format in intake::formats::FORMATS {
        let lines: Vec<&str> = format.example.split_inclusive('\n').collect();
        let few = |from: usize, to: usize| lines.get(from..to.min(lines.len())).unwrap_or_default().concat();
        for unit in [few(0, 1), few(0, 2), few(lines.len() - 1, lines.len())] {
            let unit = unit.trim_end().to_owned() + "\n";
            let taken = (0..3).map(|_| time(&unit, bytes)).find(|t| *t < Duration::from_secs(most));
            assert!(taken.is_some(), "{}: {unit:?} repeated to {bytes} bytes takes {most} s or more", format.id);
        }
    }
}

#[test]
fn quotes_that_cmd_does_not_know_make_one_request() {
    let command = "curl -X POST https://api.openai.com/v1/chat/completions -H 'Authorization: Bearer x' -d '{\"model\": \"gpt-4o\"}'";
    let text = format!(
        "C:\\Users\\ann>{command}\ncurl: (6) Could not resolve host: Bearer\n{{\"error\":{{\"message\":\"You didn't provide an API key.\"}}}}\n"
    );
    let (_, intake) = read(&text);
    assert_eq!(intake.exchanges.len(), 1);
    let exchange = &intake.exchanges[0];
    assert_eq!(exchange.request.as_ref().map(|r| r.url.as_str()), Some("https://api.openai.com/v1/chat/completions"));
    assert!(exchange.response.is_some(), "the answer belongs to it");
}

#[test]
fn one_failure_of_two_is_explained() {
    let refusal = |status: &str, code: &str, message: &str| {
        format!(
            "curl https://api.openai.com/v1/models\nHTTP/1.1 {status}\n\n{{\"error\":{{\"code\":\"{code}\",\"message\":\"{message}\"}}}}\n\n"
        )
    };
    let country =
        refusal("403 Forbidden", "unsupported_country_region_territory", "Country, region, or territory not supported");
    let quota = refusal(
        "429 Too Many Requests",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.",
    );
    let inspect = |text: &str| why403::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
    for (first, last) in [(&country, &quota), (&quota, &country)] {
        let (both, alone) = (inspect(&format!("{first}{last}")), inspect(last));
        assert_eq!((both.subject, alone.subject, &alone.notice), (Some(1), Some(0), &None));
        assert_eq!(both.causes[0].id, alone.causes[0].id);
        assert!(both.notice.is_some_and(|n| n.contains("several failures")));
    }
}

/// What one exchange says: method, URL, status, and whether the response has content.
fn summary(text: &str) -> Vec<(String, String, Option<u16>, bool)> {
    let (_, intake) = read(text);
    let one = |exchange: &why403::intake::Exchange| {
        let request = exchange.request.clone().unwrap_or_default();
        let response = exchange.response.clone().unwrap_or_default();
        (request.method, request.url, response.status, response.content.is_some())
    };
    intake.exchanges.iter().map(one).collect()
}

#[test]
fn errors_are_found_however_they_are_wrapped() {
    const CHAT: &str = "https://api.openai.com/v1/chat/completions";
    let region = r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported"}}"#;
    let quoted = serde_json::to_string(region).unwrap();
    for (name, text, method, url, status) in [
        (
            "n8n",
            format!(
                "{{\"errorMessage\": \"Forbidden - perhaps check your credentials?\", \"errorDetails\": {{\"rawErrorMessage\": [{}], \"httpCode\": \"403\"}}, \"n8nDetails\": {{\"nodeVersion\": 1.8}}}}",
                serde_json::to_string(&format!("403 - {region}")).unwrap()
            ),
            "",
            "",
            Some(403),
        ),
        (
            "a proxied answer escaped twice",
            serde_json::to_string(&format!("{{\"statusCode\":403,\"body\":{quoted}}}")).unwrap(),
            "",
            "",
            Some(403),
        ),
        (
            "Node.js names the class of the header fields",
            format!(
                "AxiosError: Request failed with status code 403\n    at settle (/a/settle.js:19:12) {{\n  config: {{\n    headers: Object [AxiosHeaders] {{\n      Accept: 'application/json'\n    }},\n    method: 'post',\n    url: '{CHAT}'\n  }},\n  response: {{ status: 403, headers: [Object: null prototype] {{ server: 'cloudflare' }}, data: {{ error: {{ code: 'x' }} }} }}\n}}"
            ),
            "POST",
            CHAT,
            Some(403),
        ),
        (
            "the Vercel AI SDK sends bodies by POST",
            format!(
                "AI_APICallError: Forbidden\n    at x (a.mjs:1:1) {{\n  url: '{CHAT}',\n  requestBodyValues: {{ model: 'x' }},\n  statusCode: 403,\n  responseBody: '{region}'\n}}"
            ),
            "POST",
            CHAT,
            Some(403),
        ),
        (
            "blank lines and prompts after the backslash",
            format!("$ curl {CHAT} \\\n\n>   -H 'A: b' \\\n\n>   -d '{{}}'\nHTTP/2 403\n\n{region}\n"),
            "POST",
            CHAT,
            Some(403),
        ),
    ] {
        assert_eq!(summary(&text), [(method.to_owned(), url.to_owned(), status, true)], "{name}: {text}");
    }
    let source = format!(
        "curl {CHAT} -H &quot;Content-Type: application/json&quot; -d &#39;{{&quot;model&quot;:&quot;x&quot;}}&#39;"
    );
    assert_eq!(summary(&source), [("POST".to_owned(), CHAT.to_owned(), None, false)]);
}
