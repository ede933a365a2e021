//! What was understood of a paste: HTTP exchanges with the places where their parts stand in the redacted text.

use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What kind of text a paste is. Besides being told to people, it decides how offered edits are written
/// (`is_literal_at` in `src/check/context.rs`, `mend_with_field` in `src/check/mod.rs`): look there when a new format takes one of these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InputKind {
    /// A curl command line, alone or with its output.
    Curl,
    /// PowerShell's `Invoke-WebRequest` or `Invoke-RestMethod`.
    Powershell,
    /// A JavaScript `fetch()` call.
    Fetch,
    /// Raw HTTP messages or a `curl -i`/`-v` transcript.
    Http,
    /// An HTTP Archive 1.2.
    Har,
    /// Log lines.
    Log,
    /// A traceback or error dump of a program.
    Traceback,
    /// A bare JSON text.
    Json,
    /// A bare HTML page.
    Html,
    /// Anything else.
    #[default]
    Text,
    /// A why403 link.
    Link,
}

impl InputKind {
    /// The kind as the report writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Powershell => "powershell",
            Self::Fetch => "fetch",
            Self::Http => "http",
            Self::Har => "har",
            Self::Log => "log",
            Self::Traceback => "traceback",
            Self::Json => "json",
            Self::Html => "html",
            Self::Text => "text",
            Self::Link => "link",
        }
    }
}

/// One field line (RFC 9110, section 5): name and value as they go on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Field name as written; compare without regard to case.
    pub name: String,
    /// Field value as written, secrets redacted.
    pub value: String,
    /// Where the line stands in the redacted text; none for a field that an option implies.
    pub span: Option<Span>,
}

/// Field lines in order; names compare without regard to ASCII case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<Field>);

impl Fields {
    /// The first field of this name.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|f| f.name.eq_ignore_ascii_case(name))
    }

    /// Every field of this name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
        self.0.iter().filter(move |f| f.name.eq_ignore_ascii_case(name))
    }

    /// The first field's value, or none.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.get(name).map(|f| f.value.as_str())
    }

    /// Adds a field at the end.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>, span: Option<Span>) {
        self.0.push(Field { name: name.into(), value: value.into(), span });
    }

    /// All fields in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Field> {
        self.0.iter()
    }

    /// True where there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Content of a message (RFC 9110, section 6.4) after the quoting of the place it stood in was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The text as sent.
    pub text: String,
    /// Where it stands in the redacted text, quotes left out. The stretch reads otherwise than `text` where escapes were
    /// undone or pieces joined: compare before counting offsets into it.
    pub span: Option<Span>,
}

/// A request as it would go on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Method, `GET` where nothing says otherwise; empty where the text only mentions the URL.
    pub method: String,
    /// Where the method is written, if it is.
    pub method_span: Option<Span>,
    /// Absolute URL as it would be requested; unexpanded variables stay as written. A server's log may show a path only.
    pub url: String,
    /// Where the URL stands.
    pub url_span: Option<Span>,
    /// Header section.
    pub fields: Fields,
    /// Content, if any.
    pub content: Option<Content>,
    /// True where the text only mentions the request (an error message that names its URL, a log line): what stands in no
    /// field here is unknown, not absent.
    pub mentioned: bool,
    /// When it was sent, as an archive says it for each entry; only to be read as a time, never shown.
    pub sent: Option<String>,
}

/// A response, as far as the text shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// Status code, where the text says it.
    pub status: Option<u16>,
    /// Where the status stands.
    pub status_span: Option<Span>,
    /// Header section, empty where the text shows none.
    pub fields: Fields,
    /// Content; JSON that a program printed in its own notation (Python `repr`) is turned back into JSON.
    pub content: Option<Content>,
    /// True for a proxy's answer to CONNECT.
    pub from_proxy: bool,
}

/// A request and what answered it; one of the two may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The request, where the text shows it.
    pub request: Option<Request>,
    /// The response, where the text shows it.
    pub response: Option<Response>,
}

/// Something in the text that could not be understood; the rest was still used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// One sentence for people.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// All that was understood of a paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// What kind of text it is, by the part that says most.
    pub kind: InputKind,
    /// The exchanges in the order of the text.
    pub exchanges: Vec<Exchange>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
}

impl Intake {
    /// Takes every place away: they were those of a text that stands in the paste in another writing.
    pub(super) fn forget_places(&mut self) {
        for exchange in &mut self.exchanges {
            if let Some(request) = &mut exchange.request {
                (request.method_span, request.url_span) = (None, None);
                request.fields.0.iter_mut().for_each(|f| f.span = None);
                request.content.iter_mut().for_each(|c| c.span = None);
            }
            if let Some(response) = &mut exchange.response {
                response.status_span = None;
                response.fields.0.iter_mut().for_each(|f| f.span = None);
                response.content.iter_mut().for_each(|c| c.span = None);
            }
        }
        self.problems.clear();
    }

    /// Calls `change` with every place, to move it to another text.
    pub(super) fn each_place(&mut self, mut change: impl FnMut(&mut Span)) {
        for exchange in &mut self.exchanges {
            if let Some(request) = &mut exchange.request {
                request.method_span.iter_mut().for_each(&mut change);
                request.url_span.iter_mut().for_each(&mut change);
                request.fields.0.iter_mut().filter_map(|f| f.span.as_mut()).for_each(&mut change);
                request.content.iter_mut().filter_map(|c| c.span.as_mut()).for_each(&mut change);
            }
            if let Some(response) = &mut exchange.response {
                response.status_span.iter_mut().for_each(&mut change);
                response.fields.0.iter_mut().filter_map(|f| f.span.as_mut()).for_each(&mut change);
                response.content.iter_mut().filter_map(|c| c.span.as_mut()).for_each(&mut change);
            }
        }
        self.problems.iter_mut().map(|p| &mut p.span).for_each(&mut change);
    }
}
