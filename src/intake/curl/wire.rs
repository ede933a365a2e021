//! From options to requests: method, URL, header section, content.

use super::{Operation, Understood, auth, body, form, glob, problem, url};
use crate::intake::shell::{Stdin, Word};
use crate::intake::{Content, Fields, Problem, Request};

/// Requests of one command are shown up to this number,
const MOST: usize = 60;
/// and up to this number of header lines and form fields in all of them, for each request repeats them.
const LINES: usize = 4000;

/// What `--compressed` asks for in a curl that is built with all of its libraries.
const ENCODINGS: &str = "deflate, gzip, br, zstd";

/// Adds the requests of one operation.
pub(super) fn requests(op: &Operation, out: &mut Understood) {
    let first = out.requests.len();
    let most = MOST.min(1 + LINES / (1 + op.headers.len() + op.forms.len()));
    for (number, word) in op.urls.iter().enumerate() {
        let upload = op.uploads.get(number);
        let urls = if op.globoff {
            vec![word.text().to_owned()]
        } else {
            glob::expand(word.text()).unwrap_or_else(|why| {
                let message =
                    format!("curl refuses this URL: it holds {why}. With -g it takes braces and brackets as they are.");
                problem(&mut out.problems, message, word.span());
                vec![word.text().to_owned()]
            })
        };
        for text in urls {
            for upload in uploads(op, upload) {
                if out.requests.len() - first < most {
                    out.requests.extend(request(op, word, &text, upload.as_ref(), &mut out.problems));
                }
            }
        }
    }
    conflicts(op, &mut out.problems);
}

/// The files that `-T` names, one request each; `{a,b}` names several.
fn uploads(op: &Operation, upload: Option<&Word>) -> Vec<Option<Word>> {
    let Some(word) = upload else { return vec![None] };
    match glob::expand(word.text()) {
        Ok(names) if names.len() > 1 && !op.globoff => names
            .iter()
            .map(|name| {
                let mut one = Word::at(word.span().start);
                one.push_decoded(name, word.span());
                Some(one)
            })
            .collect(),
        _ => vec![Some(word.clone())],
    }
}

/// Says where curl would refuse to choose between methods.
fn conflicts(op: &Operation, problems: &mut Vec<Problem>) {
    let data = op.data.given && !op.get;
    let ways = [(op.head && !op.get, "-I"), (data, "-d"), (!op.forms.is_empty(), "-F"), (!op.uploads.is_empty(), "-T")];
    let named: Vec<&str> = ways.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
    if let (Some(url), true) = (op.urls.first(), named.len() > 1) {
        let message = format!("curl refuses {} together: each means another kind of request.", named.join(" and "));
        problem(problems, message, url.span());
    }
}

fn request(
    op: &Operation,
    word: &Word,
    text: &str,
    upload: Option<&Word>,
    problems: &mut Vec<Problem>,
) -> Option<Request> {
    let mut url = url::parse(text.trim(), op.default_scheme.as_ref().map(Word::text), op.path_as_is);
    if !matches!(url.scheme.as_str(), "http" | "https" | "") {
        problem(problems, format!("This is no HTTP request: the scheme is {}.", url.scheme), word.span());
        return None;
    }
    if let Some(file) = upload
        && url.path.ends_with('/')
        && !matches!(file.text(), "-" | ".")
    {
        let name = file.text().rsplit(['/', '\\']).next().unwrap_or_default();
        url.path.push_str(&body::escape(name, false));
    }
    // curl takes one of the two: what -G adds, or what --url-query adds.
    let get = op.get && op.data.given;
    for query in op.queries.iter().filter(|_| !get) {
        let more = match query.text().strip_prefix('+') {
            Some(_) => Some(query.from(1)),
            None => body::urlencoded(query, &op.stdin, problems),
        };
        if let Some(more) = more {
            url.add_query(more.text());
        }
    }
    if get && !op.data.unknown && !op.data.word.text().is_empty() {
        url.add_query(op.data.word.text());
    }
    let queried = url.query.as_deref().unwrap_or_default();
    if let Some(bad) = text.chars().chain(queried.chars()).find(|c| *c == ' ' || c.is_ascii_control()) {
        let what = if bad == ' ' { "a space" } else { "a control character" };
        problem(problems, format!("curl refuses a URL with {what} in it; write a space as %20."), word.span());
        // What was meant is worth knowing where nothing else is sent.
        if op.urls.len() > 1 {
            return None;
        }
    }
    let mut out = Request { url_span: Some(word.span()), ..Request::default() };
    out.method = method(op, upload.is_some());
    out.method_span = op.method.as_ref().map(Word::span);
    let first = credentials(op, &url);
    if let (Some(remark), None) = (first.remark, custom(&op.headers, "Authorization")) {
        problem(problems, remark, op.user.as_ref().unwrap_or(word).span());
    }
    fields(op, &url, &first, &mut out.fields, problems);
    if !first.without_content {
        out.content = content(op, upload, problems);
    }
    out.url = match &op.request_target {
        Some(target) if target.text().starts_with('/') => format!("{}://{}{}", url.scheme, url.host, target.text()),
        _ => url.text(),
    };
    Some(out)
}

