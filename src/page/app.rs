//! The page as a whole: what stands where, and which piece is shown when.

use super::components::{
    box_area::BoxArea, findings, fixes, footer::Footer, header::Header, idle, live, notice, others, path, question,
    share::Share, source_view::SourceView, taken, tree::Tree, verdict, why,
};
use super::hooks::{
    focus, follow, narrow, present, reveal, use_desk, use_drop, use_fragment, use_language, use_paste, use_redraw,
};
use super::state::{Action, Screen, Source};
use crate::span::Span;
use crate::words::{self, text};
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
            light.emit(Some(span));
            reveal(&format!("[data-start=\"{}\"]", span.start));
        })
    };
    // A new text's verdict comes into view; one that changes while the visitor types or answers stays where it is.
    let asked = state.report().is_some_and(|r| !r.settled && r.facts.is_empty() && !r.questions.is_empty());
    let shown_for = matches!(state.screen, Screen::Done(_)).then_some(state.fresh).flatten();
    use_effect_with(shown_for, move |shown_for| {
        if shown_for.is_some() {
            match (asked, narrow()) {
                // Nothing was pasted: the question is what there is to see.
                (true, _) => {
                    focus(".question .text");
                    reveal(".ask-more");
                }
                // On a small screen the box steps back, and with it the keyboard.
                (false, true) => drop(focus(".verdict")),
                (false, false) => present(".verdict"),
            }
        }
    });
    let working = matches!(state.screen, Screen::Working(_));
    let next = state.report().and_then(|r| r.questions.iter().find(|q| q.given.is_none())).map(|q| q.id.clone());
    // The question that was open when an answer was given: when another is, the focus goes there.
    let answered_at = use_mut_ref(|| None::<Option<String>>);
    let answer = {
        let (desk, answered_at, next) = (desk.clone(), answered_at.clone(), next.clone());
        Callback::from(move |(question, answer): (String, Option<String>)| {
            *answered_at.borrow_mut() = Some(next.clone());
            desk.answer(&question, answer.as_deref());
        })
    };
    let done = matches!(state.screen, Screen::Done(_)).then_some(state.latest);
    use_effect_with((next, done), move |(next, done)| {
        if done.is_some() && answered_at.take().is_some_and(|before| before != *next) {
            focus(if next.is_some() { ".question .text" } else { ".verdict" });
        }
    });

    let result = match state.diagnosed() {
        None => idle::view(working),
        Some(report) => {
            let from_link = matches!(state.source, Source::Link(_));
            let (report, lit) = (report.clone(), state.lit);
            let whys = why::Props { report: report.clone(), lit, light: light.clone(), find: find.clone() };
            let questions = question::Props { report: report.clone(), answer };
            let todo = fixes::Props { report: report.clone(), ticked: state.ticked.clone(), act: act.clone() };
            let noticed = findings::Props { report: report.clone(), lit, light: light.clone(), find };
            let (with_text, shared) = (state.with_text, Shared(desk.clone()));
            html! {
                <div class="result" aria-busy={working.to_string()}>
                    { verdict::view(&report, from_link) }
                    // Without a verdict the question comes first, then what it could be.
                    if !report.settled { { question::view(&questions) }{ others::view(&report) } }
                    { path::view(&report) }
                    <div class="pair">
                        <div class="stack">
                            { why::view(&whys) }
                            if report.settled { { question::view(&questions) } }
                        </div>
                        <div class="stack">{ fixes::view(&todo) }</div>
                    </div>
                    if report.settled { { others::view(&report) } }
                    <div class="pair">
                        <div class="stack">{ findings::view(&noticed) }{ taken::view(&report) }</div>
                        <div class="stack"><SourceView report={report.clone()} {lit} {light} /></div>
                    </div>
                    <Tree report={report.clone()} desk={shared.clone()} />
                    <Share {report} {with_text} {act} desk={shared} />
                </div>
            }
        }
    };
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
                    options={state.options} shown={state.report().is_some()} />
                { notice::view(&notices) }
                { live::view(state) }
                { result }
            </main>
    }
}

/// The desk as a property: there is one, so any two are equal.
#[derive(Clone)]
pub(super) struct Shared(pub(super) std::rc::Rc<super::desk::Desk>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        std::rc::Rc::ptr_eq(&self.0, &other.0)
    }
}
