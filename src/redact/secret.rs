//! Values that are one secret: decides whether this one is, and takes it out.

use super::extent::{self, End, Extent};
use super::fingerprint::Flags;
use super::opening::Opening;
use super::sink::{Sink, decode};
use super::unit::{byte, closing_quote, is_quote, unit};
use super::{auth, beside, forms, gap, judge, link, masked, names, options, placeholder, run};

/// A value after a name; `sure` where the name leaves no doubt.
pub(super) fn value(
    sink: &mut Sink<'_>,
    opening: &Opening,
    kind: &'static str,
    sure: bool,
    name: &str,
) -> Option<usize> {
    let text = sink.text;
    if opening.separator == link::LOOSE {
        return link::value(sink, opening, kind, name);
    }
    // `--- PASS: TestClient (0.00s)`, Go's.
    if name == "PASS" && text.get(..opening.start).is_some_and(|before| before.ends_with("--- PASS: ")) {
        return None;
    }
    if opening.quoted_name && opening.separator == ',' && !opening.is_quoted() {
        return None;
    }
    // `"apiKey": {"value": "…"}`, `"apiKey": [{"id": 1, "value": "…"}]`.
    let list = usize::from(byte(text, opening.start) == b'[' && opening.quoted_name);
    if byte(text, opening.start + list) == b'{'
        && let Some(at) = super::opening::member(text, opening.start + list + 1).or_else(|| {
            let from = opening.start + list;
            let near =
                text.get(from..super::unit::floor(text, text.len().min(from + 160)))?.split(['}', ']']).next()?;
            super::opening::member(text, from + near.find("\"value\":")?)
        })
    {
        return value(sink, &at, kind, sure, name);
    }
    // A list of one, as maps of header fields are printed: `Api-Key:[…]`.
    if sure
        && byte(text, opening.start) == b'['
        && let Some(inner) = text.get(opening.start + 1..).and_then(|rest| {
            let len = rest.bytes().take(extent::SHORT).position(|b| b"[](){},;\"' \n".contains(&b))?;
            rest.get(..len).filter(|_| rest.get(len..).is_some_and(|rest| rest.starts_with(']')))
        })
        && !judge::is_wordy(inner)
    {
        let end = opening.start + 1 + inner.len();
        let key = decode(text, opening.start + 1, end);
        return stretch(sink, Extent { start: opening.start + 1, end, after: end }, &key, kind, sure, true);
    }
    // Objects, lists, calls and references are code.
    if !opening.is_quoted()
        && matches!(byte(text, opening.start), b'{' | b'[' | b'(')
        && !text.get(opening.start..)?.starts_with(placeholder::OPEN)
    {
        return None;
    }
    let mut opening = *opening;
    if opening.end == End::Line {
        opening.end = End::Word;
    }
    if !opening.is_quoted() {
        // YAML's tags: those of its own say a type, any other names what the value is looked up by.
        if byte(text, opening.start) == b'!' {
            return tagged(sink, &opening, kind, sure, name);
        }
        // Another option, and a command of PowerShell: `--body "…"`, `= Get-Secret`.
        if is_option_or_command(text, opening.start) {
            return None;
        }
    }
    let longest = if sure { extent::LONGEST } else { extent::SHORT };
    let mut extent = extent::within(text, &opening, false, longest);
    // `token: …, …`: what parts the members of a list is no part of them.
    let last = byte(text, extent.end.wrapping_sub(1));
    if opening.end == End::Word
        && (opening.separator == ':' && matches!(last, b',' | b';')
            || last == b';' && kind == "cookie" && byte(text, extent.end) == b' ')
    {
        extent.end -= 1;
        extent.after = extent.end;
    }
    let mut key = decode(text, extent.start, extent.end);
    // `"Password: …, and I get 407"`: the quotes are around more than the value.
    if kind == "password"
        && opening.separator == ':'
        && !opening.is_quoted()
        && key.split_whitespace().count() > 2
        && !is_passphrase(&key)
    {
        let first = extent::within(text, &Opening { end: End::Token, ..opening }, false, extent::SHORT);
        let word = decode(text, first.start, first.end);
        let ends = || text.get(first.end..).is_some_and(link::ends_well);
        if judge::is_made(&word) || link::is_word(&word) && ends() {
            (extent, key) = (first, word);
        }
    }
    // `--set-env-vars="KEY=…,STAGE=prod"`: what comes next has a name of its own.
    if opening.separator == '=' && !opening.is_quoted() {
        let value = text.get(extent.start..extent.end).unwrap_or_default();
        let named = |rest: &str| {
            let len = rest.bytes().take(40).take_while(|b| b.is_ascii_uppercase() || *b == b'_').count();
            len > 2 && byte(rest, len) == b'='
        };
        let comma = value.match_indices(',').find(|(at, _)| value.get(at + 1..).is_some_and(named));
        if let Some((len, _)) = comma.filter(|(len, _)| *len >= 16) {
            extent.end = extent.start + len;
            extent.after = extent.end;
            key = decode(text, extent.start, extent.end);
        }
    }
    // `--secrets name=…`.
    if name.starts_with("--secrets")
        && let Some(len) =
            key.find('=').filter(|len| key.len() > len + 8 && key.get(..*len).is_some_and(judge::is_wordy))
    {
        extent.start += len + 1;
        key = decode(text, extent.start, extent.end);
    }
    // An environment variable's value, a header field's and an element's are no code, quotes or not.
    let variable =
        opening.separator == '=' && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let field = opening.separator == ':' && name.contains('-');
    // What a model signs its thoughts with opens nothing; signatures that do are shorter, or stand in an address.
    if name.ends_with("signature") && opening.quoted_name && !sure && key.len() >= 96 {
        return Some(extent.after);
    }
    let quoted = matches!(opening.end, End::Quote { .. } | End::Tag)
        || (sure && (variable || field || opening.parameter || opening.separator == ' '));
    // `API key: …` and `пароль: …` are words of people, who write about keys as well.
    let told = !name.is_ascii() || sure && names::is_bare(name) && !opening.parameter;
    let drawn = || key.len() >= 16 && key.bytes().all(|b| b.is_ascii_alphanumeric()) && !judge::is_wordy(&key);
    let cut = || kind != "password" && key.len() < 20 && gap::completed(text, extent.end, &key).is_some();
    if told
        && !(cut()
            || judge::is_made(&key)
            || judge::is_random(&key)
            || drawn()
            || kind == "password" && is_lone_word(&key))
    {
        return None;
    }
    if !quoted && key.len() <= 1024 && is_code(text, &extent, &key, kind, name) {
        if sure && !key.contains(['.', '(', '-']) {
            sink.want(&["$", &key].concat());
        }
        return None;
    }
    // A word beside the name of a password is its value where the one is a member `value`, or something is set to it.
    let set = || sure && kind == "password" && opening.separator == ',' && is_set(text, &opening, name);
    // `<entry key="db.password">…</entry>`.
    let near = text.get(super::unit::floor(text, opening.start.saturating_sub(64))..opening.start);
    let head = near.and_then(|near| near.rsplit_once(name)).map_or("", |(head, _)| head);
    let entry = || {
        opening.separator == '"' && kind == "password" && (head.ends_with(['.', '_', '-']) || head.ends_with("key=\""))
    };
    if matches!(opening.separator, '"' | ',') && judge::is_wordy(&key) && !set() && !(entry() && is_lone_word(&key)) {
        return None;
    }
    if opening.separator == ',' && is_member_name(text, extent.after) {
        return None;
    }
    let sure = sure && (opening.separator != '(' || !judge::is_wordy(&key));
    // What an option says, an environment's variable, and a password beside its user need no look that convinces.
    let wordy = judge::is_wordy(&key);
    // `Token::Str("…")` names a part of a program.
    let before = text.get(super::unit::floor(text, opening.start.saturating_sub(12))..opening.start);
    let told = matches!(opening.separator, ':' | '=') && !before.is_some_and(|before| before.contains("::"));
    let told = told && (kind == "password" && name != "PASS" || name.eq_ignore_ascii_case("token"));
    // `pass = "…"`, a file's, and `guest / PW: …`.
    let assigned = opening.separator == '=' && opening.is_quoted() && name == "pass"
        || opening.separator == ':' && head.ends_with(" / ");
    // `pw=… for the proxy`, `PW: … (do not tell)`.
    let word = || {
        let glued = || {
            let start = opening.start.checked_sub(name.len() + 1).filter(|_| byte(text, opening.start - 1) == b'=');
            start.is_some_and(|start| super::opening::is_line_start(text, start))
        };
        let short = opening.separator == ':' && ["pw", "mdp"].iter().any(|n| name.eq_ignore_ascii_case(n));
        let ends = || text.get(extent.end..).is_some_and(link::ends_well);
        link::is_word(&key) && (short && ends() || glued())
    };
    let sure = sure
        || kind == "password" && !opening.is_quoted() && word()
        || (told || opening.parameter || variable) && judge::is_made(&key)
        || name.starts_with("--") && (!wordy || kind == "password")
        || kind == "password"
            && !opening.quoted_name
            && key.len() >= 4
            && (variable || assigned || beside::user(text, opening.start))
        || kind == "password"
            && !wordy
            && key.len() >= 6
            && key.bytes().any(|b| b.is_ascii_digit())
            && alone(text, &extent);
    stretch(sink, extent, &key, kind, sure, quoted || opening.parameter || opening.separator == ' ')
}

