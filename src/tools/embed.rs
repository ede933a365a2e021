//! How to use the engine elsewhere, with a live example.

use super::engine::{Asked, use_engine};
use super::ui::{self, ToolProps, words};
use crate::words::text;
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;
use yew::prelude::*;

const PAGE: &str = r#"<script type="module">
  import init, { analyze } from "./engine.js";

  await init();
  const report = analyze(`HTTP/1.1 403 Forbidden

  {"error": {"message": "Country, region, or territory not supported"}}`);
  console.log(report.responder.id, report.causes[0].title);
</script>"#;

const WORKER: &str = r#"// worker.js
import init, { analyze } from "./engine.js";

const ready = init();
onmessage = async ({ data }) => {
  await ready;
  postMessage(analyze(data));
  close();
};

// page.ts
import type { Report } from "./engine.js";

const worker = new Worker("./worker.js", { type: "module" });
worker.onmessage = ({ data }: MessageEvent<Report>) => show(data);
worker.postMessage(pasted);"#;

const TERMINAL: &str =
    "curl -i https://api.openai.com/v1/models -H \"Authorization: Bearer $OPENAI_API_KEY\" | why403 --format json";

const EXAMPLE: &str = "HTTP/1.1 403 Forbidden\ncontent-type: application/json\n\n{\"error\": {\"code\": \"unsupported_country_region_territory\", \"message\": \"Country, region, or territory not supported\", \"param\": null, \"type\": \"request_forbidden\"}}";

/// The tool.
#[component]
pub(super) fn Embed(&ToolProps { language }: &ToolProps) -> Html {
    html! {
        <div class="result">
            <Live {language} />
            <section class="card">
                <h2>{ text("embed-page-title") }</h2>
                <p class="prose">{ words("embed-page") }</p>
                { ui::command(PAGE, text("embed-page-title")) }
                <p class="prose">{ text("embed-returns") }</p>
            </section>
            <section class="card">
                <h2>{ text("embed-worker-title") }</h2>
                <p class="prose">{ text("embed-worker") }</p>
                { ui::command(WORKER, text("embed-worker-title")) }
            </section>
            <section class="card">
                <h2>{ text("embed-terminal-title") }</h2>
                <p class="prose">{ text("embed-terminal") }</p>
                { ui::command(TERMINAL, text("embed-terminal-title")) }
            </section>
            <section class="card">
                <h2>{ text("embed-types") }</h2>
                <p><a href="./engine.d.ts" data-test="types">{ "engine.d.ts" }</a></p>
            </section>
        </div>
    }
}

#[component]
fn Live(_: &ToolProps) -> Html {
    let area = use_node_ref();
    let (asked, ask) = use_engine::<JsValue>(Some);
    let run = {
        let (area, ask) = (area.clone(), ask);
        Callback::from(move |()| ask.emit(("analyze", vec![("text", ui::held(&area))])))
    };
    let example = {
        let (area, run) = (area.clone(), run.clone());
        Callback::from(move |_: MouseEvent| {
            ui::put(&area, EXAMPLE);
            run.emit(());
        })
    };
    {
        let area = area.clone();
        use_effect_with(asked.clone(), move |asked| {
            let get = |report: &JsValue, key: &str| Reflect::get(report, &JsValue::from_str(key)).unwrap_or_default();
            if let Asked::Told(report) = asked
                && get(&get(report, "redactions"), "length").is_truthy()
            {
                ui::put(&area, &get(report, "redacted").as_string().unwrap_or_default());
            }
        });
    }
    let onsubmit = run.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <form class="card" {onsubmit}>
            <h2>{ text("embed-live") }</h2>
            { ui::area("live", "embed-live-text", &area, "", "") }
            { ui::buttons(words("embed-run"), example) }
            { ui::outcome(&asked, "embed-running", |_| Html::default()) }
            if let Asked::Told(report) = &asked {
                <pre class="text" tabindex="0" role="region" aria-label={text("embed-report")} data-test="tool-result">
                    { printed(report) }
                </pre>
            }
        </form>
    }
}

/// A report as JSON.
fn printed(report: &JsValue) -> String {
    let two = JsValue::from(2);
    JSON::stringify_with_replacer_and_space(report, &JsValue::NULL, &two).map(String::from).unwrap_or_default()
}
