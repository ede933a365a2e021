//! Reads one entry of an allowlist: an address, a range in CIDR notation, and what people write in their place.

use super::special;
use ipnet::{IpNet, Ipv4Subnets, Ipv6Subnets};
use std::net::{IpAddr, Ipv4Addr};

/// What an entry means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The ranges; none where it means none.
    pub nets: Vec<IpNet>,
    /// What is wrong, in a sentence: providers refuse such an entry even where it is clear what is meant.
    pub problem: Option<String>,
    /// What is to be known about it.
    pub notes: Vec<String>,
}

/// Reads an entry.
pub fn parse(text: &str) -> Parsed {
    let bare = text.trim();
    if let Some(net) = cidr(bare) {
        return with_notes(bare, net);
    }
    let meant = |nets: Vec<IpNet>, why: &str| {
        let written: Vec<String> = nets.iter().take(8).map(ToString::to_string).collect();
        let more = if nets.len() > 8 { " and others" } else { "" };
        Parsed {
            problem: Some([bare, why, "; write ", &written.join(", "), more, "."].concat()),
            nets,
            notes: Vec::new(),
        }
    };
    let wrong = |why: &str| Parsed { problem: Some([bare, why].concat()), ..Parsed::default() };
    if bare.contains("://") {
        return wrong(" is an address of a page, not of a machine.");
    }
    if let Some((address, zone)) = bare.split_once('%')
        && let Some(net) = cidr(address).filter(|_| !zone.is_empty())
    {
        return meant(vec![net], " names an interface of one's own machine");
    }
    if let Some((from, to)) = bare.split_once('-') {
        return match (from.parse(), to.parse()) {
            (Ok(IpAddr::V4(a)), Ok(IpAddr::V4(b))) if a <= b => {
                meant(Ipv4Subnets::new(a, b, 0).map(IpNet::V4).collect(), " is written as a span")
            }
            (Ok(IpAddr::V6(a)), Ok(IpAddr::V6(b))) if a <= b => {
                meant(Ipv6Subnets::new(a, b, 0).map(IpNet::V6).collect(), " is written as a span")
            }
            (Ok(a), Ok(b)) if a.is_ipv4() == b.is_ipv4() => wrong(" ends before it starts."),
            _ => wrong(" is no address and no range."),
        };
    }
    if let Some((address, mask)) = bare.split_once('/') {
        let Ok(ip) = address.parse::<IpAddr>() else { return wrong(" is no range: no address stands before the `/`.") };
        return match mask.parse::<Ipv4Addr>().map(|mask| IpNet::with_netmask(ip, IpAddr::V4(mask))) {
            Ok(Ok(net)) => meant(vec![net.trunc()], " has a netmask in the place of a prefix length"),
            _ if mask.parse::<u32>().is_ok() => {
                let most = if ip.is_ipv4() { "32 for IPv4." } else { "128 for IPv6." };
                wrong(&[" has too long a prefix: it ends at ", most].concat())
            }
            _ => wrong(" has no prefix length behind the `/`."),
        };
    }
    if let Some(net) = with_port(bare) {
        return meant(vec![net], " has a port");
    }
    if let Some(net) = wildcard(bare) {
        return meant(vec![net], " holds a wildcard");
    }
    if let Some(net) = leading_zeros(bare) {
        return meant(vec![net], " has leading zeros, which some programs read as octal");
    }
    if bare.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return wrong(" is no address: it takes four numbers from 0 to 255.");
    }
    if bare.contains('.') && !bare.contains(':') && bare.bytes().any(|b| b.is_ascii_alphabetic()) {
        return wrong(" is no address but a name; an allowlist takes addresses alone.");
    }
    wrong(" is no address and no range.")
}

fn cidr(text: &str) -> Option<IpNet> {
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    inner.parse::<IpNet>().ok().or_else(|| inner.parse::<IpAddr>().ok().map(IpNet::from))
}

fn with_notes(text: &str, net: IpNet) -> Parsed {
    let mut notes = Vec::new();
    let net = match net {
        // What a program that listens for both prints for an IPv4 address.
        IpNet::V6(v6) if v6.prefix_len() >= 96 => match v6.addr().to_ipv4_mapped() {
            Some(v4) => IpNet::new(IpAddr::V4(v4), v6.prefix_len() - 96).unwrap_or(net),
            None => net,
        },
        _ => net,
    };
    if net.trunc() != net {
        notes.push([text, " has bits behind its prefix; it means ", &net.trunc().to_string(), "."].concat());
    }
    if let Some(what) = special::within(&net) {
        notes.push([text, " is ", what, ": no request from the public net comes from there."].concat());
    }
    if net.prefix_len() == 0 {
        notes.push([text, " allows everybody."].concat());
    }
    Parsed { nets: vec![net.trunc()], problem: None, notes }
}

