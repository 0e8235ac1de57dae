//! Reductions made once, before the search: what no least-cost closure can want is taken away.

use super::instance::Instance;

/// Above this many nodes the table of what each brings with it is not made: it grows with the square.
const MOST_NODES: usize = 6_000;

/// The instance without the nodes that no closure can have. Its groups must not name them any more.
pub(super) fn drop_impossible(instance: Instance, possible: &[bool]) -> Instance {
    let mut number = vec![0u32; instance.len()];
    let kept: Vec<usize> = (0..instance.len()).filter(|&node| possible[node]).collect();
    for (i, &node) in (0..).zip(&kept) {
        number[node] = i;
    }
    Instance {
        labels: kept.iter().map(|&node| instance.labels[node]).collect(),
        cost: kept.iter().map(|&node| instance.cost[node]).collect(),
        groups: instance
            .groups
            .into_iter()
            .map(|group| group.into_iter().map(|node| number[node as usize]).collect())
            .collect(),
        needs: kept.iter().map(|&node| instance.needs[node].clone()).collect(),
        roots: instance.roots,
        scale: instance.scale,
    }
}

/// Takes from each group the nodes that bring another node of the group with them, and from each list of groups those that the
/// others satisfy by the way.
///
/// With *brings(n)*, the nodes in every closure with n: a node a is not worth taking for a group that has b in brings(a), since b is
/// there then; and a group with a node that the owner's other groups bring is satisfied by them. Two groups never rule out each
/// other so, for each would bring the other's node and the graph has no cycle.
pub(super) fn simplify(mut instance: Instance) -> Instance {
    if instance.len() > MOST_NODES {
        return instance;
    }
    let brings = Brings::new(&instance);
    for group in &mut instance.groups {
        let all = group.clone();
        group.retain(|&node| !all.iter().any(|&other| other != node && brings.has(node, other)));
    }
    let groups = &instance.groups;
    let drop_satisfied = |list: &mut Vec<u32>| {
        if groups_are_single(groups, list) {
            return;
        }
        let together = brings.of_groups(groups, list);
        list.retain(|&group| {
            let members = &groups[group as usize];
            members.len() == 1 || !members.iter().any(|&node| together.has(0, node))
        });
    };
    drop_satisfied(&mut instance.roots);
    instance.needs.iter_mut().for_each(drop_satisfied);
    instance
}

fn groups_are_single(groups: &[Vec<u32>], list: &[u32]) -> bool {
    list.iter().all(|&group| groups[group as usize].len() == 1)
}

/// For each node a row of bits: the nodes that every closure with it has, itself among them.
struct Brings {
    words: usize,
    bits: Vec<u64>,
}

impl Brings {
    fn new(instance: &Instance) -> Self {
        let words = instance.len().div_ceil(64);
        let mut brings = Self { words, bits: vec![0; words * instance.len()] };
        for node in instance.prerequisites_first() {
            let mut row = brings.of_groups(&instance.groups, &instance.needs[node]).bits;
            row[node / 64] |= 1 << (node % 64);
            brings.bits[node * words..][..words].copy_from_slice(&row);
        }
        brings
    }

    /// One row: what satisfying all these groups brings, whichever way.
    fn of_groups(&self, groups: &[Vec<u32>], list: &[u32]) -> Self {
        let mut all = vec![0; self.words];
        for &group in list {
            let mut members = groups[group as usize].iter();
            let Some(&first) = members.next() else { continue };
            let mut common = self.row(first).to_vec();
            for &member in members {
                common.iter_mut().zip(self.row(member)).for_each(|(word, other)| *word &= other);
            }
            all.iter_mut().zip(common).for_each(|(word, other)| *word |= other);
        }
        Self { words: self.words, bits: all }
    }

    fn row(&self, node: u32) -> &[u64] {
        &self.bits[node as usize * self.words..][..self.words]
    }

    fn has(&self, node: u32, other: u32) -> bool {
        self.row(node)[other as usize / 64] >> (other % 64) & 1 == 1
    }
}
