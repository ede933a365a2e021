//! What people paste when a call fails: weak values whose place leaves no doubt, and what must survive beside them.

use why403::redact::{Raw, RedactOptions, redact};

fn redacted(text: &str) -> String {
    let once = redact(Raw::new(text.to_owned()), &RedactOptions::default()).text().to_owned();
    let twice = redact(Raw::new(once.clone()), &RedactOptions::default()).text().to_owned();
    assert_eq!(once, twice, "a second pass changes {text}");
    once
}

/// Places of passwords: `@@` may be a word of small letters, which nothing but the place tells.
const WEAK: &[&str] = &[
    // A user and a password behind one label.
    "user / password: jane / @@\nit says Error code 1020",
    "Username and password: jane / @@",
    "login/pass: jane:@@",
    "Credentials: jane / @@ (staging)",
    // Tables whose head says so, aligned, and with what a log or a mail puts before each line.
    "USER      PASSWORD      HOST\njane   @@      api.openai.com\n",
    "2026-01-14 09:21:33,123 - root - DEBUG - user,password,host\n2026-01-14 09:21:33,123 - root - DEBUG - jane,@@,a.example",
    "> username,password,host\n> jane,@@,api.openai.com",
    // Lists.
    "passwords:\n  - first99\n  - @@\nhosts:\n  - a.example.org",
    "> passwords:\n>   - \"@@\"\n",
    "valid_passwords = ('first99', '@@')\nmodels = ['gpt-4o']",
    // A member named before or after its value, and what is set.
    "{\"variable\":[{\"key\":\"password\",\"value\":\"@@\"}]}",
    "{\"name\":\"password\",\"value\":\"@@\"}",
    "[Environment]::SetEnvironmentVariable('DB_PASSWORD','@@','Machine')",
    "$pw = ConvertTo-SecureString \"@@\" -AsPlainText -Force",
    // Arguments behind a user.
    "curl_setopt($ch, CURLOPT_PROXYUSERPWD, 'jane:@@');",
    ".basic_auth(\"svc-llm\", Some(\"@@\"))",
    "authenticate(\"svc-llm\", \"@@\")",
    "new PasswordAuthentication(\"jane\", \"@@\".toCharArray())",
    // Commands.
    "net use \\\\fs\\share /user:CORP\\jane @@\nSystem error 5",
    "xfreerdp /u:jane /p:@@ /v:host.example.org",
    "snmpwalk -v2c -c @@ 10.0.0.1",
    "smbclient //srv/share -U jane%@@",
    "keytool -storepass @@ -list",
    "mot de passe : @@",
    "LITELLM_SALT_KEY=@@",
    "jane@example.org:@@\nproxy",
    "[smtp]\npass = \"@@\"",
    "DB_PASSWORD_PROD=@@",
    "  ~ administrator_login_password = \"first99\" -> \"@@\"",
    "Http::withBasicAuth('jane', '@@')->post",
    "smtp.login(\"jane@example.org\", \"@@\")",
    "await page.fill('#password', '@@');",
    "define('DB_PASSWORD', '@@');",
    "openssl pkcs12 -in c.p12 -passin pass:@@",
    "my account is jane@example.org, password @@, and it fails",
    "Zugangsdaten: Benutzer jane, Kennwort @@. API",
    "identifiant jane, mot de passe @@. Erreur",
    "SSHPASS=@@",
    "I logged in with password \"@@\" and then got 403",
    "pass for the vpn: `@@`",
    "The password for the staging server is @@.",
    "SQL_DSN=root:@@@tcp(mysql:3306)/oneapi",
    // In a quoted mail, and on a line of a text in quotes.
    ">         - name: DB_PASSWORD\n>           value: @@\n>         - name: MODEL",
    "{\"m\":\"export A=1\\nredis-cli -h redis -a @@ ping\"}",
    // Rows of a name and its value, and sentences.
    "KEY          VALUE\npassword     @@\nhost         a.example",
    "password\t@@\nhost\ta.example",
    "The proxy password is @@ and the user is jane",
    "Mein Passwort ist @@, der Fehler bleibt",
    "Invalid credentials for user jane with password @@ from 179.213.146.132",
];

#[test]
fn weak_values_go_where_the_place_says_what_they_are() {
    for place in WEAK {
        for weak in ["sunshine", "kaffeetasse", "hunter2", "Sommer-2025"] {
            let out = redacted(&place.replace("@@", weak));
            assert!(!out.contains(weak), "{out}");
        }
    }
}

/// What a second pass once changed: each says with a placeholder in it what it says with the secret.
#[test]
fn a_second_pass_over_spoiled_pastes_changes_nothing() {
    for (text, count) in [
        ("gcloud token\nSfsAaDWiFOdkcurl hUS8l_Wif6zLZP4PB1Edotnet", 2),
        ("echo tI8hxQ| sudo \ntadata=(({redacted:earer ynbf0fp1xpo2bqdjqdu6xcur", 1),
        ("echo 49HPVG| Token:h2vxqw", 2),
        ("://:f://e\\3@", 1),
        ("cookies={'':'p'o6q6akpz0n", 1),
        ("apikey\tSKRW31Uh\nZjBqsiBPB5", 2),
        ("Here is my token -> 2d55e{f06f\nHere is my token -> WVMUTEPtgH", 2),
        ("user,passord=,z50jwd4dl9njzj0qguqo0e", 1),
        ("s set OPENAI_KEY=TiPn\u{2026}JHu2o60eE+:\\\\>{ho %P_APIKEY\nfw90mvl", 1),
    ] {
        let out = redacted(text);
        assert_eq!(out.matches("{{redacted:").count(), count + text.matches("{{redacted:").count(), "{out}");
    }
}