/// A word that says nothing about a password.
pub(super) fn is_lone_word(key: &str) -> bool {
    const ABOUT: &[&str] = &["inc", "inv", "obl", "req", "exp", "err", "man", "vac", "nul", "non", "not"];
    key.len() >= 6
        && key.bytes().all(|b| b.is_ascii_alphanumeric())
        && !ABOUT.iter().any(|start| key.starts_with(start))
}

/// Nothing follows on the line.
fn alone(text: &str, extent: &Extent) -> bool {
    matches!(byte(text, extent.after), 0 | b'\n' | b'\r')
}

/// `!!str value`, `!unsafe "value"`; `!Ref Name` is no secret.
fn tagged(sink: &mut Sink<'_>, opening: &Opening, kind: &'static str, sure: bool, name: &str) -> Option<usize> {
    let text = sink.text;
    let rest = text.as_bytes().get(opening.start..)?;
    let len = rest.iter().take(32).take_while(|b| b.is_ascii_alphanumeric() || **b == b'!').count();
    let tag = text.get(opening.start..opening.start + len)?;
    let start = super::opening::skip_spaces(text, opening.start + len, false);
    let literal = matches!(tag, "!!str" | "!str" | "!unsafe" | "!!binary" | "!literal" | "!string");
    if len < 3 || start == opening.start + len {
        // An exclamation mark is as good a start of a password as any.
        let extent = extent::within(text, opening, false, extent::SHORT);
        let key = decode(text, extent.start, extent.end);
        return stretch(sink, extent, &key, kind, sure, true);
    }
    if !literal {
        return None;
    }
    let inner = Opening { start, ..*opening };
    let inner = match unit(text, start).and_then(|u| Some((u, closing_quote(u.ch)?))) {
        Some((quote, close)) => {
            let end = End::Quote { close, slashes: quote.slashes, writing: quote.writing, own: true };
            Opening { start: start + quote.len, end, ..inner }
        }
        None => inner,
    };
    value(sink, &inner, kind, sure, name)
}

