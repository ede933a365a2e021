//! What a secret looks like decides, in whatever notation, however it was wrapped, and whatever stands beside it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use why403::redact::{Raw, RedactOptions, redact};

/// The random parts of a project key, as OpenAI makes them; no scanner takes the pieces for a live key.
const HEAD: &str = "Qm3vT0xkY7aLd2RwPz9bNc4eXf6gHj8kZt5yUi1oAs3dFv7qWb0nMr2pLx9cJh4gKe6tBy8u";
const MARK: &str = "T3BlbkFJ";
const TAIL: &str = "Ue5rVw2sXz8nQa4mLp7kGj1hTd6fYc3bRo9iNv0xEq5wZs2uKm8yHg4lPb7tCj3dAf6rWx1v";

fn key() -> String {
    format!("sk-proj-{HEAD}{MARK}{TAIL}")
}

fn redacted(text: &str) -> String {
    let once = redact(Raw::new(text.to_owned()), &RedactOptions::default()).text().to_owned();
    let twice = redact(Raw::new(once.clone()), &RedactOptions::default()).text().to_owned();
    assert_eq!(once, twice, "a second pass changes {text}");
    once
}

/// True where eight characters in a row of the key's random parts are left, escapes undone or not.
fn leaks(out: &str) -> bool {
    let bare: String = out.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    [HEAD, TAIL]
        .iter()
        .any(|part| (0..part.len() - 7).any(|at| out.contains(&part[at..at + 8]) || bare.contains(&part[at..at + 8])))
}

fn each(key: &str, write: impl Fn(char) -> String) -> String {
    key.chars().map(write).collect()
}

#[test]
fn every_letter_escaped() {
    let key = key();
    for spelt in [
        each(&key, |c| format!("\\u{:04x}", u32::from(c))),
        each(&key, |c| format!("\\x{:02x}", u32::from(c))),
        each(&key, |c| format!("\\{:03o}", u32::from(c))),
        each(&key, |c| format!("&#{};", u32::from(c))),
        each(&key, |c| format!("&#x{:x};", u32::from(c))),
        each(&key, |c| format!("%{:02X}", u32::from(c))),
    ] {
        for text in [spelt.clone(), format!("key {spelt} end"), format!("{{\"a\":\"{spelt}\"}}")] {
            let out = redacted(&text);
            assert!(out.contains("{{redacted:openai-project-key"), "{text} -> {out}");
            assert!(out.len() < 120, "{text} -> {out}");
        }
    }
    assert_eq!(
        redacted("\\u0068\\u0065\\u006c\\u006c\\u006f \\u0077orld"),
        "\\u0068\\u0065\\u006c\\u006c\\u006f \\u0077orld"
    );
}

#[test]
fn what_has_no_width_hides_nothing() {
    let key = key();
    for gap in [
        "\u{fe0f}",
        "\u{2066}",
        "\u{2069}",
        "\u{e0041}",
        "\u{301}",
        "\u{3164}",
        "&shy;",
        "<wbr>",
        "&#8203;",
        "<br>",
        "\u{1b}[0m\u{1b}[31m",
        "\\u001b[0m",
        "\u{1b}[m\u{1b}[K",
        "</span><span class=\"hit\">",
    ] {
        for at in [12, 40, 90] {
            let text = format!("my key {}{gap}{} ends", &key[..at], &key[at..]);
            let out = redacted(&text);
            assert!(!leaks(&out), "{gap:?} at {at}: {out}");
        }
    }
    for dash in ['\u{2011}', '\u{2010}', '\u{2013}', '\u{2014}', '\u{2212}'] {
        let text = format!("sk{dash}proj{dash}{}", &key[8..]);
        assert!(!leaks(&redacted(&text)), "{text}");
    }
}

#[test]
fn as_keyboards_and_markup_write_the_prefix() {
    let rest = &key()[8..];
    for prefix in ["Sk-proj-", "SK-PROJ-", "sk\\-proj\\-", "sk_proj_", "sk-proj- ", "sk-pr''oj-"] {
        let out = redacted(&format!("x {prefix}{rest} y"));
        assert!(!leaks(&out), "{prefix}: {out}");
    }
    let out = redacted(&format!("\u{1b}[38;2;255;100;100mapi_key\u{1b}[39m: \u{1b}[38;2;100;100;200m{}", &HEAD[..32]));
    assert!(!leaks(&out), "{out}");
    let out = redacted(&format!(
        "\u{1b}[34;1m\"api_key\"\u{1b}[0m\u{1b}[1;39m:\u{1b}[0m \u{1b}[0;32m\"{}\"\u{1b}[0m",
        &HEAD[..32]
    ));
    assert!(!leaks(&out), "{out}");
}

/// The rows of `line`, as wide as `width`, each between `before` and `after`.
fn rows(line: &str, width: usize, before: &str, after: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let rows: Vec<String> =
        chars.chunks(width).map(|row| format!("{before}{}{after}", row.iter().collect::<String>())).collect();
    rows.join("\n")
}

