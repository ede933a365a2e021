//! Looks up single facts in what was read and found.

use super::canon::Canon;
use super::place::{self, Place};
use super::{status, template};
use crate::check::{Finding, provider::Provider};
use crate::intake::{Exchange, Failures, Fields, InputKind, Intake};
use crate::ordered;
use crate::redact::Placeholder;
use crate::span::Span;
use serde_json::Value;
use std::collections::BTreeMap;

/// How many characters of the visitor's text a sentence repeats.
const LONGEST_QUOTE: usize = 160;

/// From this many bytes on, a text needs no question about its words.
const LINES: usize = 120;

/// Everything that a fact may be read from.
pub(super) struct Facts<'a> {
    text: &'a str,
    intake: &'a Intake,
    findings: Vec<&'a Finding>,
    /// The exchange that was refused.
    refused: Option<&'a Exchange>,
    status: Option<(u16, Option<Span>)>,
    /// Where Cloudflare answered.
    place: Option<(Place, Span)>,
    /// The names in the refusal's JSON object, sorted, and those in its `error`.
    shapes: [String; 2],
    /// Canonical text without the requests' content.
    pub(super) plain: Canon,
    /// The same with markup.
    pub(super) markup: Canon,
}

/// What a fact is in words, and where it was read.
type Found = (String, Option<Span>);

impl<'a> Facts<'a> {
    pub(super) fn new(text: &'a str, intake: &'a Intake, findings: &'a [Finding], failures: &Failures) -> Self {
        // What the visitor asked a model is not what anybody answered.
        let mut skip: Vec<Span> =
            intake.exchanges.iter().filter_map(|e| e.request.as_ref()?.content.as_ref()?.span).collect();
        // Nor is what was answered to another call.
        let elsewhere = |s: &Span| {
            let before = failures.skip.partition_point(|other| other.start <= s.start);
            before.checked_sub(1).and_then(|n| failures.skip.get(n)).is_some_and(|other| s.end <= other.end)
        };
        skip.retain(|s| !elsewhere(s));
        skip.extend(&failures.skip);
        // The kind and the fingerprint in a placeholder are our own words.
        let placeholders = Placeholder::find_all(text).map(|p| p.span);
        skip.extend(placeholders.map(|p| Span::new(p.start + "{{redacted".len(), p.end.saturating_sub(2))));
        ordered::sort_by(&mut skip, Ord::cmp);
        let findings = findings.iter().filter(|f| !f.place.span.is_some_and(|s| elsewhere(&s))).collect();
        let refused = failures.subject.and_then(|n| intake.exchanges.get(n));
        let plain = Canon::new(text, &skip, false);
        let shown = refused.and_then(|e| e.response.as_ref()).and_then(|r| r.status.map(|s| (s, r.status_span)));
        let status = shown.filter(|(s, _)| *s >= 400).or_else(|| {
            status::find(&plain.text).map(|(code, span)| (code, Some(plain.original(span.start, span.end))))
        });
        let status = status.or(shown);
        Self {
            text,
            intake,
            findings,
            refused,
            status,
            place: place::last_ray(text),
            shapes: shapes(refused).unwrap_or_default(),
            plain,
            markup: Canon::new(text, &skip, true),
        }
    }

