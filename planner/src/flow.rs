//! Maximum flow (Dinic 1970) over whole numbers: O(V²·E) at worst, far less on the shallow networks here.

use std::collections::VecDeque;

/// A network of arcs with capacities; node numbers are the caller's.
pub(crate) struct Network {
    /// For each node its arcs; the arc `i ^ 1` is the way back of arc `i`.
    arcs_of: Vec<Vec<usize>>,
    to: Vec<usize>,
    room: Vec<i128>,
}

impl Network {
    /// Nodes `0..n` without arcs.
    pub(crate) fn new(n: usize) -> Self {
        Self { arcs_of: vec![Vec::new(); n], to: Vec::new(), room: Vec::new() }
    }

    /// Adds an arc; a capacity of `i128::MAX` is never used up.
    pub(crate) fn arc(&mut self, from: usize, to: usize, capacity: i128) {
        for (from, to, room) in [(from, to, capacity), (to, from, 0)] {
            self.arcs_of[from].push(self.to.len());
            self.to.push(to);
            self.room.push(room);
        }
    }

    /// The largest flow, which the network then carries.
    pub(crate) fn max_flow(&mut self, source: usize, sink: usize) -> i128 {
        let mut flow = 0;
        loop {
            let level = self.levels(source);
            if level[sink] == usize::MAX {
                return flow;
            }
            let mut next = vec![0; self.arcs_of.len()];
            loop {
                let sent = self.augment(source, sink, &level, &mut next);
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
        let mut level = vec![usize::MAX; self.arcs_of.len()];
        level[source] = 0;
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for &arc in &self.arcs_of[node] {
                if self.room[arc] > 0 && level[self.to[arc]] == usize::MAX {
                    level[self.to[arc]] = level[node] + 1;
                    queue.push_back(self.to[arc]);
                }
            }
        }
        level
    }

    /// Sends along one path that goes up a level with each arc; 0 where there is none left.
    fn augment(&mut self, source: usize, sink: usize, level: &[usize], next: &mut [usize]) -> i128 {
        let mut path: Vec<usize> = Vec::new();
        let mut node = source;
        while node != sink {
            let arc = self.arcs_of[node].get(next[node]).copied();
            match arc {
                Some(arc) if self.room[arc] > 0 && level[self.to[arc]] == level[node] + 1 => {
                    path.push(arc);
                    node = self.to[arc];
                }
                Some(_) => next[node] += 1,
                None => {
                    let Some(back) = path.pop() else { return 0 };
                    node = self.to[back ^ 1];
                    next[node] += 1;
                }
            }
        }
        let sent = path.iter().map(|&arc| self.room[arc]).min().unwrap_or(0);
        for arc in path {
            if self.room[arc] < i128::MAX {
                self.room[arc] -= sent;
            }
            self.room[arc ^ 1] = self.room[arc ^ 1].saturating_add(sent);
        }
        sent
    }
}
