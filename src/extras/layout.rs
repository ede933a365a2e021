//! Where each node of the decision tree stands in its picture: columns by depth, one row for each leaf, a parent in the middle
//! of its children.

/// The place of a node's upper left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct At {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// From one column to the next.
pub const COLUMN: i32 = 390;
/// From one row to the next.
pub const ROW: i32 = 54;
/// A node's width.
pub const WIDTH: i32 = 340;
/// A node's height.
pub const HEIGHT: i32 = 46;

/// Places for a list in which each node stands behind its parent.
pub fn places(parents: &[Option<usize>]) -> Vec<At> {
    let mut places = vec![At::default(); parents.len()];
    let mut range: Vec<Option<(i32, i32)>> = vec![None; parents.len()];
    let mut rows = 0;
    let mut has_children = vec![false; parents.len()];
    for (i, parent) in parents.iter().enumerate() {
        // A parent that does not stand before its child is none.
        if let Some(p) = parent.filter(|p| *p < i) {
            let x = places.get(p).map_or(0, |at| at.x + COLUMN);
            places.get_mut(i).into_iter().for_each(|at| at.x = x);
            has_children.get_mut(p).into_iter().for_each(|has| *has = true);
        }
    }
    for (range, _) in range.iter_mut().zip(&has_children).filter(|(_, has)| !**has) {
        *range = Some((rows * ROW, rows * ROW));
        rows += 1;
    }
    for (i, parent) in parents.iter().enumerate().rev() {
        let (from, to) = range.get(i).copied().flatten().unwrap_or_default();
        places.get_mut(i).into_iter().for_each(|at| at.y = i32::midpoint(from, to));
        if let Some(of_parent) = parent.filter(|p| *p < i).and_then(|p| range.get_mut(p)) {
            let middle = i32::midpoint(from, to);
            let (first, last) = of_parent.unwrap_or((middle, middle));
            *of_parent = Some((first.min(middle), last.max(middle)));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_have_rows_and_parents_stand_in_their_middle() {
        // root → a → (b, c), root → d
        let places = places(&[None, Some(0), Some(1), Some(1), Some(0)]);
        let found: Vec<_> = places.iter().map(|at| (at.x, at.y)).collect();
        let (c, r) = (COLUMN, ROW);
        assert_eq!(found, [(0, (r / 2 + 2 * r) / 2), (c, r / 2), (2 * c, 0), (2 * c, r), (c, 2 * r)]);
    }

    #[test]
    fn nothing_and_nonsense_do_no_harm() {
        assert_eq!(places(&[]), []);
        assert_eq!(places(&[Some(0), Some(7)]).len(), 2);
    }
}
