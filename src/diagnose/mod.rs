//! Facts to ranked causes, by a decision tree that is data.
//!
//! The tree has three levels. The root asks who answered: its branches are the groups of `tree.toml`, weighted by what the
//! facts say of each responder. Below each group stand the families, which say what the refusal is about: a known
//! answer takes its branch, a known "no" leaves it, an unknown one takes all with their weights. Below the families
//! stand the causes, each weighted by how common it is in that group and by the facts that speak for or against it.
//! What arrives at a leaf is its probability.

pub mod data;
mod pages;
pub(crate) mod path;
pub mod picture;
mod questions;
mod responder;
mod table;
mod tree;

use crate::report::{Cause, Fix, Hop, Question, Responder};
use crate::signals::Signals;
use data::{CauseFile, Data};
use pages::Whose;
pub use tree::Leaf;

/// What the facts say.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Who answered.
    pub responder: Responder,
    /// Causes, most likely first.
    pub causes: Vec<Cause>,
    /// Questions, best first.
    pub questions: Vec<Question>,
    /// The path with the hop that refused.
    pub path: Vec<Hop>,
}

/// How many causes a report names.
const CAUSES: usize = 8;

/// Causes below this probability are not named.
const LEAST: f64 = 0.002;

/// Below this confidence in who answered, nothing is said of the others.
const SURE: f64 = 0.6;

/// Ranks the causes.
pub fn diagnose(signals: &Signals) -> Diagnosis {
    let data = Data::get();
    let responders = responder::posterior(data, signals);
    let leaves = tree::leaves(data, signals, &responders);
    let ranked = tree::ranked(&leaves);
    let responder = responder::describe(data, signals, &responder::informed(data, &responders, &leaves));
    let causes = ranked.iter().take(CAUSES).filter(|(_, p)| *p >= LEAST);
    let sure = data.responders.get(&responder.id).filter(|_| responder.confidence >= SURE);
    let who = sure.map(|r| (r.group.as_str(), responder.id.as_str()));
    let causes = causes.filter_map(|(id, p)| data.causes.get(*id).map(|file| cause(id, *p, file, signals, who)));
    let causes = causes.collect();
    let path = path::hops(data, signals, &responder);
    Diagnosis { path, responder, causes, questions: questions::next(data, signals, &leaves) }
}

/// The reason where no fact is one.
pub(crate) const COMMON: &str = "Nothing in the text speaks for it in particular; it is a common cause.";

/// What speaks for a cause and what speaks against it, each sentence once.
fn reasons(file: &CauseFile, signals: &Signals) -> (Vec<String>, Vec<String>) {
    let (mut because, mut against) = (Vec::new(), Vec::new());
    for says in &file.says {
        because.extend(signals.get(&says.fact).map(|s| s.text.clone()));
    }
    for evidence in file.evidence.iter().filter(|e| signals.hold(&e.when)) {
        let reasons = match &evidence.because {
            Some(because) => vec![because.clone()],
            None => data::literals(&evidence.when).filter_map(|l| signals.get(l)).map(|s| s.text.clone()).collect(),
        };
        let side = if evidence.weight >= 1.0 { &mut because } else { &mut against };
        side.extend(reasons);
    }
    for list in [&mut because, &mut against] {
        let mut seen = std::collections::BTreeSet::new();
        list.retain(|reason| seen.insert(reason.clone()));
    }
    (because, against)
}

