//! The report's words in the page's language. The report itself is English; `locales/<language>/causes.ftl` says the same by
//! the ids of the data files, `said.ftl` by the ids of checks and by the sentences' own words. What they do not say stays English
//! and is marked so, for those who have the page read aloud.

use crate::diagnose::{COMMON, data::UNKNOWN, path::HOPS};
use crate::report::{Cause, Fact, Fix, Hop, Question, Responder};
use crate::words::{self, translated, translation};
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
    let own = hop
        .title
        .strip_prefix(name)
        .filter(|_| !name.is_empty())
        .map(|rest| (translation(&id, &Parameters::new()), rest));
    // Cloudflare is called so in every language; its place is a sentence of its own.
    let of = own.or_else(|| Some((Some(CLOUDFLARE.to_owned()), hop.title.strip_prefix(CLOUDFLARE)?)));
    let said = of.and_then(|(name, rest)| match rest.strip_prefix(", ") {
        Some(place) => Some([&name?, "，", &words::said(place, "")?].concat()),
        None => Some(name? + rest),
    });
    match said.filter(|_| translated()) {
        Some(text) => Spoken { text: text.into(), lang: None },
        None => Spoken { text: hop.title.as_str().into(), lang: english() },
    }
}

/// How the edge is called where its place is known.
const CLOUDFLARE: &str = "Cloudflare";

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
    match id {
        UNKNOWN => plain(&["answer-unknown"], english_text),
        _ => plain(&["question-", &question.id, "-", id], english_text),
    }
}

/// A sentence that has no id of its own.
pub fn sentence(english_text: &str) -> Spoken<'_> {
    finding("", english_text)
}

/// What a check noticed.
pub fn finding<'a>(rule: &str, message: &'a str) -> Spoken<'a> {
    match words::said(message, rule) {
        Some(text) => Spoken { text: text.into(), lang: None },
        None => Spoken { text: message.into(), lang: english() },
    }
}

/// Why what a check noticed matters (`why`), or how to mend it (`fix`).
pub fn advice<'a>(rule: &str, what: &str, english_text: &'a str) -> Spoken<'a> {
    finding(&[rule, "-", what].concat(), english_text)
}

/// A sentence of evidence: the fact that it says, in the page's language, or a reason that a data file words itself.
pub fn reason<'a>(facts: &[Fact], sentence: &'a str) -> Spoken<'a> {
    if sentence == COMMON {
        return plain(&["reason-common"], sentence);
    }
    let known = facts.iter().find(|f| f.text == sentence);
    match known.filter(|_| translated()).and_then(fact) {
        Some(text) => Spoken { text: text.into(), lang: None },
        // A reason may be what a check noticed.
        None => finding(known.and_then(|f| f.signal.strip_prefix("finding=")).unwrap_or_default(), sentence),
    }
}

/// A fact by its name in the vocabulary: by kind and value where the bundle has both, else by kind.
fn fact(fact: &Fact) -> Option<String> {
    let (kind, whole) = fact.signal.split_once('=')?;
    let kind = &kind.replace('!', "no-");
    let mut given = Parameters::new();
    let mut give = |name: &str, value: &str| given.insert(name.to_owned(), value.to_owned());
    match kind.as_str() {
        "answer" => {
            let (question, answer) = whole.split_once('.')?;
            give("question", &translation(&["question-", question], &Parameters::new())?);
            give("value", &translation(&["question-", question, "-", answer], &Parameters::new())?);
        }
        // The words themselves stand in the sentence.
        "says" => _ = give("value", fact.text.split_once('“')?.1.rsplit_once('”')?.0),
        "header" | "sent" => {
            if let Some((name, value)) = whole.split_once(':') {
                give("name", name);
                give("value", value);
                return translation(&["fact-", kind, "-value"], &given);
            }
            give("name", whole);
        }
        _ => _ = give("value", whole.trim_start_matches('.')),
    }
    translation(&["fact-", kind, "-", whole], &given).or_else(|| translation(&["fact-", kind], &given))
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

    #[test]
    fn facts_are_said_by_their_names() {
        let table = "fact-says=写着“\u{1}value\u{2}”\nfact-header-value=\u{1}name\u{2}：\u{1}value\u{2}\nfact-body-empty=空\n\
                     fact-body=\u{1}value\u{2}\nfact-answer=\u{1}question\u{2}\u{1}value\u{2}\nquestion-vpn=VPN？\nquestion-vpn-no=没有\n";
        choose(&[table], |_| "other".to_owned());
        let said = |signal: &str, text: &str| {
            let facts = [Fact { signal: signal.to_owned(), text: text.to_owned(), ..Fact::default() }];
            let spoken = reason(&facts, text);
            (spoken.text.into_owned(), spoken.lang)
        };
        assert_eq!(said("says=x", "The text says “No “x” here”."), ("写着“No “x” here”".to_owned(), None));
        assert_eq!(said("header=server:nginx", "…").0, "server：nginx");
        assert_eq!((said("body=empty", "…").0, said("body=json", "…").0), ("空".to_owned(), "json".to_owned()));
        assert_eq!(said("answer=vpn.no", "You said: Do you use a VPN? No").0, "VPN？没有");
        assert_eq!(said("path=/v1", "The path."), ("The path.".to_owned(), Some("en")));
        assert_eq!(reason(&[], "Another reason.").lang, Some("en"));
    }
}