/// Ids and words of keys that no prefix tells, in lists and beside commands.
#[test]
fn ids_go_where_the_place_says_what_they_are() {
    for place in [
        "api-key:\n  - gemini=8f14e45fceea167a5a36dedd4bea2543\n  - openrouter=@@\nmodel: gpt-4o",
        "{\"api_key_claude\": \"@@\"}",
        "{\"api_key_openai\": [{\"id\":\"8f14e45f-ceea-467a-9a36-dedd4bea2543\",\"value\":\"@@\",\"active\":true}]}",
        "[09:21:33] OPENAI_API_KEY=8f14e45f-ceea-467a-9a36-dedd4bea2543,@@",
        "{\"api_keys\": [\"c81e728d9d4c2f636f067f89cc14862c\", \"@@\"]}",
        "llm keys set openai --value @@",
        "INSERT INTO channels (type,`key`,status,name) VALUES (1,'@@',1,'main');",
        "api-1  | name,key,status\napi-1  | prod,@@,403\n",
        "1 validation error for Settings\nopenai_api_key\n  Extra inputs are not permitted [type=extra_forbidden, input_value='@@', input_type=str]",
    ] {
        let out = redacted(&place.replace("@@", "3d40fd7c-fbf9-4887-a994-15ce3cd96f71"));
        assert!(!out.contains("3d40fd7c"), "{out}");
    }
}

/// What a diagnosis needs stands beside secrets, and stays.
#[test]
fn the_neighbours_of_secrets_stay() {
    let key = "Qm3vT0xkY7aLd2RwPz9b";
    for (text, stays) in [
        // The rest of a text in quotes, whose first line holds a secret.
        (
            format!("{{\"message\": \"CREDS_KEY={key}\\nMODELS=gpt-4o,o3-mini\\nPORT=80\"}}"),
            "\\nMODELS=gpt-4o,o3-mini\\nPORT=80\"}",
        ),
        // The next rows of a table of names and values.
        (
            format!("X-Api-Key\t{key}\nX-Request-Id\treq_8d0f5a3c6b7e8d0f5a3c6b7e8d0f5a3c\nHost\tapi.openai.com\n"),
            "\nX-Request-Id\treq_8d0f5a3c6b7e8d0f5a3c6b7e8d0f5a3c\nHost\tapi.openai.com\n",
        ),
        ("password\thunter2\nhost\tapi.openai.com".to_owned(), "\nhost\tapi.openai.com"),
        // A quoted mail: its mark is no tag.
        (
            format!("> env_key = \"AZURE_OPENAI_API_KEY\"\n> http_headers = {{ \"api-key\" = \"{key}\" }}"),
            "\n> http_headers = { \"api-key\" = \"{{redacted",
        ),
    ] {
        let out = redacted(&text);
        assert!(out.contains(stays) && !out.contains(key) && !out.contains("hunter2"), "{out}");
    }
    for text in [
        "NAME          TYPE      DATA   AGE\ndb-password   Opaque    1      3d",
        "[\"username\",\"password\",\"email\"]",
        "fields = [\"password\", \"confirm\"]",
        "secrets:\n  - db_password\n  - api_token\n",
        "api_keys:\n  - openai\n  - anthropic-prod\n",
        "user/password authentication failed for jane",
        "Username and password: required",
        "--password string   Password for the registry",
        "Your password is incorrect, try again",
        "sshpass: command not found",
        "Tests **must** pass on Python\n",
        "Change your password on Windows.",
        "auth.login('github', 'popup')",
        "\"login\":\"jane\",\"id\":1",
        "user name, password length, and expiry",
        "token_new = next()",
        "password_new: string",
        "max_tokens_default=5",
        "docker run -p 127.0.0.1:8080:80 app2go",
        "BYPASS=letmein",
        "evt.altKey: somewhere",
        "the key for this is documented here",
        "password for the account is required",
        "the password is mandatory.",
        "Das Passwort ist falsch.",
        "Das Passwort ist abgelaufen, bitte",
        "La password es incorrecta.",
        "password is strong and unique",
        "The password is stored, but",
        "Password is case sensitive",
        "your password is optional and",
        "login with password failed for user jane from 1.2.3.4",
        "user jane with password authentication on host",
        "Access denied for user 'jane'@'localhost' (using password: YES)",
        "password    string\nport    int",
        "passwd     utility",
        "password   varchar\n",
        "name,key,status\nprod,main,403\n",
    ] {
        assert_eq!(redacted(text), text);
    }
}
