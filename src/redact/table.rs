//! Tables with a column of secrets: rows of CSV under a head that says so, and tuples of SQL's `INSERT`.

use super::fingerprint::Flags;
use super::sink::{Sink, decode};
use super::unit::{byte, floor};
use super::{judge, placeholder};

/// Longest head, and longest table that is read, in bytes.
const HEAD: usize = 512;
const TABLE: usize = 64 * 1024;
/// Longest row: what is no table is read so far again and again.
const ROW: usize = 1024;

/// Two spaces or more part the columns.
const ALIGNED: char = ' ';

/// Looks at a name at `start..end` that says "secret": where it heads a column, the column goes.
pub(super) fn column(sink: &mut Sink<'_>, start: usize, end: usize, kind: &'static str) -> Option<usize> {
    let text = sink.text;
    if sink.in_list {
        return None;
    }
    let any = super::names::is_bare(text.get(start..end)?);
    if byte(text, end) == b'<' {
        let values = page(text, start, end)?;
        return Some(taken(sink, end, kind, any, values));
    }
    let back = floor(text, start.saturating_sub(HEAD));
    let before = text.get(back..start)?;
    let from = back + before.rfind(['\n', '(']).map_or(0, |at| at + 1);
    let mut sql = text.get(..from)?.ends_with('(');
    let mut close = if sql { ')' } else { '\n' };
    let to = end + text.get(end..floor(text, text.len().min(end + HEAD)))?.find(close)?;
    let head = text.get(from..to)?.trim_end_matches('\r');
    // Heads in capitals may be aligned by spaces: `USER      PASSWORD`.
    let ruled = || is_head(text, to);
    let titles =
        || cells(head).count() > 2 && cells(head).all(|cell| cell.starts_with(|c: char| c.is_ascii_uppercase()));
    let aligned = || head.trim().contains("  ") && (!head.bytes().any(|b| b.is_ascii_lowercase()) || titles());
    let mut parts = [',', '\t', ';', '|']
        .into_iter()
        .find(|c| head.contains(*c) && (!sql || *c == ',') && (*c != '|' || kind == "password" && ruled()))
        .or_else(|| aligned().then_some(ALIGNED))?;
    // What a log or a mail puts before each line is no head.
    let own = text.get(from..start)?;
    let mark = ["| ", ": ", "> ", "] ", " - "].iter().filter_map(|mark| Some(own.rfind(mark)? + mark.len())).max();
    let names = match parts {
        // Behind what a log puts there.
        '|' if head.trim_end().ends_with('|') => head.split_once('|')?.1.trim_end().trim_end_matches('|'),
        '|' => head,
        _ => head.get(mark.filter(|_| !sql).unwrap_or(0)..)?,
    };
    let trim = |cell: &str| cell.trim_matches(|c| matches!(c, '"' | '\'' | '`' | ' ' | '[' | ']')).to_owned();
    let named = |cell: &str| {
        let name = trim(cell);
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.') || parts == '|' && b == b' ';
        // The first of many rows of names and values is no head.
        (1..=32).contains(&name.len()) && name.bytes().all(fits) && !judge::is_random(&name)
    };
    let (index, count) = match parts {
        ALIGNED => (cells(own).count(), cells(head).count()),
        _ => (own.matches(parts).count(), head.split(parts).count()),
    };
    let (all, there) = match parts {
        ALIGNED => (cells(names).all(named), cells(head).nth(index)?),
        _ => (names.split(parts).all(named), head.split(parts).nth(index)?),
    };
    // A row of a name and its value: `password<TAB>…`.
    let pair = parts == '\t' && count == 2 && index == 0;
    if !all || pair || !trim(there).ends_with(text.get(start..end)?) {
        return None;
    }
    let mut at = to + 1;
    if parts == '|' {
        at += text.get(at..)?.find('\n')? + 1;
    }
    if sql {
        let rest = text.get(at..)?.trim_start();
        let len = ["values", "from stdin;\n"].into_iter().find_map(|word| {
            rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)).then_some(word.len())
        })?;
        at = text.len() - rest.len() + len;
        // What pg_dump writes: rows parted by tabs.
        if len > 6 {
            (sql, parts, close) = (false, '\t', '\n');
        }
    }
    let mut values = Vec::new();
    while at < to + TABLE {
        if sql {
            let rest = text.get(at..)?.trim_start_matches([' ', '\n', '\r', '\t', ',']);
            let Some(row) = rest.strip_prefix('(') else { break };
            at = text.len() - row.len();
        }
        let row = match parts {
            ALIGNED => aligned_cell(text, at, index),
            _ => cell(text, at, parts, close, index),
        };
        let Some((found, cells, next)) = row else { break };
        if cells != count {
            break;
        }
        values.extend(found);
        at = next;
    }
    (!values.is_empty()).then(|| taken(sink, end, kind, any, values))
}

