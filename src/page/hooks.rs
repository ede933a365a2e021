//! Effects that components need: one hook, one effect, one clean-up.

use super::app::Shared;
use super::desk::Desk;
use super::prefs;
use super::state::{Action, State};
use crate::report::Report;
use crate::words::browser;
use js_sys::JsString;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, ClipboardEvent, DragEvent, Element, Event, EventTarget, HtmlElement, Url};
use yew::prelude::*;

/// The state inside Yew.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Held(pub(super) State);

/// The state's handle.
pub(super) type Handle = UseReducerHandle<Held>;

impl Reducible for Held {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.reduce(action)))
    }
}

/// The state and the desk that works on it.
#[hook]
pub(super) fn use_desk(text_box: &NodeRef) -> (Handle, Rc<Desk>) {
    let state = use_reducer(Held::default);
    let desk = use_memo((), |()| Desk::new(text_box.clone()));
    let desk = (*desk).clone();
    desk.see(&state);
    (state, desk)
}

/// A report that is drawn, and the fresh text that it belongs to.
pub(super) type Drawn = (Option<u32>, Shared<Report>);

/// The newest report whose verdict has been painted, so that the rest may follow. The verdict is not to wait for the rest.
#[hook]
pub(super) fn use_painted(newest: Option<Drawn>) -> Option<Drawn> {
    let painted = use_state(|| None::<Drawn>);
    let latest = use_mut_ref(|| None::<Drawn>);
    let setter = painted.setter();
    use_effect_with(newest, move |newest| {
        latest.borrow_mut().clone_from(newest);
        let draw = Closure::once_into_js(move || setter.set(latest.borrow().clone()));
        prefs::call("painted", &[draw]);
    });
    (*painted).clone()
}

/// Listens to an event of the window as long as the component lives.
#[hook]
pub(crate) fn use_window_event(name: &'static str, hears: Rc<dyn Fn(Event)>) {
    use_effect_with((), move |()| {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event| hears(event));
        let window: Option<EventTarget> = web_sys::window().map(Into::into);
        if let Some(window) = &window {
            let _ = window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = &window {
                let _ = window.remove_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
            }
        }
    });
}

/// Follows the page's language: its own words and those of the data files.
pub(super) fn follow() {
    browser::follow(&["page", "causes"]);
}

/// Draws the component again when another language is chosen.
#[hook]
pub(super) fn use_language() {
    let again = use_force_update();
    use_window_event(
        browser::CHANGED,
        Rc::new(move |_| {
            follow();
            again.force_update();
        }),
    );
}

/// Draws the component again when this event of the window happens.
#[hook]
pub(super) fn use_redraw(event: &'static str) {
    let again = use_force_update();
    use_window_event(event, Rc::new(move |_| again.force_update()));
}

/// The address's fragment, with its `#`.
#[hook]
pub(super) fn use_hash() -> String {
    use_redraw("hashchange");
    web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default()
}

/// Opens the address's fragment at the start and whenever it changes.
#[hook]
pub(super) fn use_fragment(desk: &Rc<Desk>) {
    let at_start = desk.clone();
    use_effect_with((), move |()| at_start.address_changed());
    let desk = desk.clone();
    use_window_event("hashchange", Rc::new(move |_| desk.address_changed()));
}

/// True while one of the tools is shown in this page's place: what is pasted there is theirs.
fn at_a_tool() -> bool {
    web_sys::window().and_then(|w| w.location().hash().ok()).is_some_and(|hash| hash.starts_with("#/"))
}

/// Takes a paste wherever on the page it happens. The browser's own paste is stopped, so that nothing raw is drawn.
#[hook]
pub(super) fn use_paste(desk: &Rc<Desk>) {
    let desk = desk.clone();
    use_window_event(
        "paste",
        Rc::new(move |event| {
            if at_a_tool() {
                return;
            }
            if let Some(transfer) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) {
                event.prevent_default();
                desk.paste(&transfer);
            }
        }),
    );
}

/// Takes a file wherever on the page it is dropped: the browser would open it in place of the page, with its secrets in sight.
#[hook]
pub(super) fn use_drop(desk: &Rc<Desk>) {
    use_window_event("dragover", Rc::new(|event| event.prevent_default()));
    let desk = desk.clone();
    use_window_event(
        "drop",
        Rc::new(move |event| {
            // The box takes its own drops, text included.
            if event.default_prevented() || at_a_tool() {
                return;
            }
            event.prevent_default();
            let files = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|t| t.files());
            if let Some(file) = files.and_then(|files| files.get(0)) {
                desk.file(file);
            }
        }),
    );
}

