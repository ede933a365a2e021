//! Options that hold a password with one command and mean something else with the next: `mysql -p…`, `docker login -p …`.

use super::extent::Extent;
use super::opening::skip_spaces;
use super::sink::{Sink, decode};
use super::unit::{floor, is_quote};
use super::{options, secret};

/// How the value of an option stands behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// Glued only: `-p name` names a database.
    Glued,
    /// Glued or behind a space.
    Either,
    /// Behind a space.
    Apart,
    /// Behind a space, and only after `login`: elsewhere it is a port or a project.
    Login,
    /// The last of a file, a user and a password: htpasswd's batch mode.
    Last,
}

/// Commands, the letter of the option and how its value stands, as their manuals say: mysql's and mariadb's, docker-login(1),
/// sshpass(1), redis-cli, sqlcmd and bcp, ldapsearch(1), zip(1), mosquitto_pub(1), mongosh,
/// twine, expo, openssl-enc(1), doctl, ipmitool(1), 7-Zip, htpasswd, snmpcmd(1).
#[rustfmt::skip]
const OPTIONS: &[(&[&str], u8, Behind)] = &[
    (&["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mysqlsh", "mariadb", "mariadb-dump", "7z", "7za"], b'p', Behind::Glued),
    (&["docker", "podman", "nerdctl", "buildah", "skopeo", "helm", "oras", "oc", "az", "cf"], b'p', Behind::Login),
    (&["twine", "expo", "cqlsh", "rdesktop", "psexec"], b'p', Behind::Apart),
    (&["ssh-keygen"], b'N', Behind::Apart),
    (&["openai", "openssl"], b'k', Behind::Apart),
    (&["doctl"], b't', Behind::Apart),
    (&["sshpass", "mongo", "mongosh", "mongodump", "mongorestore"], b'p', Behind::Either),
    (&["redis-cli", "valkey-cli", "redis-benchmark"], b'a', Behind::Either),
    (&["sqlcmd", "bcp", "osql", "zip", "unzip", "zipcloak", "ipmitool", "mosquitto_pub", "mosquitto_sub"], b'P', Behind::Either),
    (&["ldapsearch", "ldapadd", "ldapmodify", "ldapdelete", "ldapwhoami", "ldappasswd"], b'w', Behind::Either),
    (&["htpasswd"], b'b', Behind::Last),
    (&["snmpwalk", "snmpget", "snmpset", "snmpgetnext", "snmpbulkwalk", "snmpbulkget", "snmptable", "snmptrap"], b'c', Behind::Apart),
    (&["snmpwalk", "snmpget", "snmpset", "snmpbulkwalk"], b'A', Behind::Apart),
    (&["snmpwalk", "snmpget", "snmpset", "snmpbulkwalk"], b'X', Behind::Apart),
];

/// How far before an option its command may stand, in bytes.
const BACK: usize = 256;

/// Looks at the colon at `colon` behind an option of Windows: `xfreerdp /p:…`, `net use \\\\host /user:jane …`.
pub(super) fn slashed(sink: &mut Sink<'_>, colon: usize) -> Option<usize> {
    let text = sink.text;
    if !matches!(super::unit::byte(text, colon.wrapping_sub(1)) | 0x20, b'p' | b'r' | b'u') {
        return None;
    }
    let before = text.get(floor(text, colon.saturating_sub(BACK))..colon)?.rsplit('\n').next()?;
    let has = |word: &str| before.to_ascii_lowercase().contains(word);
    match before.rsplit(' ').next()? {
        "/p" if has("freerdp") => given(sink, colon + 1),
        "/user" | "/USER" | "/u" if has("net use ") => behind_user(sink, colon + 1),
        _ => None,
    }
}

/// Looks at the word `net` at `at`: `net user jane … /add`.
#[cold]
pub(super) fn net_user(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let command = sink.text.get(at..)?.strip_prefix("net user ")?;
    let mut words = command.lines().next()?.splitn(3, ' ').skip(1);
    // The password, and another option or nothing.
    let fits = words.next().is_some() && words.next().is_none_or(|rest| rest.starts_with('/'));
    let before = sink.text.get(..at)?.trim_end_matches(' ');
    let begins = before.is_empty() || before.ends_with(['\n', '>', '$', '#', '&', ';', '`', '"', '\'']);
    (fits && begins).then(|| behind_user(sink, at + "net user ".len())).flatten()
}

/// The word behind the user's name at `at`.
fn behind_user(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let user = text.get(at..)?.bytes().take(BACK).position(|b| b.is_ascii_whitespace())?;
    given(sink, skip_spaces(text, at + user, false))
}

