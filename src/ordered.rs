//! Ordered maps and sets, filled one entry at a time.
//!
//! Collecting into one sorts the entries first, and each type of entry brings a sort of its own into the WebAssembly: some
//! seven kilobytes apiece, for maps of a few hundred entries.

use std::collections::{BTreeMap, BTreeSet};

/// A map of the entries; of two with one key the later counts.
pub(crate) fn map<K: Ord, V>(entries: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    entries.for_each(|(key, value)| {
        map.insert(key, value);
    });
    map
}

/// A set of the items.
pub(crate) fn set<T: Ord>(items: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    items.for_each(|item| {
        set.insert(item);
    });
    set
}
