//! Sorted lists, maps and sets by one sort for all types.
//!
//! Each type of item that the standard library sorts, also on the way into a map, brings a sort of its own into the WebAssembly:
//! four to seven kilobytes apiece, for lists of a few hundred items.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts a list; what is equal stays in its order.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, mut order: impl FnMut(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => order(a, b),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

/// Sorts a list by what `key` makes of each item.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

fn sort_places(places: &mut [usize], order: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|a, b| order(*a, *b));
}

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

#[cfg(test)]
mod tests {
    #[test]
    fn equal_items_keep_their_order() {
        let mut items = vec![(2, "a"), (1, "b"), (2, "c"), (1, "d")];
        super::sort_by_key(&mut items, |item| item.0);
        assert_eq!(items, [(1, "b"), (1, "d"), (2, "a"), (2, "c")]);
        super::sort_by(&mut items, |a, b| b.1.cmp(a.1));
        assert_eq!(items, [(1, "d"), (2, "c"), (1, "b"), (2, "a")]);
    }
}
