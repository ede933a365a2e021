//! The native command: reads files or standard input, prints one report for each. It opens no connection.

use lexopt::prelude::*;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::process::ExitCode;
use why403::redact::{Raw, RedactOptions};
use why403::render;

const HELP: &str = "\
Tells why the OpenAI API, ChatGPT or something in between refused a call.

usage: why403 [--format text|json] [FILE...]

Reads each FILE, or standard input where none is named or for `-`: a failing command, its output, a traceback,
a log, a HAR, an error page. Secrets are taken out before anything else happens. Nothing is sent anywhere.

  --format text   a report for people (the default)
  --format json   one report object a line, in the order of the inputs
  --help          this text
  --version       the version

Exit code: 0 when every input was reported; 2 when one could not be read or is not text.
";

/// What the command line asks for.
enum Wish {
    Help,
    Version,
    Report { json: bool, files: Vec<OsString> },
}

fn main() -> ExitCode {
    let outcome = match arguments() {
        Ok(Wish::Help) => io::stdout().write_all(HELP.as_bytes()).map(|()| true),
        Ok(Wish::Version) => writeln!(io::stdout(), "why403 {}", env!("CARGO_PKG_VERSION")).map(|()| true),
        Ok(Wish::Report { json, files }) => report_all(json, &files),
        Err(error) => {
            complain(&format!("{error}; see why403 --help"));
            Ok(false)
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(2),
        // Who reads our output has had enough (`| head`): no reason to complain.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("cannot write the report: {error}"));
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Wish, lexopt::Error> {
    let (mut json, mut files) = (false, Vec::new());
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => {
                json = match parser.value()?.string()?.as_str() {
                    "json" => true,
                    "text" => false,
                    other => return Err(format!("unknown format '{other}': text or json").into()),
                }
            }
            Short('h') | Long("help") => return Ok(Wish::Help),
            Short('V') | Long("version") => return Ok(Wish::Version),
            Value(file) => files.push(file),
            other => return Err(other.unexpected()),
        }
    }
    if files.is_empty() {
        files.push("-".into());
    }
    Ok(Wish::Report { json, files })
}

/// Reports every input; false where one could not be read.
fn report_all(json: bool, files: &[OsString]) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut all = true;
    for file in files {
        let name = if file == "-" { "standard input".into() } else { file.to_string_lossy() };
        let raw = match read(file) {
            Ok(raw) => raw,
            Err(why) => {
                complain(&format!("{name}: {why}"));
                all = false;
                continue;
            }
        };
        let report = why403::inspect(raw, &RedactOptions::default(), &[]);
        if json {
            serde_json::to_writer(&mut out, &report)?;
            writeln!(out)?;
        } else {
            if files.len() > 1 {
                writeln!(out, "==> {} <==", render::printable(&name))?;
            }
            out.write_all(render::text(&report, colour).as_bytes())?;
        }
        out.flush()?;
    }
    Ok(all)
}

fn read(file: &OsString) -> Result<Raw, String> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(file).map(|all| bytes = all)
    };
    read.map_err(|error| format!("cannot be read: {error}"))?;
    Raw::from_bytes(bytes).ok_or_else(|| "is not text (neither UTF-8 nor UTF-16 with a byte order mark)".into())
}

fn complain(what: &str) {
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "why403: {what}");
}
