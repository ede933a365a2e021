//! HTTPie command lines: `http POST host/path name=value count:=1 Header:value q==text`.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::shell::{self, Command, Dialect, Reading, Stdin, Word};
use crate::intake::{Content, InputKind, Problem, Request, curl};
use crate::span::Span;
use serde_json::{Map, Value};

pub(super) static FORMAT: Format = Format {
    id: "httpie",
    kind: InputKind::Http,
    rank: 22,
    reads: "HTTPie command lines",
    example: native_only(
        "$ http --auth a:b POST https://api.openai.com/v1/x Accept:text/html q==\"a b\" n:=1 s:='{\"a\":[1]}' f@file\n",
    ),
    claim,
};

/// Options that take a value in the next word.
const VALUED: [&str; 22] = [
    "-a",
    "--auth",
    "-A",
    "--auth-type",
    "--raw",
    "-p",
    "--print",
    "-s",
    "--style",
    "-o",
    "--output",
    "--session",
    "--session-read-only",
    "--timeout",
    "--proxy",
    "--verify",
    "--cert",
    "--cert-key",
    "--max-redirects",
    "--boundary",
    "--default-scheme",
    "--http-version",
];

/// How the items become content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Json,
    Form,
    Multipart,
}

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let prompt = shell::prompt(line);
    let command = line.get(prompt.length..)?;
    if !starts(command) {
        return None;
    }
    let start = at + prompt.length;
    let dialect = prompt.dialect.unwrap_or(if line.trim_end().ends_with('^') { Dialect::Cmd } else { Dialect::Posix });
    let limit = source.text.floor_char_boundary(start + (64 << 10));
    let script = shell::read(source.text, start, limit, Reading { dialect, prompted: prompt.shown, closer: None });
    let mut problems = script.problems;
    let mut parts = Vec::new();
    for command in &script.commands {
        let Some(name) = command.words.iter().position(|w| matches!(w.text(), "http" | "https" | "xh" | "xhs")) else {
            continue;
        };
        parts.extend(request(command, name, &mut problems).map(Part::Request));
    }
    let span = Span::new(start, script.end.max(start + 1).min(source.text.len()));
    (!parts.is_empty()).then_some(Claim { span, parts, problems })
}

/// Whether a line is an HTTPie command and no sentence: what follows the name is a method with a URL, an option, or a URL.
fn starts(line: &str) -> bool {
    let line = line.strip_prefix("sudo ").unwrap_or(line);
    let piped = line
        .split_once(" | ")
        .filter(|(before, _)| before.starts_with("echo ") || before.starts_with("cat "))
        .map(|(_, l)| l);
    let mut words = piped.unwrap_or(line).split_whitespace();
    let named = words.next().is_some_and(|w| matches!(w, "http" | "https" | "xh" | "xhs"));
    let Some(first) = words.next().filter(|_| named) else { return false };
    let url = |w: &str| {
        let bare = w.trim_start_matches(['\'', '"']);
        bare.starts_with(':') || bare.starts_with('$') || curl::looks_like_url(bare)
    };
    // Options may have values, so the URL may be anywhere behind them.
    if first == "\\" || first.starts_with('-') && first.len() > 1 {
        return first == "\\" || words.any(url);
    }
    if is_method(first) {
        words.next().is_some_and(|w| url(w) || w == "\\")
    } else {
        url(first) && !first.ends_with(':')
    }
}

