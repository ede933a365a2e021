//! The nets under the scanner: they take what looks drawn at random and no notation led to.
//!
//! The near net takes an opaque run after a word that says "secret", whatever stands between the two. The far net takes
//! anywhere what nothing but a generator makes, but for ids, digests and files, which a diagnosis needs.

use super::beside::{
    beside_user, called, column, cookie_row, header_field, member_named_after, named_after, piped, printed, url_key,
    user,
};
use super::fingerprint::Flags;
use super::near::{Named, WORDS, is_named_open, name};
use super::scan::{DIGIT, LOWER, UPPER, class};
use super::secret::{is_option_or_command, is_public_id};
use super::shape::{self, Shape};
use super::sink::{Sink, decode};
use super::unit::{Unit, Writing, byte, floor, is_quote, unit};
use super::words::{self, Hint};
use super::{gap, link, masked, plain, wrapped_text};

/// Shortest word that is looked at.
pub(super) const SHORTEST: usize = 6;

/// Longest run that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// Starts of what is printed to be read: public keys, pictures and fonts in base64, digests, addresses in memory.
const OPEN_STARTS: &[&str] = &[
    "AAAAC3NzaC1",
    "AAAAB3NzaC1",
    "AAAAE2VjZHNh",
    "MII",
    "MCowBQ",
    "MFkwEw",
    "iVBOR",
    "/9j/",
    "R0lGOD",
    "UklGR",
    "PHN2Zy",
    "d09GM",
    "sha1-",
    "sha256-",
    "sha384-",
    "sha512-",
    "0x",
    "W/",
    "WebKitFormBoundary",
    "ssh-",
];

/// Ends of file names.
const FILES: &[&str] = &[
    "js", "mjs", "cjs", "css", "map", "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "woff", "woff2", "ts", "tsx",
    "jsx", "html", "py", "rs", "go", "so", "dll", "jar", "log", "pdf", "txt", "zip", "gz", "whl", "wasm", "java", "cs",
    "php", "rb",
];

/// A run of characters that keys and passwords are made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
}

fn fits(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+' | b'/' | b'.' | b'!' | b'$' | b'^' | b'~' | b'#')
}

/// What stands at the end of a run for itself.
fn is_edge(b: u8) -> bool {
    matches!(b, b'.' | b'!' | b'$' | b'^' | b'~' | b'#')
}

/// Looks at the word at `at..end`, which nothing else took, up to `limit`.
pub(super) fn word(sink: &mut Sink<'_>, at: usize, end: usize, limit: usize) -> Option<usize> {
    if at < sink.judged {
        return None;
    }
    let text = sink.text;
    if is_plain(text.as_bytes().get(at..end)?)
        && !matches!(byte(text, end), b'!' | b'$' | b'^' | b'~' | b'+' | b'#')
        && !is_said(text, at)
    {
        return None;
    }
    let run = run(text, sink.done().max(sink.judged), at, end, limit);
    sink.judged = run.end;
    if let Some(next) = sink.repeated(run.start, run.end) {
        return Some(next);
    }
    let dashes = usize::from(byte(text, run.start.wrapping_sub(1)) == b'-');
    // Most of what looks drawn at random in a log is an id that its name says to be one.
    let open = is_named_open(sink, run.start) && text.get(run.start..run.end).and_then(glued).is_none();
    let whole = text.get(run.start..run.end)?;
    // The id of a user of vmess or vless is all that opens the way.
    let opens = open
        && whole.len() == 36
        && is_way(text.as_bytes().get(run.end..).unwrap_or_default())
        && shape::is_uuid(whole);
    let open = open && !opens;
    if open && !wrapped_text::may_be_base64(whole) || is_option_or_command(text, run.start - dashes) {
        return None;
    }
    if OPEN_STARTS.iter().any(|s| whole.starts_with(s)) || is_public_id(whole) || is_file(whole) || is_masked(text, run)
    {
        return None;
    }
    // The first part of a token that was cut stands alone once what hangs on it is gone.
    let part = whole.find('.').map_or_else(|| padded(text, run.end), |dot| run.start + dot);
    if let Some(next) = wrapped_text::base64(sink, run.start, part, open) {
        sink.judged = next;
        return Some(next);
    }
    if open {
        return None;
    }
    // `mysql -pSECRET`.
    let glued = whole.strip_prefix(['p', 'P']).filter(|_| byte(text, run.start.wrapping_sub(1)) == b'-');
    let glued = glued.filter(|rest| shape::is_opaque(rest, &Shape::of(rest)) && !rest.contains(['/', '.']));
    let (kind, taken) = match glued {
        Some(_) if matches!(byte(text, run.start.wrapping_sub(2)), b' ' | b'\t' | b'\'' | b'"') => {
            ("password", Found { start: run.start + 1, ..run })
        }
        _ if opens => ("secret", run),
        _ => judged(sink, run).filter(|_| !is_resource(text, run.start))?,
    };
    // The words before it have a form or a name of their own, perhaps.
    if taken.start >= end {
        sink.judged = taken.start;
        return None;
    }
    let taken = joined(text, taken, sink.done());
    let key = decode(text, taken.start, taken.end);
    if super::judge::is_placeholder(&key) {
        return None;
    }
    let (kind, flags) = match super::forms::find(&key, true) {
        Some(found) => (found.kind, Flags { truncated: found.truncated, ..Flags::default() }),
        None => (kind, Flags::default()),
    };
    sink.replace(taken.start, taken.end, kind, &key, flags);
    Some(taken.end)
}