/// `1.2.3.4:443` and `[::1]:443`.
fn with_port(text: &str) -> Option<IpNet> {
    let (address, port) = text.rsplit_once(':')?;
    let whole = address.parse::<Ipv4Addr>().is_ok() || address.starts_with('[');
    cidr(address).filter(|_| whole && port.parse::<u16>().is_ok())
}

/// `10.1.*` and `10.1.*.*`.
fn wildcard(text: &str) -> Option<IpNet> {
    let parts: Vec<&str> = text.split('.').collect();
    let fixed = parts.iter().position(|p| matches!(*p, "*" | "x"))?;
    if parts.len() > 4 || parts.iter().skip(fixed).any(|p| !matches!(*p, "*" | "x")) {
        return None;
    }
    let mut octets = [0u8; 4];
    for (octet, part) in octets.iter_mut().zip(parts.iter().take(fixed)) {
        *octet = part.parse().ok()?;
    }
    IpNet::new(IpAddr::from(octets), u8::try_from(fixed * 8).ok()?).ok()
}

/// `010.001.002.003`, read as decimal.
fn leading_zeros(text: &str) -> Option<IpNet> {
    let numbers = text.split('.').map(|p| p.parse::<u8>().ok().filter(|_| p.len() <= 3)).collect::<Option<Vec<_>>>()?;
    let octets: [u8; 4] = numbers.try_into().ok()?;
    Some(IpNet::from(IpAddr::from(octets)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String, String) {
        let parsed = parse(text);
        let nets: Vec<String> = parsed.nets.iter().map(ToString::to_string).collect();
        (nets.join(" "), parsed.problem.unwrap_or_default(), parsed.notes.join(" "))
    }

    #[test]
    fn what_people_write() {
        for (text, nets, problem, note) in [
            ("8.8.8.8", "8.8.8.8/32", "", ""),
            ("8.8.8.0/24", "8.8.8.0/24", "", ""),
            ("2606:4700::/32", "2606:4700::/32", "", ""),
            ("[2606:4700::1]", "2606:4700::1/128", "", ""),
            ("::ffff:8.8.8.8", "8.8.8.8/32", "", ""),
            ("8.8.8.8/24", "8.8.8.0/24", "", "it means 8.8.8.0/24"),
            ("10.0.0.0/8", "10.0.0.0/8", "", "private"),
            ("0.0.0.0/0", "0.0.0.0/0", "", "everybody"),
            ("8.8.8.0-8.8.8.255", "8.8.8.0/24", "span; write 8.8.8.0/24", ""),
            ("8.8.8.1-8.8.8.2", "8.8.8.1/32 8.8.8.2/32", "span", ""),
            ("8.8.8.2-8.8.8.1", "", "ends before it starts", ""),
            ("8.8.8.0/255.255.255.0", "8.8.8.0/24", "netmask", ""),
            ("8.8.8.0/33", "", "32 for IPv4", ""),
            ("2606::/129", "", "128 for IPv6", ""),
            ("8.8.8.0/", "", "no prefix length", ""),
            ("8.8.8.8:443", "8.8.8.8/32", "a port; write 8.8.8.8/32", ""),
            ("[2606::1]:443", "2606::1/128", "a port", ""),
            ("8.8.*", "8.8.0.0/16", "wildcard", ""),
            ("8.8.*.*", "8.8.0.0/16", "wildcard", ""),
            ("008.008.008.008", "8.8.8.8/32", "leading zeros", ""),
            ("fe80::1%eth0", "fe80::1/128", "interface", ""),
            ("256.1.1.1", "", "four numbers", ""),
            ("vpn.example.com", "", "a name", ""),
            ("https://example.com", "", "a page", ""),
            ("nonsense", "", "no address and no range", ""),
        ] {
            let found = read(text);
            assert_eq!(found.0, nets, "{text}: {found:?}");
            assert!(found.1.contains(problem) && found.1.is_empty() == problem.is_empty(), "{text}: {found:?}");
            assert!(found.2.contains(note) && found.2.is_empty() == note.is_empty(), "{text}: {found:?}");
        }
    }
}
