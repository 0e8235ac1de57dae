//! The least-cost closure of an AND/OR graph, stated over small integers: the search below it knows no catalogue.

use crate::graph;
use crate::ids::small;

/// Costs are whole numbers wide enough that no sum of hours overflows them.
pub(crate) type Cost = u128;

/// Nodes, each with a cost and with groups that it needs; a group is satisfied by any one of its nodes. To find: the set of nodes
/// with the least cost that satisfies the root groups and every group of every node in it.
///
/// Invariants: no group is empty, every node can be reached from the roots, groups hold ascending nodes, the graph has no cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Instance {
    /// What the caller calls the node: an ascending list of its labels.
    pub(crate) labels: Vec<u32>,
    pub(crate) cost: Vec<Cost>,
    pub(crate) groups: Vec<Vec<u32>>,
    /// For each node the groups that it needs, ascending.
    pub(crate) needs: Vec<Vec<u32>>,
    /// The groups that must hold, ascending.
    pub(crate) roots: Vec<u32>,
}

/// What is decided of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Open,
    In,
    Out,
}

/// An instance after what was decided of its nodes has been followed to its end.
pub(crate) struct Reduced {
    /// The labels of the nodes that are in for certain.
    pub(crate) taken: Vec<u32>,
    /// Their cost.
    pub(crate) cost: Cost,
    /// What is left to decide, in parts that have no node in common.
    pub(crate) parts: Vec<Instance>,
}

