//! An archive or a log with thousands of calls, on a time line.

use super::engine::{Asked, read, use_engine};
use super::ui::{self, ToolProps};
use crate::incidents::{COLUMNS, Group, Incidents, OTHER};
use crate::words::{count, text, with};
use js_sys::{Date, Reflect};
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// A log to try: two causes, at different times.
fn example() -> String {
    let mut log = String::new();
    let mut line = |minute: usize, says: &str| {
        let (hour, minute) = (9 + minute / 60, minute % 60);
        let two = |n: usize| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
        log.extend(["2025-11-13T", &two(hour), ":", &two(minute), ":07Z ", says, "\n"]);
    };
    for minute in 0..150 {
        line(minute, "INFO openai call done in 412 ms");
        if (40..70).contains(&minute) {
            line(
                minute,
                "ERROR openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for gpt-4o in organization org-a on tokens per min (TPM): Limit 30000, Used 29911, Requested 412. Please try again in 646ms.', 'type': 'tokens', 'param': None, 'code': 'rate_limit_exceeded'}}",
            );
        }
        if minute >= 110 && minute % 4 == 0 {
            line(
                minute,
                "ERROR openai.PermissionDeniedError: Error code: 403 - {'error': {'code': 'unsupported_country_region_territory', 'message': 'Country, region, or territory not supported', 'param': None, 'type': 'request_forbidden'}}",
            );
        }
    }
    log
}

/// The tool.
#[component]
pub(super) fn IncidentsTool(_: &ToolProps) -> Html {
    let area = use_node_ref();
    let (asked, ask) = use_engine::<Incidents>(read);
    let submit = {
        let (area, ask) = (area.clone(), ask.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            ask.emit(("incidents", vec![("text", ui::held(&area))]));
        })
    };
    let onchange = {
        let ask = ask.clone();
        Callback::from(move |event: Event| {
            let field = event.target().map(JsValue::from).unwrap_or_default();
            let get = |object: &JsValue, key: &str| Reflect::get(object, &JsValue::from_str(key)).unwrap_or_default();
            let file = get(&get(&field, "files"), "0");
            if file.is_object() {
                ask.emit(("incidents", vec![("file", file)]));
            }
            // The same file can be chosen again.
            let _ = Reflect::set(&field, &JsValue::from_str("value"), &JsValue::from_str(""));
        })
    };
    let try_out = {
        let ask = ask.clone();
        Callback::from(move |_: MouseEvent| ask.emit(("incidents", vec![("text", example().into())])))
    };
    {
        let area = area.clone();
        use_effect_with(asked.clone(), move |asked| {
            if let Asked::Told(_) = asked {
                ui::put(&area, "");
            }
        });
    }
    html! {
        <div class="result">
            <form class="card" onsubmit={submit}>
                <div class="field">
                    <label for="incidents-file">{ text("incidents-file") }</label>
                    <input id="incidents-file" type="file" data-test="incidents-file" {onchange} />
                </div>
                <div class="field">
                    <label for="incidents-text">{ text("incidents-paste") }</label>
                    <textarea id="incidents-text" ref={area} spellcheck="false" autocomplete="off" data-test="incidents-text"
                        aria-describedby="incidents-hint" />
                    <p class="small" id="incidents-hint">{ text("incidents-hint") }</p>
                </div>
                { ui::buttons(html! { { text("incidents-go") } }, try_out) }
            </form>
            { ui::outcome(&asked, "incidents-working", summary) }
            if let Asked::Told(found) = &asked {
                if !found.groups.is_empty() {
                    { line(found) }
                    <section class="card">
                        <h2>{ text("incidents-groups") }</h2>
                        <ul class="lines">{ for found.groups.iter().enumerate().map(|(n, g)| group(n, g)) }</ul>
                    </section>
                }
            }
        </div>
    }
}

/// A point in time, to the second.
fn time(seconds: f64) -> String {
    let date = Date::new(&JsValue::from_f64(seconds * 1000.0));
    // A date out of range throws when it is written.
    if date.get_time().is_nan() {
        return String::new();
    }
    let text = String::from(date.to_iso_string());
    text.get(..19).unwrap_or_default().replace('T', " ")
}

fn summary(found: &Incidents) -> Html {
    let unanswered = (found.unanswered > 0).then(|| count("incidents-unanswered", found.unanswered));
    if found.failed == 0 {
        return html! { <p class="notice" data-test="tool-result">{ text("incidents-nothing") }{ " " }{ unanswered }</p> };
    }
    let (failed, calls) = (found.failed.to_string(), found.calls.to_string());
    html! {
        <p data-test="tool-result">
            if found.failed == found.calls {
                // Logs often say nothing of what went well: that all of it failed is not known.
                { count("incidents-only", found.failed) }
            } else {
                { with("incidents-summary", &[("failed", &failed), ("calls", &calls)]) }
            }
            if let Some((from, to)) = found.from.zip(found.to) {
                { " " }{ with("incidents-range", &[("from", &time(from)), ("to", &time(to))]) }
            }
            { " " }{ unanswered }
            if found.untimed > 0 {
                { " " }{ with("incidents-untimed", &[("count", &found.untimed.to_string())]) }
            }
        </p>
    }
}

