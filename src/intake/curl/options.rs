//! Every option of curl 8 with its letter and whether it takes a value, and how curl finds one by its name.
//!
//! Source: curl's manual (`curl --manual`, `man curl`). A boolean `--name` may be written `--no-name`.

/// One option.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opt {
    /// Long name without its hyphens.
    pub(super) name: &'static str,
    /// The letter, 0 where there is none.
    pub(super) letter: u8,
    /// Whether it takes a value.
    pub(super) value: bool,
}

const fn o(name: &'static str, letter: u8, value: bool) -> Opt {
    Opt { name, letter, value }
}

/// How a long name was understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This option; true where `--no-` stood before its name.
    One(&'static Opt, bool),
    /// The beginning of several names.
    Ambiguous,
    /// No option of curl.
    Unknown,
}

/// Finds an option by its long name as curl does: the whole name, or a beginning that only one name has.
pub(super) fn long(name: &str) -> Found {
    match find(name) {
        Found::Unknown => match name.strip_prefix("no-").map(find) {
            Some(Found::One(option, _)) if !option.value => Found::One(option, true),
            Some(Found::Ambiguous) => Found::Ambiguous,
            _ => Found::Unknown,
        },
        found => found,
    }
}

fn find(name: &str) -> Found {
    let lower = name.to_ascii_lowercase();
    let at = OPTIONS.partition_point(|o| o.name < lower.as_str());
    let mut same = OPTIONS.iter().skip(at).take_while(|o| o.name.starts_with(&lower));
    match (same.next(), same.next()) {
        (None, _) => Found::Unknown,
        (Some(option), _) if option.name == lower => Found::One(option, false),
        (Some(option), None) if !lower.is_empty() => Found::One(option, false),
        _ => Found::Ambiguous,
    }
}

/// Finds an option by its letter.
pub(super) fn short(letter: char) -> Option<&'static Opt> {
    let letter = u8::try_from(letter).ok()?;
    OPTIONS.iter().find(|o| o.letter == letter && letter != 0)
}

