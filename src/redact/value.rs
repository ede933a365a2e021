//! What stands after a name that says "secret": finds the value in whatever notation, and hands it to who knows it.

use super::extent::{self, End, Extent};
use super::names::{self, Place};
use super::opening::{Opening, is_line_start, open, skip_spaces};
use super::sink::{Sink, decode};
use super::unit::{floor, is_quote, unit};
use super::{auth, cookie, judge, link, list, secret, tail};

/// So many names in one run that no value follows: what comes then is no list of names and values.
const IN_VAIN: usize = 16;

/// Called with a name at `start..end` that was classified; gives the offset to go on from where something was done. Each name may
/// be followed by a long text that is no value: a row of them is not read to its end from each.
pub(super) fn after_name(sink: &mut Sink<'_>, start: usize, end: usize, place: Place) -> Option<usize> {
    let (last, names) = sink.in_vain;
    let between = sink.text.get(last..start).filter(|between| between.len() <= 64 && last > 0);
    // Members, fields and lines have a mark between them: each of these is read.
    let joins = |c: char| c.is_alphanumeric() || matches!(c, ':' | '\u{ff1a}' | '/');
    let names = if between.is_some_and(|b| b.chars().all(joins)) { names } else { 0 };
    if names >= IN_VAIN {
        sink.in_vain = (end, names);
        return None;
    }
    let next = value(sink, start, end, place);
    sink.in_vain = if next.is_some() { (0, 0) } else { (end, names + 1) };
    next
}

#[inline(never)]
fn value(sink: &mut Sink<'_>, start: usize, end: usize, place: Place) -> Option<usize> {
    let text = sink.text;
    let spaces = matches!(place, Place::Authorization | Place::Cookie | Place::SetCookie);
    let opened = open(text, start, end);
    let kind = match place {
        Place::Secret(kind) | Place::Likely(kind) => kind,
        _ => "",
    };
    // `user / password: …`, `the credentials are jane:…`, `the login is jane / …`.
    let login = matches!(place, Place::Likely("credentials")) || place == Place::UserAndPassword && opened.is_none();
    let told = || {
        let start = link::said(text, end)?;
        Some(Opening { start, end: End::Word, separator: ':', parameter: false, quoted_name: false })
    };
    let pair = opened.or_else(|| told().filter(|_| login));
    let pair_kind = if login { "credentials" } else { kind };
    if let Some(extent) = pair.and_then(|opening| list::second(text, start, &opening, pair_kind)) {
        let key = decode(text, extent.start, extent.end);
        if let Some(next) = secret::stretch(sink, extent, &key, "password", true, true) {
            return Some(next);
        }
    }
    let mut found = |opening: Option<Opening>| Some((opening?, at_place(sink, start, end, place, &opening?)?));
    let Some((opening, next)) = found(opened)
        .or_else(|| found(below(text, start, end, place).filter(|_| spaces || place == PROMPT)))
        .or_else(|| found(link::opening(text, start, end, place)))
    else {
        return matches!(place, Place::Secret(_)).then(|| list::dashed(sink, start, end, kind)).flatten();
    };
    tail::after_value(sink, &opening, next, spaces);
    let next = if kind.is_empty() { next } else { secret::rest(sink, &opening, next, kind) };
    Some(if matches!(place, Place::Secret(_)) { list::members(sink, &opening, next, kind) } else { next })
}

/// Hands the value to who knows what stands at such a place.
fn at_place(sink: &mut Sink<'_>, start: usize, end: usize, place: Place, opening: &Opening) -> Option<usize> {
    match place {
        Place::Authorization => auth::value(sink, opening),
        Place::Cookie => {
            let extent = sink.field(opening);
            cookie::value(sink, extent, false)
        }
        Place::SetCookie => {
            let extent = sink.field(opening);
            cookie::value(sink, extent, true)
        }
        // `Credentials.basic("jane", "…")`, `url.UserPassword("jane", "…")`.
        Place::Likely("basic-credentials") | Place::Secret("password")
            if opening.separator == '('
                && sink.text.get(start..end).is_some_and(|n| n == "basic" || n.ends_with("UserPassword")) =>
        {
            secret::user_and_password(sink, opening, "auth")
        }
        Place::Secret(kind) => secret::value(sink, opening, kind, true, sink.text.get(start..end)?),
        Place::Likely(kind) => {
            let name = sink.text.get(start..end)?;
            let above = (name == "input_value").then(|| names::above(sink.text, start, end)).flatten();
            match above {
                Some((Place::Secret(kind), name)) => secret::value(sink, opening, kind, true, name),
                _ => secret::value(sink, opening, kind, false, name),
            }
        }
        Place::Parameter(kind) if opening.parameter => {
            secret::value(sink, opening, kind, kind == "api-key", sink.text.get(start..end)?)
        }
        // A file of settings: `key = …`, alone on its line.
        Place::Parameter(kind @ "api-key") if opening.end == End::Word && !opening.quoted_name => {
            let key = sink.text.get(opening.start..)?.lines().next()?.trim_end();
            let drawn = (16..=128).contains(&key.len()) && key.chars().all(|c| c.is_ascii_alphanumeric());
            (drawn && !judge::is_wordy(key)).then(|| secret::value(sink, opening, kind, true, "key")).flatten()
        }
        // `KEY=…` among variables, `--from-literal=key=…` of what makes a secret.
        Place::Parameter(kind @ ("api-key" | "credentials")) if opening.separator == '=' => {
            let name = sink.text.get(start..end)?;
            let line = sink.text.get(floor(sink.text, start.saturating_sub(96))..start)?.rsplit('\n').next()?;
            let says = name.bytes().all(|b| b.is_ascii_uppercase()) && name != "STATE"
                || line
                    .split_whitespace()
                    .any(|word| matches!(word, "secret" | "secrets") || word.starts_with("secret/"));
            let made = || {
                let extent = extent::within(sink.text, opening, false, 160);
                sink.text.get(extent.start..extent.end).is_some_and(judge::is_made)
            };
            (says && made()).then(|| secret::value(sink, opening, kind, true, "API_KEY")).flatten()
        }
        Place::Drawn(kind) => {
            let extent = extent::within(sink.text, opening, false, extent::SHORT);
            let value = sink.text.get(extent.start..extent.end)?;
            let long = value.len() >= 24 && !super::net::is_site_key(value) && !super::shape::is_uuid(value);
            long.then(|| secret::value(sink, opening, kind, false, sink.text.get(start..end)?)).flatten()
        }
        Place::Parameter(_) => None,
        Place::UserAndPassword => secret::user_and_password(sink, opening, sink.text.get(start..end)?),
        Place::PairValue => match names::above(sink.text, start, end) {
            Some((Place::Secret(kind), name)) => secret::value(sink, opening, kind, true, name),
            Some((Place::Likely(kind), name)) => secret::value(sink, opening, kind, false, name),
            _ if stored(sink.text, start, end) => secret::value(sink, opening, "secret", true, "--value"),
            _ => pair_value(sink, opening),
        },
        Place::Default => match names::above(sink.text, start, end)? {
            (Place::Secret(kind), name) => secret::value(sink, opening, kind, true, name),
            _ => None,
        },
        Place::CookieList => cookie::list(sink, opening),
    }
}