/// With what hangs on it by a hyphen, a slash or the like that is escaped: `…\/…`, `…&#47;…`, `…\u002d…`.
fn joined(text: &str, found: Found, from: usize) -> Found {
    let joint = |u: &Unit| u.len > 1 && matches!(u.ch, '-' | '_' | '/' | '+');
    let drawn = |part: &str, writing: Writing| {
        part.len() >= 3
            && !super::judge::is_wordy(part)
            && (writing != Writing::Percent || super::judge::is_random(part))
    };
    let Found { mut start, mut end } = found;
    let bytes = text.as_bytes();
    for _ in 0..16 {
        let Some(u) = unit(text, end).filter(joint) else { break };
        let part = end + u.len;
        let len = bytes.get(part..).unwrap_or_default().iter().take(128).take_while(|b| fits(**b)).count();
        if !text.get(part..part + len).is_some_and(|part| drawn(part, u.writing)) {
            break;
        }
        end = padded(text, part + len);
    }
    for _ in 0..16 {
        let near = (2..9).filter_map(|back| start.checked_sub(back)).filter(|at| text.is_char_boundary(*at));
        let Some((at, u)) =
            near.filter_map(|at| Some((at, unit(text, at)?))).find(|(at, u)| at + u.len == start && joint(u))
        else {
            break;
        };
        let back = bytes.get(from.max(at.saturating_sub(128))..at).unwrap_or_default();
        let mut part = at - back.iter().rev().take_while(|b| fits(**b)).count();
        part += super::escaped::escape_width(text, part).min(at - part);
        if !text.get(part..at).is_some_and(|part| drawn(part, u.writing)) {
            break;
        }
        start = part;
    }
    Found { start, end }
}

/// True within a resource's name: `arn:aws:sts::123456789012:assumed-role/…`.
fn is_resource(text: &str, at: usize) -> bool {
    let before = text.get(floor(text, at.saturating_sub(96))..at).unwrap_or_default();
    before.rsplit(|c: char| c.is_whitespace() || is_quote(c)).next().is_some_and(|word| word.contains("arn:aws"))
}

/// True behind "is" and its like, and behind a word of another script: a password that people made may be all plain.
fn is_said(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes().get(at.saturating_sub(10)..at).unwrap_or_default();
    let Some(bytes) = bytes.strip_suffix(b" ") else { return bytes.last().is_some_and(|b| *b >= 0x80) };
    let bytes = bytes.strip_suffix(b":").unwrap_or(bytes);
    let len = bytes.iter().rev().take_while(|b| b.is_ascii_lowercase()).count();
    if bytes.iter().rev().nth(len).is_some_and(|b| *b >= 0x80) {
        return true;
    }
    if len == 0 {
        return false;
    }
    let word = bytes.get(bytes.len() - len..).and_then(|word| str::from_utf8(word).ok()).unwrap_or_default();
    words::is_copula(word) || matches!(words::hint(word), Hint::Secret("password"))
}

