//! What each endpoint of OpenAI's API demands of a key: the scope of a restricted key, its row on the key page, the role of
//! whom the key belongs to. OpenAI publishes no list of scopes: those known come from its error messages and from programs
//! that create keys, and each line says how sure it is.

use crate::check::endpoints::{self, Operation};
use serde::Serialize;

/// Path prefix, permission, scope for reading, scope for the rest, how sure, source.
static TABLE: &str = include_str!("table.tsv");

/// How sure a scope's name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// It stands in an answer of OpenAI's or in a program that uses it.
    Seen,
    /// By analogy with a neighbour.
    Likely,
    /// Nobody has named one.
    Unknown,
}

/// What one operation demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The method.
    pub method: &'static str,
    /// Path template below `/v1`.
    pub path: &'static str,
    /// The scope of a restricted key; empty where nobody has named one.
    pub scope: &'static str,
    /// How sure that is.
    pub known: Known,
    /// The row on the key page, and in roles; empty where it is not known.
    pub permission: &'static str,
    /// What to choose in that row: Read, Write or Request.
    pub level: &'static str,
    /// The least role that has it, as preset.
    pub role: &'static str,
    /// True where only an admin key will do.
    pub admin_key: bool,
    /// Where the scope was seen, or the permission is described.
    pub source: &'static str,
}

/// What OpenAI's key page and role guide say in general.
const GUIDE: &str = "https://developers.openai.com/api/docs/guides/rbac";

/// What an operation demands.
pub fn of(operation: &Operation) -> Need {
    let path = operation.template;
    let reads = operation.method == "GET";
    let admin_key = takes_admin_key(path);
    let below = |prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let row = rows().find(|row| below(row[0]));
    let [_, permission, read, write, sure, source] = row.unwrap_or(["", "", "-", "-", "none", GUIDE]);
    let scope = if reads { read } else { write };
    let scope = if scope == "-" { "" } else { scope };
    let known = match sure {
        _ if scope.is_empty() => Known::Unknown,
        "seen" => Known::Seen,
        "read" if reads => Known::Seen,
        "write" if !reads => Known::Seen,
        _ => Known::Likely,
    };
    let level = match scope.ends_with(".request") {
        true => "Request",
        false if reads => "Read",
        false => "Write",
    };
    let role = match (admin_key, level) {
        (true, _) => "organization Owner",
        (false, "Read") => "project Viewer",
        (false, _) => "project Member",
    };
    Need { method: operation.method, path, scope, known, permission, level, role, admin_key, source }
}

fn rows() -> impl Iterator<Item = [&'static str; 6]> {
    TABLE.lines().map(|line| {
        let mut columns = line.split('\t');
        std::array::from_fn(|_| columns.next().unwrap_or_default())
    })
}

/// True for a path below `/v1` that takes admin keys alone: those that OpenAI's document says so of.
pub fn takes_admin_key(path: &str) -> bool {
    ["/organization/", "/projects/"].iter().any(|p| path.starts_with(p))
        || (path.starts_with("/fine_tuning/checkpoints/") && path.contains("/permissions"))
}

/// The row on the key page that grants a scope, and what to choose in it; none for a scope that is not in the table.
pub fn row_of(scope: &str) -> Option<(&'static str, &'static str)> {
    let level = |read: bool| match scope.ends_with(".request") {
        true => "Request",
        false if read => "Read",
        false => "Write",
    };
    rows()
        .find(|row| scope.len() > 1 && (row[2] == scope || row[3] == scope))
        .map(|row| (row[1], level(row[2] == scope)))
}

/// What every operation demands, sorted by path and method.
pub fn all() -> Vec<Need> {
    endpoints::all().map(|operation| of(&operation)).collect()
}

/// Those of `needs` in which every word of `query` stands, wherever; letter case does not matter. A path may be pasted with its
/// host and `/v1`, and with the ids that stand in it.
pub fn search(needs: &[Need], query: &str) -> Vec<Need> {
    let query = query.to_ascii_lowercase();
    let hit = |need: &&Need| {
        let text = cells(need).join(" ").to_ascii_lowercase();
        query.split_whitespace().all(|word| {
            let path = bare_path(word);
            text.contains(path) || path.starts_with('/') && endpoints::fits(need.path, path.trim_end_matches('/'))
        })
    };
    needs.iter().filter(hit).copied().collect()
}

