//! The data files: causes, responders, questions and the tree. Read once; a mistake in a file fails the tests.

use super::questions::Weights;
use super::table::{Mistakes, Table};
use crate::ordered;
use crate::signals::Signals;
use crate::signals::template::Template;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A file of `causes/`: its name is the cause's id.
#[derive(Debug, Clone)]
pub struct CauseFile {
    /// What is the matter, in one line without a final stop.
    pub title: String,
    /// What it means, in two sentences.
    pub meaning: String,
    /// The branch of the tree below whoever answered: an id of `families` in `tree.toml`.
    pub family: String,
    /// How often it is the cause when a group of responders (an id of `groups` in `tree.toml`) answers, as a relative weight.
    pub at: BTreeMap<String, f64>,
    /// Message templates that speak for it.
    pub says: Vec<Says>,
    /// Other facts that speak for or against it.
    pub evidence: Vec<Evidence>,
    /// What to do.
    pub fixes: Vec<FixFile>,
    /// Whether and when a retry can help: one sentence.
    pub retry: String,
    /// What to tell support: one or two sentences.
    pub support: String,
    /// What is commonly said and what the provider documents, where the two differ.
    pub myth: Option<String>,
    /// Where this is documented or was reported.
    pub sources: Vec<String>,
}

/// A message template, in a cause's or a responder's file.
#[derive(Debug, Clone)]
pub struct Says {
    /// Id in the vocabulary, unique over all files.
    pub id: String,
    /// The fact that it is there: `says=` and the id.
    pub fact: String,
    /// The message with its parameters as `{name}`; quotes, case, wrapping and escaping do not matter. None for a message that
    /// stands with its text in another file under this id. Several wordings are parted by [`OR`].
    pub text: Option<String>,
    /// The responder that emits it, where only one does.
    pub by: Option<String>,
    /// How many times likelier the cause (or responder) is once this is seen.
    pub weight: Option<f64>,
}

/// A fact that speaks for something (weight over 1) or against it (under 1).
#[derive(Debug, Clone)]
pub struct Evidence {
    /// One or more facts of the vocabulary, joined by ` & `: all must hold.
    pub when: String,
    /// How many times likelier the thing is once they hold.
    pub weight: f64,
    /// The reason in words; the facts themselves where it is left out.
    pub because: Option<String>,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct FixFile {
    /// Id, unique within the cause.
    pub id: String,
    /// What to do, in one line. May name parameters: `{scope}`.
    pub title: String,
    /// `minutes`, `hours` or `administrator`.
    pub effort: String,
    /// How.
    pub detail: Option<String>,
    /// A command to copy.
    pub command: Option<String>,
    /// The provider's page.
    pub page: Option<String>,
    /// Conditions, any of which puts this fix before the others: `finding=authorization-scheme-missing`.
    pub first: Vec<String>,
    /// Conditions without any of which this fix is left out; with one of them it stands before the others.
    pub only: Vec<String>,
    /// Conditions with any of which this fix is left out: what a program can do is no help in a browser.
    pub unless: Vec<String>,
}

/// A file of `responders/`: its name is the responder's id.
#[derive(Debug, Clone)]
pub struct ResponderFile {
    /// Who it is, in a few words.
    pub title: String,
    /// The group in the tree.
    pub group: String,
    /// Where in the path it stands: `client`, `network`, `gateway`, `edge`, `provider` or `unknown`.
    pub hop: String,
    /// How often it is the one, without evidence, as a relative weight.
    pub prior: f64,
    /// Texts that only it writes.
    pub says: Vec<Says>,
    /// Other facts.
    pub evidence: Vec<Evidence>,
    /// Where this is documented or was reported.
    pub sources: Vec<String>,
}

/// A file of `questions/`: its name is the question's id.
#[derive(Debug, Clone)]
pub struct QuestionFile {
    /// The question, for a tired person.
    pub text: String,
    /// How to find out.
    pub how: String,
    /// What one may answer; "I don't know" is always possible and not listed.
    pub answers: Vec<AnswerFile>,
    /// Facts that make it pointless: it is not asked once one of them holds.
    pub unless: Vec<String>,
    /// Facts of which one must hold before it is asked; none where it needs no answer before it.
    pub when: Vec<String>,
    /// How easy it is to answer, up to 2; above, it comes before others: what must be tried out first is asked only where it settles much more.
    pub ease: Option<f64>,
}

/// One possible answer.
#[derive(Debug, Clone)]
pub struct AnswerFile {
    /// Id, unique within its question.
    pub id: String,
    /// In words.
    pub text: String,
    /// Facts that the answer implies, such as `status=403`.
    pub means: Vec<String>,
    /// Facts with any of which it is not offered.
    pub unless: Vec<String>,
    /// How common it is for causes that say nothing of it, beside the other answers; 1 where it is left out.
    pub usual: Option<f64>,
}

/// The inner nodes of the tree.
#[derive(Debug, Clone)]
pub struct TreeFile {
    /// The root's question.
    pub root: NodeFile,
    /// Below the root: groups of responders.
    pub groups: BTreeMap<String, NodeFile>,
    /// Below each group: what the refusal is about.
    pub families: BTreeMap<String, NodeFile>,
    /// Facts that stand for several, by the ID of their `is=ID`.
    pub derived: BTreeMap<String, DerivedFile>,
}

/// A fact that holds where any of several does: `is=ID`.
#[derive(Debug, Clone)]
pub struct DerivedFile {
    /// The fact in words: a sentence.
    pub text: String,
    /// Conditions, any of which makes it hold. Where one is derived itself, its id comes before this one's in the alphabet.
    pub any: Vec<String>,
    /// Conditions, any of which forbids it.
    pub unless: Vec<String>,
}

/// An inner node.
#[derive(Debug, Clone)]
pub struct NodeFile {
    /// What the branch is called.
    pub title: String,
    /// The question that its children answer.
    pub question: String,
    /// Facts that answer "yes": this branch is taken.
    pub when: Vec<String>,
    /// Facts that answer "no": this branch is left.
    pub unless: Vec<String>,
}

impl CauseFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(
            place,
            value,
            "title meaning family at says evidence fixes retry support myth sources",
            mistakes,
        );
        Self {
            title: t.text("title"),
            meaning: t.text("meaning"),
            family: t.text("family"),
            at: t.numbers("at"),
            says: t.list("says", Says::read),
            evidence: t.list("evidence", Evidence::read),
            fixes: t.list("fixes", FixFile::read),
            retry: t.text("retry"),
            support: t.text("support"),
            myth: t.maybe("myth"),
            sources: t.texts("sources"),
        }
    }
}

