//! Values that stand behind their name with neither `:` nor `=` between: behind "is", behind spaces, in the next element of a
//! page, on the next line, as what is used instead. The link is loose, so the value has to look like a secret as well.

use super::extent::{self, End};
use super::names::Place;
use super::near::is_word_char;
use super::opening::{self, Opening, is_line_start, skip_spaces};
use super::shape::Shape;
use super::sink::{Sink, decode};
use super::unit::{byte, closing_quote, floor, is_quote};
use super::value;
use super::words::{self, Hint};
use super::{beside, forms, gap, judge, placeholder, secret};

/// The separator of such an opening.
pub(super) const LOOSE: char = '~';

/// How far from the name the value may start, in bytes.
const NEAR: usize = 200;

/// What stands between a name and its value besides the words for "is".
const MARKS: &[&str] = &[
    "\u{2014}", "\u{2013}", "\u{2192}", "\u{2502}", "\u{2551}", "- ", "? ", "\u{662f}", "\u{4e3a}", "\u{70ba}",
    "\u{306f}",
];

/// What says that another value is used where the name has none.
const ELSE: &[&str] = &["|| ", "?? ", "or "];

/// The last words of commands and directives that set a name to the word behind it: `proxy_set_header`, `fastcgi_param`,
/// `netlify env:set`, `aws configure set`, `SetEnv`.
const SETTERS: &[&str] = &["set", "setenv", "header", "param", "update", "put"];

/// Where the value behind the name at `start..end` opens.
pub(super) fn opening(text: &str, start: usize, end: usize, place: Place) -> Option<Opening> {
    if place == Place::Likely("secret") {
        let below = || below(text, start, end).filter(|_| is_line_start(text, start));
        return base(text, element(text, end).or_else(below)?);
    }
    // Python's `pass` stands alone on its line.
    if place == Place::Likely("password") {
        return base(text, said(text, end)?);
    }
    let Place::Secret(_) = place else { return None };
    let at = said(text, end)
        .or_else(|| element(text, end))
        .or_else(|| instead(text, end))
        .or_else(|| typed(text, start, end))
        .or_else(|| spaced(text, start, end))
        .or_else(|| below(text, start, end))?;
    base(text, at)
}

/// The value at `at`, in quotes or not.
fn base(text: &str, at: usize) -> Option<Opening> {
    let stop = if byte(text, at.wrapping_sub(1)) == b'>' { End::Tag } else { End::Token };
    let base = Opening { start: at, end: stop, separator: LOOSE, parameter: false, quoted_name: false };
    opening::own_quote(text, base).or(Some(base))
}

/// Takes the value out where it looks like a secret.
pub(super) fn value(sink: &mut Sink<'_>, opening: &Opening, kind: &'static str, name: &str) -> Option<usize> {
    let text = sink.text;
    let mut extent = extent::within(text, opening, false, extent::SHORT);
    while !opening.is_quoted() && extent.end > extent.start && matches!(byte(text, extent.end - 1), b'.' | b'?' | b':')
    {
        extent.end -= 1;
        extent.after = extent.end;
    }
    let mut key = decode(text, extent.start, extent.end);
    // Two rows are two values, but for a key of a known form.
    if let Some(len) = key.find('\n').filter(|_| !opening.is_quoted() && !is_form(&key)) {
        extent.end = text.get(extent.start..extent.end)?.find('\n').map_or(extent.end, |len| extent.start + len);
        extent.after = extent.end;
        key.truncate(len);
    }
    // Where it is quoted, nobody writes about the password.
    let quoted = || {
        opening.is_quoted()
            && kind == "password"
            && (name.len() > 4
                || text.get(..opening.start).is_some_and(|b| b.trim_end_matches(is_quote).ends_with(": ")))
            && key.len() >= 6
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.!#@$&*+".contains(&b))
    };
    let settled = placeholder::first(text, extent.start, extent.end) == Some((extent.start, extent.end));
    // A ray id may stand alone on a line.
    let short = key.len() < 24 && Shape::of(&key).is_hex();
    let word = || kind == "password" && !opening.is_quoted() && is_told(text, &extent, &key, name);
    // The short beginning of a key that is cut.
    let cut = || {
        let drawn = !judge::is_wordy(&key) || key.bytes().all(|b| b.is_ascii_hexdigit());
        kind != "password" && key.len() < 20 && drawn && gap::completed(text, extent.end, &key).is_some()
    };
    let fits =
        settled || (judge::is_made(&key) || quoted() || word()) && !short && !secret::is_public_id(&key) || cut();
    fits.then(|| secret::stretch(sink, extent, &key, kind, true, true)).flatten()
}

