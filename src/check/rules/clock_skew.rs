//! The caller's clock and the server's are apart.

use crate::check::{Context, Findings, Place, Rule, Severity, native_only};
use crate::limits::{SKEW_MATTERS, http_date, in_words, rfc3339};

pub(super) static RULE: Rule = Rule {
    id: "clock-skew",
    severity: Severity::Warning,
    title: "the caller's clock and the server's are apart",
    why: "Signatures, tokens and certificates hold for a span of time: AWS allows five minutes, and a token that is not valid yet is refused with 401 or 403.",
    fix: "Let the machine set its clock by the network (NTP), and look at the clock of a container or virtual machine after sleep.",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html",
    example: native_only(
        "POST https://bedrock-runtime.us-east-1.amazonaws.com/model/x/invoke HTTP/1.1\nX-Amz-Date: 20260303T093000Z\nContent-Type: application/json\n\n{}\n\nHTTP/1.1 403 Forbidden\nDate: Tue, 03 Mar 2026 10:00:00 GMT\n\n",
    ),
    run,
};

fn run(cx: &Context<'_>, out: &mut Findings<'_>) {
    let Some((field, server)) = cx.answer_field("date").and_then(|f| Some((f, http_date(f.value.trim())?))) else {
        return;
    };
    let sent = ["x-amz-date", "x-ms-date", "date"].iter().find_map(|name| {
        let value = cx.field(name)?.value.trim();
        http_date(value).or_else(|| basic(value))
    });
    // A paste comes after the answer, however long, so a clock that is ahead of it proves nothing.
    let ahead = match (sent, cx.now) {
        (Some(sent), _) => sent - server,
        (None, Some(now)) if now < server => now - server,
        _ => return,
    };
    if ahead.abs() >= SKEW_MATTERS {
        let side = if ahead < 0.0 { " behind" } else { " ahead of" };
        let message = ["The caller's clock is ", &in_words(ahead.abs()), side, " the server's `Date`."];
        out.report(Place::answer(&field.name, field.span), message.concat());
    }
}

/// A point in time in the basic form of ISO 8601, as signatures of AWS have it: `20260303T093000Z`.
fn basic(text: &str) -> Option<f64> {
    let part = |from: usize, to: usize| text.get(from..to);
    let date = [part(0, 4)?, "-", part(4, 6)?, "-", part(6, 8)?].concat();
    let time = [part(9, 11)?, ":", part(11, 13)?, ":", part(13, 15)?].concat();
    rfc3339(&[&date, "T", &time, "Z"].concat()).filter(|_| part(8, 9) == Some("T") && part(15, 17).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{fires, silent};
    use crate::check::{Given, run_with};

    const ANSWER: &str = "GET https://api.openai.com/v1/models\nA: b\n\nHTTP/1.1 401 Unauthorized\nDate: Tue, 03 Mar 2026 10:00:00 GMT\n\n";

    fn at(now: u64) -> usize {
        let intake = crate::intake::read_text(ANSWER);
        let given = Given { now: Some(now) };
        run_with(&intake, ANSWER, &[], &given).iter().filter(|f| f.rule.id == "clock-skew").count()
    }

    #[test]
    fn fires_on_the_defect() {
        fires(
            "clock-skew",
            &[
                "POST https://x.amazonaws.com/y\nx-amz-date: 20260303T103000Z\n\nHTTP/1.1 403 Forbidden\nDate: Tue, 03 Mar 2026 10:00:00 GMT\n\n",
                "POST https://x.example/y\nDate: Tue, 03 Mar 2026 09:00:00 GMT\n\nHTTP/1.1 403 Forbidden\nDate: Tue, 03 Mar 2026 10:00:00 GMT\n\n",
            ],
        );
        assert_eq!(basic("20260303T100000Z"), http_date("Tue, 03 Mar 2026 10:00:00 GMT"));
    }

    #[test]
    fn silent_on_what_is_right_or_unknown() {
        silent(
            "clock-skew",
            &[
                ANSWER,
                "POST https://x.amazonaws.com/y\nx-amz-date: 20260303T095930Z\n\nHTTP/1.1 403 Forbidden\nDate: Tue, 03 Mar 2026 10:00:00 GMT\n\n",
                "POST https://x.amazonaws.com/y\nx-amz-date: éééééééééééééééé\n\nHTTP/1.1 403 Forbidden\nDate: Tue, 03 Mar 2026 10:00:00 GMT\n\n",
                "POST https://x.amazonaws.com/y\nx-amz-date: 20260303T095930Z\n\nHTTP/1.1 403 Forbidden\nDate: now\n\n",
            ],
        );
    }

    #[test]
    fn a_paste_made_later_proves_nothing_and_one_made_before_the_answer_does() {
        let answered = 1_772_532_000;
        assert_eq!((at(answered), at(answered + 90_000), at(answered - 60)), (0, 0, 0));
        assert_eq!(at(answered - 600), 1);
    }
}
