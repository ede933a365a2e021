//! A bare HTML page or a piece of one.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::{Content, Exchange, InputKind, Response, http_text};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "html-body",
    kind: InputKind::Html,
    rank: 130,
    reads: "an HTML page or a piece of one",
    example: native_only(
        "<!DOCTYPE html>\n<html><head><title>Just a moment...</title></head>\n<body><h1>403 Forbidden</h1><!-- x --></body>\n</html>\n",
    ),
    claim,
};

/// Elements that a piece of a page begins with.
const TAGS: &[&str] = &[
    "html", "head", "body", "title", "meta", "link", "style", "script", "div", "span", "p", "h1", "h2", "h3", "table",
    "tbody", "tr", "td", "img", "center", "hr", "ul", "form", "section", "main", "header", "noscript", "iframe",
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let text = line.trim_start();
    if !http_text::is_page(text) && !is_piece(text) {
        return None;
    }
    let start = at + line.len() - text.len();
    let end = http_text::page_end(source.text, start);
    let page = source.text.get(start..end)?;
    let response = Response {
        status: http_text::page_status(page),
        content: Some(Content { text: page.to_owned(), span: Some(Span::new(start, end)) }),
        ..Response::default()
    };
    let parts = vec![Part::Scrap(Exchange { request: None, response: Some(response) })];
    Some(Claim { span: Span::new(at, end.max(at + 1)), parts, problems: Vec::new() })
}

/// True where an element's tag begins.
fn is_piece(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("</").or_else(|| text.strip_prefix('<')) else { return false };
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest.get(..length.min(12)).unwrap_or_default().to_ascii_lowercase();
    TAGS.contains(&name.as_str()) && matches!(rest.as_bytes().get(length), Some(b' ' | b'>' | b'/') | None)
}

#[cfg(test)]
mod tests {
    use crate::intake::{InputKind, read_text};

    #[test]
    fn a_page() {
        let text = "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body></body>\r\n</html>\r\n";
        let intake = read_text(text);
        let response = intake.exchanges[0].response.clone().unwrap();
        assert_eq!((intake.kind, response.status), (InputKind::Html, Some(403)));
        assert_eq!(response.content.unwrap().text, text.trim_end());
    }

    #[test]
    fn a_piece() {
        let intake = read_text("\n</style>\n\n</head>\n<body>\n<div>x");
        assert_eq!((intake.kind, intake.exchanges.len()), (InputKind::Html, 1));
        assert_eq!(read_text("<AioRpcError of RPC").exchanges, []);
    }
}
