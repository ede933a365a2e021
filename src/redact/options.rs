//! Options of curl and its like that hold credentials and are no names: `-u`, `--user`, `-U`, `-b`.

use super::extent::{self, End, Extent};
use super::opening::{Opening, skip_spaces};
use super::sink::{Sink, decode};
use super::unit::{Writing, byte, closing_quote, is_quote, unit};
use super::{cookie, judge, placeholder, url};

/// Where the last curl command started, and how far it is known to go on.
#[derive(Debug, Default)]
pub(super) struct Curl(Option<usize>);

impl Curl {
    /// Notes the word at `at..end` where it names curl.
    pub(super) fn note(&mut self, text: &str, at: usize, end: usize) {
        if text.get(at..end).is_some_and(|w| w.eq_ignore_ascii_case("curl")) {
            self.0 = Some(at);
        }
    }

    /// True where the command still goes on at `at`: no line end since that is not continued. What was looked at once is
    /// not looked at again.
    fn reaches(&mut self, text: &str, at: usize) -> bool {
        let Some(from) = self.0.filter(|f| *f <= at) else { return false };
        let between = text.get(from..at).unwrap_or_default();
        let ended = memchr::memchr_iter(b'\n', between.as_bytes()).any(|end| {
            let end = from + end;
            !text
                .get(super::unit::floor(text, end.saturating_sub(256))..end)
                .map(str::trim_end)
                .filter(|line| placeholder::last(line, 0, line.len()).is_none_or(|found| found.1 < line.len()))
                .is_some_and(|line| line.ends_with(['\\', '^', '`', '\'', '"', ',', '{', '}']))
        });
        self.0 = (!ended).then_some(at);
        !ended
    }
}

impl Curl {
    /// Goes on in the text without its first `cut` bytes.
    pub(super) fn shift(&mut self, text: &str, cut: usize) {
        if self.0.is_some_and(|from| from < cut) {
            self.reaches(text, cut);
        }
        self.0 = self.0.map(|from| from.saturating_sub(cut));
    }
}

/// Looks at a word that starts with a hyphen.
pub(super) fn option(sink: &mut Sink<'_>, curl: &mut Curl, at: usize, end: usize) -> Option<usize> {
    let text = sink.text;
    let before = byte(text, at.wrapping_sub(1));
    if at > 0
        && !before.is_ascii_whitespace()
        && !matches!(before, b'"' | b'\'' | b'`' | b'[' | b'(' | b',')
        && !text.get(..at).is_some_and(|t| ["%20", "%22", "%27", "\u{a0}"].iter().any(|mark| t.ends_with(mark)))
    {
        return None;
    }
    let word = text.get(at..end)?;
    if let Some(next) = super::command::option(sink, at, word) {
        return Some(next);
    }
    let (letter, start) = match word {
        "--user" | "--proxy-user" | "--http-user" | "--auth" => (b'u', end),
        // HTTPie's.
        "-a" if is_httpie(text, at) => {
            curl.0 = Some(at);
            (b'u', end)
        }
        "--cookie" => (b'b', end),
        "--cert" | "--proxy-cert" => (b'E', end),
        _ => {
            // Short options stand alone, bundled behind others, or glued to their value.
            let letters = word.strip_prefix('-').filter(|l| !l.starts_with('-'))?;
            let flags = letters
                .bytes()
                .take_while(|b| matches!(b, b's' | b'S' | b'L' | b'k' | b'v' | b'i' | b'f' | b'g' | b'N' | b'a'))
                .count();
            let letter = *letters.as_bytes().get(flags)?;
            (letter, at + 1 + flags + 1)
        }
    };
    if !matches!(letter, b'u' | b'U' | b'b' | b'E') {
        return None;
    }
    let in_curl = curl.reaches(text, at);
    let opening = opening(text, start)?;
    let extent = extent::of(text, &opening, false);
    let next = match letter {
        b'b' => cookies(sink, extent, in_curl),
        b'E' => in_curl.then(|| certificate(sink, extent)).flatten(),
        _ => user_and_password(sink, extent, in_curl),
    }?;
    super::tail::after_value(sink, &opening, next, letter == b'b');
    Some(next)
}

