//! OpenAI's endpoints: exact lookup with path parameters, and near misses. The list is drawn from OpenAI's OpenAPI document by
//! `script/endpoints`.

use super::words::distance;
use crate::ordered;
use std::sync::OnceLock;

static LIST: &str = include_str!("endpoints.tsv");

/// Longest path that near misses are sought for, in bytes: no real one comes close.
const LONGEST: usize = 200;

/// One operation: a method at a path template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The method.
    pub method: &'static str,
    /// Path template below `/v1`, such as `/files/{file_id}`.
    pub template: &'static str,
    media_types: &'static str,
    required: &'static str,
    flags: &'static str,
}

impl Operation {
    /// Media types that the request body may have; empty where the operation takes none.
    pub fn media_types(&self) -> impl Iterator<Item = &'static str> {
        list(self.media_types)
    }

    /// Members that a JSON body must have.
    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        list(self.required)
    }

    /// True where the request body may not be left out.
    pub fn needs_body(&self) -> bool {
        list(self.flags).any(|f| f == "body")
    }

    /// True where OpenAI's document marks the operation as deprecated.
    pub fn deprecated(&self) -> bool {
        list(self.flags).any(|f| f == "deprecated")
    }

    /// True where the operation takes this media type.
    pub fn takes(&self, media_type: &str) -> bool {
        self.media_types().any(|t| t.eq_ignore_ascii_case(media_type))
    }
}

fn list(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split(',').filter(|c| *c != "-")
}

/// Every operation, sorted by path and method. The list is read once: a log names many addresses.
pub fn all() -> impl Iterator<Item = Operation> {
    static ALL: OnceLock<Vec<Operation>> = OnceLock::new();
    ALL.get_or_init(|| LIST.lines().filter_map(operation).collect()).iter().copied()
}

fn operation(line: &'static str) -> Option<Operation> {
    let mut columns = line.split('\t');
    Some(Operation {
        method: columns.next()?,
        template: columns.next()?,
        media_types: columns.next()?,
        required: columns.next()?,
        flags: columns.next()?,
    })
}

/// The operations at `path` (below `/v1`), whatever their method. A template that names a segment goes before one that takes
/// it as a parameter.
pub fn at(path: &str) -> Vec<Operation> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut found: Vec<Operation> = all().filter(|o| fits(o.template, path)).collect();
    let fewest = found.iter().map(|o| o.template.matches('{').count()).min();
    found.retain(|o| Some(o.template.matches('{').count()) == fewest);
    found
}

/// True where a path is one of a template: what stands in braces stands for anything.
pub(crate) fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(w), Some(g)) if w == g || (w.starts_with('{') && !g.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The endpoint that a wrong `path` (below `/v1`) was most likely meant to be, with the given parameters filled in; none
/// where nothing is near.
pub fn near(path: &str) -> Option<String> {
    if path.len() > LONGEST || path.len() < 3 {
        return None;
    }
    let written: Vec<&str> = path.split('/').filter(|s| !s.is_empty()).collect();
    let given: Vec<String> = written.iter().map(|s| s.to_ascii_lowercase().replace('_', "-")).collect();
    let mut best: Option<(usize, &'static str)> = None;
    for template in all().map(|o| o.template) {
        let Some(cost) = cost(template, &given) else { continue };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, template));
        }
    }
    best.map(|(_, template)| filled(template, &written))
}

/// How far `given` is from a template; none where it is too far to be meant.
fn cost(template: &'static str, given: &[String]) -> Option<usize> {
    let wanted: Vec<String> = template.split('/').filter(|s| !s.is_empty()).map(|s| s.replace('_', "-")).collect();
    let letters: usize = wanted.iter().filter(|w| !w.starts_with('{')).map(String::len).sum();
    let allowed = (letters / 4).clamp(1, 4);
    if wanted.len() == given.len() {
        let mut sum = 0;
        for (w, g) in wanted.iter().zip(given).filter(|(w, _)| !w.starts_with('{')) {
            sum += distance(w, g);
        }
        // A parameter fits anything, so a template with one must be nearer than a plain one to win.
        let parameters = template.matches('{').count();
        if sum <= allowed && (parameters == 0 || sum <= 2) {
            return Some(sum * 2 + parameters);
        }
    }
    if template.contains('{') {
        return None;
    }
    // Words in another order, glued together, or one of them missing.
    let (mut a, mut b) = (wanted.clone(), given.to_vec());
    ordered::sort_by(&mut a, Ord::cmp);
    ordered::sort_by(&mut b, Ord::cmp);
    if a == b && wanted.len() > 1 {
        return Some(3);
    }
    let (joined, said) = (wanted.concat().replace('-', ""), given.concat().replace('-', ""));
    if distance(&joined, &said) <= 2.min(allowed) {
        return Some(5);
    }
    let lacks_one = wanted.len() == given.len() + 1
        && !given.is_empty()
        && given.iter().zip(&wanted).all(|(g, w)| distance(g, w) <= 1);
    lacks_one.then_some(9)
}

/// The template with the parameters that were given.
fn filled(template: &str, given: &[&str]) -> String {
    let mut out = String::new();
    for (i, segment) in template.split('/').filter(|s| !s.is_empty()).enumerate() {
        out.push('/');
        match given.get(i) {
            Some(g) if segment.starts_with('{') => out.push_str(g),
            _ => out.push_str(segment),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        assert!(all().count() > 200);
        assert_eq!(all().count(), LIST.lines().count(), "each line has five columns");
        let chat = at("/chat/completions");
        let post = chat.iter().find(|o| o.method == "POST").unwrap();
        assert!(post.takes("application/json") && post.needs_body() && !post.deprecated());
        assert_eq!(post.required().collect::<Vec<_>>(), ["messages", "model"]);
    }

    #[test]
    fn named_segments_go_before_parameters() {
        assert_eq!(at("/responses/compact").first().unwrap().template, "/responses/compact");
        assert_eq!(at("/files/file-abc/content").first().unwrap().template, "/files/{file_id}/content");
        assert!(at("/files//content").is_empty());
        assert!(at("/nothing").is_empty());
    }

    #[test]
    fn near_misses_are_found() {
        for (wrong, right) in [
            ("/chat/completion", "/chat/completions"),
            ("/chat/compeltions", "/chat/completions"),
            ("/completions/chat", "/chat/completions"),
            ("/chatcompletions", "/chat/completions"),
            ("/chat_completions", "/chat/completions"),
            ("/chat", "/chat/completions"),
            ("/embedding", "/embeddings"),
            ("/image/generations", "/images/generations"),
            ("/audio/transcription", "/audio/transcriptions"),
            ("/model", "/models"),
            ("/response", "/responses"),
            ("/fine-tuning/jobs", "/fine_tuning/jobs"),
            ("/thread/thread_abc/messages", "/threads/thread_abc/messages"),
            (
                "/vector_stores/vs_abc123/files_batches/vsfb_abc123/files",
                "/vector_stores/vs_abc123/file_batches/vsfb_abc123/files",
            ),
        ] {
            assert_eq!(near(wrong).as_deref(), Some(right), "{wrong}");
        }
        for wrong in ["/something/else/entirely", "", "/", &"/a".repeat(5000), "/🦀🦀🦀🦀"] {
            assert_eq!(near(wrong), None, "{wrong}");
        }
    }
}