/// `--body`, `-Name`, and `Get-AzAccessToken`: a verb and a noun, both with a capital.
pub(super) fn is_option_or_command(text: &str, at: usize) -> bool {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let len = rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let word = text.get(at..at + len).unwrap_or_default();
    let ends = matches!(rest.get(len), None | Some(b' ' | b'\t' | b'\n' | b'\r' | b'=' | b')' | b'|'));
    if !ends || len == 64 {
        return false;
    }
    if word.starts_with('-') {
        return word.trim_start_matches('-').bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    }
    let capital = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_uppercase())
            && s.bytes().all(|b| b.is_ascii_alphabetic())
            && judge::turns(s) * 3 < s.len() * 2
    };
    word.split_once('-').is_some_and(|(verb, noun)| {
        verb.len() <= 12 && verb.ends_with(|c: char| c.is_ascii_lowercase()) && capital(verb) && capital(noun)
    })
}

/// `("user", "password")` after a name that says so: the second goes. A single value is judged for itself.
pub(super) fn user_and_password(sink: &mut Sink<'_>, opening: &Opening, name: &str) -> Option<usize> {
    let text = sink.text;
    // `smtp.login("jane@acme.example", "…")`; a word alone is a member of many things.
    let login = name.eq_ignore_ascii_case("login");
    if login && (opening.separator != '(' || !text.get(opening.start..)?.split(is_quote).next()?.contains(['@', '{'])) {
        return None;
    }
    let alone = |sink: &mut Sink<'_>| match name.get(name.len().saturating_sub(7)..) {
        Some(end) if end.eq_ignore_ascii_case("userpwd") => {
            let extent = extent::within(text, opening, false, extent::SHORT);
            options::user_and_password(sink, extent, false)
        }
        _ => value(sink, opening, "credentials", false, "auth"),
    };
    if !opening.is_quoted() || !matches!(opening.separator, '=' | ':' | '(') {
        return alone(sink);
    }
    let mut last = *opening;
    let addressed = ["pdo", "mysqli", "mysqli_connect", "getconnection"].iter().any(|n| name.eq_ignore_ascii_case(n));
    for _ in 0..1 + usize::from(addressed) {
        let before = extent::within(text, &last, false, extent::SHORT);
        let at = super::opening::skip_spaces(text, before.after, true);
        if byte(text, at) != b',' {
            return if addressed { None } else { alone(sink) };
        }
        let start = super::opening::skip_spaces(text, at + 1, true);
        last = super::opening::own_quote(text, Opening { start, ..*opening })?;
    }
    let password = extent::of(text, &last, false);
    if is_member_name(text, password.after) {
        return None;
    }
    let key = decode(text, password.start, password.end);
    stretch(sink, password, &key, "password", true, true)
}

