//! On the visitor's wish: organization, project and account ids, and Internet addresses.

use super::fingerprint::Flags;
use super::sink::Sink;
use super::unit::byte;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Prefixes of account ids, and the fewest characters after them.
const IDS: &[(&str, usize)] = &[("org-", 12), ("proj_", 12), ("user-", 16), ("acct_", 8), ("svcacct-", 8)];

/// Replaces the word at `at..end` where it is an account id.
pub(super) fn id(sink: &mut Sink<'_>, at: usize, end: usize) -> Option<usize> {
    let word = sink.text.get(at..end)?;
    let (prefix, fewest) = IDS.iter().find(|(p, _)| word.starts_with(p))?;
    let body = word.get(prefix.len()..)?;
    if body.len() < *fewest || super::judge::is_wordy(body) {
        return None;
    }
    sink.replace(at, end, "account-id", "", Flags::default());
    Some(end)
}

/// Replaces the Internet address that starts with the word at `at`. The loopback and the unspecified address stay: they
/// are nobody's.
pub(super) fn address(sink: &mut Sink<'_>, at: usize) -> Option<usize> {
    let text = sink.text;
    if !byte(text, at).is_ascii_hexdigit() || matches!(byte(text, at.wrapping_sub(1)), b'.' | b':') && at > 0 {
        return None;
    }
    let run = text.as_bytes().get(at..)?;
    let length = |fits: fn(&u8) -> bool| run.iter().take(46).take_while(|b| fits(b)).count();
    let four = length(|b| b.is_ascii_digit() || *b == b'.');
    let six = length(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    let tail = |len: usize| byte(text, at + len).is_ascii_alphanumeric() || byte(text, at + len) == b'-';
    let spelt = |len: usize| text.get(at..at + len).map(|t| t.trim_end_matches(['.', ':']));
    let v4 = spelt(four)
        .filter(|_| !tail(four))
        .filter(|t| t.parse::<Ipv4Addr>().is_ok_and(|a| !a.is_loopback() && !a.is_unspecified()));
    let v6 = spelt(six)
        .filter(|_| !tail(six))
        .filter(|t| t.len() >= 6 && t.parse::<Ipv6Addr>().is_ok_and(|a| !a.is_loopback() && !a.is_unspecified()));
    let len = v4.or(v6)?.len();
    sink.replace(at, at + len, "ip-address", "", Flags::default());
    Some(at + len)
}

#[cfg(test)]
mod tests {
    use super::super::{Raw, RedactOptions, redact};

    #[test]
    fn only_on_wish() {
        let text =
            "from 203.0.113.9:443 and 2001:db8::7, not 127.0.0.1, 1.51.0 or 09:25:01; org-Lk2VzR8mTqX5wYbN7cHs4dPe";
        let clean = |options| redact(Raw::new(text.to_owned()), &options).text().to_owned();
        assert_eq!(clean(RedactOptions::default()), text);
        assert_eq!(
            clean(RedactOptions { addresses: true, ..RedactOptions::default() }),
            "from {{redacted:ip-address}}:443 and {{redacted:ip-address}}, not 127.0.0.1, 1.51.0 or 09:25:01; org-Lk2VzR8mTqX5wYbN7cHs4dPe"
        );
        assert_eq!(
            clean(RedactOptions { accounts: true, ..RedactOptions::default() }),
            text.replace("org-Lk2VzR8mTqX5wYbN7cHs4dPe", "{{redacted:account-id}}")
        );
    }
}
