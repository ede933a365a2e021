//! Facts about one exchange, computed once and lent to the rules.

use super::Given;
use super::credential::{self, Credential};
use super::endpoints::{self, Operation};
use super::json::{self, Body};
use super::pointer;
use super::provider::Provider;
use super::target::{self, Target};
use crate::intake::{Exchange, Field, Fields, InputKind, Intake, Request, Response};
use crate::redact::MaskedKey;
use crate::schema::{self, Mistake, read_form};
use crate::span::Span;
use serde_json::Value;

/// What a rule may look at.
pub struct Context<'a> {
    /// The request, where the paste shows one.
    pub request: Option<&'a Request>,
    /// The response, where the paste shows one.
    pub response: Option<&'a Response>,
    /// The whole redacted text.
    pub text: &'a str,
    /// Keys that a provider had masked in the paste.
    pub masked: &'a [MaskedKey],
    /// True where the paste shows this exchange only.
    pub alone: bool,
    /// What kind of text the whole is.
    pub kind: InputKind,
    /// The request's URL in its parts.
    pub target: Target<'a>,
    /// Who stands behind the URL's host.
    pub provider: Provider,
    /// The request's credentials.
    pub credentials: Vec<Credential<'a>>,
    /// The path below OpenAI's `/v1`, where the request goes there.
    pub endpoint: Option<&'a str>,
    /// OpenAI's operations at that path, whatever their method; empty where there is none.
    pub operations: Vec<Operation>,
    /// The request's body.
    pub body: Body,
    /// A form's parts as members, where the body is a form.
    pub form: Option<Value>,
    /// What is wrong with the body by the published schema, where that is at hand and the whole request is shown.
    pub mistakes: Vec<Mistake>,
    /// True where the whole request is shown, so that what is missing is really missing. A log line names a URL, but not the
    /// header fields.
    pub whole: bool,
    /// Status code of the answer, where it is known.
    pub status: Option<u16>,
    /// The caller's time in seconds since 1970, where the caller told it.
    pub now: Option<f64>,
}

impl<'a> Context<'a> {
    /// Computes the facts.
    pub fn new(exchange: &'a Exchange, intake: &Intake, text: &'a str, masked: &'a [MaskedKey], given: &Given) -> Self {
        let request = exchange.request.as_ref();
        let response = exchange.response.as_ref();
        let target = request.map(|r| Target::new(r.url.trim())).unwrap_or_default();
        let provider = Provider::of_host(target.host);
        let endpoint = match provider {
            Provider::OpenAi => target.path.strip_prefix("/v1").filter(|p| p.is_empty() || p.starts_with('/')),
            _ => None,
        };
        let body = request.map_or(Body::Absent, |r| body(r, !intake.problems.is_empty()));
        let whole = request.is_some_and(|r| is_whole(r, intake.kind));
        let form = request.filter(|_| body == Body::Other).and_then(|r| read_form(&r.content.as_ref()?.text));
        let members = if let Body::Json(value) = &body { Some(value) } else { form.as_ref() };
        let checked = request.filter(|_| whole).zip(members);
        let mistakes = checked.map(|(r, members)| schema::check(r, members)).unwrap_or_default();
        Self {
            request,
            response,
            text,
            masked,
            alone: intake.exchanges.len() == 1,
            kind: intake.kind,
            target,
            provider,
            credentials: request.map(|r| credential::all(r, &target)).unwrap_or_default(),
            endpoint,
            operations: endpoint.map(endpoints::at).unwrap_or_default(),
            body,
            form,
            mistakes,
            whole,
            status: response.and_then(|r| r.status),
            now: given.now.map(|now| now as f64),
        }
    }