impl Says {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        // A `source`, where it was seen, may stand in the file too; the build drops it.
        let mut t = Table::new(place, value, "id text by weight", mistakes);
        let id = t.text("id");
        let fact = format!("says={id}");
        Self { id, fact, text: t.maybe("text"), by: t.maybe("by"), weight: t.weight("weight") }
    }
}

impl Evidence {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "when weight because", mistakes);
        Self { when: t.text("when"), weight: t.number("weight"), because: t.maybe("because") }
    }
}

impl FixFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "id title effort detail command page first only unless", mistakes);
        Self {
            id: t.text("id"),
            title: t.text("title"),
            effort: t.text("effort"),
            detail: t.maybe("detail"),
            command: t.maybe("command"),
            page: t.maybe("page"),
            first: t.texts("first"),
            only: t.texts("only"),
            unless: t.texts("unless"),
        }
    }
}

impl ResponderFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "title group hop prior says evidence sources", mistakes);
        Self {
            title: t.text("title"),
            group: t.text("group"),
            hop: t.text("hop"),
            prior: t.number("prior"),
            says: t.list("says", Says::read),
            evidence: t.list("evidence", Evidence::read),
            sources: t.texts("sources"),
        }
    }
}

impl QuestionFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "text how answers unless when ease", mistakes);
        let mut answers = t.list("answers", AnswerFile::read);
        // Nobody has to guess: what says nothing about any cause is an answer too.
        if !answers.iter().any(|a| ["none", "other", "both"].contains(&a.id.as_str())) {
            let (id, text) = (UNKNOWN.to_owned(), "I cannot tell".to_owned());
            answers.push(AnswerFile { id, text, means: Vec::new(), unless: Vec::new(), usual: None });
        }
        Self {
            text: t.text("text"),
            how: t.text("how"),
            answers,
            unless: t.texts("unless"),
            when: t.texts("when"),
            ease: t.weight("ease"),
        }
    }
}

impl AnswerFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "id text means unless usual", mistakes);
        Self {
            id: t.text("id"),
            text: t.text("text"),
            means: t.texts("means"),
            unless: t.texts("unless"),
            usual: t.weight("usual"),
        }
    }
}

impl TreeFile {
    fn read(value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new("tree ", value, "root groups families derived", mistakes);
        Self {
            root: NodeFile::read("root", t.value("root"), t.mistakes()),
            groups: t.tables("groups", NodeFile::read),
            families: t.tables("families", NodeFile::read),
            derived: t.tables("derived", DerivedFile::read),
        }
    }
}

impl DerivedFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "text any unless", mistakes);
        Self { text: t.text("text"), any: t.texts("any"), unless: t.texts("unless") }
    }
}

impl NodeFile {
    fn read(place: &str, value: &Value, mistakes: &mut Mistakes) -> Self {
        let mut t = Table::new(place, value, "title question when unless", mistakes);
        Self { title: t.text("title"), question: t.text("question"), when: t.texts("when"), unless: t.texts("unless") }
    }
}

/// All data files.
#[derive(Debug)]
pub struct Data {
    /// Causes by id.
    pub causes: BTreeMap<String, CauseFile>,
    /// Responders by id.
    pub responders: BTreeMap<String, ResponderFile>,
    /// Questions by id.
    pub questions: BTreeMap<String, QuestionFile>,
    /// Inner nodes.
    pub tree: TreeFile,
    /// What the answers weigh, worked out at the first question.
    pub(super) answers: OnceLock<Vec<Vec<Weights>>>,
}

