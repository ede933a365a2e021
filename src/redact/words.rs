//! Words that say "what is near is a secret", in the languages that people paste, and words that say it is none.

use std::sync::LazyLock;

/// What a word before a value says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// A secret of this kind.
    Secret(&'static str),
    /// An id, a digest or another value that is meant to be read.
    Open,
    /// Nothing: `value`, `is`, `string`, what stands between a name and its value.
    Filler,
    /// Something else.
    Other,
}

/// Segments of names, with the kind of secret that they tell; the first of a name that is found counts.
#[rustfmt::skip]
const SECRET: &[(&str, &[&str])] = &[
    ("password", &[
        "password", "passwords", "passwd", "pass", "pwd", "pw", "passphrase", "passcode", "userpwd", "pin", "passwort", "kennwort",
        "contrasena", "clave", "senha", "motdepasse", "mdp", "passe", "haslo", "heslo", "wachtwoord", "parola", "sifre",
        "salasana", "lozinka", "jelszo", "losenord", "passord", "adgangskode", "storepass", "keypass", "askpass", "identified", "requirepass",
        "masterauth", "psk", "htpasswd", "chpasswd", "assword", "pdo", "mysqli", "secure",
    ]),
    ("api-key", &[
        "key", "keys", "apikey", "apikeys", "schluessel", "chave", "cle", "klucz", "klic", "sleutel", "anahtar", "chiave",
        "llave", "nyckel", "avain", "kljuc", "sk", "accesskey", "secretkey", "authkey", "dsn",
    ]),
    ("secret", &[
        "secret", "secrets", "token", "apitoken", "authtoken", "accesstoken", "credential", "credentials", "cred", "creds",
        "authorization", "auth", "bearer", "jwt", "sig", "signature", "geheimnis", "secreto", "segredo", "jeton", "sekret",
        "mask", "webhook", "webhooks", "illegal", "login", "oauth", "zugangsdaten",
    ]),
    ("cookie", &["cookie", "cookies", "session", "sid", "sess", "csrf", "xsrf"]),
];

/// The same where words are not parted by spaces or letters are not ASCII; looked for inside a word.
#[rustfmt::skip]
const SCRIPTS: &[(&str, &[&str])] = &[
    ("password", &[
        "contraseña", "hasło", "şifre", "lösenord", "парол", "密码", "密碼", "口令", "パスワード", "비밀번호", "암호", "jelszó",
        "parolă", "κωδικός", "סיסמה", "المرور", "السر", "비번", "รหัสผ่าน", "khẩu", "पासवर्ड", "暗証",
    ]),
    ("api-key", &[
        "schlüssel", "clé", "ключ", "密钥", "密鑰", "金鑰", "秘钥", "キー", "鍵", "키", "klíč", "κλειδί", "מפתח", "مفتاح", "कुंजी",
        "khóa", "ａｐｉ",
    ]),
    ("secret", &["токен", "секрет", "令牌", "トークン", "シークレット", "토큰", "시크릿", "凭证", "憑證"]),
];

/// Last segments of names whose value is meant to be read, and whole words that say so.
#[rustfmt::skip]
const OPEN: &[&str] = &[
    "id", "ids", "ref", "ray", "hash", "digest", "checksum", "integrity", "etag", "sha", "md5", "nonce", "kid", "thumbprint",
    "fingerprint", "commit", "revision", "version", "trace", "traceparent", "tracestate", "request", "requestid",
    "correlation", "model", "engine", "deployment", "uuid", "guid", "image", "tag", "cursor", "build", "serial",
    "reference", "incident", "operation", "batch", "thread", "message", "run", "call", "organization", "org", "project",
    "fp", "tree", "embedding", "embeddings", "encrypted", "ciphertext", "boundary", "certificate", "cert", "continuation", "page", "layer", "nel", "blob", "object",
];

