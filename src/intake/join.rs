//! Puts parts together: a response belongs to the request before it, and scraps of one failure become one exchange.

use super::format::Part;
use super::json_text;
use super::model::{Content, Exchange, Fields, Request, Response};

/// An exchange under way.
struct Open {
    exchange: Exchange,
    /// Nothing may join it.
    closed: bool,
}

/// Puts parts, in the order of the text, together to exchanges.
pub(super) fn join(parts: Vec<Part>) -> Vec<Exchange> {
    let mut all: Vec<Open> = Vec::new();
    for part in parts {
        match part {
            Part::Exchange(exchange) => all.push(Open { exchange, closed: true }),
            Part::Request(request) => add_request(&mut all, request),
            Part::Response(response) => add_response(&mut all, response),
            Part::Scrap(scrap) => add_scrap(&mut all, scrap),
        }
    }
    finish(all)
}

fn open(all: &mut Vec<Open>, request: Option<Request>, response: Option<Response>) {
    all.push(Open { exchange: Exchange { request, response }, closed: false });
}

fn add_request(all: &mut Vec<Open>, request: Request) {
    // A command and the transcript of its request are one request; a proxy's CONNECT may stand between them.
    let connect = |o: &Open| o.exchange.request.as_ref().is_some_and(|r| r.method == "CONNECT");
    let waiting = all.iter().rposition(|o| !connect(o)).filter(|&at| {
        all.get(at).is_some_and(|o| {
            !o.closed
                && o.exchange.request.as_ref().is_some_and(|known| {
                    // A transcript names the host in a field; a further command does not.
                    let shown = known.mentioned || request.mentioned || request.fields.get("host").is_some();
                    (shown || known.method == "CONNECT")
                        && same_target(known, &request)
                        && o.exchange.response.as_ref().is_none_or(|seen| known.mentioned && is_summary(seen))
                })
        })
    });
    match waiting {
        Some(at) if request.method != "CONNECT" => {
            let mut first = all.remove(at);
            if let Some(known) = &mut first.exchange.request {
                complete(known, request);
            }
            all.push(first);
        }
        _ => open(all, Some(request), None),
    }
}

/// True for an answer of which only the status is named: the inspectors of browsers sum an exchange up before they show it.
fn is_summary(response: &Response) -> bool {
    response.fields.is_empty() && response.content.is_none()
}

fn add_response(all: &mut Vec<Open>, response: Response) {
    match all.last_mut().filter(|o| !o.closed).map(|o| &mut o.exchange.response) {
        Some(empty @ None) => *empty = Some(response),
        Some(Some(known)) if agree(known, &response) => fill(known, response),
        _ => open(all, None, Some(response)),
    }
}

fn add_scrap(all: &mut Vec<Open>, scrap: Exchange) {
    let Some(last) = all.last_mut().filter(|o| !o.closed).map(|o| &mut o.exchange) else {
        return open(all, scrap.request, scrap.response);
    };
    let requests = match (&last.request, &scrap.request) {
        (Some(known), Some(new)) => same_target(known, new),
        _ => true,
    };
    let responses = match (&last.response, &scrap.response) {
        (Some(known), Some(new)) => agree(known, new),
        _ => true,
    };
    if !requests || !responses {
        return open(all, scrap.request, scrap.response);
    }
    match (&mut last.request, scrap.request) {
        (Some(known), Some(new)) => complete(known, new),
        (empty @ None, new) => *empty = new,
        _ => {}
    }
    match (&mut last.response, scrap.response) {
        (Some(known), Some(new)) => fill(known, new),
        (empty @ None, new) => *empty = new,
        _ => {}
    }
}

