//! Log lines: a time stamp, a level or an access log's shape before what they say.

use crate::intake::InputKind;
use crate::intake::evidence;
use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Response, http_text};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "log-line",
    kind: InputKind::Log,
    rank: 220,
    reads: "a line of a log or access log",
    example: native_only(
        "2024-06-06T16:02:05Z ERROR msg=\"403 {\\\"error\\\":{\\\"code\\\":\\\"x\\\"}}\" url: https://api.openai.com/v1/x, cf-ray: 8-X\n",
    ),
    claim,
};

/// Levels as loggers write them.
const LEVELS: &[&str] = &[
    "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "TRACE", "FATAL", "CRITICAL", "ERR", "INF", "error", "warn", "info",
    "warning", "debug",
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    if !is_log(line) {
        return None;
    }
    let mut claim = evidence::claim(source, at)?;
    if let Some(Part::Scrap(exchange)) = claim.parts.first_mut() {
        if exchange.response.is_none() {
            exchange.response = balancer(line, at);
        }
        match (&mut exchange.request, access(line, at)) {
            (empty @ None, request) => *empty = request,
            // urllib3: `https://api.openai.com:443 "POST /v1/x HTTP/1.1" 401`.
            (Some(known), Some(request)) if known.url.matches('/').count() == 2 && request.url.starts_with('/') => {
                let origin = known.url.strip_suffix(":443").filter(|u| u.starts_with("https:")).unwrap_or(&known.url);
                known.url = format!("{origin}{}", request.url);
                known.method = request.method;
                known.method_span = request.method_span;
            }
            _ => {}
        }
    }
    Some(claim)
}

/// The status in a log of AWS's load balancers: `… 403 403 34 366 "POST https://… HTTP/2.0"`, its own and the target's.
fn balancer(line: &str, at: usize) -> Option<Response> {
    let (start, _) = quoted_request(line)?;
    let head = line.get(..start - 1)?;
    let mut words = head.split_whitespace().rev();
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let sizes = words.next().is_some_and(number) && words.next().is_some_and(number);
    let target = words.next().filter(|w| *w == "-" || w.len() == 3 && number(w))?;
    let own = words.next().filter(|w| sizes && w.len() == 3)?;
    let status = own.parse().ok().filter(|s| (100..600).contains(s))?;
    let place = at + head.find(&[own, " ", target].concat())?;
    Some(Response { status: Some(status), status_span: Some(Span::new(place, place + 3)), ..Response::default() })
}

/// True for a time stamp, a level or an access log's request in the first words of the line.
fn is_log(line: &str) -> bool {
    let head =
        line.get(..line.len().min(120)).or_else(|| line.get(..line.char_indices().nth(40)?.0)).unwrap_or_default();
    let head = head.trim_start();
    let levelled =
        head.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).take(3).any(|w| LEVELS.contains(&w));
    let marked = LEVELS.iter().any(|l| head.trim_start_matches('[').starts_with(l))
        || head.contains(" ERROR ")
        || head.contains(" ERR]")
        || head.contains("[error]");
    http_text::is_time_stamp(head)
        || marked && levelled
        || head.starts_with("[GIN]")
        || quoted_request(line).is_some()
        || clock(head)
        || glog(head)
        || head.contains("TCP_DENIED")
}

/// `[09:16:02 INF]`, `12:01:02 ERROR`.
fn clock(head: &str) -> bool {
    let bytes = head.trim_start_matches('[').as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    digit(0)
        && digit(1)
        && bytes.get(2) == Some(&b':')
        && digit(3)
        && digit(4)
        && bytes.get(5) == Some(&b':')
        && digit(6)
}

/// `[E 260131 11:09:05 ai:90]`, `E0131 11:09:05`.
fn glog(head: &str) -> bool {
    let rest = head.trim_start_matches('[');
    rest.starts_with(['E', 'W', 'I'])
        && rest.get(1..).is_some_and(|r| r.trim_start().bytes().take(4).filter(u8::is_ascii_digit).count() == 4)
}