/// The options, sorted by name.
pub(super) static OPTIONS: [Opt; 278] = [
    o("abstract-unix-socket", 0, true),
    o("alpn", 0, false),
    o("alt-svc", 0, true),
    o("anyauth", 0, false),
    o("append", b'a', false),
    o("aws-sigv4", 0, true),
    o("basic", 0, false),
    o("buffer", b'N', false),
    o("ca-native", 0, false),
    o("cacert", 0, true),
    o("capath", 0, true),
    o("cert", b'E', true),
    o("cert-status", 0, false),
    o("cert-type", 0, true),
    o("ciphers", 0, true),
    o("clobber", 0, false),
    o("compressed", 0, false),
    o("compressed-ssh", 0, false),
    o("config", b'K', true),
    o("connect-timeout", 0, true),
    o("connect-to", 0, true),
    o("continue-at", b'C', true),
    o("cookie", b'b', true),
    o("cookie-jar", b'c', true),
    o("create-dirs", 0, false),
    o("create-file-mode", 0, true),
    o("crlf", 0, false),
    o("crlfile", 0, true),
    o("curves", 0, true),
    o("data", b'd', true),
    o("data-ascii", 0, true),
    o("data-binary", 0, true),
    o("data-raw", 0, true),
    o("data-urlencode", 0, true),
    o("delegation", 0, true),
    o("digest", 0, false),
    o("disable", b'q', false),
    o("disable-eprt", 0, false),
    o("disable-epsv", 0, false),
    o("disallow-username-in-url", 0, false),
    o("dns-interface", 0, true),
    o("dns-ipv4-addr", 0, true),
    o("dns-ipv6-addr", 0, true),
    o("dns-servers", 0, true),
    o("doh-cert-status", 0, false),
    o("doh-insecure", 0, false),
    o("doh-url", 0, true),
    o("dump-ca-embed", 0, false),
    o("dump-header", b'D', true),
    o("ech", 0, true),
    o("egd-file", 0, true),
    o("engine", 0, true),
    o("eprt", 0, false),
    o("epsv", 0, false),
    o("etag-compare", 0, true),
    o("etag-save", 0, true),
    o("expect100-timeout", 0, true),
    o("fail", b'f', false),
    o("fail-early", 0, false),
    o("fail-with-body", 0, false),
    o("false-start", 0, false),
    o("follow", 0, false),
    o("form", b'F', true),
    o("form-escape", 0, false),
    o("form-string", 0, true),
    o("ftp-account", 0, true),
    o("ftp-alternative-to-user", 0, true),
    o("ftp-create-dirs", 0, false),
    o("ftp-method", 0, true),
    o("ftp-pasv", 0, false),
    o("ftp-port", b'P', true),
    o("ftp-pret", 0, false),
    o("ftp-skip-pasv-ip", 0, false),
    o("ftp-ssl", 0, false),
    o("ftp-ssl-ccc", 0, false),
    o("ftp-ssl-ccc-mode", 0, true),
    o("ftp-ssl-control", 0, false),
    o("ftp-ssl-reqd", 0, false),
    o("get", b'G', false),
    o("globoff", b'g', false),
    o("happy-eyeballs-timeout-ms", 0, true),
    o("haproxy-clientip", 0, true),
    o("haproxy-protocol", 0, false),
    o("head", b'I', false),
    o("header", b'H', true),
    o("help", b'h', true),
    o("hostpubmd5", 0, true),
    o("hostpubsha256", 0, true),
    o("hsts", 0, true),
    o("http0.9", 0, false),
    o("http1.0", b'0', false),
    o("http1.1", 0, false),
    o("http2", 0, false),
    o("http2-prior-knowledge", 0, false),
    o("http3", 0, false),
    o("http3-only", 0, false),
    o("ignore-content-length", 0, false),
    o("include", b'i', false),
    o("insecure", b'k', false),
    o("interface", 0, true),
    o("ip-tos", 0, true),
    o("ipfs-gateway", 0, true),
    o("ipv4", b'4', false),
    o("ipv6", b'6', false),
    o("json", 0, true),
    o("junk-session-cookies", b'j', false),
    o("keepalive", 0, false),
    o("keepalive-cnt", 0, true),
    o("keepalive-time", 0, true),
    o("key", 0, true),
    o("key-type", 0, true),
    o("knownhosts", 0, true),
    o("krb", 0, true),
    o("krb4", 0, true),
    o("libcurl", 0, true),
    o("limit-rate", 0, true),
    o("list-only", b'l', false),
    o("local-port", 0, true),
    o("location", b'L', false),
    o("location-trusted", 0, false),
    o("login-options", 0, true),
    o("mail-auth", 0, true),
    o("mail-from", 0, true),
    o("mail-rcpt", 0, true),
    o("mail-rcpt-allowfails", 0, false),
    o("manual", b'M', false),
    o("max-filesize", 0, true),
    o("max-redirs", 0, true),
    o("max-time", b'm', true),
    o("metalink", 0, false),
    o("mptcp", 0, false),
    o("negotiate", 0, false),
    o("netrc", b'n', false),
    o("netrc-file", 0, true),
    o("netrc-optional", 0, false),
    o("next", b':', false),
    o("noproxy", 0, true),
    o("npn", 0, false),
    o("ntlm", 0, false),
    o("ntlm-wb", 0, false),
    o("oauth2-bearer", 0, true),
    o("out-null", 0, false),
    o("output", b'o', true),
    o("output-dir", 0, true),
    o("parallel", b'Z', false),
    o("parallel-immediate", 0, false),
    o("parallel-max", 0, true),
    o("parallel-max-host", 0, true),
    o("pass", 0, true),
    o("path-as-is", 0, false),
    o("pinnedpubkey", 0, true),
    o("post301", 0, false),
    o("post302", 0, false),
    o("post303", 0, false),
    o("preproxy", 0, true),
    o("progress-bar", b'#', false),
    o("progress-meter", 0, false),
    o("proto", 0, true),
    o("proto-default", 0, true),
    o("proto-redir", 0, true),
    o("proxy", b'x', true),
    o("proxy-anyauth", 0, false),
    o("proxy-basic", 0, false),
    o("proxy-ca-native", 0, false),
    o("proxy-cacert", 0, true),
    o("proxy-capath", 0, true),
    o("proxy-cert", 0, true),
    o("proxy-cert-type", 0, true),
    o("proxy-ciphers", 0, true),
    o("proxy-crlfile", 0, true),
    o("proxy-digest", 0, false),
    o("proxy-header", 0, true),
    o("proxy-http2", 0, false),
    o("proxy-insecure", 0, false),
    o("proxy-key", 0, true),
    o("proxy-key-type", 0, true),
    o("proxy-negotiate", 0, false),
    o("proxy-ntlm", 0, false),
    o("proxy-pass", 0, true),
    o("proxy-pinnedpubkey", 0, true),
    o("proxy-service-name", 0, true),
    o("proxy-ssl-allow-beast", 0, false),
    o("proxy-ssl-auto-client-cert", 0, false),
    o("proxy-tls13-ciphers", 0, true),
    o("proxy-tlsauthtype", 0, true),
    o("proxy-tlspassword", 0, true),
    o("proxy-tlsuser", 0, true),
    o("proxy-tlsv1", 0, false),
    o("proxy-user", b'U', true),
    o("proxy1.0", 0, true),
    o("proxytunnel", b'p', false),
    o("pubkey", 0, true),
    o("quote", b'Q', true),
    o("random-file", 0, true),
    o("range", b'r', true),
    o("rate", 0, true),
    o("raw", 0, false),
    o("referer", b'e', true),
    o("remote-header-name", b'J', false),
    o("remote-name", b'O', false),
    o("remote-name-all", 0, false),
    o("remote-time", b'R', false),
    o("remove-on-error", 0, false),
    o("request", b'X', true),
    o("request-target", 0, true),
    o("resolve", 0, true),
    o("retry", 0, true),
    o("retry-all-errors", 0, false),
    o("retry-connrefused", 0, false),
    o("retry-delay", 0, true),
    o("retry-max-time", 0, true),
    o("sasl-authzid", 0, true),
    o("sasl-ir", 0, false),
    o("service-name", 0, true),
    o("sessionid", 0, false),
    o("show-error", b'S', false),
    o("sigalgs", 0, true),
    o("silent", b's', false),
    o("skip-existing", 0, false),
    o("socks4", 0, true),
    o("socks4a", 0, true),
    o("socks5", 0, true),
    o("socks5-basic", 0, false),
    o("socks5-gssapi", 0, false),
    o("socks5-gssapi-nec", 0, false),
    o("socks5-gssapi-service", 0, true),
    o("socks5-hostname", 0, true),
    o("speed-limit", b'Y', true),
    o("speed-time", b'y', true),
    o("ssl", 0, false),
    o("ssl-allow-beast", 0, false),
    o("ssl-auto-client-cert", 0, false),
    o("ssl-no-revoke", 0, false),
    o("ssl-reqd", 0, false),
    o("ssl-revoke-best-effort", 0, false),
    o("sslv2", b'2', false),
    o("sslv3", b'3', false),
    o("stderr", 0, true),
    o("styled-output", 0, false),
    o("suppress-connect-headers", 0, false),
    o("tcp-fastopen", 0, false),
    o("tcp-nodelay", 0, false),
    o("telnet-option", b't', true),
    o("test-event", 0, false),
    o("tftp-blksize", 0, true),
    o("tftp-no-options", 0, false),
    o("time-cond", b'z', true),
    o("tls-earlydata", 0, false),
    o("tls-max", 0, true),
    o("tls13-ciphers", 0, true),
    o("tlsauthtype", 0, true),
    o("tlspassword", 0, true),
    o("tlsuser", 0, true),
    o("tlsv1", b'1', false),
    o("tlsv1.0", 0, false),
    o("tlsv1.1", 0, false),
    o("tlsv1.2", 0, false),
    o("tlsv1.3", 0, false),
    o("tr-encoding", 0, false),
    o("trace", 0, true),
    o("trace-ascii", 0, true),
    o("trace-config", 0, true),
    o("trace-ids", 0, false),
    o("trace-time", 0, false),
    o("unix-socket", 0, true),
    o("upload-file", b'T', true),
    o("upload-flags", 0, true),
    o("url", 0, true),
    o("url-query", 0, true),
    o("use-ascii", b'B', false),
    o("user", b'u', true),
    o("user-agent", b'A', true),
    o("variable", 0, true),
    o("verbose", b'v', false),
    o("version", b'V', false),
    o("vlan-priority", 0, true),
    o("write-out", b'w', true),
    o("xattr", 0, false),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_letters_unique() {
        assert!(OPTIONS.windows(2).all(|w| w[0].name < w[1].name));
        let mut letters: Vec<u8> = OPTIONS.iter().map(|o| o.letter).filter(|l| *l != 0).collect();
        letters.sort_unstable();
        assert!(letters.windows(2).all(|w| w[0] != w[1]));
    }

    #[test]
    fn names_are_found_as_curl_finds_them() {
        let name = |n| match long(n) {
            Found::One(option, _) => option.name,
            Found::Ambiguous => "?",
            Found::Unknown => "-",
        };
        assert_eq!(name("data"), "data");
        assert_eq!(name("dat"), "?");
        assert_eq!(name("heade"), "header");
        assert_eq!(name("head"), "head");
        assert_eq!(name("reque"), "?");
        assert_eq!(name("no-compressed"), "compressed");
        assert_eq!(name("no-header"), "-");
        assert_eq!(name("Headers"), "-");
        assert_eq!(short(':').map(|o| o.name), Some("next"));
        assert_eq!(short('H').map(|o| o.value), Some(true));
    }
}
