//! Judges a value: can it be a secret at all, and how hard would it be to guess?

use super::unit::{each, is_zero_width};

/// Words that people and programs write where a key belongs, sorted. A value made of these only is a finding, not a secret.
#[rustfmt::skip]
const PLACEHOLDER_WORDS: &[&str] = &[
    "a", "access", "account", "actual", "add", "admin", "all", "an", "and", "ant", "anthropic", "any",
    "anything", "api", "apikey", "app", "as", "auth", "authorization", "azure", "azureopenai", "bar", "basic",
    "bearer", "blah", "blank", "boolean", "bot", "by", "bytes", "change", "changeit", "changeme", "client",
    "code", "cookie", "cookies", "credential", "credentials", "data", "deepseek", "default", "deleted", "demo",
    "denied", "deployment", "digest", "disabled", "dummy", "eg", "elided", "empty", "enabled", "enter", "env",
    "error", "etc", "example", "expired", "failed", "fake", "false", "field", "fill", "filtered", "foo",
    "foobar", "for", "found", "from", "gemini", "generated", "go", "goes", "google", "groq", "hash", "header",
    "here", "hidden", "huggingface", "id", "in", "incorrect", "insert", "int", "integer", "invalid", "is", "it",
    "its", "jwt", "key", "keys", "lm", "local", "long", "malformed", "masked", "me", "missing", "mistral",
    "mock", "must", "my", "na", "name", "needed", "new", "nil", "no", "nokey", "none", "not", "null", "number",
    "oauth", "object", "off", "ok", "ollama", "omitted", "on", "one", "openai", "openrouter", "optional", "or",
    "org", "organization", "own", "pass", "password", "paste", "pat", "placeholder", "platform", "please",
    "private", "proj", "project", "provided", "provider", "put", "real", "redacted", "refresh", "rejected",
    "removed", "replace", "replaced", "required", "resource", "revoked", "sample", "scrubbed", "secret",
    "secure", "sensitive", "server", "service", "session", "set", "should", "signature", "sk", "snip",
    "snipped", "some", "something", "str", "string", "stripped", "studio", "test", "testing", "tests", "text", "that",
    "the", "this", "to", "todo", "token", "true", "type", "unauthorized", "undefined", "unknown", "unset",
    "unused", "use", "used", "user", "username", "valid", "value", "variable", "via", "vllm", "was", "with",
    "wrong", "yes", "you", "your", "yours",
];

/// True where nothing here is a secret: empty, a placeholder, an unexpanded variable, or a word that stands for "no key".
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim_matches(|c: char| c.is_whitespace() || is_zero_width(c) || matches!(c, '"' | '\'' | '`'));
    // `%s`, `%v`: what a program puts a value in the place of.
    let format = matches!(value, "%s" | "%v" | "%@" | "%1$s");
    value.is_empty() || format || is_variable(value) || is_filler(value) || is_words(value, is_placeholder_word)
}

/// True where a letter stands beside a digit, as in most keys and in no word of the list.
fn is_numbered(value: &str) -> bool {
    let number = |b: &u8| b.is_ascii_digit();
    let letter = |b: &u8| b.is_ascii_alphabetic();
    value.as_bytes().windows(2).any(|pair| matches!(pair, [a, b] if number(a) && letter(b) || letter(a) && number(b)))
}

/// Longest expression that stands for a value, in bytes: what is longer is taken out, and not read for each name in it.
const LONGEST_VARIABLE: usize = 1024;

