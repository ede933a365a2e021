//! The commands that people run in their own shells give the fingerprints that the page and `why403 fingerprint` give:
//! run for keys in order and for keys with all that goes wrong with them.

use std::io::Write as _;
use std::process::{Command, Stdio};
use why403::fingerprint_commands::COMMANDS;
use why403::redact::{RedactOptions, fingerprint};

const KEY: &str = "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";

fn keys() -> Vec<String> {
    let inside = |what: &str| KEY.replacen("fG", &format!("f{what}G"), 1);
    let mut keys = vec![
        KEY.to_owned(),
        format!(" {KEY}"),
        format!("{KEY}\n"),
        format!("{KEY}\r\n"),
        format!("\t{KEY} \n"),
        format!("\"{KEY}\""),
        format!("'{KEY}' "),
        format!("`{KEY}`"),
        format!("“{KEY}”"),
        format!("«{KEY}»"),
        format!("\u{a0}{KEY}\u{3000}"),
        format!("\u{feff}{KEY}"),
        format!("{KEY}{KEY}"),
        format!("{KEY}é"),
        format!("{KEY}\\"),
        // Cut off, which only the tables of known keys can tell.
        format!("sk-proj-{}", &KEY[3..33]),
    ];
    keys.extend(
        ["\u{200b}", "Ö", "𝔸", " ", "\n", "\"", "'", "`", "’", "$x", "%a%", "\\n", "!x", "\u{2003}", "&", "$(id)"]
            .map(inside),
    );
    keys
}

/// What the interpreter prints for a command, or none where it is not installed.
fn run(program: &str, arguments: &[&str], key: &str) -> Option<String> {
    let output = Command::new(program).args(arguments).env("OPENAI_API_KEY", key).output().ok()?;
    assert!(output.stderr.is_empty(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn each_command_gives_the_pages_fingerprint() {
    for command in &COMMANDS {
        let programs: &[(&str, &str)] = match command.id {
            "shell" => &[("bash", "-c"), ("zsh", "-c")],
            "powershell" => &[("pwsh", "-Command")],
            _ => &[("bash", "-c")],
        };
        for (program, option) in programs {
            'keys: for (number, key) in keys().into_iter().enumerate() {
                // Each is a process: the last four characters are asked of some.
                for last_four in [false, true].into_iter().take(1 + usize::from(number % 8 == 0)) {
                    let options = RedactOptions { last_four, ..RedactOptions::default() };
                    let mut expected = fingerprint(&key, &options);
                    expected.flags.truncated = false;
                    let expected = expected.text().expect("hard to guess");
                    let text = command.text("OPENAI_API_KEY", last_four).unwrap();
                    let Some(printed) = run(program, &[option, &text], &key) else {
                        // Nothing can be run here: the command is left untested on this machine.
                        eprintln!("{program} is not installed: its fingerprint command was not run");
                        break 'keys;
                    };
                    assert_eq!(printed.trim_end(), expected, "{} in {program}: {key:?}", command.id);
                }
            }
        }
    }
}

#[test]
fn the_native_command_reads_a_key_and_prints_its_fingerprint() {
    let fingerprint_of = |arguments: &[&str], key: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_why403"))
            .arg("fingerprint")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(key).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for key in keys() {
        // The line end that `echo` and the Enter key add is none of the key's.
        let (code, out, err) = fingerprint_of(&[], format!("{key}\n").as_bytes());
        let expected = fingerprint(&key, &RedactOptions::default()).text().unwrap();
        assert_eq!((code, out.trim_end(), err.as_str()), (Some(0), expected.as_str(), ""), "{key:?}");
    }
    assert_eq!(fingerprint_of(&["--last-four"], KEY.as_bytes()).1, "51-dae96087400b.bC6d\n");
    let (code, out, _) = fingerprint_of(&[], b"hunter2");
    assert_eq!((code, out.as_str()), (Some(0), "too guessable to hash\n"));
    for (arguments, key) in [(&[][..], &b"\xff\xfe\xfd"[..]), (&[], b""), (&["--nonsense"], b""), (&["a-file"], b"")] {
        let (code, out, err) = fingerprint_of(arguments, key);
        assert_eq!((code, out.as_str(), err.is_empty()), (Some(2), "", false), "{arguments:?}");
    }
}

#[test]
#[cfg(unix)]
fn names_of_files_are_shown_harmless() {
    let output = Command::new(env!("CARGO_BIN_EXE_why403"))
        .args(["no\u{1b}[31m\u{9b}such\nfile", "--x\u{1b}]0;y\u{7}"])
        .output()
        .unwrap();
    let both = Command::new(env!("CARGO_BIN_EXE_why403")).arg("no\u{1b}[31m\u{9b}such\u{202e}\nfile").output().unwrap();
    for output in [output, both] {
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.trim_end().chars().all(|c| !c.is_control() && c != '\u{202e}'), "{said:?}");
    }
}
