//! The decision tree as a picture to move, to enlarge and to walk along, and as a list.

use super::layout::{At, COLUMN, HEIGHT, WIDTH, places};
use crate::page::read::{get, list, maybe, number, string, whole};
use crate::words::{self, browser, text, with};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// One node, as the engine gives it.
#[derive(Debug, PartialEq)]
struct Node {
    parent: Option<usize>,
    /// The cause that a leaf is.
    cause: Option<String>,
    label: String,
    question: Option<String>,
    percent: u32,
    state: String,
    because: Option<String>,
}

/// The nodes with their places.
#[derive(Debug, PartialEq, Default)]
struct Tree {
    nodes: Vec<Node>,
    places: Vec<At>,
}

#[derive(Properties, PartialEq, Clone)]
struct Props {
    tree: Rc<Tree>,
}

thread_local! {
    static SHOWN: RefCell<Option<(Element, AppHandle<Picture>)>> = const { RefCell::new(None) };
}

/// Makes the words known. Called once.
pub fn start() {
    words::install(words::EXTRAS);
    words::install(words::PAGE);
    follow();
}

/// Its own words, and those of the page, which the report as Markdown shares.
pub(super) fn follow() {
    browser::follow(&["extras", "page", "causes"]);
}

/// Draws the tree into this element, or changes what is drawn there.
pub fn show_tree(element: Element, nodes: &JsValue) {
    let holder = crate::page::engine_client::object(&[("nodes", nodes.clone())]);
    let nodes = list(&holder, "nodes", |o| Node {
        parent: whole(o, "parent"),
        cause: string(o, "id").rsplit_once('/').map(|(_, id)| id.to_owned()).filter(|_| string(o, "kind") == "cause"),
        label: string(o, "label"),
        question: maybe(o, "question"),
        percent: (number(o, "share") * 100.0 + 0.5) as u32,
        state: maybe(o, "state").filter(|_| !get(o, "state").is_null()).unwrap_or_default(),
        because: maybe(o, "because"),
    });
    let parents: Vec<_> = nodes.iter().map(|n| n.parent).collect();
    let props = Props { tree: Rc::new(Tree { places: places(&parents), nodes }) };
    SHOWN.with_borrow_mut(|shown| match shown {
        Some((there, handle)) if there.is_same_node(Some(&element)) => handle.update(props),
        _ => {
            let handle = yew::Renderer::<Picture>::with_root_and_props(element.clone(), props).render();
            if let Some((_, old)) = shown.replace((element, handle)) {
                old.destroy();
            }
        }
    });
}

impl Tree {
    fn children(&self, of: usize) -> impl DoubleEndedIterator<Item = usize> {
        self.nodes.iter().enumerate().filter(move |(_, n)| n.parent == Some(of)).map(|(i, _)| i)
    }

    /// The child that was taken, else the likeliest.
    fn likeliest(&self, of: usize) -> Option<usize> {
        self.children(of).max_by_key(|i| self.nodes.get(*i).map(|n| (n.state == "yes", n.percent)))
    }

    /// The last node of the path taken; of the likeliest branch where none was taken.
    fn goal(&self) -> usize {
        let mut at = 0;
        while let Some(next) = self.likeliest(at) {
            at = next;
        }
        at
    }

    /// True where the path from the root to `goal` leads through `node`.
    fn leads(&self, goal: usize, node: usize) -> bool {
        let mut at = Some(goal);
        while let Some(i) = at {
            if i == node {
                return true;
            }
            at = self.nodes.get(i).and_then(|n| n.parent).filter(|p| *p < i);
        }
        false
    }
}

/// What is seen: the middle, and how many units of the picture are one pixel, in hundredths.
#[derive(Clone, Copy, PartialEq)]
struct View {
    x: i32,
    y: i32,
    scale: i32,
}

/// The pointers that are down, and where the view was when they came.
#[derive(Default)]
struct Hold {
    pointers: Vec<(i32, i32, i32)>,
}

