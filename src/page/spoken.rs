//! The report's words in the page's language. The report itself is English; `locales/<language>/causes.ftl` says the same by
//! the ids of the data files. What it does not say stays English and is marked so, for those who have the page read aloud.

use crate::diagnose::path::HOPS;
use crate::report::{Cause, Fix, Hop, Question, Responder};
use crate::words::{translated, translation};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What the text says for the parameters of fixes.
pub type Parameters = BTreeMap<String, String>;

/// A text to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// Their language, where it is not the page's: the value of `lang`.
    pub lang: Option<&'static str>,
}

/// The value of `lang` for what is there in English only.
pub fn english() -> Option<&'static str> {
    translated().then_some("en")
}

fn said<'a>(id: &[&str], english_text: &'a str, parameters: &Parameters) -> Spoken<'a> {
    match translation(id, parameters) {
        Some(text) => Spoken { text: text.into(), lang: None },
        None => Spoken { text: english_text.into(), lang: english() },
    }
}

fn plain<'a>(id: &[&str], english_text: &'a str) -> Spoken<'a> {
    said(id, english_text, &Parameters::new())
}

/// What is the matter.
pub fn title(cause: &Cause) -> Spoken<'_> {
    plain(&["cause-", &cause.id], &cause.title)
}

/// What it means.
pub fn meaning(cause: &Cause) -> Spoken<'_> {
    plain(&["cause-", &cause.id, "-meaning"], &cause.meaning)
}

/// What holds for it as a whole: `retry`, `support` or `myth`.
pub fn about<'a>(cause: &Cause, what: &str, english_text: &'a str) -> Spoken<'a> {
    plain(&["cause-", &cause.id, "-", what], english_text)
}

/// How likely it is.
pub fn likelihood(cause: &Cause) -> Spoken<'_> {
    plain(&["likelihood-", &cause.likelihood.replace(' ', "-")], &cause.likelihood)
}

/// What to do, in one line.
pub fn fix_title<'a>(cause: &Cause, fix: &'a Fix, parameters: &Parameters) -> Spoken<'a> {
    said(&["cause-", &cause.id, "-fix-", &fix.id], &fix.title, parameters)
}

/// How to do it; nothing where one line is enough.
pub fn fix_detail<'a>(cause: &Cause, fix: &'a Fix, parameters: &Parameters) -> Option<Spoken<'a>> {
    let detail = fix.detail.as_deref()?;
    Some(said(&["cause-", &cause.id, "-fix-", &fix.id, "-detail"], detail, parameters))
}

/// Who answered.
pub fn responder(who: &Responder) -> Spoken<'_> {
    plain(&["responder-", &who.id], &who.title)
}

/// A stop on the way: its plain name or the responder's, and what stands behind that, such as a host.
pub fn stop<'a>(hop: &'a Hop, who: &Responder) -> Spoken<'a> {
    let name = HOPS.iter().find(|(id, _)| *id == hop.id).map_or("", |(_, name)| name);
    let (id, name) =
        if hop.state == "refused" { (["responder-", &who.id], who.title.as_str()) } else { (["stop-", &hop.id], name) };
    let rest = hop.title.strip_prefix(name).filter(|_| !name.is_empty());
    match rest.and_then(|rest| Some(translation(&id, &Parameters::new())? + rest)) {
        Some(text) => Spoken { text: text.into(), lang: None },
        None => Spoken { text: hop.title.as_str().into(), lang: english() },
    }
}

/// A question.
pub fn question(question: &Question) -> Spoken<'_> {
    plain(&["question-", &question.id], &question.text)
}

/// How to find its answer out.
pub fn how(question: &Question) -> Spoken<'_> {
    plain(&["question-", &question.id, "-how"], &question.how)
}

/// The words of one of its answers.
pub fn answer<'a>(question: &Question, id: &str, english_text: &'a str) -> Spoken<'a> {
    plain(&["question-", &question.id, "-", id], english_text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::choose;

    fn fix() -> Fix {
        Fix {
            id: "ask".to_owned(),
            title: "Ask".to_owned(),
            effort: "minutes".to_owned(),
            detail: Some("How".to_owned()),
            command: None,
            page: None,
        }
    }

    #[test]
    fn a_translation_takes_the_reports_values_and_has_words_where_there_is_none() {
        let report = crate::diagnose::diagnose(&crate::signals::Signals::default());
        let Some(cause) = report.causes.first() else { return };
        let table = format!("cause-{}-fix-ask=开通\u{1}model\u{2}\nparameter-model=该模型\n", cause.id);
        choose(&[table.leak()], |_| "other".to_owned());
        let (fix, mut values) = (fix(), Parameters::new());
        assert_eq!(fix_title(cause, &fix, &values), Spoken { text: "开通该模型".into(), lang: None });
        values.insert("model".to_owned(), "gpt-4o".to_owned());
        assert_eq!(fix_title(cause, &fix, &values).text, "开通gpt-4o");
        // What is not translated is marked as English.
        assert_eq!(fix_detail(cause, &fix, &values), Some(Spoken { text: "How".into(), lang: Some("en") }));
        choose(&[], |_| "other".to_owned());
        assert_eq!(fix_title(cause, &fix, &values), Spoken { text: "Ask".into(), lang: None });
    }

    #[test]
    fn a_stop_keeps_what_stands_behind_its_name() {
        let hop = |state: &str, title: &str| Hop { id: "provider".into(), title: title.into(), state: state.into() };
        let who = Responder { id: "openai-api".into(), title: "OpenAI's API".into(), confidence: 0.9, because: vec![] };
        choose(&["stop-provider=服务商\nresponder-openai-api=OpenAI 的 API\n"], |_| "other".to_owned());
        let said = |state: &str, title: &str| stop(&hop(state, title), &who).text.into_owned();
        assert_eq!(said("passed", "Provider: api.openai.com"), "服务商: api.openai.com");
        assert_eq!(said("refused", "OpenAI's API"), "OpenAI 的 API");
        assert_eq!(stop(&hop("passed", "Cloudflare, Hong Kong"), &who).lang, Some("en"));
    }
}