#[test]
fn wrapped_rows_go_together() {
    for width in [40, 60, 80, 100, 120] {
        for (before, after) in
            [("", ""), ("app-1  | ", ""), ("\u{2502} ", " \u{2502}"), ("> > ", ""), ("    ", " \\"), ("", "=")]
        {
            for line in [
                format!("curl https://api.openai.com/v1/models -H \"Authorization: Bearer {}\"", key()),
                format!("    client = OpenAI(api_key='{}')", key()),
                format!("key={}", key()),
            ] {
                let text = rows(&line, width, before, after);
                let out = redacted(&text);
                assert!(!leaks(&out), "{text}\n->\n{out}");
            }
        }
    }
    // curl --trace-ascii numbers its rows.
    let rest = key();
    let text = format!("0020: Authorization: Bearer {}\n0060: {}\n00a0: {}", &rest[..42], &rest[42..106], &rest[106..]);
    assert!(!leaks(&redacted(&text)), "{}", redacted(&text));
}

#[test]
fn the_next_line_is_its_own() {
    let key = &HEAD[..40];
    for next in ["OPENAI_MODEL=gpt-4o", "PORT=8080", "S3_BUCKET=b1", "x-request-id: req_1"] {
        let out = redacted(&format!("GROQ_API_KEY={key}\n{next}\n"));
        assert!(out.ends_with(&format!("}}}}\n{next}\n")), "{out}");
    }
}

#[test]
fn only_exact_placeholders_are_settled() {
    for text in [
        format!("{{{{redacted:api-key:{}}}}}", &HEAD[..32]),
        format!("{{{{redacted:{}}}}}", &HEAD[..32]),
        format!("api_key={{{{redacted:api-key}}}}{}", &HEAD[..40]),
        format!("{{{{redacted:api-key:32-0123456789ab}}}}{}", &HEAD[..40]),
        format!("see {{{{redacted:email}}}}{}", &HEAD[..14]),
    ] {
        assert!(!leaks(&redacted(&text)), "{text} -> {}", redacted(&text));
    }
    for text in [
        "Credential={{redacted:aws-access-key-id}}/20240101/us-east-1/bedrock/aws4_request",
        "https://{{redacted:url-credentials}}@host/",
        "a={{redacted:cookie}}; b={{redacted:cookie:40-0123456789ab-w.wxyz}}",
        "{{redacted:api-key}}.",
        "{{redacted:email}}s",
    ] {
        assert_eq!(redacted(text), text);
    }
}

#[test]
fn a_mask_hides_the_most_of_a_key() {
    for text in [
        format!("sk-proj-{}...{}", &HEAD[..12], &TAIL[..12]),
        format!("Incorrect API key provided: sk-proj-{}**********************{}", &HEAD[..12], &TAIL[..11]),
        format!("sk-proj-{}...", &HEAD[..28]),
    ] {
        assert!(!leaks(&redacted(&text)), "{text} -> {}", redacted(&text));
    }
    for text in ["sk-proj-****abcd", "sk-proj-aB3dE5fG********************wxyz", "sk-aB3dE...wxyz"] {
        assert_eq!(redacted(text), text);
    }
}

/// Numbers that look random and are the same each time.
fn dice(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    }
}

fn drawn(len: usize, dice: &mut impl FnMut(usize) -> usize) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    (0..len).map(|_| char::from(LETTERS[dice(LETTERS.len())])).collect()
}

/// Values longer than what is read at once: `@@` is the secret, `##` a secret of rows.
const LONG: &[&str] = &[
    "authorization: Bearer @@\nHost: x\n",
    "{\"token\":\"@@\",\"a\":1}",
    "{\"client_secret\":\"@@\",\"a\":1}",
    "{\"session\":\"@@\"}",
    "Cookie: a=@@; b=@@\nAccept: */*",
    "sk-proj-@@ ends",
    "eyJhbGciOiJIUzI1NiJ9.@@.@@ ends",
    "https://x.example/?api_key=@@&a=b",
    "OPENAI_API_KEY=@@\nPORT=1",
    "<apiKey>@@</apiKey>",
    "{{redacted:api-key}}@@",
    "-----BEGIN PRIVATE KEY-----\n##\n-----END PRIVATE KEY-----\nend",
    "> -----BEGIN PRIVATE KEY-----\n##\nend of the mail",
    "Authorization: Bearer sk-proj-##\nHost: x",
    "{\"key\":\"-----BEGIN PRIVATE KEY-----\\n@@\\n-----END PRIVATE KEY-----\\n\"}",
];

#[test]
fn however_long_a_secret_goes_to_its_end() {
    let mut dice = dice(5);
    for len in [3_000, 5_000, 20_000, 70_000, 140_000] {
        for place in LONG {
            let secret = drawn(len, &mut dice);
            let rows: Vec<&str> = (0..len / 64).map(|row| &secret[row * 64..row * 64 + 64]).collect();
            let text = place.replace("@@", &secret).replace("##", &rows.join("\n"));
            let out = redacted(&text);
            assert!(out.len() < 400, "{len} {place} -> {}…{}", &out[..200], &out[out.len() - 200..]);
            let end = place.rsplit(['@', '#']).next().unwrap();
            assert!(out.ends_with(end), "{len} {place} -> {out}");
        }
    }
}

