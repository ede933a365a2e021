//! No secret survives redaction, wherever it stands; nothing innocent is touched; redacting twice changes nothing.
//! `WHY403_DRAWS` sets how many cases each property gets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use why403::redact::kind::{KINDS, fill};
use why403::redact::{Placeholder, Raw, RedactOptions, Redacted, redact};

/// Where people's keys stand. `@@` is the secret; every place but those of [`BARE`] names what stands in it.
const NAMED: &[&str] = &[
    "Authorization: Bearer @@",
    "authorization:Bearer @@",
    "AUTHORIZATION:   bearer   @@",
    "Authorization: @@",
    "Authorization: Bearer Bearer @@",
    "Authorization: \"Bearer @@\"",
    "Authorization: Bearer \"@@\"",
    "Authorization: Bearer @@\r\nContent-Type: application/json\r\n",
    "> authorization: Bearer @@\n> accept: */*",
    "* [HTTP/2] [1] [authorization: Bearer @@]",
    "* h2h3 [authorization: Bearer @@]",
    "Proxy-Authorization: Token @@",
    "x-api-key: @@",
    "api-key:@@",
    "x-goog-api-key: @@",
    "Ocp-Apim-Subscription-Key: @@",
    "xi-api-key: @@",
    "CF-Access-Client-Secret: @@",
    "x-functions-key: @@",
    "curl https://api.openai.com/v1/models -H 'Authorization: Bearer @@' -d '{}'",
    "curl https://api.openai.com/v1/models -H \"Authorization: Bearer @@\" \\\n  -d '{}'",
    "curl https://api.openai.com/v1/models -H Authorization:\\ Bearer\\ @@",
    "curl --header=\"api-key: @@\" https://x.example/",
    "curl --oauth2-bearer @@ https://x.example/",
    "curl -H $'Authorization: Bearer @@' https://x.example/",
    "curl -H ^\"Authorization: Bearer @@^\" https://x.example/",
    "http POST api.openai.com/v1/models Authorization:'Bearer @@'",
    "Invoke-WebRequest -Headers @{ \"Authorization\" = \"Bearer @@\" } -Uri https://x.example/",
    "{\"Authorization\": \"Bearer @@\"}",
    "{\"authorization\":\"Bearer @@\",\"a\":1}",
    "{\"headers\":{\"api-key\":[\"@@\"]}}",
    "{\"name\":\"Authorization\",\"value\":\"Bearer @@\"}",
    "{\"name\": \"authorization\",\n  \"value\": \"Bearer @@\"\n}",
    "{\"value\":\"Bearer @@\",\"name\":\"Authorization\"}",
    "{\"cookies\":[{\"name\":\"whatever\",\"value\":\"@@\",\"path\":\"/\"}]}",
    "{ name: 'x-api-key', value: '@@' }",
    "{'Authorization': 'Bearer @@', 'Accept': '*/*'}",
    "Headers({'authorization': 'Bearer @@'})",
    "headers=[(b'Host', b'x'), (b'Authorization', b'Bearer @@')]",
    "('api_key', '@@')",
    "send: b'POST /v1 HTTP/1.1\\r\\nHost: x\\r\\nAuthorization: Bearer @@\\r\\nAccept: */*\\r\\n\\r\\n'",
    "rawHeaders: [ 'Authorization', 'Bearer @@', 'Host', 'x' ]",
    "map[Authorization:[Bearer @@] Accept:[*/*]]",
    "\"Authorization\"=>\"Bearer @@\"",
    "xhr.setRequestHeader(\"Authorization\", \"Bearer @@\");",
    "request.headers['Authorization'] = 'Bearer @@'",
    "headers: { Authorization: `Bearer @@` }",
    "client = OpenAI(api_key=\"@@\")",
    "const openai = new OpenAI({ apiKey: '@@' });",
    "openai.api_key = '@@'",
    "os.environ[\"OPENAI_API_KEY\"] = \"@@\"",
    "api_key: str = \"@@\"",
    "ChatOpenAI(openai_api_key=SecretStr('@@'))",
    ".apiKey(\"@@\")",
    "OPENAI_API_KEY=@@",
    "OPENAI_API_KEY=\"@@\"",
    "OPENAI_API_KEY='@@' python main.py",
    "export OPENAI_API_KEY=@@",
    "set OPENAI_API_KEY=@@",
    "setx OPENAI_API_KEY @@",
    "setx OPENAI_API_KEY \"@@\"",
    "$env:OPENAI_API_KEY = \"@@\"",
    "$Env:OPENAI_API_KEY='@@'",
    "docker run -e OPENAI_API_KEY=@@ image",
    "openai_api_key: @@",
    "  api_key: \"@@\"  # comment",
    "api_key = \"@@\"",
    "AZURE_OPENAI_API_KEY: \"@@\"",
    "<add key=\"x\" /><apiKey>@@</apiKey>",
    "<input apiKey=\"@@\">",
    "&quot;api_key&quot;: &quot;@@&quot;",
    "&lt;apiKey&gt;@@&lt;/apiKey&gt;",
    "https://x.example/v1?api_key=@@&a=b",
    "https://x.example/v1?a=b&key=@@",
    "https://x.example/cb?code=@@&state=@@",
    "GET /v1/models?access_token=@@ HTTP/1.1",
    "https://user:@@@x.example/path",
    "https://@@:@x.example/path",
    "HTTPS_PROXY=http://jane:@@@proxy.example:8080",
    "https%3A%2F%2Fjane%3A@@%40x.example%2Fpath",
    "curl -u 'admin:@@' https://x.example/",
    "curl -uadmin:@@ https://x.example/",
    "curl --user admin:@@ https://x.example/",
    "curl --user=admin:@@ https://x.example/",
    "curl --proxy-user \"admin:@@\" https://x.example/",
    "curl -b 'a=@@; b=1' https://x.example/",
    "curl --cookie \"a=@@\" https://x.example/",
    "Cookie: a=@@; b=@@",
    "cookie: __Secure-next-auth.session-token=@@",
    "Set-Cookie: cf_clearance=@@; Path=/; Secure",
    "'set-cookie': '__cf_bm=@@; path=/; HttpOnly'",
    "{\"Cookie\":\"a=@@; b=c\"}",
    "| Authorization | Bearer @@ |",
    "| `OPENAI_API_KEY` | `@@` |",
    "**Authorization:** Bearer @@",
    "url = \"https://x.example/?api_key=@@\"",
    "2026-06-23 DEBUG request: headers={Authorization=Bearer @@, Accept=*/*}",
    "\u{1b}[36mauthorization\u{1b}[0m: Bearer @@",
    "Authorization%3A%20Bearer%20@@",
    "data=api_key%3D@@%26x%3D1",
    "--api-key @@ --model gpt-4o",
    "--api-key=@@",
    "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.@@, openai-beta.realtime-v1",
    "AccountName=x;AccountKey=@@;EndpointSuffix=core.windows.net",
    "Authorization: Bearer @@ ",
    "password=@@",
    "db.password: @@",
    "client_secret=@@&grant_type=client_credentials",
    "machine x.example login jane password @@",
];

