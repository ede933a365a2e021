//! Addresses that are no ordinary ones in the public net (RFC 6890 and the registries that IANA keeps after it).

use ipnet::IpNet;
use std::net::IpAddr;

/// Range, and what an address of it is.
static RANGES: &[(&str, &str)] = &[
    ("10.0.0.0/8", "a private address (RFC 1918)"),
    ("172.16.0.0/12", "a private address (RFC 1918)"),
    ("192.168.0.0/16", "a private address (RFC 1918)"),
    ("100.64.0.0/10", "an address of a carrier-grade NAT (RFC 6598)"),
    ("127.0.0.0/8", "one's own machine (RFC 1122)"),
    ("169.254.0.0/16", "a link-local address (RFC 3927)"),
    ("192.0.2.0/24", "an address for documentation (RFC 5737)"),
    ("198.51.100.0/24", "an address for documentation (RFC 5737)"),
    ("203.0.113.0/24", "an address for documentation (RFC 5737)"),
    ("198.18.0.0/15", "an address for benchmarks (RFC 2544)"),
    ("192.0.0.0/24", "an address for protocols (RFC 6890)"),
    ("0.0.0.0/8", "no address of a host (RFC 1122)"),
    ("224.0.0.0/4", "a multicast address (RFC 5771)"),
    ("240.0.0.0/4", "a reserved address (RFC 1112)"),
    ("::1/128", "one's own machine (RFC 4291)"),
    ("::/128", "no address of a host (RFC 4291)"),
    ("fc00::/7", "a private address (RFC 4193)"),
    ("fe80::/10", "a link-local address (RFC 4291)"),
    ("2001:db8::/32", "an address for documentation (RFC 3849)"),
    ("3fff::/20", "an address for documentation (RFC 9637)"),
    ("64:ff9b::/96", "an IPv4 address translated to IPv6 (RFC 6052)"),
    ("ff00::/8", "a multicast address (RFC 4291)"),
];

/// What an address is, where it is none that a server in the public net can see.
pub fn special(ip: &IpAddr) -> Option<&'static str> {
    within(&IpNet::from(*ip))
}

/// What all addresses of a range are.
pub(super) fn within(net: &IpNet) -> Option<&'static str> {
    let holds = |range: &str| range.parse::<IpNet>().is_ok_and(|r| r.contains(net));
    RANGES.iter().find(|(range, _)| holds(range)).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_is_one() {
        assert!(RANGES.iter().all(|(range, _)| range.parse::<IpNet>().is_ok_and(|r| r.trunc() == r)));
        assert_eq!(special(&"8.8.8.8".parse().unwrap()), None);
        assert_eq!(special(&"172.32.0.1".parse().unwrap()), None);
        assert!(special(&"172.31.255.255".parse().unwrap()).is_some());
    }
}
