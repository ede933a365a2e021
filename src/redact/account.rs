//! On the visitor's wish: organization, project and account ids, and Internet addresses.

use super::fingerprint::Flags;
use super::sink::Sink;

/// Prefixes of account ids, and the fewest characters after them.
const IDS: &[(&str, usize)] = &[("org-", 12), ("proj_", 12), ("user-", 16), ("acct_", 8), ("svcacct-", 8)];

/// Replaces the word at `at..end` where it is an account id.
pub(super) fn word(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let word = sink.text.get(at..end)?;
    let (prefix, fewest) = IDS.iter().find(|(p, _)| word.starts_with(p))?;
    let body = word.get(prefix.len()..)?;
    if body.len() < *fewest || super::judge::is_wordy(body) {
        return None;
    }
    sink.replace(at, end, "account-id", "", Flags::default());
    Some(end)
}