fn method(op: &Operation, upload: bool) -> String {
    if let Some(method) = &op.method {
        return method.text().to_owned();
    }
    let implied = if upload {
        "PUT"
    } else if op.head {
        "HEAD"
    } else if (op.data.given && !op.get) || !op.forms.is_empty() {
        "POST"
    } else {
        "GET"
    };
    implied.to_owned()
}

fn credentials(op: &Operation, url: &url::Url) -> auth::First {
    let from_url = user_of(url);
    op.auth.first(op.user.as_ref().or(from_url.as_ref()), op.bearer.as_ref())
}

/// User and password of a URL as a word that could stand behind `-u`.
fn user_of(url: &url::Url) -> Option<Word> {
    let user = url.user.as_ref()?;
    let mut word = Word::default();
    word.push_decoded(&percent_decoded(user), crate::span::Span::new(0, 0));
    word.expands = user.contains('$');
    Some(word)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The content, or none where there is none or it is not known.
fn content(op: &Operation, upload: Option<&Word>, problems: &mut Vec<Problem>) -> Option<Content> {
    let whole = |word: &Word| Content { text: word.text().to_owned(), span: Some(word.span()) };
    if let Some(file) = upload {
        return match (file.text(), &op.stdin) {
            ("-" | ".", Stdin::Text(text)) => Some(whole(text)),
            _ => body::from_file(file, &Stdin::Unknown, problems).map(|w| whole(&w)),
        };
    }
    if op.head {
        return None;
    }
    if !op.forms.is_empty() {
        let own_type = custom(&op.headers, "Content-Type").and_then(|h| match split(h.text()) {
            Custom::Field(_, value) => Some(value),
            _ => None,
        });
        return Some(Content { text: form::content(&op.forms, &op.stdin, own_type), span: None });
    }
    (op.data.given && !op.get && !op.data.unknown).then(|| whole(&op.data.word))
}

/// A `-H` value taken apart.
enum Custom<'a> {
    /// Sent.
    Field(&'a str, &'a str),
    /// `Name:` keeps curl from sending its own.
    Removed(&'a str),
    /// Not sent.
    Nothing,
}

fn split(header: &str) -> Custom<'_> {
    match header.split_once(':') {
        Some((name, _)) if name.trim().is_empty() => Custom::Nothing,
        Some((name, value)) if value.trim().is_empty() => Custom::Removed(name.trim()),
        Some((name, value)) => Custom::Field(name.trim(), value.trim()),
        None => match header.split_once(';') {
            Some((name, after)) if after.trim().is_empty() => Custom::Field(name.trim(), ""),
            _ => Custom::Nothing,
        },
    }
}

/// Whether `-H` speaks of this field, be it to set or to remove it.
fn custom<'a>(headers: &'a [Word], name: &str) -> Option<&'a Word> {
    headers.iter().find(|h| match split(h.text()) {
        Custom::Field(n, _) | Custom::Removed(n) => n.eq_ignore_ascii_case(name),
        Custom::Nothing => false,
    })
}