/// The path of an address without host, version and query; any other word as it is.
fn bare_path(word: &str) -> &str {
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let path = if rest.len() < word.len() || host.contains('.') && host.len() < rest.len() {
        rest.get(host.len()..).unwrap_or_default()
    } else {
        rest
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match path.strip_prefix("/v1") {
        Some(behind) if behind.is_empty() || behind.starts_with('/') => behind,
        _ => path,
    }
}

/// The names of the columns of [`csv`].
pub const COLUMNS: [&str; 9] = ["method", "path", "scope", "known", "permission", "level", "role", "key", "source"];

/// The cells of one line, in the order of [`COLUMNS`].
pub fn cells(need: &Need) -> [&'static str; 9] {
    let known = match need.known {
        Known::Seen => "seen",
        Known::Likely => "likely",
        Known::Unknown => "unknown",
    };
    let key = if need.admin_key { "admin key" } else { "project key" };
    [need.method, need.path, need.scope, known, need.permission, need.level, need.role, key, need.source]
}

/// The table as CSV (RFC 4180). No cell holds a comma, a quote or a line break, so none needs quotes.
pub fn csv(needs: &[Need]) -> String {
    let mut out = [&COLUMNS.join(","), "\r\n"].concat();
    for need in needs {
        out += &[&cells(need).join(","), "\r\n"].concat();
    }
    out
}

/// The table as JSON: a list of objects.
pub fn json(needs: &[Need]) -> String {
    serde_json::to_string(needs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(method: &str, path: &str) -> Need {
        let found = endpoints::at(path).into_iter().find(|o| o.method == method);
        of(&found.unwrap_or_else(|| panic!("{path}")))
    }

    #[test]
    fn scopes_that_were_seen_in_answers() {
        for (method, path, scope) in [
            ("POST", "/chat/completions", "model.request"),
            ("GET", "/models", "api.model.read"),
            ("POST", "/responses", "api.responses.write"),
            ("POST", "/images/generations", "api.model.images.request"),
            ("POST", "/audio/speech", "api.model.audio.request"),
            ("GET", "/threads/thread_a/runs", "api.threads.read"),
            ("POST", "/videos", "api.videos.write"),
            ("GET", "/organization/costs", "api.usage.read"),
            ("GET", "/organization/projects", "api.management.read"),
        ] {
            let need = need(method, path);
            assert_eq!((need.scope, need.known), (scope, Known::Seen), "{path}");
        }
        assert_eq!(need("POST", "/chat/completions").level, "Request");
        assert!(need("GET", "/organization/usage/completions").admin_key);
        assert!(need("GET", "/fine_tuning/checkpoints/ft:a/permissions").admin_key);
        assert!(!need("POST", "/fine_tuning/jobs").admin_key);
        assert_eq!(row_of("api.files.write"), Some(("Files", "Write")));
        assert_eq!(row_of("model.request"), Some(("Model capabilities", "Request")));
        assert_eq!((row_of("-"), row_of(""), row_of("repo")), (None, None, None));
    }

    #[test]
    fn the_table_is_whole_and_can_be_searched_and_exported() {
        let all = all();
        assert!(all.len() > 200);
        assert!(TABLE.lines().all(|l| l.split('\t').count() == 6));
        let prefixes = TABLE.lines().filter_map(|l| l.split('\t').next());
        for prefix in prefixes {
            assert!(all.iter().any(|n| n.path.starts_with(prefix)), "{prefix}");
        }
        assert!(all.iter().filter(|n| n.permission.is_empty()).count() < 60);
        let found = search(&all, "IMAGES post");
        assert_eq!(found.len(), 3);
        assert_eq!(search(&all, "nonsense").len(), 0);
        // As people paste them, and the examples that the page gives.
        for query in [
            "/v1/chat/completions",
            "POST https://api.openai.com/v1/images/generations?x=1",
            "api.openai.com/v1/files",
            "/models/gpt-4o",
            "api.files.write",
            "files write",
            "/files",
            "admin key",
            "/v1/",
        ] {
            assert!(!search(&all, query).is_empty(), "{query}");
        }
        assert_eq!(search(&all, "https://api.openai.com/v1/models/gpt-4o GET").len(), 1);
        assert_eq!(search(&all, "/v1/chat/completion/x/y").len(), 0);
        let csv = csv(&found);
        assert_eq!(csv.lines().count(), 4);
        assert!(csv.lines().all(|l| l.split(',').count() == COLUMNS.len()));
        assert!(all.iter().flat_map(|n| cells(n)).all(|c| !c.contains([',', '"', '\n'])));
        let parsed: serde_json::Value = serde_json::from_str(&json(&found)).unwrap();
        assert_eq!(parsed[0]["path"], "/images/edits");
    }
}
