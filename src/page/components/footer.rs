//! The foot of the page: the promise, and how to check it.

use yew::prelude::*;

/// The footer.
pub(crate) fn view() -> Html {
    html! {
        <footer class="foot">
            <details>
                <summary>{ "How can I check that nothing leaves?" }</summary>
                <p>
                    { "Open your browser’s developer tools, tab Network, and paste: the only requests go to this page’s own \
                       files. The page’s Content Security Policy forbids every other address. Or switch your network off: \
                       the diagnosis still works." }
                </p>
                <p>
                    { "Your paste is read by a worker that has no way to the network; when it held a secret, the worker’s \
                       memory is overwritten and the worker is thrown away." }
                </p>
            </details>
            <p class="small">{ "why403 is not made by OpenAI. It goes by what providers document and by reported cases." }</p>
        </footer>
    }
}