/// True where HTTPie's command stands before `at` on its line.
fn is_httpie(text: &str, at: usize) -> bool {
    let before = text.get(super::unit::floor(text, at.saturating_sub(256))..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.split_whitespace().any(|w| matches!(w, "http" | "https" | "xh" | "xhs"))
}

/// The argument of an option, or the word, at or behind `start`.
pub(super) fn argument(text: &str, start: usize) -> Option<Extent> {
    Some(extent::of(text, &opening(text, start)?, false))
}

/// Where the option's value starts: behind spaces, `=`, quotes, and the quote that closes the option in a list.
fn opening(text: &str, start: usize) -> Option<Opening> {
    let mut at = start;
    let mut quoted_name = false;
    if let Some(u) = unit(text, at).filter(|u| is_quote(u.ch)) {
        // `"-u", "user:pass"`, but `-u"user:pass"`.
        let next = unit(text, at + u.len).map(|n| n.ch);
        if next == Some(',') || next.is_none_or(char::is_whitespace) {
            at += u.len;
            quoted_name = true;
        }
    }
    if quoted_name {
        at += unit(text, at).filter(|u| u.ch == ',').map_or(0, |u| u.len);
    }
    at = skip_spaces(text, at, quoted_name);
    if let Some(u) = unit(text, at).filter(|u| u.ch == '=') {
        at += u.len;
    }
    if byte(text, at) == b'^' && byte(text, at + 1) == b'"' {
        at += 1;
    }
    if byte(text, at) == b'$' && matches!(byte(text, at + 1), b'\'' | b'"') {
        at += 1;
    }
    let first = unit(text, at)?;
    let (at, end) = match closing_quote(first.ch) {
        Some(close) => {
            (at + first.len, End::Quote { close, slashes: first.slashes, writing: first.writing, own: true })
        }
        None => (at, End::Word),
    };
    if first.writing == Writing::Plain && first.ch == '-' {
        return None;
    }
    Some(Opening { start: at, end, separator: ' ', parameter: false, quoted_name })
}

pub(super) fn user_and_password(sink: &mut Sink<'_>, extent: Extent, in_curl: bool) -> Option<usize> {
    let text = sink.text;
    let value = text.get(extent.start..extent.end)?;
    let colon = colon(text, &extent);
    let numeric = value.bytes().all(|b| b.is_ascii_digit() || b == b':');
    if value.is_empty() || (numeric && !in_curl) || value.starts_with("http") && value.contains("://") {
        return None;
    }
    // `smbclient -U jane%…`.
    let percent = value.split_once('%').filter(|(user, rest)| {
        let code = rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        colon.is_none() && !in_curl && !code && !user.is_empty() && judge::is_wordy(user) && rest.len() > 3
    });
    if let Some((user, _)) = percent {
        let start = extent.start + user.len() + 1;
        let key = decode(text, start, extent.end);
        return super::secret::stretch(sink, Extent { start, ..extent }, &key, "password", true, true);
    }
    match colon {
        None if !in_curl || judge::is_wordy(value) => None,
        _ if value.contains(char::is_whitespace) && !in_curl => None,
        _ => url::pieces(sink, extent.start, extent.end, colon, "basic-credentials").map(|_| extent.after),
    }
}

/// `client.pem:password`, as curl's manual says of `--cert`; the colon behind a drive's letter is none.
fn certificate(sink: &mut Sink<'_>, extent: Extent) -> Option<usize> {
    let text = sink.text;
    let drive = text.get(extent.start + 1..extent.end)?.starts_with(":\\");
    let from = extent.start + if drive { 2 } else { 0 };
    let (_, start) = colon(text, &Extent { start: from, ..extent }).filter(|colon| colon.1 < extent.end)?;
    let password = decode(text, start, extent.end);
    if placeholder::first(text, start, extent.end).is_some() {
        return Some(extent.after);
    }
    if judge::is_placeholder(&password) {
        return None;
    }
    sink.replace(start, extent.end, "password", &password, super::fingerprint::Flags::default());
    Some(extent.after)
}

fn cookies(sink: &mut Sink<'_>, extent: Extent, in_curl: bool) -> Option<usize> {
    let content = decode(sink.text, extent.start, extent.end);
    (in_curl && content.contains('=')).then(|| cookie::value(sink, extent, false)).flatten()
}

/// The first colon outside a placeholder, and what lies behind it.
fn colon(text: &str, extent: &Extent) -> Option<(usize, usize)> {
    let mut at = extent.start;
    while at < extent.end {
        if let Some(len) = text.get(at..).and_then(placeholder::length) {
            at += len;
            continue;
        }
        let u = unit(text, at)?;
        if u.ch == ':' {
            return Some((at, at + u.len));
        }
        at += u.len;
    }
    None
}
