//! What the page shows, what can happen to it, and how one follows from the other. No clock, no storage, no document.

use crate::redact::RedactOptions;
use crate::report::Report;
use crate::signals::Answer;
use crate::span::Span;
use std::rc::Rc;

/// Everything that the page shows, except the text in the box, which only the browser holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The stage.
    pub screen: Screen,
    /// Where the shown report's text came from.
    pub source: Source,
    /// The newest job; replies to older ones are dropped.
    pub latest: u32,
    /// The job that brought the text as a whole (a paste, a file, an example, a link); none while it is typed.
    pub fresh: Option<u32>,
    /// The `fresh` of the text whose report is shown, which lags behind while the engine is at work.
    pub shown: Option<u32>,
    /// What the visitor said to questions.
    pub answers: Vec<Answer>,
    /// Fixes ticked off: cause and fix.
    pub ticked: Vec<(String, String)>,
    /// The stretch of redacted text that is pointed at.
    pub lit: Option<Span>,
    /// The share link takes the redacted text along.
    pub with_text: bool,
    /// What else is to be taken out.
    pub options: RedactOptions,
}

/// The stage: what the part below the box shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Screen {
    /// Nothing asked yet.
    #[default]
    Idle,
    /// The engine is at work; the report before stays on the page meanwhile, so that nothing jumps.
    Working(Option<Rc<Report>>),
    /// A diagnosis.
    Done(Rc<Report>),
    /// The engine gave no answer.
    Failed(Failure, Option<Rc<Report>>),
}

/// Where a text came from.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Source {
    /// The box holds it.
    #[default]
    Box,
    /// It was too large for the box: only its report is here.
    Large {
        /// The file's name; none for a paste.
        name: Option<String>,
        /// Its size in bytes.
        bytes: f64,
    },
    /// A share link's fragment, with its `#`.
    Link(String),
}

/// Why there is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The engine's files did not load.
    Load,
    /// The engine crashed on this text.
    Crashed,
    /// It took too long and was stopped.
    Slow,
    /// The file is not text.
    NotText,
    /// The file could not be read.
    Unreadable,
    /// The file is larger than a browser can hold as text.
    TooLarge,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A job was given to the engine.
    Sent {
        /// Its number; numbers rise.
        id: u32,
        /// What it reads.
        source: Source,
        /// A new text: what was answered and ticked for the old one no longer counts.
        fresh: bool,
    },
    /// The engine answered.
    Replied {
        /// The job's number.
        id: u32,
        /// Its report.
        report: Rc<Report>,
    },
    /// The engine did not answer.
    Failed {
        /// The job's number.
        id: u32,
        /// Why.
        failure: Failure,
    },
    /// The engine could not be started at all.
    EngineLost,
    /// The visitor's answers, all of them, after one was given or taken back.
    Answered(Vec<Answer>),
    /// What is typed is no longer the text that was answered for: nothing that was said for it counts.
    Another,
    /// A fix was ticked or unticked: cause and fix.
    Ticked(String, String),
    /// A stretch of text is pointed at, or none.
    Lit(Option<Span>),
    /// The tick box of the share link.
    WithText(bool),
    /// What else is to be taken out.
    Options(RedactOptions),
    /// The box was emptied.
    Cleared,
}

impl Screen {
    /// The report on the page, also while a newer one is being made.
    pub fn report(&self) -> Option<&Rc<Report>> {
        match self {
            Screen::Done(report) => Some(report),
            Screen::Working(report) | Screen::Failed(_, report) => report.as_ref(),
            Screen::Idle => None,
        }
    }
}

impl State {
    /// The report on the page, also while a newer one is being made.
    pub fn report(&self) -> Option<&Rc<Report>> {
        self.screen.report()
    }

    /// The report where it diagnoses something: that of a link that could not be opened is its notice and no more.
    pub fn diagnosed(&self) -> Option<&Rc<Report>> {
        self.report().filter(|report| report.notice.is_none() || !report.causes.is_empty())
    }

    /// The answers after `answer` is given to `question`; none takes it back. A changed one stays where it was.
    pub fn answered(&self, question: &str, answer: Option<&str>) -> Vec<Answer> {
        let mut answers = self.answers.clone();
        let at = answers.iter().position(|a| a.question == question);
        if let Some(at) = at {
            answers.remove(at);
        }
        if let Some(answer) = answer {
            let new = Answer { question: question.to_owned(), answer: answer.to_owned() };
            answers.insert(at.unwrap_or(answers.len()), new);
        }
        answers
    }

    /// The state after `action`.
    #[must_use]
    pub fn reduce(&self, action: Action) -> State {
        let mut next = self.clone();
        match action {
            Action::Sent { id, source, fresh } => {
                next.latest = id;
                next.screen = Screen::Working(self.report().cloned());
                next.lit = None;
                if fresh {
                    next.fresh = Some(id);
                    next.forget();
                }
                next.source = source;
            }
            Action::Replied { id, report } if id == self.latest => {
                let report = match (&self.source, self.report()) {
                    (Source::Large { .. }, Some(old)) if self.asks_again() => rejudged(old, &report),
                    _ => report,
                };
                next.with_text &= report.link_with_text.is_some();
                next.shown = next.fresh;
                next.screen = Screen::Done(report);
            }
            Action::Failed { id, failure } if id == self.latest => {
                next.screen = Screen::Failed(failure, self.report().cloned());
            }
            Action::Replied { .. } | Action::Failed { .. } => {}
            Action::EngineLost => next.screen = Screen::Failed(Failure::Load, self.report().cloned()),
            Action::Answered(answers) => next.answers = answers,
            Action::Another => next.forget(),
            Action::Ticked(cause, fix) => {
                let key = (cause, fix);
                match next.ticked.iter().position(|ticked| *ticked == key) {
                    Some(at) => drop(next.ticked.remove(at)),
                    None => next.ticked.push(key),
                }
            }
            Action::Lit(span) => next.lit = span,
            Action::WithText(on) => next.with_text = on,
            Action::Options(options) => next.options = options,
            Action::Cleared => {
                next = State { latest: self.latest + 1, options: self.options, ..State::default() };
            }
        }
        next
    }

