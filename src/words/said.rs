//! Ids for sentences of the report that have none (reasons, findings, remarks), as `static/said.js` makes them in a browser; here
//! for the tests of the message files. An id is the sentence's words and how many values are among them: `The path holds /v1
//! twice.` is `said-the-path-holds-twice-1`. Values are what stands in backticks or quotation marks, and words with a digit or a
//! full stop in them; so one message serves whatever was read.

/// The id of a sentence's translation, and its values in their order.
pub(super) fn key(sentence: &str) -> (String, Vec<&str>) {
    let (mut id, mut values) = ("said".to_owned(), Vec::new());
    let mut rest = sentence.trim_start();
    while let Some(first) = rest.chars().next() {
        let quoted = match first {
            '`' => rest.get(1..).and_then(|inside| inside.split_once('`')),
            '“' => rest.get(first.len_utf8()..).and_then(|inside| inside.split_once('”')),
            _ => None,
        };
        if let Some((value, after)) = quoted {
            values.push(value);
            rest = after.trim_start();
            continue;
        }
        // A word ends where a blank or a quotation begins; a lone mark is a word of its own.
        let end = rest.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || matches!(c, '`' | '“'));
        let (word, after) = rest.split_at_checked(end.map_or(rest.len(), |(at, _)| at)).unwrap_or((rest, ""));
        rest = after.trim_start();
        let bare = word.trim_matches(['(', ')', ',', '.', ';', ':', '?', '!', '”']);
        if bare.bytes().any(|b| b.is_ascii_digit() || b == b'.') {
            values.push(bare);
            continue;
        }
        for part in word.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty()) {
            id.push('-');
            id.extend(part.chars().map(|c| c.to_ascii_lowercase()));
        }
    }
    if !values.is_empty() {
        id.extend(["-", &values.len().to_string()]);
    }
    (id, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_by_its_words() {
        let said = |text| key(text);
        assert_eq!(said("The path holds /v1 twice."), ("said-the-path-holds-twice-1".to_owned(), vec!["/v1"]));
        assert_eq!(
            said("The `a b` header (60 bytes) is OpenAI's."),
            ("said-the-header-bytes-is-openai-s-2".into(), vec!["a b", "60"])
        );
        assert_eq!(said("It says “no `gpt-4o` here”, `x`."), ("said-it-says-2".into(), vec!["no `gpt-4o` here", "x"]));
        assert_eq!(said("`lone é 令 ”").1, Vec::<&str>::new());
        assert_eq!(said(""), ("said".to_owned(), vec![]));
    }
}