/// Gives a refused tunnel to the request that it was for, and leaves out mentions that nothing came of.
fn finish(all: Vec<Open>) -> Vec<Exchange> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for Open { exchange, .. } in all {
        let refused = exchange.request.as_ref().is_some_and(|r| r.method == "CONNECT")
            && exchange.response.as_ref().is_some_and(|r| r.from_proxy && r.status.is_some_and(|s| s >= 400));
        match exchanges.last_mut() {
            Some(last) if refused && last.response.is_none() && last.request.is_some() => {
                last.response = exchange.response;
            }
            _ => exchanges.push(exchange),
        }
    }
    let says = |e: &Exchange| e.response.is_some() || e.request.as_ref().is_some_and(|r| !r.mentioned);
    if exchanges.iter().any(says) {
        exchanges.retain(says);
    } else {
        exchanges.truncate(1);
    }
    exchanges
}

/// True where two requests may be one: as far as both say it, the same method and the same target.
fn same_target(a: &Request, b: &Request) -> bool {
    let methods = a.method.is_empty() || b.method.is_empty() || a.method.eq_ignore_ascii_case(&b.method);
    methods && (a.url.is_empty() || b.url.is_empty() || tail(&a.url, &b.url) || tail(&b.url, &a.url))
}

/// True where `short` is `long`, or its end from a slash on (a log shows the path only), or its host alone.
fn tail(long: &str, short: &str) -> bool {
    let plain =
        |url: &str| url.trim_end_matches('/').trim_start_matches("https://").trim_start_matches("http://").len();
    let cut = |url: &'_ str| url.trim_end_matches('/').len().saturating_sub(plain(url));
    let (long, short) = (
        long.trim_end_matches('/').get(cut(long)..).unwrap_or_default(),
        short.trim_end_matches('/').get(cut(short)..).unwrap_or_default(),
    );
    if long.len() == short.len() {
        return long.eq_ignore_ascii_case(short);
    }
    (short.starts_with('/') && long.ends_with(short))
        || (!short.contains('/') && long.split('/').next().is_some_and(|host| host.eq_ignore_ascii_case(short)))
}

/// Takes over what `known` does not say yet.
fn complete(known: &mut Request, new: Request) {
    if known.method.is_empty() {
        known.method = new.method;
        known.method_span = new.method_span;
    }
    if known.url.is_empty() || (known.mentioned && !known.url.contains("://") && new.url.contains("://")) {
        known.url = new.url;
        known.url_span = new.url_span;
    }
    if known.mentioned {
        known.mentioned = new.mentioned;
        known.fields.0.extend(new.fields.0);
    }
    if known.content.is_none() {
        known.content = new.content;
    }
}

/// True where two responses may be one: nothing that both say differs.
fn agree(a: &Response, b: &Response) -> bool {
    let statuses = a.status.is_none() || b.status.is_none() || a.status == b.status;
    let contents = match (&a.content, &b.content) {
        (Some(a), Some(b)) => same_content(a, b),
        _ => true,
    };
    let ids = ["cf-ray", "x-request-id"].iter().all(|name| match (a.fields.value(name), b.fields.value(name)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    });
    statuses && contents && ids && (a.from_proxy == b.from_proxy || a.status.is_none() || b.status.is_none())
}

fn same_content(a: &Content, b: &Content) -> bool {
    let (a, b) = (a.text.trim(), b.text.trim());
    a.is_empty() || b.is_empty() || a == b || json_text::same(a, b)
}

/// Takes over what `known` does not say yet.
fn fill(known: &mut Response, new: Response) {
    if known.status.is_none() {
        known.status = new.status;
        known.status_span = new.status_span;
    }
    add_fields(&mut known.fields, new.fields);
    if known.content.as_ref().is_none_or(|c| c.text.trim().is_empty()) {
        known.content = new.content.or(known.content.take());
    }
    known.from_proxy |= new.from_proxy;
}