    /// Drops what the visitor said about a text.
    fn forget(&mut self) {
        self.answers.clear();
        self.ticked.clear();
        self.with_text = false;
    }

    /// True where the running job only judges a large text's facts again, with the visitor's answers.
    fn asks_again(&self) -> bool {
        !self.answers.is_empty() || self.report().is_some_and(|r| r.questions.iter().any(|q| q.given.is_some()))
    }
}

/// A large text is not kept: its facts are judged again through its own link, and the rest of its report stays.
fn rejudged(old: &Report, new: &Report) -> Rc<Report> {
    Rc::new(Report {
        responder: new.responder.clone(),
        causes: new.causes.clone(),
        settled: new.settled,
        questions: new.questions.clone(),
        path: new.path.clone(),
        link: new.link.clone(),
        ..old.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{inspect, redact::Raw};

    fn report(text: &str) -> Rc<Report> {
        Rc::new(inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]))
    }

    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::default(), |state, action| state.reduce(action))
    }

    fn sent(id: u32) -> Action {
        Action::Sent { id, source: Source::Box, fresh: false }
    }

    #[test]
    fn an_outdated_reply_is_dropped() {
        let state = after([sent(1), sent(2), Action::Replied { id: 1, report: report("old") }]);
        assert_eq!(state.screen, Screen::Working(None));
        let state = state.reduce(Action::Failed { id: 1, failure: Failure::Crashed });
        assert_eq!(state.screen, Screen::Working(None));
        let new = report("new");
        let state = state.reduce(Action::Replied { id: 2, report: new.clone() });
        assert_eq!(state.screen, Screen::Done(new));
    }

    #[test]
    fn the_report_stays_while_the_next_is_made_and_when_it_fails() {
        let first = report("first");
        let state = after([sent(1), Action::Replied { id: 1, report: first.clone() }, sent(2)]);
        assert_eq!(state.report(), Some(&first));
        let state = state.reduce(Action::Failed { id: 2, failure: Failure::Slow });
        assert_eq!(state.screen, Screen::Failed(Failure::Slow, Some(first)));
    }

    #[test]
    fn a_fresh_text_forgets_answers_and_ticks() {
        let answers = State::default().answered("vpn", Some("yes"));
        let before = after([Action::Answered(answers.clone()), Action::Ticked("a".into(), "b".into())]);
        let edited = before.reduce(sent(1));
        assert_eq!(edited.answers, answers);
        assert_eq!(edited.ticked.len(), 1);
        let fresh = before.reduce(Action::Sent { id: 1, source: Source::Box, fresh: true });
        assert!(fresh.answers.is_empty() && fresh.ticked.is_empty());
    }

    #[test]
    fn another_text_that_is_typed_forgets_the_same_and_takes_no_focus() {
        let answers = State::default().answered("vpn", Some("yes"));
        let before = after([Action::Answered(answers), Action::Ticked("a".into(), "b".into()), Action::WithText(true)]);
        let typed = after([]).reduce(Action::Another);
        assert_eq!(before.reduce(Action::Another), typed);
        assert_eq!(typed.fresh, None);
    }

    #[test]
    fn a_fresh_text_is_shown_with_its_report_and_not_before() {
        let fresh = |id| Action::Sent { id, source: Source::Box, fresh: true };
        let state = after([fresh(1), Action::Replied { id: 1, report: report("first") }, fresh(2)]);
        assert_eq!((state.fresh, state.shown), (Some(2), Some(1)));
        assert_eq!(state.reduce(Action::Replied { id: 2, report: report("second") }).shown, Some(2));
    }

    #[test]
    fn an_answer_can_be_changed_and_taken_back() {
        let mut state = State::default();
        state.answers = state.answered("vpn", Some("yes"));
        state.answers = state.answered("other", Some("no"));
        state.answers = state.answered("vpn", Some("no"));
        let said: Vec<_> = state.answers.iter().map(|a| (&*a.question, &*a.answer)).collect();
        assert_eq!(said, [("vpn", "no"), ("other", "no")]);
        assert_eq!(state.answered("vpn", None).len(), 1);
    }

    #[test]
    fn a_large_text_keeps_its_findings_when_judged_again() {
        let large = Source::Large { name: Some("a.har".into()), bytes: 9e6 };
        let mut first = (*report("x")).clone();
        first.redacted = None;
        first.problems.push(crate::report::Problem { message: "kept".into(), line: 1, column: 1 });
        let state = after([
            Action::Sent { id: 1, source: large.clone(), fresh: true },
            Action::Replied { id: 1, report: Rc::new(first) },
            Action::Answered(State::default().answered("vpn", Some("yes"))),
            Action::Sent { id: 2, source: large, fresh: false },
            Action::Replied { id: 2, report: report("y") },
        ]);
        let shown = state.report().expect("a report");
        assert_eq!(shown.problems.len(), 1);
        assert_eq!(shown.redacted, None);
    }

    #[test]
    fn clearing_drops_the_running_job() {
        let state = after([sent(7), Action::Cleared, Action::Replied { id: 7, report: report("late") }]);
        assert_eq!(state.screen, Screen::Idle);
    }
}
