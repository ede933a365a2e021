//! Tables with a column of secrets: rows of CSV under a head that says so, and tuples of SQL's `INSERT`.

use super::fingerprint::Flags;
use super::sink::{Sink, decode};
use super::unit::floor;
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
    let back = floor(text, start.saturating_sub(HEAD));
    let before = text.get(back..start)?;
    let from = back + before.rfind(['\n', '(']).map_or(0, |at| at + 1);
    let sql = text.get(..from)?.ends_with('(');
    let close = if sql { ')' } else { '\n' };
    let to = end + text.get(end..floor(text, text.len().min(end + HEAD)))?.find(close)?;
    let head = text.get(from..to)?.trim_end_matches('\r');
    // Heads in capitals may be aligned by spaces: `USER      PASSWORD`.
    let ruled = || is_head(text, to);
    let aligned = || head.trim().contains("  ") && !head.bytes().any(|b| b.is_ascii_lowercase());
    let parts = [',', '\t', ';', '|']
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
        rest.get(..6).filter(|word| word.eq_ignore_ascii_case("values"))?;
        at = text.len() - rest.len() + 6;
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
    if values.is_empty() {
        return None;
    }
    let any = super::names::is_bare(text.get(start..end)?);
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
    Some(done)
}

/// True where the line that `at` stands on has a rule below it.
pub(super) fn is_head(text: &str, at: usize) -> bool {
    let near = text.get(at..floor(text, text.len().min(at + HEAD))).unwrap_or_default();
    near.split('\n').nth(1).is_some_and(|row| is_rule(row.get(row.find('|').unwrap_or(0)..).unwrap_or_default()))
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
