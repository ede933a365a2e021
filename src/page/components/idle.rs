//! What stands below the box before anything was pasted. It takes about as much room as a verdict, so that nothing jumps.

use crate::words::text;
use yew::prelude::*;

/// Three steps, or a word that the engine is at work.
pub(crate) fn view(working: bool) -> Html {
    html! {
        <section class="idle" aria-label={text("steps")} aria-busy={working.to_string()}>
            <ol class="steps">
                <li><strong>{ text("step-redact") }</strong>
                    <span>{ text("step-redact-how") }</span></li>
                <li><strong>{ text("step-who") }</strong>
                    <span>{ text("step-who-how") }</span></li>
                <li><strong>{ text("step-why") }</strong>
                    <span>{ text("step-why-how") }</span></li>
            </ol>
        </section>
    }
}