/// What became of a copy.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Copied {
    /// Not asked for.
    #[default]
    No,
    /// In the clipboard.
    Yes,
    /// The browser refused.
    Refused,
}

/// Copies a text to the clipboard; says how that went.
#[hook]
pub(crate) fn use_clipboard() -> (Copied, Callback<String>) {
    let copied = use_state(Copied::default);
    let copy = {
        let copied = copied.clone();
        Callback::from(move |text: String| {
            let copied = copied.clone();
            // Outside of a secure context there is no clipboard at all, and asking for it would end the program.
            let window = web_sys::window().filter(|w| w.is_secure_context());
            spawn_local(async move {
                let done = match window {
                    Some(window) => JsFuture::from(window.navigator().clipboard().write_text(&text)).await.is_ok(),
                    None => false,
                };
                copied.set(if done { Copied::Yes } else { Copied::Refused });
            });
        })
    };
    (*copied, copy)
}

/// Offers a text as a file. No request is made: the address is one of this document's memory.
pub(super) fn download(name: &str, kind: &str, content: &JsString) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(content), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = web_sys::window()?.document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    Url::revoke_object_url(&url).ok()
}

/// Moves the first element of this selector into view, no further than needed.
pub(super) fn reveal(selector: &str) {
    if let Some(element) = find(selector) {
        scroll(&element, web_sys::ScrollLogicalPosition::Nearest, false);
    }
}

/// Gives the focus to the first element of this selector and has the view begin with it.
pub(super) fn arrive(selector: &str) {
    if let Some(element) = find(selector) {
        take_focus(&element);
        scroll(&element, web_sys::ScrollLogicalPosition::Start, false);
    }
}

/// After an answer: the focus goes to the next question, and both it and the verdict come into view where there is room.
pub(super) fn go_on(question: &str, verdict: &str) {
    let height = web_sys::window().and_then(|w| w.inner_height().ok()).and_then(|h| h.as_f64()).unwrap_or_default();
    let (Some(next), Some(said)) = (find(question), find(verdict)) else { return };
    take_focus(&next);
    let below = next.closest("section").ok().flatten().is_some_and(|s| s.get_bounding_client_rect().bottom() > height);
    if below || said.get_bounding_client_rect().top() < 0.0 {
        scroll(&said, web_sys::ScrollLogicalPosition::Start, true);
    }
}

/// Gives the focus without moving the page.
fn take_focus(element: &Element) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.dyn_ref::<HtmlElement>().map(|e| e.focus_with_options(&options));
}

/// Goes there: the element comes to the middle of the view, seen to move unless motion is unwanted, and has the focus.
pub(super) fn visit(selector: &str) {
    let Some(element) = find(selector) else { return };
    if !element.has_attribute("tabindex") {
        let _ = element.set_attribute("tabindex", "-1");
    }
    take_focus(&element);
    let tall = element.client_height() > 300;
    let place = if tall { web_sys::ScrollLogicalPosition::Nearest } else { web_sys::ScrollLogicalPosition::Center };
    scroll(&element, place, true);
}

fn scroll(element: &Element, block: web_sys::ScrollLogicalPosition, seen: bool) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(block);
    let still = web_sys::window().and_then(|w| w.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    if seen && still.is_some_and(|s| !s.matches()) {
        options.set_behavior(web_sys::ScrollBehavior::Smooth);
    }
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// True on a screen as narrow as a phone's; the style sheet has the same limit.
pub(super) fn narrow() -> bool {
    let width = web_sys::window().and_then(|w| w.inner_width().ok()).and_then(|w| w.as_f64());
    width.is_some_and(|width| width <= 704.0)
}

/// Moves the keyboard's focus; false where there is no such element.
pub(super) fn focus(selector: &str) -> bool {
    let element = find(selector).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Scrolls a box to the first of its parts of this selector, where that is out of sight.
pub(super) fn scroll_to(within: &NodeRef, selector: &str) {
    let Some(box_) = within.cast::<HtmlElement>() else { return };
    let part = box_.query_selector(selector).ok().flatten().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    let down = part.map_or(0, |part| part.offset_top() - box_.offset_top());
    if down > box_.client_height() / 2 {
        box_.set_scroll_top(down - box_.client_height() / 3);
    }
}

fn find(selector: &str) -> Option<Element> {
    web_sys::window()?.document()?.query_selector(selector).ok().flatten()
}