#[component]
fn Picture(props: &Props) -> Html {
    let again = use_force_update();
    let tree = props.tree.clone();
    let goal = tree.goal();
    let place = |i: usize| tree.places.get(i).copied().unwrap_or_default();
    // On a small screen one column is seen, on a large one three.
    let width = web_sys::window().and_then(|w| w.inner_width().ok()).and_then(|w| w.as_f64()).unwrap_or(1000.0) as i32;
    let aside = if width < 704 { WIDTH / 2 } else { -COLUMN / 3 };
    let middle =
        |i: usize| View { x: place(i).x + aside, y: place(i).y + HEIGHT / 2, scale: (width / 10).clamp(35, 100) };
    let view = use_state_eq(|| middle(goal));
    let at = use_state_eq(|| goal);
    let frame = use_node_ref();
    let hold = use_mut_ref(Hold::default);
    // The focus follows the arrow keys, not the first drawing.
    let moved = use_mut_ref(|| false);
    crate::page::hooks::use_window_event(
        browser::CHANGED,
        Rc::new(move |_| {
            follow();
            again.force_update();
        }),
    );
    {
        let (view, at, now) = (view.clone(), at.clone(), middle(goal));
        use_effect_with(tree.clone(), move |_| {
            view.set(View { scale: view.scale, ..now });
            at.set(goal);
        });
    }
    {
        let (frame, moved) = (frame.clone(), moved.clone());
        use_effect_with(*at, move |_| {
            let here = frame.cast::<Element>().and_then(|f| f.query_selector("[tabindex=\"0\"]").ok().flatten());
            if let (true, Some(node)) = (moved.replace(false), here) {
                let _ = node.unchecked_into::<HtmlElement>().focus();
            }
        });
    }
    let zoom = {
        let view = view.clone();
        Rc::new(move |percent: i32| view.set(View { scale: (view.scale * percent / 100).clamp(30, 400), ..*view }))
    };
    let fit = {
        let (view, at, now) = (view.clone(), at.clone(), middle(goal));
        Rc::new(move || {
            view.set(now);
            at.set(goal);
        })
    };
    let onkeydown = {
        let (view, at, tree, zoom, fit, moved) =
            (view.clone(), at.clone(), tree.clone(), zoom.clone(), fit.clone(), moved.clone());
        Callback::from(move |event: KeyboardEvent| {
            let parent = tree.nodes.get(*at).and_then(|n| n.parent);
            let beside = |step: i32| {
                let here = tree.places.get(*at)?;
                let mut column: Vec<_> = tree.places.iter().enumerate().filter(|(_, p)| p.x == here.x).collect();
                if step < 0 {
                    column.reverse();
                }
                column.into_iter().map(|(i, _)| i).skip_while(|i| *i != *at).nth(1)
            };
            let next = match &*event.key() {
                "ArrowLeft" => parent,
                "ArrowRight" => tree.likeliest(*at),
                "ArrowUp" => beside(-1),
                "ArrowDown" => beside(1),
                "Home" => Some(0),
                "+" => return zoom(80),
                "-" => return zoom(125),
                "0" => return fit(),
                _ => return,
            };
            event.prevent_default();
            if let Some(place) = next.and_then(|i| tree.places.get(i)) {
                *moved.borrow_mut() = true;
                at.set(next.unwrap_or_default());
                view.set(View { x: place.x + WIDTH / 2, y: place.y + HEIGHT / 2, ..*view });
            }
        })
    };
    // Dragging with one pointer moves, two pointers enlarge.
    let onpointerdown = {
        let hold = hold.clone();
        Callback::from(move |event: PointerEvent| {
            hold.borrow_mut().pointers.push((event.pointer_id(), event.client_x(), event.client_y()));
        })
    };
    let onpointermove = {
        let (hold, view) = (hold.clone(), view.clone());
        Callback::from(move |event: PointerEvent| {
            let mut hold = hold.borrow_mut();
            let Some(index) = hold.pointers.iter().position(|p| p.0 == event.pointer_id()) else { return };
            let now = (event.pointer_id(), event.client_x(), event.client_y());
            let other = hold.pointers.iter().find(|p| p.0 != now.0).copied();
            let Some(pointer) = hold.pointers.get_mut(index) else { return };
            let before = std::mem::replace(pointer, now);
            let mut next = *view;
            match other {
                Some(other) => {
                    let far = |p: (i32, i32, i32)| (p.1 - other.1).abs() + (p.2 - other.2).abs() + 1;
                    next.scale = (next.scale * far(before) / far(now)).clamp(30, 400);
                }
                None => {
                    next.x -= (now.1 - before.1) * next.scale / 100;
                    next.y -= (now.2 - before.2) * next.scale / 100;
                }
            }
            view.set(next);
        })
    };
    let release = Callback::from(move |event: PointerEvent| {
        hold.borrow_mut().pointers.retain(|p| p.0 != event.pointer_id());
    });
    let button = |label: &'static str, sign: &'static str, act: Rc<dyn Fn()>| {
        let onclick = Callback::from(move |_: MouseEvent| act());
        html! { <button type="button" class="button" aria-label={text(label)} title={text(label)} {onclick}>{ sign }</button> }
    };
    let (closer, farther) = (zoom.clone(), zoom.clone());
    let (width, height) = (1000 * view.scale / 100, 480 * view.scale / 100);
    let frame_box = [view.x - width / 2, view.y - height / 2, width, height].map(|n| n.to_string()).join(" ");
    let node = |(i, node): (usize, &Node)| {
        let here = place(i);
        let pick = {
            let at = at.clone();
            Callback::from(move |_: MouseEvent| at.set(i))
        };
        let class =
            classes!("node", node.state.clone(), tree.leads(goal, i).then_some("path"), (i == *at).then_some("at"));
        html! {
            <g key={i} {class} role="button" tabindex={if i == *at { "0" } else { "-1" }} onclick={pick}
                transform={["translate(", &here.x.to_string(), " ", &here.y.to_string(), ")"].concat()}>
                <title>{ told(node) }</title>
                <rect width={WIDTH.to_string()} height={HEIGHT.to_string()} rx="6" />
                { label(&name(node)) }
                <text class="share" x={(WIDTH - 8).to_string()} y="28" text-anchor="end">{ share(node) }</text>
            </g>
        }
    };
    let edge = |(i, node): (usize, &Node)| {
        let Some(parent) = node.parent else { return html! {} };
        let (from, to) = (place(parent), place(i));
        let (x, y, tx, ty) = (from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2);
        let middle = i32::midpoint(x, tx);
        let d = [
            "M",
            &s(x),
            " ",
            &s(y),
            "C",
            &s(middle),
            " ",
            &s(y),
            " ",
            &s(middle),
            " ",
            &s(ty),
            " ",
            &s(tx),
            " ",
            &s(ty),
        ]
        .concat();
        html! { <path key={i} class={classes!("edge", node.state.clone(), tree.leads(goal, i).then_some("path"))} {d} /> }
    };
    html! {
        <>
            <p class="choices">
                { button("tree-in", "+", Rc::new(move || closer(80))) }
                { button("tree-out", "−", Rc::new(move || farther(125))) }
                { button("tree-fit", "◎", fit.clone()) }
            </p>
            <svg ref={frame} viewBox={frame_box} role="group" aria-label={text("tree-picture")} data-test="tree-picture"
                {onkeydown} {onpointerdown} {onpointermove} onpointerup={release.clone()} onpointerleave={release.clone()}
                onpointercancel={release}>
                { for tree.nodes.iter().enumerate().map(edge) }
                { for tree.nodes.iter().enumerate().map(node) }
            </svg>
            if let Some(node) = tree.nodes.get(*at) { <p class="about" data-test="tree-at" aria-live="polite">{ told(node) }</p> }
            <details>
                <summary>{ text("tree-list") }</summary>
                <div class="tree-list" data-test="tree-list">{ branch(&tree, 0) }</div>
            </details>
        </>
    }
}

