//! curl's option parser: words to operations.

use super::options::{self, Found, Opt};
use super::{Operation, body, form, problem};
use crate::intake::Problem;
use crate::intake::shell::{Command, Word};

/// Reads the words behind `curl`. Gives the operations and how many words were used.
pub(super) fn read(
    words: &[Word],
    command: &Command,
    loose: bool,
    problems: &mut Vec<Problem>,
) -> (Vec<Operation>, usize) {
    let mut parser = Parser {
        words,
        at: 1,
        operations: Vec::new(),
        current: Operation { stdin: command.stdin.clone(), ..Operation::default() },
        command,
        variables: Vec::new(),
        problems,
    };
    let mut only_urls = false;
    while let Some(word) = words.get(parser.at) {
        let text = word.text();
        if only_urls || !text.starts_with('-') || text == "-" {
            let mixed = word.quoted || parser.current.urls.is_empty();
            if loose && !(looks_like_url(text) && mixed) {
                break;
            }
            parser.at += 1;
            parser.current.urls.push(word.clone());
        } else if text == "--" {
            parser.at += 1;
            only_urls = true;
        } else if loose && matches!(text, "-" | "->" | "-->") {
            break;
        } else {
            parser.at += 1;
            match text.strip_prefix("--") {
                Some(name) => parser.long(word, name),
                None => parser.letters(word),
            }
        }
    }
    let used = parser.at;
    let mut operations = parser.operations;
    operations.push(parser.current);
    (operations, used)
}

/// Whether a word in running text is meant as a URL.
pub(crate) fn looks_like_url(text: &str) -> bool {
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default();
    text.contains("://")
        || text.starts_with(['$', '{', '<', '%', '['])
        || host == "localhost"
        || (host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && host.len() > 3)
}

struct Parser<'a> {
    words: &'a [Word],
    at: usize,
    operations: Vec<Operation>,
    current: Operation,
    command: &'a Command,
    variables: Vec<(String, Option<Word>)>,
    problems: &'a mut Vec<Problem>,
}

