//! Which of several failures a paste is about: the last, told apart from the others, so that no verdict is made of two.

use super::model::{Exchange, InputKind, Intake, Request, Response};
use crate::ordered;
use crate::span::Span;

/// How many other failures a sentence names.
const NAMED: usize = 3;

/// The exchange to explain, and what is to be kept out of its explanation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failures {
    /// The exchange to explain, by its place in the list; none where there is none.
    pub subject: Option<usize>,
    /// True where it failed by its status.
    pub failed: bool,
    /// Exchanges that failed in another way.
    pub others: Vec<usize>,
    /// What the text says of those, in order.
    pub skip: Vec<Span>,
    /// Another status that the words around the answer speak of.
    pub spoken: Option<u16>,
}

/// An answer that refuses the call. A server's own failure often only passes on such an answer.
fn refuses(exchange: &Exchange) -> bool {
    let status = |r: &Response| r.status.filter(|_| !r.from_proxy);
    exchange.response.as_ref().and_then(status).is_some_and(|s| (400..500).contains(&s))
}

/// A status in words, without anything of the answer or the call.
fn bare(exchange: &Exchange) -> bool {
    let empty = |r: &Response| r.fields.is_empty() && r.content.is_none();
    exchange.request.is_none() && exchange.response.as_ref().is_some_and(empty)
}

fn status(exchange: &Exchange) -> Option<u16> {
    exchange.response.as_ref().and_then(|r| r.status)
}

fn fails(exchange: &Exchange) -> bool {
    exchange.response.as_ref().and_then(|r| r.status).is_some_and(|s| s >= 400)
}

impl Intake {
    /// Tells the failures of the paste apart.
    pub fn failures(&self, text: &str) -> Failures {
        let last = |wanted: fn(&Exchange) -> bool| self.exchanges.iter().rposition(wanted);
        // An answer that is shown counts more than the number in somebody's words about it.
        let failed = last(|e| refuses(e) && !bare(e)).or_else(|| last(refuses)).or_else(|| last(fails));
        let failed = failed.map(|n| self.before_retries(n).unwrap_or(n));
        let subject = failed.or(self.exchanges.len().checked_sub(1));
        let mut out = Failures { subject, failed: failed.is_some(), ..Failures::default() };
        let Some((number, own)) = subject.and_then(|n| Some((n, self.exchanges.get(n)?))) else { return out };
        if !refuses(own) {
            return out;
        }
        let said = own.response.as_ref().map(words).unwrap_or_default();
        let words_only = |e: &Exchange| bare(e) && !bare(own);
        let spoken = self.exchanges.iter().rev().filter(|e| words_only(e) && refuses(e));
        out.spoken = spoken.filter_map(status).find(|s| Some(*s) != status(own));
        let other = |e: &Exchange| {
            !words_only(e) && refuses(e) && e.response.as_ref().is_some_and(|r| differs(own, e, &said, r))
        };
        out.others =
            (0..self.exchanges.len()).filter(|n| *n != number && self.exchanges.get(*n).is_some_and(other)).collect();
        if !out.others.is_empty() {
            out.skip = self.territories(text, number, &out.others);
        }
        out
    }

    /// The refusal that a client ran into again and again, until it was told at last, of no request in particular, that it calls too
    /// often: the latter explains nothing.
    fn before_retries(&self, number: usize) -> Option<usize> {
        let at_last = self.exchanges.get(number).filter(|e| e.request.is_none() && status(e) == Some(429));
        let before = at_last.and_then(|_| self.exchanges.get(..number))?;
        before.iter().rposition(|e| refuses(e) && e.request.is_some() && status(e) != Some(429))
    }

    /// The stretches of text from the beginning of each of the `others` to that of the exchange behind it.
    fn territories(&self, text: &str, subject: usize, others: &[usize]) -> Vec<Span> {
        let extents: Vec<Option<Span>> = self.exchanges.iter().map(extent).collect();
        let begins = |at: usize| {
            memchr::memrchr(b'\n', text.as_bytes().get(..at).unwrap_or_default()).map_or(0, |line| line + 1)
        };
        let mut starts: Vec<usize> = extents.iter().flatten().map(|s| begins(s.start)).collect();
        ordered::sort_by(&mut starts, Ord::cmp);
        let own = extents.get(subject).copied().flatten();
        let mut skip: Vec<Span> = others
            .iter()
            .filter_map(|n| extents.get(*n).copied().flatten())
            .map(|span| {
                let start = begins(span.start);
                let next = starts.get(starts.partition_point(|s| *s <= start)).copied().unwrap_or(text.len());
                Span::new(start, next)
            })
            // Two on one line cannot be told apart by their places.
            .filter(|s| own.is_none_or(|own| own.end <= s.start || s.end <= own.start))
            .collect();
        ordered::sort_by(&mut skip, Ord::cmp);
        skip.dedup();
        skip
    }

