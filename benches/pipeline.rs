//! Speed of the library, natively: `NAME VALUE UNIT` lines on standard output. script/bench runs it beside the
//! measurements in a browser.

#![allow(clippy::disallowed_methods, reason = "measuring is what a clock is for, and this never runs in a browser")]
#![allow(clippy::print_stdout, reason = "the figures are the output")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot read its inputs has nothing to say")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};
use why403::redact::{Raw, RedactOptions, Stream, redact};
use why403::{check, inspect, intake};

/// Length of the large log, in bytes.
const LARGE: usize = 100_000_000;
/// Length of the text that the page's own figure is about, in bytes.
const SMALL: usize = 8_192;
/// Length of the body that the checks' figure is about, in bytes.
const BODY: usize = 100_000;
/// Runs over which a median is taken.
const RUNS: usize = 21;

fn main() {
    // `cargo bench -- --quick` leaves the large text out.
    let quick = env::args().any(|argument| argument == "--quick");
    if !quick {
        let log = log(LARGE);
        let taken = time(|| streamed(log.as_bytes()));
        println!("redact_stream_100mb {:.1} MB/s", megabytes(log.len()) / taken.as_secs_f64());
        let (len, taken) = (log.len(), time(|| drop(black_box(redact(Raw::new(log), &RedactOptions::default())))));
        println!("redact_log_100mb {:.1} MB/s", megabytes(len) / taken.as_secs_f64());
    }

    let small = log(SMALL);
    let taken = median((0..RUNS).map(|_| diagnosed(&small)).collect());
    println!("diagnose_log_8kb {:.2} ms", milliseconds(taken));

    let redacted = redact(Raw::new(request(BODY)), &RedactOptions::default());
    let (redacted, intake) = intake::read(redacted, &RedactOptions::default());
    let checked = || time(|| drop(black_box(check::run(&intake, redacted.text(), redacted.masked()))));
    println!("check_body_100kb {:.2} ms", milliseconds(median((0..RUNS).map(|_| checked()).collect())));

    let cases = cases();
    let each: Vec<Duration> = cases.iter().map(|text| median((0..RUNS).map(|_| diagnosed(text)).collect())).collect();
    println!("diagnose_case_median {:.2} ms", milliseconds(median(each.clone())));
    println!("diagnose_case_slowest {:.2} ms", milliseconds(each.into_iter().max().unwrap_or_default()));
}

/// Redacts a text piece by piece, as `why403 redact` does.
fn streamed(text: &[u8]) {
    let mut stream = Stream::new(RedactOptions::default());
    for piece in text.chunks(64 * 1024) {
        black_box(stream.push(piece).expect("the log is text"));
    }
    black_box(stream.finish().expect("the log is text"));
}

/// How long the whole way from a paste to its report takes.
fn diagnosed(text: &str) -> Duration {
    let raw = Raw::new(text.to_owned());
    time(|| drop(black_box(inspect(raw, &RedactOptions::default(), &[]))))
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A megabyte is 1,000,000 bytes.
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// A service's log of at least this many bytes: most lines are plain, one in a hundred holds a key, one in fifty a header.
fn log(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 512);
    // A simple generator of numbers makes keys that differ, and the same text in each run.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut line = 0_u64;
    while text.len() < bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let stamp = format!("2025-11-13T{:02}:{:02}:{:02}.120Z", line / 3600 % 24, line / 60 % 60, line % 60);
        let added = match line % 100 {
            7 => format!(
                "{stamp} ERROR openai: 401 Incorrect API key provided: sk-proj-{state:016x}{line:08x}{state:016X}\n"
            ),
            20 | 70 => {
                format!("{stamp} DEBUG request headers: {{'Authorization': 'Bearer {state:016x}{state:016X}'}}\n")
            }
            40 => format!(
                "{stamp} WARN HTTP Request: POST https://api.openai.com/v1/responses \"HTTP/1.1 403 Forbidden\"\n"
            ),
            _ => {
                format!("{stamp} INFO worker-{} GET /v1/items/{} 200 in {} ms\n", line % 7, state % 99_991, state % 900)
            }
        };
        text.push_str(&added);
        line += 1;
    }
    text
}

/// A request to the Responses API with a body of at least this many bytes: messages of several parts and tools, some of them
/// wrong, so that unions are walked through to their end.
fn request(bytes: usize) -> String {
    let mut items = String::new();
    let mut n = 0;
    while items.len() < bytes {
        let kind = if n % 50 == 49 { "input_texts" } else { "input_text" };
        items += &format!(
            "{{\"type\":\"message\",\"role\":\"user\",\"content\":[{{\"type\":\"{kind}\",\"text\":\"Paragraph {n} of a long conversation, with \\\"quotes\\\" in it.\"}},{{\"type\":\"input_image\",\"image_url\":\"https://example.org/{n}.png\",\"detail\":\"low\"}}]}},{{\"type\":\"function_call_output\",\"call_id\":\"call_{n}\",\"output\":\"{{}}\"}},"
        );
        n += 1;
    }
    let body = format!("{{\"model\":\"gpt-4o\",\"input\":[{}]}}", items.trim_end_matches(','));
    format!(
        "POST /v1/responses HTTP/1.1\nHost: api.openai.com\nAuthorization: Bearer $OPENAI_API_KEY\nContent-Type: application/json\n\n{body}\n"
    )
}

/// The inputs of the golden cases.
fn cases() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut found = Vec::new();
    for case in fs::read_dir(folder).expect("the cases are there").flatten() {
        for file in fs::read_dir(case.path()).into_iter().flatten().flatten() {
            if file.path().file_stem().is_some_and(|stem| stem == "input") {
                found.push(fs::read_to_string(file.path()).expect("a case is text"));
            }
        }
    }
    found
}
