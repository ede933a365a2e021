//! Which question would settle most: the expected gain of information over the causes.

use super::data::{AnswerFile, Data, Evidence, QuestionFile, Says, UNKNOWN};
use super::tree::{Leaf, SAYS};
use crate::ordered;
use crate::report::{Question, QuestionAnswer};
use crate::signals::Signals;
use std::sync::OnceLock;

/// How many questions a report names, besides those answered.
const QUESTIONS: usize = 4;

/// Questions that settle less than this many bits are not asked.
const LEAST: f64 = 0.03;

/// Causes that together have less than this share are not worth a question that is about them only.
const RELEVANT: f64 = 0.2;

/// A question is about a cause where one answer is this many times likelier than the answers are on average.
const CLEAR: f64 = 1.3;

/// Stands in a question's `unless` for: the text holds a message of the first cause.
const MESSAGE: &str = "is=message";

/// The questions answered so far, then those worth asking, best first.
pub(super) fn next(data: &Data, signals: &Signals, leaves: &[Leaf<'_>]) -> Vec<Question> {
    let given = ordered::map(signals.answers());
    let mut open: Vec<(f64, Question)> = Vec::new();
    let mut answered = Vec::new();
    let ground = Ground::of(data, leaves);
    let first = super::tree::ranked(leaves).first().and_then(|(id, _)| data.causes.get(*id));
    let told = first.is_some_and(|c| c.says.iter().any(|s| signals.get(&s.fact).is_some()));
    for ((id, file), answers) in data.questions.iter().zip(Weights::all(data)) {
        if let Some(answer) = given.get(id.as_str()) {
            answered.push(question(id, file, Some(answer)));
        } else if (file.when.is_empty() || file.when.iter().any(|c| signals.hold(c)))
            && !file.unless.iter().any(|c| signals.hold(c) || told && c == MESSAGE)
        {
            let gain = ground.gain(answers) * file.ease.unwrap_or(1.0);
            if gain >= LEAST {
                open.push((gain, question(id, file, None)));
            }
        }
    }
    ordered::sort_by(&mut open, |a, b| b.0.total_cmp(&a.0));
    open.into_iter().take(QUESTIONS).map(|(_, q)| q).chain(answered).collect()
}

fn question(id: &str, file: &QuestionFile, given: Option<&str>) -> Question {
    let answers = file.answers.iter().map(|a| QuestionAnswer { id: a.id.clone(), text: a.text.clone() }).collect();
    Question {
        id: id.to_owned(),
        text: file.text.clone(),
        how: file.how.clone(),
        answers,
        given: given.map(str::to_owned),
    }
}

/// Where the leaves stand, by place in the lists of causes and groups: looked up once, used for every question.
struct Ground {
    leaves: Vec<(usize, usize, f64)>,
    before: Vec<f64>,
}

impl Ground {
    fn of(data: &Data, leaves: &[Leaf<'_>]) -> Self {
        let causes = ordered::map(data.causes.keys().map(String::as_str).zip(0..));
        let groups = ordered::map(data.tree.groups.keys().map(String::as_str).zip(0..));
        let placed = |l: &Leaf<'_>| Some((*causes.get(l.cause)?, *groups.get(l.group)?, l.probability));
        let leaves: Vec<_> = leaves.iter().filter_map(placed).collect();
        let mut before = vec![0.0; data.causes.len()];
        for (cause, _, probability) in &leaves {
            add(&mut before, *cause, *probability);
        }
        Self { leaves, before }
    }

    /// Expected drop of the entropy over causes, in bits, when this question is answered.
    fn gain(&self, answers: &[Weights]) -> f64 {
        let mut after = vec![vec![0.0; self.before.len()]; answers.len()];
        let mut touched = 0.0;
        for (cause, group, probability) in &self.leaves {
            let on = || answers.iter().map(|a| a.on(*cause, *group));
            let sum: f64 = on().sum();
            if on().fold(0.0, f64::max) * answers.len() as f64 >= sum * CLEAR {
                touched += probability;
            }
            for (answer, causes) in answers.iter().zip(&mut after) {
                add(causes, *cause, probability * answer.on(*cause, *group) / sum.max(f64::MIN_POSITIVE));
            }
        }
        let total: f64 = self.before.iter().sum();
        let expected: f64 = after.iter().map(|causes| entropy(causes) * causes.iter().sum::<f64>()).sum();
        if total > 0.0 && touched >= total * RELEVANT { entropy(&self.before) - expected / total } else { 0.0 }
    }
}

fn add(sums: &mut [f64], at: usize, more: f64) {
    if let Some(sum) = sums.get_mut(at) {
        *sum += more;
    }
}

/// How many times likelier an answer makes each cause, by its file, and each group, by the mean of its responders' files.
struct Weights {
    causes: Vec<f64>,
    groups: Vec<f64>,
}

impl Weights {
    /// Those of each question's answers, in the order of the files: worked out once, for the facts have no part in them.
    fn all(data: &Data) -> &'static [Vec<Self>] {
        static ALL: OnceLock<Vec<Vec<Weights>>> = OnceLock::new();
        ALL.get_or_init(|| {
            let answers = |(id, file): (&String, &QuestionFile)| {
                let telling = file.answers.iter().filter(|a| a.id != UNKNOWN);
                telling.map(|a| Self::of(data, &["answer=", id, ".", &a.id].concat(), a)).collect()
            };
            data.questions.iter().map(answers).collect()
        })
    }

    fn of(data: &Data, fact: &str, answer: &AnswerFile) -> Self {
        let usual = answer.usual.unwrap_or(1.0);
        let implied = |name: &String| name == fact || answer.means.contains(name);
        let weight = |evidence: &[Evidence], says: &[Says], least: f64| {
            let says = says.iter().filter(|s| implied(&s.fact)).map(|s| s.weight.unwrap_or(least)).fold(1.0, f64::max);
            evidence.iter().filter(|e| implied(&e.when)).fold(says, |product, e| product * e.weight)
        };
        let groups = data.tree.groups.keys().map(|group| {
            let members =
                data.responders.values().filter(|r| r.group == *group).map(|r| weight(&r.evidence, &r.says, 60.0));
            let (sum, count) = members.fold((0.0, 0.0), |(sum, count), w| (sum + w, count + 1.0));
            if count > 0.0 { sum / count } else { 1.0 }
        });
        let groups = groups.collect();
        Self { causes: data.causes.values().map(|c| usual * weight(&c.evidence, &c.says, SAYS)).collect(), groups }
    }

    fn on(&self, cause: usize, group: usize) -> f64 {
        self.causes.get(cause).unwrap_or(&1.0) * self.groups.get(group).unwrap_or(&1.0)
    }
}

fn entropy(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let share = weights.iter().map(|w| w / sum).filter(|p| *p > 0.0);
    if sum > 0.0 { -share.map(|p| p * p.log2()).sum::<f64>() } else { 0.0 }
}