    /// The fact in words, where it holds.
    pub(super) fn look(&self, id: &str) -> Option<Found> {
        let (name, value) = id.split_once('=')?;
        let span = match name {
            "status" => self.status.filter(|(s, _)| value.parse() == Ok(*s)).map(|(_, span)| span),
            "code" => self.code(value).map(Some),
            "header" => self.header(value),
            "!header" => (self.fields()?.get(value).is_none() && self.named(value).is_none()).then_some(None),
            "sent" => self.sent(value),
            "target" => self.target(value)?.then_some(self.request()?.url_span),
            "!target" => (!self.target(value)?).then_some(self.request()?.url_span),
            // A log that shows the path alone is that of the server that was called.
            "to" if value == "own" => {
                let request = self.refused?.request.as_ref().filter(|_| self.intake.kind == InputKind::Log)?;
                request.url.starts_with('/').then_some(request.url_span)
            }
            "contrast" => self.clients_differ().then_some(None),
            // Only where it was called: a base URL in a configuration that is not heeded is not.
            "to" if value == "foreign" => {
                let request = self.refused?.request.as_ref()?;
                let called = !request.mentioned || !request.method.is_empty() || super::reproduce::is_call(request);
                (called && Provider::of_host(host(&request.url)).is_foreign()).then_some(request.url_span)
            }
            "to" => {
                let host = host(&self.request()?.url);
                let of = Provider::of_host(host);
                let like = || value == "relay" && of == Provider::Unknown && names_relay(host);
                let holds = is_host(host) && (of.name() == value || like());
                holds.then_some(self.request()?.url_span)
            }
            "path" => {
                let request = self.request()?;
                request.url.contains(value).then_some(request.url_span)
            }
            "mentions" => self.word(&value.to_ascii_lowercase(), true).map(Some),
            "body" => (self.body() == Some(value)).then_some(None),
            "shape" => self.shapes.iter().any(|s| s == value).then_some(None),
            "method" => (self.request()?.method == value).then_some(None),
            // What is longer than a line or two holds words enough.
            "input" if value == "long" => (self.text.trim().len() > LINES).then_some(None),
            "input" => (self.intake.kind.name() == value).then_some(None),
            "key" => self.key(value).map(Some),
            "ray" => {
                let (place, span) = self.place.as_ref()?;
                let holds = place.listed.is_some_and(|listed| listed == (value == "listed"));
                return holds.then(|| (place.sentence(), Some(*span)));
            }
            "finding" => {
                let finding = self.findings.iter().find(|f| f.rule.id == value)?;
                return Some((finding.message.clone(), finding.place.span));
            }
            _ => None,
        }?;
        Some((sentence(name, value), span))
    }

    /// Where Cloudflare answered, by the last ray id in the text.
    pub(super) fn place(&self) -> Option<&Place> {
        self.place.as_ref().map(|(place, _)| place)
    }

    /// A stretch of the text as a sentence may repeat it: one line, not too long.
    pub(super) fn quote(&self, span: Span) -> String {
        let words: Vec<&str> = span.of(self.text).split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(LONGEST_QUOTE) {
            Some((cut, _)) => format!("{}…", line.get(..cut).unwrap_or_default()),
            None => line,
        }
    }

