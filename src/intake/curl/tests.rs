//! Command lines as people paste them: prompts, dialects, accidents of copying, redacted values, places.

use crate::intake::{Intake, Request, read_text};

fn read(text: &str) -> Intake {
    read_text(text)
}

/// The requests as lines: method, URL, fields, content.
fn sent(text: &str) -> Vec<String> {
    let show = |r: &Request| {
        let fields: Vec<String> = r.fields.iter().map(|f| format!("{}: {}", f.name, f.value)).collect();
        let content = r.content.as_ref().map_or(String::new(), |c| format!(" | {}", c.text));
        format!("{} {} [{}]{content}", r.method, r.url, fields.join(", "))
    };
    read(text).exchanges.iter().filter_map(|e| e.request.as_ref()).map(show).collect()
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

#[test]
fn prompts_and_wrappers_do_not_confuse() {
    for line in [
        "$ curl https://h/x -H 'a: b'",
        "root@5c1e7a90b2d4:/usr/src/app# curl https://h/x -H 'a: b'",
        "(venv) ann@mac ~ % curl https://h/x -H 'a: b'",
        "PS C:\\Users\\ann> curl.exe https://h/x -H 'a: b'",
        "C:\\Users\\ann>curl https://h/x -H \"a: b\"",
        "sudo -E curl https://h/x -H 'a: b'",
        "docker exec -it web curl https://h/x -H 'a: b'",
        "kubectl exec pod/web -- curl https://h/x -H 'a: b'",
        "watch -n 5 'curl https://h/x -H \"a: b\"'",
        "docker run --rm net sh -c \"curl https://h/x -H 'a: b'\"",
        "RUN curl https://h/x -H 'a: b'",
        "  - curl https://h/x -H 'a: b'",
        "2024-01-01 12:00:00 INFO curl https://h/x -H 'a: b'",
        "Try `curl https://h/x -H 'a: b'` and see.",
        "TOKEN=$(curl https://h/x -H 'a: b' | jq -r .token)",
        "KEY=abc; curl https://h/x -H 'a: b'",
        "I ran curl https://h/x -H 'a: b' and got 403, don't know why",
        "➜  ~ curl https://h/x -H 'a: b'",
        "+ curl https://h/x -H 'a: b'",
        "! curl https://h/x -H 'a: b'",
        "%curl https://h/x -H 'a: b'",
        "\u{feff}curl https://h/x -H 'a: b'",
    ] {
        assert_eq!(sent(line), ["GET https://h/x [a: b]"], "{line}");
    }
}

#[test]
fn variables_that_the_text_sets_are_filled_in() {
    for text in [
        "V=https://h/v1; curl \"$V/x\" -H 'a: b'",
        "export V=https://h/v1\ncurl ${V}/x -H 'a: b'",
        "$ W=h/v1 V=https://${W}\n$ curl $V/x -H \"a: b\"",
        "V=old\nV=https://h/v1\n\n# the call\nA=b && curl \"$V/x\" -H \"a: $A\"",
    ] {
        assert_eq!(sent(text), ["GET https://h/v1/x [a: b]"], "{text}");
    }
    for text in [
        "set \"V=https://h/v1\"\r\nC:\\>curl %v%/x -H \"a: b\"",
        "C:\\>set V=b\nC:\\>curl https://h/v1/x -H \"a: %V%\"",
        "PS C:\\> $env:V = \"https://h/v1\"\nPS C:\\> curl.exe \"$env:v/x\" -H 'a: b'",
        "PS C:\\> $V = 'https://h/v1'\nPS C:\\> curl.exe $V/x -H \"a: b\"",
    ] {
        assert_eq!(sent(text), ["GET https://h/v1/x [a: b]"], "{text}");
    }
    for (text, value) in [
        // Unset, in single quotes, set for this command only, set later, taken from a program; the shell would split it.
        ("curl https://h/ -H \"a: $V\"", "$V"),
        ("V=b; curl https://h/ -H 'a: $V'", "$V"),
        ("V=b curl https://h/ -H \"a: $V\"", "$V"),
        ("curl https://h/ -H \"a: $V\"; V=b", "$V"),
        ("V=$(pass x); curl https://h/ -H \"a: $V\"", "$(pass x)"),
        ("V='b c'; curl https://h/ -H a:$V", "$V"),
        ("V=b; curl https://h/ -H \"a: ${V:-c}\"", "${V:-c}"),
    ] {
        assert_eq!(sent(text), [format!("GET https://h/ [a: {value}]")], "{text}");
    }
}

#[test]
fn line_ends_that_were_lost_are_said() {
    let text = "curl 'https://h/x' \\ -X 'POST' \\  -H 'a: b' \\ --data-binary '{}'";
    assert_eq!(sent(text), ["POST https://h/x [a: b, Content-Type: application/x-www-form-urlencoded] | {}"]);
    assert!(read(text).problems.iter().all(|p| p.message.contains("line ends")), "{:?}", read(text).problems);
    // A blank that is escaped on purpose.
    assert_eq!(sent("curl https://h/a\\ b -H a:\\ -x"), ["GET https://h/a%20b [a: -x]"]);
}

#[test]
fn commands_without_end_are_cut_and_it_is_said() {
    for (end, number) in [(";", 9000), ("\n", 3000)] {
        let text: String = (0..number).map(|n| format!("curl a{n}{end}")).collect();
        let intake = read(&text);
        assert_eq!(intake.exchanges.len(), 1999);
        assert_eq!(intake.problems.iter().filter(|p| p.message.contains("very many commands")).count(), 1);
    }
}

#[test]
fn text_that_only_speaks_of_curl_is_no_command() {
    for line in [
        "The same call works with curl but not with the SDK.",
        "curl: (22) The requested URL returned error: 403",
        "User-Agent: curl/7.88.1",
        "I used curl and it's fine",
        "apt-get install curl",
        "import curl from 'node-libcurl'",
        "curlify.to_curl(request)",
    ] {
        assert_eq!(sent(line), [""; 0], "{line}");
    }
}

#[test]
fn line_ends_are_continued_as_they_are_pasted() {
    let want = [format!("POST https://h/x [a: b, {FORM}] | {{}}")];
    assert_eq!(sent("curl https://h/x \\\n  -H 'a: b' \\\n  -d '{}'\n"), want);
    assert_eq!(sent("curl https://h/x \\\r\n  -H 'a: b' \\\r\n  -d '{}'\r\n"), want);
    assert_eq!(sent("curl https://h/x \\  \n  -H 'a: b' \\\t\n  -d '{}'\n"), want);
    assert_eq!(sent("curl https://h/x \\\n\n  -H 'a: b' \\\n\n  -d '{}'\n"), want);
    assert_eq!(sent("$ curl https://h/x \\\n> -H 'a: b' \\\n> -d '{}'\n"), want);
    assert_eq!(sent("curl https://h/x ^\n  -H \"a: b\" ^\n  -d \"{}\"\n"), want);
    assert_eq!(sent("PS C:\\> curl.exe https://h/x `\n>> -H \"a: b\" `\n>> -d '{}'\n"), want);
    assert_eq!(sent("curl https://h/x `\n  -H \"a: b\" `\n  -d '{}'\n"), want);
    let problems = read("curl https://h/x \\  \n  -H 'a: b'\n").problems;
    assert!(problems.iter().any(|p| p.message.contains("spaces after the `\\`")), "{problems:?}");
}

#[test]
fn a_line_that_nothing_joins_is_lost_and_said_to_be() {
    let text = "curl https://h/x -H 'a: b'\n  -d '{\n\"c\": 1}'\nHTTP/1.1 403 Forbidden\n";
    let intake = read(text);
    let request = intake.exchanges[0].request.as_ref().unwrap();
    assert_eq!((request.method.as_str(), request.content.is_none()), ("GET", true));
    assert!(intake.problems.iter().any(|p| p.span.of(text).starts_with("-d '{") && p.span.of(text).ends_with("}'")));
}

#[test]
fn the_claim_ends_with_the_command() {
    let text = "curl https://h/x -d '{\n}'\nHTTP/1.1 403 Forbidden\n\n{\"error\": {\"message\": \"it's\"}}\n";
    let source = crate::intake::format::Source::new(text);
    let formats = crate::intake::formats::FORMATS;
    let format = formats.iter().find(|f| f.id == "curl-command").unwrap();
    let claim = (format.claim)(&source, 0).unwrap();
    assert_eq!(claim.span.of(text), "curl https://h/x -d '{\n}'");
}

#[test]
fn typographic_quotes_are_understood_and_said() {
    let text = "curl https://h/x –H “Authorization: Bearer $KEY” -d ‘{\"a\": \"don’t\"}’";
    assert_eq!(sent(text), [format!("POST https://h/x [Authorization: Bearer $KEY, {FORM}] | {{\"a\": \"don’t\"}}")]);
    assert_eq!(read(text).problems.len(), 3);
}

#[test]
fn chromiums_copy_for_cmd_is_read_as_cmd_reads_it() {
    let text = "curl ^\"https://h/x?a=1^&b=^%^41^\" ^\r\n  -H ^\"sec-ch-ua: ^\\^\"Chromium^\\^\";v=^\\^\"120^\\^\"^\" ^\r\n  \
                --data-raw ^\"^{^\\^\"a^\\^\":^\\^\"x^^y ^%^PATH^% C:^\\^\\d^\\^\",^\r\n\r\n^\\^\"b^\\^\":1^}^\" ^\r\n  --compressed &\r\n\
                curl ^\"https://h/y^\"";
    assert_eq!(
        sent(text),
        [
            format!(
                "POST https://h/x?a=1&b=%41 [Accept-Encoding: deflate, gzip, br, zstd, sec-ch-ua: \"Chromium\";v=\"120\", \
                 {FORM}] | {{\"a\":\"x^y %PATH% C:\\\\d\",\n\"b\":1}}"
            ),
            "GET https://h/y []".to_owned()
        ]
    );
    // The form of earlier years: plain quotes around, carets inside.
    let old =
        "curl \"https://h/x\" ^\n  -H \"a: ^\\^\"b^\\^\"\" ^\n  --data-binary \"{\\\"c\\\":1}\" ^\n  --compressed";
    assert_eq!(
        sent(old),
        [format!("POST https://h/x [Accept-Encoding: deflate, gzip, br, zstd, a: \"b\", {FORM}] | {{\"c\":1}}")]
    );
}

#[test]
fn single_quotes_are_no_quotes_in_cmd() {
    let got = sent("C:\\> curl https://h/x -H \"a: b\" -d '{\"k\": 1}'");
    assert_eq!(got[0], format!("POST https://h/x [a: b, {FORM}] | '{{k:"));
}

#[test]
fn chromiums_and_firefoxs_copy_for_bash() {
    let text = "curl 'https://chatgpt.com/backend-api/conversation' \\\n  -H 'accept: text/event-stream' \\\n  \
                -b 'a=b; c={{redacted:cookie}}' \\\n  -H $'x-q: it\\'s \\u0021' \\\n  --data-raw $'{\"t\":\"\\u00e9\\ud83d\\ude00\\n\"}' ;\n\
                curl 'https://h/2' -X 'POST' -H 'User-Agent: Mozilla/5.0' --insecure";
    assert_eq!(
        sent(text),
        [
            format!(
                "POST https://chatgpt.com/backend-api/conversation [Cookie: a=b; c={{{{redacted:cookie}}}}, accept: \
                 text/event-stream, x-q: it's !, {FORM}] | {{\"t\":\"é😀\n\"}}"
            ),
            "POST https://h/2 [User-Agent: Mozilla/5.0]".to_owned()
        ]
    );
}

#[test]
fn redacted_and_unexpanded_values_stay() {
    assert_eq!(
        sent("curl -u {{redacted:basic-credentials:ab}} https://h/{{redacted:path-key:cd}}/x?k={{redacted:query-key}}"),
        ["GET https://h/{{redacted:path-key:cd}}/x?k={{redacted:query-key}} [Authorization: Basic \
          {{redacted:basic-credentials}}]"]
    );
    assert_eq!(
        sent("curl -u user:{{redacted:password}} $BASE_URL/v1/{id} -H \"x: ${KEY:-none}\""),
        ["GET $BASE_URL/v1/id [Authorization: Basic {{redacted:basic-credentials}}, x: ${KEY:-none}]"]
    );
    assert_eq!(
        sent("curl https://u:{{redacted:password}}@h/")[0],
        "GET https://h/ [Authorization: Basic {{redacted:basic-credentials}}]"
    );
    // What is written in single quotes is what curl sends.
    assert_eq!(sent("curl -u 'a:$B' https://h/")[0], "GET https://h/ [Authorization: Basic YTokQg==]");
    assert_eq!(
        sent("curl -u \"a:$B\" https://h/")[0],
        "GET https://h/ [Authorization: Basic {{redacted:basic-credentials}}]"
    );
}

#[test]
fn what_curl_refuses_is_said() {
    for (line, said) in [
        ("curl --request=POST https://h/", "takes no `=`"),
        ("curl --nonsense https://h/", "no option --nonsense"),
        ("curl -I -d a https://h/", "-I and -d together"),
        ("curl 'https://h/a b'", "a space"),
        ("curl -d @body.json https://h/", "the file body.json"),
        ("curl -K my.conf https://h/", "my.conf"),
        ("curl https://h/?a=1&b=2", "ends the command"),
        ("curl https://h/ -H 'Authorization Bearer x'", "no name with a colon"),
        ("curl https://h/ -H 'a: b", "not closed"),
        ("curl https://h/ -H", "missing"),
        ("curl ftp://h/", "no HTTP request"),
        ("curl --digest -u a:b https://h/", "first asks without"),
    ] {
        let problems = read(line).problems;
        assert!(problems.iter().any(|p| p.message.contains(said)), "{line}: {problems:?}");
    }
    assert_eq!(sent("curl --request=POST --header='a: b' https://h/"), ["POST https://h/ [a: b]"]);
}

#[test]
fn variables_of_curl_are_expanded() {
    let line = "curl --variable 'k=a \"b\"' --expand-data '{\"x\":\"{{k:json}}\"}' --expand-url 'https://h/{{k:trim:url}}' --expand-header 'q: {{none}}'";
    assert_eq!(
        sent(line),
        [format!("POST https://h/a%20%22b%22 [q: {{{{none}}}}, {FORM}] | {{\"x\":\"a \\\"b\\\"\"}}")]
    );
}

#[test]
fn places_point_into_the_text() {
    let text =
        "$ curl -XPOST \"https://h/x\" -H 'Authorization: Bearer {{redacted:k}}' --data '{\"a\":1}' -u \"us:$P\"";
    let intake = read(text);
    let request = intake.exchanges[0].request.as_ref().unwrap();
    assert_eq!(request.method_span.unwrap().of(text), "POST");
    assert_eq!(request.url_span.unwrap().of(text), "https://h/x");
    let field = request.fields.get("authorization").unwrap();
    assert_eq!(field.span.unwrap().of(text), "Authorization: Bearer {{redacted:k}}");
    assert_eq!(request.content.as_ref().unwrap().span.unwrap().of(text), "{\"a\":1}");
    // Through a command line inside a word.
    let text = "bash -c \"curl -d '{\\\"a\\\":1}' https://h/x\"";
    let intake = read(text);
    let request = intake.exchanges[0].request.as_ref().unwrap();
    assert_eq!(request.url_span.unwrap().of(text), "https://h/x");
    assert_eq!(request.content.as_ref().unwrap().span.unwrap().of(text), "{\\\"a\\\":1}");
}

#[test]
fn a_command_over_many_lines_pipes_into_curl() {
    let text = "cat <<'EOF' > /dev/null\nEOF\necho '{\n  \"a\": \"$B\"\n}' |\n  curl --json @- https://h/x\nHTTP/1.1 403 Forbidden\n";
    assert_eq!(
        sent(text),
        ["POST https://h/x [Content-Type: application/json, Accept: application/json] | {\n  \"a\": \"$B\"\n}\n"]
    );
    assert!(sent("jq -n '{a: 1}' | curl -d @- https://h/")[0].starts_with("POST https://h/"));
    assert!(!sent("jq -n '{a: 1}' | curl -d @- https://h/")[0].contains('|'));
}

#[test]
fn no_text_makes_it_panic_or_wait() {
    let line = "$ echo 'x' | sudo curl -sS \"https://u:p@h/{a,b}[1-3]?q=${X}\" -H $'a: \\u00e9' -d \"$(cat <<EOF\n{}\nEOF\n)\" -F 'a=@b;type=c' ^\" `x` <<A\nB\nA\n";
    for (cut, _) in line.char_indices() {
        let (before, after) = line.split_at(cut);
        read(before);
        read(after);
        read(&format!("C:\\>{after}"));
        read(&format!("PS C:\\> {after}"));
    }
    // What opens and never closes, over and over.
    for piece in [
        "curl x.y/z $(",
        "curl \"",
        "echo ' curl ",
        "curl -d '",
        "“",
        "curl h <<A ",
        "curl ^\"",
        "curl.exe `\"",
        "curl `",
        "$(\"",
        "curl -d \"\\\"",
        "cat <<A | curl ",
        "curl https://h/{",
        "curl http://h/$(\"$(\n",
        "echo \"\n",
    ] {
        read(&format!("curl {}", piece.repeat(8_000 / piece.len())));
        read(&format!("{}\n", format!("{piece}\n").repeat(8_000 / piece.len())));
    }
}
