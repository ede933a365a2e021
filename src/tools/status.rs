//! What a provider's status page says, asked for on a click.
//!
//! OpenAI's page (incident.io) and Anthropic's (Atlassian) both answer at `/api/v2/summary.json` in the form of Statuspage:
//! <https://support.atlassian.com/statuspage/docs/what-are-the-different-apis-under-statuspage>,
//! <https://github.com/pleaseai/statusbeam/pull/39>. `status.anthropic.com` only redirects to `status.claude.com`.

use super::ui::{self, ToolProps};
use crate::words::{count, text, with};
use gloo_net::http::Request;
use serde::Deserialize;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ReferrerPolicy, RequestCredentials};
use yew::prelude::*;

/// Provider, host of its status page. The page's policy (`index.html`) allows these and no others.
static PROVIDERS: [(&str, &str); 2] = [("OpenAI", "status.openai.com"), ("Anthropic", "status.claude.com")];
/// Most lines of a list that are shown.
const MOST: usize = 30;

/// A page's summary, as far as it is shown. OpenAI's leaves incidents out where there is none.
#[derive(Debug, Default, PartialEq, Deserialize)]
struct Summary {
    #[serde(default)]
    page: Page,
    status: Overall,
    #[serde(default)]
    components: Vec<Component>,
    #[serde(default)]
    incidents: Vec<Incident>,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Page {
    #[serde(default)]
    updated_at: String,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Overall {
    #[serde(default)]
    indicator: String,
    #[serde(default)]
    description: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Component {
    name: String,
    #[serde(default)]
    status: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Incident {
    name: String,
    #[serde(default)]
    status: String,
}

#[derive(Clone, PartialEq)]
enum Asked {
    Not,
    Asking,
    Offline,
    Blocked,
    Odd,
    Told(Rc<Summary>),
}

/// The tool.
#[component]
pub(super) fn Status(props: &ToolProps) -> Html {
    html! {
        <div class="result">
            { for PROVIDERS.iter().map(|(name, host)| html! { <Provider language={props.language} name={*name} host={*host} /> }) }
            <section class="card">
                <h2>{ "Azure OpenAI" }</h2>
                <p>{ text("status-link-only") }{ " " }{ ui::outside("https://azure.status.microsoft/") }</p>
            </section>
            <p class="small prose">{ text("status-note") }</p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ProviderProps {
    language: u32,
    name: &'static str,
    host: &'static str,
}

#[component]
fn Provider(props: &ProviderProps) -> Html {
    let asked = use_state(|| Asked::Not);
    let host = props.host;
    let onclick = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| {
            asked.set(Asked::Asking);
            let asked = asked.clone();
            spawn_local(async move { asked.set(ask(host).await) });
        })
    };
    let address = ["https://", host].concat();
    html! {
        <section class="card" data-test="provider">
            <h2>{ props.name }</h2>
            <p>
                <button type="button" class="button" {onclick} disabled={*asked == Asked::Asking} data-test="ask-status">
                    { with("status-ask", &[("host", host)]) }
                </button>
            </p>
            <div role="status" data-test="status">
                { match &*asked {
                    Asked::Not => html! {},
                    Asked::Asking => html! { <p>{ with("status-asking", &[("host", host)]) }</p> },
                    Asked::Offline => html! { <p class="notice failure">{ text("status-offline") }</p> },
                    Asked::Blocked => html! {
                        <p class="notice failure">{ with("status-blocked", &[("host", host)]) }{ " " }{ ui::outside(&address) }</p>
                    },
                    Asked::Odd => html! {
                        <p class="notice failure">{ with("status-odd", &[("host", host)]) }{ " " }{ ui::outside(&address) }</p>
                    },
                    Asked::Told(summary) => told(summary, &address),
                } }
            </div>
        </section>
    }
}

/// Asks a status page. Nothing goes along: no parameters, no cookies, no referrer.
async fn ask(host: &str) -> Asked {
    let online = web_sys::window().is_none_or(|w| w.navigator().on_line());
    if !online {
        return Asked::Offline;
    }
    let address = ["https://", host, "/api/v2/summary.json"].concat();
    let request = Request::get(&address)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(15_000)));
    let Ok(response) = request.send().await else { return Asked::Blocked };
    let Ok(body) = response.text().await else { return Asked::Blocked };
    serde_json::from_str(&body).map_or(Asked::Odd, |summary| Asked::Told(Rc::new(summary)))
}

fn told(summary: &Summary, address: &str) -> Html {
    let (class, says) = match summary.status.indicator.as_str() {
        "none" => ("ok", text("status-good").to_owned()),
        "minor" => ("bad", text("status-minor").to_owned()),
        "major" | "critical" => ("bad", text("status-major").to_owned()),
        "maintenance" => ("bad", text("status-maintenance").to_owned()),
        _ => ("", with("status-other", &[("text", &summary.status.description)])),
    };
    let down: Vec<&Component> =
        summary.components.iter().filter(|c| !c.status.is_empty() && c.status != "operational").take(MOST).collect();
    let state = |state: &str| html! { <span class="label">{ state.replace('_', " ") }</span> };
    html! {
        <>
            <p class={class} data-test="tool-result">{ says }</p>
            if !summary.incidents.is_empty() {
                <h3>{ text("status-incidents") }</h3>
                <ul class="lines">
                    { for summary.incidents.iter().take(MOST).map(|i| html! { <li>{ &i.name }{ " " }{ state(&i.status) }</li> }) }
                </ul>
            }
            if !down.is_empty() {
                <h3>{ text("status-components") }</h3>
                <ul class="lines">{ for down.iter().map(|c| html! { <li>{ &c.name }{ " " }{ state(&c.status) }</li> }) }</ul>
            } else if !summary.components.is_empty() {
                <p>{ count("status-all-fine", summary.components.len()) }</p>
            }
            <p class="small">
                if !summary.page.updated_at.is_empty() {
                    { with("status-updated", &[("time", &summary.page.updated_at)]) }{ " " }
                }
                { text("status-page") }{ ": " }{ ui::outside(address) }
            </p>
        </>
    }
}
