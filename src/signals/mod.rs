//! Facts in a closed vocabulary, gathered from what was read, found and answered.
//!
//! The vocabulary is what the data files ask for ([`Vocabulary`]). A fact reads `name=value`:
//!
//! | fact | holds when |
//! | --- | --- |
//! | `status=403` | the refusing response has this status |
//! | `code=NAME` | an error code, type, status word or reason of this name stands in the text |
//! | `header=NAME`, `header=NAME:VALUE` | the response has the field (and its value contains VALUE) |
//! | `!header=NAME` | the response's fields are shown and this one is not among them |
//! | `sent=NAME`, `sent=NAME:VALUE` | the request has the field (and its value contains VALUE) |
//! | `target=HOST` | the request went to this host; `.HOST` for any host below it |
//! | `to=PROVIDER` | the request went to a host of this provider; `local`, `other`, `unknown` ([`crate::check::provider`]); `foreign` where the refused call itself went to a known provider other than OpenAI; `relay` where an unknown host's name is that of a proxy or gateway for models; `own` where a server's own log shows it |
//! | `contrast=client` | a server's log shows one address refused and others served at the same path |
//! | `path=TEXT` | the request's path contains TEXT |
//! | `mentions=TEXT` | the text holds TEXT as a word |
//! | `body=empty` (`json`, `html`, `text`) | what the response's content is |
//! | `shape=NAMES`, `shape=error:NAMES` | the response's JSON object (or its `error`) holds exactly these names, sorted, with commas |
//! | `method=POST`, `input=KIND`, `key=KIND` | the request's method, the paste's kind, the kind of a redacted key |
//! | `finding=ID` | a check reported ID |
//! | `ray=listed`, `ray=unlisted` | the place in the answer's ray id is (not) in a country on OpenAI's list |
//! | `!target=HOST` | the request's host is known and is not this one |
//! | `is=ID` | any of the conditions that `[derived.ID]` in `tree.toml` names holds |
//! | `says=ID` | the message template ID stands in the text |
//! | `answer=QUESTION.ANSWER` | the visitor said so |

pub mod canon;
pub(crate) mod facts;
pub mod place;
pub(crate) mod reproduce;
mod status;
pub mod template;

use crate::check::Finding;
use crate::diagnose::data::{DERIVED, Data, OR, Vocabulary, WORD, literals};
use crate::intake::Intake;
use crate::ordered;
use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::mem;

/// What the visitor said to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Id of the question.
    pub question: String,
    /// Id of the answer.
    pub answer: String,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// The fact in the vocabulary, such as `status=403`.
    pub id: String,
    /// The fact in words: a sentence.
    pub text: String,
    /// Where in the redacted text it was read.
    pub span: Option<Span>,
}

/// The facts that hold. What is not in here is unknown, not false: a known absence is a fact of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signals {
    facts: BTreeMap<String, Signal>,
    parameters: BTreeMap<String, String>,
    place: Option<place::Place>,
    /// Of a message with several wordings, which of them was found.
    wordings: Vec<(String, usize)>,
}

impl Signals {
    /// Adds a fact; the first of a name stays.
    pub fn add(&mut self, signal: Signal) {
        self.facts.entry(signal.id.clone()).or_insert(signal);
    }

    /// Which of a message's wordings was found; none where it has but one, or that is not known.
    pub fn wording(&self, id: &str) -> Option<usize> {
        self.wordings.iter().find(|(of, _)| of == id).map(|(_, nth)| *nth)
    }

    /// Says a message, which is a fact already, by the wording that was found.
    pub(crate) fn worded(&mut self, id: &str, nth: usize) {
        if let Some(signal) = self.facts.get_mut(id) {
            signal.text = in_words(id, Some(nth));
            self.wordings.push((id.to_owned(), nth));
        }
    }

    /// What a link says of a fact, where that is not what its text says. Derived facts are in no link.
    pub(crate) fn shared(&self, signal: &Signal) -> Option<String> {
        let said = || in_words(&signal.id, self.wording(&signal.id));
        if signal.id.starts_with(DERIVED) { None } else { Some(said()).filter(|said| *said != signal.text) }
    }

    /// The fact of this name, where it holds.
    pub fn get(&self, id: &str) -> Option<&Signal> {
        self.facts.get(id)
    }

    /// True where every fact of a condition (`a & b`) holds.
    pub fn hold(&self, condition: &str) -> bool {
        literals(condition).all(|l| self.facts.contains_key(l))
    }