/// A first look that costs little: a word beyond ASCII stands before the word at `at`, or the Spanish "is", which may follow one.
#[inline(always)]
pub(super) fn may_be_told(bytes: &[u8], at: usize) -> bool {
    match at.checked_sub(2).and_then(|from| bytes.get(from..at)) {
        Some([before, b' ']) => *before >= 0x80 || matches!(before, b's' | b'o') && may_be_is(bytes, at),
        Some([_, last]) => *last >= 0x80,
        _ => false,
    }
}

/// The Spanish and the Polish "is", the latter behind a letter beyond ASCII: `la contraseña es …`, `hasło to …`.
#[cold]
#[inline(never)]
fn may_be_is(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(7)..at).unwrap_or_default();
    before.ends_with(b" es ") || before.ends_with(b" to ") && before.iter().any(|b| *b >= 0x80)
}

/// A word that people took for a password, behind what says so: `la contraseña es …`, `密码是 …`, `пароль …`.
fn is_told(sink: &Sink<'_>, found: Found, piece: &str) -> bool {
    let text = sink.text;
    let after = text.get(found.end..).unwrap_or_default();
    let before = text.get(floor(text, found.start.saturating_sub(24))..found.start).unwrap_or_default();
    let clear =
        || !before.is_ascii() || !link::is_unclear(before, before.trim_end().rsplit(' ').next().unwrap_or_default());
    is_said(text, found.start)
        && link::is_word(piece)
        && (link::ends_well(after) || !after.trim_start().starts_with(|c: char| c.is_ascii()))
        && clear()
        && matches!(name(sink, found.start, 0), Some(Named::After { kind: "password", words: 0, lines: 0, said: true }))
}

/// A first look that costs little: a word in camel case, a number with a unit, a date.
fn is_plain(word: &[u8]) -> bool {
    let (mut turns, mut all, mut last) = (0, 0, 0);
    for b in word {
        let now = class(*b) & (LOWER | UPPER | DIGIT);
        turns += usize::from(now != last && last != 0 && now != 0);
        all |= now;
        last = now;
    }
    if all & DIGIT == 0 {
        // `getElementById`: a capital for each three letters or fewer is no camel case.
        return turns < 4 || turns * 4 < word.len();
    }
    let date = || word.iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'T' | b'Z'));
    turns == 0 || turns < 2 && word.len() >= 10 && turns * 20 < word.len() || date()
}

/// The whole run around a word.
fn run(text: &str, from: usize, at: usize, end: usize, limit: usize) -> Found {
    let bytes = text.as_bytes();
    let back = bytes.get(from.max(at.saturating_sub(256))..at).unwrap_or_default();
    let mut start = at - back.iter().rev().take_while(|b| fits(**b)).count();
    // What an escape left over is no part of it: `\n`, `%3D`, `\u003d`, the end of a colour.
    let before = byte(text, start.wrapping_sub(1));
    if start == at {
        let hex = |at: usize| byte(text, at).is_ascii_hexdigit();
        if before != b'%' || hex(at) && hex(at + 1) {
            start += super::escaped::escape_width(text, at).min(end - at);
        }
    } else if before == b'\\' && matches!(byte(text, start), b'n' | b't' | b'r') {
        start += 1;
    }
    let ahead = bytes.get(end..bytes.len().min(end + LONGEST).min(limit)).unwrap_or_default();
    let mut stop = end + ahead.iter().take_while(|b| fits(**b)).count();
    while stop > start && is_edge(byte(text, stop - 1)) {
        stop -= 1;
    }
    while start < stop && (is_edge(byte(text, start)) || byte(text, start) == b'-') {
        start += 1;
    }
    Found { start, end: stop }
}