fn s(n: i32) -> String {
    n.to_string()
}

/// A node in words.
fn told(node: &Node) -> String {
    let state = state(&node.state);
    let share = share(node);
    let said = with("tree-node", &[("label", &name(node)), ("state", state), ("share", &share)]);
    let spoken = |text: &Option<String>| text.as_deref().map(sentence).unwrap_or_default();
    [&*said, " ", &spoken(&node.because), " ", &spoken(&node.question)].concat()
}

/// What stands in the node, in the page's language where its words are here.
fn name(node: &Node) -> String {
    let cause = node.cause.as_deref().and_then(|id| words::translation(&["cause-", id], &BTreeMap::new()));
    cause.unwrap_or_else(|| sentence(&node.label))
}

fn sentence(english: &str) -> String {
    words::said(english, "").unwrap_or_else(|| english.to_owned())
}

fn share(node: &Node) -> String {
    match node.percent {
        0 => text("tree-little").to_owned(),
        n => with("tree-share", &[("n", &n.to_string())]),
    }
}

fn state(id: &str) -> &'static str {
    match id {
        "yes" => text("tree-yes"),
        "no" => text("tree-no"),
        _ => text("tree-unknown"),
    }
}

/// A label as it fits into its box: in one line, or in two.
fn label(label: &str) -> Html {
    let (first, second) = lines(label);
    let first_at = if second.is_empty() { "28" } else { "19" };
    html! {
        <>
            <text x="10" y={first_at}>{ first }</text>
            if !second.is_empty() { <text x="10" y="37">{ second }</text> }
        </>
    }
}

/// The label's two lines, broken between words, or anywhere between wide letters, which count twice. What is longer is cut.
fn lines(label: &str) -> (&str, String) {
    const ROOM: usize = 34;
    let wide = |c: char| c > '\u{2e80}';
    let room = |text: &str| {
        let (mut used, mut end) = (0, None);
        for (i, c) in text.char_indices() {
            if c == ' ' || wide(c) {
                end = Some(i);
            }
            used += 1 + usize::from(wide(c));
            if used > ROOM {
                return end.unwrap_or(i);
            }
        }
        text.len()
    };
    let (first, rest) = label.split_at_checked(room(label)).unwrap_or((label, ""));
    let rest = rest.trim_start();
    match rest.split_at_checked(room(rest)) {
        Some((second, more)) if !more.is_empty() => (first, [second, "…"].concat()),
        _ => (first, rest.to_owned()),
    }
}

/// The tree as a list in words.
fn branch(tree: &Tree, of: usize) -> Html {
    let item = |i: usize| {
        let node = tree.nodes.get(i);
        html! {
            <li>
                { node.map(told).unwrap_or_default() }
                { branch(tree, i) }
            </li>
        }
    };
    let mut children = tree.children(of).peekable();
    match children.peek() {
        None => html! {},
        Some(_) => html! { <ul>{ for children.map(item) }</ul> },
    }
}