    /// Parameters that fixes may name, besides those of the templates.
    pub(super) fn parameters(&self, into: &mut BTreeMap<String, String>) {
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                into.entry(name.to_owned()).or_insert_with(|| value.to_owned());
            }
        };
        if let Some(request) = self.request() {
            add("url", &request.url);
            add("method", &request.method);
            let content =
                request.content.as_ref().and_then(|c| serde_json::from_str::<serde_json::Value>(&c.text).ok());
            if let Some(model) = content.as_ref().and_then(|c| c.get("model")?.as_str()).filter(|m| presentable(m)) {
                add("model", model);
            }
            if is_host(host(&request.url)) {
                add("host", host(&request.url));
            }
            add("path", path(&request.url));
            // The first label of Azure's host names is the resource's own subdomain.
            if Provider::of_host(host(&request.url)) == Provider::Azure {
                add("resource", host(&request.url).split('.').next().unwrap_or_default());
            }
            let deployment = request.url.split_once("/deployments/").map(|(_, rest)| rest);
            add("deployment", deployment.and_then(|d| d.split(['/', '?']).next()).unwrap_or_default());
            if let Some(command) = super::reproduce::models(request) {
                add("models", &command);
            }
            add("base", &super::reproduce::base(request).unwrap_or_default());
        }
        if let Some((status, _)) = self.status {
            add("status", &status.to_string());
        }
    }

    fn request(&self) -> Option<&'a crate::intake::Request> {
        let own = self.refused.and_then(|e| e.request.as_ref());
        let whole = |r: &&crate::intake::Request| is_host(host(&r.url));
        // A server's log names the path alone; where the call went, a command beside it says.
        let mut others = self.intake.exchanges.iter().rev().filter_map(|e| e.request.as_ref()).peekable();
        let last = others.peek().copied();
        own.filter(whole).or_else(|| others.find(whole)).or(own).or(last)
    }

    /// True where a server's log shows one address refused and others served at the same path.
    fn clients_differ(&self) -> bool {
        let (mut refused, mut served) = (Vec::new(), Vec::new());
        let path = |e: &'a Exchange| e.request.as_ref().map(|r| r.url.as_str()).filter(|u| u.starts_with('/'));
        let Some(asked) = self.refused.filter(|_| self.intake.kind == InputKind::Log).and_then(path) else {
            return false;
        };
        for exchange in self.intake.exchanges.iter().filter(|e| path(e) == Some(asked)) {
            let Some(response) = &exchange.response else { continue };
            let (Some(status), Some(span)) = (response.status, response.status_span) else { continue };
            let line = self.text.get(..span.start).and_then(|b| b.lines().next_back()).unwrap_or_default();
            let address =
                |w: &&str| w.contains(['.', ':']) && w.bytes().all(|b| b.is_ascii_hexdigit() || b".:".contains(&b));
            match (line.split_ascii_whitespace().find(address), status) {
                (Some(client), 401 | 403) => refused.push(client),
                (Some(client), 200..300) => served.push(client),
                _ => {}
            }
        }
        ordered::sort_by(&mut served, |a, b| a.cmp(b));
        !refused.is_empty() && !served.is_empty() && refused.iter().all(|c| served.binary_search(c).is_err())
    }

    fn fields(&self) -> Option<&'a Fields> {
        self.refused?.response.as_ref().map(|r| &r.fields).filter(|f| !f.is_empty())
    }

    /// `NAME` or `NAME:VALUE` among the response's fields, or as a line of the text where no response was understood.
    fn header(&self, wanted: &str) -> Option<Option<Span>> {
        let (name, value) = wanted.split_once(':').map_or((wanted, None), |(n, v)| (n, Some(v)));
        if let Some(fields) = self.fields() {
            let holds = |v: &str| value.is_none_or(|w| v.to_ascii_lowercase().contains(&w.to_ascii_lowercase()));
            if let Some(field) = fields.all(name).find(|f| holds(&f.value)) {
                return Some(field.span);
            }
        }
        self.named(wanted).map(Some)
    }

    /// `NAME` or `NAME:VALUE` among the request's fields.
    fn sent(&self, wanted: &str) -> Option<Option<Span>> {
        let (name, value) = wanted.split_once(':').unwrap_or((wanted, ""));
        let value = value.to_ascii_lowercase();
        let fields = &self.request()?.fields;
        let field = fields.all(name).find(|f| f.value.to_ascii_lowercase().contains(&value))?;
        Some(field.span)
    }

    /// `name: value` in the text, for dumps that are no message.
    fn named(&self, wanted: &str) -> Option<Span> {
        let wanted = wanted.to_ascii_lowercase();
        let (name, value) = wanted.split_once(':').map_or((wanted.as_str(), ""), |(n, v)| (n, v));
        let text = &self.plain.text;
        if !self.plain.may_hold(name) {
            return None;
        }
        memchr::memmem::find_iter(text.as_bytes(), name).find_map(|at| {
            let end = at + name.len();
            let rest = text.get(end..)?.strip_prefix(':')?;
            let lead = rest.len() - rest.trim_start().len();
            let holds = alone(&self.plain, at, end) && rest.trim_start().starts_with(value);
            // A hyphen before it makes it the end of a longer name.
            let longer = text.get(..at)?.ends_with('-');
            (holds && !longer).then(|| self.plain.original(at, end + 1 + lead + value.len()))
        })
    }

    /// Whether the request's host is this one or, after a leading dot, this one or any below it; none where it is not known.
    fn target(&self, wanted: &str) -> Option<bool> {
        let host = host(&self.request()?.url).to_ascii_lowercase();
        let domain = wanted.strip_prefix('.').unwrap_or(wanted);
        let below = wanted.starts_with('.') && host.ends_with(wanted);
        is_host(&host).then_some(host == domain || below)
    }

    /// An error code, type, status word or reason: a distinctive one anywhere as a word, a plain one only after its name.
    fn code(&self, value: &str) -> Option<Span> {
        let wanted = value.to_ascii_lowercase();
        let distinctive = wanted.contains(['_', '-', '.'])
            || (value.len() > 9 && value.chars().skip(1).any(|c| c.is_ascii_uppercase()));
        if distinctive {
            // `PermissionDenied` is not in `PermissionDeniedError`.
            return self.word(&wanted, false);
        }
        let text = &self.plain.text;
        memchr::memmem::find_iter(text.as_bytes(), &wanted).find_map(|at| {
            let before = text.get(..at)?.trim_end().strip_suffix([':', '=', '('])?.trim_end();
            let named =
                ["code", "type", "status", "reason", "error", "name", "errorcode"].iter().any(|n| before.ends_with(n));
            let end = at + wanted.len();
            (named && alone(&self.plain, at, end)).then(|| self.plain.original(at, end))
        })
    }

    fn word(&self, wanted: &str, joined: bool) -> Option<Span> {
        [&self.plain, &self.markup].into_iter().filter(|canon| canon.may_hold(wanted)).find_map(|canon| {
            let mut places = memchr::memmem::find_iter(canon.text.as_bytes(), wanted).map(|at| (at, at + wanted.len()));
            places
                .find(|&(s, e)| alone(canon, s, e) || joined && template::whole(canon, self.text, s, e))
                .map(|(s, e)| canon.original(s, e))
        })
    }

    fn body(&self) -> Option<&'static str> {
        let response = self.refused?.response.as_ref()?;
        let content = match &response.content {
            Some(content) => content.text.trim(),
            // Without fields a missing content may only not have been pasted.
            None if response.fields.value("content-length") == Some("0") => return Some("empty"),
            None => return None,
        };
        Some(match content.chars().next() {
            None => "empty",
            Some('{' | '[') => "json",
            Some('<') => "html",
            Some(_) => "text",
        })
    }

    fn key(&self, kind: &str) -> Option<Span> {
        let wanted = format!("{{{{redacted:{kind}");
        let at = memchr::memmem::find(self.text.as_bytes(), wanted.as_bytes())?;
        let end = at + self.text.get(at..)?.find("}}")? + 2;
        let whole = self.text.get(at + wanted.len()..end)?;
        whole.starts_with([':', '}']).then(|| Span::new(at, end))
    }
}

