//! Message templates: fixed pieces of text with parameters between them, such as `Missing scopes: {scope}.`

use super::canon::Canon;
use crate::span::Span;
use memchr::memmem;

/// How many canonical bytes a parameter may take.
const LONGEST_PARAMETER: usize = 240;

/// How many bytes may stand between words that belong together wherever they are near each other: `key|token {near} missing|empty`.
const NEAR: usize = 28;

/// A template in canonical spelling.
#[derive(Debug, Clone)]
pub struct Template {
    /// The fixed pieces in order; the first is not empty.
    pieces: Vec<String>,
    /// The parameters between them: `names[i]` stands before `pieces[i + 1]`, or at the end.
    names: Vec<String>,
    /// True where markup belongs to the template.
    pub markup: bool,
    /// True where the first parameter goes on with the word that the first piece begins: `req_011{id}`.
    open: bool,
    /// True where words near each other are looked for instead of a sentence; each piece names alternatives then.
    near: bool,
}

/// Where a template was found, with what its parameters held there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Stretch of the original text.
    pub span: Span,
    /// Parameter name and its original text, trimmed.
    pub parameters: Vec<(String, String)>,
}

impl Template {
    /// Reads a template. None where there is no fixed text to look for.
    pub fn new(text: &str) -> Option<Self> {
        let markup = text.contains('<');
        let (mut pieces, mut names) = (Vec::new(), Vec::new());
        let open = text.split_once('{').is_some_and(|(fixed, _)| fixed.ends_with(|c: char| c.is_alphanumeric()));
        let mut rest = text;
        loop {
            let (fixed, after) = rest.split_once('{').map_or((rest, None), |(f, a)| (f, Some(a)));
            pieces.push(Canon::spelling(fixed, markup));
            let Some((name, next)) = after.and_then(|a| a.split_once('}')) else { break };
            names.push(name.to_owned());
            rest = next;
        }
        // The space between a piece and a parameter is part of the parameter: quotes may stand there instead.
        let pieces: Vec<String> = pieces.iter().map(|p| p.trim().to_owned()).collect();
        (!pieces.first()?.is_empty()).then_some(Self { pieces, names, markup, open, near: text.contains(BESIDE) })
    }

    /// The first place in `canon` where the whole template stands.
    pub fn find(&self, canon: &Canon, original: &str) -> Option<Match> {
        let first = self.pieces.first()?;
        if self.near {
            return self.find_near(canon, original);
        }
        if !self.pieces.iter().all(|piece| canon.may_hold(piece)) {
            return None;
        }
        let finder = memmem::Finder::new(first);
        finder.find_iter(canon.text.as_bytes()).find_map(|start| self.match_at(canon, original, start))
    }

    /// The first of the alternatives of two pieces that stand near each other.
    fn find_near(&self, canon: &Canon, original: &str) -> Option<Match> {
        let [first, second] = self.pieces.as_slice() else { return None };
        let held = |piece: &'_ str| -> Vec<String> {
            piece.split('|').filter(|word| canon.may_hold(word)).map(str::to_owned).collect()
        };
        let second = held(second);
        let found = |word: &String| {
            memmem::find_iter(canon.text.as_bytes(), word).find_map(|start| {
                let from = start + word.len();
                let length = beside(canon.text.get(from..)?, &second)?;
                whole(canon, original, start, from).then(|| canon.original(start, from + length))
            })
        };
        let first = if second.is_empty() { Vec::new() } else { held(first) };
        first.iter().find_map(found).map(|span| Match { span: tidy(span, original), parameters: Vec::new() })
    }

    fn match_at(&self, canon: &Canon, original: &str, start: usize) -> Option<Match> {
        let text = &canon.text;
        let first = self.pieces.first()?;
        let mut end = start + first.len();
        // What begins with an underscore is the end of a name, whatever the name is: `_KEY is not set`.
        let from = if first.starts_with('_') { end } else { start };
        if !whole(canon, original, from, if self.open { start } else { end }) {
            return None;
        }
        let mut parameters = Vec::new();
        for (index, name) in self.names.iter().enumerate() {
            let piece = self.pieces.get(index + 1).map(String::as_str).unwrap_or_default();
            // No farther than a parameter reaches: the first piece may stand at every other word.
            let rest = text.get(end..)?;
            let rest = rest.get(..rest.floor_char_boundary(LONGEST_PARAMETER + 8 + piece.len()))?;
            let length = if piece.is_empty() { last_parameter(rest) } else { rest.find(piece)? };
            // A model's name is one word; more than that is a body that the pieces stand around.
            let body = name == "model" && rest.get(..length)?.contains([',', '{', '}']);
            if length > LONGEST_PARAMETER || body {
                return None;
            }
            let value = canon.original(end, end + length).of(original);
            parameters.push((name.clone(), value.trim_matches(|c: char| " \\\"'`“”‘’\n\r\t".contains(c)).to_owned()));
            end += length + piece.len();
        }
        Some(Match { span: tidy(canon.original(start, end), original), parameters })
    }
}