/// Words that may stand between a name and its value.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "value", "values", "val", "is", "was", "are", "be", "the", "a", "an", "my", "our", "your", "this", "that", "to", "for",
    "of", "with", "in", "as", "and", "it", "provided", "received", "used", "using", "following", "here", "new", "old",
    "current", "string", "str", "text", "bytes", "byte", "len", "some", "ok", "just", "body", "data", "header", "input",
    "protected", "private", "public", "readonly", "enabled", "disabled", "true", "false", "null", "none", "set", "add",
    "reg", "sz", "cdata", "plaintext", "plain", "content", "default", "raw", "basic", "b", "s", "u", "n", "e", "i", "x", "y",
    "invalid", "incorrect", "wrong", "expired", "valid", "ist", "lautet", "mein", "es", "la", "el", "est", "le", "mi",
    "mon", "ma", "api", "being", "unsafe", "literal", "const", "let", "var", "td", "th", "tr", "dd", "dt", "div", "li", "pre",
    "je", "on", "jest", "mijn", "moje", "moj", "minha", "mia", "mitt", "er", "c", "que", "uso", "war", "dir", "ma", "olan",
    "row", "by", "connect", "construct", "ident", "iv", "code", "class", "strong", "em", "kbd", "samp", "font", "m", "k", "const", "column", "echo", "print", "printenv", "get", "nbsp", "quot", "amp", "gt", "lt",
];

/// The same, and no parts of names: `my key in use is …`, `mi clave de API es …`, `API key not valid: …`.
const BETWEEN: &[&str] = &[
    "am",
    "use",
    "not",
    "created",
    "generated",
    "este",
    "mea",
    "saya",
    "minun",
    "adalah",
    "d",
    "de",
    "da",
    "do",
    "di",
    "du",
    "des",
    "der",
    "den",
    "t",
    "ich",
    "habe",
    "benutze",
    "verwende",
    "utilise",
];

/// Words of other scripts and languages that stand between the two: "is", "my", "this".
#[rustfmt::skip]
const COPULAS: &[&str] = &[
    "é", "è", "är", "là", "это", "мой", "моя", "моё", "שלי", "הוא", "היא", "है", "मेरा", "是", "为", "為", "の", "は", "です",
    "我的", "είναι", "του", "เป็น", "คือ", "هو", "هي", "mật", "şu", "của", "tôi", "μου",
];

/// True for a word that says that what follows is the value.
pub(super) fn is_copula(word: &str) -> bool {
    const SAYING: &[&str] = &[
        "is", "was", "are", "ist", "lautet", "war", "es", "est", "je", "jest", "on", "er", "to", "e", "este", "adalah",
        "saya",
    ];
    SAYING.iter().chain(COPULAS).any(|w| w.eq_ignore_ascii_case(word))
}

/// How names of secrets end that are one word: `groqkey`, `MYTOKEN`.
const STEMS: &[&str] = &["key", "KEY", "Key", "oken", "OKEN", "cret", "CRET", "ord", "ORD", "ass", "wd", "WD"];

/// Words for passwords without their ends: `Passworts`, `contraseñas`, `wachtwoorden`.
const INFLECTED: &[(&str, &[&str])] = &[
    (
        "password",
        &[
            "passwor",
            "kennwor",
            "contrasen",
            "senha",
            "wachtwoord",
            "salasan",
            "losenor",
            "hesl",
            "hasl",
            "jelsz",
            "sandi",
        ],
    ),
    (
        "api-key",
        &["klucz", "kulcs", "chei", "kunci", "avaim", "nyckel", "sleutel", "anahtar", "schluessel", "licen", "lizenz"],
    ),
];

/// All single words by their first and last letters and length; the first table that has one counts.
static TABLE: LazyLock<Vec<Vec<(&str, Hint)>>> = LazyLock::new(|| {
    let open = OPEN.iter().map(|word| (*word, Hint::Open));
    let secret = SECRET.iter().flat_map(|(kind, words)| words.iter().map(|word| (*word, Hint::Secret(kind))));
    let filler = FILLER.iter().map(|word| (*word, Hint::Filler));
    let mut table = vec![Vec::new(); 1024];
    for (word, hint) in open.chain(secret).chain(filler) {
        if let Some(row) = table.get_mut(row(word.as_bytes())) {
            row.push((word, hint));
        }
    }
    table
});

fn row(word: &[u8]) -> usize {
    let low = |b: Option<&u8>| b.map_or(0, |b| usize::from(b & 0x1f));
    low(word.first()) << 5 | (low(word.last()) ^ word.len() & 0x1f)
}

