//! Retry policies: pictures of the attempts and of a crowd's load, and rate-limit headers read in.

use super::ui::{self, ToolProps, words};
use crate::intake::Fields;
use crate::limits::{self, Limit, Limits};
use crate::retry::{Attempt, Crowd, Jitter, MOST_ATTEMPTS, MOST_CLIENTS, Outcome, Policy, simulate};
use crate::words::{text, with};
use js_sys::{Array, JsString, RegExp};
use wasm_bindgen::JsCast;
use yew::prelude::*;

const EXAMPLE: &str = "HTTP/1.1 429 Too Many Requests\ndate: Thu, 13 Nov 2025 09:15:02 GMT\nretry-after: 20\nx-ratelimit-limit-requests: 500\nx-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 20s\nx-ratelimit-limit-tokens: 150000\nx-ratelimit-remaining-tokens: 149984\nx-ratelimit-reset-tokens: 6ms";

/// Only such lines are read, or such members where a program prints the fields in quotes. The rest of an answer may hold cookies:
/// it stays a JavaScript string in its box.
const ABOUT_LIMITS: &str = "(?:^[<>* \\t]*|[\"'])(?:date|retry-after(?:-ms)?|x-should-retry|[a-z-]*ratelimit-[a-z-]*)(?:[\"'][ \\t]*:[ \\t]*[\"'][^\\n\"']{0,200}|[ \\t]*:[^\\n]{0,200})";

static PRESETS: [(&str, Policy); 3] = [
    ("retry-preset-openai", Policy::OPENAI),
    ("retry-preset-patient", Policy::PATIENT),
    ("retry-preset-stubborn", Policy::STUBBORN),
];

static JITTERS: [&str; 5] = [
    "retry-jitter-none",
    "retry-jitter-full",
    "retry-jitter-equal",
    "retry-jitter-quarter",
    "retry-jitter-decorrelated",
];

/// Most columns in the picture of the load.
const COLUMNS: usize = 60;

/// The tool.
#[component]
pub(super) fn Retry(_: &ToolProps) -> Html {
    let policy = use_state(|| Policy::PATIENT);
    let crowd = use_state(|| Crowd { clients: 500, served: 25, outage: 5, seed: 1 });
    let headers = use_node_ref();
    let limits = use_state(|| None::<Limits>);
    let read = {
        let (policy, limits, headers) = (policy.clone(), limits.clone(), headers.clone());
        Callback::from(move |()| {
            let found = about_limits(&headers);
            let wait = found.as_ref().and_then(Limits::wait).unwrap_or_default();
            policy.set(Policy { retry_after: wait, ..*policy });
            limits.set(found);
        })
    };
    let example = {
        let (headers, read) = (headers.clone(), read.clone());
        Callback::from(move |_: MouseEvent| {
            ui::put(&headers, EXAMPLE);
            read.emit(());
        })
    };
    let attempts = policy.attempts();
    let outcome = use_memo((*policy, *crowd), |(policy, crowd)| simulate(policy, crowd));
    html! {
        <div class="result">
            <section class="card">
                <h2>{ text("retry-headers") }</h2>
                <div class="field">
                    <label for="headers">{ text("retry-headers-label") }</label>
                    <textarea id="headers" ref={headers} spellcheck="false" autocomplete="off" data-test="headers"
                        aria-describedby="headers-hint" oninput={read.reform(|_: InputEvent| ())} />
                    <p id="headers-hint" class="small">{ text("retry-headers-hint") }</p>
                </div>
                <p>{ ui::example(example) }</p>
                <div role="status" data-test="limits">
                    if let Some(limits) = &*limits { { limits_read(limits) } }
                </div>
            </section>
            { policy_card(&policy) }
            <section class="card">
                <h2>{ text("retry-when") }</h2>
                <p role="status" data-test="tool-result">{ summary(&attempts) }</p>
                { attempts_picture(&attempts) }
                { attempts_table(&attempts) }
            </section>
            { crowd_card(&crowd, &outcome) }
        </div>
    }
}