/// The request line in quotes that access logs repeat: `"POST /v1/x HTTP/1.1"`.
fn quoted_request(line: &str) -> Option<(usize, &str)> {
    line.match_indices('"').take(12).find_map(|(at, _)| {
        let inner = line.get(at + 1..)?;
        let inner = inner.get(..inner.find('"')?)?;
        let mut words = inner.split(' ');
        let method = words.next().filter(|w| http_text::is_method(w))?;
        let version = words.next_back().is_some_and(|w| w.starts_with("HTTP/"));
        (version && !method.is_empty()).then_some((at + 1, inner))
    })
}

/// The target of an access log's line. The path is all that most of them show.
fn access(line: &str, at: usize) -> Option<crate::intake::Request> {
    let (start, method, target) = if let Some((start, inner)) = quoted_request(line) {
        let mut words = inner.split(' ');
        (start, words.next()?, words.next()?)
    } else if line.contains("[GIN]") {
        let column = line.rfind('|')? + 1;
        let rest = line.get(column..)?;
        let method = rest.split_whitespace().next().filter(|m| http_text::is_method(m))?;
        let start = column + rest.find(method)?;
        (start, method, rest.split('"').nth(1)?)
    } else {
        // squid: `… TCP_DENIED/403 3890 CONNECT api.openai.com:443 - …`
        let start = line.find("TCP_").and_then(|t| Some(t + line.get(t..)?.find(" CONNECT ")? + 1))?;
        let mut words = line.get(start..)?.split_whitespace();
        (start, words.next()?, words.next()?)
    };
    let place = line.get(start..)?.find(target)? + start;
    Some(crate::intake::Request {
        method: method.to_owned(),
        method_span: Some(Span::new(at + start, at + start + method.len())),
        url: target.to_owned(),
        url_span: Some(Span::new(at + place, at + place + target.len())),
        mentioned: true,
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    fn shown(text: &str) -> (InputKind, String, Option<u16>) {
        let intake = read_text(text);
        let exchange = intake.exchanges.first().cloned().unwrap_or_default();
        let request = exchange.request.map(|r| format!("{} {}", r.method, r.url)).unwrap_or_default();
        (intake.kind, request, exchange.response.and_then(|r| r.status))
    }

    #[test]
    fn access_logs() {
        for (line, request) in [
            (
                "[GIN] 2024/02/09 - 09:21:34 | 403 |      14.458µs |      172.19.0.1 | POST     \"/v1/chat/completions\"",
                "POST /v1/chat/completions",
            ),
            (
                "198.51.100.143 - - [03/Nov/2023:08:40:55 +0000] \"GET /api/tags HTTP/1.1\" 403 555 \"-\" \"Mozilla/5.0\"",
                "GET /api/tags",
            ),
            (
                "h2 2026-02-11T10:11:12.0Z app/x/50 192.168.1.3:2817 10.0.0.1:80 0.000 0.048 0.000 403 - 34 366 \"POST https://x.example:443/v1 HTTP/2.0\" \"c\"",
                "POST https://x.example:443/v1",
            ),
            ("INFO:     192.168.7.2:42828 - \"POST /v1/x HTTP/1.1\" 403 Forbidden", "POST /v1/x"),
            (
                "DEBUG:urllib3.connectionpool:https://api.openai.com:443 \"POST /v1/x HTTP/1.1\" 403 281",
                "POST https://api.openai.com/v1/x",
            ),
            (
                "1700000000.123      1 10.0.0.5 TCP_DENIED/403 3890 CONNECT api.openai.com:443 - HIER_NONE/- text/html",
                "CONNECT api.openai.com:443",
            ),
        ] {
            assert_eq!(shown(line), (InputKind::Log, request.to_owned(), Some(403)), "{line}");
        }
    }

    #[test]
    fn loggers() {
        for line in [
            "2026-06-03T04:59:43.895480Z ERROR codex_api: failed: HTTP error: 403 Forbidden, url: wss://x.example/r",
            "2024/12/25 00:40:02 Failed: unexpected status code: 403: Rate",
            "[09:16:02 INF] HTTP POST https://x.example/r => 403 in 340ms",
            "[E 260131 11:09:05 ai:90] Error: status_code: 403, model_name: x",
            "ERROR:root:Status code: 403",
        ] {
            let (kind, _, status) = shown(line);
            assert_eq!((kind, status), (InputKind::Log, Some(403)), "{line}");
        }
    }
}