/// How words end that say something about a password, in the languages that say "is".
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "ed", "en", "ing", "ly", "ble", "ent", "ant", "ive", "ory", "ary", "ous", "al", "ect", "ekt", "id", "ion", "less", "ful", "ity", "ic", "ate",
    "est", "ger", "ter", "lich", "bar", "sch", "ig", "ert", "egt", "ado", "ada", "ido", "ida", "cto", "cta", "rio", "ria", "ire", "ete", "ole",
];

/// The same, whole.
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "strong", "simple", "random", "unique", "public", "strange", "unsafe", "plaintext", "cleartext", "unclear", "complex", "varchar",
    "whatever", "nothing", "always", "already", "another", "either", "neither", "required", "secret", "encoded", "whether", "foreign",
    "length", "policy", "strength", "manager", "fields", "change", "prompt", "expiry", "history", "number", "digits", "letters",
    "prefix", "access", "hashes", "storage", "confirm", "please", "submit", "cancel", "signin", "signup", "forgot", "register",
    "continue", "remember", "anmelden", "connexion", "entrar", "accedi", "reveal",
];

/// A word in a password's place that says nothing about passwords: `the password is …, but`, a row of a name and its value.
fn is_told(text: &str, extent: &extent::Extent, key: &str, name: &str) -> bool {
    if !is_word(key) {
        return false;
    }
    let before = text.get(floor(text, extent.start.saturating_sub(96))..extent.start).unwrap_or_default();
    let Some((above, between)) = before.rsplit_once(name) else { return false };
    let line = above.rsplit('\n').next().unwrap_or_default();
    let after = text.get(extent.end..).unwrap_or_default();
    let ends = after.is_empty() || after.starts_with(['\n', '\r']);
    // `<td>Password</td><td>…</td>`.
    if between.contains('<') {
        return between.ends_with('>') && after.starts_with("</");
    }
    // `Password:` and the word below, `Username`, its value, `Password`, and the word below.
    if between.contains('\n') {
        let mut lines = above.rsplit('\n').skip(1).map(str::trim);
        let form = lines.next().is_some_and(|value| !value.is_empty() && !value.contains(' '))
            && lines.next().is_some_and(|label| is_user_label(&label.to_ascii_lowercase()));
        return ends && line.trim().is_empty() && (form || between.trim() == ":" || between == "\n\n");
    }
    let last = between.trim_end().rsplit(' ').next().unwrap_or_default();
    let copula = || name.len() > 4 && words::is_copula(last) && !is_unclear(name, last);
    let said = between.starts_with(' ') && (copula() || last.ends_with(':'));
    let wide = between.len() > 1 || between == "\t";
    // A row of a name, its value and more, or of both alone.
    let cell = name.contains('_') && after.starts_with("  ");
    let wide = wide || below_user(text, extent.start - between.len() - name.len());
    let row = || between.trim().is_empty() && wide && (ends || cell) && line.trim().is_empty();
    let with = || between == " " && is_beside_user(line);
    (said || with()) && ends_well(after) || row()
}

/// "on" and "to" say "is" in some languages, and all manner of things in English.
pub(super) fn is_unclear(before: &str, word: &str) -> bool {
    let before = before.to_ascii_lowercase();
    let english = || before.contains("pw") || before.contains("pass") && !before.contains("ssord");
    matches!(word, "e" | "are") || matches!(word, "on" | "to" | "er") && english()
}

/// A word that says nothing about passwords.
pub(super) fn is_word(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (6..=20).contains(&key.len())
        && key.bytes().all(fits)
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && secret::is_lone_word(&lower.replace(['-', '_'], ""))
        && !(lower.contains('_') && matches!(words::hint(&lower), Hint::Secret(_)))
        && (!ABOUT.iter().any(|end| lower.ends_with(end)) || lower.ends_with("fly"))
        && !SAYING.contains(&&*lower)
}