/// The cause in the page's language, with the language where that is English only.
fn title(group: &Group) -> (String, Option<&'static str>) {
    match group.cause.as_str() {
        "unknown" => (text("incidents-unknown").to_owned(), None),
        OTHER => (text("incidents-other").to_owned(), None),
        id => ui::spoken(&["cause-", id], &group.title),
    }
}

/// What the picture's columns show, as rows of a table: from when, and how many failures of which cause.
fn rows(found: &Incidents, (from, to): (f64, f64)) -> Vec<Vec<String>> {
    let row = |column: usize| {
        let counts = found.groups.iter().map(|g| g.columns.get(column).copied().unwrap_or_default()).enumerate();
        let counts = counts.filter(|(_, count)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(n, count)| [&(n + 1).to_string(), ": ", &count.to_string()].concat()).collect();
        let at = time(from + (to - from) * column as f64 / COLUMNS as f64);
        (!counts.is_empty()).then(|| vec![at, counts.join("; ")])
    };
    (0..COLUMNS).filter_map(row).collect()
}

fn line(found: &Incidents) -> Html {
    let Some((from, to)) = found.from.zip(found.to) else { return html! {} };
    let (row, bar) = (56.0, 30.0);
    let full = ui::picture_width();
    let width = full / COLUMNS as f64;
    let bottom = found.groups.len() as f64 * row;
    let most = f64::from(found.groups.iter().flat_map(|g| g.columns.iter().copied()).max().unwrap_or_default().max(1));
    let stamp = |at: f64| time(at).get(5..16).unwrap_or_default().to_owned();
    html! {
        <section class="card">
            <h2>{ text("incidents-line") }</h2>
            <svg class="picture" viewBox={ui::view_box(bottom + 20.0)} role="img" aria-label={text("incidents-picture")} data-test="line">
                { for found.groups.iter().enumerate().map(|(n, group)| {
                    let base = (n + 1) as f64 * row - 4.0;
                    let name = [&(n + 1).to_string(), ". ", &title(group).0].concat();
                    let fits = ((full - 60.0) / 7.0) as usize;
                    let name = if name.chars().count() > fits { name.chars().take(fits).chain(['…']).collect() } else { name };
                    html! {
                        <>
                            { ui::label("start", 0.0, base - bar - 5.0, name) }
                            { ui::label("end", full, base - bar - 5.0, group.count.to_string()) }
                            { ui::stroke("grid", (0.0, base), (full, base)) }
                            { for group.columns.iter().enumerate().filter(|(_, count)| **count > 0).map(|(c, count)| {
                                let height = (f64::from(*count) / most * bar).max(3.0);
                                ui::rect("served", c as f64 * width, base - height, width - 1.0, height)
                            }) }
                        </>
                    }
                }) }
                { ui::label("start", 0.0, bottom + 16.0, stamp(from)) }
                { ui::label("end", full, bottom + 16.0, stamp(to)) }
            </svg>
            { ui::as_table(text("incidents-line"), &["incidents-from", "incidents-failures"], &rows(found, (from, to))) }
        </section>
    }
}

fn group(number: usize, group: &Group) -> Html {
    let many = |name: &'static str, values: &[String], lang: Option<&'static str>| {
        if values.is_empty() {
            return html! {};
        }
        html! { <><dt>{ text(name) }</dt>{ for values.iter().map(|v| html! { <dd {lang}>{ v }</dd> }) }</> }
    };
    let one = |name: &'static str, (text, lang): (String, Option<&'static str>)| {
        many(name, if text.is_empty() { &[] } else { std::slice::from_ref(&text) }, lang)
    };
    let (title, lang) = title(group);
    let fix = ui::spoken(&["cause-", &group.cause, "-fix-", &group.fix_id], &group.fix);
    let statuses: Vec<String> = group.statuses.iter().map(u16::to_string).collect();
    let when = group
        .first
        .zip(group.last)
        .map(|(from, to)| with("incidents-span", &[("from", &time(from)), ("to", &time(to))]));
    html! {
        <li data-test="group" data-cause={group.cause.clone()}>
            <h3>
                { number + 1 }{ ". " }<span {lang}>{ title }</span>{ " " }
                <span class="label">{ count("incidents-count", group.count) }</span>
            </h3>
            <dl class="after several">
                { many("incidents-when", when.as_slice(), None) }
                { many("incidents-statuses", &[statuses.join(", ")], None) }
                { one("incidents-responder", ui::spoken(&["responder-", &group.responder_id], &group.responder)) }
                { many("incidents-calls", &group.calls, Some("en")) }
                { many("incidents-messages", &group.messages, Some("en")) }
                { one("incidents-fix", fix) }
            </dl>
        </li>
    }
}
