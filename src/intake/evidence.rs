//! What one line of prose, a traceback or a log says about an exchange: a status, an error object, a page, a header
//! dictionary, fields and a target that it mentions.

use super::dump;
use super::format::{Claim, Part, Source};
use super::http_text;
use super::json_text::{self, Fuel};
use super::mention;
use super::model::{Content, Exchange, Fields, Problem, Request, Response};
use super::repr;
use super::status;
use crate::span::Span;

pub(super) use http_text::{is_field_name, is_method, is_page, of_request};

/// Most objects that are tried in one line.
const TRIES: usize = 24;

/// Words with which clients and proxies say that the proxy refused, not the server.
const PROXY: &[&str] = &[
    "Tunnel connection failed",
    "tunnel failed",
    "ProxyError",
    "Cannot connect to proxy",
    "from proxy after CONNECT",
    "TCP_DENIED",
    "tunneling socket could not be established",
    "Proxy response",
    "Failed to CONNECT",
    "proxyconnect",
];

/// What a line says, and where what was read ends.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Request and response as far as they are mentioned.
    pub(super) exchange: Exchange,
    /// Offset after the last line read.
    pub(super) end: usize,
    /// True where an object ends early, with the place.
    pub(super) early: Option<usize>,
}

/// Reads the line at `at` and what objects and pages in it go on to.
pub(super) fn read(text: &str, at: usize, fuel: &Fuel) -> Evidence {
    let mut found = Evidence { end: at, ..Evidence::default() };
    let mut from = at;
    for _ in 0..TRIES {
        let rest = text.get(from..).unwrap_or_default();
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
        let start = [line.find(['{', '[', '<']), repr::arguments(line)].into_iter().flatten().min();
        let prose = line.get(..start.unwrap_or(line.len())).unwrap_or_default();
        // A bracket belongs to what stands before it: `[401] You …`, `Response [403]`.
        if found.exchange.response.as_ref().is_none_or(|r| r.status.is_none()) {
            note_status(line, from, start.unwrap_or(line.len()), &mut found);
        }
        note_target(line, prose.len(), from, &mut found);
        found.end = from + line.len();
        let Some(start) = start.map(|s| from + s) else { break };
        from = match object(text, start, fuel, &mut found).or_else(|| page(text, start, line, from, &mut found)) {
            Some(end) => end,
            None => start + 1,
        };
        if from >= text.len() || text.get(from..).is_some_and(|r| r.starts_with('\n')) && from >= found.end {
            found.end = found.end.max(from);
            break;
        }
    }
    printed_fields(text, at, &mut found);
    found
}

/// Go prints header fields as `Cf-Ray:[…]`: a bracket that no prose is looked at behind.
fn printed_fields(text: &str, at: usize, found: &mut Evidence) {
    let Some(response) = found.exchange.response.as_mut().filter(|r| r.fields.is_empty() && r.content.is_none()) else {
        return;
    };
    let line = text.get(at..).and_then(|rest| rest.lines().next()).filter(|l| l.len() < 8000).unwrap_or_default();
    if line.contains(":[") {
        for (name, value, span) in mention::fields(line, at) {
            response.fields.push(name, value, Some(span));
        }
    }
}

/// What a decoded string says; places in it mean nothing outside.
pub(super) fn in_string(text: &str, depth: usize) -> Option<Exchange> {
    if depth > 8 {
        return None;
    }
    let trimmed = text.trim();
    let fuel = Fuel::new(text.len());
    let mut from = 0;
    for _ in 0..TRIES / 3 {
        // `[models] Error code: 401 - {…}`: not every bracket begins an answer.
        let at = from + trimmed.get(from..)?.find(['{', '['])?;
        let exchange = json_text::find(trimmed, at, &fuel).and_then(|found| {
            let strict = found.strict.then(|| found.span.of(trimmed));
            dump::read_nested(&found.value, strict, depth)
        });
        let Some(mut exchange) = exchange else {
            from = at + 1;
            continue;
        };
        let named = trimmed.get(..at).and_then(status::find).map(|n| n.code);
        if let Some(response) = &mut exchange.response {
            response.status = response.status.or(named);
        }
        return Some(exchange);
    }
    None
}

