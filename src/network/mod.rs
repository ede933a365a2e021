//! Outgoing addresses against an allowlist of ranges, IPv4 and IPv6. Pure text work: no address is looked up or called.

mod entry;
mod special;

pub use entry::{Parsed, parse};
pub use special::special;

use crate::span::{LineIndex, Position, Span};
use ipnet::IpNet;
use std::net::IpAddr;

/// Longest list that is read, in entries: a real allowlist has some fifty.
const MOST: usize = 20_000;

/// Most entries that OpenAI's allowlist takes: <https://developers.openai.com/api/docs/guides/ip-allowlist>.
pub const OPENAI_MOST: usize = 50;

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub at: Position,
    /// The ranges that it means: one, or several for `from-to`; none where it means none.
    pub nets: Vec<IpNet>,
    /// What is wrong with it: a sentence.
    pub problem: Option<String>,
    /// What is to be known about it without being wrong: a sentence each.
    pub notes: Vec<String>,
}

/// One outgoing address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// As written.
    pub text: String,
    /// Where it stands.
    pub at: Position,
    /// The address, where it is one. An IPv4 address in IPv6 notation is taken for the IPv4 address that it is.
    pub ip: Option<IpAddr>,
    /// What is wrong with it, or why no server in the public net will ever see it: a sentence.
    pub problem: Option<String>,
    /// The entries of the allowlist that hold it, as indices.
    pub allowed_by: Vec<usize>,
}

/// What comes of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The allowlist's entries, in order.
    pub entries: Vec<Entry>,
    /// The addresses, in order.
    pub addresses: Vec<Address>,
}

impl Address {
    /// True for one address that a server in the public net may see.
    pub fn seen(&self) -> bool {
        self.ip.is_some() && self.problem.is_none()
    }
}

impl Comparison {
    /// True where every address is one, is seen outside and is allowed, and there is at least one.
    pub fn all_allowed(&self) -> bool {
        !self.addresses.is_empty() && self.addresses.iter().all(|a| a.seen() && !a.allowed_by.is_empty())
    }

    /// What is to be known about the two lists as wholes: a sentence each.
    pub fn remarks(&self) -> Vec<String> {
        let mut out = Vec::new();
        if self.entries.len() > OPENAI_MOST {
            let counts = [self.entries.len(), OPENAI_MOST].map(|n| n.to_string());
            out.push(["The list has ", &counts[0], " entries; OpenAI's takes ", &counts[1], "."].concat());
        }
        for (v6, name, other) in [(false, "IPv4", "IPv6"), (true, "IPv6", "IPv4")] {
            let ranges = self.entries.iter().flat_map(|e| &e.nets);
            let lacks = !self.entries.is_empty() && !ranges.clone().any(|n| matches!(n, IpNet::V6(_)) == v6);
            let called =
                self.addresses.iter().any(|a| a.allowed_by.is_empty() && a.ip.is_some_and(|ip| ip.is_ipv6() == v6));
            if lacks && called {
                let parts = ["The list has no ", name, " range; add one, or make the calls by ", other, " alone."];
                out.push(parts.concat());
            }
        }
        out
    }
}

/// Compares `addresses` with `ranges`. Both are lists as people write them: separated by white space, commas or semicolons,
/// with quotes or brackets around, `#` and `//` before comments.
pub fn compare(addresses: &str, ranges: &str) -> Comparison {
    let mut entries: Vec<Entry> = items(ranges)
        .map(|(text, at)| {
            let Parsed { nets, problem, notes } = parse(text);
            Entry { text: text.to_owned(), at, nets, problem, notes }
        })
        .collect();
    name_overlaps(&mut entries);
    let index = Index::new(&entries);
    let addresses = items(addresses).map(|(text, at)| address(text, at, &index)).collect();
    Comparison { entries, addresses }
}

fn address(text: &str, at: Position, index: &Index) -> Address {
    let parsed = parse(text);
    let ip = match parsed.nets.as_slice() {
        [net] if net.prefix_len() == net.max_prefix_len() => Some(net.addr()),
        _ => None,
    };
    let problem = match ip {
        Some(ip) => special(&ip).map(|what| {
            [
                text,
                " is ",
                what,
                ": a server in the public net never sees it. Ask for the address behind which you go out.",
            ]
            .concat()
        }),
        None if parsed.nets.is_empty() => parsed.problem,
        None => Some([text, " is a range, not one address."].concat()),
    };
    let allowed_by = ip.map(|ip| index.holding(&ip)).unwrap_or_default();
    Address { text: text.to_owned(), at, ip, problem, allowed_by }
}

