//! What `curl -v` prints: `*` notes, `>` request lines, `<` response lines, the content between them, `curl: (NN)` errors.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::message::{self, Start};
use crate::intake::{Content, Field, Fields, InputKind, Request, Response, http_text};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "curl-verbose",
    kind: InputKind::Http,
    rank: 100,
    reads: "a transcript of curl -v",
    example: native_only(
        "* Connected to x (10.0.0.1) port 443\n> GET /v1/models HTTP/1.1\n> Host: api.openai.com\n>\n< HTTP/1.1 403 Forbidden\n< cf-ray: 8-X\n<\n{ [12 bytes data]\n* Closing connection\n",
    ),
    claim,
};

/// How curl's notes begin, as far as they can open a transcript.
const NOTES: &[&str] = &[
    "Trying",
    "Host ",
    "Connected",
    "Uses proxy",
    "Establish HTTP proxy",
    "ALPN",
    "Rebuilt URL",
    "Could not",
    "Using HTTP",
    "Proxy ",
    "processing:",
    "TLS",
    "SSL",
    "Server certificate",
    "Connection",
    "CONNECT ",
    "Re-using",
    "[HTTP/2]",
    "h2h3",
    "h2 [",
    "IPv",
    "Added ",
    "Uses ",
    "Note:",
    "NPN",
    "STATE",
    "Expire",
    "Mark",
    "schannel",
    "Closing",
    "using HTTP",
    "Request completely",
    "Allocate",
    "We are",
    "upload completely",
    "Hostname",
    "About to",
    "CAfile",
    "Send failure",
    "Recv failure",
    "OpenSSL",
    "Failed to",
    "connect to",
    "getaddrinfo",
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    if !opens(line) {
        return None;
    }
    let mut reader = Reader { source, parts: Vec::new(), way: Way::Neither, end: at, tunnel: false, http2: None };
    let mut next = at;
    let mut lines = 0_usize;
    while next < source.text.len() {
        let line = source.line_at(next);
        let Some(taken) = reader.line(line, next) else { break };
        lines += 1;
        reader.end = reader.end.max(next + line.len()).max(taken);
        next = message::next_line(source, taken.max(next));
    }
    if let Some(request) = reader
        .http2
        .take()
        .filter(|_| !reader.parts.iter().any(|p| matches!(p, Part::Request(r) if r.method != "CONNECT")))
    {
        let place = reader
            .parts
            .iter()
            .position(|p| matches!(p, Part::Response(r) if !r.from_proxy))
            .unwrap_or(reader.parts.len());
        reader.parts.insert(place, Part::Request(request));
    }
    (lines > 0).then(|| Claim {
        span: Span::new(at, reader.end.max(at + 1)),
        parts: reader.parts,
        problems: Vec::new(),
    })
}

fn opens(line: &str) -> bool {
    if let Some(note) = line.strip_prefix('*') {
        let note = note.trim_start();
        return NOTES.iter().any(|n| note.starts_with(n));
    }
    if let Some(sent) = line.strip_prefix("> ") {
        return matches!(message::start(sent), Some(Start::Request { .. })) && sent.contains("HTTP/");
    }
    line.starts_with("< HTTP/") || line.starts_with("curl: (")
}

/// Which way the lines before went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Neither,
    Sent,
    Received,
    /// After the blank line that ends a response's header section.
    Content,
}

struct Reader<'s, 'a> {
    source: &'s Source<'a>,
    parts: Vec<Part>,
    way: Way,
    end: usize,
    /// True while the answer to CONNECT is awaited.
    tunnel: bool,
    /// What the notes say about an HTTP/2 request, for transcripts whose `>` lines were left out.
    http2: Option<Request>,
}

