//! Pages of lists, by the keys of their rows.

use sea_orm::Order;

/// A part of a list whose keys descend: counted from one of its ends, or from a key on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRange<K> {
    /// Only rows that come after this key.
    pub after: Option<K>,
    /// Only rows that come before this key.
    pub before: Option<K>,
    /// The most rows.
    pub limit: u64,
    /// Whether they are counted from the end.
    pub from_end: bool,
}

impl<K> KeyRange<K> {
    /// The first rows of a list.
    pub const fn first(limit: u64) -> Self {
        Self { after: None, before: None, limit, from_end: false }
    }

    /// The order in which the rows are read.
    pub(super) const fn order(&self) -> Order {
        if self.from_end { Order::Asc } else { Order::Desc }
    }

    /// The rows that were read, in the order of the list.
    pub(super) fn in_order<T>(&self, mut rows: Vec<T>) -> Vec<T> {
        if self.from_end {
            rows.reverse();
        }
        rows
    }
}
