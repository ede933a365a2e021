//! What says that a run is a secret though no name stands before it: a user, the head of a column, a name behind it, the command
//! that it is piped into, the address that it is a part of.

use super::near::is_word_char;
use super::net::Found;
use super::shape::Shape;
use super::sink::Sink;
use super::unit::{floor, is_quote};
use super::words::{self, Hint};

/// `user = "jane:…"`, `-x jane:…`, `-U jane%…`, `/user:jane …`, `jane:…@tcp(…)`, `scott/…@host`: a password stands behind its user.
pub(super) fn beside_user(text: &str, found: Found, opaque: bool) -> Option<&'static str> {
    let from = floor(text, found.start.saturating_sub(64));
    let before = text.get(from..found.start)?;
    if before.ends_with(['"', '\'']) && is_argument(text, found.start) {
        return Some("password");
    }
    // `jane@acme.example / …`, `user jane / …`.
    if let Some(line) = before.strip_suffix(" / ").and_then(|b| b.rsplit('\n').next()) {
        let mut words = line.split_whitespace().rev();
        let name = words.next()?;
        let says = |word: &str| {
            let word = word.to_ascii_lowercase();
            is_user(&word) || ["cred", "zugang", "account"].iter().any(|start| word.starts_with(start))
        };
        // `my account, for a test: jane / …`.
        let named = words.next().is_some_and(|word| says(word) || word.ends_with(':') && words.take(8).any(says));
        if named || name.split_once('@').is_some_and(|(_, host)| host.contains('.')) || name.ends_with("email}}") {
            return Some("password");
        }
    }
    let head = before.strip_suffix([':', '%', ' ', '/'])?;
    let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'\\');
    let user = head.len() - head.bytes().rev().take_while(fits).count();
    // Before a host, but for the version or the digest of a package.
    let host = text.get(found.end..)?.strip_prefix('@').is_some_and(|host| {
        let part = host.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let address = || part.len() < host.len() && !part.is_empty() && host.split('.').take(4).count() == 4;
        (host.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') || address()) && !host.starts_with("sha")
    });
    let apart = !head.get(..user)?.ends_with(['/', '@', '.', ':']) || head.get(..user)?.ends_with("thin:");
    if opaque && user < head.len() && host && apart && !before.ends_with(' ') {
        return Some("password");
    }
    // A line of .pgpass: host, port, database, user.
    let line = head.rsplit(['\n', ' ', '"', '\'', '{']).next()?;
    let port = line.split(':').nth(1).is_some_and(|p| p == "*" || p.bytes().all(|b| b.is_ascii_digit()) && p.len() > 1);
    if opaque && before.ends_with(':') && port && line.split(':').count() == 4 {
        return Some("password");
    }
    // Proxies as they are sold: host, port, user.
    let numeric =
        |part: Option<&str>| part.is_some_and(|p| (2..6).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    let parts = line.split(':');
    if before.ends_with(':') && parts.clone().count() == 3 && numeric(parts.clone().nth(1)) && line.contains('.') {
        return Some("password");
    }
    // A line of proxychains: type, host, port, user.
    let row = head.rsplit('\n').next()?.split(' ');
    let scheme = row.clone().next().is_some_and(|first| first.starts_with("http") || first.starts_with("socks"));
    if before.ends_with(' ') && scheme && row.clone().count() == 4 && numeric(row.clone().nth(2)) {
        return Some("password");
    }
    let option = head.get(..user)?.trim_end_matches([' ', '\t', '"', '\'', '=', ':', ',']);
    let spaced = before.ends_with(' ');
    let known = [" -x", " -U", " -u", "--proxy", "--user", "/user"].iter().any(|o| option.ends_with(o));
    let named = !spaced && (option.ends_with("user") || option.ends_with("username"));
    (user < head.len() && (known && (!spaced || option.ends_with("/user")) || named)).then_some("password")
}

/// `connect("host", "user", "…")`, `getConnection("jdbc:…", "user", "…")`, `login("user", "…")`: an argument behind the first.
fn is_argument(text: &str, at: usize) -> bool {
    let before = text.get(floor(text, at.saturating_sub(192))..at).unwrap_or_default();
    [
        ("onnect(", 2),
        ("onnection(", 2),
        ("PDO(", 2),
        ("mysqli(", 2),
        ("ogin(", 1),
        ("bind_s(", 1),
        ("Authentication(", 1),
    ]
    .into_iter()
    .any(|(call, fewest)| {
        let arguments = before.rfind(call).and_then(|at| before.get(at + call.len()..)).unwrap_or_default();
        !arguments.contains([')', '{', '}']) && (fewest..5).contains(&arguments.matches(',').count())
    })
}

/// True where a user's name stands before, on this line or one of the two above.
pub(super) fn user(text: &str, at: usize) -> bool {
    let before = text.get(floor(text, at.saturating_sub(96))..at).unwrap_or_default().to_ascii_lowercase();
    let near = before.rsplitn(4, '\n').take(3);
    near.into_iter().any(is_user)
}

/// True for words that say "user".
pub(super) fn is_user(words: &str) -> bool {
    ["user", "login", "benutzer", "usuario", "utilisateur", "utente"].iter().any(|w| words.contains(w))
}

/// What a command on the line above prints: `az … keys list -o tsv` and, below, one or more keys alone on their line.
pub(super) fn printed(sink: &Sink<'_>, found: Found) -> Option<&'static str> {
    const COMMANDS: &[&str] = &[
        "az",
        "gcloud",
        "aws",
        "kubectl",
        "oc",
        "vault",
        "op",
        "gh",
        "doppler",
        "heroku",
        "pass",
        "terraform",
        "cat",
        "echo",
    ];
    let text = sink.text;
    if found.end - found.start < 24 {
        return None;
    }
    let line = line_start(text, found.start)?;
    // What was taken out already is as good as long, whatever its length.
    let mut at = line;
    for piece in text.get(line..found.start)?.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let long = word.len() >= 24 || word.contains(super::placeholder::OPEN);
        if !(word.is_empty() || long || sink.held_secret(at, at + word.len())) {
            return None;
        }
        at += piece.len();
    }
    let above = text.get(line_start(text, line.checked_sub(1)?)?..line)?;
    let command = above.trim_start_matches(['$', '#', '>', '%', ' ']);
    let mut words = command.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | '/' | '"' | '\''));
    let first = words.next()?;
    if first == "pass" {
        return Some("password");
    }
    let known = COMMANDS.contains(&first);
    known.then(|| words.filter(|word| !word.contains(super::placeholder::OPEN)).find_map(secret)).flatten()
}

