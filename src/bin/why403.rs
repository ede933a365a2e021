//! The native command: reads files or standard input, prints one report for each. It opens no connection.

use lexopt::prelude::*;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use why403::permissions;
use why403::redact::{REPETITIONS_UP_TO, Raw, RedactOptions, Stream, fingerprint, redact};
use why403::render;
use zeroize::Zeroizing;

const HELP: &str = "\
Tells why the OpenAI API, ChatGPT or something in between refused a call.

usage: why403 [--format text|json] [FILE...]
       why403 redact [FILE...]
       why403 fingerprint [--last-four]
       why403 permissions [--format csv|json] [WORD...]

Reads each FILE, or standard input where none is named or for `-`: a failing command, its output, a traceback,
a log, a HAR, an error page. Secrets are taken out before anything else happens. Nothing is sent anywhere.

`why403 redact` prints the text itself with every secret replaced, however long it is.

  --format text   a report for people (the default)
  --format json   one report object a line, in the order of the inputs
  --help          this text
  --version       the version

`why403 fingerprint` reads a key from standard input, without showing it where it is typed, and prints its
fingerprint: what two people can compare who may not show each other their keys.

  --last-four     ends the fingerprint in the key's last four characters, as providers show them

`why403 permissions` prints what each of OpenAI's endpoints demands of a key: scope, row on the key page, role; with
WORDs the lines in which all of them stand.

Exit code: 0 when every input was reported; 2 when one could not be read or is not text.
";

/// What the command line asks for.
enum Wish {
    Help,
    Version,
    Report { json: bool, files: Vec<OsString> },
    Redact { files: Vec<OsString> },
    Fingerprint { last_four: bool },
    Permissions { json: bool, query: String },
}

fn main() -> ExitCode {
    let outcome = match arguments() {
        Ok(Wish::Help) => io::stdout().write_all(HELP.as_bytes()).map(|()| true),
        Ok(Wish::Version) => writeln!(io::stdout(), "why403 {}", env!("CARGO_PKG_VERSION")).map(|()| true),
        Ok(Wish::Report { json, files }) => report_all(json, &files),
        Ok(Wish::Redact { files }) => redact_all(&files),
        Ok(Wish::Fingerprint { last_four }) => print_fingerprint(last_four),
        Ok(Wish::Permissions { json, query }) => print_permissions(json, &query),
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
            // Only as the first word: a file of this name is `./redact` and so on.
            Value(word) if word == "redact" && files.is_empty() => return redact_arguments(&mut parser),
            Value(word) if word == "fingerprint" && files.is_empty() => return fingerprint_arguments(&mut parser),
            Value(word) if word == "permissions" && files.is_empty() => return permissions_arguments(&mut parser),
            Value(file) => files.push(file),
            other => return Err(other.unexpected()),
        }
    }
    if files.is_empty() {
        files.push("-".into());
    }
    Ok(Wish::Report { json, files })
}

fn redact_arguments(parser: &mut lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let mut files = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Wish::Help),
            Value(file) => files.push(file),
            other => return Err(other.unexpected()),
        }
    }
    if files.is_empty() {
        files.push("-".into());
    }
    Ok(Wish::Redact { files })
}

fn fingerprint_arguments(parser: &mut lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let mut last_four = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("last-four") => last_four = true,
            Short('h') | Long("help") => return Ok(Wish::Help),
            // A key given as an argument stands in the shell's history: it is not even repeated here.
            Value(_) => return Err("fingerprint takes the key from standard input, not as an argument".into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Wish::Fingerprint { last_four })
}

