//! What a curl command line would put on the wire, by curl's own rules (manual of curl 8; where versions differ, 7.88).
//!
//! [`args`] reads the words into one [`Operation`] for each `--next`, as curl's own option parser does; [`wire`] says what
//! requests follow from an operation. Nothing is read from files: what stands in one is unknown, and said to be.

mod args;
mod auth;
mod body;
mod form;
mod glob;
mod options;
mod url;
mod wire;

#[cfg(test)]
mod tests;

pub(crate) use args::looks_like_url;
pub(crate) use auth::basic;
pub(crate) use body::{escape, kept_stretch};

use super::shell::{Command, Word};
use super::{Problem, Request};
use crate::span::Span;

/// Whether a word names curl: `curl`, `curl.exe`, a path that ends so.
pub(crate) fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    name.eq_ignore_ascii_case("curl") || name.eq_ignore_ascii_case("curl.exe")
}

/// A URL as it is requested: with a path, without fragment and user. A program that is not curl guesses no scheme, but a
/// name without one is not worth less than with it.
pub(crate) fn absolute(text: &str) -> String {
    if text.starts_with('/') { text.to_owned() } else { url::parse(text.trim(), None, true).text() }
}

/// What a command line says.
#[derive(Debug, Default)]
pub(crate) struct Understood {
    /// The requests in the order in which curl would send them.
    pub(crate) requests: Vec<Request>,
    /// What curl would refuse or what is not written here.
    pub(crate) problems: Vec<Problem>,
}

/// The requests that `command` sends. Its words from `curl` on are given in `words`. `loose`: the command stands in running
/// text, so that the first word that curl would take for a further URL ends it; the number of words used is returned.
pub(crate) fn understand(words: &[Word], command: &Command, loose: bool) -> (Understood, usize) {
    let mut out = Understood::default();
    let (operations, used) = args::read(words, command, loose, &mut out.problems);
    for operation in &operations {
        wire::requests(operation, &mut out);
    }
    (out, used)
}

/// What one set of options says; `--next` begins another.
#[derive(Debug, Default)]
struct Operation {
    urls: Vec<Word>,
    uploads: Vec<Word>,
    method: Option<Word>,
    get: bool,
    head: bool,
    globoff: bool,
    path_as_is: bool,
    data: body::Data,
    json: bool,
    forms: Vec<form::Field>,
    headers: Vec<Word>,
    user: Option<Word>,
    bearer: Option<Word>,
    auth: auth::Schemes,
    proxy: Option<Word>,
    proxy_user: Option<Word>,
    proxy_tunnel: bool,
    proxy_headers: Vec<Word>,
    cookies: Vec<Word>,
    agent: Option<Word>,
    referer: Option<Word>,
    range: Option<Word>,
    time_condition: Option<Word>,
    compressed: bool,
    transfer_encoding: bool,
    request_target: Option<Word>,
    queries: Vec<Word>,
    default_scheme: Option<Word>,
    stdin: super::shell::Stdin,
}

fn problem(problems: &mut Vec<Problem>, message: impl Into<String>, span: Span) {
    if problems.len() < 40 {
        problems.push(Problem { message: message.into(), span });
    }
}