/// True where a clause ends, or the next begins.
pub(super) fn ends_well(after: &str) -> bool {
    let next = after.trim_start_matches(' ').split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    after.is_empty()
        || after.starts_with(['\n', '\r', ',', '.', ';', ')', '!'])
        || after.starts_with(" (")
        || matches!(
            next,
            "and" | "but" | "und" | "aber" | "y" | "pero" | "et" | "mais" | "i" | "ale" | "from" | "at" | "on"
        )
}

/// True for words that label a user's name.
fn is_user_label(label: &str) -> bool {
    label.len() <= 24 && (beside::is_user(label) || label.contains("mail"))
}

/// True at the start of a line below one of two words, of which the first labels a user's name: `User     jane`.
fn below_user(text: &str, start: usize) -> bool {
    let before = text.get(floor(text, start.saturating_sub(96))..start).unwrap_or_default();
    let above = before.strip_suffix('\n').and_then(|above| above.rsplit('\n').next()).unwrap_or_default();
    let mut words = above.split_whitespace();
    above.contains("  ")
        && words.next().is_some_and(|label| is_user_label(&label.to_ascii_lowercase()))
        && words.count() == 1
}

/// True for words before a password's name that tell of its user: `user jane with …`, `Benutzer jane, …`.
fn is_beside_user(line: &str) -> bool {
    let words = line.to_ascii_lowercase();
    let user = beside::is_user(&words)
        || ["account", "credential", "identifiant", "mail", "@"].iter().any(|w| words.contains(w));
    user && ["with ", "with the ", "mit ", ", ", "and ", "mot de "].iter().any(|end| words.ends_with(end))
}

/// True for a key of a known form that stands on two lines.
fn is_form(key: &str) -> bool {
    secret::joined(key).is_some_and(|whole| forms::find(&whole, true).is_some())
}

/// `password is …`, `Passwort lautet …`, `key — …`.
pub(super) fn said(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..floor(text, text.len().min(end + 48)))?;
    let bare = rest.trim_start_matches([' ', '"', '*', '`']);
    // `password for the VPN: …`, `the key for prod is …`.
    // `mot de passe du proxy est …`.
    let whose = ["for ", "du ", "de ", "del ", "do ", "da ", "vom "].iter().find_map(|of| bare.strip_prefix(of));
    let is = |whose: &'_ str| {
        [": ", " is ", " est ", " es ", " ist "].iter().find_map(|is| Some((whose.find(is)?, is.len())))
    };
    if let Some(whose) = whose.filter(|_| rest.starts_with(' '))
        && let Some((whom, behind)) = is(whose).and_then(|(at, len)| Some((whose.get(..at)?, whose.get(at + len..)?)))
        && whom.split(' ').count() <= 3
        && whom.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ')
    {
        return Some(end + rest.len() - behind.len());
    }
    // `key provided: …`, `key used was: …`.
    if let Some((between, behind)) = bare.split_once(": ")
        && rest.len() > bare.len()
        && between.split(' ').all(|word| matches!(words::hint(word), Hint::Filler))
    {
        return Some(end + rest.len() - behind.len());
    }
    // `Secret Access Key [****]: …`, and what a program asks.
    if let Some((_, behind)) = bare.strip_prefix('[').and_then(|shown| shown.split_once("]: ")) {
        return Some(end + rest.len() - behind.len());
    }
    let word = bare.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let behind = match bare.strip_prefix(word) {
        Some(behind) if rest.len() > bare.len() && words::is_copula(word) => behind,
        _ => MARKS.iter().find_map(|mark| bare.strip_prefix(mark))?,
    };
    let behind = behind.strip_prefix(':').unwrap_or(behind);
    Some(skip_spaces(text, end + rest.len() - behind.len(), false))
}

