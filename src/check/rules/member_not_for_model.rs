//! A member of the body does not go with its model.

use crate::check::{Context, Findings, Rule, Severity, members, native_only};

pub(super) static RULE: Rule = Rule {
    id: "member-not-for-model",
    severity: Severity::Error,
    title: "a member of the body does not go with the model",
    why: "The endpoint knows the member, and this model does not: 400, \"Unsupported parameter\" or \"Unsupported value\".",
    fix: "Take the member out or write what the message names; a setting that serves several models has to know which.",
    source: "https://platform.openai.com/docs/guides/reasoning",
    example: native_only(
        "POST https://api.openai.com/v1/chat/completions HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"o3-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":100}",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    members::for_model(cx, out, false);
}

#[cfg(test)]
mod tests {
    use crate::check::Severity;
    use crate::check::sample::{findings, of};

    fn at(path: &str, members: &str) -> String {
        format!(
            "POST https://api.openai.com/v1{path}\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{{{members}}}"
        )
    }

    #[test]
    fn fires_on_the_defect() {
        for (path, members) in [
            ("/chat/completions", r#""model":"o1","messages":[],"max_tokens":1"#),
            ("/chat/completions", r#""model":"gpt-5-mini","messages":[],"temperature":0.2"#),
            ("/chat/completions", r#""model":"gpt-5.4","messages":[],"temperature":0.2,"reasoning_effort":"low""#),
            ("/chat/completions", r#""model":"o4-mini","messages":[],"stop":["x"]"#),
            ("/chat/completions", r#""model":"gpt-4o","messages":[],"reasoning_effort":"low""#),
            ("/responses", r#""model":"o3","input":"x","top_p":0.5"#),
            ("/responses", r#""model":"gpt-4.1","input":"x","reasoning":{"effort":"low"}"#),
            ("/embeddings", r#""model":"text-embedding-ada-002","input":"x","dimensions":256"#),
            ("/images/generations", r#""model":"gpt-image-1","prompt":"x","response_format":"url""#),
            ("/images/generations", r#""model":"dall-e-3","prompt":"x","n":2"#),
            ("/audio/speech", r#""model":"tts-1","input":"x","voice":"alloy","instructions":"calm""#),
        ] {
            assert_eq!(of("member-not-for-model", &at(path, members)).len(), 1, "{members}");
        }
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        for (path, members) in [
            ("/chat/completions", r#""model":"o1","messages":[],"max_completion_tokens":1,"temperature":1"#),
            ("/chat/completions", r#""model":"gpt-4o","messages":[],"temperature":0,"max_tokens":9,"stop":"x""#),
            ("/chat/completions", r#""model":"gpt-5.4","messages":[],"temperature":0.2"#),
            ("/chat/completions", r#""model":"gpt-5.1","messages":[],"top_p":0.2,"reasoning_effort":"none""#),
            ("/chat/completions", r#""model":"gpt-5-chat-latest","messages":[],"temperature":0.2"#),
            ("/chat/completions", r#""model":7,"messages":[],"temperature":0.2"#),
            ("/chat/completions", r#""model":"o3","messages":[],"temperature":null"#),
            ("/images/generations", r#""model":"dall-e-3","prompt":"x","n":1,"style":"vivid","quality":"hd""#),
            ("/images/generations", r#""model":"gpt-image-1","prompt":"x","background":"opaque","quality":"low""#),
        ] {
            assert_eq!(of("member-not-for-model", &at(path, members)), [], "{members}");
        }
    }

    #[test]
    fn what_is_not_sure_becomes_an_error_where_the_answer_confirms_it() {
        let asked = at("/chat/completions", r#""model":"gpt-5.4","messages":[],"max_tokens":1"#);
        let severity =
            |text: &str| findings(text).into_iter().find(|f| f.rule.id == "member-not-for-model").map(|f| f.severity);
        assert_eq!(severity(&asked), Some(Severity::Hint));
        assert_eq!(severity(&format!("{asked}\nHTTP/1.1 400 Bad Request\nA: b\n\n")), Some(Severity::Error));
    }

    #[test]
    fn forms_are_read_too() {
        let form = "--x\nContent-Disposition: form-data; name=\"model\"\n\ngpt-4o-transcribe\n--x\nContent-Disposition: form-data; name=\"response_format\"\n\nsrt\n--x--";
        let head =
            "POST https://api.openai.com/v1/audio/transcriptions\nContent-Type: multipart/form-data; boundary=x\n\n";
        assert_eq!(of("member-not-for-model", &format!("{head}{form}")).len(), 1);
        assert_eq!(of("member-not-for-model", &format!("{head}{}", form.replace("srt", "json"))), []);
    }

    #[test]
    fn what_has_no_other_name_is_taken_out() {
        let asked = at("/chat/completions", r#""model":"o3","temperature": 0.2, "messages":[]"#);
        let found = findings(&asked).into_iter().find(|f| f.rule.id == "member-not-for-model").unwrap();
        let edit = found.mended.unwrap();
        assert_eq!((edit.span.of(&asked), edit.text.as_str()), ("\"temperature\": 0.2, ", ""));
    }
}