/// Where the first of `words` ends in `rest`, near its beginning and in the same sentence.
fn beside(rest: &str, words: &[String]) -> Option<usize> {
    let near = rest.get(..rest.floor_char_boundary(NEAR))?;
    let near = near.split([',', ';', ':', '{', '}']).next()?;
    let gap = near.find(". ").unwrap_or(near.len());
    // Chinese puts no space between; `RequestDisallowed` is a name.
    let glued = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    words
        .iter()
        .filter_map(|word| {
            let reach = rest.get(..rest.floor_char_boundary(gap + word.len()))?;
            let at = reach.find(word.as_str()).filter(|&at| edge(rest, at) && (at > 0 || !glued))?;
            Some(at + word.len())
        })
        .min()
}

/// A parameter at the end of a template: one word (with a leading space), without the punctuation behind it. A redacted
/// stretch belongs to the word whole.
fn last_parameter(rest: &str) -> usize {
    let lead = rest.len() - rest.trim_start().len();
    let word = rest.trim_start();
    let mut end = 0;
    while let Some(c) = word.get(end..).and_then(|r| r.chars().next()) {
        let left = word.get(end..).unwrap_or_default();
        match left.strip_prefix("{{").and_then(|inner| inner.find("}}")) {
            Some(inner) => end += inner + 4,
            None if matches!(c, ' ' | ',' | '}' | ')' | ']' | ';' | '"') => break,
            None => end += c.len_utf8(),
        }
    }
    lead + word.get(..end).unwrap_or_default().trim_end_matches(['.', ':']).len()
}

/// The span without quotes and backslashes at its end, which the canonical spelling does not show.
fn tidy(span: Span, original: &str) -> Span {
    let kept = span.of(original).trim_end_matches(['"', '\'', '`', '\\', '\u{2019}', '\u{201d}']);
    Span::new(span.start, span.start + kept.len())
}

