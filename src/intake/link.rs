//! Finds a why403 link in a paste that is nothing else.

/// Longest text around a link: a chat's "look at this:" and the address.
const AROUND: usize = 400;

/// The link's fragment with its `#`, where the paste is a link.
pub(super) fn find(text: &str) -> Option<String> {
    let at = text.find("#v").filter(|&at| at <= AROUND)?;
    let fragment = text.get(at..)?;
    let version = fragment.get(2..)?;
    let digits = version.len() - version.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 4 || !version.get(digits..)?.starts_with('.') {
        return None;
    }
    let end = fragment
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']'))
        .unwrap_or(fragment.len());
    // Before it: nothing, an address, or a few words with an address.
    let before = text.get(..at)?.trim_start();
    let addressed =
        before.is_empty() || before.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"));
    let after = fragment.get(end..)?;
    (addressed && after.len() <= AROUND && !before.contains('\n'))
        .then(|| fragment.get(..end).map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn links() {
        for text in [
            "#v1.abc_-=",
            "https://why403.example/#v1.abc_-=",
            "  see https://why403.example/a/#v1.abc_-= !\n",
            "<https://x/#v1.abc_-=>",
        ] {
            assert_eq!(find(text).as_deref(), Some("#v1.abc_-="), "{text}");
        }
        assert_eq!(find("#v23.x").as_deref(), Some("#v23.x"), "newer ones are told apart when they are opened");
    }

    #[test]
    fn other_texts() {
        for text in ["", "#v", "#vx.a", "# v1.2", "see #v1.2 in the notes", "curl https://api.openai.com\n#v1.x"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
