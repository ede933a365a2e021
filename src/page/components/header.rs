//! The frame's head, on every address: the way home, the tools, language and colours.

use crate::page::hooks::{focus, use_hash, use_language};
use crate::page::prefs;
use crate::words::{LANGUAGES, browser, text};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Address and message of each tool, in the order of the menu. `src/tools` holds them.
const TOOLS: &[(&str, &str)] = &[
    ("#/guide", "nav-guide"),
    ("#/ticket", "nav-ticket"),
    ("#/permissions", "nav-permissions"),
    ("#/retry", "nav-retry"),
    ("#/fingerprint", "nav-fingerprint"),
    ("#/compare", "nav-compare"),
    ("#/allowlist", "nav-allowlist"),
    ("#/incidents", "nav-incidents"),
    ("#/status", "nav-status"),
    ("#/embed", "nav-embed"),
];

#[component]
pub(crate) fn Header() -> Html {
    use_language();
    let hash = use_hash();
    let in_tools = hash.starts_with("#/");
    use_effect_with((in_tools, browser::language()), |(in_tools, _)| {
        if let (false, Some(document)) = (in_tools, web_sys::window().and_then(|w| w.document())) {
            document.set_title(text("title"));
        }
    });
    let skip = Callback::from(move |_: MouseEvent| {
        if !(in_tools && focus("#tools h1") || focus(".verdict")) {
            focus("#paste");
        }
    });
    let link = |(address, label): &(&'static str, &'static str)| {
        let here = (hash == **address).then_some("page");
        html! { <li><a href={*address} aria-current={here}>{ text(label) }</a></li> }
    };
    html! {
        <>
            <button type="button" class="skip" onclick={skip}>{ text("skip") }</button>
            <header class="top">
                <a class="name" href="#" aria-label={text("home")} aria-current={(!in_tools).then_some("page")}>{ "why403" }</a>
                <nav aria-label={text("menu")}>
                    <details class="menu">
                        <summary>{ text("nav") }</summary>
                        <ul>{ for TOOLS.iter().map(link) }</ul>
                    </details>
                </nav>
                { language() }
                { theme() }
            </header>
        </>
    }
}

fn language() -> Html {
    let now = browser::language();
    let onchange = Callback::from(|event: Event| chosen(&event, "language"));
    let option = |(code, name): &(&'static str, &'static str)| {
        html! { <option value={*code} lang={*code} selected={*code == now}>{ *name }</option> }
    };
    html! {
        <select aria-label={text("language")} data-test="language" {onchange}>{ for LANGUAGES.iter().map(option) }</select>
    }
}

fn theme() -> Html {
    let now = prefs::theme();
    let onchange = Callback::from(|event: Event| chosen(&event, "theme"));
    let option = |(value, label): (&'static str, &'static str)| {
        html! { <option {value} selected={value == now}>{ text(label) }</option> }
    };
    html! {
        <select aria-label={text("theme")} data-test="theme" {onchange}>
            { for [("", "theme-auto"), ("light", "theme-light"), ("dark", "theme-dark")].map(option) }
        </select>
    }
}

fn chosen(event: &Event, what: &str) {
    if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
        prefs::choose(what, &select.value());
    }
}