/// True where the stretch of canonical text is a word of its own, or one of those that a name like `MoonshotException` joins;
/// a number behind it (`grok4.1`) is none of the word.
pub(super) fn whole(canon: &Canon, original: &str, start: usize, end: usize) -> bool {
    let hump = |at: usize| {
        let at = canon.original(at, at + 1).start;
        let before = original.get(..at).and_then(|b| b.chars().next_back());
        before.is_some_and(|c| c.is_ascii_lowercase())
            && original.get(at..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    let numbered = |at: usize| {
        let (word, rest) = canon.text.split_at_checked(at).unwrap_or_default();
        word.ends_with(|c: char| c.is_ascii_lowercase()) && rest.starts_with(|c: char| c.is_ascii_digit())
    };
    [start, end].into_iter().all(|at| edge(&canon.text, at) || hump(at) || numbered(at))
}

/// True where a word ends or begins at this place of canonical text.
pub(super) fn edge(text: &str, at: usize) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = text.get(..at).and_then(|b| b.chars().next_back());
    !(before.is_some_and(word) && text.get(at..).is_some_and(|r| r.starts_with(word)))
}

/// What parts the words of a template that looks for words near each other.
const BESIDE: &str = "{near}";

/// A wording as a sentence may show it where the text itself is not at hand.
pub(crate) fn spoken(wording: &str) -> String {
    if !wording.contains(BESIDE) {
        return wording.replace('{', "(").replace('}', ")");
    }
    let words: Vec<&str> = wording.split(BESIDE).filter_map(|piece| piece.split('|').next()).map(str::trim).collect();
    words.join(" … ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_joins_words_holds_each_of_them() {
        let holds =
            |text: &str, words: &str| Template::new(words).unwrap().find(&Canon::new(text, &[], false), text).is_some();
        for text in [
            "MoonshotException - Invalid Authentication",
            "new ChatMoonshot()",
            "moonshot",
            "myMoonshotKey",
            "moonshot2.5",
        ] {
            assert!(holds(text, "moonshot"), "{text}");
        }
        for text in ["moonshots", "supermoonshot", "Moonshot_x", "éMoonshoté1"] {
            assert_eq!(holds(text, "moonshot"), text.starts_with('é'), "{text}");
        }
    }

    fn found(template: &str, text: &str) -> Option<Vec<(String, String)>> {
        let template = Template::new(template)?;
        template.find(&Canon::new(text, &[], template.markup), text).map(|m| m.parameters)
    }

    #[test]
    #[allow(clippy::disallowed_methods)] // A test of time needs a clock.
    fn time_grows_with_the_text_only() {
        for (template, start, again) in [
            ("Missing scopes: {scope}", "Missing scopes: ", "{{"),
            ("Source IP address: {address} is blocked by {rule} for", "", "Source IP address: a\n"),
        ] {
            let template = Template::new(template).unwrap();
            let time = |bytes: usize| {
                let text = [start, &again.repeat(bytes / again.len()), "is blocked by x"].concat();
                let canon = Canon::new(&text, &[], false);
                let begun = std::time::Instant::now();
                let _ = template.find(&canon, &text);
                begun.elapsed()
            };
            // Eight times the text took 64 times as long.
            let (small, large) = (time(25_000), time(200_000));
            assert!(large < small * 24 + std::time::Duration::from_millis(50), "{again}: {small:?}, {large:?}");
        }
    }

    #[test]
    fn parameters_are_taken_from_the_original() {
        let got = found(
            "Project {project} does not have access to model {model}",
            r#"{"message":"Project `proj_Ab` does not have access to model `GPT-4o`","type":"x"}"#,
        );
        assert_eq!(got, Some(vec![("project".into(), "proj_Ab".into()), ("model".into(), "GPT-4o".into())]));
    }

    #[test]
    fn words_are_not_found_inside_words() {
        assert_eq!(found("error code: 1020", "error code: 10205"), None);
        assert!(found("error code: 1020", "(error code: 1020)").is_some());
    }

    #[test]
    fn the_end_of_a_name_is_found_whatever_the_name() {
        assert!(found("_KEY is not set", "Error: MISTRAL_API_KEY is not set.").is_some());
        assert_eq!(found("_KEY is not set", "MISTRAL_API_KEY is not settled"), None);
    }

    #[test]
    fn words_near_each_other_are_found_in_one_sentence() {
        let template = "key|token {near} missing|not set";
        for text in ["API key missing", "your key is not set", "Token for x was missing!", "keys? a key missing"] {
            assert!(found(template, text).is_some(), "{text}");
        }
        for text in [
            "the key works. Something is missing",
            "key, missing",
            "key: missing",
            "keyboard missing",
            "key but far too many words stand between, so it is not what is missing",
            "missing key",
            "KeyMissing",
        ] {
            assert_eq!(found(template, text), None, "{text}");
        }
        assert_eq!(spoken(template), "key … missing");
        assert_eq!(spoken("a {x} b"), "a (x) b");
    }

    #[test]
    fn a_parameter_may_go_on_with_a_word() {
        let got = found("request id req_011{id}", "(request id req_011CX4kyMNYV8)");
        assert_eq!(got, Some(vec![("id".into(), "CX4kyMNYV8".into())]));
        assert_eq!(found("req_011{id}", "xreq_011CX4k"), None, "but not before its beginning");
    }

    #[test]
    fn markup_counts_only_where_the_template_has_it() {
        let page = "<center><h1>403 Forbidden</h1></center><hr><center>cloudflare</center>";
        assert!(found("<hr><center>cloudflare</center>", page).is_some());
        assert!(found("403 forbidden cloudflare", page).is_some());
    }

    #[test]
    fn a_redacted_parameter_stays_whole_and_a_quote_behind_it_is_left() {
        let got = found("No seat assigned to user {user}", "No seat assigned to user {{redacted:email}}.");
        assert_eq!(got, Some(vec![("user".into(), "{{redacted:email}}".into())]));
        let text = r#"{"message":"No seat assigned to user jdoe"}"#;
        let template = Template::new("No seat assigned to user {user}").expect("fixed text");
        let span = template.find(&Canon::new(text, &[], false), text).expect("there").span;
        assert_eq!(span.of(text), "No seat assigned to user jdoe");
    }

    #[test]
    fn a_model_is_no_body() {
        let text = r#"data: '{"model":"m1","stream":true}', status: 404, statusText: 'Not Found'"#;
        assert_eq!(found("model {model} not found", text), None);
        assert!(found("model {model} not found", r#"{"error":"model 'm1' not found"}"#).is_some());
    }

    #[test]
    fn a_piece_too_far_away_does_not_match() {
        let text = format!("limit {} reached", "x ".repeat(400));
        assert_eq!(found("limit {n} reached", &text), None);
    }
}