/// The ranges by where they start, so that each address is looked up among those alone that can hold it.
struct Index {
    /// Range and entry, sorted by network and then by length of the prefix.
    nets: Vec<(IpNet, usize)>,
}

impl Index {
    fn new(entries: &[Entry]) -> Self {
        let each = |(at, entry): (usize, &Entry)| entry.nets.iter().map(|n| (n.trunc(), at)).collect::<Vec<_>>();
        let mut nets: Vec<(IpNet, usize)> = entries.iter().enumerate().flat_map(each).collect();
        nets.sort_by_key(|(net, at)| (net.network(), net.prefix_len(), *at));
        Self { nets }
    }

    fn holding(&self, ip: &IpAddr) -> Vec<usize> {
        let mut found = Vec::new();
        let net = IpNet::from(*ip);
        // One look for each length of prefix: a range that holds the address starts at its network of that length.
        for length in 0..=net.max_prefix_len() {
            let Some(start) = IpNet::new(*ip, length).ok().map(|n| n.network()) else { continue };
            let at = self.nets.partition_point(|(n, _)| (n.network(), n.prefix_len()) < (start, length));
            let same = self.nets.iter().skip(at).take_while(|(n, _)| n.network() == start && n.prefix_len() == length);
            found.extend(same.map(|(_, entry)| *entry));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Names the entries that another one holds already. Sorted ranges nest or lie apart, so a stack of open ones is enough.
fn name_overlaps(entries: &mut [Entry]) {
    let index = Index::new(entries);
    let mut open: Vec<(IpNet, usize)> = Vec::new();
    let mut told: Vec<(usize, usize, bool)> = Vec::new();
    for (net, at) in &index.nets {
        while open.last().is_some_and(|(outer, _)| !outer.contains(net)) {
            open.pop();
        }
        if let Some((outer, other)) = open.last().filter(|(_, other)| other != at) {
            told.push((*at, *other, outer == net));
        }
        // What allows everybody is a mistake of its own: it makes nothing else superfluous.
        if net.prefix_len() > 0 {
            open.push((*net, *at));
        }
    }
    for (at, other, same) in told {
        let Some(outer) = entries.get(other).map(|e| e.text.clone()) else { continue };
        let Some(entry) = entries.get_mut(at) else { continue };
        let what = if same { " says the same as " } else { " lies within " };
        let note = [&entry.text, what, &outer, ": it can go."].concat();
        // A span of addresses is several ranges; one sentence for all of them will do.
        if entry.notes.last() != Some(&note) {
            entry.notes.push(note);
        }
    }
}

/// The items of a list with their places.
fn items(text: &str) -> impl Iterator<Item = (&str, Position)> {
    let lines = LineIndex::new(text);
    let line_spans: Vec<Span> = (0..lines.len()).filter_map(|n| lines.line(text, n)).collect();
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '`' | '(' | ')');
    line_spans
        .into_iter()
        .enumerate()
        .flat_map(move |(number, span)| {
            let line = span.of(text);
            // `//` within a word is part of an address of a page.
            let slashes = line.match_indices("//").map(|(at, _)| at);
            let slashes =
                slashes.filter(|at| line.get(..*at).is_some_and(|b| b.trim_end().len() < b.len() || b.is_empty()));
            let end = line.find('#').into_iter().chain(slashes).min().unwrap_or(line.len());
            let line = line.get(..end).unwrap_or(line);
            let words = line.split(separates).filter(|w| !w.trim_matches(['[', ']', '-']).is_empty());
            words
                .map(|word| {
                    let at = crate::check::target::within(line, word).unwrap_or_default();
                    let column = line.get(..at).map_or(0, |before| before.chars().count()) + 1;
                    (trimmed(word), Position { line: number + 1, column })
                })
                .collect::<Vec<_>>()
        })
        .take(MOST)
}

/// An item without the brackets of a list; those around an IPv6 address stay.
fn trimmed(word: &str) -> &str {
    if word.contains(':') { word } else { word.trim_matches(['[', ']']) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_their_ranges() {
        let found = compare(
            "203.0.114.7\n8.8.8.8, 2606:4700::1111; ::ffff:203.0.114.9",
            "# office\n203.0.114.0/24, 2606:4700::/32\n[\"203.0.114.7\"]\n",
        );
        let allowed: Vec<Vec<usize>> = found.addresses.iter().map(|a| a.allowed_by.clone()).collect();
        assert_eq!(allowed, [vec![0, 2], vec![], vec![1], vec![0]]);
        assert!(found.addresses.iter().all(|a| a.problem.is_none()), "{:?}", found.addresses);
        assert_eq!(found.entries[2].notes, ["203.0.114.7 lies within 203.0.114.0/24: it can go."]);
        assert_eq!((found.entries[1].at.line, found.entries[1].at.column), (2, 17));
        assert_eq!((found.entries[2].at.line, found.entries[2].at.column), (3, 3));
        assert_eq!(compare("https://example.com // a page", "").addresses.len(), 1);
        assert!(!found.all_allowed());
        assert!(compare("1.1.1.1", "0.0.0.0/0 ::/0").all_allowed());
        for address in ["10.0.0.5", "banana", "8.8.8.0/24"] {
            let found = compare(&["1.1.1.1 ", address].concat(), "0.0.0.0/0 ::/0");
            assert!(!found.all_allowed() && !found.addresses[1].seen(), "{address}");
        }
    }

    #[test]
    fn what_allows_everybody_makes_nothing_superfluous() {
        let found = compare("", "8.8.8.0/24 0.0.0.0/0 9.9.9.0-9.9.9.20 9.9.0.0/16");
        let notes: Vec<usize> = found.entries.iter().map(|e| e.notes.len()).collect();
        assert_eq!(notes.first(), Some(&0));
        assert_eq!(found.entries[2].notes.iter().filter(|n| n.contains("lies within 9.9.0.0/16")).count(), 1);
    }

    #[test]
    fn addresses_that_nobody_outside_sees_are_called_out() {
        for (address, what) in [
            ("10.1.2.3", "private"),
            ("192.168.0.7", "private"),
            ("100.64.0.1", "carrier"),
            ("127.0.0.1", "own machine"),
            ("203.0.113.5", "documentation"),
            ("2001:db8::1", "documentation"),
            ("fe80::1", "link"),
            ("fd12::1", "private"),
            ("10.0.0.0/8", "range"),
            ("300.1.1.1", "no address"),
        ] {
            let found = compare(address, "0.0.0.0/0");
            let problem = found.addresses[0].problem.clone().unwrap_or_default();
            assert!(problem.contains(what), "{address}: {problem}");
        }
    }

    #[test]
    fn what_concerns_a_whole_list_is_remarked() {
        let both = compare("8.8.8.8 2606:4700::1111", "8.8.8.0/24").remarks();
        assert_eq!(both, ["The list has no IPv6 range; add one, or make the calls by IPv4 alone."]);
        assert_eq!(compare("8.8.8.8", "8.8.8.0/24").remarks(), Vec::<String>::new());
        assert_eq!(compare("8.8.8.8", "").remarks(), Vec::<String>::new());
        let many: String = (0..51).map(|n| format!("8.8.{n}.0/24\n")).collect();
        assert_eq!(compare("", &many).remarks(), ["The list has 51 entries; OpenAI's takes 50."]);
    }

    #[test]
    fn overlaps_and_doubles_are_named() {
        let found = compare("", "10.0.0.0/8\n10.1.0.0/16 11.0.0.0/8\n10.0.0.0/8\n10.1.2.0/24");
        let notes: Vec<Vec<String>> = found.entries.into_iter().map(|e| e.notes).collect();
        let with = |n: usize, text: &str| notes[n].iter().any(|t| t.contains(text));
        assert!(with(1, "lies within 10.0.0.0/8"), "{notes:?}");
        assert!(with(3, "says the same as 10.0.0.0/8") && with(4, "lies within 10.1.0.0/16"), "{notes:?}");
        assert!(!notes[2].iter().any(|t| t.contains("within")), "{notes:?}");
    }

    #[test]
    fn hostile_lists_come_to_an_end() {
        let many: String = (0..30_000).map(|n| format!("10.{}.{}.0/24\n", n / 256 % 256, n % 256)).collect();
        assert_eq!(compare(&many, &many).entries.len(), MOST);
        for odd in ["", ",,,", "[[[", "]", "::::", "/", "1.2.3.4/", "-", "1-2", "é", "1.1.1.1-é", "::-ffff:ffff::", "#"]
        {
            compare(odd, odd);
        }
    }
}
