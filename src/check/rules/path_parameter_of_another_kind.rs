//! An id of another kind stands in the path.

use crate::check::Part;
use crate::check::credential::{self, Form};
use crate::check::words;
use crate::check::{Context, Findings, Place, Rule, Severity, native_only};

pub(super) static RULE: Rule = Rule {
    id: "path-parameter-of-another-kind",
    severity: Severity::Warning,
    title: "an id of another kind or form stands in the path",
    why: "Ids show by their prefix what they name; a thread is not found by the id of an assistant.",
    fix: "Put the id there that the message asks for.",
    source: "https://platform.openai.com/docs/api-reference",
    example: native_only(
        "GET https://api.openai.com/v1/threads/asst_abc123 HTTP/1.1\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nOpenAI-Beta: assistants=v2",
    ),
    run,
};

/// Path parameter, and the prefixes that its ids have.
static PREFIXES: &[(&str, &[&str])] = &[
    ("{assistant_id}", &["asst_"]),
    ("{thread_id}", &["thread_", "cthr_"]),
    ("{message_id}", &["msg_"]),
    ("{run_id}", &["run_", "evalrun_"]),
    ("{step_id}", &["step_"]),
    ("{file_id}", &["file-", "file_", "cfile_"]),
    ("{vector_store_id}", &["vs_"]),
    ("{batch_id}", &["batch_", "vsfb_"]),
    ("{response_id}", &["resp_"]),
    ("{conversation_id}", &["conv_"]),
    ("{fine_tuning_job_id}", &["ftjob-", "ft-"]),
    ("{upload_id}", &["upload_"]),
    ("{eval_id}", &["eval_"]),
    ("{container_id}", &["cntr_"]),
    ("{project_id}", &["proj_"]),
];

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let (Some(operation), Some(path)) = (cx.operations.first(), cx.endpoint) else { return };
    for (wanted, given) in operation.template.split('/').zip(path.split('/')) {
        let Some((_, right)) = PREFIXES.iter().find(|(name, _)| *name == wanted) else { continue };
        if right.iter().any(|p| given.starts_with(p)) {
            continue;
        }
        let other = PREFIXES.iter().flat_map(|(_, p)| p.iter()).any(|p| given.starts_with(*p));
        // Evals have runs of their own.
        let checked = CHECKED.contains(&wanted) && !operation.template.starts_with("/evals");
        if other || (checked && is_plain(given)) {
            let message = format!(
                "`{}` stands where an id `{}…` is due.",
                words::shown(given, 40),
                right.first().copied().unwrap_or_default()
            );
            out.report_confirmed(cx, &[400, 404], Place::part(Part::Url, cx.url_span(given)), message);
        }
    }
}

/// Parameters whose form the server checks: "Expected an ID that begins with 'thread'". Of others only an id that is surely of
/// another kind is wrong: new kinds come.
static CHECKED: &[&str] = &[
    "{assistant_id}",
    "{thread_id}",
    "{message_id}",
    "{run_id}",
    "{vector_store_id}",
    "{response_id}",
    "{conversation_id}",
    "{batch_id}",
    "{file_id}",
];

/// True for what goes out as it is and hides nothing: no variable, no sample, no mask, no name of the parameter.
fn is_plain(text: &str) -> bool {
    let named = ["_id", "-id", "Id", "ID"].iter().any(|end| text.ends_with(end));
    let other = !named && matches!(credential::form(text), Form::Other);
    other && !text.starts_with(':') && !text.contains("xx") && !text.contains("XX") && !text.contains(['{', '<', '%'])
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{fires, silent};

    #[test]
    fn fires_on_the_defect() {
        fires(
            "path-parameter-of-another-kind",
            &[
                "GET https://api.openai.com/v1/threads/asst_abc\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads/42/messages",
                "GET https://api.openai.com/v1/files/data.jsonl/content",
                "GET https://api.openai.com/v1/files/vs_abc\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "POST https://api.openai.com/v1/batches/file-abc/cancel\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}\nContent-Type: application/json\n\n{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"}",
            ],
        );
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "path-parameter-of-another-kind",
            &[
                "GET https://api.openai.com/v1/threads/thread_abc\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/file-abc/content\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/threads/$T\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/xxxxx\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
                "GET https://api.openai.com/v1/files/{file_id}",
                "GET https://api.openai.com/v1/responses/...",
                "GET https://api.openai.com/v1/models/asst_x\nAuthorization: Bearer {{redacted:openai-project-key:164-0123456789ab}}",
            ],
        );
    }
}