/// Where only the form tells.
const BARE: &[&str] = &[
    "@@",
    "my key is @@, why?",
    "key:@@",
    "(@@)",
    "`@@`",
    "<@@>",
    "x=@@;",
    "[@@]",
    "Error: invalid key @@.",
    "/path/@@/more",
    "a\\n@@\\nb",
    "\"@@\"",
    "a|@@|b",
    "…@@…",
    "我的密钥是@@。",
    "\u{1b}[32m@@\u{1b}[0m",
    "key%3D@@%26",
    "\\\"@@\\\"",
    "\\u0022@@\\u0022",
    "wss://x.example/?k=@@",
];

/// How the text around the secret may have been written once more.
#[derive(Debug, Clone, Copy)]
enum Writing {
    Plain,
    Json,
    JsonTwice,
    JsonThrice,
    Repr,
    Percent,
    Html,
    Unicode,
    Indented,
    Crlf,
}

fn write(text: &str, writing: Writing) -> String {
    let json = |t: &str| serde_json::to_string(t).unwrap();
    match writing {
        Writing::Plain => text.to_owned(),
        Writing::Json => format!("{{\"message\": {}}}", json(text)),
        Writing::JsonTwice => json(&json(text)),
        Writing::JsonThrice => json(&json(&json(text))),
        Writing::Repr => {
            format!("b'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\r', "\\r").replace('\n', "\\n"))
        }
        Writing::Percent => text
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b"-_.~".contains(&b) {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect(),
        Writing::Html => text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;"),
        Writing::Unicode => text
            .chars()
            .map(|c| if c == '-' || c == '&' || c == '<' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() })
            .collect(),
        Writing::Indented => text.lines().map(|l| format!("    2026-06-23T09:25:01Z app-1  | {l}\n")).collect(),
        Writing::Crlf => text.replace('\n', "\r\n"),
    }
}

/// No program escapes the hyphens of a command line's options.
fn fits(context: &str, writing: Writing) -> bool {
    !(matches!(writing, Writing::Unicode) && context.contains(" -"))
}

fn writings() -> impl Strategy<Value = Writing> {
    use Writing::*;
    prop_oneof![
        4 => Just(Plain), 2 => Just(Json), 1 => Just(JsonTwice), 1 => Just(JsonThrice), 1 => Just(Repr), 1 => Just(Percent), 1 => Just(Html),
        1 => Just(Unicode), 1 => Just(Indented), 1 => Just(Crlf),
    ]
}

/// The secrets of every kind that stand for themselves.
fn forms() -> Vec<&'static str> {
    let bare = |hit: &&str| !hit.contains([' ', '\n', '@', '/', '=', '"']) && !hit.contains("\\n");
    KINDS.iter().flat_map(|k| k.hits.iter().copied()).filter(bare).collect()
}

fn clean(text: &str) -> Redacted {
    redact(Raw::new(text.to_owned()), &RedactOptions::default())
}

/// The longest stretch of the secret's drawn characters that still stands in the text.
fn survives(secret: &str, drawn: &str, text: &str) -> Option<String> {
    let chars: Vec<char> = secret.chars().collect();
    chars
        .windows(8)
        .map(|w| w.iter().collect::<String>())
        .find(|run| drawn.contains(run.as_str()) && text.contains(run.as_str()))
}

/// A sample filled at random, and only what was drawn: fixed prefixes may stay.
fn drawn(sample: &str, seed: u64) -> (String, String) {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let secret = fill(sample, |below| usize::try_from(next() % below as u64).unwrap());
    let mut fixed = Vec::new();
    let mut rest = sample;
    while let Some((before, after)) = rest.split_once('{') {
        fixed.push(before);
        rest = after.split_once('}').map_or("", |(_, t)| t);
    }
    fixed.push(rest);
    let mut random = secret.clone();
    for part in fixed.iter().filter(|p| p.len() >= 3) {
        random = random.replacen(part, "\n", 1);
    }
    (secret, random)
}

fn config(cases: u32) -> Config {
    let cases = std::env::var("WHY403_DRAWS").ok().and_then(|c| c.parse().ok()).unwrap_or(cases);
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(403),
        max_shrink_iters: 200,
        max_global_rejects: cases,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config(8000))]

    #[test]
    fn no_secret_of_a_known_form_survives(
        form in prop::sample::select(forms()),
        context in prop::sample::select([NAMED, BARE].concat()),
        writing in writings(),
        seed in any::<u64>(),
    ) {
        prop_assume!(fits(context, writing));
        let (secret, random) = drawn(form, seed);
        let text = write(&context.replace("@@", &secret), writing);
        let out = clean(&text);
        prop_assert_eq!(survives(&secret, &random, out.text()), None, "{} -> {}", text, out.text());
        let again = clean(out.text());
        prop_assert_eq!(again.text(), out.text(), "twice: {}", text);
    }

    #[test]
    fn no_secret_at_a_named_place_survives(
        sample in prop::sample::select(vec!["{32}", "{hex32}", "{16}", "{hex64}", "{40}-{20}_{9}", "{84}", "{b32:20}", "{24}"]),
        context in prop::sample::select(NAMED.to_vec()),
        writing in writings(),
        seed in any::<u64>(),
    ) {
        prop_assume!(fits(context, writing));
        let (secret, random) = drawn(sample, seed);
        let text = write(&context.replace("@@", &secret), writing);
        let out = clean(&text);
        prop_assert_eq!(survives(&secret, &random, out.text()), None, "{} -> {}", text, out.text());
        let again = clean(out.text());
        prop_assert_eq!(again.text(), out.text(), "twice: {}", text);
    }
}

