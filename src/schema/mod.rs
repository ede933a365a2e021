//! Bodies against the schemas that OpenAI publishes. `script/schemas` draws them out of OpenAI's OpenAPI document, one file
//! an area, into `static/schemas`; here one interpreter reads them. The native command has them built in; in WebAssembly
//! whoever runs the engine fetches the areas that a report names and hands their text in.

mod form;
mod mistake;
mod union;
mod walk;

pub use form::read as read_form;
pub use mistake::{Kind, Mistake};

use crate::check::provider::Provider;
use crate::check::target::Target;
use crate::intake::{Exchange, Request};
use serde_json::Value;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/schemas.rs"));

/// One area's schemas: the operations whose path starts with the same segment.
#[derive(Debug)]
pub struct Area(Value);

impl Area {
    /// Reads the text of an area's file; none where it is damaged.
    pub fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        (value.get("ops")?.is_object() && value.get("defs")?.is_array()).then_some(Self(value))
    }

    /// The names of its operations: `POST /chat/completions`, with ` form` behind them for multipart/form-data.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.0.get("ops").and_then(Value::as_object).into_iter().flat_map(|o| o.keys().map(String::as_str))
    }

    /// The mistakes in a body of this operation, in the order of the body; none where the operation is not known. For a form,
    /// `body` is what [`read_form`] makes of it.
    pub fn check(&self, operation: &str, body: &Value) -> Vec<Mistake> {
        let Some(node) = self.0.get("ops").and_then(|o| o.get(operation)) else { return Vec::new() };
        let defs = self.0.get("defs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        walk::check(defs, node, body, operation.ends_with(" form"))
    }
}

/// Each area's schemas, once its text was read; none within where that is damaged.
static READ: [OnceLock<Option<Area>>; AREAS.len()] = [const { OnceLock::new() }; AREAS.len()];

/// The area of this name, where it is at hand: built in (the native command), or handed to [`provide`] (WebAssembly).
pub fn area(name: &str) -> Option<&'static Area> {
    let at = AREAS.iter().position(|(n, _)| *n == name)?;
    let (read, (_, text)) = (READ.get(at)?, AREAS.get(at)?);
    if text.is_empty() { read.get()?.as_ref() } else { read.get_or_init(|| Area::read(text)).as_ref() }
}

/// Takes the text of an area's file. False where there is no such area or the text is damaged. What is at hand already stays.
pub fn provide(name: &str, text: &str) -> bool {
    let slot = AREAS.iter().position(|(n, _)| *n == name).and_then(|at| READ.get(at));
    let (Some(slot), Some(read)) = (slot, Area::read(text)) else { return false };
    slot.get_or_init(|| Some(read)).is_some()
}

/// The mistakes in a request's body, where its schema is at hand.
pub fn check(request: &Request, body: &Value) -> Vec<Mistake> {
    let Some(area) = needed_for(request).and_then(area) else { return Vec::new() };
    operation(request, area).map(|name| area.check(&name, body)).unwrap_or_default()
}

/// The names of all areas: the stems of the files in `static/schemas`.
pub fn areas() -> impl Iterator<Item = &'static str> {
    AREAS.iter().map(|(name, _)| *name)
}

/// The area whose file is needed to check an exchange; none where its request has no body that a schema is published for.
pub fn needed(exchange: &Exchange) -> Option<&'static str> {
    exchange.request.as_ref().filter(|r| r.content.is_some()).and_then(needed_for)
}

/// The names of the areas that these exchanges need and that are not at hand, each once.
pub fn missing(exchanges: &[Exchange]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for area in exchanges.iter().filter_map(needed).filter(|name| area(name).is_none()) {
        if !names.iter().any(|n| n == area) {
            names.push(area.to_owned());
        }
    }
    names
}

fn needed_for(request: &Request) -> Option<&'static str> {
    let target = Target::new(request.url.trim());
    let first = below_v1(&target)?.split('/').nth(1)?;
    (request.method == "POST").then(|| areas().find(|a| *a == first)).flatten()
}

fn below_v1<'a>(target: &Target<'a>) -> Option<&'a str> {
    let ours = Provider::of_host(target.host) == Provider::OpenAi;
    ours.then(|| target.path.strip_prefix("/v1")).flatten()
}

/// The operation's name in its area's file. A path parameter may be empty: what it was to be says nothing about the body.
fn operation(request: &Request, area: &Area) -> Option<String> {
    let target = Target::new(request.url.trim());
    let path = below_v1(&target)?.trim_end_matches('/');
    let form = request.fields.value("content-type").is_some_and(|t| t.to_ascii_lowercase().contains("multipart"));
    let beta = target.parameter("beta") == Some("true");
    let fits = area.operations().filter(|name| {
        let mut words = name.split(' ');
        let (method, template) = (words.next(), words.next().unwrap_or_default());
        // The document gives some operations a second body for `?beta=true`.
        let (template, for_beta) = template.split_once('?').map_or((template, false), |(path, _)| (path, true));
        let same = method == Some(&request.method) && words.next().is_some() == form && (beta || !for_beta);
        same && template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
    });
    fits.min_by_key(|name| (name.matches('{').count(), !name.contains('?'))).map(str::to_owned)
}

#[cfg(test)]
mod tests;