/// The end of base64's padding behind `end`.
fn padded(text: &str, end: usize) -> usize {
    (0..2).fold(end, |end, _| if byte(text, end) == b'=' { end + 1 } else { end })
}

/// True for a key of Zhipu's: an id, a dot, a secret.
#[cold]
#[inline(never)]
fn is_zhipu(run: &str) -> bool {
    run.split_once('.').is_some_and(|(id, secret)| {
        id.len() == 32
            && Shape::of(id).is_hex()
            && secret.bytes().all(|b| b.is_ascii_alphanumeric())
            && !super::judge::is_wordy(secret)
    })
}

/// What of the run is a secret, and which.
fn judged(sink: &Sink<'_>, run: Found) -> Option<(&'static str, Found)> {
    let text = sink.text;
    let whole = text.get(run.start..run.end)?;
    if whole.len() == 49 && is_zhipu(whole) {
        return Some(("api-key", run));
    }
    // A path and a name with dots fall into pieces; base64 has slashes inside and no words.
    let wordy =
        |piece: &str| piece.len() >= 3 && (super::judge::is_wordy(piece) || piece.bytes().all(|b| b.is_ascii_digit()));
    let parted = || whole.contains(['/', '.']) && whole.split(['/', '.']).any(wordy);
    let base64 = whole.contains('+') && !whole.contains(['.', '-', '_']);
    let path = whole.starts_with(['/', '.']) || !base64 && parted() || whole.contains("//");
    let parts = |c: char| c == '.' || path && c == '/';
    let mut taken: Option<(&'static str, Found)> = None;
    let mut at = run.start;
    for piece in whole.split(parts) {
        let found = Found { start: at, end: at + piece.len() };
        at = found.end + 1;
        // What hangs on a secret by a dot belongs to it.
        if let Some((kind, before)) = taken {
            let padded = found.end == run.end && byte(text, run.end) == b'=';
            if piece.len() >= 4 && (!wordy(piece) || padded) {
                taken = Some((kind, Found { end: found.end, ..before }));
            }
            continue;
        }
        taken = piece_kind(sink, found, path).map(|kind| (kind, found));
    }
    let (kind, found) = taken?;
    let end = if found.end == run.end { padded(text, run.end) } else { found.end };
    Some((kind, Found { end, ..found }))
}

/// The kind of secret that one piece of a run is.
fn piece_kind(sink: &Sink<'_>, found: Found, path: bool) -> Option<&'static str> {
    let text = sink.text;
    let piece = text.get(found.start..found.end)?;
    if !path && is_told(sink, found, piece) {
        return Some("password");
    }
    if piece.len() < SHORTEST || !shape::is_mixed(piece) {
        return None;
    }
    let shape = Shape::of(piece);
    let sure = shape.is_surely_random() && !is_site_key(piece);
    let uuid = shape::is_uuid(piece);
    let opaque = sure || uuid || shape::is_opaque(piece, &shape);
    let short = !path && piece.len() <= 24;
    let wordy = super::judge::is_wordy(piece);
    // The name of a field, the head of a column.
    let label = || ["name", "id", "for", "class"].iter().any(|name| is_attribute(text, found.start, name));
    if !opaque && (text.get(..found.start).is_some_and(|t| t.ends_with("<th>")) || label()) {
        return None;
    }
    if !opaque && (!short || wordy && !piece.bytes().any(|b| b.is_ascii_digit())) {
        return None;
    }
    // A document or a folder in an address.
    let address = path && text.get(..found.start).is_some_and(|t| t.ends_with("/d/") || t.ends_with("/folders/"));
    if address || is_public_id(piece) {
        return None;
    }
    let name = glued(piece).or_else(|| name(sink, found.start, if uuid { 0 } else { WORDS }));
    if is_chunk(sink, found) {
        return sink.last_kind();
    }
    let named = match name {
        Some(Named::Open) => header_field(text, found.end),
        // A call is a part of a program.
        Some(_) if !sure && byte(text, found.end) == b'(' => None,
        Some(_) if !(sure || uuid || shape.is_hex()) && is_test_result(text, found.start) => None,
        Some(Named::After { kind, words, lines, said }) => {
            let alone = lines == 0 || stands_alone(text, found.end);
            let pieces = || gap::completed(text, found.end, piece).is_some();
            let fits = if uuid {
                words == 0 && kind != "cookie"
            } else if shape.is_hex() {
                words <= 4 && (piece.len() >= if said && words == 0 && kind != "cookie" { 20 } else { 24 } || pieces())
            } else if opaque {
                !path || words <= 1
            } else if wordy {
                kind == "password" && (said && words <= 3 || words == 0 && user(text, found.start)) && lines == 0
            } else {
                let told = words == 0 || said && words <= 3 && lines == 0;
                let below = lines > 0 && piece.len() < 7;
                // `Bob: what's the password?` and, below, `Ann: …`.
                let answer = || {
                    lines == 1 && words == 1 && said && stands_alone(text, found.end) && {
                        let before =
                            text.get(floor(text, found.start.saturating_sub(48))..found.start).unwrap_or_default();
                        before.rsplit_once('\n').is_some_and(|(asked, label)| {
                            asked.trim_end().ends_with('?') && !super::beside::is_user(&label.to_ascii_lowercase())
                        })
                    }
                };
                (told && !below || answer()) && kind == "password"
                    || words == 0 && lines == 0 && takes_secret(text, found.start)
                    || pieces()
            };
            (fits && alone).then_some(kind).or(sure.then_some("secret"))
        }
        None if !opaque => member_named_after(text, found).or_else(|| taken_as(text, found.end)),
        None if uuid || shape.is_hex() && !(piece.len() >= 24 && option(text, found.start)) => named_after(sink, found),
        None if sure || option(text, found.start) || goes_on(sink, found) => Some("secret"),
        None => named_after(sink, found),
    };
    // Tables and lists of users are looked at last.
    named.or_else(|| {
        if matches!(name, Some(Named::Open)) {
            return None;
        }
        beside_user(text, found, opaque)
            .or_else(|| piped(text, found))
            .or_else(|| cookie_row(text, found))
            .or_else(|| opaque.then(|| called(text, found)).flatten())
            .or_else(|| opaque.then(|| url_key(text, found).or_else(|| column(sink, found))).flatten())
            .or_else(|| opaque.then(|| printed(sink, found)).flatten())
            .or_else(|| plain::kind(sink, found))
    })
}

/// True where this stands behind the id of such a user.
#[cold]
#[inline(never)]
fn is_way(after: &[u8]) -> bool {
    let next =
        after.iter().take(12).position(u8::is_ascii_alphabetic).and_then(|at| after.get(at..)).unwrap_or_default();
    [&b"alterId"[..], b"flow", b"encryption", b"cipher"].iter().any(|name| next.starts_with(name))
}

/// `… as my proxy password and …`: it says what the word before it was taken for.
#[cold]
#[inline(never)]
fn taken_as(text: &str, end: usize) -> Option<&'static str> {
    let after = text.get(end..floor(text, text.len().min(end + 48)))?.trim_start_matches(['!', '$', '#']);
    let mut rest = ["as ", "als ", "como ", "comme "].iter().find_map(|w| after.strip_prefix(' ')?.strip_prefix(w))?;
    for _ in 0..3 {
        let len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, behind) = rest.split_at_checked(len)?;
        if words::hint(word) == Hint::Secret("password") {
            return link::ends_well(behind).then_some("password");
        }
        rest = behind.strip_prefix(' ')?;
    }
    None
}

