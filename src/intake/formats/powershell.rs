//! PowerShell's `Invoke-WebRequest` and `Invoke-RestMethod`, with the variables that the lines before them set; also what
//! Chromium's "Copy as PowerShell" gives.

use crate::intake::format::{Claim, Format, Part, Source, native_only};
use crate::intake::literal::Value;
use crate::intake::powershell::{Parameter, Reader};
use crate::intake::shell::{self, Word};
use crate::intake::{Content, InputKind, Problem, Request, curl};
use crate::span::Span;

pub(super) static FORMAT: Format = Format {
    id: "powershell",
    kind: InputKind::Powershell,
    rank: 18,
    reads: "PowerShell's Invoke-WebRequest and Invoke-RestMethod",
    example: native_only(
        "$h = @{ 'Authorization' = \"Bearer $env:KEY\" } # x\nInvoke-RestMethod -Uri \"https://api.openai.com/v1/models\" -Method Post `\n  -Headers $h -Body (@{ a = 'b''c'; d = @(1, 2) } | ConvertTo-Json)\n",
    ),
    claim,
};

/// Assignments are read this far for the command that uses them.
const AHEAD: usize = 16 << 10;
/// And over no more lines than this.
const LINES: usize = 400;
/// The cmdlets and their aliases.
const CMDLETS: [&str; 6] = ["invoke-restmethod", "invoke-webrequest", "irm", "iwr", "curl", "wget"];
/// Parameters that matter, the more usual first, so that a beginning of a name finds it.
const PARAMETERS: [&str; 14] = [
    "uri",
    "method",
    "headers",
    "body",
    "contenttype",
    "websession",
    "useragent",
    "authentication",
    "token",
    "credential",
    "custommethod",
    "infile",
    "form",
    "outfile",
];

fn claim(source: &Source<'_>, at: usize) -> Option<Claim> {
    let line = source.line_at(at);
    let start = at + shell::prompt(line).length;
    let mut reader = Reader::new(source.text, start);
    let here = cmdlet(line);
    let assigns = line.get(start - at..).is_some_and(|l| l.starts_with('$'));
    if here.is_none() && !(assigns && source.fuel.burn(1) && ahead(source, start)) {
        return None;
    }
    // Lines that set variables, up to the command.
    let mut lines = 0;
    loop {
        let here = reader.at;
        let line = source.line_at(here);
        if let Some(end) = cmdlet(line).filter(|_| !line.trim_start().starts_with('$') || assigns_answer(line)) {
            reader.at = here + end;
            break;
        }
        lines += 1;
        if here >= source.text.len().min(start + AHEAD) || lines > LINES {
            source.fuel.burn(here - start);
            return None;
        }
        if !reader.statement() {
            reader.at = here + line.len();
        }
        let rest = reader.rest();
        reader.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', ';']).len();
        reader.at = reader.at.max(here + 1);
    }
    let mut problems = Vec::new();
    let parameters = reader.parameters();
    let Some(request) = request(&reader, parameters, &mut problems) else {
        source.fuel.burn(reader.at.saturating_sub(start));
        return None;
    };
    Some(Claim {
        span: Span::new(at, reader.at.clamp(at + 1, source.text.len())),
        parts: vec![Part::Request(request)],
        problems,
    })
}

/// The offset behind a cmdlet's name in a line, where what follows looks like its parameters.
fn cmdlet(line: &str) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    let mut parameters = None;
    CMDLETS.iter().find_map(|name| {
        lower.match_indices(name).find_map(|(at, _)| {
            let end = at + name.len();
            let before = lower.get(..at)?.chars().next_back();
            let begins =
                before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '{' | '=' | '|' | ';' | '&' | '>'));
            // Looked for once: the line may name them a thousand times.
            let ours = begins
                && (name.starts_with('i')
                    || *parameters.get_or_insert_with(|| {
                        ["-uri ", "-headers ", "-method ", "-body "].iter().any(|p| lower.contains(p))
                    }));
            let after = line.get(end..).filter(|_| ours)?;
            let next = after.trim_start();
            let alone = next.is_empty() && name.starts_with("invoke") || next.trim_end() == "`";
            let follows = after.starts_with(char::is_whitespace)
                && (next.starts_with(['-', '\'', '"', '$', '@', '(']) || next.starts_with("http"));
            (follows || alone).then_some(end)
        })
    })
}

