//! The tools beside the diagnosis, each at an address of its own (`#/name`). They show what library modules work out:
//! [`crate::permissions`], [`crate::network`] and others, which know nothing of a browser.
//!
//! They are a program of their own because Rust cannot split one: a first visit does not pay for them.

mod allowlist;
mod compare;
mod embed;
mod engine;
mod fingerprint;
mod guide;
mod incidents;
mod permissions;
mod retry;
mod status;
mod ticket;
mod ui;

use crate::words::{self, text};
use ui::use_window_event;
use yew::prelude::*;

/// One tool: its address, its name and what it is for (ids of words), and what shows it.
struct Tool {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    lede: &'static str,
    view: fn(u32) -> Html,
}

/// In the order of the menu (`src/page/components/header.rs`).
static TOOLS: &[Tool] = &[
    Tool {
        name: "guide",
        title: "guide-name",
        about: "guide-about",
        lede: "guide-lede",
        view: |language| html! { <guide::Guide {language} /> },
    },
    Tool {
        name: "ticket",
        title: "ticket-name",
        about: "ticket-about",
        lede: "ticket-lede",
        view: |language| html! { <ticket::TicketTool {language} /> },
    },
    Tool {
        name: "permissions",
        title: "permissions-name",
        about: "permissions-about",
        lede: "permissions-lede",
        view: |language| html! { <permissions::Permissions {language} /> },
    },
    Tool {
        name: "retry",
        title: "retry-name",
        about: "retry-about",
        lede: "retry-lede",
        view: |language| html! { <retry::Retry {language} /> },
    },
    Tool {
        name: "fingerprint",
        title: "fingerprint-name",
        about: "fingerprint-about",
        lede: "fingerprint-lede",
        view: |language| html! { <fingerprint::Fingerprint {language} /> },
    },
    Tool {
        name: "compare",
        title: "compare-name",
        about: "compare-about",
        lede: "compare-lede",
        view: |language| html! { <compare::Compare {language} /> },
    },
    Tool {
        name: "allowlist",
        title: "allowlist-name",
        about: "allowlist-about",
        lede: "allowlist-lede",
        view: |language| html! { <allowlist::Allowlist {language} /> },
    },
    Tool {
        name: "incidents",
        title: "incidents-name",
        about: "incidents-about",
        lede: "incidents-lede",
        view: |language| html! { <incidents::IncidentsTool {language} /> },
    },
    Tool {
        name: "status",
        title: "status-name",
        about: "status-about",
        lede: "status-lede",
        view: |language| html! { <status::Status {language} /> },
    },
    Tool {
        name: "embed",
        title: "embed-name",
        about: "embed-about",
        lede: "embed-lede",
        view: |language| html! { <embed::Embed {language} /> },
    },
];

/// Starts the tools in the element `#tools`.
pub fn start() {
    words::install(words::TOOLS);
    words::browser::follow(&["tools", "causes"]);
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("tools"));
    if let Some(root) = root {
        yew::Renderer::<Tools>::with_root(root).render();
    }
}

/// The tool's name in the address; none where the address is not a tool's.
fn address() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    hash.strip_prefix("#/").map(str::to_owned)
}

#[component]
fn Tools() -> Html {
    let name = use_state(|| address().unwrap_or_default());
    let language = use_state(|| 0_u32);
    // Visits are counted, so that a tool that is come back to gets title and focus again.
    let visits = use_state(|| 0_u32);
    {
        let (name, visits, count) = (name.clone(), visits.clone(), use_mut_ref(|| 0_u32));
        use_window_event("hashchange", move || {
            if let Some(now) = address() {
                *count.borrow_mut() += 1;
                visits.set(*count.borrow());
                name.set(now);
            }
        });
    }
    {
        // A counter that only ever changes: whatever shows words is drawn again.
        let (language, count) = (language.clone(), use_mut_ref(|| 0_u32));
        use_window_event(words::browser::CHANGED, move || {
            words::browser::follow(&["tools", "causes"]);
            *count.borrow_mut() += 1;
            language.set(*count.borrow());
        });
    }
    let tool = TOOLS.iter().find(|tool| tool.name == *name);
    // What was visited stays, so that nothing that was typed is lost on the way to another tool and back.
    let visited = use_mut_ref(|| [false; TOOLS.len()]);
    for (seen, known) in visited.borrow_mut().iter_mut().zip(TOOLS) {
        *seen |= known.name == *name;
    }
    let title = text(tool.map_or("tools-title", |tool| tool.title));
    use_effect_with((*visits, title), |(_, title)| {
        let document = web_sys::window().and_then(|w| w.document());
        if let Some(document) = document.filter(|_| address().is_some()) {
            document.set_title(&[title, " - why403"].concat());
        }
    });
    use_effect_with(*visits, |_| ui::focus("#tools h1"));
    let lede = text(tool.map_or("tools-lede", |tool| tool.lede));
    let language = *language;
    html! {
        <main class="page tool" data-tool={(*name).clone()} data-test="tool">
            <p class="trail">
                <a href="#" data-test="back">{ text("tools-back") }</a>
                if tool.is_some() { <a href="#/">{ text("tools-all") }</a> }
            </p>
            <h1 tabindex="-1">{ title }</h1>
            <p class="lede">{ ui::rich(lede) }</p>
            // Each in a place of its own, visited or not: the others keep theirs when one more is visited.
            { for TOOLS.iter().zip(*visited.borrow()).map(|(known, seen)| html! {
                <div hidden={known.name != *name}>if seen { { (known.view)(language) } }</div>
            }) }
            if tool.is_none() {
                if !name.is_empty() { <p class="notice" role="status">{ text("tools-unknown") }</p> }
                <ul class="toolbox">{ for TOOLS.iter().map(entry) }</ul>
            }
        </main>
    }
}

fn entry(tool: &Tool) -> Html {
    html! {
        <li class="card">
            <h2><a href={["#/", tool.name].concat()}>{ text(tool.title) }</a></h2>
            <p>{ text(tool.about) }</p>
        </li>
    }
}