fn is_method(word: &str) -> bool {
    (3..=10).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn request(command: &Command, name: usize, problems: &mut Vec<Problem>) -> Option<Request> {
    let secure = command.words.get(name)?.text().ends_with('s');
    let mut options: Vec<(String, Word)> = Vec::new();
    let mut flags: Vec<&str> = Vec::new();
    let mut rest: Vec<&Word> = Vec::new();
    let mut words = command.words.iter().skip(name + 1);
    while let Some(word) = words.next() {
        let text = word.text();
        if !text.starts_with('-') || text == "-" {
            rest.push(word);
        } else if let Some((option, _)) = text.split_once('=').filter(|_| text.starts_with("--")) {
            options.push((option.to_owned(), word.from(option.len() + 1)));
        } else if VALUED.contains(&text) {
            options.extend(words.next().map(|v| (text.to_owned(), v.clone())));
        } else {
            flags.push(text);
        }
    }
    let mut rest = rest.into_iter();
    let mut first = rest.next()?;
    let method = is_method(first.text()).then_some(first);
    if method.is_some() {
        first = rest.next()?;
    }
    let option = |names: &[&str]| options.iter().rev().find(|(n, _)| names.contains(&n.as_str())).map(|(_, v)| v);
    let flag = |short: char, long: &str| flags.iter().any(|f| *f == long || !f.starts_with("--") && f.contains(short));
    let shape = if flag('\0', "--multipart") {
        Shape::Multipart
    } else if flag('f', "--form") {
        Shape::Form
    } else {
        Shape::Json
    };
    let scheme = option(&["--default-scheme"]).map_or(if secure { "https" } else { "http" }, Word::text);
    let mut out = Request { url: absolute(first.text(), scheme), url_span: Some(first.span()), ..Request::default() };
    let mut items = Items::default();
    for word in rest {
        items.add(word, &mut out, problems);
    }
    credentials(option(&["-a", "--auth"]), option(&["-A", "--auth-type"]), &mut out);
    content(&items, shape, flag('j', "--json"), option(&["--raw"]), &command.stdin, &mut out);
    out.method_span = method.map(Word::span);
    out.method = match method {
        Some(method) => method.text().to_owned(),
        None if out.content.is_some() || items.unknown => "POST".to_owned(),
        None => "GET".to_owned(),
    };
    Some(out)
}

/// `:3000/x` and `:/x` stand for localhost.
fn absolute(url: &str, scheme: &str) -> String {
    let url = match url.strip_prefix(':') {
        Some(port) if port.starts_with(|c: char| c.is_ascii_digit()) => format!("localhost:{port}"),
        Some(path) if path.starts_with("//") => path.trim_start_matches('/').to_owned(),
        Some(path) => format!("localhost{path}"),
        None => url.to_owned(),
    };
    let url = url.trim().replace(' ', "%20");
    if url.contains("://") || url.starts_with('$') {
        curl::absolute(&url)
    } else {
        curl::absolute(&format!("{scheme}://{url}"))
    }
}

fn credentials(user: Option<&Word>, kind: Option<&Word>, out: &mut Request) {
    let Some(user) = user else { return };
    let value = match kind.map(Word::text) {
        Some("bearer") => format!("Bearer {}", user.text()),
        None | Some("basic") => curl::basic(user),
        // Digest and others wait for the challenge.
        Some(_) => return,
    };
    if out.fields.get("authorization").is_none() {
        out.fields.push("Authorization", value, Some(user.span()));
    }
}

/// What the request items add up to.
#[derive(Debug, Default)]
struct Items {
    fields: Vec<(String, Value)>,
    /// Something comes from a file.
    unknown: bool,
}

/// Separators of request items, the longer before the shorter.
const SEPARATORS: [&str; 8] = [":=@", "==@", ":=", "==", "=@", "=", "@", ":"];

impl Items {
    fn add(&mut self, word: &Word, out: &mut Request, problems: &mut Vec<Problem>) {
        let text = word.text();
        let Some((key, separator, value)) = split(text) else {
            if let Some(name) = text.strip_suffix(';') {
                out.fields.push(name, "", Some(word.span()));
            } else {
                problems.push(Problem {
                    message: "HTTPie does not take this as a request item.".to_owned(),
                    span: word.span(),
                });
            }
            return;
        };
        match separator {
            ":" => {
                if !value.trim().is_empty() {
                    out.fields.push(key, value.trim(), Some(word.span()));
                }
            }
            "==" => {
                out.url.push(if out.url.contains('?') { '&' } else { '?' });
                out.url.push_str(&format!("{}={}", curl::escape(&key, true), curl::escape(value, true)));
            }
            "=" => self.fields.push((key, Value::from(value))),
            ":=" => match serde_json::from_str(value) {
                Ok(json) => self.fields.push((key, json)),
                Err(_) if word.expands => self.fields.push((key, Value::from(value))),
                Err(_) => problems.push(Problem {
                    message: format!("What stands behind `{key}:=` is no JSON; HTTPie refuses it."),
                    span: word.span(),
                }),
            },
            _ => {
                self.unknown = true;
                let message = format!("`{key}` comes from the file {value}, whose content is not in the text.");
                problems.push(Problem { message, span: word.span() });
            }
        }
    }
}

/// Splits an item at the first separator that no backslash precedes; of two at one place the longer counts.
fn split(text: &str) -> Option<(String, &'static str, &str)> {
    let mut key = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(separator) = SEPARATORS.iter().find(|s| rest.starts_with(**s)) {
            return Some((key, separator, rest.get(separator.len()..).unwrap_or_default()));
        }
        let kept = curl::kept_stretch(rest);
        let after = rest.get(1..).unwrap_or_default();
        let escaped = c == '\\' && after.starts_with(['=', ':', '@', ';', '\\']);
        let piece = if kept > 0 {
            rest.get(..kept)?
        } else if escaped {
            after.get(..1)?
        } else {
            rest.get(..c.len_utf8())?
        };
        key.push_str(piece);
        rest = rest.get(piece.len() + usize::from(escaped && kept == 0)..)?;
    }
    None
}

fn content(items: &Items, shape: Shape, json: bool, raw: Option<&Word>, stdin: &Stdin, out: &mut Request) {
    let whole = |word: &Word| Some(Content { text: word.text().to_owned(), span: Some(word.span()) });
    let mut imply = |name: &str, value: &str| {
        if out.fields.get(name).is_none() {
            out.fields.push(name, value, None);
        }
    };
    let given = raw.is_some() || matches!(stdin, Stdin::Text(_)) || !items.fields.is_empty() || items.unknown;
    match shape {
        Shape::Json if given || json => {
            imply("Accept", "application/json, */*;q=0.5");
            imply("Content-Type", "application/json");
        }
        Shape::Form => imply("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        Shape::Multipart => imply("Content-Type", "multipart/form-data"),
        _ => {}
    }
    out.content = match (raw, stdin, shape) {
        (Some(raw), _, _) => whole(raw),
        (None, Stdin::Text(text), _) if items.fields.is_empty() => whole(text),
        _ if items.fields.is_empty() || items.unknown => None,
        (_, _, Shape::Json) => Some(Content { text: python_json(&object(&items.fields)), span: None }),
        (_, _, Shape::Form) => Some(Content { text: form(&items.fields), span: None }),
        (_, _, Shape::Multipart) => None,
    };
}

fn form(fields: &[(String, Value)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("{}={}", curl::escape(name, true), curl::escape(&value, true))
        })
        .collect();
    pairs.join("&")
}