impl Reader<'_, '_> {
    /// Takes one line over and gives the offset up to which was read; none where the transcript ends.
    fn line(&mut self, line: &str, at: usize) -> Option<usize> {
        let end = at + line.len();
        if let Some(note) = line.strip_prefix('*').filter(|n| n.is_empty() || n.starts_with(' ')) {
            self.note(note.trim());
            return Some(end);
        }
        if let Some(sent) = mark(line, '>') {
            self.sent(sent, end - sent.len());
            return Some(end);
        }
        if let Some(got) = mark(line, '<') {
            self.received(got, end - got.len());
            return Some(end);
        }
        if line.starts_with("curl: (") {
            self.error(line, at);
            return Some(end);
        }
        if ["{ [", "} ["].iter().any(|m| line.starts_with(m)) && line.ends_with(']') || is_meter(line) {
            return Some(end);
        }
        // Insomnia's timeline shows what was sent, too.
        if let Some(sent) = line.strip_prefix("| ").filter(|_| self.way == Way::Sent) {
            self.posted(sent, end - sent.len());
            return Some(end);
        }
        if line.trim().is_empty() {
            return (self.way != Way::Neither || self.http2.is_some()).then_some(end);
        }
        (self.way == Way::Content).then(|| self.content(at)).flatten()
    }

    fn note(&mut self, note: &str) {
        let Some((_, inner)) = note.split_once('[').filter(|_| note.starts_with("[HTTP/2]") || note.starts_with("h2"))
        else {
            return;
        };
        let Some(field) =
            inner.rfind('[').map_or(Some(inner), |p| inner.get(p + 1..)).and_then(|f| f.strip_suffix(']'))
        else {
            return;
        };
        let Some((name, value, _)) = http_text::field_line(field) else { return };
        let request = self.http2.get_or_insert_default();
        match name {
            ":method" => request.method = value.to_owned(),
            ":scheme" => {}
            ":authority" => {
                request.url = format!(
                    "https://{value}{}",
                    request
                        .url
                        .strip_prefix("https://")
                        .map_or(request.url.as_str(), |u| u.find('/').and_then(|p| u.get(p..)).unwrap_or(""))
                )
            }
            ":path" => {
                request.url = if request.url.is_empty() { value.to_owned() } else { format!("{}{value}", request.url) }
            }
            _ => request.fields.push(name, value, None),
        }
    }

    fn sent(&mut self, sent: &str, at: usize) {
        if let Some(Start::Request { method, target }) = message::start(sent).filter(|_| sent.contains("HTTP/")) {
            let place = |(text, start): (&str, usize)| Some(Span::new(at + start, at + start + text.len()));
            self.tunnel = method.0 == "CONNECT";
            self.parts.push(Part::Request(Request {
                method: method.0.to_owned(),
                method_span: place(method),
                url: target.0.to_owned(),
                url_span: place(target),
                ..Request::default()
            }));
            self.way = Way::Sent;
            return;
        }
        let Some(Part::Request(request)) = self.parts.last_mut().filter(|_| self.way == Way::Sent) else { return };
        add_field(&mut request.fields, sent, at);
        if request.method != "CONNECT" && request.url.starts_with(['/', '*']) {
            request.url = http_text::target_url(&request.url, request.fields.value("host"));
        }
    }

    fn posted(&mut self, sent: &str, at: usize) {
        let Some(Part::Request(request)) = self.parts.last_mut() else { return };
        let span = Span::new(at, at + sent.len());
        match &mut request.content {
            Some(content) => {
                content.text.extend(["\n", sent]);
                content.span = content.span.map(|s| Span::new(s.start, span.end));
            }
            none => *none = Some(Content { text: sent.to_owned(), span: Some(span) }),
        }
    }

    fn received(&mut self, got: &str, at: usize) {
        if let Some(Start::Response { status, place }) = message::start(got).filter(|_| got.starts_with("HTTP/")) {
            // An interim response (100 Continue, 103 Early Hints) is not the answer.
            let interim = matches!(self.parts.last(), Some(Part::Response(r)) if r.status.is_some_and(|s| s < 200));
            if interim {
                self.parts.pop();
            }
            let status_span = Some(Span::new(at + place, at + place + 3));
            self.parts.push(Part::Response(Response {
                status: Some(status),
                status_span,
                from_proxy: self.tunnel,
                ..Response::default()
            }));
            self.way = Way::Received;
            self.tunnel = false;
        } else if got.trim().is_empty() {
            self.way = if self.way == Way::Received { Way::Content } else { self.way };
        } else if let Some(Part::Response(response)) = self.parts.last_mut() {
            add_field(&mut response.fields, got, at);
        }
    }