/// True for `"key": "password", "value": "…"` and `SetEnvironmentVariable("DB_PASSWORD", "…")`.
fn is_set(text: &str, opening: &Opening, name: &str) -> bool {
    let before =
        text.get(super::unit::floor(text, opening.start.saturating_sub(96))..opening.start).unwrap_or_default();
    let joint = |c: char| is_quote(c) || matches!(c, '\\' | ' ' | '#');
    let Some((call, between)) = before.rsplit_once(name) else { return false };
    let verb = || {
        let call = call.trim_end_matches(joint).strip_suffix('(')?;
        let verb = call.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?.get(..3)?.to_ascii_lowercase();
        Some(matches!(&*verb, "set" | "put" | "add" | "app" | "def" | "fil" | "typ"))
    };
    between.trim_end_matches(joint).ends_with([':', '=']) || verb().unwrap_or_default()
}

/// True where a quoted string is followed by a colon: a member's name and not the value of the string before it.
fn is_member_name(text: &str, after: usize) -> bool {
    let at = super::opening::skip_spaces(text, after, true);
    matches!(byte(text, at), b':' | b'=')
}

/// Judges one value that stands at a known place, and takes it out where it is a secret.
pub(super) fn stretch(
    sink: &mut Sink<'_>,
    extent: Extent,
    key: &str,
    kind: &'static str,
    sure: bool,
    quoted: bool,
) -> Option<usize> {
    let Extent { start, end, after } = extent;
    if end <= start {
        return None;
    }
    let inside = placeholder::first(sink.text, start, end);
    if inside == Some((start, end)) {
        return Some(after);
    }
    if auth::starts_with_scheme(key) {
        return auth::stretch(sink, extent);
    }
    // An organization's id where a key belongs is a finding; what is longer than any id, or a password, is none.
    let len = inside.map_or(key.len(), |(from, _)| from - start);
    let id = is_public_id(key) && kind != "password" && (!sure || len <= 32);
    if judge::is_placeholder(key) || id {
        sink.want(key);
        return None;
    }
    if inside.is_some() {
        return sure.then(|| after.max(placeholder::beside(sink, start, end, kind, is_rest)));
    }
    if masked::is_masked(key) {
        sink.masked(key);
        return None;
    }
    let plain = run::without_zero_width(key);
    let found = forms::find(plain.trim(), sure);
    let whole = joined(key);
    let key = whole.as_ref().map_or(key, |whole| whole.as_str());
    if found.is_none() && !is_secret(key, kind, sure, quoted) {
        return None;
    }
    let flags = Flags { truncated: found.is_some_and(|f| f.truncated), ..Flags::default() };
    let kind = found.map_or(kind, |f| f.kind);
    let flags = Flags { white_space: flags.white_space || whole.is_some(), ..flags };
    sink.replace(start, end, kind, key, flags);
    Some(after)
}

