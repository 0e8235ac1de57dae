//! The least-cost closure of an AND/OR graph, stated over small integers: the search below it knows no catalogue.

use rustc_hash::FxHashMap;

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
    /// Factor of the first criterion in costs that have a second one: more than the second can sum to.
    /// 0 if there is no second criterion.
    pub(crate) scale: Cost,
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
    /// What is decided by now.
    pub(crate) fate: Vec<Fate>,
    /// The labels of the nodes that are in for certain.
    pub(crate) taken: Vec<u32>,
    /// Their cost.
    pub(crate) cost: Cost,
    /// What is left to decide, in parts that have no node in common.
    pub(crate) parts: Vec<Part>,
}

/// A part of an instance that can be solved alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Labelled as the whole is.
    pub(crate) instance: Instance,
    /// The groups of the whole that its roots are.
    pub(crate) roots: Vec<u32>,
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
        let decided = fate.iter().zip(&self.needs).filter(|(fate, _)| **fate == Fate::In);
        let must = self.roots.iter().chain(decided.flat_map(|(_, needs)| needs)).copied().collect();
        let open = self.take_forced(must, &mut fate)?;
        let is_in = |node: &usize| fate[*node] == Fate::In;
        let taken = (0..self.len()).filter(is_in).map(|node| self.labels[node]).collect();
        let cost = (0..self.len()).filter(is_in).map(|node| self.cost[node]).sum();
        let parts = self.split(&fate, &open);
        Some(Reduced { fate, taken, cost, parts })
    }

    /// What a reduction without decisions comes to where a node is taken as well: the labels and the cost of the nodes that are in
    /// by that, which of the parts are touched by it, and what becomes of those.
    pub(crate) fn reduce_further(
        &self,
        base: &Reduced,
        part_of: &[Option<usize>],
        node: usize,
    ) -> Option<Further> {
        let mut fate = base.fate.clone();
        fate[node] = Fate::In;
        let mut open = self.take_forced(self.needs[node].clone(), &mut fate)?;
        let mut touched: Vec<usize> = (0..self.len())
            .filter(|&node| fate[node] == Fate::In && base.fate[node] == Fate::Open)
            .chain(self.open_below(&fate, &open))
            .filter_map(|node| part_of[node])
            .collect();
        touched.sort_unstable();
        touched.dedup();
        open.extend(touched.iter().flat_map(|&part| &base.parts[part].roots));
        open.sort_unstable();
        open.dedup();
        open.retain(|&group| !self.is_satisfied(group, &fate));
        let is_new = |node: &usize| fate[*node] == Fate::In && base.fate[*node] != Fate::In;
        let taken = (0..self.len()).filter(is_new).map(|node| self.labels[node]).collect();
        let cost = (0..self.len()).filter(is_new).map(|node| self.cost[node]).sum();
        let parts = self.split(&fate, &open);
        Some(Further { reduced: Reduced { fate, taken, cost, parts }, touched })
    }

    /// The open nodes that can be reached from open groups.
    fn open_below(&self, fate: &[Fate], open: &[u32]) -> Vec<usize> {
        let mut seen = vec![false; self.len()];
        let mut found = Vec::new();
        let mut stack = open.to_vec();
        while let Some(group) = stack.pop() {
            for node in self.groups[group as usize].iter().map(|&node| node as usize) {
                if fate[node] == Fate::Open && !std::mem::replace(&mut seen[node], true) {
                    found.push(node);
                    stack.extend(self.needs[node].iter().filter(|&&group| !self.is_satisfied(group, fate)));
                }
            }
        }
        found
    }

    fn is_satisfied(&self, group: u32, fate: &[Fate]) -> bool {
        self.groups[group as usize].iter().any(|&node| fate[node as usize] == Fate::In)
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

    /// Takes each node that is the only one left for a group that must hold, and so on with what it needs. Returns the groups that
    /// must hold and are not satisfied by that, ascending; `None` where one of them can't.
    fn take_forced(&self, mut queue: Vec<u32>, fate: &mut [Fate]) -> Option<Vec<u32>> {
        let mut seen = vec![false; self.groups.len()];
        let mut must = Vec::new();
        while let Some(group) = queue.pop() {
            if std::mem::replace(&mut seen[group as usize], true) {
                continue;
            }
            must.push(group);
            let mut ways =
                self.groups[group as usize].iter().filter(|&&node| fate[node as usize] != Fate::Out);
            let first = *ways.next()? as usize;
            if ways.next().is_none() && fate[first] == Fate::Open {
                fate[first] = Fate::In;
                queue.extend(&self.needs[first]);
            }
        }
        must.retain(|&group| !self.is_satisfied(group, fate));
        must.sort_unstable();
        Some(must)
    }

    /// What can be reached from groups that are to be satisfied and are not, as parts that have no node in common. O(what is reached),
    /// but for tables of the instance's length.
    fn split(&self, fate: &[Fate], open: &[u32]) -> Vec<Part> {
        let reached = self.reached(fate, open);
        let mut local = vec![(0u32, 0u32); self.len()];
        let mut number: FxHashMap<usize, usize> = FxHashMap::default();
        let mut parts: Vec<Part> = Vec::new();
        let Reached { nodes, groups, mut sets } = reached;
        for &node in &nodes {
            let part = *number.entry(sets.find(node)).or_insert_with(|| {
                let instance = Instance { scale: self.scale, ..Instance::default() };
                parts.push(Part { instance, roots: Vec::new() });
                parts.len() - 1
            });
            let instance = &mut parts[part].instance;
            local[node] = (small(part), small(instance.cost.len()));
            instance.labels.push(self.labels[node]);
            instance.cost.push(self.cost[node]);
        }
        let mut local_group = vec![u32::MAX; self.groups.len()];
        for &group in &groups {
            let ways = self.open_ways(group, fate);
            let part = local[ways[0]].0 as usize;
            local_group[group] = small(parts[part].instance.groups.len());
            parts[part].instance.groups.push(ways.into_iter().map(|node| local[node].1).collect());
        }
        for &node in &nodes {
            let needs = self.needs[node].iter().map(|&group| local_group[group as usize]);
            let needs = needs.filter(|&group| group != u32::MAX).collect();
            parts[local[node].0 as usize].instance.needs.push(needs);
        }
        for &group in open {
            let part = &mut parts[local[self.open_ways(group as usize, fate)[0]].0 as usize];
            part.roots.push(group);
            part.instance.roots.push(local_group[group as usize]);
        }
        for part in &mut parts {
            part.instance.drop_weaker_groups();
        }
        parts
    }

    /// The nodes and groups below open groups, ascending, and which nodes hang together.
    fn reached(&self, fate: &[Fate], open: &[u32]) -> Reached {
        let mut sets = DisjointSets::new(self.len());
        let (mut nodes, mut groups) = (Vec::new(), Vec::new());
        let (mut seen_node, mut seen_group) = (vec![false; self.len()], vec![false; self.groups.len()]);
        let mut stack: Vec<usize> = open.iter().map(|&group| group as usize).collect();
        while let Some(group) = stack.pop() {
            if std::mem::replace(&mut seen_group[group], true) {
                continue;
            }
            groups.push(group);
            let ways = self.open_ways(group, fate);
            for &node in &ways {
                sets.join(ways[0], node);
                if std::mem::replace(&mut seen_node[node], true) {
                    continue;
                }
                nodes.push(node);
                for needed in self.needs[node].iter().filter(|&&group| !self.is_satisfied(group, fate)) {
                    let below = self.open_ways(*needed as usize, fate);
                    sets.join(node, below[0]);
                    stack.push(*needed as usize);
                }
            }
        }
        nodes.sort_unstable();
        groups.sort_unstable();
        Reached { nodes, groups, sets }
    }

    /// The open nodes of a group.
    fn open_ways(&self, group: usize, fate: &[Fate]) -> Vec<usize> {
        self.groups[group].iter().map(|&n| n as usize).filter(|&n| fate[n] == Fate::Open).collect()
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

/// What is below some groups.
struct Reached {
    nodes: Vec<usize>,
    groups: Vec<usize>,
    sets: DisjointSets,
}

/// A reduction that takes one node more than another did.
pub(crate) struct Further {
    /// What is taken beyond, and what becomes of the parts touched.
    pub(crate) reduced: Reduced,
    /// The parts of the other that are touched.
    pub(crate) touched: Vec<usize>,
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