    /// What the exchange to explain says, where the text as a whole is about many (an archive of everything that a page
    /// loaded): its answer alone. None where the text itself is to be read.
    pub fn extract(&self, failures: &Failures) -> Option<String> {
        if self.kind != InputKind::Har || self.exchanges.len() < 2 || !failures.failed {
            return None;
        }
        let exchange = self.exchanges.get(failures.subject?)?;
        let mut out = String::new();
        if let Some(request) = &exchange.request {
            out.extend([&request.method, " ", &request.url, "\n"]);
            // Which kind of key was sent is known from what stands in its place.
            let secrets = request.fields.iter().filter(|f| f.value.contains("{{redacted"));
            secrets.for_each(|f| out.extend([&*f.value, "\n"]));
        }
        let response = exchange.response.as_ref()?;
        out.extend(["\nHTTP/1.1 ", &response.status.unwrap_or_default().to_string(), "\n"]);
        response.fields.iter().for_each(|f| out.extend([&*f.name, ": ", &*f.value, "\n"]));
        out.extend(["\n", response.content.as_ref().map_or("", |c| c.text.as_str())]);
        Some(out)
    }

    /// A sentence that says which failure is explained, where there are several.
    pub fn about(&self, failures: &Failures) -> Option<String> {
        if let (Some(spoken), true) = (failures.spoken, failures.others.is_empty()) {
            let shown = status(self.exchanges.get(failures.subject?)?)?;
            let meaning = match shown {
                400 => "the request could not be taken as it is",
                401 => "the credential was not accepted, or may not be used so",
                402 => "somebody has to pay first",
                403 => "who asks is known, and may not do this",
                404 => "what was asked for is not there, or not for this caller",
                407 => "a proxy on the way wants a password",
                429 => "a limit or a quota was reached",
                _ => "the call was refused",
            };
            return Some(format!(
                "The words around it speak of {spoken}, but the answer itself is a {shown}: {meaning}. The diagnosis goes by the answer."
            ));
        }
        let subject = self.exchanges.get(failures.subject.filter(|_| !failures.others.is_empty())?)?;
        let mut named: Vec<String> = Vec::new();
        let mut left = 0;
        for other in failures.others.iter().rev().filter_map(|n| self.exchanges.get(*n)).map(name) {
            match () {
                () if named.contains(&other) => {}
                () if named.len() < NAMED => named.push(other),
                () => left += 1,
            }
        }
        let more = if left > 0 { format!(" and {left} more") } else { String::new() };
        Some(format!(
            "This text holds several failures. The diagnosis is about the last: {}. Not about: {}{more}. Paste another alone to have it explained.",
            name(subject),
            named.join("; ")
        ))
    }
}

/// True where two refusals have nothing to do with each other: another status, or another message. That of a retry is the
/// same but for its numbers.
fn differs(own: &Exchange, other: &Exchange, said: &str, response: &Response) -> bool {
    let says = words(response);
    status(own) != status(other) || !said.is_empty() && !says.is_empty() && said != says
}

/// The words of an answer's content, without what differs from answer to answer: numbers, ids.
fn words(response: &Response) -> String {
    let text = response.content.as_ref().map_or("", |c| c.text.as_str());
    let plain = |w: &&str| w.len() > 1 && !w.bytes().any(|b| b.is_ascii_digit());
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(plain).take(60).collect::<Vec<_>>().join(" ")
}

/// Where an exchange stands, from its first place to its last.
fn extent(exchange: &Exchange) -> Option<Span> {
    let mut all: Option<Span> = None;
    let mut add = |span: Option<Span>| {
        if let Some(s) = span.filter(|s| s.end > s.start) {
            all = Some(all.map_or(s, |a| Span::new(a.start.min(s.start), a.end.max(s.end))));
        }
    };
    if let Some(Request { method_span, url_span, fields, content, .. }) = &exchange.request {
        [*method_span, *url_span, content.as_ref().and_then(|c| c.span)].into_iter().for_each(&mut add);
        fields.iter().for_each(|f| add(f.span));
    }
    if let Some(Response { status_span, fields, content, .. }) = &exchange.response {
        [*status_span, content.as_ref().and_then(|c| c.span)].into_iter().for_each(&mut add);
        fields.iter().for_each(|f| add(f.span));
    }
    all
}

