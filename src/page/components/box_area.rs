//! The box with everything that feeds it: paste, typing, files, examples, and what else to take out.

use super::leaves::Leaves;
use crate::page::app::Shared;
use crate::page::desk::Desk;
use crate::page::hooks::use_language;
use crate::page::samples::SAMPLES;
use crate::redact::RedactOptions;
use crate::words::text;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) text_box: NodeRef,
    pub(crate) desk: Shared<Desk>,
    pub(crate) busy: bool,
    /// A report is on the page: the box steps back a little.
    pub(crate) shown: bool,
    /// What is shown did not come from the box: it folds.
    pub(crate) linked: bool,
    pub(crate) options: RedactOptions,
}

#[component]
pub(crate) fn BoxArea(props: &Props) -> Html {
    use_language();
    let over = use_state_eq(|| false);
    let desk = &props.desk.0;
    let oninput = {
        let desk = desk.clone();
        Callback::from(move |_: InputEvent| desk.typed())
    };
    let onkeydown = {
        let desk = desk.clone();
        Callback::from(move |event: KeyboardEvent| desk.key(&event))
    };
    let ondragover = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let ondragleave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let ondrop = {
        let (over, desk) = (over.clone(), desk.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(transfer) = event.data_transfer() {
                desk.paste(&transfer);
            }
        })
    };
    let clear = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.clear())
    };
    html! {
        <section class={classes!("feed", props.shown.then_some("shown"), props.linked.then_some("linked"))} aria-labelledby="feed-label">
            <div class={classes!("drop", over.then_some("over"), props.busy.then_some("busy"))} data-test="drop"
                {ondragover} {ondragleave} {ondrop}>
                <div class="bar">
                    <label id="feed-label" for="paste">{ text("box-label") }</label>
                    <button type="button" class="quiet" onclick={clear} hidden={!props.shown}>{ text("box-clear") }</button>
                </div>
                <textarea ref={props.text_box.clone()} id="paste" data-test="input" {oninput} {onkeydown}
                    spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="privacy"
                    placeholder={text(if props.linked { "box-own" } else { "box-hint" })} />
                <div class="bar below">
                    { file_button(&props.desk.0) }
                    <p id="privacy" class="small">
                        { text("box-privacy") }
                    </p>
                    <Leaves />
                    { options(&props.desk.0, props.options) }
                </div>
            </div>
            { examples(&props.desk.0, props.shown) }
        </section>
    }
}

/// The button that chooses a file.
fn file_button(desk: &Rc<Desk>) -> Html {
    let desk = desk.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            desk.file(file);
        }
        // So that choosing the same file again is noticed.
        input.set_value("");
    });
    html! {
        <span class="file">
            <input type="file" id="file" class="unseen" data-test="file" {onchange} />
            <label for="file" class="button">{ text("box-file") }</label>
        </span>
    }
}

/// Inputs to try with one click. After a verdict they fold.
fn examples(desk: &Rc<Desk>, folded: bool) -> Html {
    let ask = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| desk.ask())
    };
    let example = |(label, file): (&'static str, &'static str)| {
        let desk = desk.clone();
        let onclick = Callback::from(move |_: MouseEvent| desk.sample(file));
        html! { <li><button type="button" class="chip" data-test="example" {onclick}>{ text(label) }</button></li> }
    };
    let chips = html! {
        <ul class="chips" aria-label={text("examples")}>
            // Who has nothing needs it most.
            <li><button type="button" class="chip ask" data-test="ask" onclick={ask}>{ text("ask") }</button></li>
            { for SAMPLES.into_iter().map(example) }
        </ul>
    };
    html! {
        <details class={classes!("examples", folded.then_some("folded"))} open={!folded} data-test="examples">
            <summary>{ text("examples-more") }</summary>
            <div class="row"><p class="small" aria-hidden="true">{ text("examples") }</p>{ chips }</div>
        </details>
    }
}

/// What may be taken out besides secrets.
fn options(desk: &Rc<Desk>, o: RedactOptions) -> Html {
    let choice = |label: &'static str, on: bool, with: fn(RedactOptions, bool) -> RedactOptions| {
        let desk = desk.clone();
        let onchange = Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                desk.options(with(o, input.checked()));
            }
        });
        html! { <label class="tick"><input type="checkbox" checked={on} {onchange} />{ label }</label> }
    };
    html! {
        <details class="options">
            <summary>{ text("options") }</summary>
            <p class="small">
                { text("options-always") }
            </p>
            { choice(text("options-addresses"), o.addresses, |o, on| RedactOptions { addresses: on, ..o }) }
            { choice(text("options-accounts"), o.accounts, |o, on| RedactOptions { accounts: on, ..o }) }
            <p class="small">{ text("options-more") }</p>
            { choice(text("options-last-four"), o.last_four,
                |o, on| RedactOptions { last_four: on, ..o }) }
        </details>
    }
}