proptest! {
    #![proptest_config(config(400))]

    /// Places cut, doubled and spoiled: a second pass changes nothing, whatever the first made of it.
    #[test]
    fn spoiled_places_are_settled_by_one_pass(
        lines in prop::collection::vec(prop::sample::select(include_str!("places.txt").lines().collect::<Vec<_>>()), 1..5),
        spoils in prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, prop::sample::select(vec![
            "\0", "\\u", "\"", "'", "{", "}", "\\", "%", "&#", "\u{200b}", "é", "\n", "\r", "@", "://", "{{redacted:", "Bearer ",
            "curl ", "$(", "=?", "0x", "…", "<span>", " ", "-", "=", ":", "+",
        ])), 0..8),
        seed in any::<u64>(),
    ) {
        let mut text = String::new();
        for (number, line) in lines.iter().enumerate() {
            let (kinds, place) = line.split_once('\t').unwrap();
            let kind = kinds.split(',').next().unwrap();
            text += &place.replace("\\n", "\n").replace("\\t", "\t").replace("@@", &sample(kind, seed ^ number as u64).0);
            text.push('\n');
        }
        for (at, cut, with) in spoils {
            let at = text.floor_char_boundary(at.index(text.len()));
            let end = text.floor_char_boundary((at + cut * 2).min(text.len())).max(at);
            text.replace_range(at..end, with);
        }
        let once = clean(&text);
        let twice = clean(once.text());
        prop_assert_eq!(twice.text(), once.text(), "from {:?}", text);
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn any_text_is_taken_and_redacting_twice_changes_nothing(
        parts in prop::collection::vec(
            prop_oneof![
                2 => prop::sample::select([NAMED, BARE].concat()).prop_map(str::to_owned),
                2 => prop::sample::select(forms()).prop_map(|f| drawn(f, 77).0),
                2 => "\\PC{0,12}",
                2 => prop::sample::select(vec!["\"", "'", "\\", "\\\"", ": ", "=", "%", "%3A", "&", "&quot;", "\\u", "\n", "\r\n", "@", "://", "{{redacted:", "}}", "{{redacted:cookie}}", "-u ", "curl ", "Bearer ", "-----BEGIN PRIVATE KEY-----", "eyJ", "sk-", "\u{200b}", "*", "…", "[", "{", "cookies", "value", ",", " "]).prop_map(str::to_owned),
            ],
            0..12,
        )
    ) {
        let text = parts.concat();
        let once = clean(&text);
        let twice = clean(once.text());
        prop_assert_eq!(twice.text(), once.text(), "from {:?}", text);
    }

    #[test]
    fn broken_keys_go_whole(
        form in prop::sample::select(vec!["sk-proj-{74}T3BlbkFJ{74}", "sk-{20}T3BlbkFJ{20}", "sk-ant-api03-{93}AA"]),
        context in prop::sample::select(vec!["Authorization: Bearer @@", "-H \"Authorization: Bearer @@\"", "my key: @@", "{\"api_key\": \"@@\"}"]),
        cut in 0.45..0.9_f64,
        with in prop::sample::select(vec!["\n", "\r\n", "\n    ", "\\\n", "\u{200b}", "\u{ad}", "\u{2060}"]),
        seed in any::<u64>(),
    ) {
        let (secret, random) = drawn(form, seed);
        let at = (secret.len() as f64 * cut) as usize;
        let broken = format!("{}{with}{}", &secret[..at], &secret[at..]);
        let text = context.replace("@@", &broken);
        let out = clean(&text);
        prop_assert_eq!(survives(&secret, &random, out.text()), None, "{:?} -> {}", text, out.text());
    }
}

