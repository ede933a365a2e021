//! What a text says beside the answers that were understood in it: ids and times in logs, in block pages and in what proxies
//! write.

use crate::incidents;
use crate::limits::http_date;

/// How pages, logs and messages announce the number of a call, and what that number is called in a ticket where it is no
/// request id. Akamai's pages say `Reference #18.…` (<https://community.akamai.com/customers/s/article/Access-Denied-Reference>),
/// F5's `Your support ID is`, Imperva's `Incapsula incident ID` and Microsoft's sign-in `Trace ID` and `Correlation ID`.
const IDS: [(&str, &str); 10] = [
    ("request id", ""),
    ("request-id", ""),
    ("request_id", ""),
    ("requestid", ""),
    ("correlation id", "correlation id "),
    ("trace id", "trace id "),
    ("activity id", "activity id "),
    ("support id", "support id "),
    ("incident id", "incident id "),
    ("reference #", "reference #"),
];

/// Most ids of a text.
const MOST: usize = 4;

/// The ids that a text announces. `text` is as written, `lower` the same in small letters.
pub(super) fn ids(text: &str, lower: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for (name, label) in IDS {
        for (at, _) in lower.match_indices(name).take(1_000) {
            let Some(id) = announced(text.get(at + name.len()..).unwrap_or_default()) else { continue };
            if id.len() > 5 && found.len() < MOST && !found.iter().any(|known| known.ends_with(id)) {
                found.push([label, id].concat());
            }
        }
    }
    found.join(", ")
}

/// The ray id that a block page of Cloudflare names.
pub(super) fn ray(text: &str, lower: &str) -> String {
    let names = ["ray id", "cf-ray", "cf_ray", "rayid"];
    let mut rays = names.iter().flat_map(|name| lower.match_indices(name).map(|(at, _)| at + name.len()));
    let is_ray = |id: &&str| id.len() >= 16 && id.bytes().take(16).all(|b| b.is_ascii_hexdigit());
    let found = rays.find_map(|at| announced(text.get(at..)?).filter(is_ray));
    found.unwrap_or_default().to_owned()
}

/// The model that a log or a program's line names: `"model": "gpt-4o"`, `model='gpt-4o'`, LiteLLM's `Received Model Group=gpt-4o`.
pub(super) fn model(text: &str, lower: &str) -> String {
    let named = |(at, name): (usize, &str)| {
        let behind = text.get(at + name.len()..)?.trim_start_matches(['"', '\'', '\\', ' ']);
        let group = behind.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("group"));
        let behind = if group { behind.get(5..)? } else { behind };
        announced(behind.starts_with(['=', ':']).then_some(behind)?)
    };
    lower.match_indices("model").take(1_000).find_map(named).unwrap_or_default().to_owned()
}

/// The value behind a name: behind quotes, colons, tags and the word `is`. It stands close, which bounds the time that this takes.
fn announced(rest: &str) -> Option<&str> {
    let near = rest.char_indices().nth(300).map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default());
    let mut rest = near;
    // As much as stands between a name and its value in the markup of pages that were seen.
    for _ in 0..6 {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'', ':', '=', '\\', '`', '*']);
        rest = match rest.strip_prefix('<') {
            Some(tag) => tag.split_once('>')?.1,
            None => match rest.strip_prefix("is ").or_else(|| rest.strip_prefix("is:")) {
                Some(behind) => behind,
                None => break,
            },
        };
    }
    let end =
        rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.' | '/')).unwrap_or(rest.len());
    let id = rest.get(..end)?.trim_end_matches('.');
    (2..=80).contains(&id.len()).then_some(id).filter(|id| id.bytes().any(|b| b.is_ascii_digit()))
}

/// What programs say where a proxy refused to open a tunnel: curl of now and of then, Python's `http.client`.
const NO_TUNNEL: [&str; 3] = ["CONNECT tunnel failed", "from proxy after CONNECT", "Tunnel connection failed"];