/// Adds the fields whose names are new. A header section that stands in one piece is long: beside it, scraps say nothing.
fn add_fields(known: &mut Fields, new: Fields) {
    let names: Vec<String> = known.iter().map(|f| f.name.to_ascii_lowercase()).collect();
    known.0.extend(new.0.into_iter().filter(|f| !names.contains(&f.name.to_ascii_lowercase())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, url: &str) -> Request {
        Request { method: method.into(), url: url.into(), ..Request::default() }
    }

    fn mention(url: &str) -> Part {
        let request = Request { mentioned: true, ..request("", url) };
        Part::Scrap(Exchange { request: Some(request), response: None })
    }

    fn response(status: u16, body: &str) -> Response {
        let content = (!body.is_empty()).then(|| Content { text: body.into(), span: None });
        Response { status: Some(status), content, ..Response::default() }
    }

    fn scrap(status: u16, body: &str) -> Part {
        Part::Scrap(Exchange { request: None, response: Some(response(status, body)) })
    }

    fn shown(parts: Vec<Part>) -> Vec<(String, Option<u16>)> {
        join(parts)
            .into_iter()
            .map(|e| {
                let request = e.request.map(|r| format!("{} {}", r.method, r.url)).unwrap_or_default();
                (request, e.response.and_then(|r| r.status))
            })
            .collect()
    }

    const URL: &str = "https://api.openai.com/v1/models";

    #[test]
    fn a_command_and_the_transcript_of_it_are_one() {
        let parts = || {
            let mut refused = response(403, "");
            refused.from_proxy = true;
            let tunnel = Part::Request(request("CONNECT", "api.openai.com:443"));
            (Part::Request(request("GET", URL)), tunnel, Part::Response(refused))
        };
        let (command, tunnel, refused) = parts();
        assert_eq!(shown(vec![command, tunnel, refused]), [(format!("GET {URL}"), Some(403))]);
        let (command, tunnel, mut accepted) = parts();
        if let Part::Response(response) = &mut accepted {
            response.status = Some(200);
        }
        let mut wire = request("GET", URL);
        wire.fields.push("Host", "api.openai.com", None);
        let wire = Part::Request(wire);
        assert_eq!(
            shown(vec![command, tunnel, accepted, wire, Part::Response(response(401, ""))]),
            [("CONNECT api.openai.com:443".to_owned(), Some(200)), (format!("GET {URL}"), Some(401))]
        );
    }

    #[test]
    fn two_commands_are_two() {
        let again = || Part::Request(request("GET", URL));
        assert_eq!(shown(vec![again(), again()]).len(), 2);
        let host = Part::Request(request("GET", "https://api.openai.com/"));
        assert_eq!(shown(vec![host, again()]).len(), 2);
    }

    #[test]
    fn scraps_of_one_failure_become_one_exchange() {
        let body = "{\"error\":{\"code\":\"x\"}}";
        let restored = "{ \"error\": {\"code\": \"x\"}}";
        assert_eq!(
            shown(vec![mention(URL), scrap(403, ""), scrap(403, body), scrap(403, restored)]),
            [(format!(" {URL}"), Some(403))]
        );
        assert_eq!(
            shown(vec![scrap(403, ""), scrap(429, "")]),
            [(String::new(), Some(403)), (String::new(), Some(429))]
        );
        assert_eq!(shown(vec![scrap(403, body), scrap(403, "other")]).len(), 2, "two different answers");
    }

    #[test]
    fn mentions_count_only_where_nothing_else_is_known() {
        assert_eq!(shown(vec![mention(URL)]), [(format!(" {URL}"), None)]);
        let other = Part::Request(request("GET", "https://example.com"));
        assert_eq!(shown(vec![mention(URL), other]), [("GET https://example.com".to_owned(), None)]);
    }

    #[test]
    fn a_log_may_show_the_path_only() {
        assert!(
            tail(URL, "/v1/models") && tail(URL, "api.openai.com") && tail(URL, "http://api.openai.com/v1/models/")
        );
        assert!(!tail(URL, "/models-old") && !tail(URL, "example.com"));
    }
}
