//! Share links as people paste them: whatever a chat or a mail program made of them, they open; and what is none is read
//! as text.

use proptest::prelude::*;
use why403::inspect;
use why403::redact::{Raw, RedactOptions};
use why403::report::Report;
use why403::share;
use why403::signals::Signals;

fn paste(text: &str) -> Report {
    inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[])
}

const ERROR: &str = "HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"message\":\"Missing scopes: model.request\"}}";

#[test]
fn a_link_opens_however_it_was_passed_on() {
    let first = paste(ERROR);
    let with_text = first.link_with_text.clone().expect("it is short");
    for link in [&first.link, &with_text] {
        let wrapped = |line: &str| {
            let pieces: Vec<&str> =
                (0..link.len()).step_by(40).filter_map(|at| link.get(at..link.len().min(at + 40))).collect();
            pieces.join(line)
        };
        let (start, end) = link.split_at(10);
        for text in [
            link.clone(),
            format!("https://why403.example/{link}"),
            format!("see https://why403.example/{link}."),
            format!("https://w/{link}, thanks"),
            format!("{link}!"),
            format!("(https://w/{link})"),
            format!("[report](https://w/{link})"),
            format!("> https://w/{link}"),
            format!("`https://w/{link}`"),
            format!("*https://w/{link}*"),
            format!("_https://w/{link}_"),
            format!("'https://w/{link}'"),
            format!("“https://w/{link}”"),
            format!("https://w/{link}。"),
            format!("https://w/%23{}", link.trim_start_matches('#')),
            format!("see {link}"),
            format!("look:\nhttps://w/{link}\n"),
            format!("look:\n{link}\nthanks\n"),
            format!("https://w/?utm=1{link}"),
            format!("\u{feff}{link}\r\n"),
            format!("{start}\u{200b}{end}"),
            format!("https://w/{}", wrapped("\n")),
            format!("> https://w/{}\n", wrapped("\r\n> ")),
            wrapped("=\n"),
            format!("why403.example/{link}"),
        ] {
            let report = paste(&text);
            assert_eq!(report.notice, None, "{text}");
            assert_eq!(report.causes.first().map(|c| &c.id), first.causes.first().map(|c| &c.id), "{text}");
            assert_eq!(report.link, first.link, "{text}");
        }
    }
}

#[test]
fn what_is_no_link_is_read_as_text() {
    for text in [
        format!("{ERROR}\nsee https://docs.example.com/errors#v1.403"),
        format!("see https://docs.example.com/changelog#v4.0 and https://docs.example.com/a#v2.introduction\n{ERROR}"),
        format!("curl https://api.openai.com/v1/models -H 'X: #v1.abcdefgh'\n{ERROR}"),
    ] {
        let report = paste(&text);
        assert_eq!(report.notice, None, "{text}");
        assert!(report.facts.iter().any(|f| f.signal == "says=missing-scopes"), "{text}");
    }
}

#[test]
fn what_looks_like_a_link_is_said_to_be_none() {
    let link = paste(ERROR).link;
    for other in ["V1.", "v-1.", "V-12.", "v0."] {
        let text = link.replace("v1.", other);
        for text in [text.clone(), format!("https://w/{text}")] {
            assert!(paste(&text).notice.is_some_and(|n| n.contains("not a why403 link")), "{text}");
        }
        let beside = paste(&format!("{ERROR}\n{text}"));
        assert!(beside.notice.is_none() && beside.facts.iter().any(|f| f.signal == "says=missing-scopes"), "{text}");
    }
}

#[test]
fn a_damaged_link_is_said_to_be_where_nothing_else_was_pasted() {
    let link = paste(ERROR).link;
    let cut = link.get(..link.len() - 2).expect("ASCII");
    for text in [cut.to_owned(), format!("https://w/{cut}"), format!("https://w/{cut}AAAAAAAA")] {
        assert!(paste(&text).notice.is_some_and(|n| n.contains("damaged")), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// What base64 happens to spell (`hf_…`, `-r8_…`) is no secret.
    #[test]
    fn any_text_in_a_link_survives_pasting(text in "[a-z0-9 {}:,\"]{0,2000}") {
        if let Ok(link) = share::link(&Signals::default(), Some(&text)) {
            prop_assert_eq!(paste(&link).notice, None);
        }
    }
}
