//! Maximum flow (Dinic 1970) over whole numbers: O(V²·E) at worst, far less on shallow networks, and never more than it may.

use std::collections::VecDeque;

use crate::ids::small;

/// No arc.
const NONE: u32 = u32::MAX;

/// A network of arcs with capacities; node numbers are the caller's.
pub(crate) struct Network {
    /// For each node its arc added last.
    last: Vec<u32>,
    /// For each arc the one of the same node that was added before it; the arc `i ^ 1` is the way back of arc `i`.
    previous: Vec<u32>,
    to: Vec<u32>,
    room: Vec<i128>,
    /// How many arcs the search may still look at.
    looks: u64,
}

impl Network {
    /// Nodes `0..n` without arcs, in which a search may look at so many of them.
    pub(crate) fn new(n: usize, looks: u64) -> Self {
        Self { last: vec![NONE; n], previous: Vec::new(), to: Vec::new(), room: Vec::new(), looks }
    }

    /// What the searches have left of their looks.
    pub(crate) fn looks_left(&self) -> u64 {
        self.looks
    }

    /// Adds an arc; a capacity of `i128::MAX` is never used up.
    pub(crate) fn arc(&mut self, from: usize, to: usize, capacity: i128) {
        for (from, to, room) in [(from, to, capacity), (to, from, 0)] {
            self.previous.push(self.last[from]);
            self.last[from] = small(self.to.len());
            self.to.push(small(to));
            self.room.push(room);
        }
    }

    /// The nodes that more could be sent to from a node.
    pub(crate) fn open_from(&self, node: usize) -> impl Iterator<Item = usize> {
        self.arcs_of(node).filter(|&arc| self.room[arc] > 0).map(|arc| self.to[arc] as usize)
    }

    fn arcs_of(&self, node: usize) -> impl Iterator<Item = usize> {
        let arc = |arc: u32| (arc != NONE).then_some(arc);
        std::iter::successors(arc(self.last[node]), move |&last| arc(self.previous[last as usize]))
            .map(|arc| arc as usize)
    }

    /// The largest flow, which the network then carries; `None` where it takes more looks than there are.
    pub(crate) fn max_flow(&mut self, source: usize, sink: usize) -> Option<i128> {
        let mut flow = 0;
        loop {
            self.looks = self.looks.checked_sub(self.to.len() as u64)?;
            let level = self.levels(source);
            if level[sink] == usize::MAX {
                return Some(flow);
            }
            let mut next = self.last.clone();
            loop {
                let sent = self.augment(source, sink, &level, &mut next)?;
                if sent == 0 {
                    break;
                }
                flow += sent;
            }
        }
    }

    /// The nodes on the source's side of the smallest cut that a maximum flow leaves.
    pub(crate) fn reachable(&self, source: usize) -> Vec<bool> {
        self.levels(source).into_iter().map(|level| level != usize::MAX).collect()
    }

    fn levels(&self, source: usize) -> Vec<usize> {
        let mut level = vec![usize::MAX; self.last.len()];
        level[source] = 0;
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for to in self.open_from(node) {
                if level[to] == usize::MAX {
                    level[to] = level[node] + 1;
                    queue.push_back(to);
                }
            }
        }
        level
    }

    /// Sends along one path that goes up a level with each arc; 0 where there is none left, `None` where it takes too many looks.
    fn augment(&mut self, source: usize, sink: usize, level: &[usize], next: &mut [u32]) -> Option<i128> {
        let mut path: Vec<usize> = Vec::new();
        let mut node = source;
        while node != sink {
            self.looks = self.looks.checked_sub(1)?;
            if next[node] == NONE {
                let Some(back) = path.pop() else { return Some(0) };
                node = self.to[back ^ 1] as usize;
                next[node] = self.previous[next[node] as usize];
                continue;
            }
            let arc = next[node] as usize;
            let to = self.to[arc] as usize;
            if self.room[arc] > 0 && level[to] == level[node] + 1 {
                path.push(arc);
                node = to;
            } else {
                next[node] = self.previous[arc];
            }
        }
        let sent = path.iter().map(|&arc| self.room[arc]).min().unwrap_or(0);
        for arc in path {
            if self.room[arc] < i128::MAX {
                self.room[arc] -= sent;
            }
            self.room[arc ^ 1] = self.room[arc ^ 1].saturating_add(sent);
        }
        Some(sent)
    }
}