/// The call that a proxy refused to open a tunnel for, as curl tells of it: that, and not what was to be reached through the
/// tunnel, is what its administrators look for. None where no proxy did.
pub(super) fn tunnel(text: &str, call: &str) -> Option<String> {
    NO_TUNNEL.iter().find(|words| text.contains(**words))?;
    let behind = |words: &str| text.split_once(words).map(|(_, rest)| rest);
    let told = behind("> CONNECT ").or_else(|| behind("tunnel to ")).and_then(|rest| rest.split_whitespace().next());
    let (method, url) = call.split_once(' ').unwrap_or_default();
    let host = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next()).unwrap_or_default();
    let target = told.unwrap_or(host);
    if target.is_empty() {
        return None;
    }
    let mut out = ["CONNECT ", target].concat();
    let proxy = behind("Uses proxy env variable ").and_then(|rest| rest.split('\'').nth(1)).unwrap_or_default();
    if !proxy.is_empty() && !proxy.contains(char::is_whitespace) {
        out.extend([" through ", proxy]);
    }
    if !url.is_empty() && method != "CONNECT" {
        out.extend([" for ", call]);
    }
    Some(out)
}

/// The time that a text tells for what stands at `at`: the last line before it that has one, or the first of all.
pub(super) fn time(text: &str, at: usize) -> String {
    let (mut found, mut start) = (None, 0);
    for line in text.split_inclusive('\n') {
        if start > at && found.is_some() {
            break;
        }
        found = incidents::written_time(line).or(found);
        start += line.len();
    }
    found.or_else(|| dated(text)).unwrap_or_default()
}

/// `Thu, 13 Nov 2025 09:15:02 GMT`, wherever it stands: proxies write it under their pages.
fn dated(text: &str) -> Option<String> {
    let mut ends = text.match_indices(" GMT").map(|(at, _)| at);
    ends.find_map(|at| {
        let date = text.get(at.checked_sub(25)?..at + 4)?;
        http_date(date).map(|_| date.to_owned())
    })
}

/// What a page of HTML shows, in one line.
pub(crate) fn visible(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let (mut out, mut at) = (String::new(), 0);
    let find = |what: &str, from: usize| lower.get(from..).and_then(|rest| rest.find(what)).map(|n| from + n);
    while let Some(tag) = find("<", at) {
        out.extend([page.get(at..tag).unwrap_or_default(), " "]);
        // What programs read, not people.
        let hidden = [("<script", "</script"), ("<style", "</style"), ("<!--", "--")];
        let name = lower.get(tag..).unwrap_or_default();
        let closed =
            hidden.iter().find(|(open, _)| name.starts_with(open)).map_or(Some(tag), |(_, end)| find(end, tag + 4));
        at = closed.and_then(|closed| find(">", closed)).map_or(page.len(), |end| end + 1);
    }
    out.push_str(page.get(at..).unwrap_or_default());
    one_line(&out)
}

/// The line of a log, a traceback or a page's text that tells of the refusal.
pub(super) fn telling<'a>(text: &'a str, status: &str) -> &'a str {
    let lines = || text.lines().map(str::trim).filter(|l| !l.is_empty());
    let named =
        |line: &&str| !status.is_empty() && line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == status);
    let wrong = lines().rfind(|l| l.contains("rror:") || l.contains("xception:"));
    wrong.or_else(|| lines().rfind(named)).or_else(|| lines().next()).unwrap_or_default()
}