/// `POST https://…: 403`.
fn name(exchange: &Exchange) -> String {
    let status = exchange.response.as_ref().and_then(|r| r.status).map_or("?".to_owned(), |s| s.to_string());
    match exchange.request.as_ref().filter(|r| !r.url.is_empty()) {
        Some(request) => {
            let url = request.url.split(['?', '#']).next().unwrap_or_default();
            let url: String = url.chars().take(100).collect();
            let space = if request.method.is_empty() { "" } else { " " };
            format!("{}{space}{url} ({status})", request.method)
        }
        None => format!("an answer of {status}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::read_text;

    const LOG: &str = "curl https://api.openai.com/v1/models\nHTTP/1.1 403 Forbidden\n\n{\"error\":{\"code\":\"unsupported_country_region_territory\",\"message\":\"Country, region, or territory not supported\"}}\n\ncurl https://api.openai.com/v1/chat/completions -d '{}'\nHTTP/1.1 429 Too Many Requests\n\n{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"You exceeded your current quota\"}}\n";

    #[test]
    fn the_last_of_two_failures_is_explained() {
        let intake = read_text(LOG);
        let failures = intake.failures(LOG);
        assert_eq!((failures.subject, failures.others.as_slice()), (Some(1), &[0][..]));
        assert_eq!(failures.skip.len(), 1);
        let skipped = failures.skip[0].of(LOG);
        assert!(skipped.starts_with("curl https://api.openai.com/v1/models") && skipped.contains("territory not"));
        assert!(!skipped.contains("429") && !skipped.contains("completions"));
        assert!(intake.about(&failures).is_some_and(|s| s.contains("completions (429)") && s.contains("models (403)")));
    }

    #[test]
    fn the_answer_counts_more_than_the_words_about_it() {
        let answer = "HTTP/2 401\n\n{\"error\":{\"message\":\"Incorrect API key provided\"}}";
        for text in
            [format!("I keep getting a 403 error:\n\n{answer}\n"), format!("{answer}\n\nWhy is it 403 Forbidden?\n")]
        {
            let intake = read_text(&text);
            let failures = intake.failures(&text);
            let subject = failures.subject.and_then(|n| intake.exchanges[n].response.as_ref()?.status);
            assert_eq!((subject, failures.others.len(), failures.skip.len()), (Some(401), 0, 0), "{text}");
            assert_eq!(failures.spoken, Some(403), "{text}");
            assert!(intake.about(&failures).is_some_and(|s| s.contains("403") && s.contains("401")));
        }
        let text = format!("I keep getting a 401 error:\n\n{answer}\n");
        assert_eq!(read_text(&text).about(&read_text(&text).failures(&text)), None);
    }

    #[test]
    fn what_was_refused_before_the_retries_is_explained() {
        let end = "exceeded retry limit, last status: 429 Too Many Requests\nrequest id: req_1";
        let refused = "unexpected status 403 Forbidden: Unknown error\nurl: https://api.openai.com/v1/responses\n\n";
        let status = |text: &str| {
            let intake = read_text(text);
            let subject = intake.failures(text).subject;
            subject.and_then(|n| intake.exchanges[n].response.as_ref()?.status)
        };
        assert_eq!(status(&[refused, end].concat()), Some(403));
        assert_eq!(status(end), Some(429));
    }

    #[test]
    fn a_retry_of_the_same_is_no_other_failure() {
        let one = |id: u8| {
            format!(
                "HTTP/1.1 429 Too Many Requests\nx-request-id: req_{id}\n\n{{\"error\":{{\"message\":\"Limit 3, used {id}\"}}}}\n\n"
            )
        };
        let text = one(1) + &one(2);
        let intake = read_text(&text);
        assert_eq!(intake.exchanges.len(), 2);
        assert!(intake.failures(&text).others.is_empty());
    }

    #[test]
    fn what_a_server_passes_on_is_no_failure_of_its_own() {
        let text = "HTTP/1.1 403 Forbidden\n\n{\"error\":\"a\"}\n\nHTTP/1.1 502 Bad Gateway\n\nupstream\n";
        let failures = read_text(text).failures(text);
        assert_eq!((failures.subject, failures.others.len()), (Some(0), 0));
    }
}