impl Parser<'_> {
    fn long(&mut self, word: &Word, name: &str) {
        let (bare, expand) = match name.strip_prefix("expand-") {
            Some(bare) => (bare, true),
            None => (name, false),
        };
        let mut glued = None;
        let found = match options::long(bare) {
            Found::Unknown => match bare.split_once('=') {
                Some((before, _)) => {
                    let at = word.text().len() - bare.len() + before.len() + 1;
                    glued = Some(word.from(at));
                    options::long(before)
                }
                None => Found::Unknown,
            },
            found => found,
        };
        let shown = word.text().split('=').next().unwrap_or_default().to_owned();
        let span = word.place(0..shown.len());
        match found {
            Found::One(option, negated) => {
                if glued.is_some() {
                    let message =
                        format!("curl takes no `=` behind {shown}: it would refuse this. Put a space in its place.");
                    problem(self.problems, message, span);
                }
                let value = if option.value { glued.or_else(|| self.next_value(word, option)) } else { None };
                if option.value && value.is_none() {
                    return;
                }
                let value = if expand { value.map(|v| self.expanded(v)) } else { value };
                self.apply(option, !negated, value, word);
            }
            Found::Ambiguous => {
                problem(self.problems, format!("{shown} is the beginning of several options of curl."), span)
            }
            Found::Unknown => problem(self.problems, format!("curl has no option {shown}."), span),
        }
    }

    fn letters(&mut self, word: &Word) {
        let text = word.text();
        let mut at = 1;
        while let Some(letter) = text.get(at..).and_then(|t| t.chars().next()) {
            at += letter.len_utf8();
            let Some(option) = options::short(letter) else {
                let message = format!("curl has no option -{letter}.");
                problem(self.problems, message, word.place(at - letter.len_utf8()..at));
                return;
            };
            if option.value {
                let value = if at < text.len() { Some(word.from(at)) } else { self.next_value(word, option) };
                if value.is_some() {
                    self.apply(option, true, value, word);
                }
                return;
            }
            self.apply(option, true, None, word);
        }
    }

    fn next_value(&mut self, word: &Word, option: &Opt) -> Option<Word> {
        let value = self.words.get(self.at).cloned();
        self.at += 1;
        if value.is_none() {
            problem(self.problems, format!("The value of --{} is missing.", option.name), word.span());
        }
        value
    }

    fn apply(&mut self, option: &Opt, on: bool, value: Option<Word>, word: &Word) {
        let op = &mut self.current;
        let Some(value) = value else {
            match option.name {
                // Without a URL before it there is nothing to part.
                "next" if op.urls.is_empty() => {}
                "next" => {
                    let next = Operation { stdin: self.command.stdin.clone(), ..Operation::default() };
                    self.operations.push(std::mem::replace(op, next));
                }
                "get" => op.get = on,
                "head" => op.head = on,
                "globoff" => op.globoff = on,
                "path-as-is" => op.path_as_is = on,
                "compressed" => op.compressed = on,
                "tr-encoding" => op.transfer_encoding = on,
                "proxytunnel" => op.proxy_tunnel = on,
                name => op.auth.set(name, on),
            }
            return;
        };
        match option.name {
            "url" => op.urls.push(value),
            "upload-file" => op.uploads.push(value),
            "request" => op.method = Some(value),
            "data" | "data-ascii" | "data-binary" | "data-raw" | "data-urlencode" | "json" => {
                op.json |= option.name == "json";
                let kind = body::Kind::of(option.name);
                op.data.add(kind, &value, &op.stdin, self.problems);
            }
            "form" | "form-string" => op.forms.push(form::Field::new(value, option.name == "form-string")),
            "header" => op.headers.push(value),
            "user" => op.user = Some(value),
            "oauth2-bearer" => {
                op.auth.set("bearer", true);
                op.bearer = Some(value);
            }
            "aws-sigv4" => op.auth.set("aws", true),
            "cookie" => op.cookies.push(value),
            "user-agent" => op.agent = Some(value),
            "referer" => op.referer = Some(value),
            "range" => op.range = Some(value),
            "continue-at" => {
                if value.text() == "-" {
                    problem(
                        self.problems,
                        "Where `-C -` goes on depends on a file, which is not in the text.",
                        word.span(),
                    );
                } else {
                    let mut range = value.clone();
                    let end = value.span().end;
                    range.push_decoded("-", crate::span::Span::new(end, end));
                    op.range = Some(range);
                }
            }
            "time-cond" => op.time_condition = Some(value),
            "proxy" | "proxy1.0" => op.proxy = Some(value),
            "proxy-user" => op.proxy_user = Some(value),
            "proxy-header" => op.proxy_headers.push(value),
            "request-target" => op.request_target = Some(value),
            "url-query" => op.queries.push(value),
            "proto-default" => op.default_scheme = Some(value),
            "config" => {
                let message = format!("curl would read more options from {}, which is not in the text.", value.text());
                problem(self.problems, message, value.span());
            }
            "variable" => self.define(&value),
            _ => {}
        }
    }

    /// `--variable name=content`, `name@file`, `%NAME`.
    fn define(&mut self, value: &Word) {
        let text = value.text();
        let (name, content) = if let Some(name) = text.strip_prefix('%') {
            // From the environment, which nobody knows here; a default may follow.
            match name.split_once('=') {
                Some((name, _)) => (name, None),
                None => (name, None),
            }
        } else if let Some((name, _)) = text.split_once('=') {
            (name, Some(value.from(name.len() + 1)))
        } else {
            (text.split('@').next().unwrap_or_default(), None)
        };
        self.variables.push((name.to_owned(), content));
    }

    /// A value behind `--expand-…`: `{{name}}` becomes the variable's content. One that is not known here stays as written.
    fn expanded(&mut self, value: Word) -> Word {
        let text = value.text();
        let mut out = Word::at(value.span().start);
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|t| t.find("{{")) {
            let start = at + found;
            let Some(length) = text.get(start + 2..).and_then(|t| t.find("}}")) else { break };
            let end = start + 2 + length + 2;
            let inner = text.get(start + 2..end - 2).unwrap_or_default();
            let mut parts = inner.split(':');
            let name = parts.next().unwrap_or_default().trim();
            let known = self.variables.iter().rev().find(|(n, _)| n == name).and_then(|(_, c)| c.as_ref());
            let place = value.place(start..end);
            if let Some(content) = known.filter(|_| !inner.starts_with("redacted")) {
                out.push_word(&value.slice(at..start));
                out.push_decoded(&parts.fold(content.text().to_owned(), |t, f| function(&t, f.trim())), place);
            } else {
                out.push_word(&value.slice(at..end));
                out.expands = true;
            }
            at = end;
        }
        out.push_word(&value.from(at));
        out
    }
}

/// A function of `{{name:function}}`.
fn function(text: &str, name: &str) -> String {
    use base64::Engine as _;
    match name {
        "trim" => text.trim().to_owned(),
        "url" => body::escape(text, false),
        "json" => {
            let quoted = serde_json::Value::from(text).to_string();
            quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
        }
        "b64" => base64::engine::general_purpose::STANDARD.encode(text),
        _ => text.to_owned(),
    }
}