/// True behind what a test runner says of a test: `PASS`. Servers of files and mail are told the user before.
fn is_test_result(text: &str, at: usize) -> bool {
    let before = text.get(floor(text, at.saturating_sub(96))..at).unwrap_or_default();
    before.trim_end_matches([' ', ':']).ends_with("PASS") && !before.contains("USER ")
}

/// True for the value of this attribute.
fn is_attribute(text: &str, at: usize, name: &str) -> bool {
    let before = text.get(floor(text, at.saturating_sub(16))..at).unwrap_or_default();
    let before = before.trim_end_matches(['"', '\'', '\\']).strip_suffix('=').unwrap_or_default();
    before.strip_suffix(name).is_some_and(|before| before.ends_with(' '))
}

/// A key that reCAPTCHA shows to everybody. Its secrets look the same, and their names tell them apart.
pub(super) fn is_site_key(run: &str) -> bool {
    run.len() == 40 && run.starts_with("6L") || run.starts_with("0x4AAA")
}

/// `secret-3f2a9c0d…`, `my_key_3f2a9c0d…`: the name is glued to the value.
fn glued(piece: &str) -> Option<Named> {
    let (head, tail) = piece.rsplit_once(['_', '-'])?;
    let drawn = tail.len() >= 24 && super::judge::is_random(tail);
    match words::hint(head) {
        Hint::Secret(kind) if drawn && kind != "cookie" => Some(Named::After { kind, words: 0, lines: 0, said: true }),
        _ => None,
    }
}