/// What the box says about limits; none where it is empty.
fn about_limits(headers: &NodeRef) -> Option<Limits> {
    let held: JsString = ui::held(headers).dyn_into().ok().filter(|held: &JsString| held.length() > 0)?;
    let lines: Array = held.match_(&RegExp::new(ABOUT_LIMITS, "gim")).unwrap_or_default().unchecked_into();
    let mut fields = Fields::default();
    for line in lines.iter().filter_map(|line| line.as_string()) {
        let around = |c: char| matches!(c, '<' | '>' | '*' | ' ' | '\t' | '\r' | '"' | '\'');
        if let Some((name, value)) = line.split_once(':') {
            fields.push(name.trim_matches(around), value.trim_matches(around), None);
        }
    }
    let now = js_sys::Date::now() / 1000.0;
    Some(Limits::read(&fields, Some(now)))
}

/// A field for a number.
fn number(id: &'static str, value: f64, least: f64, most: f64, set: impl Fn(f64) + 'static) -> Html {
    let oninput = ui::on_text(move |text| {
        if let Some(number) = limits::number(text.trim()) {
            set(number.clamp(least, most));
        }
    });
    html! {
        <div class="field">
            <label for={id}>{ text(id) }</label>
            <input {id} type="number" min={ui::number(least)} max={ui::number(most)} step="any" data-test={id}
                value={ui::number(value)} {oninput} />
        </div>
    }
}

fn policy_card(policy: &UseStateHandle<Policy>) -> Html {
    let now = **policy;
    let set = |apply: fn(&mut Policy, f64)| {
        let policy = policy.clone();
        move |number: f64| {
            let mut changed = *policy;
            apply(&mut changed, number);
            policy.set(changed);
        }
    };
    let on_jitter = {
        let policy = policy.clone();
        Callback::from(move |event: Event| {
            let wanted = ui::value(&event);
            if let Some((_, jitter)) = Jitter::ALL.iter().find(|(id, _)| *id == wanted) {
                policy.set(Policy { jitter: *jitter, ..*policy });
            }
        })
    };
    html! {
        <section class="card">
            <h2>{ text("retry-policy") }</h2>
            <div class="choices" role="group" aria-label={text("retry-preset")}>
                { for PRESETS.iter().map(|(name, preset)| {
                    let wanted = Policy { retry_after: now.retry_after, ..*preset };
                    let policy = policy.clone();
                    let onclick = Callback::from(move |_: MouseEvent| policy.set(wanted));
                    html! {
                        <button type="button" class="answer" aria-pressed={(wanted == now).to_string()} {onclick} data-test="preset">
                            { text(name) }
                        </button>
                    }
                }) }
            </div>
            <div class="fields">
                { number("retry-base", now.base, 0.0, 3600.0, set(|p, n| p.base = n)) }
                { number("retry-factor", now.factor, 1.0, 10.0, set(|p, n| p.factor = n)) }
                { number("retry-cap", now.cap, 0.0, 3600.0, set(|p, n| p.cap = n)) }
                { number("retry-attempts", f64::from(now.attempts), 1.0, f64::from(MOST_ATTEMPTS), set(|p, n| p.attempts = n as u32)) }
                { number("retry-asked", now.retry_after, 0.0, 86_400.0, set(|p, n| p.retry_after = n)) }
                <div class="field wide">
                    <label for="retry-jitter">{ text("retry-jitter") }</label>
                    <select id="retry-jitter" onchange={on_jitter} data-test="jitter">
                        { for Jitter::ALL.iter().zip(JITTERS).map(|((id, jitter), name)| html! {
                            <option value={*id} selected={*jitter == now.jitter}>{ text(name) }</option>
                        }) }
                    </select>
                </div>
            </div>
        </section>
    }
}

/// A span of time as one reads it.
fn span(seconds: f64) -> String {
    let tenths = |value: f64| ui::number((value * 10.0).round() / 10.0);
    match seconds {
        s if s >= 3600.0 => with("retry-hour", &[("value", &tenths(s / 3600.0))]),
        s if s >= 120.0 => with("retry-minute", &[("value", &tenths(s / 60.0))]),
        s if s > 0.0 && s < 0.1 => with("retry-ms", &[("value", &ui::number((s * 1000.0).round()))]),
        s => with("retry-second", &[("value", &tenths(s))]),
    }
}