/// The kind of secret that a word says.
fn secret(word: &str) -> Option<&'static str> {
    match words::hint(word) {
        Hint::Secret(kind) => Some(kind),
        _ => None,
    }
}

/// The kind that the head of the column says, or the row above: `name,api_key` over `prod,…`.
pub(super) fn column(sink: &Sink<'_>, found: Found) -> Option<&'static str> {
    let text = sink.text;
    let line = line_start(text, found.start)?;
    let before = text.get(line..found.start)?;
    let after = text.get(found.end..)?.trim_start_matches(['"', '\'', ' ']).chars().next();
    let parts = ['|', '\t', ',', ';'].into_iter().find(|c| before.contains(*c) || after == Some(*c));
    let index = parts.map_or(before.chars().count(), |c| before.matches(c).count());
    // A ray id below a message.
    let short =
        || found.end - found.start < 24 && Shape::of(text.get(found.start..found.end).unwrap_or_default()).is_hex();
    if index > 64 || parts.is_none() && short() || parts.is_none() && index > 0 && !before.ends_with("  ") {
        return None;
    }
    let mut end = line.checked_sub(1)?;
    for _ in 0..16 {
        // No farther back than a stream keeps.
        let start = line_start(text, end).filter(|start| found.start - start <= 2048)?;
        let row = text.get(start..end)?;
        let rule = row.contains('-') && row.chars().all(|c| matches!(c, '-' | '|' | ':' | '+' | '=' | ' ' | '\r'));
        // A row that held a secret is of the same kind: its own head is above it.
        if !rule && !row.trim().is_empty() && !sink.held_secret(start, end) {
            let cell = match parts {
                Some(c) => row.split(c).nth(index)?,
                // Columns in spaces: counted, for a row that held a secret is not as wide as its head; else the head starts where
                // the cell does.
                None => {
                    let cells = |row: &'_ str| row.split("  ").filter(|cell| !cell.trim().is_empty()).count();
                    let counted = row.split("  ").filter(|cell| !cell.trim().is_empty()).nth(cells(before));
                    let there = || row.get(row.char_indices().nth(index)?.0..)?.split("  ").next();
                    counted.or_else(there)?
                }
            };
            let cell = cell.trim_matches(|c: char| c.is_whitespace() || is_quote(c) || c == '*');
            if cell.is_empty() || cell.len() > 64 {
                return None;
            }
            if !super::judge::is_random(cell) {
                return match words::hint(cell.rsplit(' ').next()?) {
                    Hint::Secret(kind) => Some(kind),
                    _ => None,
                };
            }
        }
        end = start.checked_sub(1)?;
    }
    None
}

/// Where the line starts that `at` stands on; none where it is longer than a row of a table.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let from = floor(text, at.saturating_sub(512));
    let before = text.as_bytes().get(from..at)?;
    match memchr::memrchr(b'\n', before) {
        Some(found) => Some(from + found + 1),
        None => (from == 0).then_some(0),
    }
}

