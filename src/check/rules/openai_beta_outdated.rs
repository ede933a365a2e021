//! OpenAI-Beta asks for a form of the interface that is gone.

use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "openai-beta-outdated",
    severity: Severity::Error,
    title: "OpenAI-Beta asks for a form of the interface that is gone",
    why: "The Realtime API left its beta, and the beta's form is refused (`beta_api_shape_disabled`): the socket opens and is closed at once.",
    fix: "Take the header away, and write sessions and events in the form of the present interface; update the library that sends it.",
    source: "https://github.com/api7/aisix/pull/1061",
    example: native_only(
        "GET wss://api.openai.com/v1/realtime?model=gpt-realtime HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nUpgrade: websocket\nOpenAI-Beta: realtime=v1\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some(field) = cx.field("openai-beta").filter(|_| cx.endpoint.is_some_and(|p| p.starts_with("/realtime")))
    else {
        return;
    };
    if field.value.split(',').any(|v| v.trim() == "realtime=v1") {
        let message =
            ["`OpenAI-Beta: ", &words::shown(field.value.trim(), 40), "` asks for the beta of the Realtime API."];
        out.report(Place::header(&field.name, field.span), message.concat());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "openai-beta-outdated",
            &[
                "GET wss://api.openai.com/v1/realtime?model=gpt-realtime\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: realtime=v1",
                "POST https://api.openai.com/v1/realtime/calls\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nopenai-beta: a, realtime=v1",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "openai-beta-outdated",
            &[
                "GET wss://api.openai.com/v1/realtime?model=gpt-realtime\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET wss://api.openai.com/v1/realtime?model=gpt-realtime\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: realtime=v2",
                "POST https://api.openai.com/v1/threads\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: assistants=v2",
            ],
        );
    }
}