/// `<td>Token</td><td>…`, `<key>TOKEN</key> <string>…`, `<label>Token</label><input value="…">`.
fn element(text: &str, end: usize) -> Option<usize> {
    let mut at = end;
    let mut opened = false;
    for _ in 0..6 {
        let rest = text.get(at..floor(text, text.len().min(at + NEAR)))?;
        let tag = rest.trim_start();
        if !tag.starts_with('<') || at == end && !tag.starts_with("</") {
            break;
        }
        let len = tag.find('>')?;
        let inner = tag.get(1..len)?;
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        let start = at + rest.len() - tag.len();
        if !inner.starts_with('/') && matches!(name, "th" | "label" | "tr" | "table" | "key") {
            return None;
        }
        if name == "input" {
            return Some(start + 1 + inner.find("value=")? + 6);
        }
        opened |= !inner.starts_with('/');
        at = start + len + 1;
    }
    opened.then_some(at)
}

/// `getenv("KEY") or "…"`, `process.env.KEY ?? "…"`.
fn instead(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..floor(text, text.len().min(end + 16)))?;
    let behind = rest.trim_start_matches(['"', '\'', ')', ']', ' ']);
    let behind = ELSE.iter().find_map(|mark| behind.strip_prefix(mark))?;
    behind.starts_with(is_quote).then_some(end + rest.len() - behind.len())
}

/// `fill("#password", "…")`, `getByLabel("Password").fill("…")`, `(By.ID, "password").send_keys("…")`.
fn typed(text: &str, start: usize, end: usize) -> Option<usize> {
    const VERBS: &[&str] = &["fill", "type", "send_keys", "sendKeys", "val", "setValue", "set_value", "set"];
    let rest = text.get(end..floor(text, text.len().min(end + 40)))?;
    let behind = rest.trim_start_matches([']', '\\']);
    let behind = behind.strip_prefix(is_quote)?.trim_start_matches([']', ')', '\\']);
    let (verb, value) = match behind.strip_prefix(", ") {
        Some(value) => {
            let before = text.get(floor(text, start.saturating_sub(48))..start)?;
            let (call, selector) = before.rsplit_once('(')?;
            (
                call.rsplit(|c: char| !c.is_ascii_alphabetic())
                    .next()
                    .filter(|_| !selector.contains([')', ',', ' ']))?,
                value,
            )
        }
        None => behind.strip_prefix('.')?.split_once('(')?,
    };
    let quoted = value.trim_start_matches('\\').starts_with(is_quote);
    (VERBS.contains(&verb) && quoted).then_some(end + rest.len() - value.len())
}

/// `SetEnv KEY …`, `KEY    REG_SZ    …`, `api_key "…"`: a name as programs have them, and the last word of the line.
fn spaced(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut at = skip_spaces(text, end, false);
    let name = text.get(start..end)?;
    // A row of variables: `API_TOKEN,…`.
    if byte(text, end) == b',' && name.contains('_') && is_line_start(text, start) {
        at = end + 1;
    }
    if at == end {
        return None;
    }
    let rest = text.get(at..)?;
    if let Some(value) = rest.strip_prefix("REG_").and_then(|typed| typed.find([' ', '\t'])) {
        at = skip_spaces(text, at + 4 + value, false);
    }
    let before = text.get(floor(text, start.saturating_sub(64))..start)?.rsplit('\n').next()?;
    let verb = before.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next()?.to_ascii_lowercase();
    let set = before.ends_with(' ') && SETTERS.iter().any(|setter| verb == *setter);
    let named = name.contains(['_', '-']) || judge::turns(name) > 1;
    let quoted = text.get(at..)?.starts_with(is_quote);
    // A row of a name and its value, and what a server logs: `user jane with password …`.
    let row = at > end + 1 || byte(text, end) == b'\t';
    // `vercel env ls`.
    let cell =
        || text.get(at..).is_some_and(|rest| rest.split_once(' ').is_some_and(|(_, rest)| rest.starts_with(' ')));
    let row = row && is_line_start(text, start) && (is_last(text, at) || name.contains('_') && cell())
        || is_last(text, at) && below_user(text, start);
    let with = is_beside_user(before) || before.ends_with("with ") && quoted;
    (row || with || set || named && (quoted || is_last(text, at))).then_some(at)
}