    /// Content up to curl's next note; gives where it ends.
    fn content(&mut self, at: usize) -> Option<usize> {
        let rest = self.source.rest(at);
        let text = rest.trim_start();
        let start = at + rest.len() - text.len();
        let mut end = if text.starts_with(['{', '[']) {
            let (length, whole) = self.source.fuel.extent(text);
            whole.then_some(start + length)
        } else {
            http_text::is_page(text).then(|| http_text::page_end(self.source.text, start))
        };
        if end.is_none() {
            end = Some(self.plain(start));
        }
        let end = end.filter(|&e| e > start)?;
        let Some(Part::Response(response)) = self.parts.last_mut() else { return None };
        if response.content.is_none() {
            response.content =
                Some(Content { text: self.source.text.get(start..end)?.to_owned(), span: Some(Span::new(start, end)) });
        }
        self.way = Way::Neither;
        // `* Connection #0 to host … left intact` may follow on the same line.
        Some(end)
    }

    /// Where lines of text end: at a note, which may follow without a line break, or a blank line.
    fn plain(&self, start: usize) -> usize {
        let mut at = start;
        let mut end = start;
        while at < self.source.text.len() {
            let line = self.source.line_at(at);
            if line.trim().is_empty() || opens(line) || http_text::interrupts(line) {
                break;
            }
            if let Some(note) = line.find("* Connection #") {
                return at + note;
            }
            end = at + line.len();
            at = message::next_line(self.source, at);
        }
        end
    }

    /// `curl: (56) CONNECT tunnel failed, response 403`
    fn error(&mut self, line: &str, at: usize) {
        let Some(named) = crate::intake::status::find(line) else { return };
        let proxy = line.contains("tunnel") || line.contains("CONNECT") || line.contains("from proxy");
        let known = self.parts.iter().any(|p| matches!(p, Part::Response(r) if r.status == Some(named.code)));
        if !known {
            let status_span = Some(Span::new(at + named.span.start, at + named.span.end));
            self.parts.push(Part::Response(Response {
                status: Some(named.code),
                status_span,
                from_proxy: proxy,
                ..Response::default()
            }));
        }
    }
}

/// What stands after the mark and its blank.
fn mark(line: &str, mark: char) -> Option<&str> {
    let rest = line.strip_prefix(mark)?;
    rest.strip_prefix(' ').or_else(|| rest.trim().is_empty().then_some(rest))
}

/// A line of curl's progress meter.
fn is_meter(line: &str) -> bool {
    let text = line.trim();
    text.starts_with("% Total")
        || text.starts_with("Dload")
        || (line.starts_with(' ')
            && text.len() > 30
            && text.chars().all(|c| c.is_ascii_digit() || " :-.kMG".contains(c)))
}

