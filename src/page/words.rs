//! Numbers and ids in words.

use crate::intake::InputKind;
use crate::words::{text, with};

/// A probability in whole percent, for a meter from 0 to 100.
pub fn meter(probability: f64) -> String {
    // Whole numbers: the code that writes fractions is large, and every visitor would download it.
    (whole(probability * 100.0)).to_string()
}

/// The nearest whole number; 0 for what is negative or no number.
fn whole(value: f64) -> u32 {
    (value + 0.5) as u32
}

/// A probability as people say it: `92 %`, `under 1 %`, `over 99 %`.
pub fn percent(probability: f64) -> String {
    let value = probability * 100.0;
    if value > 0.0 && value < 1.0 {
        text("percent-under").to_owned()
    } else if value > 99.0 && value < 100.0 {
        text("percent-over").to_owned()
    } else {
        with("percent", &[("n", &whole(value).to_string())])
    }
}

/// A size in decimal units: `8.1 kB`.
pub fn size(bytes: f64) -> String {
    if bytes < 1000.0 {
        with("bytes", &[("n", &whole(bytes).to_string())])
    } else if bytes < 1e6 {
        with("kilobytes", &[("n", &tenths(bytes / 1e3))])
    } else {
        with("megabytes", &[("n", &tenths(bytes / 1e6))])
    }
}

/// A number with one decimal place.
fn tenths(value: f64) -> String {
    let tenths = whole(value * 10.0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// How much work a fix is. An unknown id stands for itself.
pub fn effort(id: &str) -> &str {
    match id {
        "minutes" => text("effort-minutes"),
        "hours" => text("effort-hours"),
        "administrator" => text("effort-administrator"),
        other => other,
    }
}

/// What a hop did. An unknown state stands for itself.
pub fn hop_state<'a>(hop: &str, state: &'a str) -> &'a str {
    match state {
        "passed" if hop == "client" => text("hop-sent"),
        "passed" => text("hop-passed"),
        "refused" => text("hop-refused"),
        "unreached" => text("hop-unreached"),
        "unknown" => text("hop-unknown"),
        other => other,
    }
}

/// What kind of text was read.
pub fn kind(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Curl => text("kind-curl"),
        InputKind::Powershell => text("kind-powershell"),
        InputKind::Fetch => text("kind-fetch"),
        InputKind::Http => text("kind-http"),
        InputKind::Har => text("kind-har"),
        InputKind::Log => text("kind-log"),
        InputKind::Traceback => text("kind-traceback"),
        InputKind::Json => text("kind-json"),
        InputKind::Html => text("kind-html"),
        InputKind::Text => text("kind-text"),
        InputKind::Link => text("kind-link"),
    }
}

/// A kind of secret as people read it: `openai-project-key` becomes `openai project key`.
pub fn secret(kind: &str) -> String {
    kind.replace('-', " ")
}

/// A sentence cut at its backticks: what stands between two of them is code. A lone one stands for itself.
pub fn with_code(sentence: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = sentence;
    while let Some((before, code, after)) = rest.split_once('`').and_then(|(before, tail)| {
        // A quotation may end before its second backtick.
        let (code, after) = tail.split_once('`').or_else(|| tail.split_at_checked(tail.find('”')?))?;
        Some((before, code, after))
    }) {
        parts.extend([(before, false), (code, true)]);
        rest = after;
    }
    parts.push((rest, false));
    parts.retain(|(text, _)| !text.is_empty());
    parts
}

/// The host of an `https` address, for the text of a link to it; none for anything else.
pub fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://")?;
    rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_never_claim_certainty_they_lack() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.004), "under 1 %");
        assert_eq!(percent(0.915), "92 %");
        assert_eq!(percent(0.996), "over 99 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!((meter(0.915), meter(f64::NAN)), ("92".to_owned(), "0".to_owned()));
    }

    #[test]
    fn sizes() {
        assert_eq!(size(812.0), "812 bytes");
        assert_eq!(size(8123.0), "8.1 kB");
        assert_eq!(size(107_000_000.0), "107.0 MB");
    }

    #[test]
    fn backticks_mark_code_in_pairs() {
        assert_eq!(
            with_code("The `a` and `b`."),
            [("The ", false), ("a", true), (" and ", false), ("b", true), (".", false)]
        );
        assert_eq!(with_code("It`s"), [("It`s", false)]);
        let cut = with_code("It says “no `gpt-4o”.");
        assert_eq!(cut, [("It says “no ", false), ("gpt-4o", true), ("”.", false)]);
        assert_eq!(with_code("`` x"), [(" x", false)]);
        assert!(with_code("").is_empty());
    }

    #[test]
    fn only_https_addresses_become_links() {
        assert_eq!(host("https://platform.openai.com/api-keys?x#y"), Some("platform.openai.com"));
        assert_eq!(host("javascript:alert(1)"), None);
        assert_eq!(host("RFC 9110, section 15.5.4"), None);
        assert_eq!(host("https:///x"), None);
    }
}
