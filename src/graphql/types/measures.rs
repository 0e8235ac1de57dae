//! `Measures`.

use async_graphql::SimpleObject;
use waymark_planner::measures;

use super::count;
use crate::graphql::plain::plain_fields;

/// How much hangs on a step of a set, be it the catalogue or a roadmap: measures of Curricular Analytics (Heileman and others, 2018).
#[derive(SimpleObject)]
pub struct Measures {
    /// The number of other steps of the set that need it, directly or through others: what waits while it is not held.
    blocking_factor: i32,
    /// The number of steps on the longest path of requirements through it: how long a chain it can delay.
    delay_factor: i32,
    /// The structural complexity: the sum of blocking and delay factor.
    complexity: i32,
    /// The sum of the lengths, in steps, of all paths through it from a step that needs none to one that none needs; 0 where it is such
    /// a step itself. A whole number, but the paths of a large set are too many for an Int.
    centrality: f64,
}

impl From<measures::Measures> for Measures {
    #[allow(clippy::cast_precision_loss)] // shown, not computed with
    fn from(measures: measures::Measures) -> Self {
        Self {
            blocking_factor: count(measures.blocking_factor),
            delay_factor: count(measures.delay_factor),
            complexity: count(measures.complexity()),
            centrality: measures.centrality as f64,
        }
    }
}

plain_fields!(Measures { blocking_factor: i32, delay_factor: i32, complexity: i32, centrality: f64 });