/// The name alone at the end of its line, and below it nothing but the value.
fn below(text: &str, start: usize, end: usize) -> Option<usize> {
    let near = text.get(end..floor(text, text.len().min(end + NEAR)))?;
    let head = near.trim_start_matches(['"', '\'', ')', ']', '}', '%', '`', '*', ':', ' ', '\r']);
    let mut rest = head.strip_prefix('\n')?;
    // An empty line, or the rule under the head of a column.
    let first = rest.split('\n').next()?;
    if first.trim_matches(['-', '=', ' ', '\t', '\r', '|', '>']).is_empty() {
        rest = rest.get(first.len() + 1..)?;
    }
    let value = rest.trim_start_matches([' ', '\t', '>', '<', '=', '|', '$', '+']);
    // All of its line: a shorter stretch would hold more words once a long secret is taken out.
    let from = floor(text, start.saturating_sub(NEAR));
    let line = text.get(from..start)?.rsplit('\n').next().filter(|line| from == 0 || line.len() < start - from)?;
    let at = end + near.len() - value.len();
    let form = || text.get(from..start).is_some_and(|above| above.contains("mail")) || beside::user(text, start);
    let fewest = if near.starts_with(':') || form() { 6 } else { 7 };
    (line.split_whitespace().count() <= 3 && value.lines().next()?.trim_end().len() >= fewest && is_last(text, at))
        .then_some(at)
}

/// True where nothing but one word, quoted perhaps, is left of the line.
fn is_last(text: &str, at: usize) -> bool {
    let rest = text.get(at..floor(text, text.len().min(at + 512))).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end_matches(['\r', ' ', ';']);
    line.len() < 400 && !line.is_empty() && !line.contains(char::is_whitespace) && !closes(line)
}

/// True for what closes a string that was opened before.
fn closes(line: &str) -> bool {
    line.chars().next_back().is_some_and(|last| {
        is_quote(last) && line.chars().next().is_none_or(|first| closing_quote(first) != Some(last))
    })
}

/// A name in another script before the colon at `at`: `пароль: …`, `contraseña: …`.
pub(super) fn label(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let bytes = text.as_bytes().get(at.saturating_sub(12)..at)?;
    if bytes.is_ascii() {
        return None;
    }
    let gap = bytes.iter().rev().take(2).take_while(|b| matches!(b, b' ' | b'"' | b'\'' | b'*')).count();
    let letters = bytes.iter().rev().skip(gap).take_while(|b| b.is_ascii_alphabetic()).count();
    if *bytes.iter().rev().nth(gap + letters)? < 0x80 {
        return None;
    }
    let before = text.get(floor(text, at.saturating_sub(64)).max(sink.done())..at - gap)?;
    let word = before.rsplit(|c: char| !is_word_char(c)).next()?;
    let Hint::Secret(kind) = words::hint(word) else { return None };
    let end = at - gap;
    value::after_name(sink, end - word.len(), end, Place::Secret(kind))
}

/// The length of a tag that says how the value behind it looks: `API key: <code>…`.
pub(super) fn inline(text: &str, at: usize) -> usize {
    const TAGS: &[&str] = &["<code>", "<b>", "<strong>", "<em>", "<kbd>", "<tt>", "<pre>"];
    let rest = text.get(at..).unwrap_or_default();
    // What a highlighter wraps it in: `<span class="s">`.
    let span = || rest.starts_with("<span").then(|| rest.bytes().take(96).position(|b| b == b'>')).flatten();
    TAGS.iter().find(|tag| rest.starts_with(**tag)).map_or_else(|| span().map_or(0, |at| at + 1), |tag| tag.len())
}

/// The first line of a value that YAML writes below its name: `api_key: >-`.
pub(super) fn block(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..floor(text, text.len().min(at + 64)))?.trim_start_matches(' ');
    let head = rest.strip_prefix(['|', '>'])?.trim_start_matches(['-', '+', '1', '2', '4', ' ', '\r']);
    let value = head.strip_prefix('\n')?.trim_start_matches(' ');
    let end = at + text.get(at..floor(text, text.len().min(at + 64)))?.len();
    (!value.is_empty() && value.len() < head.len() - 1).then_some(end - value.len())
}