/// True behind a command that takes a secret as its argument.
fn takes_secret(text: &str, at: usize) -> bool {
    let before = text.get(floor(text, at.saturating_sub(16))..at).unwrap_or_default();
    ["vault login ", "wandb login ", "vault unwrap ", "authtoken "].iter().any(|command| before.ends_with(command))
}

/// The rest of a wrapped key: alone on its line below one that a secret ends.
fn goes_on(sink: &Sink<'_>, found: Found) -> bool {
    let between = sink.text.get(sink.done()..found.start).unwrap_or_default();
    sink.done() > 0
        && sink.last_kind().is_some_and(|kind| kind != "email")
        && between.len() <= 48
        && between.matches('\n').count() == 1
        && between
            .chars()
            .all(|c| c.is_whitespace() || is_quote(c) || matches!(c, '>' | '|' | '\u{2502}' | '\\' | '+' | '^'))
        && stands_alone(sink.text, found.end)
}

/// A piece of a key that was written in groups of ten characters or so.
fn is_chunk(sink: &Sink<'_>, found: Found) -> bool {
    sink.done() > 0
        && sink.text.get(sink.done()..found.start) == Some(" ")
        && found.end - found.start <= 16
        && sink.last_kind().is_some_and(|kind| kind.starts_with("openai") || kind.starts_with("anthropic"))
}

/// Nothing but punctuation follows on the line.
fn stands_alone(text: &str, end: usize) -> bool {
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let next = rest.iter().take(48).find(|b| {
        !matches!(b, b'"' | b'\'' | b'`' | b',' | b';' | b')' | b']' | b'}' | b' ' | b'\t' | b'|' | b'=' | b'!')
    });
    matches!(next, None | Some(b'\n' | b'\r' | b'<' | b'\\'))
}

/// The value of a short option that takes passwords: `-p`, `-a`, `-k`, `-w`.
fn option(text: &str, start: usize) -> bool {
    let from = floor(text, start.saturating_sub(12));
    let before = text.get(from..start).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_quote(c) || c == ',');
    ["-p", "-P", "-a", "-k", "-w", "-b", "/rp"]
        .iter()
        .any(|o| before.strip_suffix(o).is_some_and(|before| before.ends_with([' ', '\'', '"'])))
}

/// A file's name, or a part of a program that is named like one.
fn is_file(run: &str) -> bool {
    run.rsplit_once('.').is_some_and(|(_, end)| FILES.contains(&end)) && run.split(['/', '.']).all(|p| p.len() < 28)
}

/// A masked key is evidence and stays.
fn is_masked(text: &str, run: Found) -> bool {
    let from = floor(text, run.start.saturating_sub(4));
    let before = text.get(from..run.start).unwrap_or_default();
    let after = text.get(run.end..).unwrap_or_default();
    let mask = |s: &str, c: Option<char>| c.is_some_and(masked::is_mask) || s == "..";
    (mask(before.get(before.len().saturating_sub(2)..).unwrap_or_default(), before.chars().next_back())
        || mask(after.get(..2).unwrap_or_default(), after.chars().next()))
        && run.end - run.start <= 12
}
