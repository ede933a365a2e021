//! JavaScript's `fetch()`: written by hand, or what a browser's "Copy as fetch" gives.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::literal::Value;
use crate::intake::shell::Word;
use crate::intake::{Content, Fields, InputKind, Problem, Request, curl, js};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "fetch-call",
    kind: InputKind::Fetch,
    rank: 24,
    reads: "JavaScript's fetch()",
    example: native_only(
        "await fetch(\"https://chatgpt.com/backend-api/x\", {\n  \"headers\": {\n    \"a\": `b`,\n  },\n  \"body\": JSON.stringify({a: 'b'}),\n  \"method\": \"POST\"\n});\n",
    ),
    claim,
};

/// Methods whose case `fetch` mends (Fetch standard, "normalize a method"). It leaves `patch` as it is.
const NORMALISED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let call = call(line)?;
    let (arguments, end, closed) = js::arguments(source.text, at + call);
    let mut problems = Vec::new();
    let span = Span::new(at, end.clamp(at + 1, source.text.len()));
    let (url, options) = (arguments.first()?, arguments.get(1));
    // `fetch(url)` in a sentence or a stack trace says nothing.
    if !matches!(url, Value::Text(_)) && !matches!(options, Some(Value::Object(_))) {
        return None;
    }
    if !closed {
        let message = "This call is cut off: its closing bracket is missing.".to_owned();
        problems.push(Problem { message, span: Span::new(at + call, at + call + 1) });
    }
    let request = request(url, options, &mut problems)?;
    Some(Claim { span, parts: vec![Part::Request(request)], problems })
}

/// Where the bracket of `fetch(` stands in a line.
fn call(line: &str) -> Option<usize> {
    line.match_indices("fetch(").find_map(|(at, name)| {
        let before = line.get(..at)?;
        let object = ["window.", "globalThis.", "self.", "undici."].iter().any(|o| before.ends_with(o));
        let word = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'));
        (object || !word).then_some(at + name.len() - 1)
    })
}

fn request(url: &Value, options: Option<&Value>, problems: &mut Vec<Problem>) -> Option<Request> {
    let url = match url {
        Value::Call(_, arguments) => arguments.first()?.text()?,
        other => other.text()?,
    };
    let mut out = Request { url: curl::absolute(url.text()), url_span: Some(url.span()), ..Request::default() };
    let member = |name: &str| options.and_then(|o| o.member(name));
    let method = member("method").and_then(Value::text);
    out.method_span = method.as_ref().map(Word::span);
    out.method = method.map_or("GET".to_owned(), |m| normalised(m.text()));
    match member("headers") {
        Some(headers) => fields(headers, &mut out.fields, problems),
        None if matches!(options, Some(Value::Unknown(_) | Value::Call(..))) => out.mentioned = true,
        None => {}
    }
    if let Some(referrer) = member("referrer").and_then(Value::text).filter(|r| r.text().starts_with("http"))
        && out.fields.get("referer").is_none()
    {
        out.fields.push("Referer", referrer.text(), Some(referrer.span()));
    }
    body(member("body"), &mut out, problems);
    Some(out)
}

fn normalised(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    if NORMALISED.contains(&upper.as_str()) { upper } else { method.to_owned() }
}

fn fields(headers: &Value, out: &mut Fields, problems: &mut Vec<Problem>) {
    let mut push = |name: &Word, value: &Value| {
        if let Some(value) = value.text() {
            out.push(name.text(), value.text().trim(), Some(Span::new(name.span().start, value.span().end)));
        }
    };
    match headers {
        Value::Object(members) => members.iter().for_each(|(name, value)| push(name, value)),
        Value::List(pairs) => {
            for pair in pairs {
                if let Value::List(pair) = pair
                    && let (Some(Value::Text(name)), Some(value)) = (pair.first(), pair.get(1))
                {
                    push(name, value);
                }
            }
        }
        Value::Call(_, arguments) => {
            if let Some(inner) = arguments.first() {
                fields(inner, out, problems);
            }
        }
        Value::Unknown(word) => problems.push(Problem {
            message: format!("The headers stand in `{}`, which is set elsewhere.", word.text()),
            span: word.span(),
        }),
        _ => {}
    }
}

/// The content, and the `Content-Type` that `fetch` adds for its kind where there is none.
fn body(body: Option<&Value>, out: &mut Request, problems: &mut Vec<Problem>) {
    let (text, span, media_type) = match body {
        Some(Value::Text(word)) => (word.text().to_owned(), Some(word.span()), "text/plain;charset=UTF-8"),
        Some(Value::Call(name, arguments)) if name.ends_with("JSON.stringify") => match arguments.first() {
            Some(value @ (Value::Object(_) | Value::List(_) | Value::Text(_) | Value::Bare(_))) => {
                (value.json(usize::MAX), None, "text/plain;charset=UTF-8")
            }
            _ => return elsewhere(out, problems),
        },
        Some(Value::Call(name, arguments)) if name.ends_with("URLSearchParams") => {
            let Some(Value::Object(members)) = arguments.first() else { return elsewhere(out, problems) };
            let pairs: Vec<String> = members
                .iter()
                .map(|(n, v)| {
                    let value = v.text().map(|w| w.text().to_owned()).unwrap_or_default();
                    format!("{}={}", curl::escape(n.text(), true), curl::escape(&value, true))
                })
                .collect();
            (pairs.join("&"), None, "application/x-www-form-urlencoded;charset=UTF-8")
        }
        Some(Value::Object(_)) => {
            problems.push(Problem {
                message: "The body is an object: `fetch` sends it as \"[object Object]\". JSON.stringify() is missing."
                    .to_owned(),
                span: out.url_span.unwrap_or_default(),
            });
            ("[object Object]".to_owned(), None, "text/plain;charset=UTF-8")
        }
        Some(Value::Unknown(_) | Value::Call(..)) => return elsewhere(out, problems),
        _ => return,
    };
    out.content = Some(Content { text, span });
    if out.fields.get("content-type").is_none() {
        out.fields.push("Content-Type", media_type, None);
    }
}