fn response(found: &mut Evidence) -> &mut Response {
    found.exchange.response.get_or_insert_default()
}

/// Takes the status over that `line` names before `limit`, where an object or a page begins that has its own.
fn note_status(line: &str, from: usize, limit: usize, found: &mut Evidence) {
    if let Some(named) = status::find(line).filter(|n| n.span.end <= limit) {
        let response = response(found);
        response.status = Some(named.code);
        response.status_span = Some(Span::new(from + named.span.start, from + named.span.end));
        response.from_proxy = PROXY.iter().any(|words| line.contains(words));
    }
}

/// Takes the target and the fields over that `line` mentions before `limit`.
fn note_target(line: &str, limit: usize, from: usize, found: &mut Evidence) {
    if found.exchange.request.is_none() {
        let before = |r: &Request| r.url_span.is_some_and(|s| s.start < from + limit);
        found.exchange.request = mention::target(line, from).filter(before);
    }
    let prose = line.get(..limit).unwrap_or_default();
    for (name, value, span) in mention::fields(prose, from) {
        response(found).fields.push(name, value, Some(span));
    }
}

/// Takes the object at `start` over; its end, or none where it says nothing.
fn object(text: &str, start: usize, fuel: &Fuel, found: &mut Evidence) -> Option<usize> {
    if text.as_bytes().get(start) == Some(&b'<') {
        return None;
    }
    let json = json_text::find(text, start, fuel)?;
    let strict = json.strict.then(|| json.span.of(text));
    let exchange = dump::read(&json.value, Some(json.span), strict)?;
    if !json.whole {
        found.early.get_or_insert(json.span.end);
    }
    merge(&mut found.exchange, exchange);
    found.end = found.end.max(json.span.end);
    Some(json.span.end)
}

/// Takes the HTML page at `start` over.
fn page(text: &str, start: usize, line: &str, from: usize, found: &mut Evidence) -> Option<usize> {
    let rest = line.get(start - from..)?;
    if !http_text::is_page(rest) {
        return None;
    }
    let end = http_text::page_end(text, start);
    let content = Content { text: text.get(start..end)?.to_owned(), span: Some(Span::new(start, end)) };
    let response = response(found);
    if response.status.is_none() {
        response.status = http_text::page_status(&content.text);
    }
    response.content.get_or_insert(content);
    found.end = end;
    Some(end)
}

/// Adds what `new` says and `known` does not.
fn merge(known: &mut Exchange, new: Exchange) {
    if known.request.is_none() {
        known.request = new.request;
    }
    let Some(new) = new.response else { return };
    let known = known.response.get_or_insert_default();
    if known.status.is_none() {
        known.status = new.status;
        known.status_span = new.status_span;
    }
    if known.content.is_none() {
        known.content = new.content;
    }
    if known.fields.is_empty() {
        known.fields = new.fields;
    }
}

/// Claims the line at `at`, with what it goes on to, where it says something about a response or names a target.
pub(super) fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let found = read(source.text, at, &source.fuel);
    let span = Span::new(at, found.end.max(at + 1));
    let problems =
        found.early.map(|end| Problem { message: "the error object ends early".into(), span: Span::new(end, end) });
    let parts = vec![Part::Scrap(scrap(found.exchange)?)];
    Some(Claim { span, parts, problems: problems.into_iter().collect() })
}

/// A claim's parts: one scrap, where there is anything in it.
pub(super) fn scrap(exchange: Exchange) -> Option<Exchange> {
    let empty = |f: &Fields| f.is_empty();
    let response = exchange.response.filter(|r| r.status.is_some() || r.content.is_some() || !empty(&r.fields));
    let request = exchange.request.filter(|r: &Request| !r.url.is_empty() || !empty(&r.fields) || r.content.is_some());
    (response.is_some() || request.is_some()).then_some(Exchange { request, response })
}