/// A text in one line, its white space as single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_as_pages_and_logs_announce_them() {
        for (text, id) in [
            ("request_id: req_0f5f3c5b8a1e4d7c", "req_0f5f3c5b8a1e4d7c"),
            ("{\"request_id\":\"req_011CSHoEeqs5C35K2UUqR7Fy\"}", "req_011CSHoEeqs5C35K2UUqR7Fy"),
            ("Please include the request ID req_0f5f3c5b8a1e4d7c in your email.", "req_0f5f3c5b8a1e4d7c"),
            ("Access Denied<p>Reference #18.2d351ab8.1557333295.a4e16ab", "reference #18.2d351ab8.1557333295.a4e16ab"),
            ("Your support ID is: 1404617586.<br>", "support id 1404617586"),
            ("<b>Request ID:</b> <code>ab12cd34</code>", "ab12cd34"),
            ("request id missing, request ids, REQUEST ID:", ""),
        ] {
            assert_eq!(ids(text, &text.to_ascii_lowercase()), id, "{text}");
        }
        let page = "Cloudflare Ray ID: <strong class=\"x\">98dfe1a2bc3d4e5f</strong>";
        assert_eq!(ray(page, &page.to_ascii_lowercase()), "98dfe1a2bc3d4e5f");
        assert_eq!(ray("Ray ID: none", "ray id: none"), "");
    }

    #[test]
    fn a_tunnel_that_a_proxy_refused() {
        let curl = "* Uses proxy env variable https_proxy == 'http://proxy.corp.example:3128'\n> CONNECT api.openai.com:443 HTTP/1.1\n\
                    < HTTP/1.1 403 Forbidden\ncurl: (56) CONNECT tunnel failed, response 403";
        let call = "GET https://api.openai.com/v1/models";
        let said = "CONNECT api.openai.com:443 through http://proxy.corp.example:3128";
        assert_eq!(tunnel(curl, call), Some(format!("{said} for {call}")));
        assert_eq!(tunnel(curl, "CONNECT api.openai.com:443").as_deref(), Some(said));
        let python = "OSError('Tunnel connection failed: 403 Forbidden')";
        assert_eq!(tunnel(python, call), Some(format!("CONNECT api.openai.com for {call}")));
        assert_eq!(tunnel(python, ""), None);
        assert_eq!(tunnel("< HTTP/1.1 200 OK\nHTTP/2 403", call), None);
    }

    #[test]
    fn models_as_logs_name_them() {
        for (text, name) in [
            ("{\"model\":\"gpt-4o-mini\"}", "gpt-4o-mini"),
            ("create(model='o1', x)", "o1"),
            ("Received Model Group=gpt-4o", "gpt-4o"),
            ("{\\\"model\\\": \\\"openai/gpt-4.1\\\"}", "openai/gpt-4.1"),
            ("models: 3 of 4, the model group is 5, model", ""),
            ("/v1/models returned 403", ""),
        ] {
            assert_eq!(model(text, &text.to_ascii_lowercase()), name, "{text}");
        }
    }

    #[test]
    fn times_beside_the_failure() {
        let log = "2025-11-13 09:00:00 start\n2025-11-13T09:15:02+01:00 failed\n  at x\n2025-11-13 10:00:00 end\n";
        assert_eq!(time(log, log.find("at x").unwrap()), "2025-11-13T09:15:02+01:00");
        assert_eq!(time(log, 0), "2025-11-13 09:00:00 (time zone not stated)");
        assert_eq!(time("Generated Thu, 13 Nov 2025 09:15:02 GMT by squid", 0), "Thu, 13 Nov 2025 09:15:02 GMT");
        assert_eq!(time("no time GMT", 0), "");
    }

    #[test]
    fn what_a_page_shows() {
        let page = "<html><head><title>Denied</title><style>a{}</style><script>if (1<2) x()</script></head><!-- <b> -->\n<h1>Access  denied</h1>by policy</html>";
        assert_eq!(visible(page), "Denied Access denied by policy");
        assert_eq!(visible("<"), "");
        assert_eq!(telling("a\nValueError: x\n403 y\nbye", "403"), "ValueError: x");
        assert_eq!(telling("Sorry, you have been blocked\nx", ""), "Sorry, you have been blocked");
    }
}
