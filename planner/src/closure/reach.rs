//! Whether needs can be met under sets of wishes: for many sets, on one part of the graph.

use super::compile::Relevant;
use super::{Avoidance, Need, StepSet, Terms};
use crate::catalog::Catalog;
use crate::ids::TopicId;
use crate::meter::Meter;

/// All that may matter to some needs, whatever the wishes. The known steps stay the same.
pub(crate) struct Reach {
    /// Nodes, each after what it may need.
    order: Vec<usize>,
    /// For each node its topic.
    topics: Vec<TopicId>,
    /// For each node its groups.
    needs: Vec<Vec<u32>>,
    groups: Vec<Vec<u32>>,
    roots: Vec<u32>,
    size: u64,
}

/// What wishes say of a node.
#[derive(Clone, Copy)]
struct Wished {
    is_preferred: bool,
    is_avoided: bool,
}

impl Reach {
    pub(crate) fn new(catalog: &Catalog, needs: &[Need], known: &StepSet) -> Self {
        let terms = Terms { catalog, known, prefer: &[], avoid: &[], avoidance: Avoidance::Never };
        let relevant = Relevant::new(needs.iter().map(|need| need.any_of(catalog)), &terms);
        let instance = relevant.instance();
        Self {
            order: instance.prerequisites_first(),
            topics: relevant.steps.iter().map(|&step| catalog.steps()[step].topic).collect(),
            size: instance.size(),
            needs: instance.needs,
            groups: instance.groups,
            roots: instance.roots,
        }
    }

    /// Whether all needs can be met. The topics are ascending.
    pub(crate) fn meets_all(&self, prefer: &[TopicId], avoid: &[TopicId], meter: &Meter) -> bool {
        meter.count_looks(self.size);
        let names = |topics: &[TopicId], topic: &TopicId| topics.binary_search(topic).is_ok();
        let wished =
            |topic: &TopicId| Wished { is_preferred: names(prefer, topic), is_avoided: names(avoid, topic) };
        let wished: Vec<Wished> = self.topics.iter().map(wished).collect();
        let mut possible = vec![false; self.topics.len()];
        for &node in &self.order {
            possible[node] = self.needs[node].iter().all(|&group| self.is_met(group, &wished, &possible));
        }
        self.roots.iter().all(|&group| self.is_met(group, &wished, &possible))
    }

    /// Whether something that a group offers is possible: its preferred members, if it has any, and no avoided ones.
    fn is_met(&self, group: u32, wished: &[Wished], possible: &[bool]) -> bool {
        let members = self.groups[group as usize].iter().map(|&member| member as usize);
        let is_pinned = members.clone().any(|member| wished[member].is_preferred);
        members.into_iter().any(|member| {
            possible[member] && !wished[member].is_avoided && (!is_pinned || wished[member].is_preferred)
        })
    }
}
