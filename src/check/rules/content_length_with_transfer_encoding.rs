//! Content-Length and Transfer-Encoding are sent together.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "content-length-with-transfer-encoding",
    severity: Severity::Error,
    title: "Content-Length and Transfer-Encoding are sent together",
    why: "Two statements about where the body ends are how requests are smuggled; servers refuse the message or close the connection.",
    fix: "Leave both out and let the client set the one it needs.",
    source: "RFC 9112, section 6.2",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\nContent-Length: 70\nTransfer-Encoding: chunked\n\n{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    if let (Some(length), Some(encoding)) = (cx.field("content-length"), cx.field("transfer-encoding")) {
        let message = format!(
            "`Content-Length: {}` and `Transfer-Encoding: {}` contradict each other.",
            words::shown(length.value.trim(), 20),
            words::shown(encoding.value.trim(), 20)
        );
        out.report(Place::header("Content-Length", length.span), message);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{chat, fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "content-length-with-transfer-encoding",
            &[&chat(
                "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\ncontent-length: 5\ntransfer-encoding: chunked",
            )],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "content-length-with-transfer-encoding",
            &[
                &chat("Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\ncontent-length: 5"),
                &chat(
                    "Authorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\ntransfer-encoding: chunked",
                ),
            ],
        );
    }
}