#[test]
fn every_place_in_every_writing() {
    use Writing::*;
    let mut failures = Vec::new();
    for context in [NAMED, BARE].concat() {
        for writing in [Plain, Json, JsonTwice, JsonThrice, Repr, Percent, Html, Unicode, Indented, Crlf] {
            if !fits(context, writing) {
                continue;
            }
            let samples: &[&str] = if NAMED.contains(&context) {
                &["{32}", "{hex32}", "sk-proj-{74}T3BlbkFJ{74}"]
            } else {
                &["sk-proj-{74}T3BlbkFJ{74}", "sk-{hex32}"]
            };
            for (sample, seed) in samples.iter().zip(11..) {
                let (secret, random) = drawn(sample, seed);
                let text = write(&context.replace("@@", &secret), writing);
                let out = clean(&text);
                if survives(&secret, &random, out.text()).is_some() {
                    failures.push(format!("{writing:?} {sample}: {text}\n  -> {}", out.text()));
                } else if clean(out.text()).text() != out.text() {
                    failures.push(format!(
                        "twice {writing:?} {sample}: {}\n  -> {}",
                        out.text(),
                        clean(out.text()).text()
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn innocent_lines_stay() {
    let lines = include_str!("innocent.txt");
    assert!(lines.lines().filter(|l| !l.trim().is_empty()).count() >= 200);
    let touched: Vec<String> = lines
        .lines()
        .chain([lines])
        .filter(|l| clean(l).text() != *l)
        .map(|l| {
            let out = clean(l);
            let changed = l.lines().zip(out.text().lines()).find(|(a, b)| a != b);
            changed.map_or_else(String::new, |(a, b)| format!("{a}\n  -> {b}"))
        })
        .collect();
    assert!(touched.is_empty(), "{}", touched.join("\n"));
}

#[test]
fn json_stays_json() {
    let text = r#"{"headers":{"Authorization":"Bearer hunter2","Cookie":"a=\"b1c2d3\"; c=d"},"body":"{\"api_key\":\"hunter\\\"22\"}"}"#;
    let out = clean(text);
    let parsed: serde_json::Value = serde_json::from_str(out.text()).unwrap();
    let body: serde_json::Value = serde_json::from_str(parsed["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["api_key"], "{{redacted:api-key}}");
    assert_eq!(parsed["headers"]["Authorization"], "Bearer {{redacted:bearer-token}}");
}

#[test]
fn places_refer_to_the_raw_text() {
    let out = clean("ü Authorization: Bearer hunter2\r\n\nx-api-key: hunter3, password=hunter4");
    let places: Vec<_> = out.redactions().iter().map(|r| (r.kind.as_str(), r.line, r.column)).collect();
    assert_eq!(places, [("bearer-token", 1, 25), ("api-key", 3, 12), ("password", 3, 30)]);
}

#[test]
fn masked_keys_are_compared() {
    let (key, _) = drawn("sk-proj-{74}T3BlbkFJ{70}abcd", 5);
    let text = format!(
        "Authorization: Bearer {key}\n\nIncorrect API key provided: sk-proj-****************abcd. You can find\nand sk-proj-***wxyz"
    );
    let out = clean(&text);
    let masked: Vec<_> = out.masked().iter().map(|m| (m.shown.as_str(), m.matches)).collect();
    assert_eq!(masked, [("sk-proj-****************abcd", Some(true)), ("sk-proj-***wxyz", Some(false))]);
    assert_eq!(clean("provided: sk-proj-****abcd").masked()[0].matches, None);
    assert_eq!(Placeholder::find_all(out.text()).count(), 1);
}

#[test]
#[allow(clippy::disallowed_methods)]
fn time_grows_with_the_text_only() {
    // Each of these once made some scanner slow: a name before each value, quotes that never close, marks that never end.
    for part in [
        "password=",
        "\"token\":\"",
        "Authorization: Bearer ",
        "\\\\\\\\",
        "://",
        "a@",
        "cookies\":[",
        "-----BEGIN PRIVATE KEY-----",
        "-u a",
        "{{redacted:",
        "sk-proj-",
        "eyJ",
        "%25",
        "&amp;",
        "api_key='",
        "curl -u \"",
        "\\n",
        "\"\\\\n",
        "'\\npassword=",
        "%250A",
        "<br>",
        "&amp;#10;",
        "%E5%AF%86",
    ] {
        let text = part.repeat(30_000 / part.len());
        let start = std::time::Instant::now();
        clean(&text);
        assert!(start.elapsed().as_secs() < 10, "{part}: {:?}", start.elapsed());
    }
}

/// A link may carry as much as this: it is unpacked from a few hundred bytes.
#[test]
#[allow(clippy::disallowed_methods)]
fn time_grows_no_faster_than_the_text() {
    for part in [
        "Set-Cookie: ",
        "Set-Cookie:",
        "Cookie: a ",
        "'Cookie: ",
        "Authorization: a ",
        "\"Authorization: $( ",
        "sk-proj-****abcd ",
        "sk-...abcd ",
        "x-api-key: sk-proj-****abcd ",
        "-p a ",
        "value:",
        "cookie\n",
        "passwords\n",
        "a,password\n",
        "(a,password)values('",
        "пароль:",
        "パスワード：",
        "：密钥是",
        "bearer:",
    ] {
        let time = |bytes: usize| {
            let text = part.repeat(bytes / part.len());
            let start = std::time::Instant::now();
            redact(Raw::new(text), &RedactOptions::default());
            start.elapsed()
        };
        // Linear is four times, quadratic sixteen. Short times are noise, and other tests run beside this one.
        let grows = || {
            let (small, large) = (time(50_000), time(200_000));
            large > std::time::Duration::from_millis(400) && large > small * 9
        };
        assert!(!(0..4).all(|_| grows()), "{part:?}: the time grows faster than the text");
        let taken = time(200_000);
        assert!(taken.as_secs() < 10, "{part:?}: 200 kB took {taken:?}; is the machine busy with other work?");
    }
}

/// Places that a fresh look found open: drawn secrets that stood where nothing was looked for.
#[test]
fn drawn_secrets_go_from_further_places() {
    let hex = "9f3a1c7be20d4856a1b7c93e5f02d684";
    let mut wrong = Vec::new();
    for text in [
        "cookie\n__cf_bm=SECRET; mysess=SECRET; remember=SECRET\nuser-agent\nMozilla/5.0".to_owned(),
        "cookie:\r\na=SECRET; remember=SECRET\r\n".to_owned(),
        "authorization\nBearer SECRET\naccept\n*/*".to_owned(),
        format!("{{\"primaryKey\": \"{hex}\"}}"),
        format!("PRIMARY_KEY={hex}"),
        format!("HOST_KEY={hex}\nSITE_KEY={hex}\nDATA_KEY='{hex}'"),
        "http://ACME%5Cjo:SECRET@proxy:8080".to_owned(),
        "HTTPS_PROXY=http://ACME\\jo:SECRET@proxy:8080".to_owned(),
        "CREATE LOGIN jo WITH PASSWORD = N'SECRET'".to_owned(),
        "passwords:\n  - SECRET\n".to_owned(),
        "passwords = [\"SECRET\", \"SECRET\"]".to_owned(),
        "jo@acme.example / SECRET".to_owned(),
        "user jo / SECRET".to_owned(),
        "X_AK=SECRET".to_owned(),
        "<input value=\"SECRET\" type=\"password\">".to_owned(),
        "getConnection(\"jdbc:postgresql://db.example:5432/app\", \"app\", \"SECRET\")".to_owned(),
        "c.connect(host, 22, \"jo\", \"SECRET\")".to_owned(),
        "server.login(\"jo@acme.example\", \"SECRET\")".to_owned(),
    ] {
        let text = text.replace("SECRET", "Zx9kLm2qWe4r");
        let out = clean(&text);
        let left = out.text().contains("Zx9kLm2qWe4r") || out.text().contains(hex);
        if left || clean(out.text()).text() != out.text() {
            wrong.push(format!("{} {}", out.text(), clean(out.text()).text()));
        }
    }
    for text in [
        "primaryKey: id",
        "{\"primaryKey\": \"customer_id\", \"hostKey\": \"ab12\"}",
        "cookie\nAccept-Language\nvary",
        "connect(\"wss://api.example/v1\", \"json\", \"binary\")",
        "gpt-4o / gpt-4o-mini-2024-07-18",
        "PRIMARY_KEY=3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    ] {
        if clean(text).text() != text {
            wrong.push(clean(text).text().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Passwords as people make them, where only the command, the name above or a program's question says what they are.
#[test]
fn passwords_of_people_go_from_further_places() {
    let mut wrong = Vec::new();
    for text in [
        "mysql -u root -psunshine4ever shop",
        "docker login -u acme -p sunshine4ever registry.example.com",
        "sshpass -p 'sunshine4ever' ssh jo@host.example",
        "redis-cli -h cache.example -a sunshine4ever ping",
        "sqlcmd -S db.example -U sa -P sunshine4ever -Q 'select 1'",
        "ldapsearch -x -D cn=admin -w sunshine4ever -b dc=example",
        "zip -P sunshine4ever out.zip a.txt",
        "htpasswd -b .htpasswd jo sunshine4ever",
        "htpasswd -nbB jo sunshine4ever",
        "env:\n  - name: DB_PASSWORD\n    value: \"sunshine4ever\"\n",
        "env:\n  - name: DB_PASSWORD\n    value: sunshine4ever\n",
        "variable \"db_password\" {\n  type    = string\n  default = \"sunshine4ever\"\n}",
        "Password for 'https://jo@github.com': sunshine4ever",
        "[sudo] password for jo: sunshine4ever",
        "name,password,role\njo,sunshine4ever,admin\nann,sunshine4ever,user\n",
        "name\tpassword\njo\tsunshine4ever\n",
        "\"name\";\"password\"\r\n\"jo\";\"sunshine4ever\"\r\n",
        "INSERT INTO users (name, password) VALUES ('jo', 'sunshine4ever'), ('ann', 'sunshine4ever');",
    ] {
        let out = clean(text);
        let place = text.replace("sunshine4ever", "{{redacted:password}}");
        if clean(out.text()).text() != out.text()
            || out.text().replace("{{redacted:email}}", "jo@host.example") != place
        {
            wrong.push(out.text().to_owned());
        }
    }
    for text in [
        "docker run -p 8080:80 -w /app nginx",
        "mysql -u root -p shop",
        "curl -a x; grep -w sunshine4ever f | zip -r a b",
        "env:\n  - name: MODEL\n    value: gpt-4o\n  - name: max_tokens\n    value: \"4096\"\n",
        "variable \"region\" {\n  default = \"eu-central-1\"\n}",
        "The password for this account: it was changed yesterday",
        "ssh -p 2222 host.example",
        "name,role\njo,sunshine4ever\n",
        "Enter your name, password\nand go on, please\n",
        "INSERT INTO users (name, role) VALUES ('jo', 'sunshine4ever')",
    ] {
        if clean(text).text() != text {
            wrong.push(clean(text).text().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names without values are passed over only within one run.
#[test]
fn many_names_without_a_value_hide_none_with_one() {
    for (empty, last) in [
        ("\"db_password\":null,", "\"api_key\":\"hunter2\"}"),
        ("api_key=&", "token=hunter2"),
        ("password:,", "password:hunter2"),
    ] {
        let text = empty.repeat(40) + last;
        assert!(!clean(&text).text().contains("hunter2"), "{text}");
    }
}

/// Inputs that a second pass once changed, shrunk: what the first left out is judged as if the key before it still stood there.
#[test]
fn a_second_pass_changes_nothing() {
    for text in [
        "rubygems_db5de7c654b319c06ef6ccbc175859661be0d043ce8bdacbxoxb-1234567890-d7Vb8NA8nSX33L2w8SZS2aPM-----BEGIN PRIVATE KEY-----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",
        "SKdb5de7c654b319c06ef6ccbc17585966eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJd7Vb8NA8nSX33L2w8SZS2aPM.d80t1KwK1iPTwuCLygCk",
        "_token=mMHS\nsvFipc8GQe=b",
        "_key:\"ya5oBEGIN ENGc6Ug9Db",
        "KEY BFj0prVxdXsk-proj-\nvg0oHLGN",
        "Cookie: =b;\nXliZq03O2U",
        "Bearer 604c00445U\nGDtO21Hu6R",
        "\"SO1cx4Ye2dLCEPcAuthorization:Bearer D",
        "-----BEGIN PRIVATE KEY-42CmasaA\n\u{2502}IlS3cmWw",
        "PASSWORD=\"$(hU99-u 99Oo15Dh)",
        "://b'@b.il:v@",
        "://:Q/@2@",
        "U@c.io.EeS9B4kKm0SOLFNvSXEff846gyId",
        "apikey=user-b0vD@agGvIEwIbc2FGZpxmT",
        "T1BFTkByb2otakRVS2FnT3BoVnV5NUtVOU1PTHVabENsUF",
        "c2stcHJvai10WmQzUFppcXdWb1oxbVhCQ0dtV0VFdjFiS3=V3b1",
        "apikey:ab29706a8:{{redacted:cookie}}cookie",
        "{{redacted:CejnHiEgsk-proj-sk-p8MEK",
        "curl Bearer skdUyP\n-bc=c",
        "Authorization:AWS4-HMAC-SHA256 re=st,SFpKuqQ\nDUtAB3QkInWU3acRPICaRgDTFLZv",
        "123PCz/ghp_WXY601TWWg123PCz//Y601TWWg123PCzT4NlNBTCyCsrpz",
        "YWlsIjogIjdVU2prNEB4LmlvI0.Af1VKd28i4XxJM723Ag3ZVhUXHRj",
        "OiAiTzBkZ212WDIiLCAiZXhwIjogMjA3NTgwODM2OCwgImVtYWlsIjogIkhiTUVWbkB4LmlvI0.38CbVu2AWxNXRFzPxM3OxM3m8P55",
        "yJhbGciOiJIUzI1NiIsInR5cCI6I\u{2026}VE00TTVtYWlsIjogIkRXYkszTUB4LmlvI0",
        "bearer\ntoken:5a9409958, 77b4ea73e2,",
        "\"unter2\">_token=46Co",
        "net use e /user: i\nOwez7942rh i",
        "curl --cert l@t.em:S",
        "--a-key i=%0AOClXro9V6x",
        "KEY\nKEbIQnSmq4<br>KdyiaWQjq8",
        "K=SqXeUS\n0j1O5MdgQZ\nAuthorization:\"Bearer\"+K",
        "secret:/df04eb18135518a506276f70c0a3c\nProxyPassw\\6HeBjW3Fe",
        "apikey:'nybx09ynd13g0rql512'ProxyPassword\"=\"U0uVzxV",
        "--------  --------\npassword: 75635a0cfe0dc689672d8\n75635a0cfe0dc689672d8\u{0}6dbcab5030ea7a22f52  75635a0cfe0dc689672d86dbcab5030ea7a22f52\n",
        "openai_key: ENC[AES256_GCM,data:RMLw5rJ8RX<span>aNuIH1CRjOzJ6D=?7mcgdgYlrZIeRMqhW=,iv:x]",
    ] {
        let once = clean(text);
        assert_eq!(clean(once.text()).text(), once.text(), "{text:?}");
    }
}

/// What a million drawn cases found: a user without a password, and a key of capitals only that looks like a command of PowerShell.
#[test]
fn a_key_with_another_right_behind_it_goes() {
    for kind in ["pat{14}.{hex64}", "AKIA{b32:16}", "sk-{20}T3BlbkFJ{20}"] {
        let (key, random) = drawn(kind, 77);
        for next in ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJlLWhlcmU", "sk-proj-aB3dE5fG7hJ9kL1mN2pQ4rS6"]
        {
            let clean = clean(&format!("{key}{next}")).text().to_owned();
            assert_eq!(survives(&key, &random, &clean), None, "{kind} before {next}: {clean}");
        }
    }
}

#[test]
fn a_token_in_the_users_place_goes_though_it_reads_like_words() {
    assert!(!clean("https://HoubTamePilekuSam:@host.example/x").text().contains("Tame"));
    for name in ["https://x-access-token:@host.example/x", "https://jane:@host.example/x"] {
        assert_eq!(clean(name).text(), name);
    }
}

#[test]
fn capitals_alone_go_too() {
    for text in [
        "https://x.example/v1?a=b&key=UJRFMTEYLIXSHFHQEPAF",
        "my API key: UJRFMTEYLIXSHFHQEPAF",
        "https://7DJERVLPTIBLDKY7CVAJ:@x.example/path",
        "x | password=NRAK-FRLMHQXDHGJGKEPBHJXVKTNLQWT",
    ] {
        assert!(clean(text).text().contains("{{redacted"), "{text}");
    }
}

/// Two secrets of one name, one line each, are two; a name is no prefix that a log puts before a wrapped row.
#[test]
fn neighbouring_rows_of_one_name_are_not_one_value() {
    let out = clean("api_key: swordwQrB5x9Kp2\napi_key: wordwQBpox7Lm3T");
    assert_eq!(out.text(), "api_key: {{redacted:api-key}}\napi_key: {{redacted:api-key}}");
    // What a name or a form tells of a word goes, whatever the words behind it look like.
    let out = clean("123PCz/ghp_WXY601TWWg123PCz/Y601TWWg123PCzT4NlNBTCyCsrpz");
    assert!(!out.text().contains("WXY601TWWg"), "{}", out.text());
}

/// A secret of a kind that `places.txt` names, and what was drawn of it.
fn sample(kind: &str, seed: u64) -> (String, String) {
    let form = match kind {
        "oai" => "sk-proj-{74}T3BlbkFJ{74}",
        "gen" => "{32}",
        "hex" => "{hex32}",
        "hex40" => "{hex40}",
        "pw" => "{14}",
        "pws" => "{8}!{9}",
        "us" => "{20}_{21}",
        "b64" => "{43}=",
        "uuid" => "{hex8}-{hex4}-{hex4}-{hex4}-{hex12}",
        "low" => "{48}",
        other => panic!("no kind of sample: {other}"),
    };
    let (secret, random) = drawn(form, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    if kind == "low" {
        let low: String = secret.chars().filter(|c| !c.is_ascii_uppercase()).take(24).collect();
        return (low.clone(), low);
    }
    (secret, random)
}

/// Places as programs, files and people write them, with a secret of each kind that stands there. A password drawn at random may
/// look like a word, and a number without a name like an id: that many may stay, and no more.
#[test]
fn what_stands_where_people_put_secrets_goes() {
    let (mut total, mut leaks, mut changed) = (0, Vec::new(), Vec::new());
    for line in include_str!("places.txt").lines() {
        let (kinds, place) = line.split_once('\t').unwrap();
        let place = place.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        let place = place.replace("\\0", "\0").replace('\u{1}', "\\");
        for kind in kinds.split(',') {
            for seed in 1..=4 {
                total += 1;
                let (secret, random) = sample(kind, seed);
                let text = place.replace("@@", &secret);
                let out = clean(&text);
                if survives(&secret, &random, out.text()).is_some() {
                    leaks.push(format!("{kind} {seed}: {text:?}\n  -> {:?}", out.text()));
                } else if clean(out.text()).text() != out.text() {
                    changed.push(format!("{text:?}\n  -> {:?}\n  -> {:?}", out.text(), clean(out.text()).text()));
                }
            }
        }
    }
    assert!(changed.is_empty(), "a second pass changes\n{}", changed.join("\n"));
    let share = 100.0 * leaks.len() as f64 / f64::from(total);
    assert!(share < 1.5, "{} of {total} leak\n{}", leaks.len(), leaks.join("\n"));
}

/// The same places among other lines, in a text that was written once or twice more: what goes from the text goes from its copies.
#[test]
fn what_goes_from_a_text_goes_however_its_lines_are_written() {
    use Writing::*;
    let (mut total, mut leaks, mut changed) = (0, Vec::new(), Vec::new());
    for line in include_str!("places.txt").lines() {
        // By the line itself, so that a new one changes nothing for those below it.
        let number = line.bytes().fold(0, |sum: usize, b| sum.wrapping_mul(31).wrapping_add(usize::from(b))) % 9;
        let (kinds, place) = line.split_once('\t').unwrap();
        let place = place.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        let place = place.replace("\\0", "\0").replace('\u{1}', "\\");
        let (drawn, _) = sample(kinds.split(',').next().unwrap(), number as u64 + 1);
        for secret in [&*drawn, "Winter2025", "kaffeetasse"] {
            let text = ["LOG_LEVEL=debug\n", "it fails:\n\n", ""][number % 3].to_owned() + &place.replace("@@", secret);
            let text = text + ["\nMODEL=gpt-4o", "\nHTTP/1.1 403 Forbidden\nserver: nginx\n", "\n"][number / 3 % 3];
            if survives(secret, secret, clean(&text).text()).is_some() {
                continue;
            }
            for writing in [Json, JsonTwice, JsonThrice, Repr, Percent, Html] {
                let text = write(&text, writing);
                let text = if matches!(writing, Html) { text.replace('\n', "<br>") } else { text };
                total += 1;
                let out = clean(&text);
                if survives(secret, secret, out.text()).is_some() {
                    leaks.push(format!("{writing:?}: {text}\n  -> {}", out.text()));
                } else if clean(out.text()).text() != out.text() {
                    changed.push(format!("{text}\n  -> {}\n  -> {}", out.text(), clean(out.text()).text()));
                }
            }
        }
    }
    assert!(changed.is_empty(), "a second pass changes {}\n{}", changed.len(), changed.join("\n"));
    assert!(leaks.is_empty(), "{} of {total} leak\n{}", leaks.len(), leaks.join("\n"));
}

/// Passwords as people make them, after what says that they are: no name and no drawn characters tell.
#[test]
fn weak_passwords_go_where_something_says_what_they_are() {
    for place in [
        "api_key: @@",
        "PW=@@",
        "[proxy]\nuser = jane\npass = @@",
        "Login: jane / PW: @@",
        "Mein Passwort lautet @@, aber es kommt 401.",
        "The password I set was @@",
        "mon mot de passe est @@",
        "le mot de passe c'est @@",
        "la mia password è @@",
        "heslo je @@",
        "salasana on @@",
        "moje hasło to @@ i dostaję 407",
        "the creds are jane:@@",
        "the proxy login is jane / @@, gives 407",
        "identifiants : jane / @@",
        "Proxy credentials\nUser     jane\nPassword @@\nHost     proxy\n",
        "{\"content\":\"Password: @@, and I get 407\"}",
        "echo 'PW: @@ (do not tell)'",
        "pw=@@ for the proxy",
        "C:\\> net user jane @@ /add",
        "net user jane @@\nThe command completed successfully.",
        "CREATE USER 'llm'@'%' IDENTIFIED BY '@@';",
        "ALTER USER llm IDENTIFIED WITH mysql_native_password BY '@@';",
        "mật khẩu là @@",
        "密码为 @@",
        "我的密码: @@",
        "비밀번호는 @@ 입니다",
        "password → @@",
        "Username: jane, password is @@ - 401",
    ] {
        for weak in ["kaffee-42", "Winter#2025", "hunter2", "letmein99"] {
            let out = clean(&place.replace("@@", weak));
            assert!(!out.text().contains(weak), "{}", out.text());
            assert_eq!(clean(out.text()).text(), out.text());
        }
    }
}

/// Words from a dictionary, where a command, a table, a form or another language says that they are passwords.
#[test]
fn words_go_where_they_are_passwords() {
    let mut wrong = Vec::new();
    for place in [
        "sudo -S apt update <<< @@",
        "echo \"@@\" | sudo -S systemctl restart bot",
        "echo -n @@ | docker login -u jane --password-stdin ghcr.io",
        "printf '%s' @@ | sudo -kS id",
        "docker login -u jane --password-stdin <<< '@@'",
        "rclone obscure @@",
        "schtasks /create /tn bot /ru CORP\\svc /rp @@",
        "| User | Password |\n|---|---|\n| jane | @@ |\n| ann | @@ |",
        " id | password \n----+----------\n 1  | @@ ",
        "<td>Password</td><td>@@</td>",
        "<dt>Passwort</dt><dd>@@</dd>",
        "Username\njsmith\nPassword\n@@\nSign in",
        "E-Mail\njane@acme.example\nPasswort\n@@\nAnmelden",
        "Username: jsmith\nPassword:\n@@\n",
        "<entry key=\"db.password\">@@</entry>",
        "<property name=\"hibernate.connection.password\">@@</property>",
        "la contraseña es @@; pero 403",
        "mi contraseña es @@",
        "мой пароль @@ не работает",
        "密码是 @@",
        "密码@@",
        "パスワードは @@ です",
        "Wifi: guest / PW: @@",
        "  master_key: @@\n  salt_key: @@",
        "helm upgrade a b --set masterkey=@@",
        "le mot de passe du proxy est @@. Erreur 403",
        "$pdo = new PDO('mysql:host=db;dbname=app', 'deploy', '@@');",
        "mysqli_connect(\"db\", \"jo\", \"@@\", \"app\")",
        "Email\njane@acme.example\nPassword\n@@\nLog in\n",
        "Nov 14 09:21:33 web01: | user | password |\nNov 14 09:21:33 web01: |---|---|\nNov 14 09:21:33 web01: | jo | @@ |\n",
        "NAME               VALUE      ENVIRONMENTS\nDATABASE_PASSWORD  @@   Preview             5d ago",
        "[{\"name\": \"DB_PASSWORD\", \"slotSetting\": false, \"value\": \"@@\"}, {\"name\": \"MODE\", \"value\": \"prod\"}]",
        "builder.header(\"Proxy-Authorization\", Credentials.basic(\"jane\", \"@@\")).build()",
        "proxy := url.URL{User: url.UserPassword(\"jane\", \"@@\"), Host: \"proxy:8080\"}",
        "await page.fill('input[name=password]', '@@');",
        "page.getByLabel('Password').fill('@@')",
        "driver.find_element(By.ID, \"password\").send_keys(\"@@\")",
        "COPY public.users (id, name, password, email) FROM stdin;\n1\tjane\t@@\t\\N\n\\.\n",
        "{\"data\": \" user | password | host\\n------+----------+------\\n jane | @@ | proxy\\n\"}",
        "Machine     User   Password      Role\ngw01        jane   @@       admin\n",
        "<table><thead><tr><th>User</th><th>Password</th></tr></thead><tbody><tr><td>jane</td><td><b>@@</b></td></tr></tbody></table>",
        "<pre>redis-cli -h cache -a @@ ping</pre>",
        "salasana on @@",
    ] {
        for word in ["sunshine", "kaffeetasse", "hunter2"] {
            let out = clean(&place.replace("@@", word));
            if out.text().contains(word) || clean(out.text()).text() != out.text() {
                wrong.push(out.text().to_owned());
            }
        }
    }
    for text in [
        "echo sunshine | sudo tee /etc/motd",
        "sudo -u postgres psql <<< 'select version'",
        "| Name | Role |\n|---|---|\n| jane | sunshine |",
        "| Field | Password | Notes |\n|---|---|---|\n",
        "Username\nPassword\nContinue",
        "Username\n\nPassword\n\nSubmit",
        "<th>Password</th><th>Created</th>",
        "<label for=\"password\">Kennwort</label>",
        "es importante que la contraseña sea nueva",
        "la contraseña es incorrecta",
        "пароль admin не подходит",
        "the cause is obscure today",
        "[{\"name\": \"max_tokens\", \"slotSetting\": false, \"value\": \"sunshine\"}]",
        "expect(page.getByLabel('Password')).toHaveText('sunshine')",
        "cy.get('#password').should('have.value', 'sunshine')",
        "Name      Type      Password      Note\nstring    text      required      see below\n",
        "<table><tr><th>Field</th><th>Password</th></tr><tr><td>Minimum length</td><td>8</td></tr></table>",
        "<table><tr><th>Password</th><td>required</td></tr><tr><th>Server</th><td>sunshine</td></tr></table>",
        "az containerapp create --env-vars OPENAI_API_KEY=secretref:openai-key",
        "gcloud run deploy --set-env-vars=\"OPENAI_KEY={{redacted:api-key:32-34be273b30cf}},STAGE=prod\"",
        "the password is too_short or is_empty",
        "password on github was reset",
        "my api key is not\nvalid",
        "my api key is bad\nreq_93e2b7a4cd8f1a2b",
        "net user growth exceeded expectations",
        "The failure was caused by 'sunshine'.",
        "The credentials are invalid: check the key",
        "credentials are stored in: vault",
        "What is your password?\nUser: jane01\n",
        "as password manager web01 is used, host01 as password store",
        "User guide\nPassword policies\n",
        "{\"message\":\"Password: must have a sign, a digit and a letter\"}",
    ] {
        if clean(text).text() != text {
            wrong.push(clean(text).text().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What another look at what people paste left: marks in short passwords, a key's end that reads like a word, a UUID on two lines.
#[test]
fn passwords_and_keys_in_short_pieces_go() {
    let mut wrong = Vec::new();
    for (text, secret) in [
        ("мой ключ X, пароль Xk9!mQ2p, ошибка 403", "mQ2p"),
        ("API key 是 X，密码是 Xk9!mQ2p，报错 403", "mQ2p"),
        ("Mi contraseña es Xk9!mQ2p y la clave", "mQ2p"),
        ("мой ключ jJhzkP67GSF1DDBP3sMVwYjJ1ui5yzf4Qmed/wmfNFY=, пароль", "wmfNFY"),
        ("here is my account so that you can check: jane / geheim123", "geheim123"),
        ("$pdo = new PDO('mysql:host=db;dbname=app', 'deploy', 'P@ssw0rd1');", "P@ssw0rd1"),
        ("const k = '6267d0630918fd71086ab7290e3ed1c0.FLAube7JVvYO2Kde';", "6267d063"),
        ("J'ai mis 6267d0630918fd71086ab7290e3ed1c0.FLAube7JVvYO2Kde comme clé API", "6267d063"),
        ("my password is kater_mimi and I get 407", "kater_mimi"),
        ("OPENAI_API_KEY=93be<br>c72539bad4c4ce3f4b9ef895df6d\nMODEL=gpt-4o", "c72539ba"),
        ("my api key is 93be\nc72539bad4c4ce3f4b9ef895df6d and I get 403", "c72539ba"),
        ("{\"api_key\": \"d53248a7d29fee2b<br />\n  c72539bad4c4ce3f\", \"model\": \"gpt-4o\"}", "c72539ba"),
        ("Authorization: Bearer 8e7bf30a-b3c8-e9b2-a369-9baff1a\n84027\nHost: a", "84027"),
        ("<p>API key: 8e7bf30a-b3c8-e9b2-</p>\n<p>a369-9baff1a84027</p>", "a369-9baf"),
        ("API_KEY=d53248a7d29fee2bc72539b=\nad4c4ce3f\nMODEL=a", "ad4c4ce3f"),
        ("API key: c656 4631 2da4 0edd 9f74 0b19 890e 1a37\nModel: a", "9f74"),
        ("gcloud run deploy --set-env-vars=\"OPENAI_KEY=d53248a7d29fee2bc72539bad4c4ce3f,STAGE=prod\"", "d53248a7"),
        ("Als Passwort habe ich monkey12 eingegeben, es kommt 407.", "monkey12"),
        ("I typed monkey12 as my proxy password and got 407", "monkey12"),
        ("Bob: what's the proxy password?\nAnn: Winter#23\nBob: nope, 407", "Winter#23"),
        ("http 10.0.0.8 3128 jane monkey12", "monkey12"),
        ("vmess: {uuid: 8e7bf30a-b3c8-e9b2-a369-9baff1a84027, alterId: 0}", "8e7bf30a"),
        ("\"users\":[{\"id\":\"8e7bf30a-b3c8-e9b2-a369-9baff1a84027\",\"alterId\":0}]", "8e7bf30a"),
        ("der API-Schlüssel lautet 2be53849-8d96-4b\ndd-aea6-d85b9c1667e4, es", "2be53849"),
    ] {
        let out = clean(text);
        if out.text().contains(secret) || clean(out.text()).text() != out.text() {
            wrong.push(out.text().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same behind loose links: words for "is", spaces, the next line, the next element, names in other scripts and two words.
#[test]
fn weak_passwords_go_behind_loose_links() {
    let mut wrong = Vec::new();
    for place in [
        "my password is @@",
        "Passwort lautet @@.",
        "Пароль: @@",
        "Contraseña: @@",
        "\"пароль\": \"@@\"",
        "密码：@@",
        "API key: @@",
        "Enter your API key: @@",
        "AWS Secret Access Key: @@",
        "Incorrect API key provided: @@. You can find your API key at",
        "The API key used was: @@",
        "SetEnv OPENAI_API_KEY @@",
        "fastcgi_param OPENAI_API_KEY @@;",
        "proxy_set_header api-key @@;",
        "netlify env:set OPENAI_API_KEY @@",
        "    OPENAI_API_KEY    REG_SZ    @@",
        "api_key \"@@\"",
        "<td>Password</td>\n<td>@@</td>",
        "Client secret\n@@",
        "api_key\n----------\n@@",
        "$ echo $OPENAI_API_KEY\n@@",
        ">>> os.environ[\"OPENAI_API_KEY\"]\n'@@'",
        "api_key: |\n  @@\n",
        "[api_key] => @@",
        "export TOKEN=@@\n",
        "{\"SecretString\":\"@@\"}",
        "twine upload -u __token__ -p @@ dist/*",
        "openssl enc -aes-256-cbc -k @@ -in f",
        "xh -A bearer -a @@ get https://x.example",
        "github token: @@",
        "my openai key: @@",
        "{\"token\": \"@@\"}",
        "jo@acme.example:@@",
        "pw: @@",
        "pw is @@",
        "heslo: @@",
        "<tr><th>Token</th><td>@@</td></tr>",
        "<li>API key: <code>@@</code></li>",
        "API_TOKEN,@@",
        "docker run --env KEY=@@ image",
        "kubectl create secret generic s --from-literal=key=@@",
        "az keyvault secret set --name k --value \"@@\"",
        "ssh-keygen -N \"@@\" -f k",
        "mysql -uroot -p'@@' shop",
        "Auth header: Bearer @@",
        "Token:\n\n@@",
        "? What is your OpenAI API key? @@",
        "AWS Secret Access Key [****]: @@",
        "machine api.example.com\n  login jo\n  password @@",
    ] {
        for weak in ["Winter#2025", "sunshine4ever", "P@ssw0rd2025", "Rex&Bello7"] {
            let out = clean(&place.replace("@@", weak));
            if out.text().contains(weak) || clean(out.text()).text() != out.text() {
                wrong.push(out.text().to_owned());
            }
        }
    }
    for text in ["des Passworts sunshine4ever", "с паролем sunshine4ever"] {
        assert!(!clean(text).text().contains("sunshine"), "{}", clean(text).text());
    }
    for text in [
        "password\noauth2\nsha256",
        "api_key: |\n  Your key; see https://platform.openai.com/api-keys",
        "description: >-\n  Takes the token and returns step2",
        "wrong token\nreq_8d0f5a3c6b7e",
        "invalid token\n93e2b7a4cd8f1a2b\n",
        "--- PASS: TestClient2 (0.00s)",
        "    def size(self):\n        pass\n\n    @property\n    def name2(self):\n        pass\n",
        "{{redacted:secret:28-34be273b30cf}}(key=bntiV2",
        "openai -k& -k S",
        "пароль: неверный",
        "contraseña: incorrecta",
    ] {
        if clean(text).text() != text {
            wrong.push(clean(text).text().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a key is cut, the length of its kind tells which pieces belong to it.
#[test]
fn keys_in_pieces_go_whole() {
    let cuts: [(&str, usize); 12] = [
        (" ", 16),
        ("\t", 16),
        ("\n", 16),
        ("\r", 15),
        ("\n> ", 24),
        ("^\n", 15),
        ("`\n", 15),
        ("-\n", 16),
        ("\" + \"", 15),
        ("</span><span class=\"x\">", 15),
        ("\n2026-01-01 00:00:01 ", 20),
        (" |\n|   | ", 20),
    ];
    for form in ["{32}", "{hex32}", "AIza{35}", "sk-{48}", "sk-proj-{74}T3BlbkFJ{74}"] {
        for (cut, at) in cuts {
            for seed in 1..4 {
                let (secret, random) = drawn(form, seed);
                let text = format!("my key is {}{cut}{} and I get 403", &secret[..at], &secret[at..]);
                let out = clean(&text);
                assert_eq!(survives(&secret, &random, out.text()), None, "{text:?} -> {}", out.text());
                assert_eq!(clean(out.text()).text(), out.text(), "{text:?}");
            }
        }
        let (secret, random) = drawn(form, 9);
        let groups: Vec<&str> = secret.as_bytes().chunks(10).map(|c| std::str::from_utf8(c).unwrap()).collect();
        let out = clean(&format!("my key is {} and I get 403", groups.join(" ")));
        assert_eq!(survives(&secret, &random, out.text()), None, "{}", out.text());
    }
}

#[test]
fn what_a_margin_or_a_mark_cuts() {
    for (text, expected) in [
        ("HTTPS_PROXY=jdoe:hunter2!@proxy.corp:8080", "HTTPS_PROXY=jdoe:{{redacted:password}}@proxy.corp:8080"),
        ("set proxy jdoe:s3cr3t$@proxy.corp:8080\n", "set proxy jdoe:{{redacted:password}}@proxy.corp:8080\n"),
        (
            "OPENAI_API_KEY=<span class=\"s\">0e768cf22a2cb1a4b8108921b9f5fd8b</span>",
            "OPENAI_API_KEY=<span class=\"s\">{{redacted:api-key:32-ed15b1166a49}}</span>",
        ),
        (
            "curl -H \"Authorization: Bea\nrer 0e768cf22a2cb1a4b8108921b9f5fd8b\" -v",
            "curl -H \"Authorization: Bea\nrer {{redacted:api-key:32-ed15b1166a49}}\" -v",
        ),
        (
            "> Authorization: Beare\n> r 0e768cf22a2cb1a4b8108921b9f5fd8b\n> x: y",
            "> Authorization: Beare\n> r {{redacted:api-key:32-ed15b1166a49}}\n> x: y",
        ),
    ] {
        let out = clean(text);
        assert_eq!(out.text(), expected);
        assert_eq!(clean(expected).text(), expected);
    }
    for (text, secret) in [
        (
            "#   api_key: sk-or-v1-5016026b2172d382d681bad4930f045b4a26e3b8\n# daebeaee5ecaaf7137c6bd04\n#   model: x",
            "daebeaee",
        ),
        (
            "{\"m\": \"curl -H \\\"Authorization: Bea\\nrer fcf35640-6d2c-67b9-7daa-d674312c8361\\\" -H 'a: b'\"}",
            "d674312c8361",
        ),
        ("Incorrect API key provided: 0e768cf22a2cb1a4b8108921\nb9f5fd8b. You can find it", "b9f5fd8b"),
        (
            "\"defaultValue\": \"f848de92acdd6abb0b40ad7edd1b5=\n2fe0238b1cf\", \"apiKey\": \"f848de92acdd6abb0b40ad7edd1b5=\n2fe0238b1cf\"}",
            "apiKey\": \"f8",
        ),
        (
            "{\"body\": \"  api_key: sk-or-v1-7ad4e0f30cee21f309afd33a81eecb947044d8a8a965426e4575f99=\\n5770fd2bb\\n  model: gpt-4o\"}",
            "5770fd2bb",
        ),
    ] {
        let out = clean(text);
        assert!(!out.text().contains(secret), "{}", out.text());
        assert_eq!(clean(out.text()).text(), out.text());
    }
    for text in ["sip:alice@atlanta.example", "docker pull redis:7@sha256:8080aa", "see jo:8080@proxy.corp:80 at 10:20"]
    {
        assert!(!clean(text).text().contains("password"), "{text}");
    }
}
