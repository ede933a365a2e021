//! URLs as libcurl reads them: a guessed scheme, user and password, dot segments, fragments.

use super::body::kept_stretch;

/// A URL taken apart.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Url {
    /// In lower case; empty where a variable stands in its place.
    pub(super) scheme: String,
    /// `user:password` as written.
    pub(super) user: Option<String>,
    /// Host and port as written.
    pub(super) host: String,
    /// Path from its `/`; at least that.
    pub(super) path: String,
    /// Query without its `?`.
    pub(super) query: Option<String>,
}

impl Url {
    /// The URL as it is requested: without user and fragment.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        if !self.scheme.is_empty() {
            out.push_str(&self.scheme);
            out.push_str("://");
        }
        out.push_str(&self.host);
        out.push_str(&self.path);
        if let Some(query) = &self.query {
            out.push('?');
            out.push_str(query);
        }
        out
    }

    /// Adds to the query, with `&` where there is one.
    pub(super) fn add_query(&mut self, more: &str) {
        match &mut self.query {
            Some(query) if !query.is_empty() => {
                query.push('&');
                query.push_str(more);
            }
            query => *query = Some(more.to_owned()),
        }
    }
}

/// Reads a URL. `default` is `--proto-default`.
pub(super) fn parse(text: &str, default: Option<&str>, path_as_is: bool) -> Url {
    let (scheme, rest) = scheme(text, default);
    let end = find(rest, &['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = (rest.get(..end).unwrap_or_default(), rest.get(end..).unwrap_or_default());
    let at = last_at(authority);
    let user = at.map(|n| authority.get(..n).unwrap_or_default().to_owned());
    let host = at.map_or(authority, |n| authority.get(n + 1..).unwrap_or_default());
    let tail = find(tail, &['#']).map_or(tail, |n| tail.get(..n).unwrap_or_default());
    let (path, query) = match find(tail, &['?']) {
        Some(n) => (tail.get(..n).unwrap_or_default(), Some(tail.get(n + 1..).unwrap_or_default().to_owned())),
        None => (tail, None),
    };
    // curl keeps a `?` with nothing behind it.
    let path = if path.is_empty() { "/".to_owned() } else { encoded(path) };
    let path = if path_as_is { path } else { without_dots(&path) };
    // A variable stands for who knows what: `$BASE` may hold a path already.
    let bare = tail.is_empty() && scheme.is_empty();
    let scheme = if scheme.is_empty() && !text.starts_with("//") { guessed(host, text, default) } else { scheme };
    let path = if bare && scheme.is_empty() { String::new() } else { path };
    Url { scheme, user, host: host.to_owned(), path, query }
}

/// The scheme in lower case and what follows its slashes. A `:` must be followed by a slash, else it precedes a port.
fn scheme<'a>(text: &'a str, _default: Option<&str>) -> (String, &'a str) {
    let length = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')).count();
    let (name, after) = (text.get(..length).unwrap_or_default(), text.get(length..).unwrap_or_default());
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && after.starts_with(":/") {
        let slashes = after.bytes().skip(1).take_while(|b| *b == b'/').count().min(3);
        return (name.to_ascii_lowercase(), after.get(1 + slashes..).unwrap_or_default());
    }
    (String::new(), text.strip_prefix("//").unwrap_or(text))
}

/// What curl takes for the scheme of a URL without one.
fn guessed(host: &str, text: &str, default: Option<&str>) -> String {
    // A variable of a shell or a template, `$BASE`, `%BASE%`, `{{base}}`: it may hold a scheme.
    if text.starts_with(['$', '%', '`']) || text.starts_with("{{") {
        return String::new();
    }
    if let Some(default) = default {
        return default.to_ascii_lowercase();
    }
    let lower = host.to_ascii_lowercase();
    let known = ["ftp.", "dict.", "ldap.", "imap.", "smtp.", "pop3."].iter().find(|p| lower.starts_with(**p));
    known.map_or("http", |p| p.trim_end_matches('.')).to_owned()
}

/// The first of some characters that stands in no redacted stretch or variable.
fn find(text: &str, wanted: &[char]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|t| t.find(|c| wanted.contains(&c) || c == '{' || c == '$')) {
        let here = at + found;
        let kept = kept_stretch(text.get(here..).unwrap_or_default());
        if kept > 0 {
            at = here + kept;
            continue;
        }
        let c = text.get(here..)?.chars().next()?;
        if wanted.contains(&c) {
            return Some(here);
        }
        at = here + 1;
    }
    None
}

fn last_at(authority: &str) -> Option<usize> {
    let (mut last, mut from) = (None, 0);
    while let Some(found) = find(authority.get(from..).unwrap_or_default(), &['@']) {
        last = Some(from + found);
        from += found + 1;
    }
    last
}

/// libcurl percent-encodes the bytes of a path that are not ASCII.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() && c != ' ' {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push('%');
                out.extend([byte >> 4, byte & 15].iter().filter_map(|d| char::from_digit(u32::from(*d), 16)));
            }
        }
    }
    out
}

/// Removes `.` and `..` segments (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    for (number, segment) in segments.iter().enumerate() {
        let last = number + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_as_libcurl_reads_them() {
        let text = |u: &str| parse(u, None, false).text();
        assert_eq!(text("api.openai.com"), "http://api.openai.com/");
        assert_eq!(text("localhost:8080/v1"), "http://localhost:8080/v1");
        assert_eq!(text("HTTPS://h/a/../b/./c#x"), "https://h/b/c");
        assert_eq!(text("https://h?x=1"), "https://h/?x=1");
        assert_eq!(text("https:/h/x"), "https://h/x");
        assert_eq!(text("ftp.example.com/x"), "ftp://ftp.example.com/x");
        assert_eq!(text("https://u:p@h/é?é"), "https://h/%c3%a9?é");
        assert_eq!(text("$BASE/v1/models"), "$BASE/v1/models");
        assert_eq!(text("https://h/a/.."), "https://h/");
        assert_eq!(parse("https://u:{{redacted:password:a/b@c}}@h/", None, false).host, "h");
        assert_eq!(parse("https://h/a/../b", None, true).path, "/a/../b");
    }
}