/// True for what a shell, a template or a program would have replaced by the value: `$KEY`, `${KEY}`, `%KEY%`,
/// `{{ key }}`, `<key>`, `$(cmd)`, `process.env.KEY`, `os.environ["KEY"]`.
pub(super) fn is_variable(value: &str) -> bool {
    // Each of these has a mark, but for `__KEY__`.
    let unmarked = || each(value, |b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if value.starts_with("{{redacted") || value.len() > LONGEST_VARIABLE || !value.starts_with('_') && unmarked() {
        return false;
    }
    if (value.starts_with("$(") || value.starts_with('`')) && !value.split([' ', '(', '`']).any(is_random) {
        return true;
    }
    let name = |s: &str| !s.is_empty() && s.len() <= 96 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if let Some(rest) = value.strip_prefix('$') {
        let rest = rest.strip_prefix("env:").unwrap_or(rest);
        let wrapped = |a: char, b: char| {
            rest.strip_prefix(a).and_then(|r| r.strip_suffix(b)).is_some_and(|r| !r.contains(b) || a == '(' || a == '{')
        };
        // `$a$b`.
        let each = rest.contains('$') && rest.split('$').all(|part| name(part.trim_matches(['{', '}'])));
        return each
            || wrapped('{', '}') && harmless_inside(rest)
            || wrapped('(', ')')
            || rest.strip_prefix("{{").is_some_and(|r| r.trim_end().ends_with("}}") && harmless_inside(r))
            || (name(rest) && !rest.starts_with(|c: char| c.is_ascii_digit()) && !is_random(rest));
    }
    let between = |a: &str, b: &str| {
        value.strip_prefix(a).and_then(|r| r.strip_suffix(b)).is_some_and(|r| {
            // No name has two dozen letters and digits in one word.
            let word = || r.bytes().all(|b| b.is_ascii_alphanumeric()) && r.bytes().any(|b| b.is_ascii_digit());
            r.chars().count() <= 96 && !is_random(r) && !(r.len() >= 24 && word())
        })
    };
    let joined = !value.contains(char::is_whitespace);
    if joined && between("%", "%")
        || between("<", ">")
        || between("{", "}")
        || between("[", "]")
        || joined && between("__", "__")
        || joined && between("@", "@")
    {
        return true;
    }
    const CODE: &[&str] = &[
        "process.env",
        "os.environ",
        "os.getenv",
        "getenv(",
        "import.meta.env",
        "env.",
        "ENV[",
        "System.getenv",
        "Environment.",
        "Deno.env",
        "Bun.env",
        "st.secrets",
        "secrets.",
        "self.",
        "this.",
        "config.",
        "settings.",
        "vars.",
        "var.",
        "local.",
        "os.Getenv",
        "std::env",
        "env!",
        "env(",
        "$_ENV",
        "$_SERVER",
        "%env(",
        "@Microsoft.KeyVault(",
        "arn:aws:",
        "vault:",
        "op://",
        "sm://",
        "file:/",
        "secretref:",
        "ENC[",
        "#{",
    ];
    CODE.iter().any(|c| value.starts_with(c))
}

/// `${KEY:-default}` may hold a real default.
fn harmless_inside(inner: &str) -> bool {
    inner
        .split([':', '-', '=', '?', '+', '{', '}', ' ', '"', '\'', '|'])
        .all(|part| part.len() < 12 || !is_random(part))
}

/// `xxxxxxxx`, `****`, `…`, `...`, `sk-xxxx`, `000000`, `1234567890`.
pub(super) fn is_filler(value: &str) -> bool {
    const MARKS: &[char] = &[
        'x', 'X', '*', '.', '\u{2026}', '\u{2022}', '\u{25cf}', '\u{2588}', '-', '_', '#', '?', '/', '+', '=', ' ',
        '<', '>', '[', ']', '{', '}', '(', ')', '|', ',',
    ];
    if value.chars().all(|c| MARKS.contains(&c)) {
        return true;
    }
    let body = strip_known_prefix(value);
    if body != value && body.chars().all(|c| MARKS.contains(&c)) {
        return true;
    }
    // Words around or beside a filler: `sk-proj-xxxx`, `your-key-xxxx`.
    body.len() < 120
        && !is_numbered(body)
        && body.as_bytes().windows(3).any(|three| three == b"xxx")
        && is_words(body, |w| is_placeholder_word(w) || w.chars().all(|c| matches!(c, 'x' | 'X')))
}

/// Key without the prefix that tells its provider; the value itself where it has none.
pub(super) fn strip_known_prefix(value: &str) -> &str {
    const PREFIXES: &[&str] = &[
        "sk-proj-",
        "sk-svcacct-",
        "sk-admin-",
        "sk-None-",
        "sk-ant-api03-",
        "sk-ant-admin01-",
        "sk-ant-",
        "sk-or-v1-",
        "sk-or-",
        "sk-kimi-",
        "sk-",
        "sk_",
        "sess-",
        "ek_",
        "gsk_",
        "hf_",
        "ghp_",
        "github_pat_",
        "xai-",
        "pplx-",
        "nvapi-",
        "AIza",
        "AKIA",
        "r8_",
        "org-",
        "proj_",
    ];
    let first = value.as_bytes().first();
    let mut prefixes = PREFIXES.iter().filter(|p| p.as_bytes().first() == first);
    prefixes.find_map(|p| value.strip_prefix(p)).unwrap_or(value)
}

fn is_placeholder_word(word: &str) -> bool {
    let lower = |w: &&str| w.bytes().cmp(word.bytes().map(|b| b.to_ascii_lowercase()));
    // None is longer.
    word.len() <= 16 && PLACEHOLDER_WORDS.binary_search_by(lower).is_ok()
        || (word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// True where the value falls into words and `known` knows each of them.
fn is_words(value: &str, known: impl Fn(&str) -> bool) -> bool {
    value.len() <= 160
        && !is_numbered(value)
        && value
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|w| !w.is_empty())
            .all(|w| known(w) || is_camel(w, &known))
        && value.chars().all(|c| c.is_ascii_alphanumeric() || " -_.,:;!?<>[](){}'/\"*\\\u{2026}".contains(c))
}

/// True for a name in camel case of two parts or more, where `known` knows each of them.
fn is_camel(word: &str, known: &impl Fn(&str) -> bool) -> bool {
    let mut start = 0;
    for (at, pair) in word.as_bytes().windows(2).enumerate() {
        if let [a, b] = pair
            && a.is_ascii_lowercase()
            && b.is_ascii_uppercase()
        {
            if !word.get(start..=at).is_some_and(known) {
                return false;
            }
            start = at + 1;
        }
    }
    start > 0 && word.get(start..).is_some_and(known)
}

/// True where the value reads as words, names or small numbers joined by hyphens, underscores or dots, so that no one
/// would take it for a generated key.
pub(super) fn is_wordy(value: &str) -> bool {
    value.as_bytes().split(|b| matches!(b, b'-' | b'_' | b'.' | b'/' | b':')).all(|segment| {
        let number = segment.len() <= 4 && segment.iter().all(u8::is_ascii_digit);
        number || (segment.len() <= 24 && is_word_shaped(segment))
    })
}

/// True for a password or a key as people make them: letters with digits or marks among them, and no word, file, number or
/// address.
pub(super) fn is_made(value: &str) -> bool {
    let has = |value: &[u8], class: fn(&u8) -> bool| value.iter().any(class);
    let bytes = value.as_bytes();
    let inner = bytes.get(1..bytes.len().saturating_sub(1)).unwrap_or_default();
    let marked = has(inner, |b| matches!(b, b'!' | b'@' | b'#' | b'$' | b'%' | b'^' | b'&' | b'+'));
    let joined = || has(bytes, |b| matches!(b, b'.' | b'_' | b'/' | b'=')) && !marked && !is_random(value);
    let address = || value.split_once('@').is_some_and(|(_, host)| host.contains('.')) || value.contains("://");
    // A colour, a decorator, a grammar.
    let code = || {
        has(bytes, |b| matches!(b, b'(' | b'[' | b'{' | b'<' | b',' | b'|' | b'"' | b'\\' | b'*'))
            || value.starts_with(['#', '@'])
    };
    bytes.len() >= 6
        && has(bytes, u8::is_ascii_alphabetic)
        && (marked || has(bytes, u8::is_ascii_digit))
        && bytes.iter().all(u8::is_ascii_graphic)
        && !(joined() || address() || code() || is_wordy(value))
}

/// Small letters, twelve or more characters, with five consonants in a row: no word that names are made of.
pub(super) fn is_gibberish(value: &str) -> bool {
    let mut row = 0;
    value.len() >= 12
        && value.bytes().any(|b| {
            let consonant = b.is_ascii_lowercase() && !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
            row = if consonant { row + 1 } else { 0 };
            row >= 5
        })
}

/// Lower case, upper case, or camel case of real words: `word`, `WORD`, `Word`, `someWords`, `OpenAI`.
fn is_word_shaped(bytes: &[u8]) -> bool {
    if bytes.iter().all(u8::is_ascii_lowercase) || bytes.iter().all(u8::is_ascii_uppercase) {
        return bytes.len() <= 14;
    }
    let tail = bytes.iter().rev().take_while(|b| b.is_ascii_uppercase()).count();
    let Some(camel) = bytes.len().checked_sub(tail).filter(|_| tail <= 3).and_then(|len| bytes.get(..len)) else {
        return false;
    };
    // Each word has two small letters at least and, where the whole is long, a vowel.
    let (mut small, mut vowel) = (0, false);
    for (at, b) in camel.iter().enumerate() {
        if b.is_ascii_uppercase() && at > 0 {
            if small < 2 || !vowel && bytes.len() >= 12 {
                return false;
            }
            (small, vowel) = (0, false);
        } else if !b.is_ascii_alphabetic() {
            return false;
        }
        small += usize::from(b.is_ascii_lowercase());
        vowel |= matches!(b | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    }
    small >= 2 && (vowel || bytes.len() < 12)
}

/// How often the class of character (lower case, upper case, digit) changes.
pub(super) fn turns(value: &str) -> usize {
    let class = |b: u8| match b {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    value
        .as_bytes()
        .windows(2)
        .filter(|w| matches!(w, [a, b] if class(*a) != class(*b) && class(*a) != 0 && class(*b) != 0))
        .count()
}

/// True where a value looks as if a machine had drawn it at random.
pub(super) fn is_random(value: &str) -> bool {
    let len = value.len();
    if len < 10 || is_wordy(value) {
        return false;
    }
    let mut seen = [false; 256];
    for b in value.bytes() {
        if let Some(s) = seen.get_mut(usize::from(b)) {
            *s = true;
        }
    }
    let distinct = seen.iter().filter(|s| **s).count();
    let has = |class: fn(&u8) -> bool| value.bytes().any(|b| class(&b));
    let all_classes = len >= 12
        && value.bytes().all(|b| b.is_ascii_alphanumeric())
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_digit);
    // Of few turns: a number in sixteen digits, as long as keys are.
    let hex = || len >= 24 && has(u8::is_ascii_digit) && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    distinct >= 6.min(len / 2) && (turns(value) * 5 >= len || all_classes || hex())
}

/// Binary logarithms of small counts, and zero for none.
#[rustfmt::skip]
const LOG2: [f64; 9] = [
    0.0, 0.0, 1.0, 1.584_962_500_721_156, 2.0, 2.321_928_094_887_362, 2.584_962_500_721_156, 2.807_354_922_057_604, 3.0,
];

/// Estimated bits that a guesser would need for the value. Deliberately low: words count little.
pub(super) fn guess_bits(value: &str) -> f64 {
    let chars = value.chars().count();
    if chars == 0 {
        return 0.0;
    }
    let mut counts = [0_u32; 256];
    for b in value.bytes() {
        if let Some(c) = counts.get_mut(usize::from(b)) {
            *c += 1;
        }
    }
    let total = value.len() as f64;
    // Shannon's entropy, summed over the bytes instead of the alphabet: each adds what its own count says.
    let log2 = |count: &u32| LOG2.get(*count as usize).copied().unwrap_or_else(|| f64::from(*count).log2());
    let sum: f64 = value.bytes().filter_map(|b| counts.get(usize::from(b))).map(log2).sum();
    let entropy = total.log2() - sum / total;
    // Few changes between letters, capitals and digits: words, dates, keyboard runs.
    let mixed = turns(value) as f64 / total;
    let per_char = if mixed >= 0.25 { entropy.min(5.0) } else { entropy.min(1.6) };
    per_char * total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted() {
        assert!(PLACEHOLDER_WORDS.is_sorted());
        assert!(PLACEHOLDER_WORDS.iter().all(|word| word.len() <= 16));
    }

    #[test]
    fn placeholders() {
        for value in [
            "",
            "YOUR_API_KEY",
            "<your-key>",
            "sk-...",
            "sk-xxxx",
            "xxxxxxxx",
            "***",
            "…",
            "[REDACTED]",
            "REDACTED",
            "not-needed",
            "undefined",
            "null",
            "None",
            "sk-your-key-here",
            "changeme",
            "$OPENAI_API_KEY",
            "${OPENAI_API_KEY}",
            "%OPENAI_API_KEY%",
            "$env:OPENAI_API_KEY",
            "{{ openai_key }}",
            "{api_key}",
            "process.env.OPENAI_API_KEY",
            "os.environ[\"X\"]",
            "$(cat key.txt)",
            "<empty>",
            "lm-studio",
            "${{ secrets.OPENAI_API_KEY }}",
            "sk-proj-xxxxxxxxxxxx",
            "<OPENAI_API_KEY>",
            "yourApiKey",
            "[object Object]",
            "<API-KEY-1>",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "hunter2",
            "sk-proj-9fK2",
            "{{redacted:x}}",
            "correcthorse",
            "${KEY:-sk-abcDEF123456789}",
            "<sk-proj-aB3dE5fG7hJ9kL1>",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn random_or_not() {
        for value in ["aB3dE5fG7hJ9", "3f2a9c0d1b7e44aa", "Qm3vT0xkY7aLd2RwPz9b", "d17ffc26274403603573823fbdbc3219"] {
            assert!(is_random(value), "{value}");
        }
        for value in [
            "gpt-4o-mini-2024-07-18",
            "toggleable__content",
            "container-id-12",
            "correct-horse-battery-staple",
            "aaaaaaaaaaaaaaaa",
        ] {
            assert!(!is_random(value), "{value}");
        }
    }

    #[test]
    fn guessing() {
        assert!(guess_bits("correct-horse-battery-staple") < 70.0);
        assert!(guess_bits("Summer2024!Summer2024!") < 70.0);
        assert!(guess_bits("3f2a9c0d1b7e44aa3f2b9c0d1b7e14aa") > 70.0);
        assert!(guess_bits("Qm3vT0xkY7aLd2RwPz9bNc4e") > 70.0);
    }
}