/// True for what stands beside a secret in its value and is one too.
fn is_rest(part: &str) -> bool {
    !judge::is_placeholder(part) && part.split_whitespace().any(judge::is_random)
}

/// A secret that went on behind its value, which ends at `next`, took the value's end along: what is left up to the next is judged as
/// it would be behind a placeholder. Gives the offset to go on from.
pub(super) fn rest(sink: &mut Sink<'_>, opening: &Opening, next: usize, kind: &'static str) -> usize {
    let start = sink.done();
    if start <= next {
        return next;
    }
    let opening = Opening { start, ..*opening };
    let end = extent::within(sink.text, &opening, false, extent::SHORT).end;
    placeholder::beside(sink, start, end, kind, is_rest).max(start)
}

/// A key that stands on two lines, without the break and its indentation.
pub(super) fn joined(key: &str) -> Option<zeroize::Zeroizing<String>> {
    let trimmed = key.trim();
    trimmed.contains('\n').then(|| {
        zeroize::Zeroizing::new(
            trimmed.split('\n').map(|l| l.trim_matches(['\r', ' ', '\t', '\\', '>', '|'])).collect(),
        )
    })
}

/// True where an unquoted value is an expression of a program, a type or a word of prose.
fn is_code(text: &str, extent: &Extent, key: &str, kind: &str, name: &str) -> bool {
    if byte(text, extent.end) == b'('
        || key.contains('(')
        || key.contains(['<', '[']) && !judge::is_random(key)
        || key.starts_with('&')
        || key.contains("&&")
        || key.contains('<') && key.ends_with('>')
        || key.eq_ignore_ascii_case(name)
    {
        return true;
    }
    let numeric = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if numeric {
        return is_number(key, kind);
    }
    if key.contains('.') && !judge::is_random(key) && key.split('.').all(|p| !p.is_empty() && judge::is_wordy(p)) {
        return true;
    }
    // `kaffee-42`: a password as people make them, and no name that a program would have.
    let numbered = || key.len() >= 6 && key.bytes().any(|b| b.is_ascii_digit()) && !key.contains(['.', '_', ':', '/']);
    let made = (kind == "password" || matches!(kind, "api-key" | "secret") && numbered()) && !key.ends_with('.');
    judge::is_wordy(key) && !made && !judge::is_gibberish(key)
}

/// True for a number that is no secret of this kind: a count, a port.
fn is_number(key: &str, kind: &str) -> bool {
    let fewest = match kind {
        "password" => 4,
        "api-key" => 8,
        _ => 10,
    };
    key.len() < fewest
}