/// A cause as the report tells it; `who` is the group and id of who answered, where that is clear.
fn cause(id: &str, probability: f64, file: &CauseFile, signals: &Signals, who: Option<(&str, &str)>) -> Cause {
    let (mut because, against) = reasons(file, signals);
    if because.is_empty() {
        because.push(COMMON.to_owned());
    }
    let holds = |condition: &String| match condition.strip_prefix(BY) {
        Some(by) => who.is_some_and(|(group, id)| group == by || id == by),
        None => signals.hold(condition),
    };
    let any = |conditions: &[String]| conditions.iter().any(holds);
    // A fix that is a question as well (they have one id) is no news to who has tried it.
    let tried = |f: &data::FixFile| signals.answers().any(|(q, answer)| q == f.id && answer != data::UNKNOWN);
    let left = |f: &&data::FixFile| (f.only.is_empty() || any(&f.only)) && !any(&f.unless) && !tried(f);
    let rank = |f: &&data::FixFile| !any(&f.first) && f.only.is_empty();
    let mut fixes: Vec<&data::FixFile> = file.fixes.iter().filter(left).collect();
    crate::ordered::sort_by_key(&mut fixes, rank);
    let whose = Whose::of(signals, who);
    Cause {
        id: id.to_owned(),
        title: file.title.clone(),
        meaning: file.meaning.clone(),
        probability: (probability * 1000.0).round() / 1000.0,
        likelihood: likelihood(probability).to_owned(),
        because,
        against,
        fixes: fixes.into_iter().map(|f| fix(f, signals, whose)).collect(),
        retry: file.retry.clone(),
        support: file.support.clone(),
        myth: file.myth.clone(),
        sources: file.sources.clone(),
    }
}

/// Probabilities in words, the highest first.
pub(crate) const LIKELIHOODS: [&str; 5] =
    ["almost certain", "likely", "more likely than the others", "possible", "unlikely"];

/// A probability in words.
fn likelihood(probability: f64) -> &'static str {
    let [certain, likely, likelier, possible, unlikely] = LIKELIHOODS;
    match probability {
        p if p >= 0.9 => certain,
        p if p >= 0.7 => likely,
        p if p >= 0.4 => likelier,
        p if p >= 0.15 => possible,
        _ => unlikely,
    }
}

/// How a condition of a fix begins that names the group or the id of who answered: `by=azure`, `by=google`.
pub(crate) const BY: &str = "by=";

fn fix(file: &data::FixFile, signals: &Signals, whose: Whose) -> Fix {
    let say = |text: &String| fill(text, |name| signals.parameter(name));
    // Into a command goes only what a shell takes as it stands, whatever the paste said: `models` is quoted already.
    let word = |value: &&str| value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:/@".contains(&b));
    let run = |text: &String| fill(text, |name| signals.parameter(name).filter(|v| name == "models" || word(v)));
    Fix {
        id: file.id.clone(),
        title: say(&file.title),
        effort: file.effort.clone(),
        detail: file.detail.as_ref().map(say),
        command: file.command.as_ref().map(run).and_then(|command| whose.command(command)),
        page: file.page.as_deref().and_then(|page| whose.page(page)),
    }
}

