//! E-mail addresses.

use super::fingerprint::Flags;
use super::sink::Sink;
use super::unit::{byte, floor};

/// Providers and hosts of code, whose help desks messages name: these addresses are evidence and nobody's own.
const KNOWN: &[&str] = &[
    "openai.com",
    "chatgpt.com",
    "anthropic.com",
    "claude.com",
    "google.com",
    "microsoft.com",
    "azure.com",
    "amazon.com",
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "cloudflare.com",
    "x.ai",
    "mistral.ai",
    "groq.com",
    "openrouter.ai",
    "deepseek.com",
    "cursor.com",
    "huggingface.co",
    "perplexity.ai",
];

/// Local parts of addresses that are nobody's, at these: help desks and machines. `git@` is one at every host.
const ROLES: &[&str] = &[
    "support",
    "help",
    "helpdesk",
    "noreply",
    "no-reply",
    "sales",
    "security",
    "abuse",
    "git",
    "info",
    "contact",
    "postmaster",
    "legal",
    "privacy",
    "www",
];

/// Endings that look like a top-level domain and are a file's.
const FILES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "mjs", "cjs", "css", "map", "json", "html", "py", "rs",
    "so", "dll", "jar", "tgz", "service", "target", "tsx", "jsx", "vue",
];

/// Called at an `@` that takes `width` bytes.
pub(super) fn at_sign(sink: &mut Sink<'_>, at: usize, width: usize) -> Option<usize> {
    let bytes = sink.text.as_bytes();
    let floor = at.saturating_sub(64).max(sink.done());
    let local = bytes
        .get(floor..at)?
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-' | b'\''))
        .count();
    let mut start = at - local;
    // What an escape, an encoding or a quote left over is no part of the name.
    let lead = sink.text.get(start..at)?;
    // But for the marks that a name may hold.
    let ends = |mark: &usize| {
        let digits = lead.get(mark + 1..mark + 3).unwrap_or_default();
        let own = ["2B", "2E", "2D", "5F"].iter().any(|own| own.eq_ignore_ascii_case(digits));
        digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_hexdigit()) && !own
    };
    if let Some((mark, _)) = lead.rmatch_indices('%').find(|(mark, _)| ends(mark)) {
        start += mark + 3;
    }
    if byte(sink.text, start.wrapping_sub(1)) == b'\\' && matches!(byte(sink.text, start), b'n' | b't' | b'r') {
        start += 1;
    }
    while matches!(byte(sink.text, start), b'.' | b'\'' | b'-' | b'%') && start < at {
        start += 1;
    }
    let local = sink.text.get(start..at)?;
    let from = at + width;
    let domain = bytes
        .get(from..)?
        .iter()
        .take(253)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    // A name that a secret hangs on is none.
    if domain > 0 && sink.text.get(from + domain..)?.starts_with(super::placeholder::OPEN) {
        return None;
    }
    let domain = sink.text.get(from..from + domain)?.trim_end_matches(['.', '-']);
    let (labels, top) = domain.rsplit_once('.')?;
    let top_fits =
        (2..=24).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic()) && !FILES.contains(&top);
    let versioned = labels
        .trim_start_matches('v')
        .split('.')
        .next()
        .is_some_and(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_digit()));
    let empty = labels.split('.').any(str::is_empty);
    let own = |known: &str| domain.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    let role =
        ROLES.iter().any(|r| r.eq_ignore_ascii_case(local)) && (local == "git" || KNOWN.iter().any(|known| own(known)));
    if local.is_empty()
        || !top_fits
        || versioned
        || empty
        || role
        || local.contains("..")
        || local.bytes().all(|b| b == b'x' || b == b'*')
    {
        return None;
    }
    let end = from + domain.len();
    // A login on a machine is no address that mail goes to.
    let rest = sink.text.get(end..)?;
    if sink.text.get(..start)?.ends_with("ssh ") || rest.starts_with(":/") || rest.starts_with(":~") {
        return None;
    }
    let first = super::opening::is_line_start(sink.text, start);
    sink.replace(start, end, "email", "", Flags::default());
    password(sink, end, first).or(Some(end))
}

/// `jo@acme.example:…`, as lists of accounts have it; `first` where the address starts its line.
pub(super) fn password(sink: &mut Sink<'_>, end: usize, first: bool) -> Option<usize> {
    let rest = sink.text.get(end..floor(sink.text, sink.text.len().min(end + 96)))?;
    let rest = rest.strip_prefix([':', '|', ';'])?;
    let len =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\' | '|' | ',')).unwrap_or(rest.len());
    // A word that ends the line, too.
    let ends = matches!(rest.as_bytes().get(len), None | Some(b'\n' | b'\r'));
    let word = |key: &str| {
        let letters = key.starts_with(|c: char| c.is_ascii_alphabetic());
        first && ends && letters && key.len() >= 6 && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let key = rest.get(..len).filter(|key| (super::judge::is_made(key) || word(key)) && !key.starts_with('/'))?;
    let to = end + 1 + len;
    sink.replace(end + 1, to, "password", key, Flags::default());
    Some(to)
}
