//! Splits a target URI tolerantly: placeholders, variables and damage are allowed, nothing is decoded or normalised.

use crate::intake::Request;
use crate::span::Span;

/// A URL in its parts (RFC 3986, section 3), each as written. `{{…}}` and `${…}` count as ordinary characters of a part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Target<'a> {
    /// The whole.
    pub url: &'a str,
    /// Before `://`; none where there is none.
    pub scheme: Option<&'a str>,
    /// Before the `@` of the authority.
    pub userinfo: Option<&'a str>,
    /// Host, without port and brackets kept; empty for a path alone.
    pub host: &'a str,
    /// After the host's `:`.
    pub port: Option<&'a str>,
    /// From the first `/` after the authority, up to `?` or `#`.
    pub path: &'a str,
    /// After `?`.
    pub query: Option<&'a str>,
    /// After `#`.
    pub fragment: Option<&'a str>,
}

impl<'a> Target<'a> {
    /// Splits `url`. A text without `://` is read as `host/path`, one that starts with `/` as a path.
    pub fn new(url: &'a str) -> Self {
        let mut target = Self { url, ..Self::default() };
        let rest = match url.split_once("://") {
            Some((scheme, rest)) if is_scheme(scheme) => {
                target.scheme = Some(scheme);
                rest
            }
            _ => url,
        };
        let (rest, fragment) = split_outside(rest, b"#");
        target.fragment = fragment.and_then(|f| f.get(1..));
        let (rest, query) = split_outside(rest, b"?");
        target.query = query.and_then(|q| q.get(1..));
        let (authority, path) = split_outside(rest, b"/");
        target.path = path.unwrap_or_default();
        let host = match authority.rsplit_once('@') {
            Some((userinfo, host)) => {
                target.userinfo = Some(userinfo);
                host
            }
            None => authority,
        };
        (target.host, target.port) = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
                (name, Some(port))
            }
            _ => (host, None),
        };
        target
    }

    /// The path's segments, without the empty one before the first `/`.
    pub fn segments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.path.strip_prefix('/').unwrap_or(self.path).split('/')
    }

    /// The query's parameters as written: name, and value where there is a `=`.
    pub fn parameters(&self) -> impl Iterator<Item = (&'a str, Option<&'a str>)> + use<'a> {
        self.query.unwrap_or_default().split('&').filter(|p| !p.is_empty()).map(|p| match p.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (p, None),
        })
    }

    /// The value of the first query parameter of this name; empty where it has none.
    pub fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.unwrap_or_default())
    }
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// Splits before the first byte of `at` that stands outside `{…}`; an opening brace that is never closed hides nothing.
fn split_outside<'a>(text: &'a str, at: &[u8]) -> (&'a str, Option<&'a str>) {
    let bytes = text.as_bytes();
    let last_close = memchr::memrchr(b'}', bytes).unwrap_or(0);
    let mut depth = 0usize;
    for (i, b) in bytes.iter().enumerate() {
        match b {
            b'{' if i < last_close => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b if depth == 0 && at.contains(b) => {
                return text.split_at_checked(i).map_or((text, None), |(a, z)| (a, Some(z)));
            }
            _ => {}
        }
    }
    (text, None)
}

/// Where `part`, a slice of the request's URL, stands in the redacted text; the whole URL's place where that is not known.
pub fn span_of(request: &Request, text: &str, part: &str) -> Option<Span> {
    let span = request.url_span?;
    let within = within(&request.url, part).and_then(|offset| {
        let written = span.of(text);
        let start = span.start + written.find(request.url.as_str())? + offset;
        Some(Span::new(start, start + part.len()))
    });
    Some(within.unwrap_or(span))
}

/// The offset of `part` in `whole`, where it is a slice of it.
pub fn within(whole: &str, part: &str) -> Option<usize> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (offset + part.len() <= whole.len()).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_as_written() {
        let t = Target::new("https://u:p@api.openai.com:443/v1/models?limit=1&x#top");
        assert_eq!((t.scheme, t.userinfo, t.host, t.port), (Some("https"), Some("u:p"), "api.openai.com", Some("443")));
        assert_eq!((t.path, t.query, t.fragment), ("/v1/models", Some("limit=1&x"), Some("top")));
        assert_eq!(t.segments().collect::<Vec<_>>(), ["v1", "models"]);
        assert_eq!((t.parameter("LIMIT"), t.parameter("x"), t.parameter("y")), (Some("1"), Some(""), None));
    }

    #[test]
    fn placeholders_and_variables_do_not_split() {
        let t = Target::new("https://{{redacted:url-credentials}}@${HOST:-a/b}/v1/{{redacted:openai-key:51-aa}}/x");
        assert_eq!((t.userinfo, t.host), (Some("{{redacted:url-credentials}}"), "${HOST:-a/b}"));
        assert_eq!(t.segments().nth(1), Some("{{redacted:openai-key:51-aa}}"));
    }

    #[test]
    fn damage_is_taken_as_it_is() {
        assert_eq!(Target::new("").path, "");
        assert_eq!(Target::new("/v1/models").host, "");
        assert_eq!(Target::new("https://[::1]:8080/").host, "[::1]");
        assert_eq!(Target::new("{{{{").host, "{{{{");
        assert_eq!(Target::new("a b://x?y").scheme, None);
    }
}
