//! Fills a compiled pattern's arguments in. The form of a pattern is described in `build/words.rs`.

/// The pattern's text. An argument that is missing leaves its name in braces, which a test rules out.
pub(super) fn fill(pattern: &str, arguments: &[(&str, &str)], plural: fn(&str) -> String) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let value = |name: &str| arguments.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(['\x01', '\x03']) {
        out.push_str(before);
        if rest.as_bytes().get(before.len()) == Some(&1) {
            let (name, tail) = after.split_once('\x02').unwrap_or((after, ""));
            match value(name) {
                Some(value) => out.push_str(value),
                None => out.extend(["{", name, "}"]),
            }
            rest = tail;
        } else {
            let (select, tail) = after.split_once('\x05').unwrap_or((after, ""));
            let mut parts = select.split('\x04');
            let number = parts.next().and_then(value).unwrap_or_default();
            let category = plural(number);
            let variants = || parts.clone().filter_map(|variant| variant.split_once('='));
            let exact = variants().find(|(key, _)| *key == number);
            let chosen =
                exact.or_else(|| variants().find(|(key, _)| *key == category)).or_else(|| variants().next_back());
            if let Some((_, text)) = chosen {
                out.push_str(&fill(text, arguments, plural));
            }
            rest = tail;
        }
    }
    out.push_str(rest);
    out
}
