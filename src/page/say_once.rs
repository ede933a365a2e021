//! Evidence without repetition: what another sentence says more fully is left out.
//!
//! A sentence of evidence is an opening and what it quotes: “The request's path contains `/v1/chat`”. One covers another where
//! the opening is the same and the quotation holds the other's; what is merely mentioned is covered by any that quotes it.

use crate::report::{Fact, Report};
use crate::span::Span;

/// One sentence of evidence as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The sentence.
    pub text: String,
    /// Where in the redacted text it was read.
    pub span: Option<Span>,
    /// The fact, such as `status=403`; none where the sentence is no fact.
    pub signal: Option<String>,
}

/// The sentences that speak for the verdict, and the other facts; each said once.
pub fn evidence(report: &Report) -> (Vec<Evidence>, Vec<Evidence>) {
    let because: &[String] =
        report.causes.first().filter(|_| report.settled).map(|cause| &*cause.because).unwrap_or_default();
    let reasons: Vec<&str> = distinct(because.iter().map(String::as_str).collect());
    let spoken = reasons.iter().map(|text| {
        let fact = report.facts.iter().find(|f| f.text == *text);
        Evidence { text: (*text).to_owned(), span: fact.and_then(|f| f.span), signal: fact.map(|f| f.signal.clone()) }
    });
    let texts = distinct(report.facts.iter().map(|f| &*f.text).collect());
    let told = |fact: &&Fact| texts.contains(&&*fact.text) && !reasons.iter().any(|r| covers(r, &fact.text));
    let mut others: Vec<Evidence> = Vec::new();
    for fact in report.facts.iter().filter(told) {
        if !others.iter().any(|o| o.text == fact.text) {
            others.push(Evidence { text: fact.text.clone(), span: fact.span, signal: Some(fact.signal.clone()) });
        }
    }
    (spoken.collect(), others)
}

/// The sentences that no other covers, in their order.
pub fn distinct(sentences: Vec<&str>) -> Vec<&str> {
    let covered = |(i, short): (usize, &&str)| {
        sentences.iter().enumerate().any(|(j, long)| i != j && covers(long, short) && (*long != *short || j < i))
    };
    let kept: Vec<bool> = sentences.iter().enumerate().map(|each| !covered(each)).collect();
    sentences.iter().zip(kept).filter(|(_, keep)| *keep).map(|(s, _)| *s).collect()
}

/// True where `long` says everything that `short` says.
pub fn covers(long: &str, short: &str) -> bool {
    if long == short {
        return true;
    }
    let (Some((opening, quoted)), Some((its_opening, its_quoted))) = (parts(long), parts(short)) else { return false };
    let same_kind = opening == its_opening || its_opening == MENTION;
    same_kind && quoted.len() >= its_quoted.len() && quoted.to_ascii_lowercase().contains(&its_quoted.to_ascii_lowercase())
        // Two that quote the same differ in what they say of it, unless one only mentions it.
        && (quoted != its_quoted || opening != MENTION)
}

/// How a sentence begins whose fact is merely mentioned.
const MENTION: &str = "The text mentions ";

/// A sentence's opening and what it quotes.
fn parts(sentence: &str) -> Option<(&str, &str)> {
    let (opening, rest) = sentence.split_once(['`', '“'])?;
    let end = rest.rfind(['`', '”'])?;
    Some((opening, rest.get(..end)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};

    #[test]
    fn a_sentence_is_left_out_where_a_longer_one_says_it() {
        let said = [
            "The request went to `api.openai.com`.",
            "The request went to `openai.com`.",
            "The request went to `api.openai.com`.",
            "The text mentions `openai.com`.",
            "The text mentions `OpenAI`.",
            "The text says “Incorrect API key provided”.",
            "The text says “Incorrect API key provided: sk-…”.",
            "The status is 401 Unauthorized.",
            "The answer has the header `cf-ray`.",
        ];
        assert_eq!(
            distinct(said.to_vec()),
            [
                "The request went to `api.openai.com`.",
                "The text says “Incorrect API key provided: sk-…”.",
                "The status is 401 Unauthorized.",
                "The answer has the header `cf-ray`.",
            ]
        );
    }

    #[test]
    fn a_lone_mention_stays() {
        assert_eq!(distinct(vec!["The text mentions `x`."]).len(), 1);
        assert_eq!(distinct(vec!["The text mentions `x`.", "The text mentions `x`."]).len(), 1);
    }

    #[test]
    fn reasons_have_their_place_and_are_not_repeated_among_the_other_facts() {
        let text = include_str!("../../static/samples/incorrect-key.txt");
        let report = crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
        let (because, others) = evidence(&report);
        assert!(because.iter().any(|e| e.span.is_some() && e.signal.is_some()), "{because:?}");
        assert!(because.iter().all(|b| others.iter().all(|o| o.text != b.text)));
        assert!(
            others.len() + because.len() < report.facts.len() * 3 / 4,
            "{} of {}",
            others.len(),
            report.facts.len()
        );
    }
}