/// The header section: what options imply, in curl's order, then the user's own.
fn fields(op: &Operation, url: &url::Url, first: &auth::First, out: &mut Fields, problems: &mut Vec<Problem>) {
    let headers = with_files(op, problems);
    let mut imply = |name: &str, value: Option<String>, word: Option<&Word>| {
        if let Some(value) = value
            && custom(&headers, name).is_none()
        {
            out.push(name, value, word.map(Word::span));
        }
    };
    if op.proxy.is_some() && url.scheme == "http" && !op.proxy_tunnel {
        let from_url = op.proxy.as_ref().and_then(|p| user_of(&url::parse(p.text(), None, true)));
        let user = op.proxy_user.as_ref().or(from_url.as_ref());
        imply("Proxy-Authorization", user.map(auth::basic), op.proxy_user.as_ref().or(op.proxy.as_ref()));
    }
    imply("Authorization", first.value.clone(), op.bearer.as_ref().or(op.user.as_ref()));
    let reads = op.uploads.is_empty() && op.forms.is_empty() && (!op.data.given || op.get);
    if reads {
        imply("Range", op.range.as_ref().map(|r| format!("bytes={}", range(r))), op.range.as_ref());
    } else if op.data.given && !op.data.unknown {
        let total = op.data.word.text().len();
        imply("Content-Range", op.range.as_ref().map(|r| format!("bytes {}/{total}", range(r))), op.range.as_ref());
    }
    imply("User-Agent", text_of(op.agent.as_ref()), op.agent.as_ref());
    imply("TE", op.transfer_encoding.then(|| "gzip".to_owned()), None);
    imply("Accept-Encoding", op.compressed.then(|| ENCODINGS.to_owned()), None);
    let referer = text_of(op.referer.as_ref()).map(|r| r.split(";auto").next().unwrap_or_default().to_owned());
    imply("Referer", referer.filter(|r| !r.is_empty()), op.referer.as_ref());
    imply("Cookie", cookies(op, problems), op.cookies.first());
    let form = !op.forms.is_empty() && !op.head;
    let proxied = op.proxy.is_some() && url.scheme == "http" && !op.proxy_tunnel;
    for header in op.proxy_headers.iter().filter(|_| proxied) {
        if let Custom::Field(name, value) = split(header.text()) {
            out.push(name, value, Some(header.span()));
        }
    }
    for header in &headers {
        match split(header.text()) {
            // Sent with its boundary, below.
            Custom::Field(name, _) if form && name.eq_ignore_ascii_case("Content-Type") => {}
            Custom::Field(name, value) => out.push(name, value, Some(header.span())),
            Custom::Removed(_) => {}
            Custom::Nothing => {
                let message =
                    format!("curl sends no header for `{}`: it has no name with a colon.", short(header.text()));
                problem(problems, message, header.span());
            }
        }
    }
    content_type(op, &headers, form, out);
    time_condition(op, out, problems);
}

fn short(text: &str) -> String {
    let cut: String = text.chars().take(60).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

fn text_of(word: Option<&Word>) -> Option<String> {
    word.map(|w| w.text().to_owned()).filter(|t| !t.is_empty())
}

/// A range; curl adds the hyphen that a bare offset lacks.
fn range(word: &Word) -> String {
    let text = word.text();
    let bare = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    format!("{text}{}", if bare { "-" } else { "" })
}

/// The user's header lines; `@file` stands for lines of a file.
fn with_files(op: &Operation, problems: &mut Vec<Problem>) -> Vec<Word> {
    let mut out = Vec::new();
    for header in &op.headers {
        if !header.text().starts_with('@') {
            out.push(header.clone());
            continue;
        }
        let Some(file) = body::from_file(&header.from(1), &op.stdin, problems) else { continue };
        let mut at = 0;
        for line in file.text().split_inclusive('\n') {
            let bare = line.trim_end_matches(['\r', '\n']);
            if !bare.is_empty() {
                out.push(file.slice(at..at + bare.len()));
            }
            at += line.len();
        }
    }
    out
}

/// `-b`: strings are joined; a value without `=` names a file.
fn cookies(op: &Operation, problems: &mut Vec<Problem>) -> Option<String> {
    let mut strings = Vec::new();
    for word in &op.cookies {
        let text = word.text();
        let jar = text.to_ascii_lowercase();
        let names_file = jar.contains("jar") || jar.contains("file") || jar.ends_with(".txt");
        if text.contains('=') || text.contains("{{redacted") || (word.expands && !names_file) {
            strings.push(text);
        } else if !text.is_empty() {
            problem(problems, format!("The cookies come from the file {text}, which is not in the text."), word.span());
        }
    }
    (!strings.is_empty()).then(|| strings.join(";"))
}

fn content_type(op: &Operation, headers: &[Word], form: bool, out: &mut Fields) {
    if op.json {
        for name in ["Content-Type", "Accept"] {
            if custom(headers, name).is_none() {
                out.push(name, "application/json", None);
            }
        }
    } else if form {
        let own = custom(headers, "Content-Type");
        let media_type = match own.map(|h| split(h.text())) {
            Some(Custom::Field(_, value)) => value.to_owned(),
            Some(_) => return,
            None => "multipart/form-data".to_owned(),
        };
        out.push("Content-Type", format!("{media_type}; boundary={}", form::BOUNDARY), own.map(Word::span));
    } else if op.data.given && !op.get && !op.head && custom(headers, "Content-Type").is_none() {
        out.push("Content-Type", "application/x-www-form-urlencoded", None);
    }
}

/// `-z`: a date becomes a condition; a leading hyphen turns it round. Only a date in HTTP's own form is passed on.
fn time_condition(op: &Operation, out: &mut Fields, problems: &mut Vec<Problem>) {
    let Some(word) = &op.time_condition else { return };
    let (name, date) = match word.text().strip_prefix(['-', '=']) {
        Some(date) => ("If-Unmodified-Since", date),
        None => ("If-Modified-Since", word.text()),
    };
    if date.ends_with(" GMT") && date.len() == 29 {
        out.push(name, date, Some(word.span()));
    } else {
        problem(problems, format!("{name} depends on how curl reads `{}`.", short(date)), word.span());
    }
}
