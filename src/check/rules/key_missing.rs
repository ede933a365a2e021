//! A request to an API without any credential.

use crate::check::provider::Provider;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::intake::InputKind;

pub(super) static RULE: Rule = Rule {
    id: "key-missing",
    severity: Severity::Warning,
    title: "the request carries no credential",
    why: "OpenAI reads the key from the Authorization header; without it the answer is 401.",
    fix: "Send `Authorization: Bearer $OPENAI_API_KEY`.",
    source: "https://platform.openai.com/docs/api-reference/authentication",
    example: native_only("GET https://api.openai.com/v1/models HTTP/1.1\nAccept: application/json\n"),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let header = match cx.provider {
        Provider::OpenAi | Provider::OpenRouter | Provider::Other(_) => "Authorization",
        Provider::Azure => "api-key",
        Provider::Anthropic => "x-api-key",
        Provider::Google => "x-goog-api-key",
        _ => return,
    };
    // A browser's WebSocket can send no header and puts the key into the subprotocol.
    let subprotocol = cx.field("sec-websocket-protocol").is_some();
    if !cx.whole || !cx.credentials.is_empty() || subprotocol || cx.method() == "OPTIONS" {
        return;
    }
    let message = format!("No `{header}` header and no other credential is sent to {}.", cx.target.host);
    out.report_confirmed(cx, &[401, 403], Place::header(header, None), message);
    let field = match (cx.provider, header) {
        (Provider::OpenAi, _) => "Authorization: Bearer $OPENAI_API_KEY",
        (Provider::Anthropic, _) => "x-api-key: $ANTHROPIC_API_KEY",
        (Provider::Azure, _) => "api-key: $AZURE_OPENAI_API_KEY",
        _ => return,
    };
    if cx.kind == InputKind::Curl {
        out.mend_with_field(cx, field);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{check, fires, silent};

    #[test]
    fn fires_without_any_credential() {
        fires(
            "key-missing",
            &[
                "GET https://api.openai.com/v1/models\nX: y",
                "POST https://api.anthropic.com/v1/messages\nanthropic-version: 2023-06-01\n\n{}",
            ],
        );
        let refused = check("GET https://api.openai.com/v1/models\nX: y\n\nHTTP/1.1 401 Unauthorized\n");
        assert!(refused.iter().any(|f| f.0 == "key-missing" && f.1 == crate::check::Severity::Error));
    }

    #[test]
    fn silent_with_one_or_where_none_is_due() {
        silent(
            "key-missing",
            &[
                "GET https://api.openai.com/v1/models\nAuthorization: Bearer $KEY",
                "GET https://relay.example/v1/models\nX: y",
                "GET wss://api.openai.com/v1/realtime?model=x\nSec-WebSocket-Protocol: realtime, openai-insecure-api-key.{{redacted:openai-key}}",
                "OPTIONS https://api.openai.com/v1/models\nOrigin: https://a.example",
            ],
        );
    }
}