/// True where a value at a secret's place is one.
fn is_secret(key: &str, kind: &str, sure: bool, quoted: bool) -> bool {
    let words = key.split_whitespace().count();
    if !sure {
        if super::shape::is_uuid(key) {
            return false;
        }
        let drawn = || {
            let has = |class: fn(&u8) -> bool| key.bytes().any(|b| class(&b));
            key.len() >= 16
                && (has(u8::is_ascii_digit) || key.bytes().all(|b| b.is_ascii_alphanumeric()))
                && has(u8::is_ascii_alphabetic)
                && !judge::is_wordy(key)
                && !key.contains(['-', '_'])
        };
        // `Bearer hunter2`: a word with a digit in it is no sentence.
        let odd = || {
            kind == "bearer-token"
                && (judge::is_made(key)
                    || key.len() >= 6 && key.bytes().all(|b| b.is_ascii_alphanumeric()) && !judge::is_wordy(key))
        };
        // Small letters, capitals, digits and marks: nobody calls anything so.
        let classes = || {
            let classes: [fn(&u8) -> bool; 4] =
                [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, |b| b"!@#$%^&*+".contains(b)];
            key.len() >= 8 && classes.iter().all(|class| key.bytes().any(|b| class(&b))) && judge::is_made(key)
        };
        if words == 1 && (odd() || classes()) {
            return true;
        }
        return words == 1 && key.len() >= 8 && (judge::is_random(key) || drawn() && !key.contains(['/', ' ', '.']));
    }
    let numeric = key.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' '));
    if numeric && is_number(key, kind) {
        return false;
    }
    if words >= 3 && key.len() <= 1024 {
        if quoted && kind == "password" && is_passphrase(key) {
            return true;
        }
        // A sentence about the secret, not the secret.
        return key.split_whitespace().any(judge::is_random);
    }
    quoted || key.len() >= 4
}

/// Words of a sentence about passwords; none of them is drawn for a passphrase as often as they are written.
#[rustfmt::skip]
const SENTENCE: &[&str] = &[
    "a", "an", "and", "are", "at", "be", "been", "by", "can", "cannot", "character", "characters", "contain", "contains",
    "could", "did", "does", "doesn't", "enter", "expired", "failed", "for", "from", "has", "have", "here", "if", "in", "incorrect",
    "invalid", "is", "it", "least", "match", "may", "missing", "must", "new", "no", "not", "of", "on", "one", "optional", "or", "our",
    "please", "provide", "provided", "required", "reset", "set", "should", "string", "than", "that", "the", "this", "to", "too", "use",
    "used", "user", "username", "value", "was", "when", "will", "with", "wrong", "you", "your", "password", "passwords", "token", "field",
];

/// `correct horse battery staple`: words in small letters that make no sentence.
fn is_passphrase(key: &str) -> bool {
    let mut words = key.split(' ');
    key.split(' ').count() <= 10
        && words.all(|w| {
            (2..=14).contains(&w.len())
                && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                && !SENTENCE.contains(&w)
        })
}

/// Ids that providers print so that people can quote them.
pub(super) fn is_public_id(key: &str) -> bool {
    // Each but the last two ends with the first mark in it.
    let Some(mark) = key.bytes().take(12).position(|b| matches!(b, b'_' | b'-' | b':')) else { return false };
    let (start, rest) = (key.get(..=mark).unwrap_or_default(), key.get(mark + 1..).unwrap_or_default());
    matches!(
        start,
        "req_"
            | "chatcmpl-"
            | "cmpl-"
            | "file-"
            | "asst_"
            | "thread_"
            | "resp_"
            | "call_"
            | "run_"
            | "msg_"
            | "batch_"
            | "ftjob-"
            | "vs_"
            | "org-"
            | "proj_"
            | "user-"
            | "cus_"
            | "evt_"
            | "toolu_"
            | "srvtoolu_"
            | "sess_"
            | "step_"
            | "upload_"
            | "snap_"
            | "gen-"
            | "fp_"
            | "key_"
            | "ft:"
            | "ftckpt-"
            | "eval_"
            | "evalrun_"
            | "conv_"
            | "item_"
            | "event_"
            | "cntr_"
            | "rs_"
            | "fc_"
            | "ws_"
            | "ig_"
            | "modr-"
            | "invite-"
            | "trace_"
            | "wfr_"
    ) || start == "audit_" && rest.starts_with("log-")
        || start == "model_" && rest.starts_with("name_")
}