impl Instance {
    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.cost.len()
    }

    /// Nodes, and places of nodes in groups: the work of one pass over the instance.
    pub(crate) fn size(&self) -> u64 {
        (self.len() + self.groups.iter().map(Vec::len).sum::<usize>()) as u64
    }

    /// The nodes in an order in which each comes after all nodes of its groups.
    pub(crate) fn prerequisites_first(&self) -> Vec<usize> {
        let before: Vec<Vec<u32>> = self
            .needs
            .iter()
            .map(|needs| {
                needs.iter().flat_map(|&group| self.groups[group as usize].iter().copied()).collect()
            })
            .collect();
        graph::topological_order(self.len(), |node| &before[node]).unwrap_or_default()
    }

    /// Follows the decisions: a node without a way is out, the last way to satisfy what must hold is in, what nothing needs
    /// any more is dropped. `None` where the decisions leave no closure. O(size).
    pub(crate) fn reduce(&self, mut fate: Vec<Fate>) -> Option<Reduced> {
        self.rule_out(&mut fate)?;
        let must = self.take_forced(&mut fate)?;
        let taken: Vec<u32> =
            (0..self.len()).filter(|&node| fate[node] == Fate::In).map(|node| self.labels[node]).collect();
        let cost = (0..self.len()).filter(|&node| fate[node] == Fate::In).map(|node| self.cost[node]).sum();
        Some(Reduced { taken, cost, parts: self.split(&fate, &must) })
    }

    /// A node is out where one of its groups has nothing but nodes that are out; `None` where that node is to be in.
    fn rule_out(&self, fate: &mut [Fate]) -> Option<()> {
        let mut left: Vec<usize> = self.groups.iter().map(Vec::len).collect();
        let mut members_of: Vec<Vec<u32>> = vec![Vec::new(); self.len()];
        for (group, members) in (0..).zip(&self.groups) {
            for &node in members {
                members_of[node as usize].push(group);
            }
        }
        let owners = self.owners();
        let mut queue: Vec<usize> = (0..self.len()).filter(|&node| fate[node] == Fate::Out).collect();
        while let Some(node) = queue.pop() {
            for &group in &members_of[node] {
                left[group as usize] -= 1;
                if left[group as usize] == 0 {
                    for &owner in &owners[group as usize] {
                        match fate[owner as usize] {
                            Fate::In => return None,
                            Fate::Out => {}
                            Fate::Open => {
                                fate[owner as usize] = Fate::Out;
                                queue.push(owner as usize);
                            }
                        }
                    }
                }
            }
        }
        Some(())
    }

    /// For each group the nodes that need it.
    fn owners(&self) -> Vec<Vec<u32>> {
        let mut owners = vec![Vec::new(); self.groups.len()];
        for (node, needs) in (0..).zip(&self.needs) {
            for &group in needs {
                owners[group as usize].push(node);
            }
        }
        owners
    }

    /// Takes each node that is the only one left for a group that must hold. Returns which groups must hold; `None` where
    /// one of them can't.
    fn take_forced(&self, fate: &mut [Fate]) -> Option<Vec<bool>> {
        let mut must = vec![false; self.groups.len()];
        let mut queue: Vec<u32> = self.roots.clone();
        for (_, needs) in fate.iter().zip(&self.needs).filter(|(fate, _)| **fate == Fate::In) {
            queue.extend(needs);
        }
        while let Some(group) = queue.pop() {
            if std::mem::replace(&mut must[group as usize], true) {
                continue;
            }
            let mut ways =
                self.groups[group as usize].iter().filter(|&&node| fate[node as usize] != Fate::Out);
            let first = *ways.next()? as usize;
            if ways.next().is_none() && fate[first] == Fate::Open {
                fate[first] = Fate::In;
                queue.extend(&self.needs[first]);
            }
        }
        Some(must)
    }

    /// What is open and still matters, as instances of their own.
    fn split(&self, fate: &[Fate], must: &[bool]) -> Vec<Instance> {
        let satisfied: Vec<bool> = self
            .groups
            .iter()
            .map(|members| members.iter().any(|&node| fate[node as usize] == Fate::In))
            .collect();
        let open_root = |group: &usize| must[*group] && !satisfied[*group];
        let mut part_of_group: Vec<Option<usize>> = vec![None; self.groups.len()];
        let mut reached = vec![false; self.len()];
        let mut sets = DisjointSets::new(self.len());
        let mut stack: Vec<usize> = (0..self.groups.len()).filter(open_root).collect();
        let roots = stack.clone();
        let mut seen = vec![false; self.groups.len()];
        while let Some(group) = stack.pop() {
            if std::mem::replace(&mut seen[group], true) {
                continue;
            }
            let mut ways =
                self.groups[group].iter().map(|&node| node as usize).filter(|&node| fate[node] == Fate::Open);
            let Some(first) = ways.next() else { continue };
            for node in std::iter::once(first).chain(ways) {
                sets.join(first, node);
                if std::mem::replace(&mut reached[node], true) {
                    continue;
                }
                for needed in self.needs[node].iter().map(|&g| g as usize).filter(|&g| !satisfied[g]) {
                    stack.push(needed);
                    for &below in &self.groups[needed] {
                        if fate[below as usize] == Fate::Open {
                            sets.join(node, below as usize);
                        }
                    }
                }
            }
        }
        let mut number = vec![usize::MAX; self.len()];
        let mut parts: Vec<Instance> = Vec::new();
        let mut local = vec![0u32; self.len()];
        for node in (0..self.len()).filter(|&node| reached[node]) {
            let set = sets.find(node);
            if number[set] == usize::MAX {
                number[set] = parts.len();
                parts.push(Instance::default());
            }
            let part = &mut parts[number[set]];
            local[node] = small(part.cost.len());
            part.labels.push(self.labels[node]);
            part.cost.push(self.cost[node]);
            part.needs.push(Vec::new());
        }
        let mut local_group = vec![u32::MAX; self.groups.len()];
        for group in (0..self.groups.len()).filter(|&group| seen[group]) {
            let members: Vec<usize> =
                self.groups[group].iter().map(|&n| n as usize).filter(|&n| fate[n] == Fate::Open).collect();
            let Some(&first) = members.first() else { continue };
            let part = number[sets.find(first)];
            part_of_group[group] = Some(part);
            local_group[group] = small(parts[part].groups.len());
            parts[part].groups.push(members.into_iter().map(|node| local[node]).collect());
        }
        for node in (0..self.len()).filter(|&node| reached[node]) {
            let part = &mut parts[number[sets.find(node)]];
            part.needs[local[node] as usize] = self.needs[node]
                .iter()
                .filter(|&&group| !satisfied[group as usize])
                .map(|&group| local_group[group as usize])
                .collect();
        }
        for group in roots {
            if let Some(part) = part_of_group[group] {
                parts[part].roots.push(local_group[group]);
            }
        }
        for part in &mut parts {
            part.drop_weaker_groups();
        }
        parts
    }

    /// Of the roots, and of the groups that a node needs, one that holds whenever another does says nothing.
    fn drop_weaker_groups(&mut self) {
        let groups = &self.groups;
        let keep_strongest = |list: &mut Vec<u32>| {
            if list.len() < 2 || list.len() > 64 {
                return;
            }
            let all = list.clone();
            list.retain(|&group| {
                !all.iter().any(|&other| {
                    other != group
                        && is_subset(&groups[other as usize], &groups[group as usize])
                        && (groups[other as usize] != groups[group as usize] || other < group)
                })
            });
        };
        keep_strongest(&mut self.roots);
        self.needs.iter_mut().for_each(keep_strongest);
    }
}

/// Whether every item of the ascending `small` is in the ascending `large`.
fn is_subset(small: &[u32], large: &[u32]) -> bool {
    small.len() <= large.len() && small.iter().all(|item| large.binary_search(item).is_ok())
}

/// Union-find with path halving (Tarjan and van Leeuwen 1984).
struct DisjointSets {
    parent: Vec<usize>,
}

impl DisjointSets {
    fn new(n: usize) -> Self {
        Self { parent: (0..n).collect() }
    }

    fn find(&mut self, mut item: usize) -> usize {
        while self.parent[item] != item {
            self.parent[item] = self.parent[self.parent[item]];
            item = self.parent[item];
        }
        item
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