/// Takes these values of a column out; `any` where they may be something else. Gives the offset behind the last.
fn taken(sink: &mut Sink<'_>, end: usize, kind: &'static str, any: bool, values: Vec<Stretch>) -> usize {
    let text = sink.text;
    sink.in_list = true;
    let mut done = end;
    for (from, to) in values {
        super::scan::stretch(sink, done, from);
        done = to;
        let key = decode(text, from, to);
        let single = key.chars().count() >= 4 && !key.contains(char::is_whitespace);
        // A key may be any other thing's.
        let single = single && (!any || judge::is_random(&key) || super::shape::is_uuid(&key));
        if single && from >= sink.done() && !judge::is_placeholder(&key) && placeholder::first(text, from, to).is_none()
        {
            let kind = super::forms::find(&key, true).map_or(kind, |found| found.kind);
            sink.replace(from, to, kind, &key, Flags::default());
        } else {
            super::scan::stretch(sink, from, to);
        }
    }
    sink.in_list = false;
    done
}

/// The cells of a page's table below the head whose name stands at `start..end`: `<th>Password</th>`.
fn page(text: &str, start: usize, end: usize) -> Option<Vec<Stretch>> {
    let ahead = |from: usize, most: usize| text.get(from..floor(text, text.len().min(from + most)));
    let cells = |row: &'_ str| -> Vec<usize> {
        row.match_indices("<t").map(|(at, _)| at).filter(|at| matches!(byte(row, at + 2), b'd' | b'h')).collect()
    };
    let back = floor(text, start.saturating_sub(HEAD));
    let own = text.get(back..start)?;
    let own = own.get(own.rfind("<tr")?..)?;
    let to = end + ahead(end, HEAD).filter(|rest| rest.starts_with("</th"))?.find("</tr")?;
    // A row with a head of its own is none below another.
    if own.contains("<td") || text.get(end..to)?.contains("<td") {
        return None;
    }
    let index = cells(own).len().checked_sub(1)?;
    let (mut at, mut values) = (to, Vec::new());
    while at < to + TABLE
        && let Some(start) = ahead(at, ROW).and_then(|rest| Some(at + rest.find("<tr")?))
        && let Some(end) = ahead(start, ROW).and_then(|rest| Some(start + rest.find("</tr")?))
    {
        let row = text.get(start..end)?;
        let Some(mut from) = cells(row).get(index).copied() else { break };
        while row.get(from..)?.starts_with('<') && !row.get(from..)?.starts_with("</") {
            from += row.get(from..)?.find('>')? + 1;
        }
        let value = row.get(from..)?.split('<').next()?;
        let inner = start + from + value.len() - value.trim_start().len();
        if !value.trim().is_empty() {
            values.push((inner, inner + value.trim().len()));
        }
        at = end;
    }
    (!values.is_empty()).then_some(values)
}

/// True where the line that `at` stands on has a rule below it.
pub(super) fn is_head(text: &str, at: usize) -> bool {
    let near = text.get(at..floor(text, text.len().min(at + HEAD))).unwrap_or_default();
    // Line ends may be escapes.
    let parts = if near.split('\n').next().is_some_and(|line| line.contains("\\n")) { "\\n" } else { "\n" };
    near.split(parts)
        .nth(1)
        .is_some_and(|row| is_rule(row.get(row.find('|').unwrap_or(0)..).unwrap_or_default().trim_end_matches('\\')))
}

/// True for the rule under the head of a table.
fn is_rule(row: &str) -> bool {
    row.contains("--") && row.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b'+' | b'=' | b' ' | b'\r' | b'>'))
}

/// The cells of a row that spaces align.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split("  ").map(str::trim).filter(|cell| !cell.is_empty())
}

/// As [`cell`], in a row that spaces align.
fn aligned_cell(text: &str, at: usize, index: usize) -> Option<(Option<Stretch>, usize, usize)> {
    let rest = text.get(at..floor(text, text.len().min(at + ROW)))?;
    let row = rest.split('\n').next()?;
    let value = cells(row).nth(index)?;
    // The first of its kind behind the cells before.
    let from =
        cells(row).take(index).try_fold(0, |from, cell| Some(from + row.get(from..)?.find(cell)? + cell.len()))?;
    let start = at + from + row.get(from..)?.find(value)?;
    Some((Some((start, start + value.len())), cells(row).count(), (at + row.len() + 1).min(text.len())))
}

/// Where a value starts and ends.
type Stretch = (usize, usize);

/// The cell of this index in the row from `at` on, how many cells the row has, and what lies behind it.
fn cell(text: &str, at: usize, parts: char, close: char, index: usize) -> Option<(Option<Stretch>, usize, usize)> {
    let (mut quote, mut depth, mut count, mut from) = (None, 0_usize, 0, at);
    let mut found = None;
    let rest = text.get(at..floor(text, text.len().min(at + ROW)))?;
    for (skip, c) in rest.char_indices().chain([(rest.len(), close)]) {
        let spot = at + skip;
        if quote == Some(c) {
            quote = None;
        } else if quote.is_some() {
            continue;
        } else if matches!(c, '"' | '\'') {
            quote = Some(c);
        } else if c == '(' {
            depth += 1;
        } else if c == close && c == ')' && depth > 0 {
            depth -= 1;
        } else if c == parts || c == close {
            let inner = text.get(from..spot)?;
            let trimmed = inner.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
            if count == index && !trimmed.is_empty() {
                let start = from + inner.find(trimmed)?;
                found = Some((start, start + trimmed.len()));
            }
            count += 1;
            from = spot + 1;
            if c == close {
                return Some((found, count, (spot + 1).min(text.len())));
            }
        }
    }
    None
}