/// A long text of everything that redaction looks at, and of pieces of it.
fn mixture(seed: u64, len: usize) -> String {
    use why403::redact::kind::{KINDS, fill};
    let mut dice = dice(seed);
    let samples: Vec<&str> = KINDS.iter().flat_map(|kind| kind.hits.iter().chain(kind.misses).copied()).collect();
    let marks = [
        "\n",
        "\n",
        " ",
        ": ",
        "=",
        "\"",
        "\\\"",
        "\\",
        "%22",
        "&quot;",
        "{{redacted:api-key}}",
        "{{redacted:",
        "}}",
        "@",
        "curl -u ",
        "-b a=",
        "cookies: [",
        "]",
        "{",
        "}",
        "...",
        "****",
        "\u{200b}",
        "\u{1b}[0m",
        "<wbr>",
        "\\u0073\\u006b",
        "-----BEGIN PRIVATE KEY-----\n",
        "é",
        "\u{fe0f}",
    ];
    let mut text = String::with_capacity(len + 200_000);
    while text.len() < len {
        match dice(40) {
            0 => text.push_str(
                &LONG[dice(LONG.len())]
                    .replace("@@", &drawn(200 << dice(10), &mut dice))
                    .replace("##", &"Qm3vT0xkY7aLd2RwPz9bNc4e\n".repeat(9 << dice(12))),
            ),
            1 => text.push_str(&"a".repeat(1 << dice(16))),
            2 => text.push_str(&drawn(1 << dice(15), &mut dice)),
            3..=12 => text.push_str("2025-11-13T09:25:01.120Z INFO worker-3 GET /v1/items/4711 200 in 12 ms\n"),
            13..=20 => text.push_str(marks[dice(marks.len())]),
            _ => {
                text.push_str(&fill(samples[dice(samples.len())], &mut dice));
                text.push_str(["\n", " ", "", "\"", ","][dice(5)]);
            }
        }
    }
    text
}

fn in_one_piece(text: &str) -> String {
    let mut stream = why403::redact::Stream::new(RedactOptions::default());
    let settled = stream.push(text.as_bytes()).unwrap();
    settled + &stream.finish().unwrap()
}

/// A stream can't look back, but what it took out goes where it is repeated later.
#[test]
fn a_stream_takes_out_what_is_repeated() {
    let key = "b341880831f0c2c0419bd0da8ebe1e64";
    let lines = "2025-11-13T09:25:01.120Z INFO worker-3 GET /v1/items/4711 200 in 12 ms\n".repeat(20_000);
    let text =
        format!("first {key}\nx-api-key: {key}\npassword: hunter2\n{lines}403 for jane with {key} and hunter2\n");
    let out = in_one_piece(&text);
    assert_eq!(out.matches(key).count(), 1, "{}", &out[..200]);
    assert!(out.ends_with("and {{redacted:password}}\n"), "{}", &out[out.len() - 200..]);
}

#[test]
fn in_pieces_as_in_one() {
    for seed in 0..6 {
        let text = mixture(seed, 1_200_000);
        let whole = in_one_piece(&text);
        let mut dice = dice(seed + 100);
        let most = [7, 4_000, 100_000, 2_000_000][dice(4)];
        let mut stream = why403::redact::Stream::new(RedactOptions::default());
        let (mut out, mut rest) = (String::new(), text.as_bytes());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at((1 + dice(most)).min(rest.len()));
            out += &stream.push(piece).unwrap();
            rest = after;
        }
        out += &stream.finish().unwrap();
        if out != whole {
            let at = out.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count();
            let show = |t: &str| {
                t[t.floor_char_boundary(at.saturating_sub(100))..t.ceil_char_boundary((at + 200).min(t.len()))]
                    .to_owned()
            };
            panic!("seed {seed} at {at} of {}\n{}\n---\n{}", out.len(), show(&whole), show(&out));
        }
    }
}

#[test]
fn a_stream_reads_every_encoding() {
    let text = "api_key=Qm3vT0xkY7aLd2RwPz9bNc4e gr\u{fc}n \u{1f600}\n".repeat(40);
    let expected = redacted(&text);
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
    for bytes in [
        text.clone().into_bytes(),
        marked(b"\xEF\xBB\xBF", text.clone().into_bytes()),
        marked(b"\xFF\xFE", wide(u16::to_le_bytes)),
        marked(b"\xFE\xFF", wide(u16::to_be_bytes)),
        wide(u16::to_le_bytes),
    ] {
        let mut stream = why403::redact::Stream::new(RedactOptions::default());
        let mut out = String::new();
        for piece in bytes.chunks(3) {
            out += &stream.push(piece).unwrap();
        }
        assert_eq!(out + &stream.finish().unwrap(), expected);
    }
    let mut stream = why403::redact::Stream::new(RedactOptions::default());
    assert!(stream.push(&[0x89, b'P', b'N', b'G', 0, 1, 2, 255].repeat(20)).is_err());
}
