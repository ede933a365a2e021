//! What each endpoint demands: a table to search and to take along.

use super::ui::{self, ToolProps};
use crate::permissions::{self, Known, Need};
use crate::words::{text, with};
use yew::prelude::*;

/// The table with its search.
#[component]
pub(super) fn Permissions(_: &ToolProps) -> Html {
    let query = use_state(String::new);
    let all = use_memo((), |()| permissions::all());
    let found = permissions::search(&all, &query);
    let oninput = {
        let query = query.clone();
        ui::on_text(move |text| query.set(text))
    };
    let example = {
        let query = query.clone();
        Callback::from(move |_: MouseEvent| query.set("files write".to_owned()))
    };
    let csv = {
        let found = found.clone();
        move |_: MouseEvent| ui::download("permissions.csv", "text/csv", &permissions::csv(&found))
    };
    let json = {
        let found = found.clone();
        move |_: MouseEvent| ui::download("permissions.json", "application/json", &permissions::json(&found))
    };
    let (shown, whole) = (found.len().to_string(), all.len().to_string());
    let heads =
        ["permissions-call", "permissions-permission", "permissions-scope", "permissions-role", "permissions-source"];
    html! {
        <section class="card" aria-label={text("permissions-caption")}>
            <div class="field">
                <label for="query">{ text("permissions-search") }</label>
                <input id="query" type="search" autocomplete="off" spellcheck="false" data-test="query"
                    aria-describedby="query-hint" value={(*query).clone()} {oninput} />
                <p id="query-hint" class="small">{ text("permissions-hint") }</p>
            </div>
            <div class="choices">
                { ui::example(example) }
                <button type="button" class="button" onclick={csv} data-test="csv">{ text("permissions-csv") }</button>
                <button type="button" class="button" onclick={json} data-test="json">{ text("permissions-json") }</button>
            </div>
            <p role="status" data-test="tool-result">{ with("permissions-found", &[("shown", &shown), ("all", &whole)]) }</p>
            if found.is_empty() {
                <p>{ text("permissions-none") }</p>
            } else {
                <table role="table" class="rows">
                    <caption class="unseen">{ text("permissions-caption") }</caption>
                    <thead role="rowgroup"><tr role="row">
                        { for heads.iter().map(|id| html! { <th role="columnheader" scope="col">{ text(id) }</th> }) }
                    </tr></thead>
                    <tbody role="rowgroup">{ for found.iter().map(row) }</tbody>
                </table>
            }
            <p class="small prose">{ text("permissions-note") }</p>
        </section>
    }
}

fn row(need: &Need) -> Html {
    let known = text(match need.known {
        Known::Seen => "permissions-seen",
        Known::Likely => "permissions-likely",
        Known::Unknown => "permissions-unknown",
    });
    html! {
        <tr role="row" data-test="operation">
            <th role="rowheader" scope="row"><code>{ need.method }{ " " }{ need.path }</code></th>
            <td role="cell" data-label={text("permissions-permission")}>
                if !need.permission.is_empty() { { need.permission }{ ": " }{ need.level } } else { { "-" } }
            </td>
            <td role="cell" data-label={text("permissions-scope")}>
                if !need.scope.is_empty() { <code>{ need.scope }</code>{ " " } }
                <span class="label">{ known }</span>
            </td>
            <td role="cell" data-label={text("permissions-role")}>
                { need.role }
                if need.admin_key { <br /><strong>{ text("permissions-admin") }</strong> }
            </td>
            <td role="cell" data-label={text("permissions-source")}>{ ui::outside(need.source) }</td>
        </tr>
    }
}