fn look_up(segment: &[u8]) -> Option<Hint> {
    let row = TABLE.get(row(segment))?;
    let exact = row.iter().find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(segment)).map(|(_, hint)| *hint);
    let first = segment.first().map(|b| b | 0x20);
    let inflected = |stem: &&str| {
        // Spares most comparisons.
        if stem.as_bytes().first().copied() != first {
            return false;
        }
        let head = segment.get(..stem.len()).is_some_and(|head| head.eq_ignore_ascii_case(stem.as_bytes()));
        head && segment.len() - stem.len() <= 3
    };
    let stem = || INFLECTED.iter().find(|(_, stems)| stems.iter().any(inflected));
    exact.or_else(|| stem().map(|(kind, _)| Hint::Secret(kind)))
}

/// The last segment of a name, and what stands before it. Segments end at separators and where a capital follows a small letter.
fn last_segment(name: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = name.iter().rposition(u8::is_ascii_alphabetic)? + 1;
    let mut start = end - 1;
    while let Some([a, b]) = start.checked_sub(1).and_then(|at| name.get(at..=start))
        && a.is_ascii_alphabetic()
        && !(a.is_ascii_lowercase() && b.is_ascii_uppercase())
    {
        start -= 1;
    }
    Some((name.get(start..end)?, name.get(..start)?))
}

/// A letter of the scripts in [`SCRIPTS`] in lower case. The standard library's table of all scripts would be four kilobytes
/// more for each visitor.
fn lower(c: char) -> char {
    let by = match c {
        'A'..='Z' | 'À'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        _ => 0,
    };
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}

/// What `word` says about the value after it.
pub(super) fn hint(word: &str) -> Hint {
    if !word.is_ascii() {
        let lower: String = word.chars().map(lower).collect();
        let kind = SCRIPTS.iter().find(|(_, words)| words.iter().any(|w| lower.contains(w))).map(|(kind, _)| *kind);
        if COPULAS.contains(&&*lower) {
            return Hint::Filler;
        }
        // `使用的key为`: what stands in it in Latin letters.
        let latin = || word.split(|c: char| !c.is_ascii_alphanumeric()).rfind(|part| part.len() > 2);
        return kind.map_or_else(|| latin().map_or(Hint::Other, hint), Hint::Secret);
    }
    let word = word.trim_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '_');
    if word.is_empty() {
        return Hint::Filler;
    }
    if word.len() > 64 {
        return Hint::Other;
    }
    // The last segment that says something counts: `secret_string` and `key_value` are secrets, `key_id` is none.
    let (mut found, mut every) = (None, false);
    let mut rest = word.as_bytes();
    while let Some((last, before)) = last_segment(rest) {
        rest = before;
        found = look_up(last);
        every = found == Some(Hint::Filler);
        if !every {
            break;
        }
    }
    match found.filter(|_| !every) {
        Some(Hint::Secret(_)) if super::names::is_harmless(word) => Hint::Open,
        Some(hint) => hint,
        None if every => Hint::Filler,
        // `groqkey`, `mytoken`, and placeholders of a template.
        None if BETWEEN.iter().any(|between| between.eq_ignore_ascii_case(word)) => Hint::Filler,
        None if !STEMS.iter().any(|stem| word.ends_with(stem)) => Hint::Other,
        None => match super::names::classify(word, "") {
            Some(super::names::Place::Secret(kind)) => Hint::Secret(kind),
            _ => Hint::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints() {
        for (word, hint_) in [
            ("OPENAI_API_KEY", Hint::Secret("api-key")),
            ("apiKey", Hint::Secret("api-key")),
            ("key2", Hint::Secret("api-key")),
            ("DB_PW", Hint::Secret("password")),
            ("reset-password", Hint::Secret("password")),
            ("secret_string", Hint::Secret("secret")),
            ("пароль", Hint::Secret("password")),
            ("我的密钥是", Hint::Secret("api-key")),
            ("使用的key为", Hint::Secret("api-key")),
            ("x-request-id", Hint::Open),
            ("key_name", Hint::Other),
            ("key_id", Hint::Open),
            ("sort_key", Hint::Open),
            ("public_key", Hint::Open),
            ("value", Hint::Filler),
            ("INPUT_VALUE", Hint::Filler),
            ("32", Hint::Filler),
            ("monkey", Hint::Other),
            ("compass", Hint::Other),
            ("temperature", Hint::Other),
        ] {
            assert_eq!(hint(word), hint_, "{word}");
        }
    }
}