/// `"value": "…", "enabled": true, "name": "api_key"`, `value='…' WHERE name='api_key'`: the name comes second.
pub(super) fn member_named_after(text: &str, found: Found) -> Option<&'static str> {
    let from = floor(text, found.start.saturating_sub(24));
    let before = text.get(from..found.start)?.trim_end_matches(|c: char| is_quote(c) || c.is_whitespace() || c == '\\');
    let before = before.strip_suffix([':', '='])?;
    let before = before.trim_end_matches(|c: char| is_quote(c) || c.is_whitespace() || c == '\\');
    if !before.ends_with("value") && !before.ends_with("Value") {
        return None;
    }
    let after = text.get(found.end..floor(text, text.len().min(found.end + 160)))?;
    let after = after.split(['}', ']']).next()?.split(super::placeholder::OPEN).next()?;
    // What OpenAI's realtime API answers: `{"value": "ek_…", "expires_at": …}`.
    if after.contains("expires_at") {
        return Some("secret");
    }
    let mut words = after.split(|c| !is_word_char(c)).filter(|w| !w.is_empty());
    while let Some(word) = words.next() {
        if matches!(word, "name" | "key" | "Name" | "Key" | "type")
            && let Some(kind) = words.next().and_then(secret)
        {
            return Some(kind);
        }
    }
    None
}

/// `… is my password`, `… as API key`, `…  # the key`: the name comes second.
pub(super) fn named_after(sink: &Sink<'_>, found: Found) -> Option<&'static str> {
    let text = sink.text;
    if let Some(kind) = member_named_after(text, found) {
        return Some(kind);
    }
    let after = text.get(found.end..floor(text, text.len().min(found.end + 40)))?;
    let after = after.split('\n').next()?.split(super::placeholder::OPEN).next()?;
    let mut words = after.split(|c| !is_word_char(c)).filter(|w| !w.is_empty() && *w != "-");
    // What Node.js says of a field that it cannot send.
    if after.contains("is an invalid header") {
        return Some("api-key");
    }
    // `"…" # my key`, `«…» — мой ключ`.
    let bare = after.trim_start_matches(|c: char| is_quote(c) || matches!(c, ' ' | ';' | ',' | ')'));
    if ["#", "//", "-- ", "\u{2014}", "<-", "\u{2190}"].iter().any(|mark| bare.starts_with(mark)) {
        return last_of_name(words.take(4));
    }
    let first = words.next()?;
    // `… 这个key`, `… (my key)`.
    if !first.is_ascii() {
        return secret(first);
    }
    if let Some(inner) =
        after.split_once('(').filter(|(between, _)| between.len() < 16).and_then(|(_, b)| b.split_once(')'))
    {
        return inner.0.split(' ').find_map(secret);
    }
    matches!(first, "is" | "ist" | "es" | "est" | "was" | "as" | "for" | "als" | "como" | "comme" | "come")
        .then(|| last_of_name(words.take(3)))
        .flatten()
}

/// The kind that the words say, but for names of other keys: `as cache key`.
fn last_of_name<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let mut before = "";
    for word in words {
        match secret(word) {
            Some(_) if words::hint(before) != Hint::Filler && super::names::is_harmless(&[before, word].concat()) => {
                return None;
            }
            Some(kind) => return Some(kind),
            None => before = word,
        }
    }
    None
}

/// `NewClient("…")`, `AddOpenAIChatCompletion("gpt-4o", "…")`: an argument of what makes a client.
pub(super) fn called(text: &str, found: Found) -> Option<&'static str> {
    const MAKERS: &[&str] = &[
        "client",
        "openai",
        "anthropic",
        "cohere",
        "gpt",
        "groq",
        "mistral",
        "deepseek",
        "completion",
        "config",
        "service",
        "llm",
    ];
    let before =
        text.get(floor(text, found.start.saturating_sub(192))..found.start).filter(|b| b.ends_with(is_quote))?;
    let (head, arguments) = before.rsplit_once('(')?;
    let mut path = head.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let mut maker = path.next()?;
    // `TogetherClient::new(`, `OpenAI.setup(`.
    if matches!(maker, "new" | "New" | "setup" | "init" | "create" | "build") {
        maker = path.find(|part| !part.is_empty())?;
    }
    // `keyring.set_password("openai", "me", "…")`.
    let set = maker.get(..3).is_some_and(|verb| ["set", "add", "req"].iter().any(|v| verb.eq_ignore_ascii_case(v)));
    if let Some(kind) = secret(maker).filter(|_| set) {
        return Some(kind);
    }
    let maker = maker.to_ascii_lowercase();
    let makes =
        MAKERS.iter().any(|word| maker.contains(word)) && !maker.starts_with("get") && !maker.contains("credential");
    (makes && !arguments.contains([')', ';', '{', '}', '='])).then_some("api-key")
}

