//! Values of `Authorization` and its like (RFC 9110, section 11.4): schemes stay, credentials go.

use super::extent::{self, End, Extent};
use super::fingerprint::Flags;
use super::opening::{Opening, skip_spaces};
use super::sink::{Sink, decode};
use super::unit::{closing_quote, is_quote, unit};
use super::{forms, judge, masked, placeholder, run};

/// Schemes, in lower case, with the kind of credentials that follow.
const SCHEMES: &[(&str, &str)] = &[
    ("bearer", "bearer-token"),
    ("basic", "basic-credentials"),
    ("token", "bearer-token"),
    ("apikey", "api-key"),
    ("api-key", "api-key"),
    ("key", "api-key"),
    ("digest", "credentials"),
    ("negotiate", "credentials"),
    ("ntlm", "credentials"),
    ("oauth", "credentials"),
    ("hawk", "credentials"),
    ("mac", "credentials"),
    ("aws4-hmac-sha256", "aws-signature"),
    ("aws", "aws-signature"),
    ("sharedkey", "credentials"),
    ("sharedkeylite", "credentials"),
    ("sharedaccesssignature", "azure-sas-signature"),
    ("jwt", "jwt"),
    ("ssws", "api-key"),
    ("googlelogin", "credentials"),
    ("genie-key", "api-key"),
    ("zoho-oauthtoken", "bearer-token"),
    ("dpop", "bearer-token"),
    ("hmac", "credentials"),
    ("scram-sha-256", "credentials"),
    ("client-id", "credentials"),
    ("bot", "bearer-token"),
    ("user", "credentials"),
];

/// None is longer, in bytes.
const LONGEST_SCHEME: usize = 21;

/// Parameters of credentials that say nothing secret.
const OPEN_PARAMETERS: &[&str] = &[
    "realm",
    "signedheaders",
    "algorithm",
    "qop",
    "nc",
    "uri",
    "error",
    "error_description",
    "charset",
    "scope",
    "stale",
    "ts",
    "version",
    "oauth_signature_method",
    "oauth_version",
    "oauth_timestamp",
    "auth_version",
];

/// The scheme that `rest` starts with: its length and the kind of its credentials.
fn scheme(rest: &str) -> Option<(usize, &'static str)> {
    let len = rest.bytes().take(32).take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let word = rest.get(..len).filter(|word| word.len() <= LONGEST_SCHEME)?;
    let known = SCHEMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
    Some((len, known.1))
}

/// True where a value reads `Bearer …` or the like.
pub(super) fn starts_with_scheme(value: &str) -> bool {
    scheme(value).is_some_and(|(len, _)| value.get(len..).is_some_and(|r| r.starts_with([' ', '\t'])))
}

/// The value of an `Authorization` field.
pub(super) fn value(sink: &mut Sink<'_>, opening: &Opening) -> Option<usize> {
    let text = sink.text;
    let opening = &Opening { start: behind_broken(text, opening.start).unwrap_or(opening.start), ..*opening };
    let extent = match opening.end {
        End::Quote { .. } | End::Tag | End::Cell | End::Line => sink.field(opening),
        _ => {
            // In the middle of a line: the schemes, then one word.
            let (from, _) = after_schemes(text, opening.start, text.len());
            let rest = Opening { start: from, end: End::Token, ..*opening };
            if let Some(u) = unit(text, from)
                && let Some(close) = closing_quote(u.ch)
            {
                let end = End::Quote { close, slashes: u.slashes, writing: u.writing, own: true };
                let quoted = extent::of(text, &Opening { start: from + u.len, end, ..*opening }, true);
                return stretch(sink, quoted);
            }
            let inner = if opening.end == End::Parameter { Opening { end: End::Parameter, ..rest } } else { rest };
            let found = extent::of(text, &inner, false);
            let line = text.get(from..super::unit::floor(text, (from + 512).min(text.len()))).unwrap_or_default();
            if parameters_start(line.lines().next().unwrap_or_default()) {
                extent::of(text, &Opening { end: End::Line, ..*opening }, true)
            } else {
                Extent { start: opening.start, ..found }
            }
        }
    };
    if extent.end <= extent.start {
        return None;
    }
    if matches!(opening.end, End::Line | End::Token | End::Word) && is_prose(text, &extent) {
        return None;
    }
    stretch(sink, extent)
}