fn summary(attempts: &[Attempt]) -> String {
    match attempts {
        [.., last] if attempts.len() > 1 => {
            // That it may be at once is no news, and reads like a mistake.
            let says = if last.earliest > 0.0 { "retry-sum" } else { "retry-sum-soon" };
            with(
                says,
                &[
                    ("attempts", &attempts.len().to_string()),
                    ("typical", &span(last.typical)),
                    ("earliest", &span(last.earliest)),
                    ("latest", &span(last.latest)),
                ],
            )
        }
        _ => text("retry-sum-one").to_owned(),
    }
}

/// Round steps for an axis that ends at `end`: about five of them.
fn steps(end: f64) -> Vec<f64> {
    let rough = (end / 5.0).max(0.1);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].iter().map(|m| m * power).find(|s| *s >= rough).unwrap_or(rough);
    (0..=((end / step) as usize).min(20)).map(|n| n as f64 * step).collect()
}

fn axis(end: f64, scale: f64, left: f64, bottom: f64) -> Html {
    html! {
        <>
            { for steps(end).into_iter().map(|at| {
                let x = left + at * scale;
                html! { <>{ ui::stroke("grid", (x, 0.0), (x, bottom)) }{ ui::label("middle", x, bottom + 16.0, span(at)) }</> }
            }) }
            { ui::stroke("axis", (left, bottom), (ui::picture_width(), bottom)) }
        </>
    }
}

fn attempts_picture(attempts: &[Attempt]) -> Html {
    let end = attempts.last().map(|a| a.latest).unwrap_or_default().max(1.0);
    let (left, row) = (28.0, 22.0);
    let scale = (ui::picture_width() - left - 24.0) / end;
    let bottom = attempts.len() as f64 * row;
    html! {
        <svg class="picture" viewBox={ui::view_box(bottom + 22.0)} role="img" aria-label={text("retry-picture")} data-test="attempts">
            { axis(end, scale, left, bottom) }
            { for attempts.iter().enumerate().map(|(n, attempt)| {
                let y = n as f64 * row;
                let long = ((attempt.latest - attempt.earliest) * scale).max(2.0);
                html! {
                    <>
                        { ui::label("start", 0.0, y + 15.0, (n + 1).to_string()) }
                        { ui::rect("span", left + attempt.earliest * scale, y + 4.0, long, 14.0) }
                        <circle class="dot" cx={ui::number(left + attempt.typical * scale)} cy={ui::number(y + 11.0)} r="5" />
                    </>
                }
            }) }
        </svg>
    }
}

fn attempts_table(attempts: &[Attempt]) -> Html {
    let row = |(n, a): (usize, &Attempt)| vec![(n + 1).to_string(), span(a.earliest), span(a.typical), span(a.latest)];
    let rows: Vec<_> = attempts.iter().enumerate().map(row).collect();
    ui::as_table(text("retry-when"), &["retry-attempt", "retry-earliest", "retry-typical", "retry-latest"], &rows)
}

fn crowd_card(crowd: &UseStateHandle<Crowd>, outcome: &Outcome) -> Html {
    let now = **crowd;
    let set = |apply: fn(&mut Crowd, f64)| {
        let crowd = crowd.clone();
        move |number: f64| {
            let mut changed = *crowd;
            apply(&mut changed, number);
            crowd.set(changed);
        }
    };
    let columns = columns(outcome);
    let row =
        |&(from, calls, served): &(usize, u32, u32)| vec![span(from as f64), calls.to_string(), served.to_string()];
    let rows: Vec<_> = columns.iter().map(row).collect();
    let says = with(
        "retry-outcome",
        &[
            ("calls", &outcome.calls.to_string()),
            ("served", &outcome.served.to_string()),
            ("clients", &now.clients.min(MOST_CLIENTS).to_string()),
            ("gaveup", &outcome.gave_up.to_string()),
            ("last", &span(outcome.seconds.len() as f64)),
            ("peak", &outcome.peak().to_string()),
        ],
    );
    html! {
        <section class="card">
            <h2>{ text("retry-crowd") }</h2>
            <div class="fields">
                { number("retry-clients", f64::from(now.clients), 1.0, f64::from(MOST_CLIENTS), set(|c, n| c.clients = n as u32)) }
                { number("retry-served", f64::from(now.served), 0.0, 100_000.0, set(|c, n| c.served = n as u32)) }
                { number("retry-outage", f64::from(now.outage), 0.0, 3600.0, set(|c, n| c.outage = n as u32)) }
                { number("retry-seed", now.seed as f64, 0.0, 1e9, set(|c, n| c.seed = n as u64)) }
            </div>
            <p role="status" data-test="outcome">{ says }</p>
            <h3>{ text("retry-load") }</h3>
            { load_picture(outcome, &columns, now.served) }
            <p class="key-of" aria-hidden="true">
                <span><i class="calls"></i>{ text("retry-calls") }</span>
                <span><i class="served"></i>{ text("retry-answered") }</span>
                <span><i class="most"></i>{ text("retry-served") }</span>
            </p>
            { ui::as_table(text("retry-load"), &["retry-from", "retry-calls", "retry-answered"], &rows) }
        </section>
    }
}

