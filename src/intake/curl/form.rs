//! `-F` and `--form-string`: multipart/form-data (RFC 7578).

use crate::intake::shell::{Stdin, Word};
use std::fmt::Write as _;

/// One option as written.
#[derive(Debug)]
pub(super) struct Field {
    value: Word,
    literal: bool,
}

/// What stands in for curl's random boundary.
pub(super) const BOUNDARY: &str = "------------------------why403boundary00";

impl Field {
    /// `literal`: `--form-string`, where `@`, `<` and `;` mean nothing.
    pub(super) fn new(value: Word, literal: bool) -> Self {
        Self { value, literal }
    }
}

/// The content of a form. Files are not read: a remark in round brackets stands in the place of their content.
///
/// `own_type`: the user's own `Content-Type`. Where that is not multipart/form-data, libcurl calls each part an attachment.
pub(super) fn content(fields: &[Field], stdin: &Stdin, own_type: Option<&str>) -> String {
    let form = own_type.is_none_or(|t| t.trim().to_ascii_lowercase().starts_with("multipart/form-data"));
    let disposition = if form { "form-data" } else { "attachment" };
    let mut out = String::new();
    for field in fields {
        part(&mut out, field, stdin, disposition);
    }
    let _ = write!(out, "--{BOUNDARY}--\r\n");
    out
}

fn part(out: &mut String, field: &Field, stdin: &Stdin, disposition: &str) {
    let text = field.value.text();
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let _ = write!(out, "--{BOUNDARY}\r\nContent-Disposition: {disposition}");
    // libcurl leaves an empty name out.
    if !name.is_empty() {
        let _ = write!(out, "; name=\"{}\"", escaped(name));
    }
    if field.literal {
        let _ = write!(out, "\r\n\r\n{value}\r\n");
        return;
    }
    let (source, file) = match value.chars().next() {
        Some(sign @ ('@' | '<')) => (Some(sign), value.get(1..).unwrap_or_default()),
        _ => (None, value),
    };
    let (content, mut rest) = quoted(file);
    let (mut file_name, mut media_type, mut own) = (None, None, Vec::new());
    while let Some(after) = rest.trim_start().strip_prefix(';') {
        let after = after.trim_start();
        let key = after.split(['=', ';']).next().unwrap_or_default();
        let tail = after.get(key.len()..).unwrap_or_default();
        let (attribute, next) = tail.strip_prefix('=').map_or((String::new(), tail), quoted);
        match key.trim() {
            "filename" => file_name = Some(attribute),
            // A media type may have parameters of its own behind another semicolon.
            "type" => media_type = Some(attribute),
            "headers" => own.push(attribute),
            _ => {}
        }
        rest = next;
    }
    let base = content.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let shown = file_name.or_else(|| (source == Some('@')).then(|| base.clone()));
    if let Some(shown) = &shown {
        let _ = write!(out, "; filename=\"{}\"", escaped(shown));
    }
    out.push_str("\r\n");
    let guessed = shown.as_deref().and_then(guess).or_else(|| guess(&base).filter(|_| source == Some('@')));
    let guessed = guessed.or((source == Some('@')).then_some("application/octet-stream")).map(str::to_owned);
    if let Some(media_type) = media_type.or(guessed) {
        let _ = write!(out, "Content-Type: {media_type}\r\n");
    }
    own.iter().filter(|line| !line.starts_with(['@', '<'])).for_each(|line| out.extend([line, "\r\n"]));
    let body = match (source, content.as_str(), stdin) {
        (None, _, _) => content,
        (Some(_), "-", Stdin::Text(text)) => text.text().to_owned(),
        (Some(_), file, _) => format!("(content of {file})"),
    };
    let _ = write!(out, "\r\n{body}\r\n");
}

/// A value that may stand in double quotes, and what follows it.
fn quoted(text: &str) -> (String, &str) {
    let Some(inner) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let value = text.get(..end).unwrap_or_default();
        return (value.to_owned(), text.get(end..).unwrap_or_default());
    };
    let mut value = String::new();
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, inner.get(at + 1..).unwrap_or_default()),
            '\\' => match chars.next() {
                Some((_, c @ ('"' | '\\'))) => value.push(c),
                Some((_, c)) => value.extend(['\\', c]),
                None => value.push('\\'),
            },
            c => value.push(c),
        }
    }
    // Without a closing quote the first one means nothing.
    let end = text.find(';').unwrap_or(text.len());
    (text.get(..end).unwrap_or_default().to_owned(), text.get(end..).unwrap_or_default())
}

/// A name inside the quotes of a disposition.
fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// The media type that libcurl takes for a file's name.
fn guess(name: &str) -> Option<&'static str> {
    let types = [
        (".gif", "image/gif"),
        (".jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".png", "image/png"),
        (".svg", "image/svg+xml"),
        (".txt", "text/plain"),
        (".htm", "text/html"),
        (".html", "text/html"),
        (".pdf", "application/pdf"),
        (".xml", "application/xml"),
    ];
    let lower = name.to_ascii_lowercase();
    types.iter().find(|(ending, _)| lower.ends_with(ending)).map(|(_, media_type)| *media_type)
}