/// The argument at `start`, unless it is another option.
fn given(sink: &mut Sink<'_>, start: usize) -> Option<usize> {
    let text = sink.text;
    let extent = options::argument(text, start).filter(|extent| extent.end > extent.start)?;
    let key = decode(text, extent.start, extent.end);
    (!key.starts_with(['/', '*'])).then(|| secret::stretch(sink, extent, &key, "password", true, true)).flatten()
}

/// Looks at an option that has a command read its password: `echo … | docker login --password-stdin`, `sudo -S … <<< …`. What it is
/// fed with goes.
fn standard_input(sink: &mut Sink<'_>, at: usize, word: &str) -> Option<usize> {
    let text = sink.text;
    let from = floor(text, at.saturating_sub(BACK)).max(sink.done());
    let before = text.get(from..at)?.rsplit('\n').next()?;
    let command = before.rsplit(['|', ';', '&']).next()?;
    let sudo = || word.contains('S') && !word.starts_with("--") && command.split(' ').any(|word| word == "sudo");
    if !(word.ends_with("-stdin") || word == "--with-token" || sudo()) {
        return None;
    }
    let start = match before.strip_suffix(command).and_then(|fed| fed.strip_suffix('|')) {
        // What is echoed last: behind options, a format in quotes.
        Some(fed) => {
            let said = ["echo ", "printf "].iter().filter_map(|echo| Some(fed.rfind(echo)? + echo.len())).max()?;
            let skipped = fed.get(said..)?.trim_start_matches(['-', 'n', 'e', ' ']);
            let skipped =
                ["'%s' ", "\"%s\" ", "%s ", "'%s\\n' "].iter().find_map(|f| skipped.strip_prefix(f)).unwrap_or(skipped);
            at - command.len() - 1 - skipped.len()
        }
        None => {
            let line = text.get(at..floor(text, text.len().min(at + BACK)))?.split('\n').next()?;
            skip_spaces(text, at + line.find("<<<")? + 3, false)
        }
    };
    let extent = options::argument(text, start).filter(|extent| extent.end > extent.start)?;
    let key = decode(text, extent.start, extent.end);
    secret::stretch(sink, extent, &key, "password", true, true).map(|next| next.max(at + word.len()))
}

/// Looks at the option `word`, which starts at `at`.
pub(super) fn option(sink: &mut Sink<'_>, at: usize, word: &str) -> Option<usize> {
    let text = sink.text;
    if matches!(word.as_bytes(), [.., b'n' | b'S'] | [b'-', b'S', ..] | [b'-', b'-', b'w', ..])
        && let Some(next) = standard_input(sink, at, word)
    {
        return Some(next);
    }
    let letters = word.strip_prefix('-').filter(|letters| !letters.starts_with('-'))?;
    let first = *letters.as_bytes().first()?;
    if !matches!(first, b'p' | b'a' | b'P' | b'w' | b'b' | b'n' | b'c' | b'B' | b'm' | b'k' | b't' | b'N' | b'A' | b'X')
    {
        return None;
    }
    let before = text.get(floor(text, at.saturating_sub(BACK))..at)?.rsplit(['\n', '|', ';', '&']).next()?;
    let before = before.rsplit("\\n").next()?;
    let names = || {
        let words =
            before.split(|c: char| c.is_whitespace() || matches!(c, '/' | '\\' | '"' | '\'' | '`' | '(' | ',' | '>'));
        words
            .map(|word| word.trim_start_matches('+'))
            .filter(|word| word.len() > 1 && !word.starts_with('-'))
            .map(|word| word.trim_end_matches(".exe"))
    };
    let known = |name: &str| {
        OPTIONS.iter().find(|(commands, letter, behind)| {
            (*letter == first || *behind == Behind::Last) && commands.contains(&name)
        })
    };
    let (_, letter, behind) = names().find_map(known)?;
    let (glued, bundled) = (word.len() > 2, letters.as_bytes().contains(letter));
    let mut start = at + 2;
    match behind {
        Behind::Last if bundled && letters.len() <= 4 => {
            start = at + word.len();
            let words = if letters.contains('n') { 1 } else { 2 };
            for _ in 0..words {
                start = skip_spaces(text, start, false);
                start += text.get(start..)?.bytes().take(BACK).position(|b| b.is_ascii_whitespace())?;
            }
        }
        _ if first != *letter => return None,
        Behind::Glued if glued || is_quote(char::from(super::unit::byte(text, start))) => {}
        Behind::Either => {}
        Behind::Apart if !glued => {}
        Behind::Login if !glued && names().any(|name| name == "login") => {}
        _ => return None,
    }
    let extent = options::argument(text, start).filter(|extent: &Extent| extent.end > extent.start)?;
    let key = decode(text, extent.start, extent.end);
    if !key.contains(char::is_alphanumeric) {
        return None;
    }
    if glued && *behind != Behind::Last && super::judge::is_variable(&key) {
        return None;
    }
    secret::stretch(sink, extent, &key, "password", true, true)
}