impl Data {
    /// The data files, read on first use. A test excludes mistakes in them.
    pub fn get() -> &'static Self {
        static DATA: OnceLock<Data> = OnceLock::new();
        DATA.get_or_init(|| Self::read(&mut Mistakes::new()))
    }

    /// Reads the data that the build embedded.
    fn read(mistakes: &mut Mistakes) -> Self {
        let text = include_str!(concat!(env!("OUT_DIR"), "/data.json"));
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let mut table = Table::new("data", &value, "causes responders questions tree", mistakes);
        Self {
            causes: table.tables("causes", CauseFile::read),
            responders: table.tables("responders", ResponderFile::read),
            questions: table.tables("questions", QuestionFile::read),
            tree: TreeFile::read(table.value("tree"), mistakes),
            answers: OnceLock::new(),
        }
    }

    /// Every message template of every file, with the cause or responder it belongs to.
    pub fn templates(&self) -> impl Iterator<Item = (&Says, &String)> {
        self.says().filter_map(|s| Some((s, s.text.as_ref()?)))
    }

    /// True where a message is known that speaks for a cause.
    pub(crate) fn told(&self, signals: &Signals) -> bool {
        let mut says = self.causes.values().flat_map(|c| &c.says);
        says.any(|s| s.weight.is_none_or(|w| w >= TELLING) && signals.get(&s.fact).is_some())
    }

    fn says(&self) -> impl Iterator<Item = &Says> {
        let causes = self.causes.values().flat_map(|c| &c.says);
        causes.chain(self.responders.values().flat_map(|r| &r.says))
    }

    fn conditions(&self) -> impl Iterator<Item = &str> {
        let evidence = self.causes.values().flat_map(|c| &c.evidence);
        let evidence = evidence.chain(self.responders.values().flat_map(|r| &r.evidence)).map(|e| e.when.as_str());
        let nodes = self.tree.groups.values().chain(self.tree.families.values());
        let nodes = nodes.flat_map(|n| n.when.iter().chain(&n.unless)).map(String::as_str);
        let questions = self.questions.values();
        let answers = questions.flat_map(|q| {
            q.unless.iter().chain(&q.when).chain(q.answers.iter().flat_map(|a| a.means.iter().chain(&a.unless)))
        });
        let derived = self.tree.derived.values().flat_map(|d| d.any.iter().chain(&d.unless));
        evidence.chain(nodes).chain(answers.chain(derived).map(String::as_str))
    }
}

/// The closed vocabulary: every fact that any data file asks for, and nothing else.
#[derive(Debug)]
pub struct Vocabulary {
    /// Compiled templates by the fact that they are there; a message with several wordings stands several times. The single
    /// words that matter only where no message is known stand last.
    pub templates: Vec<(String, Template)>,
    /// Facts other than `says=` and `answer=`, sorted.
    pub facts: BTreeSet<String>,
}

impl Vocabulary {
    /// The vocabulary of the embedded data.
    pub fn get() -> &'static Self {
        static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
        VOCABULARY.get_or_init(|| Self::of(Data::get()))
    }

    fn of(data: &Data) -> Self {
        let wordings = data.templates().flat_map(|(s, text)| text.split(OR).map(move |wording| (s, wording)));
        let read = wordings.filter_map(|(s, wording)| Some((s.fact.clone(), Template::new(wording)?)));
        let (words, mut templates): (Vec<_>, Vec<_>) = read.partition(|(fact, _)| fact.starts_with(WORD));
        templates.extend(words);
        // Derived facts are not looked up, and links leave them out: they follow from the others.
        let facts = data.conditions().flat_map(literals).filter(|l| !l.starts_with(DERIVED));
        let facts = ordered::set(facts.map(str::to_owned));
        Self { templates, facts }
    }

    /// Every fact that can be said in a link: conditions, templates and answers, sorted and each once.
    pub fn all(&self) -> BTreeSet<String> {
        let answers = Data::get().questions.iter();
        let answers = answers.flat_map(|(id, q)| q.answers.iter().map(move |a| format!("answer={id}.{}", a.id)));
        let templates = self.templates.iter().map(|(id, _)| id.clone());
        ordered::set(self.facts.iter().cloned().chain(templates).chain(answers))
    }
}

/// The answer that says nothing.
pub(crate) const UNKNOWN: &str = "unknown";

/// What stands between the wordings of one message.
pub(crate) const OR: &str = " || ";

/// How the fact begins that a text holds a word which matters only where no message is known.
pub(crate) const WORD: &str = "says=word-";

/// From this weight on a cause's message is a fact that speaks.
const TELLING: f64 = 100.0;

/// How the name of a derived fact begins.
pub(crate) const DERIVED: &str = "is=";

/// The single facts of a condition.
pub(crate) fn literals(condition: &str) -> impl Iterator<Item = &str> {
    condition.split(" & ").map(str::trim).filter(|l| !l.is_empty())
}

#[cfg(test)]
mod tests;