    /// The request's fields; empty where there is no request.
    pub fn request_fields(&self) -> &'a [Field] {
        self.request.map(|r| r.fields.0.as_slice()).unwrap_or_default()
    }

    /// The response's fields, where there are any.
    pub fn response_fields(&self) -> Option<&'a Fields> {
        self.response.map(|r| &r.fields)
    }

    /// The first request field of this name.
    pub fn field(&self, name: &str) -> Option<&'a Field> {
        self.request?.fields.get(name)
    }

    /// The first response field of this name.
    pub fn answer_field(&self, name: &str) -> Option<&'a Field> {
        self.response?.fields.get(name)
    }

    /// The request's method; empty where there is no request.
    pub fn method(&self) -> &'a str {
        self.request.map(|r| r.method.as_str()).unwrap_or_default()
    }

    /// The operation that the request's method and path name, of OpenAI's.
    pub fn operation(&self) -> Option<Operation> {
        self.operations.iter().find(|o| o.method == self.method()).copied()
    }

    /// True for a handshake of the WebSocket protocol, which has no place in the list of operations.
    pub fn is_websocket(&self) -> bool {
        matches!(self.target.scheme, Some("ws" | "wss"))
            || self.field("upgrade").is_some_and(|f| f.value.trim().eq_ignore_ascii_case("websocket"))
    }

    /// The JSON body, where it is JSON.
    pub fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(value) => Some(value),
            _ => None,
        }
    }

    /// The members of the body, whether JSON or a form.
    pub fn members(&self) -> Option<&Value> {
        self.json().or(self.form.as_ref())
    }

    /// The media type of the request's content, in lower case and without parameters; none where no `Content-Type` is sent.
    pub fn media_type(&self) -> Option<String> {
        let value = &self.field("content-type")?.value;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The URL as it stands in the text, where a client would change it before it sends; without quotes around it.
    pub fn written_url(&self) -> &'a str {
        let written = self.request.and_then(|r| r.url_span).map(|s| s.of(self.text)).unwrap_or(self.target.url);
        written.trim_matches(['"', '\'', '`', ' '])
    }

    /// Where a part of the URL stands; `part` must be a slice of it, such as a part of `target`.
    pub fn url_span(&self, part: &str) -> Option<Span> {
        self.request.and_then(|r| target::span_of(r, self.text, part))
    }

    /// Where a field's value stands; the whole line's place where the value is not written so.
    pub fn value_span(&self, field: &Field) -> Option<Span> {
        let span = field.span?;
        let value = field.value.trim();
        let start = if value.is_empty() { None } else { span.of(self.text).rfind(value) };
        Some(start.map_or(span, |at| Span::new(span.start + at, span.start + at + value.len())))
    }

    /// The quote that the shell or the program puts around what stands at `span`; none where it stands bare.
    pub fn quote_around(&self, span: Span) -> Option<char> {
        let is_quote = |c: &char| matches!(c, '\'' | '"' | '`');
        let inside = span.of(self.text).chars().next().filter(is_quote);
        inside.or_else(|| self.text.get(..span.start)?.chars().next_back().filter(is_quote))
    }

    /// True where nothing expands a variable at `span`: in single quotes on a command line of a POSIX shell, or in a message
    /// as it went over the wire.
    pub fn is_literal_at(&self, span: Span) -> bool {
        match self.kind {
            InputKind::Curl => self.quote_around(span) == Some('\'') && !self.text.contains("ansi-c"),
            InputKind::Http => self.indent(span).is_some(),
            _ => false,
        }
    }

    /// What stands before `span` on a line of a message: white space and the `>` of a transcript at most. None on a command line, also
    /// on one that goes on from the line above.
    pub fn indent(&self, span: Span) -> Option<&'a str> {
        let before = self.text.get(..span.start)?;
        let (above, line) = before.rsplit_once('\n').unwrap_or(("", before));
        let message = line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
        (message && !above.trim_end_matches('\r').ends_with(['\\', '`', '^'])).then_some(line)
    }

    /// The stretch of the redacted text that shows the answer's content; the whole text where it is not known but can be
    /// no other exchange's.
    pub fn answer_shown(&self) -> Option<Span> {
        let content = self.response?.content.as_ref().and_then(|c| c.span);
        content.or_else(|| self.alone.then(|| Span::new(0, self.text.len())))
    }

    /// Where `phrase` stands in the answer as shown: the place, and the text from there on.
    pub fn find_in_answer(&self, phrase: &str) -> Option<(usize, &'a str)> {
        let shown = self.answer_shown()?;
        let at = shown.of(self.text).find(phrase)?;
        Some((shown.start + at, self.text.get(shown.start + at..shown.end)?))
    }

    /// The place of the value that a JSON Pointer names, or of its `name`; the whole body's place where that is not known.
    pub fn member_span(&self, pointer: &str, name: bool) -> Option<Span> {
        let at = pointer::find(&self.request?.content.as_ref()?.text, pointer, name);
        self.body_span(at.unwrap_or_default())
    }

    /// The string at a JSON Pointer into the body; empty where none stands there.
    pub fn text_at(&self, pointer: &str) -> &str {
        self.json().and_then(|v| v.pointer(pointer)).and_then(Value::as_str).unwrap_or_default()
    }

    /// The place of byte `offset` of the request's body in the redacted text, where the body stands there as sent or with
    /// the quoting of a shell; the whole body's place otherwise.
    pub fn body_span(&self, offset: usize) -> Option<Span> {
        let content = self.request?.content.as_ref()?;
        let span = content.span?;
        let written = span.of(self.text);
        let at = if written == content.text { Some(offset) } else { align(written, &content.text, offset) };
        let start = span.start + at.unwrap_or(written.len());
        let found = self.text.get(start..span.end).and_then(|rest| rest.chars().next());
        Some(found.map_or(span, |c| Span::new(start, start + c.len_utf8())))
    }
}

/// `unclear` says that something in the paste was not understood, such as the content of a file.
fn body(request: &Request, unclear: bool) -> Body {
    let Some(content) = &request.content else { return if unclear { Body::Other } else { Body::Absent } };
    let media_type = request.fields.value("content-type").unwrap_or_default().to_ascii_lowercase();
    if media_type.contains("multipart") || content.text.starts_with("--") {
        return Body::Other;
    }
    json::read(&content.text, media_type.contains("json"))
}

/// True where the text shows the request itself and not only mentions it.
fn is_whole(request: &Request, kind: InputKind) -> bool {
    let shows =
        matches!(kind, InputKind::Curl | InputKind::Powershell | InputKind::Fetch | InputKind::Http | InputKind::Har);
    !request.mentioned && !request.url.is_empty() && (shows || !request.fields.is_empty())
}

/// The offset in `written` (a shell's quoting around and in it) of byte `offset` of `sent`. One pass, no backtracking: what
/// `sent` does not have next is taken for quoting.
fn align(written: &str, sent: &str, offset: usize) -> Option<usize> {
    let mut sent = sent.char_indices().peekable();
    for (at, c) in written.char_indices() {
        let (reached, due) = *sent.peek()?;
        if reached >= offset && (c == due) {
            return Some(at);
        }
        if c == due {
            sent.next();
        } else if !matches!(c, '\\' | '\'' | '"' | '^' | '`' | '\n' | '\r' | '$') {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_aligned_with_their_quoting() {
        assert_eq!(align("{\"a\":1}", "{\"a\":1}", 5), Some(5));
        assert_eq!(align("{\\\"a\\\":1}", "{\"a\":1}", 5), Some(7));
        assert_eq!(align("it'\\''s", "it's", 3), Some(6));
        assert_eq!(align("other", "{\"a\"}", 2), None);
        assert_eq!(align("", "x", 0), None);
    }
}