/// `message,statusCode` and `error:code,message`: which names the JSON of an answer holds tells who writes it.
fn shapes(refused: Option<&Exchange>) -> Option<[String; 2]> {
    let content = refused?.response.as_ref()?.content.as_ref()?;
    let value: Value = serde_json::from_str(&content.text).ok()?;
    let object = value.get(0).unwrap_or(&value);
    let names = |of: Option<&Value>, lead: &str| {
        let Some(members) = of.and_then(Value::as_object) else { return String::new() };
        let mut names: Vec<&str> = members.keys().map(String::as_str).collect();
        ordered::sort_by(&mut names, |a, b| a.cmp(b));
        [lead, &names.join(",")].concat()
    };
    Some([names(Some(object), ""), names(object.get("error"), "error:")])
}

/// True where the stretch is a word of its own, no part of a longer name.
fn alone(canon: &Canon, start: usize, end: usize) -> bool {
    template::edge(&canon.text, start) && template::edge(&canon.text, end)
}

/// The host of a URL, without user information and port; empty where there is none.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    match host.strip_prefix('[').and_then(|h| h.split_once(']')) {
        Some((v6, _)) => v6,
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Words in a host's name that tell of a proxy or gateway for models.
const RELAY_WORDS: [&str; 10] =
    ["gpt", "openai", "claude", "llm", "proxy", "gateway", "relay", "oneapi", "one-api", "newapi"];