/// `$answer = Invoke-…`.
fn assigns_answer(line: &str) -> bool {
    line.split_once('=').is_some_and(|(before, after)| !before.contains(['\'', '"', '{']) && cmdlet(after).is_some())
}

/// Whether a cmdlet is named soon. Where the next one stands is remembered, so that the text is searched once.
fn ahead(source: &Source<'_>, start: usize) -> bool {
    let end = source.text.floor_char_boundary(start + AHEAD);
    let next = source.lines.line_of(start) + 1;
    let (mut searched, mut found) = source.cmdlet.get();
    if found.is_none_or(|line| line < next) {
        (searched, found) = (searched.max(next), None);
        while let Some(span) = source.lines.line(source.text, searched).filter(|s| found.is_none() && s.start < end) {
            let line = span.of(source.text);
            let named = ["nvoke-", "irm ", "iwr ", "NVOKE-"].iter().any(|n| line.contains(n));
            found = (named && cmdlet(line).is_some()).then_some(searched);
            searched += 1;
        }
        source.cmdlet.set((searched, found));
    }
    found.is_some_and(|line| {
        line - next < LINES && source.lines.line(source.text, line).is_some_and(|span| span.start < end)
    })
}

/// The parameters by their full names.
fn named(parameters: Vec<Parameter>) -> Vec<(&'static str, Value)> {
    let mut out: Vec<(&'static str, Value)> = Vec::new();
    let full = |name: &str| PARAMETERS.iter().find(|p| !name.is_empty() && p.starts_with(name)).copied();
    for parameter in parameters {
        match parameter {
            Parameter::Named(name, Some(value)) => out.extend(full(&name).map(|n| (n, value))),
            Parameter::Bare(value) if !out.iter().any(|(n, _)| *n == "uri") => out.push(("uri", value)),
            Parameter::Splatted(Value::Object(members)) => {
                out.extend(members.into_iter().filter_map(|(n, v)| Some((full(&n.text().to_ascii_lowercase())?, v))));
            }
            _ => {}
        }
    }
    out
}

fn request(reader: &Reader<'_>, parameters: Vec<Parameter>, problems: &mut Vec<Problem>) -> Option<Request> {
    let parameters: Vec<_> = named(parameters).into_iter().map(|(n, v)| (n, reader.resolved(v))).collect();
    let get = |name: &str| parameters.iter().find(|(n, _)| *n == name).map(|(_, v)| v);
    let text = |name: &str| get(name).and_then(Value::text);
    let url = text("uri")?;
    let mut out = Request { url: curl::absolute(url.text()), url_span: Some(url.span()), ..Request::default() };
    let method = text("custommethod").or_else(|| text("method"));
    out.method_span = method.as_ref().map(Word::span);
    out.method = method.map_or("GET".to_owned(), |m| m.text().to_ascii_uppercase());
    match get("headers") {
        Some(Value::Object(members)) => {
            for (name, value) in members {
                if let Some(value) = reader.resolved(value.clone()).text() {
                    let span = Span::new(name.span().start, value.span().end);
                    out.fields.push(name.text(), value.text().trim(), Some(span));
                }
            }
        }
        Some(other) => {
            let span = other.text().map(|w| w.span()).unwrap_or_default();
            problems.push(Problem {
                message: "The headers are set elsewhere; they are not in this text.".to_owned(),
                span,
            });
        }
        None => {}
    }
    credentials(get("authentication"), get("token"), &mut out);
    session(reader, get("websession"), &parameters, &mut out);
    if let Some(agent) = text("useragent") {
        out.fields.push("User-Agent", agent.text(), Some(agent.span()));
    }
    let media_type = text("contenttype");
    if let Some(media_type) = &media_type {
        out.fields.0.retain(|f| !f.name.eq_ignore_ascii_case("content-type"));
        out.fields.push("Content-Type", media_type.text(), Some(media_type.span()));
    }
    content(reader, get("body"), &mut out, problems);
    if let Some(file) = text("infile") {
        let message = format!("The body comes from the file {}, whose content is not in the text.", file.text());
        problems.push(Problem { message, span: file.span() });
    }
    Some(out)
}

/// `-Authentication Bearer -Token …` (PowerShell 6 and later).
fn credentials(scheme: Option<&Value>, token: Option<&Value>, out: &mut Request) {
    let bearer = scheme
        .and_then(Value::text)
        .is_some_and(|s| ["bearer", "oauth"].contains(&s.text().to_ascii_lowercase().as_str()));
    if let (true, Some(token)) = (bearer, token.and_then(Value::text)) {
        out.fields.push("Authorization", format!("Bearer {}", token.text()), Some(token.span()));
    }
}

/// Cookies and user agent of `$session`.
fn session(reader: &Reader<'_>, value: Option<&Value>, parameters: &[(&'static str, Value)], out: &mut Request) {
    if value.is_none() {
        return;
    }
    let agent = reader.variable("session").and_then(|s| s.member("useragent")).and_then(Value::text);
    if let Some(agent) = agent.filter(|_| !parameters.iter().any(|(n, _)| *n == "useragent")) {
        out.fields.push("User-Agent", agent.text(), Some(agent.span()));
    }
    if let Some(Value::Object(cookies)) = reader.variable("session.cookies") {
        let pairs: Vec<String> =
            cookies.iter().filter_map(|(n, v)| Some(format!("{}={}", n.text(), v.text()?.text()))).collect();
        let span = cookies.first().map(|(n, _)| n.span());
        out.fields.push("Cookie", pairs.join("; "), span);
    }
}

