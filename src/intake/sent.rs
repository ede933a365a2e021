//! For tests of formats: a request in one line, as it would be sent.

use super::read_text;

/// The first request that the text holds: method, URL, fields, content.
pub(crate) fn sent(text: &str) -> String {
    let intake = read_text(text);
    let Some(r) = intake.exchanges.first().and_then(|e| e.request.as_ref()) else { return String::new() };
    let fields: Vec<String> = r.fields.iter().map(|f| format!("{}: {}", f.name, f.value)).collect();
    let content = r.content.as_ref().map_or(String::new(), |c| format!(" | {}", c.text));
    format!("{} {} [{}]{content}", r.method, r.url, fields.join(", "))
}