fn permissions_arguments(parser: &mut lexopt::Parser) -> Result<Wish, lexopt::Error> {
    let (mut json, mut query) = (false, String::new());
    while let Some(argument) = parser.next()? {
        match argument {
            Long("format") => {
                json = match parser.value()?.string()?.as_str() {
                    "json" => true,
                    "csv" => false,
                    other => return Err(format!("unknown format '{other}': csv or json").into()),
                }
            }
            Short('h') | Long("help") => return Ok(Wish::Help),
            Value(word) => query = format!("{query} {}", word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Wish::Permissions { json, query })
}

/// Prints the table of permissions.
fn print_permissions(json: bool, query: &str) -> io::Result<bool> {
    let needs = permissions::search(&permissions::all(), query);
    let mut out = io::stdout().lock();
    if json {
        writeln!(out, "{}", permissions::json(&needs))?
    } else {
        write!(out, "{}", permissions::csv(&needs))?
    }
    out.flush()?;
    Ok(true)
}

/// Reads a key and prints its fingerprint; false where there is none to read.
fn print_fingerprint(last_four: bool) -> io::Result<bool> {
    let key = match read_key() {
        Ok(key) => key,
        Err(why) => {
            complain(&why);
            return Ok(false);
        }
    };
    // The line end is the Enter key's or `echo`'s, not the key's.
    let line = key.strip_suffix('\n').map_or(key.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if line.is_empty() {
        complain("no key was given");
        return Ok(false);
    }
    let options = RedactOptions { last_four, ..RedactOptions::default() };
    writeln!(io::stdout(), "{}", fingerprint(line, &options))?;
    Ok(true)
}

/// A line from the terminal, not shown, or all of a file or pipe.
fn read_key() -> Result<Zeroizing<String>, String> {
    // A key is never as long as this; what is longer is something else.
    const LONGEST: u64 = 1 << 16;
    let mut key = Zeroizing::new(String::new());
    let cannot = |error: io::Error| format!("the key cannot be read: {error}");
    if io::stdin().is_terminal() {
        let silence = Silence::new().ok_or(
            "what is typed here cannot be hidden; pipe the key in instead: why403 fingerprint < FILE".to_owned(),
        )?;
        let _ = write!(io::stderr(), "Key (it is not shown): ");
        let read = io::stdin().lock().take(LONGEST).read_line(&mut key);
        drop(silence);
        let _ = writeln!(io::stderr());
        read.map_err(cannot)?;
    } else {
        io::stdin().lock().take(LONGEST).read_to_string(&mut key).map_err(cannot)?;
    }
    Ok(key)
}

/// The terminal does not show what is typed while this lives. The system's own `stty` does it, for want of one in the
/// standard library.
struct Silence;

impl Silence {
    fn new() -> Option<Self> {
        stty("-echo").then_some(Self)
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        stty("echo");
    }
}

fn stty(argument: &str) -> bool {
    Command::new("stty").arg(argument).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Reports every input; false where one could not be read.
fn report_all(json: bool, files: &[OsString]) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut all = true;
    // The library has no clock; it compares this one with the answer's.
    #[allow(clippy::disallowed_methods, reason = "the command has the clock that the library takes as a parameter")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
    let options = RedactOptions { now, ..RedactOptions::default() };
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
        let report = why403::inspect(raw, &options, &[]);
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

/// Prints every input with its secrets replaced; false where one could not be read.
fn redact_all(files: &[OsString]) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let mut all = true;
    for file in files {
        let name = if file == "-" { "standard input".into() } else { file.to_string_lossy() };
        if let Some(why) = redact_one(file, &mut out)? {
            complain(&format!("{name}: {why}"));
            all = false;
        }
    }
    out.flush()?;
    Ok(all)
}

/// Prints one input; gives why it could not be read to its end. A file is read whole where secrets that are repeated in it can
/// be found again; what is longer, or comes through a pipe, goes piece by piece, in bounded memory.
fn redact_one(file: &OsString, out: &mut impl Write) -> io::Result<Option<String>> {
    let short = |about: std::fs::Metadata| about.is_file() && about.len() <= REPETITIONS_UP_TO;
    if file != "-" && std::fs::metadata(file).is_ok_and(short) {
        let redacted = read(file).map(|raw| redact(raw, &RedactOptions::default()));
        return match redacted {
            Ok(redacted) => out.write_all(redacted.text().as_bytes()).map(|()| None),
            Err(why) => Ok(Some(why)),
        };
    }
    let input: io::Result<Box<dyn Read>> =
        if file == "-" { Ok(Box::new(io::stdin().lock())) } else { File::open(file).map(|file| Box::new(file) as _) };
    let mut input = match input {
        Ok(input) => input,
        Err(error) => return Ok(Some(error.to_string())),
    };
    let mut stream = Stream::new(RedactOptions::default());
    let mut piece = Zeroizing::new(vec![0; 64 * 1024]);
    loop {
        let redacted = match input.read(&mut piece) {
            Ok(0) => break,
            Ok(len) => stream.push(piece.get(..len).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Ok(Some(error.to_string())),
        };
        match redacted {
            Ok(text) => out.write_all(text.as_bytes())?,
            Err(error) => return Ok(Some(error.to_string())),
        }
    }
    match stream.finish() {
        Ok(text) => out.write_all(text.as_bytes()).map(|()| None),
        Err(error) => Ok(Some(error.to_string())),
    }
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
    // Names of files may hold what a terminal takes for commands.
    let _ = writeln!(io::stderr(), "why403: {}", render::printable(what));
}
