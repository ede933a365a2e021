//! What stands below the box before anything was pasted. It takes about as much room as a verdict, so that nothing jumps.

use yew::prelude::*;

/// Three steps, or a word that the engine is at work.
pub(crate) fn view(working: bool) -> Html {
    html! {
        <section class="idle" aria-label="How it works" aria-busy={working.to_string()}>
            <ol class="steps">
                <li><strong>{ "Secrets go out first" }</strong>
                    <span>{ "Each is replaced by a fingerprint, so that you can still compare keys." }</span></li>
                <li><strong>{ "Who refused?" }</strong>
                    <span>{ "Your network, a gateway, Cloudflare in front, or the provider itself." }</span></li>
                <li><strong>{ "Why, and what to do" }</strong>
                    <span>{ "The likeliest cause with its evidence, and a question where the evidence is thin." }</span></li>
            </ol>
        </section>
    }
}