/// What stands behind a scheme that a terminal, a mail or a quoted-printable line end cut: `Bea\nrer …`.
fn behind_broken(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..super::unit::floor(text, text.len().min(at + 128)))?;
    let (head, tail) = rest.split_at_checked(rest.bytes().take_while(u8::is_ascii_alphabetic).count())?;
    let tail = tail.trim_start_matches(['=', '\r', ' ', '|']);
    let tail = ["\n", "\\n", "\\r\\n", "<br>\n"].iter().find_map(|end| tail.strip_prefix(end))?;
    let tail = tail.trim_start_matches([' ', '\t', '>', '|', '#']);
    let is =
        |piece: Option<&str>, other: Option<&str>| piece.zip(other).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
    ["Bearer ", "Basic "].iter().find_map(|scheme| {
        let more = scheme.get(head.len()..).filter(|more| more.len() > 1 && !head.is_empty())?;
        let fits = is(scheme.get(..head.len()), Some(head)) && is(tail.get(..more.len()), Some(more));
        fits.then_some(at + rest.len() - tail.len() + more.len())
    })
}

/// Passes over schemes and white space: where the credentials start, and the last scheme's kind.
fn after_schemes(text: &str, start: usize, limit: usize) -> (usize, Option<&'static str>) {
    let mut at = start;
    let mut kind = None;
    for _ in 0..6 {
        let Some((len, found)) = text.get(at..limit).and_then(scheme) else { break };
        let mut next = at + len;
        // `Bearer: key` and `Bearer%20key` are seen.
        if let Some(u) = unit(text, next).filter(|u| u.ch == ':') {
            next += u.len;
        }
        let spaced = skip_spaces(text, next, false);
        let spaced =
            if spaced == next && text.get(next..).is_some_and(|r| r.starts_with('+')) { next + 1 } else { spaced };
        if spaced == next || spaced > limit {
            // `Bearer` with nothing after it.
            if next >= limit || spaced >= limit {
                at = limit;
                kind = Some(found);
            }
            break;
        }
        at = spaced;
        kind = Some(found);
    }
    (at, kind)
}

/// A value whose bounds are known.
pub(super) fn stretch(sink: &mut Sink<'_>, extent: Extent) -> Option<usize> {
    let text = sink.text;
    let Extent { start, end, after } = extent;
    let (mut at, mut kind) = after_schemes(text, start, end);
    if at >= end {
        // `"Bearer " + key`.
        let joined = text.get(after..super::unit::floor(text, text.len().min(after + 48))).unwrap_or_default();
        let joined = joined.trim_start().strip_prefix(['+', '.', '&', ',']).unwrap_or_default().trim_start();
        let len = joined.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$')).count();
        sink.want(&["$", joined.get(..len).unwrap_or_default()].concat());
        return None;
    }
    if kind.is_none()
        && let Some(next) = unknown_scheme(text, at, end)
    {
        (at, kind) = (next, Some("credentials"));
    }
    if parameters_start(text.get(at..end)?) {
        return Some(parameters(sink, at, end));
    }
    let mut flags = Flags::default();
    let mut stop = end;
    // Quotes around the key inside the value stay; they are the mistake.
    if let (Some(first), Some(last)) = (unit(text, at), last_quote(text, at, end))
        && is_quote(first.ch)
    {
        at += first.len;
        flags.quotes = true;
        stop = if last > at { last } else { end };
    }
    let decoded = decode(text, at, stop);
    let key = decoded.trim();
    if key.is_empty() {
        return Some(after);
    }
    let inside = placeholder::first(text, at, stop);
    if inside == Some((at, stop)) {
        return Some(after);
    }
    if judge::is_placeholder(key) {
        sink.want(key);
        return None;
    }
    if inside.is_some() {
        let secret = |key: &str| {
            let odd = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, ',' | ';' | ':' | '\\');
            let bare = key.trim_matches(odd);
            bare.chars().count() >= 4 && !judge::is_placeholder(bare) && !judge::is_wordy(bare)
        };
        return Some(after.max(placeholder::beside(sink, at, stop, kind.unwrap_or("credentials"), secret)));
    }
    if masked::is_masked(key) {
        sink.masked(key);
        return None;
    }
    let plain = run::without_zero_width(key);
    let found = forms::find(&plain, true);
    flags.truncated = found.is_some_and(|f| f.truncated);
    let by_place = match kind {
        Some(k) => k,
        None if judge::is_random(key) && !key.contains(' ') => "api-key",
        None => "credentials",
    };
    let kind = found.map_or(by_place, |f| f.kind);
    flags.white_space |= decoded.starts_with(char::is_whitespace) || decoded.contains(char::is_whitespace);
    let clean: zeroize::Zeroizing<String> = if key.contains('\n') {
        zeroize::Zeroizing::new(key.split('\n').map(|l| l.trim_matches(['\r', ' ', '\t', '\\', '>', '|'])).collect())
    } else {
        zeroize::Zeroizing::new(key.to_owned())
    };
    sink.replace(at, stop, kind, &clean, flags);
    Some(after.max(stop))
}

