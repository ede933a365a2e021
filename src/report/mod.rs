//! The report: plain data for the page, the native command and other programs. Schema `why403/1` (README.md describes it).
//! It holds no raw text, and everything that the page shows is decided here.

mod assemble;

pub use assemble::{Parts, assemble, from_link, refused_link, without_strangers};

use crate::check::{Part, Severity};
use crate::intake::InputKind;
use crate::redact::Redaction;
use crate::signals::place::Place;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema's name and version.
pub const SCHEMA: &str = "why403/1";

/// From this probability on, the first cause is called a verdict.
pub const VERDICT: f64 = 0.3;

/// One diagnosis with everything it rests on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What was read.
    pub input: Input,
    /// The text with every secret replaced; none where it is too large to repeat.
    pub redacted: Option<String>,
    /// What this run took out.
    pub redactions: Vec<Redaction>,
    /// The requests and responses understood.
    pub exchanges: Vec<Exchange>,
    /// Who answered.
    pub responder: Responder,
    /// Causes, most likely first; probabilities sum to 1 at most.
    pub causes: Vec<Cause>,
    /// True where the first cause is likely enough to be called a verdict; else the causes are possibilities, and the
    /// first question comes before them.
    pub settled: bool,
    /// What the checks noticed.
    pub findings: Vec<Finding>,
    /// The areas whose published schemas are not at hand (WebAssembly), so that bodies were not checked against them.
    pub schemas_missing: Vec<String>,
    /// Questions worth answering, best first.
    pub questions: Vec<Question>,
    /// Fragment that opens this diagnosis, with its `#`. It never holds the request.
    pub link: String,
    /// The same with the redacted text inside, for visitors who tick it; none where it would be too long.
    pub link_with_text: Option<String>,
    /// The way from the caller to the provider, with the hop that refused.
    pub path: Vec<Hop>,
    /// Where Cloudflare answered, by the ray id; none where no ray id with a place stands in the text.
    pub location: Option<Place>,
    /// The facts that the diagnosis rests on, in words.
    pub facts: Vec<Fact>,
    /// The secrets that stand redacted in `redacted`, also those taken out earlier.
    pub placeholders: Vec<Placeholder>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
    /// A sentence about what was opened or read as a whole: a link that is damaged, foreign or newer; several failures in
    /// one text.
    pub notice: Option<String>,
    /// Which of `exchanges` the diagnosis is about.
    pub subject: Option<usize>,
    /// A command of curl for bash that repeats the refused request, reduced to what matters; none where no request is known.
    #[serde(default)]
    pub reproduce: Option<String>,
    /// What the text says for the parameters of fixes, such as the model that was asked for, by name; so that a page in
    /// another language can fill in its own words.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// When the opened link was made, in seconds since 1970, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<u64>,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// What kind of text.
    pub kind: InputKind,
    /// Its length in bytes.
    pub bytes: usize,
}

/// A request and its response.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The request.
    pub request: Option<Request>,
    /// The response.
    pub response: Option<Response>,
}

/// A request as it would go on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Method.
    pub method: String,
    /// URL.
    pub url: String,
    /// Field lines: name, value.
    pub headers: Vec<(String, String)>,
    /// Content as text.
    pub body: Option<String>,
}

/// A response, as far as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// Status code.
    pub status: Option<u16>,
    /// Field lines: name, value.
    pub headers: Vec<(String, String)>,
    /// Content as text.
    pub body: Option<String>,
}

/// Who answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Responder {
    /// Id as in `responders`.
    pub id: String,
    /// In words.
    pub title: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// The evidence, one sentence each.
    pub because: Vec<String>,
}

/// One possible cause.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Id: the name of its data file.
    pub id: String,
    /// What is the matter, in one line.
    pub title: String,
    /// What it means, in two sentences.
    pub meaning: String,
    /// From 0 to 1.
    pub probability: f64,
    /// The probability in words.
    pub likelihood: String,
    /// Evidence for it.
    pub because: Vec<String>,
    /// Evidence against it.
    pub against: Vec<String>,
    /// What to do, best first.
    pub fixes: Vec<Fix>,
    /// Whether and when a retry can help.
    pub retry: String,
    /// What to tell support.
    pub support: String,
    /// What is commonly said about it and what the provider documents, where the two differ.
    pub myth: Option<String>,
    /// Where this is documented.
    pub sources: Vec<String>,
}

/// Something to do about a cause.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Id, unique within its cause.
    pub id: String,
    /// What to do, in one line.
    pub title: String,
    /// `minutes`, `hours` or `administrator`.
    pub effort: String,
    /// How, where one line is not enough.
    pub detail: Option<String>,
    /// A command to copy.
    pub command: Option<String>,
    /// The provider's page to go to.
    pub page: Option<String>,
}

/// What a check noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Id of the rule.
    pub id: String,
    /// `error`, `warning` or `hint`.
    pub severity: Severity,
    /// One sentence with the actual values.
    pub message: String,
    /// Where.
    #[serde(rename = "where")]
    pub place: Where,
    /// Why it matters.
    pub why: String,
    /// How to mend it.
    pub fix: String,
    /// Where the rule comes from.
    pub source: String,
    /// The edit of the redacted text that mends it, where that can be done mechanically.
    pub mended: Option<Mended>,
}

/// An edit that mends a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mended {
    /// Byte range in the redacted text that is replaced; empty where something is put in.
    pub span: Span,
    /// What takes its place; empty where it goes.
    pub text: String,
    /// The edit in words.
    pub sentence: String,
}

/// Where a finding stands. Line and column count from 1 in the redacted text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Where {
    /// The part of the exchange.
    pub part: Part,
    /// Name of the header or query parameter.
    pub name: Option<String>,
    /// JSON Pointer (RFC 6901) into the body.
    pub pointer: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// Byte range in the redacted text.
    pub span: Option<Span>,
}

/// A question whose answer would settle more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Id: the name of its data file.
    pub id: String,
    /// The question.
    pub text: String,
    /// How to find out.
    pub how: String,
    /// What one may answer.
    pub answers: Vec<QuestionAnswer>,
    /// The id of the answer given, where one was.
    pub given: Option<String>,
}

/// One answer to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionAnswer {
    /// Id, unique within its question.
    pub id: String,
    /// In words.
    pub text: String,
}

/// One stop on the way from the caller to the provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// `client`, `network`, `gateway`, `edge` or `provider`.
    pub id: String,
    /// In words, with the name where it is known.
    pub title: String,
    /// `passed`, `refused`, `unreached` or `unknown`.
    pub state: String,
}

/// One fact, in words, and the stretch of redacted text it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The signal, such as `status=403`.
    pub signal: String,
    /// In words.
    pub text: String,
    /// Byte range in the redacted text.
    pub span: Option<Span>,
    /// What a link without the text says of it, where that is less: the link holds no names or numbers of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared: Option<String>,
}

/// A redacted stretch in the redacted text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholder {
    /// Kind of secret.
    pub kind: String,
    /// Fingerprint, where there is one.
    pub fingerprint: Option<String>,
    /// Byte range in the redacted text.
    pub span: Span,
}

/// Something that could not be understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// One sentence.
    pub message: String,
    /// Line in the redacted text, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}