    /// The facts, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Signal> {
        self.facts.values()
    }

    /// The facts that are not derived from others, sorted by name.
    pub fn said(&self) -> impl Iterator<Item = &Signal> {
        self.iter().filter(|s| !s.id.starts_with(DERIVED))
    }

    /// What the text says for a template's parameter, such as the scope that is missing.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// Those of them that may stand in a sentence, by name.
    pub fn parameters(&self) -> BTreeMap<String, String> {
        let presentable = self.parameters.iter().filter(|(_, value)| facts::presentable(value));
        ordered::map(presentable.map(|(name, value)| (name.clone(), value.clone())))
    }

    /// Where Cloudflare answered, by the ray id.
    pub fn place(&self) -> Option<&place::Place> {
        self.place.as_ref()
    }

    /// These facts and what the visitor answered; answers to unknown questions are left out.
    #[must_use]
    pub fn with(mut self, answers: &[Answer]) -> Self {
        for given in answers {
            let Some(question) = Data::get().questions.get(&given.question) else { continue };
            let Some(answer) = question.answers.iter().find(|a| a.id == given.answer) else { continue };
            let prefix = format!("answer={}.", given.question);
            // A question has one answer. A new map instead of `retain`: nothing else takes entries out of one.
            self.facts =
                ordered::map(mem::take(&mut self.facts).into_iter().filter(|(id, _)| !id.starts_with(&prefix)));
            let text = format!("You said: {} {}", question.text, answer.text);
            for fact in &answer.means {
                self.add(Signal { id: fact.clone(), text: text.clone(), span: None });
            }
            self.add(Signal { id: format!("{prefix}{}", answer.id), text, span: None });
        }
        self.derive();
        self
    }

    /// Adds the facts that stand for several.
    fn derive(&mut self) {
        for (id, derived) in &Data::get().tree.derived {
            if derived.unless.iter().any(|c| self.hold(c)) {
                continue;
            }
            let Some(condition) = derived.any.iter().find(|c| self.hold(c)) else { continue };
            let span = literals(condition).find_map(|l| self.get(l)?.span);
            self.add(Signal { id: format!("{DERIVED}{id}"), text: derived.text.clone(), span });
        }
    }

    /// The answers among the facts, as question and answer.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.facts.keys().filter_map(|id| id.strip_prefix("answer=")?.split_once('.'))
    }
}

/// Gathers the facts of the vocabulary that hold.
pub fn gather(text: &str, intake: &Intake, findings: &[Finding], answers: &[Answer]) -> Signals {
    let failures = intake.failures(text);
    let extract = intake.extract(&failures);
    let text = extract.as_deref().unwrap_or(text);
    let facts = facts::Facts::new(text, intake, findings, &failures);
    let mut signals = Signals::default();
    let vocabulary = Vocabulary::get();
    let mut told = None;
    let mut wordings = vocabulary.templates.iter().peekable();
    let (mut of, mut nth) = ("", 0);
    while let Some((id, template)) = wordings.next() {
        nth = if id == of { nth + 1 } else { 0 };
        of = id;
        // Single words say something only where no message is known.
        if id.starts_with(WORD) && *told.get_or_insert_with(|| Data::get().told(&signals)) {
            break;
        }
        // Words of a page stand in its text; hosts and names of files only in its markup.
        let plain = if template.markup { None } else { template.find(&facts.plain, text) };
        let Some(found) = plain.or_else(|| template.find(&facts.markup, text)) else { continue };
        let several = nth > 0 || wordings.peek().is_some_and(|(next, _)| next == id);
        if several && signals.get(id).is_none() {
            signals.wordings.push((id.clone(), nth));
        }
        let quoted = facts.quote(found.span);
        for (name, value) in found.parameters.into_iter().filter(|(_, v)| facts::presentable(v)) {
            signals.parameters.entry(name).or_insert(value);
        }
        signals.add(Signal { id: id.clone(), text: format!("The text says “{quoted}”."), span: Some(found.span) });
    }
    for id in &vocabulary.facts {
        if let Some((words, span)) = facts.look(id) {
            signals.add(Signal { id: id.clone(), text: words, span });
        }
    }
    facts.parameters(&mut signals.parameters);
    signals.place = facts.place().cloned();
    if extract.is_some() {
        // Places in what was extracted are none of the text.
        signals.facts.values_mut().for_each(|s| s.span = None);
    }
    signals.with(answers)
}

/// The words for a fact that came by link, without the text it was read from; for a message with several wordings, this one.
pub(crate) fn in_words(id: &str, nth: Option<usize>) -> String {
    let (name, value) = id.split_once('=').unwrap_or((id, ""));
    match name {
        "says" => match Data::get().templates().find(|(s, _)| s.id == value) {
            // The link holds which message it was, not what its parameters were.
            Some((_, text)) => {
                let wording = text.split(OR).nth(nth.unwrap_or_default()).unwrap_or(text);
                let more = if nth.is_none() && text.contains(OR) { " or the like" } else { "" };
                format!("The text says “{}”{more}.", template::spoken(wording))
            }
            None => format!("The text holds the message {value}."),
        },
        "answer" => {
            let (question, answer) = value.split_once('.').unwrap_or((value, ""));
            match Data::get().questions.get(question) {
                Some(q) => {
                    let answer = q.answers.iter().find(|a| a.id == answer).map_or("", |a| a.text.as_str());
                    format!("You said: {} {answer}", q.text)
                }
                None => format!("You answered {value}."),
            }
        }
        _ => facts::sentence(name, value),
    }
}