/// The seconds in at most [`COLUMNS`] columns: from when, and the calls of the worst second in it, and of the best served.
fn columns(outcome: &Outcome) -> Vec<(usize, u32, u32)> {
    let width = outcome.seconds.len().div_ceil(COLUMNS).max(1);
    let column = |(n, seconds): (usize, &[crate::retry::Second])| {
        let most = |of: fn(&crate::retry::Second) -> u32| seconds.iter().map(of).max().unwrap_or_default();
        (n * width, most(|s| s.calls), most(|s| s.served))
    };
    outcome.seconds.chunks(width).enumerate().map(column).collect()
}

fn load_picture(outcome: &Outcome, columns: &[(usize, u32, u32)], capacity: u32) -> Html {
    let (left, bottom) = (44.0, 200.0);
    let most = f64::from(columns.iter().map(|c| c.1).max().unwrap_or_default().max(capacity.min(100_000)).max(1));
    let end = outcome.seconds.len().max(1) as f64;
    let scale = (ui::picture_width() - left - 24.0) / end;
    let width = (end / columns.len().max(1) as f64 * scale - 1.0).max(1.0);
    let bar = |class: &'static str, from: usize, value: u32| {
        let height = f64::from(value) / most * (bottom - 12.0);
        ui::rect(class, left + from as f64 * scale, bottom - height, width, height)
    };
    let line = bottom - f64::from(capacity).min(most) / most * (bottom - 12.0);
    html! {
        <svg class="picture" viewBox={ui::view_box(bottom + 22.0)} role="img" aria-label={text("retry-load-picture")} data-test="load">
            { axis(end, scale, left, bottom) }
            { ui::label("end", left - 6.0, 16.0, ui::number(most)) }
            { ui::label("end", left - 6.0, bottom, "0".to_owned()) }
            { for columns.iter().map(|(from, calls, served)| html! { <>{ bar("calls", *from, *calls) }{ bar("served", *from, *served) }</> }) }
            { ui::stroke("most", (left, line), (ui::picture_width(), line)) }
        </svg>
    }
}

fn limits_read(limits: &Limits) -> Html {
    let count = |value: Option<u64>| value.map(|v| v.to_string()).unwrap_or_default();
    let heads = ["retry-limit", "retry-allowed", "retry-left", "retry-reset"];
    let row =
        |l: &Limit| vec![l.what.clone(), count(l.limit), count(l.remaining), l.reset.map(span).unwrap_or_default()];
    let told = limits.limits.iter().filter(|l| l.limit.or(l.remaining).is_some() || l.reset.is_some());
    let rows: Vec<_> = told.map(row).collect();
    html! {
        <>
            if limits.should_retry == Some(false) { <p class="bad">{ words("retry-never") }</p> }
            if let Some(wait) = limits.wait() {
                <p>{ with("retry-wait", &[("seconds", &span(wait))]) }</p>
            } else if !rows.is_empty() {
                <p>{ text("retry-no-wait") }</p>
            } else {
                <p>{ words("retry-no-headers") }</p>
            }
            if !rows.is_empty() {
                { ui::table(text("retry-headers"), &heads, &rows) }
            }
        </>
    }
}
