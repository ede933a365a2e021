//! The page as a whole: what stands where, and which piece is shown when.

use super::components::{
    box_area::BoxArea, findings, fixes, footer::Footer, header::Header, idle, live, notice, others, path, question,
    share::Share, source_view::SourceView, taken, tree::Tree, verdict, why,
};
use super::hooks::{
    arrive, focus, follow, go_on, narrow, reveal, use_desk, use_drop, use_fragment, use_language, use_painted,
    use_paste, use_redraw, visit,
};
use super::state::{Action, Screen, Source};
use crate::report::Mended;
use crate::span::Span;
use crate::words::{self, text};
use std::rc::Rc;
use yew::prelude::*;

/// Starts the page in the element `#app`, and the frame around it and the tools.
pub fn start() {
    words::install(words::PAGE);
    follow();
    mount::<Header>("top");
    mount::<App>("app");
    mount::<Footer>("foot");
}

fn mount<C: BaseComponent<Properties = ()>>(id: &str) {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id(id));
    if let Some(root) = root {
        yew::Renderer::<C>::with_root(root).render();
    }
}

#[component]
fn App() -> Html {
    use_language();
    use_redraw("why403:update");
    let text_box = use_node_ref();
    let (handle, desk) = use_desk(&text_box);
    use_fragment(&desk);
    use_paste(&desk);
    use_drop(&desk);
    let state = &handle.0;

    let act = {
        let handle = handle.clone();
        Callback::from(move |action: Action| handle.dispatch(action))
    };
    let light = act.reform(Action::Lit);
    let find = {
        let light = light.clone();
        Callback::from(move |span: Span| {
            visit(&format!("[data-start=\"{}\"]", span.start));
            light.emit(Some(span));
        })
    };
    // A new text's verdict comes into view; one that changes while the visitor types or answers stays where it is.
    let asked = state.report().is_some_and(|r| !r.settled && r.facts.is_empty() && !r.questions.is_empty());
    use_effect_with(state.shown, move |shown| {
        if shown.is_some() {
            match (asked, narrow()) {
                // Nothing was pasted: the question is what there is to see.
                (true, _) => {
                    focus(".question .text");
                    reveal(".ask-more");
                }
                // On a small screen the box steps back, and with it the keyboard.
                (false, true) => {
                    arrive(".verdict");
                    // What is said of where it came from, such as a link, stands above.
                    reveal(".notices .notice");
                }
                // Where there is room, the question that a verdict waits for comes into view as well.
                (false, false) => [".open ~ .ask-more", ".verdict"].into_iter().for_each(reveal),
            }
        }
    });
    let working = matches!(state.screen, Screen::Working(_));
    let next = state.report().and_then(|r| r.questions.iter().find(|q| q.given.is_none())).map(|q| q.id.clone());
    let newest = state.diagnosed().map(|report| (state.shown, Shared(report.clone())));
    let painted = use_painted(newest.clone());
    let full = painted == newest;
    // What was said when an answer was given: the focus goes to what is new, the verdict first, then the next question.
    let answered_at = use_mut_ref(|| None);
    let said = {
        let settled = state.report().filter(|r| r.settled);
        (settled.and_then(|r| r.causes.first()).map(|c| c.id.clone()), next)
    };
    let answer = {
        let (desk, answered_at, said) = (desk.clone(), answered_at.clone(), said.clone());
        Callback::from(move |(question, answer): (String, Option<String>)| {
            *answered_at.borrow_mut() = Some(said.clone());
            desk.answer(&question, answer.as_deref());
        })
    };
    let done = (full && matches!(state.screen, Screen::Done(_))).then_some(state.latest);
    use_effect_with((said, done), move |((cause, next), done)| {
        let Some((cause_before, next_before)) = done.and_then(|_| answered_at.take()) else { return };
        if next.is_none() {
            visit(".verdict");
        } else if next_before != *next || cause_before != *cause {
            go_on(".question .text", ".verdict");
        }
    });

    // The text in which a finding's change was made: that is said until another text comes.
    let applied = use_state_eq(|| None);
    let result = match newest {
        None => idle::view(working),
        Some((shown, Shared(report))) => {
            let from_link = matches!(state.source, Source::Link(_));
            let asking = !report.settled || report.questions.iter().any(|q| q.given.is_some());
            let given = &state.answers;
            let questions = question::Props { report: report.clone(), answers: given.clone(), answer: answer.clone() };
            let (with_text, shared) = (state.with_text, Shared(desk.clone()));
            // While the verdict on a changed text is painted, what was said about the text before stays.
            let rest = match painted.filter(|(before, _)| *before == shown) {
                Some((_, Shared(report))) => {
                    let lit = state.lit;
                    let whys = why::Props { report: report.clone(), lit, light: light.clone(), find: find.clone() };
                    let questions = question::Props { report: report.clone(), answers: given.clone(), answer };
                    let todo = fixes::Props { report: report.clone(), ticked: state.ticked.clone(), act: act.clone() };
                    let apply = (state.source == Source::Box && full).then(|| {
                        let (desk, report, applied) = (desk.clone(), report.clone(), applied.clone());
                        Callback::from(move |change: Option<Mended>| {
                            let done = desk.apply(&report, change.as_ref());
                            applied.set((change.is_some() && done).then_some(shown));
                            visit(".source");
                        })
                    });
                    let applied = *applied == Some(shown);
                    let noticed =
                        findings::Props { report: report.clone(), lit, light: light.clone(), find, apply, applied };
                    // Where nothing was noticed, the text stands below what it says.
                    let beside = report.settled && findings::nothing(&noticed);
                    let source = html! { <SourceView report={Shared(report.clone())} {lit} {light} /> };
                    let small = narrow();
                    let known = html! {
                        <div key="known" class="known">
                            // Where all stands in one column, what to do comes before why.
                            if small { { fixes::view(&todo) } }
                            { why::view(&whys) }
                            if !asking { { question::view(&questions) } }
                            if !small { { fixes::view(&todo) } }
                            if report.settled { { taken::view(&report) }{ others::view(&report) } }
                            if beside { { source.clone() } }
                        </div>
                    };
                    let about = html! {
                        if !beside {
                            <div key="about" class="pair">
                                <div class="stack">
                                    { findings::view(&noticed) }
                                    if !report.settled { { taken::view(&report) } }
                                </div>
                                <div class="stack">{ source }</div>
                            </div>
                        }
                    };
                    // Without a verdict what is wrong in the text says more than a list of facts.
                    let order = if report.settled { [known, about] } else { [about, known] };
                    html! { <>{ for order }<Tree report={Shared(report)} desk={shared.clone()} /></> }
                }
                // Of a new text only the text itself, for programs that look for it.
                None => html! { <pre hidden=true data-test="redacted">{ report.redacted.clone() }</pre> },
            };
            html! {
                <div class="result" aria-busy={working.to_string()}>
                    { verdict::view(&report, from_link) }
                    // Without a verdict the question comes first, then what it could be. Who answers sees both.
                    if asking { { question::view(&questions) } }
                    if !report.settled { { others::view(&report) } }
                    { path::view(&report) }
                    <div key={shown.unwrap_or_default()} class="rest" aria-busy={(!full).to_string()}>{ rest }</div>
                    <Share report={Shared(report)} {with_text} {act} desk={shared} />
                </div>
            }
        }
    };
    // What is shown came with a link, from a file, or from answers alone: the box has no part in it.
    let linked = state.report().is_some_and(|r| {
        matches!(state.source, Source::Link(_)) || r.redacted.as_deref().unwrap_or_default().is_empty()
    });
    let notices = notice::Props {
        screen: state.screen.clone(),
        source: state.source.clone(),
        desk: desk.clone(),
        held: desk.holds_back(),
    };
    html! {
            <main class="page">
                <h1>{ text("heading") }</h1>
                <p class="lede">{ text("lede") }</p>
                <BoxArea text_box={text_box} desk={Shared(desk.clone())} busy={working}
                    options={state.options} shown={state.report().is_some()} {linked} />
                { notice::view(&notices) }
                { live::view(state) }
                { result }
            </main>
    }
}

/// Something as a property: the same, or another; what is in it is not compared.
pub(super) struct Shared<T>(pub(super) Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
