//! The tree as data for a picture: every node with what arrives there, and why its question is answered or open.

use super::data::Data;
use super::tree::{self, Known};
use super::{SURE, responder};
use crate::signals::Signals;
use serde::{Deserialize, Serialize};

/// One node. A node stands behind its parent in the list; the first is the root.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The path of ids from below the root: `edge/place/edge-ip-block`; `root` for the root itself.
    pub id: String,
    /// The parent's place in the list; none for the root.
    pub parent: Option<usize>,
    /// `question` (the root), `group`, `family` or `cause`.
    pub kind: String,
    /// What the branch is called.
    pub label: String,
    /// The question that its children answer; none for a cause.
    pub question: Option<String>,
    /// The share of all weight that arrives here, from 0 to 1.
    pub share: f64,
    /// `yes` where the facts take this branch (or speak for this cause), `no` where they leave it, else `unknown`.
    pub state: String,
    /// The fact that decided the state, as a sentence.
    pub because: Option<String>,
}

/// The whole tree as these facts see it: the root, then depth first, each group's families and each family's causes in the
/// order of the data files, so that a picture keeps its places when an answer is given. Every leaf is in it.
pub fn nodes(signals: &Signals) -> Vec<Node> {
    let data = Data::get();
    let responders = responder::posterior(data, signals);
    let leaves = tree::leaves(data, signals, &responders);
    let who = responder::describe(data, signals, &responder::informed(data, &responders, &leaves));
    let group_of = data.responders.get(&who.id).map_or("unknown", |r| r.group.as_str());
    let told = who.confidence >= SURE && group_of != "unknown";
    let root = &data.tree.root;
    let state = if told { Known::Yes } else { Known::Unknown };
    let mut nodes = vec![node("root", None, "question", (&root.title, Some(&root.question)), (state, None))];
    for (group, file) in &data.tree.groups {
        let state = match told {
            true if group == group_of => (Known::Yes, who.because.first().cloned()),
            true => (Known::No, None),
            false => (Known::Unknown, None),
        };
        let at_group = nodes.len();
        nodes.push(node(group, Some(0), "group", (&file.title, Some(&file.question)), state));
        for (family, file) in &data.tree.families {
            let of_family = |cause: &str| data.causes.get(cause).filter(|c| c.family == *family);
            let mut causes = leaves.iter().filter(|l| l.group == group && of_family(l.cause).is_some()).peekable();
            if causes.peek().is_none() {
                continue;
            }
            let at_family = nodes.len();
            let id = [group.as_str(), family].join("/");
            let (state, fact) = tree::answer(file, signals);
            let state = (state, fact.map(|s| s.text.clone()));
            nodes.push(node(&id, Some(at_group), "family", (&file.title, Some(&file.question)), state));
            for leaf in causes {
                let Some(file) = of_family(leaf.cause) else { continue };
                let id = [id.as_str(), leaf.cause].join("/");
                let state = match tree::likelihood(file, signals) {
                    l if l > 1.0 => Known::Yes,
                    l if l < 1.0 => Known::No,
                    _ => Known::Unknown,
                };
                let (because, against) = super::reasons(file, signals);
                let reasons = if state == Known::No { against } else { because };
                let mut cause =
                    node(&id, Some(at_family), "cause", (&file.title, None), (state, reasons.into_iter().next()));
                cause.share = leaf.probability;
                nodes.push(cause);
            }
        }
    }
    // What arrives at an inner node is what arrives at its leaves. Parents stand before their children.
    for at in (1..nodes.len()).rev() {
        let found = nodes.get(at).and_then(|n| Some((n.parent?, n.share)));
        if let Some((parent, share)) = found
            && let Some(parent) = nodes.get_mut(parent)
        {
            parent.share += share;
        }
    }
    nodes.iter_mut().for_each(|n| n.share = (n.share * 1e4).round() / 1e4);
    nodes
}

fn node(
    id: &str,
    parent: Option<usize>,
    kind: &str,
    (label, question): (&String, Option<&String>),
    (state, because): (Known, Option<String>),
) -> Node {
    Node {
        id: id.to_owned(),
        parent,
        kind: kind.to_owned(),
        label: label.clone(),
        question: question.cloned(),
        share: 0.0,
        state: state.name().to_owned(),
        because,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Raw, RedactOptions};

    fn of(text: &str) -> Vec<Node> {
        crate::tree(&crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]).link, &[])
    }

    #[test]
    fn every_leaf_is_in_the_picture_and_hangs_below_its_path() {
        let nodes = of("");
        for (id, cause) in &Data::get().causes {
            for group in cause.at.keys() {
                let path = [group, cause.family.as_str(), id].join("/");
                assert!(nodes.iter().any(|n| n.id == path && n.kind == "cause"), "{path}");
            }
        }
        for (at, node) in nodes.iter().enumerate() {
            let parent = node.parent.map(|p| &nodes[p]);
            assert!(node.parent.is_none_or(|p| p < at), "{} stands before its parent", node.id);
            let below = parent.is_none_or(|p| p.kind == "question" || node.id.starts_with(&format!("{}/", p.id)));
            assert!(below, "{}", node.id);
        }
    }

    #[test]
    fn shares_are_those_of_the_report_and_add_up() {
        let text = "HTTP/2 401\nx-request-id: req_1\n\n{\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes: model.request.\"}}";
        let report = crate::inspect(Raw::new(text.to_owned()), &RedactOptions::default(), &[]);
        let nodes = of(text);
        let first = report.causes.first().expect("one");
        let share: f64 = nodes.iter().filter(|n| n.id.ends_with(&format!("/{}", first.id))).map(|n| n.share).sum();
        assert!((share - first.probability).abs() < 0.01, "{share} {}", first.probability);
        for (at, node) in nodes.iter().enumerate().filter(|(_, n)| n.kind != "cause") {
            let sum: f64 = nodes.iter().filter(|n| n.parent == Some(at)).map(|n| n.share).sum();
            assert!((sum - node.share).abs() < 0.01, "{}: {sum} {}", node.id, node.share);
        }
        let node = |id: &str| nodes.iter().find(|n| n.id == id).expect("there");
        assert_eq!(node("openai-api").state, "yes");
        assert!(node("openai-api").because.is_some());
        assert_eq!(node("relay").state, "no");
        assert_eq!(node("openai-api/permission/restricted-key-missing-scope").state, "yes");
    }

    #[test]
    fn a_family_says_which_fact_decided() {
        let nodes = of("HTTP/1.1 429 Too Many Requests\n\n{\"error\":{\"message\":\"slow down\"}}");
        let family = |id: &str| nodes.iter().find(|n| n.id == format!("openai-api/{id}")).expect("there");
        assert_eq!(family("money").state, "yes");
        assert_eq!(family("money").because.as_deref(), Some("The status is 429 Too Many Requests."));
        assert_eq!(family("content").state, "no");
        assert!(crate::tree("#v1.AAAA", &[]).is_empty(), "a damaged link has no tree");
    }
}