/// `-Body`: a string is sent as it is; a hash table becomes a form, or the query of a GET.
fn content(reader: &Reader<'_>, body: Option<&Value>, out: &mut Request, problems: &mut Vec<Problem>) {
    let text = match body {
        Some(Value::Object(members)) => {
            let pairs: Vec<String> = members
                .iter()
                .map(|(n, v)| {
                    let value = reader.resolved(v.clone()).text().map(|w| w.text().to_owned()).unwrap_or_default();
                    format!("{}={}", curl::escape(n.text(), true), curl::escape(&value, true))
                })
                .collect();
            if out.method == "GET" {
                out.url.push(if out.url.contains('?') { '&' } else { '?' });
                out.url.push_str(&pairs.join("&"));
                return;
            }
            Content { text: pairs.join("&"), span: None }
        }
        Some(Value::Text(word) | Value::Bare(word)) => {
            let span = word.span();
            Content { text: word.text().to_owned(), span: (span.end > span.start).then_some(span) }
        }
        Some(other) => {
            let span = other.text().map(|w| w.span()).or(out.url_span).unwrap_or_default();
            problems.push(Problem { message: "The body is set elsewhere; it is not in this text.".to_owned(), span });
            return;
        }
        None => return,
    };
    out.content = Some(text);
    if out.method == "POST" && out.fields.get("content-type").is_none() {
        out.fields.push("Content-Type", "application/x-www-form-urlencoded", None);
    }
}

#[cfg(test)]
mod tests {
    use crate::intake::sent::sent;

    #[test]
    fn chromiums_copy_as_powershell() {
        let text = "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r\n$session.UserAgent = \"Mozilla/5.0 (X11)\"\r\n\
                    $session.Cookies.Add((New-Object System.Net.Cookie(\"a\", \"b\", \"/\", \"h\")))\r\n\
                    $session.Cookies.Add((New-Object System.Net.Cookie(\"c\", \"{{redacted:cookie}}\", \"/\", \".h\")))\r\n\
                    Invoke-WebRequest -UseBasicParsing -Uri \"https://h/x?a=1\" `\r\n-Method \"POST\" `\r\n-WebSession $session `\r\n\
                    -Headers @{\r\n\"authority\"=\"h\"\r\n  \"accept\"=\"*/*\"\r\n  \"sec-ch-ua\"=\"`\"Chromium`\";v=`\"120`\"\"\r\n} `\r\n\
                    -ContentType \"application/json\" `\r\n-Body ([System.Text.Encoding]::UTF8.GetBytes(\"{`\"a`\":`\"$([char]233)`\"}\"))\r\n";
        assert_eq!(
            sent(text),
            "POST https://h/x?a=1 [authority: h, accept: */*, sec-ch-ua: \"Chromium\";v=\"120\", User-Agent: Mozilla/5.0 (X11), \
             Cookie: a=b; c={{redacted:cookie}}, Content-Type: application/json] | {\"a\":\"$([char]233)\"}"
        );
    }

