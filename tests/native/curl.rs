//! What intake says of a command line against what real curl sends for it: a differential test.
//!
//! Each command of `curl_commands.txt` is run by bash and curl against a server on loopback that answers everything with 200.
//! `HOST` stands for the server's address. `# more` above a command: curl goes on after the first answer.

#![allow(
    clippy::expect_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of a test, which may panic"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use why403::intake::{self, Request};
use why403::redact::{Raw, RedactOptions, redact};

/// Fields that every curl request has, and what the transfer of content adds.
const OWN: [&str; 9] = [
    "host",
    "accept",
    "user-agent",
    "content-length",
    "expect",
    "connection",
    "transfer-encoding",
    "proxy-connection",
    "te",
];

#[derive(Debug, Clone)]
struct Sent {
    method: String,
    target: String,
    fields: Vec<(String, String)>,
    content: String,
}

#[test]
fn command_lines_send_what_intake_says() {
    let Ok(version) = Command::new("curl").arg("--version").output() else {
        println!("skipped: curl is not installed (Debian package curl)");
        return;
    };
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback can be listened on");
    let host = listener.local_addr().expect("a bound listener has an address").to_string();
    let sent = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sent);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that breaks off is none of the test's business.
            let _ = serve(stream, &seen);
        }
    });
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in include_str!("curl_commands.txt").split("\n%%\n") {
        let more = entry.starts_with("# more\n");
        let command = entry.trim_start_matches("# more\n").trim_end().replace("HOST", &host);
        run(&command);
        let real = std::mem::take(&mut *sent.lock().expect("no thread panics with it"));
        if let Err(why) = compare(&command, &real, more, &host) {
            wrong.push(format!("{command}\n    {why}"));
        }
        count += 1;
    }
    assert!(count >= 150, "only {count} commands");
    assert!(wrong.is_empty(), "{} of {count} differ from {version}\n{}", wrong.len(), wrong.join("\n"));
}

fn run(command: &str) {
    // Commands in the background are waited for.
    let script = format!("{command}\nwait");
    let _ = Command::new("bash")
        .args(["-c", &script])
        // Some commands write files: they belong among the build's own, not into the sources.
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

/// Reads one request, notes it and then answers it, so that it is noted before curl ends.
fn serve(stream: TcpStream, seen: &Mutex<Vec<Sent>>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let start = line.trim_end_matches(['\r', '\n']).to_owned();
    let (method, rest) = start.split_once(' ')?;
    let target = rest.rsplit_once(' ').map_or(rest, |(target, _)| target);
    let mut fields = Vec::new();
    loop {
        let mut bytes = Vec::new();
        reader.read_until(b'\n', &mut bytes).ok()?;
        let line = String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let value = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let mut stream = stream;
    if value("expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let mut content = Vec::new();
    if value("transfer-encoding").is_some() {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let size = usize::from_str_radix(size.trim(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).ok()?;
            content.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = value("content-length").and_then(|l| l.parse().ok()) {
        content.resize(length, 0);
        reader.read_exact(&mut content).ok()?;
    }
    let sent = Sent {
        method: method.to_owned(),
        target: target.to_owned(),
        fields,
        content: String::from_utf8_lossy(&content).into_owned(),
    };
    seen.lock().expect("no thread panics with it").push(sent);
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()
}

fn compare(command: &str, real: &[Sent], more: bool, host: &str) -> Result<(), String> {
    let options = RedactOptions::default();
    let (_, intake) = intake::read(redact(Raw::new(command.to_owned()), &options), &options);
    let said: Vec<&Request> = intake.exchanges.iter().filter_map(|e| e.request.as_ref()).collect();
    let refused = real.is_empty() && !intake.problems.is_empty();
    if !refused && (said.len() > real.len() || said.len() < real.len() && !more) {
        return Err(format!("{} requests for {}: {said:?}", said.len(), real.len()));
    }
    for (said, real) in said.iter().zip(real) {
        same_request(said, real, host)?;
    }
    Ok(())
}

fn same_request(said: &Request, real: &Sent, host: &str) -> Result<(), String> {
    if said.method != real.method {
        return Err(format!("method {} for {}", said.method, real.method));
    }
    let target = said.url.split_once(host).map_or(said.url.as_str(), |(_, t)| t);
    // Through a proxy the whole URL is sent; another name for the server is resolved to it.
    let real_target = real.target.split_once(host).map_or(real.target.as_str(), |(_, t)| t);
    let target = target.strip_prefix("http://x.test").unwrap_or(target);
    if !same(target, real_target) {
        return Err(format!("target {target} for {real_target}"));
    }
    let boundary = |f: Option<&str>| f.and_then(|v| v.split_once("boundary=")).map(|(_, b)| b.to_owned());
    let real_boundary = boundary(real.fields.iter().find(|(n, _)| n == "content-type").map(|(_, v)| v.as_str()));
    let our_boundary = boundary(said.fields.value("content-type"));
    let ours = |text: &str| match (&real_boundary, &our_boundary) {
        (Some(real), Some(ours)) => text.replace(real, ours),
        _ => text.to_owned(),
    };
    let mut names: Vec<String> = real.fields.iter().map(|(n, _)| n.clone()).collect();
    names.extend(said.fields.iter().map(|f| f.name.to_ascii_lowercase()));
    names.sort();
    names.dedup();
    for name in names {
        let got: Vec<&str> = said.fields.all(&name).map(|f| f.value.as_str()).collect();
        let want: Vec<String> = real.fields.iter().filter(|(n, _)| *n == name).map(|(_, v)| ours(v)).collect();
        if OWN.contains(&name.as_str()) && got.is_empty() {
            continue;
        }
        if got.len() != want.len() || !got.iter().zip(&want).all(|(g, w)| same(g, w)) {
            return Err(format!("header {name}: {got:?} for {want:?}"));
        }
    }
    match &said.content {
        Some(content) if content.text.contains("(content of ") => Ok(()),
        Some(content) if same(&content.text, &ours(&real.content)) => Ok(()),
        Some(content) => Err(format!("body {:?} for {:?}", content.text, real.content)),
        // Curl read it from a file.
        None if real.content.is_empty() || real.method == "PUT" || real.target.starts_with("/up/") => Ok(()),
        None => Err(format!("no body for {:?}", real.content)),
    }
}

/// Equal, or equal around what is redacted or was put in by the shell.
fn same(said: &str, real: &str) -> bool {
    let mut pieces = Vec::new();
    let mut rest = said;
    while let Some((before, close, start)) = [("{{redacted", "}}"), ("$(", ")"), ("`", "`")]
        .iter()
        .filter_map(|(open, close)| rest.find(open).map(|at| (at, *close, open.len())))
        .min()
    {
        let Some(length) = rest[before + start..].find(close) else { break };
        pieces.push(&rest[..before]);
        rest = &rest[before + start + length + close.len()..];
    }
    pieces.push(rest);
    let mut real = real;
    for (number, piece) in pieces.iter().enumerate() {
        let found = if number == 0 {
            real.starts_with(piece).then_some(0)
        } else if number + 1 == pieces.len() {
            real.ends_with(piece).then(|| real.len() - piece.len())
        } else {
            real.find(piece)
        };
        let Some(at) = found else { return false };
        real = &real[at + piece.len()..];
    }
    pieces.len() > 1 || real.is_empty()
}
