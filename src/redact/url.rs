//! Credentials in URLs (RFC 3986, section 3.2.1): `https://user:password@host`.

use super::fingerprint::Flags;
use super::sink::{Sink, decode};
use super::unit::{Writing, is_quote, unit};
use super::{forms, judge, placeholder};

/// Longest user information that is read, in bytes.
const LONGEST: usize = 2048;

/// Called behind a colon: where `//` follows, credentials before an `@` go, and the host stays.
pub(super) fn after_colon(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let first = unit(text, at).filter(|u| u.ch == '/')?;
    let second = unit(text, at + first.len).filter(|u| u.ch == '/')?;
    let start = at + first.len + second.len;
    let mut spot = start;
    let mut sign = None;
    let mut colon = None;
    let mut slash = false;
    while spot < start + LONGEST
        && let Some(u) = unit(text, spot)
    {
        if u.ch == '{'
            && let Some(len) = text.get(spot..).and_then(placeholder::length)
        {
            // An address stands for itself, and what follows the rest of what was taken out is no part of it.
            if text.get(spot..).is_some_and(|t| t.starts_with("{{redacted:email}}")) {
                break;
            }
            spot += len;
            if text.get(spot..).is_some_and(|t| t.starts_with('@')) {
                sign = Some(spot);
                break;
            }
            continue;
        }
        match u.ch {
            '@' if u.writing == Writing::Plain || first.writing == Writing::Percent => {
                sign = Some(spot);
                if slash {
                    break;
                }
            }
            ':' if colon.is_none() => colon = Some((spot, spot + u.len)),
            // A password with a slash in it: only while what follows the colon is no port.
            '/' | '?' | '#' => {
                let port = colon.is_none_or(|(_, from)| {
                    text.get(from..spot).is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()))
                });
                let inner =
                    text.get(..spot).is_some_and(|t| t.ends_with(':')) && super::unit::byte(text, spot + 1) == b'/';
                if port || sign.is_some() || inner {
                    break;
                }
                slash = true;
            }
            // A Windows domain before the user: `ACME\jo`, `ACME%5Cjo`.
            '\\' if colon.is_none()
                && spot > start
                && unit(text, spot + u.len).is_some_and(|n| n.ch.is_ascii_alphanumeric()) => {}
            c if c.is_whitespace() || is_quote(c) || matches!(c, '<' | '>' | '\\' | '|' | ',' | ')') => break,
            _ => {}
        }
        spot += u.len;
    }
    let end = sign?;
    if end == start {
        return None;
    }
    let after = end + unit(text, end).map_or(0, |u| u.len);
    pieces(sink, start, end, colon.filter(|(at, _)| *at < end), "url-credentials").map(|_| after)
}

/// True for `proxy.corp:8080`.
fn is_host_and_port(rest: &str) -> bool {
    let host = rest.bytes().take(253).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let port = rest.get(host..).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
    let digits = port.bytes().take(6).take_while(u8::is_ascii_digit).count();
    host > 0
        && (2..=5).contains(&digits)
        && !port.get(digits..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// Called at an `@`: the password of a proxy that is written without a scheme, `user:…@host:8080`, and of a data source as Go's drivers write it, `root:…@tcp(host:3306)/db`.
pub(super) fn source(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    let rest = text.get(at + 1..)?;
    let host = !["tcp(", "unix(", "("].iter().any(|start| rest.starts_with(start));
    if host && !is_host_and_port(rest) {
        return None;
    }
    let before = text.get(super::unit::floor(text, at.saturating_sub(160)).max(sink.done())..at)?;
    let run = before.rsplit(|c: char| c.is_whitespace() || is_quote(c)).next()?;
    let (user, password) = run.split_once(':')?;
    // `HTTPS_PROXY=jdoe:…@proxy.corp:8080`; the part of an address behind its scheme is looked at elsewhere.
    if host && (user.is_empty() || password.starts_with('/') || !judge::is_made(password)) {
        return None;
    }
    if password.is_empty() || judge::is_placeholder(password) || password.contains(placeholder::OPEN) {
        return None;
    }
    sink.replace(at - password.len(), at, "password", password, Flags::default());
    Some(at)
}

/// User and password: a key of a known form keeps its kind, all else goes as a whole.
pub(super) fn pieces(
    sink: &mut Sink<'_>,
    start: usize,
    end: usize,
    colon: Option<(usize, usize)>,
    kind: &'static str,
) -> Option<usize> {
    let text = sink.text;
    let (user_end, password_start) = colon.unwrap_or((end, end));
    let user = decode(text, start, user_end);
    let password = decode(text, password_start, end);
    let settled = |s: &str| {
        let s = s.trim_end_matches('@');
        judge::is_placeholder(s) || (s.starts_with(placeholder::OPEN) && placeholder::length(s) == Some(s.len()))
    };
    let alone = colon.is_none() && judge::is_wordy(&user);
    if alone || settled(&user) && settled(&password) {
        return Some(end);
    }
    let known = |s: &str| forms::find(s, true).filter(|f| f.skip == 0 && f.len == s.len());
    if known(&user).is_none() && known(&password).is_none() && !settled(&user) && !settled(&password) {
        sink.replace(start, end, kind, &decode(text, start, end), Flags::default());
        return Some(end);
    }
    for (from, to, part) in [(start, user_end, &user), (password_start, end, &password)] {
        // A token takes the user's place where there is no password; drawn letters may look like words.
        let token = password.is_empty() && part.len() >= 16 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        // A name beside a secret: `x-access-token`, `oauth2`, `api`.
        if settled(part)
            || from >= to
            || from == start
                && colon.is_some()
                && known(part).is_none()
                && (judge::is_wordy(part) && !token
                    || password.starts_with(placeholder::OPEN) && !judge::is_random(part))
        {
            continue;
        }
        match known(part) {
            Some(found) => {
                sink.replace(from, to, found.kind, part, Flags { truncated: found.truncated, ..Flags::default() })
            }
            None => sink.replace(from, to, "password", part, Flags::default()),
        }
    }
    Some(end)
}