    #[test]
    fn variables_and_tables() {
        let text = "# call\n$key = \"{{redacted:k}}\"\n$headers = @{\n    'Authorization' = \"Bearer $key\"\n    \"X-Env\" = \"v $env:FOO\" # why\n}\n\
                    $body = @{\n  model = 'gpt-4'; n = 1\n  stream = $false\n  messages = @(\n    @{ role = 'user'; content = \"it's\" },\n    @{ role = 'x'; content = $q }\n  )\n\
                    } | ConvertTo-Json -Depth 5\n\n$r = Invoke-RestMethod -Uri https://h/v1 -Method Post -Headers $headers -Body $body -ContentType application/json\n\
                    $r.choices\n";
        assert_eq!(
            sent(text),
            "POST https://h/v1 [Authorization: Bearer {{redacted:k}}, X-Env: v $env:FOO, Content-Type: application/json] | \
             {\"model\":\"gpt-4\",\"n\":1,\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"it's\"},{\"role\":\"x\",\
             \"content\":\"$q\"}]}"
        );
        let postman = "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$headers.Add(\"A\", \"b\")\n\
                       $body = @\"\n{\n  `\"x`\": `\"y`\"\n}\n\"@\n\n$response = Invoke-RestMethod 'https://h/p' -Method 'POST' -Headers $headers -Body $body\n$response | ConvertTo-Json";
        assert_eq!(
            sent(postman),
            "POST https://h/p [A: b, Content-Type: application/x-www-form-urlencoded] | {\n  \"x\": \"y\"\n}"
        );
        let splat = "$params = @{\n Uri = 'https://h/s'\n Method = 'Put'\n Body = '{}'\n}\nirm @params";
        assert_eq!(sent(splat), "PUT https://h/s [] | {}");
    }

    #[test]
    fn one_line_commands() {
        assert_eq!(
            sent("PS C:\\> iwr https://h/x -Head @{a='b'; c=\"d\"} | Select Content"),
            "GET https://h/x [a: b, c: d]"
        );
        assert_eq!(
            sent("curl -Uri 'https://h/x' -Method POST -Body @{a='b c'}"),
            "POST https://h/x [Content-Type: application/x-www-form-urlencoded] | a=b+c"
        );
        assert_eq!(sent("Invoke-RestMethod \"https://h/x\" -Body @{q='1'}"), "GET https://h/x?q=1 []");
        assert_eq!(
            sent("Invoke-RestMethod https://h -Method Post -Body (@{a=@{b=@{c=@{d=1}}}} | ConvertTo-Json)")
                .split_once(" | ")
                .unwrap()
                .1,
            "{\"a\":{\"b\":{\"c\":\"System.Collections.Hashtable\"}}}"
        );
        assert_eq!(sent("Invoke-RestMethod : The remote server returned an error: (403) Forbidden."), "");
        assert_eq!(sent("The command Invoke-WebRequest fails."), "");
    }

    #[test]
    fn no_text_makes_it_panic_or_wait() {
        let whole = "$h = @{a=\"b$c\"; 'd'=@(1,'e')}; $h[\"x\"] = [int]1 + ${y}\nirm (\"https://h/\" + $z.a(1)) -Headers $h -Body @'\n{}\n'@";
        for (cut, _) in whole.char_indices() {
            let (before, after) = whole.split_at(cut);
            sent(before);
            sent(&format!("irm -Body {after}"));
            sent(&format!("$a = {after}\nirm x"));
        }
        for piece in ["@{a=", "@(", "(", "$(", "[x]", "$a = 1\n", "\"$a ", "`\n", "@'\n", "$a.Add(", "a,"] {
            sent(&format!("irm {}", piece.repeat(8_000 / piece.len())));
            sent(&format!("$b = {}\nirm 'x'", piece.repeat(8_000 / piece.len())));
        }
    }
}