/// Puts parameters into a text: `{scope|the missing scope}` becomes the scope that the answer named, or the words behind
/// the bar where it named none. Braces that are no parameter stay.
fn fill<'a>(text: &str, parameter: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let inner =
            after.split_once('}').and_then(|(i, next)| i.split_once('|').map(|(name, words)| (name, words, next)));
        match inner.filter(|(name, ..)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')) {
            Some((name, words, next)) => {
                filled.push_str(parameter(name).unwrap_or(words));
                rest = next;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_fall_back_to_words() {
        assert_eq!(fill("Add {scope|the scope} to {x} {", |_| None), "Add the scope to {x} {");
    }

    #[test]
    fn commands_for_azure_name_the_resource_of_the_address() {
        let text = "POST https://acme-oai.openai.azure.com/openai/deployments/team-chat/chat/completions?api-version=2024-10-21\n\
            Error code: 404 - {'error': {'code': 'DeploymentNotFound', 'message': 'The API deployment for this resource does not exist.'}}";
        let report =
            crate::inspect(crate::redact::Raw::new(text.to_owned()), &crate::redact::RedactOptions::default(), &[]);
        let fix = &report.causes[0].fixes[0];
        assert!(fix.title.contains("team-chat"), "{}", fix.title);
        assert!(fix.command.as_ref().is_some_and(|c| c.contains("=='acme-oai']")), "{:?}", fix.command);
    }

    #[test]
    fn what_was_tried_already_is_not_advised_again() {
        let fixes = |answers: &[crate::signals::Answer]| -> Vec<String> {
            let text = "HTTP/1.1 403 Forbidden\nserver: cloudflare\n\n<h1>Sorry, you have been blocked</h1>";
            let raw = crate::redact::Raw::new(text.to_owned());
            let report = crate::inspect(raw, &crate::redact::RedactOptions::default(), answers);
            let block = report.causes.iter().find(|c| c.id == "edge-ip-block");
            block.unwrap().fixes.iter().map(|f| f.id.clone()).collect()
        };
        let answer = crate::signals::Answer { question: "other-network".into(), answer: "works".into() };
        let (before, after) = (fixes(&[]), fixes(&[answer]));
        assert_eq!(before.first().map(String::as_str), Some("other-network"));
        assert!(!after.contains(&before[0]), "{after:?}");
        assert_eq!(after.first().map(String::as_str), Some("network-at-fault"));
    }

    #[test]
    fn who_is_in_a_browser_gets_what_a_browser_can_do() {
        let fixes = |text: &str| -> Vec<String> {
            let raw = crate::redact::Raw::new(text.to_owned());
            let report = crate::inspect(raw, &crate::redact::RedactOptions::default(), &[]);
            report.causes[0].fixes.iter().map(|f| f.id.clone()).collect()
        };
        let page = "Unable to load site. Please try again later. If you are using a VPN, try turning it off.";
        let person = fixes(page);
        assert_eq!(person, ["other-network", "see-address-browser", "report-ray-chatgpt"]);
        let program = fixes(&format!("codex: unexpected status 403 Forbidden: {page}"));
        assert!(program.iter().any(|f| f == "see-address"), "{program:?}");
    }

    #[test]
    fn a_bare_number_on_chatgpt_leads_to_steps_for_a_browser() {
        let asked = |text: &str, answers: &[(&str, &str)]| {
            let answers: Vec<_> = answers
                .iter()
                .map(|(q, a)| crate::signals::Answer { question: (*q).into(), answer: (*a).into() })
                .collect();
            let raw = crate::redact::Raw::new(text.to_owned());
            crate::inspect(raw, &crate::redact::RedactOptions::default(), &answers)
        };
        let next = |report: &crate::report::Report| report.questions.iter().find(|q| q.given.is_none()).cloned();
        assert_eq!(next(&asked("403", &[])).map(|q| q.id).as_deref(), Some("where"));
        assert_eq!(next(&asked("", &[])).map(|q| q.id).as_deref(), Some("where"));
        let typed = asked("my ChatGPT says 403 since this morning", &[]);
        assert!(typed.questions.iter().all(|q| q.id != "where"), "the text says it");
        for (text, place) in [("my ChatGPT says 403 since this morning", None), ("403", Some(("where", "chatgpt")))] {
            let told =
                [("words", "no-words"), ("other-network", "fails"), ("others", "no"), ("private-window", "fails")];
            let told: Vec<_> = place.into_iter().chain(told).collect();
            let answers = |n: usize| told.get(..n).unwrap_or(&told).to_vec();
            let (few, all) = (asked(text, &answers(2)), asked(text, &answers(9)));
            for report in [&few, &all] {
                assert!(report.questions.iter().all(|q| q.id != "about-other" && q.id != "looks"));
            }
            assert!(all.settled, "{:?}", all.causes.first().map(|c| (&c.id, c.probability)));
            let (first, fixes) = all.causes.first().map(|c| (c.id.as_str(), &c.fixes)).unwrap();
            assert_eq!(first, "chatgpt-no-reason");
            let fixes: Vec<_> = fixes.iter().map(|f| f.id.as_str()).collect();
            assert_eq!(fixes, ["sign-in-again", "ask-support"]);
        }
        let words = next(&typed).map(|q| q.answers).unwrap_or_default();
        assert!(words.iter().all(|a| a.id != "key"), "{words:?}");
    }

    #[test]
    fn a_preflight_that_was_answered_was_not_unreached() {
        let states = |text: &str| -> Vec<String> {
            let raw = crate::redact::Raw::new(text.to_owned());
            let report = crate::inspect(raw, &crate::redact::RedactOptions::default(), &[]);
            report.path.into_iter().map(|hop| hop.state).collect()
        };
        let text = "blocked by CORS policy: Response to preflight request doesn't pass access control check";
        assert_eq!(states(&["has been ", text].concat()), ["refused", "unknown", "unknown", "unknown"]);
    }

    #[test]
    fn what_holds_for_who_asks_and_who_answered_is_read_first() {
        let first = |text: &str| -> Option<(String, String)> {
            let raw = crate::redact::Raw::new(text.to_owned());
            let cause = crate::inspect(raw, &crate::redact::RedactOptions::default(), &[]).causes.into_iter().next()?;
            Some((cause.id.clone(), cause.fixes.first()?.id.clone()))
        };
        for (text, cause, fix) in [
            ("chatgpt.com: Too many requests in 1 hour. Try again later.", "rate-limited", "chatgpt-pause"),
            ("ChatGPT: You've hit the Free plan limit for GPT-4o.", "quota-exhausted", "plan-limit"),
            ("OpenAI's services are not available in your country.", "unsupported-region", "browser-exit"),
            (
                "AzureOpenAI: 401 Access denied due to invalid subscription key or wrong API endpoint.",
                "invalid-api-key",
                "azure-resource",
            ),
            ("chatgpt.com Verify you are human by completing the action below.", "edge-bot-challenge", "browser-once"),
            ("HTTP 429 {\"error\":{\"code\":\"insufficient_quota\"}}", "quota-exhausted", "see-balance"),
        ] {
            assert_eq!(first(text), Some((cause.to_owned(), fix.to_owned())), "{text}");
        }
    }

    #[test]
    fn nothing_in_a_paste_gets_into_a_command_but_plain_words() {
        let commands = |host: &str| -> String {
            let text = format!(
                "<h1>Sorry, you have been blocked</h1><h2>You are unable to access {host}</h2> certificate verify failed, tunnel 403 from proxy after CONNECT"
            );
            let report = crate::inspect(crate::redact::Raw::new(text), &crate::redact::RedactOptions::default(), &[]);
            report.causes.iter().flat_map(|c| &c.fixes).filter_map(|f| f.command.clone()).collect()
        };
        for hostile in
            ["$(touch-x).example", "`touch-x`.example", "x.example;touch-x", "x.example|touch-x", "x.example&touch-x"]
        {
            assert!(!commands(hostile).contains("touch-x"), "{}", commands(hostile));
        }
    }

    #[test]
    fn nothing_known_ranks_as_the_guide_does() {
        let diagnosis = diagnose(&Signals::default());
        let place = |id: &str| diagnosis.causes.iter().position(|c| c.id == id).unwrap_or(usize::MAX);
        let high = place("invalid-api-key").max(place("edge-ip-block").min(place("ip-not-allowlisted")));
        let medium = place("restricted-key-missing-scope");
        assert!(
            high < medium && medium < usize::MAX,
            "{:?}",
            diagnosis.causes.iter().map(|c| &c.id).collect::<Vec<_>>()
        );
        assert!(medium < place("rate-limited"), "rate limit is low");
        assert!(diagnosis.causes.iter().map(|c| c.probability).sum::<f64>() <= 1.0);
        assert_eq!(diagnosis.responder.id, "unknown");
    }
}