/// `az keyvault secret set … --value …`, `aws ssm put-parameter … --type SecureString --value …`, `llm keys set … --value …`.
fn stored(text: &str, start: usize, end: usize) -> bool {
    let line = text.get(floor(text, start.saturating_sub(160))..start).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    text.get(start..end).is_some_and(|name| name.starts_with("--"))
        && (line.contains("secret ") || line.contains("SecureString") || line.contains("keys set "))
}

/// What a program that asks for a password says.
const PROMPT: Place = Place::Secret("password");

/// A header field as browsers' tools copy it: the name alone on its line, the value on the next.
fn below(text: &str, start: usize, end: usize, place: Place) -> Option<Opening> {
    let rest = text.get(end..)?;
    let base = Opening { start: end, end: End::Line, separator: ':', parameter: false, quoted_name: false };
    // What a program asks for: `Password for 'https://jo@github.com': …`, `[sudo] password for jo: …`.
    if place == PROMPT {
        let line =
            rest.strip_prefix(" for ")?.get(..floor(rest, rest.len().min(200)).checked_sub(5)?)?.lines().next()?;
        let (whom, answer) = line.rsplit_once(": ")?;
        let single = whom.split(' ').count() <= 2 && !whom.contains(':') || whom.ends_with(is_quote);
        let fits = single && !answer.is_empty() && !answer.contains(' ');
        return fits.then_some(Opening { start: end + 5 + whom.len() + 2, ..base });
    }
    let breaks = ["\n", ":\n", "\r\n", ":\r\n"].into_iter().find(|b| rest.starts_with(b))?;
    let at = end + breaks.len();
    let value = text.get(at..floor(text, text.len().min(at + 128)))?;
    let fits = match place {
        Place::Cookie | Place::SetCookie => cookie::joins(value) && !value.starts_with(' '),
        Place::Authorization => auth::starts_with_scheme(value),
        _ => false,
    };
    (fits && is_line_start(text, start)).then_some(Opening { start: at, ..base })
}

/// `"value": "…", "name": "Authorization"`: the name comes second.
fn pair_value(sink: &mut Sink<'_>, opening: &Opening) -> Option<usize> {
    if !opening.is_quoted() {
        return None;
    }
    let Extent { start, end, after } = extent::within(sink.text, opening, false, extent::SHORT);
    let text = sink.text;
    let mut at = skip_spaces(text, after, true);
    // `<input value="…" type="password">`.
    let tag = text.get(at..floor(text, text.len().min(at + 160)))?.split('>').next().unwrap_or_default();
    if opening.separator == '='
        && ["type=\"password\"", "type='password'", "type=password"].iter().any(|t| tag.contains(t))
    {
        let key = decode(text, start, end);
        return secret::stretch(sink, Extent { start, end, after }, &key, "password", true, true);
    }
    at += unit(text, at).filter(|u| u.ch == ',')?.len;
    at = skip_spaces(text, at, true);
    for _ in 0..2 {
        match unit(text, at) {
            Some(u) if is_quote(u.ch) => at += u.len,
            _ => {}
        }
        let rest = text.get(at..)?;
        let Some(word) = ["name", "key", "Name", "Key"].iter().find(|w| rest.starts_with(**w)) else { break };
        at += word.len();
        let u = unit(text, at)?;
        if is_quote(u.ch) {
            at += u.len;
        }
        at = skip_spaces(text, at, true);
        at += unit(text, at).filter(|u| u.ch == ':')?.len;
        at = skip_spaces(text, at, true);
    }
    let fits = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let len = text.as_bytes().get(at..)?.iter().take(64).position(|b| !fits(b))?;
    let place = names::classify(text.get(at..at + len)?, "")?;
    let extent = Extent { start, end, after };
    match place {
        Place::Authorization => auth::stretch(sink, extent),
        Place::Cookie => cookie::value(sink, extent, false),
        Place::SetCookie => cookie::value(sink, extent, true),
        Place::Secret(kind) => {
            let key = decode(text, start, end);
            secret::stretch(sink, extent, &key, kind, true, true)
        }
        _ => None,
    }
}