/// The object that the items describe; `a[b]`, `a[]` and `a[0]` name places inside.
fn object(fields: &[(String, Value)]) -> Value {
    let mut root = Value::Object(Map::new());
    for (key, value) in fields {
        let mut names = key.split('[');
        let mut place = Some(&mut root);
        let first = names.next().unwrap_or_default();
        let path = std::iter::once(first).filter(|f| !f.is_empty() || !key.contains('['));
        for name in path.chain(names.map(|n| n.trim_end_matches(']'))).take(32) {
            place = place.and_then(|p| step(p, name));
        }
        if let Some(place) = place {
            *place = value.clone();
        }
    }
    root
}

/// The place of this name in `place`, which becomes an object or a list as the name wants it.
fn step<'a>(place: &'a mut Value, name: &str) -> Option<&'a mut Value> {
    let index = name.parse::<usize>().ok().filter(|i| *i < 100);
    if name.is_empty() || index.is_some() {
        if !place.is_array() {
            *place = Value::Array(Vec::new());
        }
    } else if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Value::Array(items) = place {
        let at = index.unwrap_or(items.len());
        items.resize(items.len().max(at + 1), Value::Null);
    }
    match place {
        Value::Array(items) => match index {
            Some(at) => items.get_mut(at),
            None => items.last_mut(),
        },
        Value::Object(members) => Some(members.entry(name).or_insert(Value::Null)),
        _ => None,
    }
}

/// JSON as Python writes it: a space behind each comma and colon, escapes for all that is not ASCII.
fn python_json(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let all: Vec<String> = members
                .iter()
                .map(|(n, v)| format!("{}: {}", python_json(&Value::from(n.as_str())), python_json(v)))
                .collect();
            format!("{{{}}}", all.join(", "))
        }
        Value::Array(items) => {
            let all: Vec<String> = items.iter().map(python_json).collect();
            format!("[{}]", all.join(", "))
        }
        other => {
            let mut out = String::new();
            for c in other.to_string().chars() {
                if c.is_ascii() {
                    out.push(c);
                } else {
                    out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
                }
            }
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::sent::sent;

    const JSON: &str = "Accept: application/json, */*;q=0.5, Content-Type: application/json";

    #[test]
    fn items_become_what_httpie_sends() {
        assert_eq!(
            sent(
                "$ http POST https://h/v1/x \\\n  Authorization:\"Bearer {{redacted:k}}\" q==\"a b\" model=gpt-4 n:=1 s:='{\"a\":[1]}'\n"
            ),
            format!(
                "POST https://h/v1/x?q=a+b [Authorization: Bearer {{{{redacted:k}}}}, {JSON}] | {{\"model\": \"gpt-4\", \"n\": 1, \
                 \"s\": {{\"a\": [1]}}}}"
            )
        );
        assert_eq!(sent("http h.example/x a=b"), format!("POST http://h.example/x [{JSON}] | {{\"a\": \"b\"}}"));
        assert_eq!(sent("https h.example/x 'X-A: 1' 'X-B;'"), "GET https://h.example/x [X-A: 1, X-B: ]");
        assert_eq!(sent("http :3000/x"), "GET http://localhost:3000/x []");
        assert_eq!(
            sent("http -f PUT h.example a='b c' d=1"),
            "PUT http://h.example/ [Content-Type: application/x-www-form-urlencoded; charset=utf-8] | a=b+c&d=1"
        );
        assert_eq!(sent("http -A bearer -a TOKEN https://h/"), "GET https://h/ [Authorization: Bearer TOKEN]");
        assert_eq!(sent("http --auth=u:p https://h/"), "GET https://h/ [Authorization: Basic dTpw]");
        assert_eq!(sent("echo '{}' | http https://h/"), format!("POST https://h/ [{JSON}] | {{}}\n"));
        assert_eq!(
            sent("http https://h/ a[b]=c a[d][]:=1 a[d][]:=2"),
            format!("POST https://h/ [{JSON}] | {{\"a\": {{\"b\": \"c\", \"d\": [1, 2]}}}}")
        );
        assert_eq!(sent("http --raw '{\"x\": 1}' https://h/"), format!("POST https://h/ [{JSON}] | {{\"x\": 1}}"));
    }

    #[test]
    fn sentences_are_no_commands() {
        for line in ["http request failed with 403", "https is required", "http: error", "http 403", "http POST failed"]
        {
            assert_eq!(sent(line), "", "{line}");
        }
    }
}