/// A row of a browser's table of cookies, or of the file that curl and wget keep: name, value, domain and path; or domain, whether
/// for hosts below, path, whether encrypted, time, name and value.
pub(super) fn cookie_row(text: &str, found: Found) -> Option<&'static str> {
    let line = line_start(text, found.start)?;
    let before = text.get(line..found.start)?.strip_suffix('\t')?;
    let says = |cell: Option<&str>| matches!(cell, Some("TRUE" | "FALSE"));
    let mut cells = before.split('\t');
    let count = cells.clone().count();
    let file = count == 6 && says(cells.nth(1)) && says(cells.nth(1));
    let mut after = text.get(found.end..floor(text, text.len().min(found.end + 256)))?.split('\t').skip(1);
    let mut table = || {
        let host = after.next().is_some_and(|host| host.contains('.') && !host.contains(' '));
        host && count == 1 && after.next().is_some_and(|path| path.starts_with('/'))
    };
    (file || table()).then_some("cookie")
}

/// `echo … | docker login --password-stdin`: what is piped into a command that takes a secret.
pub(super) fn piped(text: &str, found: Found) -> Option<&'static str> {
    let before = text.get(floor(text, found.start.saturating_sub(64))..found.start)?;
    let line = before.rsplit('\n').next()?;
    if !before.ends_with(is_quote) && !line.contains("echo ") && !line.contains("printf ") {
        return None;
    }
    let after = text.get(found.end..floor(text, text.len().min(found.end + 80)))?;
    let after = after.split(super::placeholder::OPEN).next()?;
    let command = after.trim_start_matches(is_quote).trim_start_matches(' ');
    if before.ends_with(is_quote) && !after.starts_with(is_quote) {
        return None;
    }
    // `echo … > ~/.config/openai.token`; no element behind an attribute.
    if let Some(file) = command.strip_prefix('>') {
        let file = file.trim_start_matches(['>', ' ']).split([' ', '\n', '|', ';']).next()?;
        return file.split(['/', '.', '\\']).rev().find_map(secret).filter(|_| !file.contains(['=', ':']));
    }
    let command = command.strip_prefix('|')?.strip_prefix(' ')?;
    let mut words = command
        .split(['|', '\n'])
        .next()?
        .split([' ', ':', '"'])
        .filter(|word| !word.is_empty() && !word.contains('='));
    words.find_map(|word| secret(word).or_else(|| (word == "sudo").then_some("password")))
}

/// Swift's `setValue("…", forHTTPHeaderField: "x-api-key")`.
pub(super) fn header_field(text: &str, end: usize) -> Option<&'static str> {
    let after = text.get(end..floor(text, text.len().min(end + 64)))?.strip_prefix("\", forHTTPHeaderField: \"")?;
    match words::hint(after.split('"').next()?) {
        Hint::Secret(kind) => Some(kind),
        _ => None,
    }
}

/// A part of an address that opens what it leads to: `https://mcp.example.com/s/KEY/sse`, `https://example.com/reset/KEY`.
pub(super) fn url_key(text: &str, found: Found) -> Option<&'static str> {
    const OPENED: &[&str] = &["mcp", "hook", "reset", "invit", "magic", "verif", "confirm", "unsubscribe"];
    let before = text.get(floor(text, found.start.saturating_sub(160))..found.start).filter(|b| b.ends_with('/'))?;
    let address = before.rsplit(|c: char| c.is_whitespace() || is_quote(c)).next()?;
    let (_, path) = address.split_once("://")?;
    let segment = path.trim_end_matches('/').rsplit('/').next()?;
    if matches!(words::hint(segment), Hint::Open) {
        return None;
    }
    // What stands right before the version is no account's id: relays take the key there.
    if found.end - found.start >= 20 && text.get(found.end..)?.starts_with("/v1/") && !address.contains("/v1/") {
        return Some("secret");
    }
    let opened = |at: usize| path.get(at..).is_some_and(|rest| OPENED.iter().any(|word| rest.starts_with(word)));
    // The first letters of these.
    let mut starts =
        path.bytes().enumerate().filter(|(_, b)| matches!(b, b'm' | b'h' | b'r' | b'i' | b'v' | b'c' | b'u'));
    (found.end - found.start >= 16 && starts.any(|(at, _)| opened(at))).then_some("secret")
}