/// Offset of the last character of `start..end` where that is a quotation mark.
fn last_quote(text: &str, start: usize, end: usize) -> Option<usize> {
    let value = text.get(start..end)?;
    let quote = value.chars().next_back().filter(|c| is_quote(*c))?;
    let mut at = end - quote.len_utf8();
    while at > start && text.as_bytes().get(at - 1) == Some(&b'\\') {
        at -= 1;
    }
    Some(at)
}

/// A scheme that nobody registered: a word of letters before exactly one more word.
fn unknown_scheme(text: &str, start: usize, end: usize) -> Option<usize> {
    let value = text.get(start..end)?;
    let (first, rest) = value.split_once([' ', '\t'])?;
    let rest_trimmed = rest.trim_start();
    let letters = (2..=24).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
        && !judge::is_random(first);
    (letters && judge::turns(first) <= 4 && !rest_trimmed.is_empty() && !rest_trimmed.contains(' '))
        .then(|| end - rest_trimmed.len())
}

/// True for a list of `name=value` parameters.
fn parameters_start(rest: &str) -> bool {
    let len = rest.bytes().take(40).take_while(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-')).count();
    let after = rest.get(len..).unwrap_or_default().trim_start();
    len > 1
        && after.starts_with('=')
        && (after.contains(',') || after.starts_with("=\"") || after.starts_with("=\\\"") || after.contains('&'))
        && !after.starts_with("==")
}

/// `name=value, name="value"`: values go, but for those that say nothing secret. Gives the offset behind the last.
fn parameters(sink: &mut Sink<'_>, start: usize, end: usize) -> usize {
    let text = sink.text;
    let mut at = start;
    while at < end {
        let rest = text.get(at..end).unwrap_or_default();
        let Some(equals) = rest.find('=') else { break };
        let name =
            rest.get(..equals).unwrap_or_default().trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let from = at + equals + 1;
        let value = text.get(from..end).unwrap_or_default();
        let len = value.find([',', '&']).unwrap_or(value.len());
        let inner = value.get(..len).unwrap_or_default();
        let trimmed = inner.trim_matches(|c: char| c.is_whitespace() || is_quote(c) || c == '\\');
        let lead = inner.find(trimmed).unwrap_or(0);
        let open = OPEN_PARAMETERS.iter().any(|p| p.eq_ignore_ascii_case(name));
        if !open && !trimmed.is_empty() && !judge::is_placeholder(trimmed) && !trimmed.starts_with("{{redacted:") {
            let lower = name.to_ascii_lowercase();
            // SigV4's credential scope tells date, region and service: only the key id before it goes.
            let (kind, secret) = match lower.as_str() {
                "credential" => ("aws-access-key-id", trimmed.split('/').next().unwrap_or_default()),
                "signature" | "sig" => ("aws-signature", trimmed),
                _ => ("credentials", trimmed),
            };
            sink.replace(from + lead, from + lead + secret.len(), kind, secret, Flags::default());
        }
        at = from + len + 1;
    }
    at.min(end)
}

/// True where the words after `Authorization:` are a sentence and no credentials.
fn is_prose(text: &str, extent: &Extent) -> bool {
    let value = text.get(extent.start..extent.end).unwrap_or_default();
    let words = value.split_whitespace();
    let count = words.clone().take(3).count();
    if matches!(value.as_bytes().first(), Some(b'{' | b'[' | b'(')) && !value.starts_with("{{redacted") {
        return true;
    }
    let simple = |w: &str| {
        if w.contains(placeholder::OPEN) {
            return true;
        }
        let w = w.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        w.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'') || judge::is_placeholder(w) || w.len() <= 2
    };
    (count >= 3 && words.clone().take(8).all(simple)) || (count == 1 && judge::is_placeholder(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scheme_is_longer_than_the_longest() {
        assert_eq!(SCHEMES.iter().map(|(name, _)| name.len()).max(), Some(LONGEST_SCHEME));
    }
}
