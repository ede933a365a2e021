//! What to do about the most likely cause, as a list to tick off.

use super::copy::CopyButton;
use crate::page::shell::{self, Shell};
use crate::page::spoken;
use crate::page::state::Action;
use crate::page::words;
use crate::report::{Cause, Fix, Report};
use crate::words::{text, with};
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
pub(crate) struct Props {
    pub(crate) report: Rc<Report>,
    pub(crate) ticked: Vec<(String, String)>,
    pub(crate) act: Callback<Action>,
}

/// The section; nothing where there is nothing to say, or no verdict that it would follow from.
pub(crate) fn view(props: &Props) -> Html {
    let first = props.report.causes.first().filter(|c| props.report.settled && !c.fixes.is_empty());
    let Some(cause) = first else { return html! {} };
    let done = cause.fixes.iter().filter(|f| ticked(props, cause, f)).count();
    html! {
        <section class="card todo" aria-labelledby="todo" data-test="fixes">
            <h2 id="todo">{ text("fixes") }</h2>
            <p class="small count">{ with("fixes-done", &[("done", &done.to_string()), ("all", &cause.fixes.len().to_string())]) }</p>
            <ol class="fixes">{ for cause.fixes.iter().map(|f| item(props, cause, f)) }</ol>
            { again(&props.report) }
            { after(cause) }
        </section>
    }
}

fn ticked(props: &Props, cause: &Cause, fix: &Fix) -> bool {
    props.ticked.iter().any(|(of, what)| *of == cause.id && *what == fix.id)
}

fn item(props: &Props, cause: &Cause, fix: &Fix) -> Html {
    let key = (cause.id.clone(), fix.id.clone());
    let onchange = props.act.reform(move |_: Event| Action::Ticked(key.0.clone(), key.1.clone()));
    let on = ticked(props, cause, fix);
    html! {
        <li key={fix.id.clone()} class={classes!("fix", on.then_some("done"))} data-test="fix" data-fix={fix.id.clone()}>
            <label class="tick"><input type="checkbox" checked={on} {onchange} /><span>{ super::told(&spoken::fix_title(cause, fix, &props.report.parameters)) }</span></label>
            { how(&props.report, cause, fix) }
        </li>
    }
}

/// How a fix is done: effort, detail, command, page. Shared with the list of other causes.
pub(super) fn how(report: &Report, cause: &Cause, fix: &Fix) -> Html {
    html! {
        <div class="how">
            if let Some(detail) = spoken::fix_detail(cause, fix, &report.parameters) { <p>{ super::told(&detail) }</p> }
            if let Some(command) = &fix.command { { in_shell(command, shell::of(report)) } }
            <p class="small">
                <span class={classes!("effort", fix.effort.clone())}>{ words::effort(&fix.effort) }</span>
                if let Some(page) = &fix.page { { " · " }{ super::reference(page) } }
            </p>
        </div>
    }
}

/// The refused request, reduced to what matters, to be repeated after each fix.
fn again(report: &Report) -> Html {
    let Some(command) = &report.reproduce else { return html! {} };
    html! {
        <details data-test="reproduce">
            <summary>{ text("reproduce") }</summary>
            { in_shell(command, shell::of(report)) }
        </details>
    }
}

/// A command to copy, in the visitor's shell where it can be said there.
fn in_shell(command: &str, of: Shell) -> Html {
    let own = shell::command(command, of);
    let elsewhere = own.is_none();
    let command = own.unwrap_or_else(|| command.to_owned());
    html! {
        <>
            if elsewhere { <p class="small">{ text("for-bash") }</p> }
            <div class="command">
                <pre><code>{ &command }</code></pre>
                <CopyButton text={command} label={text("copy")} />
            </div>
        </>
    }
}

/// What holds for the cause as a whole: retrying, support, what is commonly said.
fn after(cause: &Cause) -> Html {
    let row = |name: &str, what: &str, said: &str| match said {
        "" => html! {},
        said => html! {
            <>
                <dt>{ name }</dt>
                <dd>
                    { super::told(&spoken::about(cause, what, said)) }
                    if what == "support" { { " " }<a href="#/ticket">{ text("nav-ticket") }</a> }
                </dd>
            </>
        },
    };
    html! {
        <>
            <dl class="after">
                { row(text("retry"), "retry", &cause.retry) }
                { row(text("support"), "support", &cause.support) }
                { row(text("myth"), "myth", cause.myth.as_deref().unwrap_or_default()) }
            </dl>
            if !cause.sources.is_empty() {
                <details class="sources">
                    <summary>{ text("sources") }</summary>
                    <ul class="plain">{ for cause.sources.iter().map(|s| html! { <li>{ super::reference(s) }</li> }) }</ul>
                </details>
            }
        </>
    }
}