/// True where an unknown host is named like a proxy or gateway for models.
fn names_relay(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    RELAY_WORDS.iter().any(|word| host.contains(word))
}

/// True for what can be a host: a name with a dot, `localhost`, an address. A word of a command read as a URL is none.
pub(super) fn is_host(host: &str) -> bool {
    let letters = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':'));
    letters && (host == "localhost" || host.trim_matches('.').contains(['.', ':']))
}

/// True for a template's parameter that may stand in a sentence: short, of one line, without brackets of a format.
pub(super) fn presentable(value: &str) -> bool {
    let plain = value.replace("{{redacted", "").replace("}}", "");
    !value.is_empty() && value.len() <= 120 && !plain.contains(['{', '}', '<', '>', '\n', '\r', '"', '\\'])
}

pub(super) fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default()
}

/// A fact as a sentence.
pub(super) fn sentence(name: &str, value: &str) -> String {
    match name {
        "status" => {
            let phrase = value.parse().ok().and_then(|c: u16| http::StatusCode::from_u16(c).ok());
            let phrase = phrase.and_then(|c| c.canonical_reason()).map(|r| format!(" {r}")).unwrap_or_default();
            format!("The status is {value}{phrase}.")
        }
        "code" => format!("The error is marked `{value}`."),
        "header" => match value.split_once(':') {
            Some((n, v)) => format!("The answer's header `{n}` says `{v}`."),
            None => format!("The answer has the header `{value}`."),
        },
        "!header" => format!("The answer lacks the header `{value}`."),
        "sent" => match value.split_once(':') {
            Some((n, v)) => format!("The request's header `{n}` says `{v}`."),
            None => format!("The request has the header `{value}`."),
        },
        "!target" => format!("The request did not go to `{}`.", value.trim_start_matches('.')),
        "target" => format!("The request went to `{}`.", value.trim_start_matches('.')),
        "to" => match value {
            "local" => "The request went to a private address or to this machine.".to_owned(),
            "unknown" => "The request went to a host that is no known provider's.".to_owned(),
            "own" => "The line is of a server's own log.".to_owned(),
            "other" | "foreign" => "The request went to another provider's host.".to_owned(),
            "relay" => "The host's name is that of a proxy or gateway for models.".to_owned(),
            _ => format!("The request went to a host of the provider {value}."),
        },
        "path" => format!("The request's path contains `{value}`."),
        "mentions" => format!("The text mentions `{value}`."),
        "body" => {
            format!(
                "The answer's content is {}.",
                if value == "empty" { "empty".into() } else { value.to_ascii_uppercase() }
            )
        }
        "ray" if value == "listed" => {
            "Cloudflare answered in a country on OpenAI's list of supported countries.".to_owned()
        }
        "ray" => "Cloudflare answered in a country that is not on OpenAI's list of supported countries.".to_owned(),
        "contrast" => "The server's log shows other addresses served at the same path.".to_owned(),
        "shape" => format!("The answer is a JSON object of `{}`.", value.replace([',', ':'], "`, `")),
        "method" => format!("The method is {value}."),
        "input" if value == "long" => "The text is more than a line.".to_owned(),
        "input" => format!("The paste is of the kind {value}."),
        "key" => format!("The credential is of the kind {}.", value.replace('-', " ")),
        "finding" => match crate::check::rules::RULES.iter().find(|r| r.id == value) {
            Some(rule) => format!("A check found: {}.", rule.title),
            None => format!("A check found {value}."),
        },
        _ => format!("{name} is {value}."),
    }
}