fn add_field(fields: &mut Fields, text: &str, at: usize) {
    if let Some((name, value, place)) = http_text::field_line(text) {
        let span = Some(Span::new(at, at + (place + value.len()).max(name.len() + 1)));
        fields.0.push(Field { name: name.to_owned(), value: value.to_owned(), span });
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::{Exchange, InputKind, read_text};

    fn all(text: &str) -> Vec<Exchange> {
        let intake = read_text(text);
        assert_eq!(intake.kind, InputKind::Http);
        intake.exchanges
    }

    fn shown(text: &str) -> Vec<String> {
        all(text)
            .iter()
            .map(|e| {
                let request = e.request.as_ref().map(|r| format!("{} {}", r.method, r.url)).unwrap_or_default();
                let response =
                    e.response.as_ref().map(|r| format!("{:?}{}", r.status, if r.from_proxy { " proxy" } else { "" }));
                format!("{request} -> {}", response.unwrap_or_default())
            })
            .collect()
    }

    const PLAIN: &str = "*   Trying 162.159.140.245:443...\n* Connected to api.openai.com (162.159.140.245) port 443\n* using HTTP/2\n* [HTTP/2] [1] OPENED stream for https://api.openai.com/v1/models\n* [HTTP/2] [1] [:method: GET]\n* [HTTP/2] [1] [:authority: api.openai.com]\n* [HTTP/2] [1] [:path: /v1/models]\n> GET /v1/models HTTP/2\r\n> Host: api.openai.com\r\n> Authorization: Bearer x\r\n> \r\n* Request completely sent off\n< HTTP/2 403 \r\n< content-type: application/json\r\n< cf-ray: 88a1-HYD\r\n< \r\n{ [93 bytes data]\n{\"error\":{\"code\":\"x\"}}* Connection #0 to host api.openai.com left intact\n";

    #[test]
    fn a_transcript() {
        let exchanges = all(PLAIN);
        assert_eq!(shown(PLAIN), ["GET https://api.openai.com/v1/models -> Some(403)"]);
        let response = exchanges[0].response.clone().unwrap();
        assert_eq!(response.fields.value("cf-ray"), Some("88a1-HYD"));
        assert_eq!(response.content.unwrap().text, "{\"error\":{\"code\":\"x\"}}");
        assert_eq!(
            exchanges[0].request.clone().unwrap().fields.get("authorization").unwrap().span.unwrap().of(PLAIN),
            "Authorization: Bearer x"
        );
    }

    #[test]
    fn notes_in_place_of_request_lines() {
        let text: String = PLAIN.lines().filter(|l| !l.starts_with('>')).map(|l| format!("{l}\n")).collect();
        assert_eq!(shown(&text), ["GET https://api.openai.com/v1/models -> Some(403)"]);
    }

    #[test]
    fn a_proxy_that_refuses() {
        let text = "* Uses proxy env variable https_proxy == 'http://proxy.example:3128'\n*   Trying 10.0.0.1:3128...\n* Establish HTTP proxy tunnel to api.openai.com:443\n> CONNECT api.openai.com:443 HTTP/1.1\n> Host: api.openai.com:443\n> \n< HTTP/1.1 403 Forbidden\n< Server: squid/5.7\n< \n* CONNECT tunnel failed, response 403\n* Closing connection\ncurl: (56) CONNECT tunnel failed, response 403\n";
        assert_eq!(shown(text), ["CONNECT api.openai.com:443 -> Some(403) proxy"]);
        assert_eq!(shown("curl: (56) CONNECT tunnel failed, response 403"), [" -> Some(403) proxy"]);
    }

    #[test]
    fn a_proxy_that_lets_through() {
        let text = "* Connected to proxy\n> CONNECT api.openai.com:443 HTTP/1.1\n> Host: api.openai.com:443\n>\n< HTTP/1.1 200 Connection established\n<\n* CONNECT phase completed\n> GET /v1/models HTTP/1.1\n> Host: api.openai.com\n>\n< HTTP/1.1 401 Unauthorized\n< Content-Length: 0\n<\n* Connection #0 left intact";
        assert_eq!(
            shown(text),
            ["CONNECT api.openai.com:443 -> Some(200) proxy", "GET https://api.openai.com/v1/models -> Some(401)"]
        );
    }

    #[test]
    fn redirects_and_interim_responses() {
        let text = "> POST /v1/x HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 100 Continue\n<\n< HTTP/1.1 301 Moved\n< Location: https://b.example/v1/x\n<\n* Issue another request to this URL: 'https://b.example/v1/x'\n> GET /v1/x HTTP/1.1\n> Host: b.example\n>\n< HTTP/1.1 403 Forbidden\n<\nerror code: 1010\n";
        assert_eq!(
            shown(text),
            ["POST https://a.example/v1/x -> Some(301)", "GET https://b.example/v1/x -> Some(403)"]
        );
        assert_eq!(all(text)[1].response.clone().unwrap().content.unwrap().text, "error code: 1010");
    }

    #[test]
    fn a_list_in_markdown_is_no_transcript() {
        assert_eq!(read_text("* one thing\n* another\n> a quote\n< and more").exchanges, []);
    }
}
