//! The tools' words: read from `locales/en/tools.ftl`.

static ENGLISH: &str = include_str!("../../locales/en/tools.ftl");

/// The message of this id.
pub(super) fn text(id: &str) -> String {
    let line = ENGLISH.lines().find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
    line.unwrap_or(id).to_owned()
}

/// The message of this id with values in it.
pub(super) fn with(id: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text(id), |text, (name, value)| text.replace(&["{ $", name, " }"].concat(), value))
}
