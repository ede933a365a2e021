//! curl's URL globbing: `{a,b}` sets, `[1-9]`, `[a-z]`, `[001-100:5]` ranges.

use super::body::kept_stretch;

/// No more URLs than this are made from one pattern.
const MOST: usize = 50;

/// One piece of a pattern: what it may stand for.
type Piece = Vec<String>;

/// The URLs that `pattern` stands for, in curl's order (the last piece changes first). An error says why curl refuses it.
pub(super) fn expand(pattern: &str) -> Result<Vec<String>, &'static str> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut literal = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let kept = kept_stretch(rest);
        if kept > 0 {
            literal.push_str(rest.get(..kept).unwrap_or_default());
            rest = rest.get(kept..).unwrap_or_default();
            continue;
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' if after.starts_with(['{', '}', '[', ']']) => {
                literal.push_str(after.get(..1).unwrap_or_default());
                rest = after.get(1..).unwrap_or_default();
            }
            '{' => {
                pieces.push(vec![std::mem::take(&mut literal)]);
                let (set, next) = set(after)?;
                pieces.push(set);
                rest = next;
            }
            '[' => {
                let address = after.find(']').filter(|end| is_address(after.get(..*end).unwrap_or_default()));
                if let Some(end) = address {
                    literal.push_str(rest.get(..end + 2).unwrap_or_default());
                    rest = after.get(end + 1..).unwrap_or_default();
                } else if let Some(next) = after.strip_prefix(']') {
                    literal.push_str("[]");
                    rest = next;
                } else {
                    pieces.push(vec![std::mem::take(&mut literal)]);
                    let (range, next) = range(after)?;
                    pieces.push(range);
                    rest = next;
                }
            }
            '}' | ']' => return Err("a closing brace or bracket that nothing opens"),
            c => {
                literal.push(c);
                rest = after;
            }
        }
    }
    pieces.push(vec![literal]);
    let mut urls = vec![String::new()];
    for piece in pieces {
        let mut next = Vec::new();
        'all: for url in &urls {
            for choice in &piece {
                if next.len() >= MOST {
                    break 'all;
                }
                next.push(format!("{url}{choice}"));
            }
        }
        urls = next;
    }
    Ok(urls)
}

/// An IPv6 address in its brackets is no range.
fn is_address(inner: &str) -> bool {
    inner.contains(':') && inner.split('%').next().is_some_and(|a| a.parse::<std::net::Ipv6Addr>().is_ok())
}

fn set(text: &str) -> Result<(Piece, &str), &'static str> {
    let mut choices = vec![String::new()];
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let kept = kept_stretch(rest);
        let length = if kept > 0 { kept } else { c.len_utf8() };
        let after = rest.get(length..).unwrap_or_default();
        match c {
            _ if kept > 0 => add(&mut choices, rest.get(..kept).unwrap_or_default()),
            '{' | '[' => return Err("a brace or bracket inside braces"),
            ']' => return Err("a closing bracket inside braces"),
            '}' => {
                return if rest.len() == text.len() { Err("an empty pair of braces") } else { Ok((choices, after)) };
            }
            ',' if choices.len() < MOST => choices.push(String::new()),
            ',' => return Err("more choices than this can show"),
            '\\' if after.starts_with(['{', '}', '[', ']', ',']) => {
                add(&mut choices, after.get(..1).unwrap_or_default());
                rest = after.get(1..).unwrap_or_default();
                continue;
            }
            _ => add(&mut choices, rest.get(..length).unwrap_or_default()),
        }
        rest = after;
    }
    Err("a brace that is not closed")
}

fn add(choices: &mut [String], text: &str) {
    if let Some(last) = choices.last_mut() {
        last.push_str(text);
    }
}

fn range(text: &str) -> Result<(Piece, &str), &'static str> {
    const BAD: &str = "square brackets that hold no range";
    let end = text.find(']').ok_or("a square bracket that is not closed")?;
    let (inner, after) = (text.get(..end).unwrap_or_default(), text.get(end + 1..).unwrap_or_default());
    let (bounds, step) = match inner.split_once(':') {
        Some((bounds, step)) => (bounds, step.parse::<usize>().map_err(|_| BAD)?),
        None => (inner, 1),
    };
    let (low, high) = bounds.split_once('-').ok_or(BAD)?;
    if step == 0 {
        return Err(BAD);
    }
    let mut letters = (low.chars(), high.chars());
    if let (Some(a), None, Some(b), None) = (letters.0.next(), letters.0.next(), letters.1.next(), letters.1.next())
        && a.is_ascii_alphabetic()
        && b.is_ascii_alphabetic()
    {
        if a > b {
            return Err(BAD);
        }
        return Ok(((a..=b).step_by(step).map(String::from).take(MOST).collect(), after));
    }
    if !low.bytes().chain(high.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(BAD);
    }
    let (from, to) = (low.parse::<u64>().map_err(|_| BAD)?, high.parse::<u64>().map_err(|_| BAD)?);
    if from > to {
        return Err(BAD);
    }
    let width = if low.starts_with('0') { low.len().min(20) } else { 0 };
    Ok(((from..=to).step_by(step).take(MOST).map(|n| format!("{n:0width$}")).collect(), after))
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn patterns_expand_in_curls_order() {
        assert_eq!(expand("h/{a,b}/[1-2]").unwrap(), ["h/a/1", "h/a/2", "h/b/1", "h/b/2"]);
        assert_eq!(expand("h/[08-10]").unwrap(), ["h/08", "h/09", "h/10"]);
        assert_eq!(expand("h/[a-e:2]").unwrap(), ["h/a", "h/c", "h/e"]);
        assert_eq!(expand("http://[::1]/x[]=1").unwrap(), ["http://[::1]/x[]=1"]);
        assert_eq!(expand("h/\\{a\\}").unwrap(), ["h/{a}"]);
        assert_eq!(expand("h/{{redacted:key:ab}}/${ID}").unwrap(), ["h/{{redacted:key:ab}}/${ID}"]);
        assert!(expand("h/{a").is_err());
        assert!(expand("h/[x]").is_err());
        assert_eq!(expand("h/[1-1000000]").unwrap().len(), super::MOST);
    }
}