fn elsewhere(out: &Request, problems: &mut Vec<Problem>) {
    let message = "The body is set elsewhere; it is not in this call.".to_owned();
    problems.push(Problem { message, span: out.url_span.unwrap_or_default() });
}

#[cfg(test)]
mod tests {
    use crate::intake::{read_text, sent::sent};

    #[test]
    fn browsers_copy_as_fetch() {
        let chromium = "fetch(\"https://chatgpt.com/backend-api/conversation\", {\n  \"headers\": {\n    \"accept\": \"*/*\",\n    \
                        \"authorization\": \"Bearer {{redacted:jwt}}\",\n    \"content-type\": \"application/json\"\n  },\n  \
                        \"referrer\": \"https://chatgpt.com/\",\n  \"referrerPolicy\": \"no-referrer\",\n  \"body\": \
                        \"{\\\"a\\\":\\\"\\u00e9\\\\n\\\"}\",\n  \"method\": \"POST\",\n  \"mode\": \"cors\",\n  \"credentials\": \
                        \"include\"\n}); ";
        assert_eq!(
            sent(chromium),
            "POST https://chatgpt.com/backend-api/conversation [accept: */*, authorization: Bearer {{redacted:jwt}}, \
             content-type: application/json, Referer: https://chatgpt.com/] | {\"a\":\"é\\n\"}"
        );
        let firefox = "await fetch(\"https://h/x\", {\n    \"credentials\": \"include\",\n    \"headers\": {\n        \
                       \"User-Agent\": \"Mozilla/5.0\"\n    },\n    \"method\": \"GET\",\n    \"mode\": \"cors\"\n});";
        assert_eq!(sent(firefox), "GET https://h/x [User-Agent: Mozilla/5.0]");
        assert_eq!(sent("fetch(\"https://h\", { \"body\": null, \"method\": \"GET\" });"), "GET https://h/ []");
    }

    #[test]
    fn hand_written_calls() {
        let text = "const response = await fetch(`${BASE}/v1/chat/completions`, { // call\n  method: 'post',\n  headers: new Headers({\n    \
                    'Content-Type': 'application/json',\n    Authorization: 'Bearer ' + process.env.KEY,\n    'x-a': `q ${b}`,\n  }),\n  \
                    body: JSON.stringify({ model, 'n': 1, stream: true, skip: undefined, messages: [{ role: \"user\", content: \
                    `it's` }], ...more }),\n});\nif (!response.ok) throw 1;\n";
        assert_eq!(
            sent(text),
            "POST ${BASE}/v1/chat/completions [Content-Type: application/json, Authorization: Bearer ${process.env.KEY}, x-a: q \
             ${b}] | {\"model\":\"${model}\",\"n\":1,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"it's\"}]}"
        );
        assert_eq!(
            sent("fetch('https://h/t', {method: 'POST', body: new URLSearchParams({a: 'b c', d: '1'})})"),
            "POST https://h/t [Content-Type: application/x-www-form-urlencoded;charset=UTF-8] | a=b+c&d=1"
        );
        assert_eq!(
            sent("fetch('https://h/t', {method: 'patch', body: {a: 1}})"),
            "patch https://h/t [Content-Type: text/plain;charset=UTF-8] | [object Object]"
        );
        assert_eq!(sent("fetch(url, options)"), "");
        assert_eq!(sent("    at async fetch(node:internal/deps/undici/undici:14900:13)"), "");
        assert_eq!(sent("prefetch('https://h/')"), "");
    }

    #[test]
    fn a_cut_off_call_gives_what_there_is() {
        let text = "fetch('https://h/', {headers: {a: 'b', c: 'd";
        assert_eq!(sent(text), "GET https://h/ [a: b, c: d]");
        assert_eq!(read_text(text).problems.len(), 1);
        let whole = "fetch(`https://h/${a.b(\"c\")}`, {headers: [['a', 'b']], body: JSON.stringify([{}, (1), -2.5, [f(x)], /r/])})";
        for (cut, _) in whole.char_indices() {
            let (before, after) = whole.split_at(cut);
            sent(before);
            sent(&format!("fetch({after}"));
        }
        for piece in ["fetch(", "fetch('https://h', {", "[", "{a:", "(", "${", "fetch(a(\n", "fetch(`\n", "a+"] {
            sent(&format!("fetch({}", piece.repeat(8_000 / piece.len())));
        }
    }
}
