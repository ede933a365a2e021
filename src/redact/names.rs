//! Names that say "what follows is a secret": header fields, variables, members, parameters.

use super::name_tables::{DRAWN, ENDS, HARMLESS, LAST, WHOLE, WHOSE};
use std::sync::LazyLock;

/// What stands after a name, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `Authorization` and its like: schemes, then credentials.
    Authorization,
    /// `Cookie`: pairs of name and value.
    Cookie,
    /// `Set-Cookie`: one pair, then attributes.
    SetCookie,
    /// A header, member or variable that holds a secret of this kind, whatever it looks like.
    Secret(&'static str),
    /// Usually a secret, where the value looks like one.
    Likely(&'static str),
    /// Rarely a secret: only where the value is long and drawn at random.
    Drawn(&'static str),
    /// A query parameter that holds a secret; the same word means something else elsewhere.
    Parameter(&'static str),
    /// HAR's and other lists' member `value`: what it is, the member `name` beside it says.
    PairValue,
    /// A default: Terraform's, which the variable's name says what it is.
    Default,
    /// A program's pair of user and password: `auth=("user", "password")`.
    UserAndPassword,
    /// A list of cookies as objects with `name` and `value`.
    CookieList,
}

/// What the name says about the value after it; none for an ordinary name. `dotted` is the text before the name up to
/// 24 bytes, for names with dots inside.
pub(super) fn classify(name: &str, before: &str) -> Option<Place> {
    let name = name.get(name.len().saturating_sub(96)..)?.trim_matches('-');
    let mut lower = [0_u8; 96];
    let mut squeezed = [0_u8; 96];
    let (mut wide, mut narrow) = (0, 0);
    for b in name.bytes() {
        let b = b.to_ascii_lowercase();
        *lower.get_mut(wide)? = b;
        wide += 1;
        if b != b'-' && b != b'_' {
            *squeezed.get_mut(narrow)? = b;
            narrow += 1;
        }
    }
    let (lower, squeezed) = (lower.get(..wide)?, squeezed.get(..narrow)?);
    if before.ends_with("__Secure-next-auth.") || before.ends_with("next-auth.") {
        return (lower.starts_with(b"session-token") || lower.starts_with(b"csrf-token"))
            .then_some(Place::Secret("cookie"));
    }
    if let Some(place) = two_words(name, before) {
        return Some(place);
    }
    // Whose it is, or what for, may come last: `api_key_openai`, `DB_PASSWORD_PROD`.
    if let Some(mark) = lower.iter().rposition(|b| matches!(b, b'_' | b'-'))
        && let Some(last) = lower.get(mark + 1..)
        && LAST.iter().chain(WHOSE).any(|word| word.as_bytes() == last)
    {
        return classify(name.get(..mark)?, "").filter(|place| matches!(place, Place::Secret(_)));
    }
    let tables = &*BY_END;
    if let Some((_, place)) = row(&tables.0, lower).iter().find(|(n, _)| n.as_bytes() == lower) {
        return Some(*place);
    }
    let (end, place) = row(&tables.1, squeezed).iter().find(|(n, _)| squeezed.ends_with(n.as_bytes()))?;
    if is_squeezed_harmless(squeezed) {
        return DRAWN.iter().any(|h| ends(squeezed, h)).then_some(Place::Drawn("api-key"));
    }
    // A short ending must be a word of the name: `monkey` and `tokentoken` are no keys, `groqKey` and `GROQ_KEY` are.
    // Variables are written in one word, too: `SSHPASS`.
    let variable = || *end == "pass" && name.bytes().all(|b| b.is_ascii_uppercase());
    if squeezed.len() == end.len() || end.len() >= 6 || variable() || begins_word(name, squeezed.len() - end.len()) {
        return Some(*place);
    }
    None
}

/// `API key`, `access token`, as people write them.
fn two_words(name: &str, before: &str) -> Option<Place> {
    // And commands whose next word is a password.
    const AFTER: [(&str, &str); 5] =
        [("passe", "mot de "), ("obscure", "rclone "), ("rp", "/"), ("by", "IDENTIFIED "), ("by", "_password ")];
    if AFTER.iter().any(|(word, head)| before.ends_with(head) && name.eq_ignore_ascii_case(word))
        && (name != "rp" || before.contains("/ru "))
    {
        return Some(Place::Secret("password"));
    }
    if before.is_empty() || !is_bare(name) {
        return None;
    }
    let lower = &*name.to_ascii_lowercase();
    let first = before.strip_suffix(' ')?.rsplit(|c: char| !c.is_ascii_alphabetic()).next()?.to_ascii_lowercase();
    if WHOSE.contains(&&*first) {
        return Some(Place::Secret("api-key"));
    }
    let fits = |name: &str| name.strip_suffix(lower) == Some(&first) && !first.is_empty();
    ENDS.iter().find(|(name, _)| fits(name)).map(|(_, place)| *place)
}

/// True for a word that names a secret where another stands before it only.
pub(super) fn is_bare(name: &str) -> bool {
    name.eq_ignore_ascii_case("key") || name.eq_ignore_ascii_case("token")
}

/// The name above a value whose own name is at `start..end`, and what it says: `- name: DB_PASSWORD` above `value: …`,
/// `variable "db_password" {` above `default = …`, and the field that Pydantic refuses above `input_value=…`.
pub(super) fn above(text: &str, start: usize, end: usize) -> Option<(Place, &str)> {
    let own = text.get(start..end)?;
    let before = text.get(super::unit::floor(text, start.saturating_sub(200))..start)?;
    let word = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    // Terraform's `variable "db_password" {` and `resource "azurerm_key_vault_secret" "db" {`.
    let block = ["variable \"", "resource \""].iter().find_map(|open| before.get(before.rfind(open)? + open.len()..));
    let name = if let Some(block) = block {
        block.split('"').next().filter(|_| !block.contains('}'))?
    } else if own.eq_ignore_ascii_case("default") {
        parent(before)?
    } else if own == "input_value" {
        before.rsplit('\n').nth(1)?.trim().rsplit('.').next()?
    } else {
        let above = before.trim_end_matches([' ', '>']).strip_suffix('\n')?;
        // Members between the two are of the same item.
        let mut lines = above.rsplit('\n').take(3).map(|line| line.trim_start_matches([' ', '>']).trim_end());
        let mut name = None;
        while let (None, Some(line)) = (name, lines.next()) {
            let inner = line.trim_start_matches(['-', ' ']);
            name = inner.strip_prefix("name:").or_else(|| inner.strip_prefix("key:"));
            if name.is_none() && (inner.len() < line.len() || !inner.contains(": ")) {
                return None;
            }
        }
        name?.trim().trim_matches(['"', '\''])
    };
    (!name.contains(word)).then(|| classify(name, ""))?.map(|place| (place, name))
}

/// [`WHOLE`] and [`ENDS`] by the low bits of their last two letters: this is asked at every other word.
static BY_END: LazyLock<(Rows, Rows)> = LazyLock::new(|| (rows(WHOLE), rows(ENDS)));

type Rows = Vec<Vec<(&'static str, Place)>>;

fn rows(table: &[(&'static str, Place)]) -> Rows {
    let mut rows = vec![Vec::new(); 1024];
    for entry in table {
        if let Some(row) = rows.get_mut(last_two(entry.0.as_bytes())) {
            row.push(*entry);
        }
    }
    rows
}

fn row<'a>(rows: &'a Rows, name: &[u8]) -> &'a [(&'static str, Place)] {
    rows.get(last_two(name)).map_or(&[], Vec::as_slice)
}

fn last_two(name: &[u8]) -> usize {
    match name {
        [.., a, b] => usize::from(a & 0x1f) << 5 | usize::from(b & 0x1f),
        _ => 0,
    }
}

/// CloudFormation's parameter that a default belongs to: the nearest line above that stands farther left.
fn parent(before: &str) -> Option<&str> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = before.rsplit('\n');
    let own = indent(lines.next()?);
    lines.find(|line| indent(line) < own).and_then(|line| line.trim().strip_suffix(':'))
}

/// True for a name that ends like a secret's and holds none.
pub(super) fn is_harmless(name: &str) -> bool {
    let squeezed: String = name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
    is_squeezed_harmless(squeezed.as_bytes())
}

/// The same of a name in small letters without separators. A salt's key is none of a keyboard's.
fn is_squeezed_harmless(name: &[u8]) -> bool {
    HARMLESS.iter().any(|h| ends(name, h)) && !name.ends_with(b"saltkey")
}

/// As `ends_with`, but a look at the third last letter spares most comparisons.
fn ends(a: &[u8], end: &str) -> bool {
    let b = end.as_bytes();
    let third = |s: &[u8]| s.len().checked_sub(3).and_then(|at| s.get(at)).copied();
    (b.len() < 3 || third(a) == third(b)) && a.ends_with(b)
}

/// True where the character of `name` after `skip` characters other than `-` and `_` begins a word.
fn begins_word(name: &str, skip: usize) -> bool {
    let mut left = skip;
    let mut before = b'_';
    for b in name.bytes() {
        if left == 0 {
            return matches!(b, b'-' | b'_')
                || !before.is_ascii_alphabetic()
                || b.is_ascii_uppercase() && before.is_ascii_lowercase();
        }
        if b != b'-' && b != b'_' {
            left -= 1;
        }
        before = b;
    }
    false
}

/// The three letters that such names end with: a cheap first look for the scanner.
pub(super) struct Endings([u32; 1024]);

impl Endings {
    /// Reads the letters off the tables.
    pub(super) fn new() -> Self {
        let mut bits = [0_u32; 1024];
        let mut note = |a: u8, b: u8, c: u8| {
            if let Some(row) = bits.get_mut(usize::from(a & 0x1f) << 5 | usize::from(b & 0x1f)) {
                *row |= 1 << (c & 0x1f);
            }
        };
        // A separator may stand before the last two letters of a longer name, and before a name of two.
        for name in WHOLE
            .iter()
            .chain(ENDS)
            .map(|(name, _)| *name)
            .chain(["_id", "-id", "obscure", "/rp", "by", "net"])
            .chain(LAST.iter().chain(WHOSE).copied())
        {
            match name.as_bytes() {
                [.., a, b, c] => note(*a, *b, *c),
                [b, c] => (0..32).for_each(|a| note(a, *b, *c)),
                _ => {}
            }
        }
        Self(bits)
    }

    /// True where some name may end with these three bytes, in either case.
    #[inline(always)]
    pub(super) fn has(&self, a: u8, b: u8, c: u8) -> bool {
        self.0.get(usize::from(a & 0x1f) << 5 | usize::from(b & 0x1f)).is_some_and(|row| row >> (c & 0x1f) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, place) in [
            ("Authorization", Some(Place::Authorization)),
            ("proxy-authorization", Some(Place::Authorization)),
            ("OPENAI_API_KEY", Some(Place::Secret("api-key"))),
            ("x-goog-api-key", Some(Place::Secret("api-key"))),
            ("apiKey", Some(Place::Secret("api-key"))),
            ("groqKey", Some(Place::Likely("api-key"))),
            ("hfToken", Some(Place::Secret("secret"))),
            ("HF_TOKEN", Some(Place::Secret("secret"))),
            ("DB_PASSWORD", Some(Place::Secret("password"))),
            ("set-cookie", Some(Place::SetCookie)),
            ("max_tokens", None),
            ("next_page_token", None),
            ("monkey", None),
            ("content-type", None),
            ("prompt_cache_key", None),
            ("model", None),
        ] {
            assert_eq!(classify(name, ""), place, "{name}");
        }
    }
}
