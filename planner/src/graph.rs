//! Graphs over small integers: no domain, no recursion. Successors are given as a function, so that a test can use any graph.

use std::collections::{BinaryHeap, HashMap, VecDeque};

use crate::ids::small;

/// The nodes `0..n` in an order in which each comes after all its `predecessors`, smallest number first among those that could
/// come next in a depth-first walk; `None` where there is a cycle.
///
/// O(V + E) time, O(V) memory (Tarjan 1976, with an explicit stack).
pub fn topological_order<'a, F>(n: usize, predecessors: F) -> Option<Vec<usize>>
where
    F: Fn(usize) -> &'a [u32],
{
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut mark = vec![Mark::New; n];
    let mut order = Vec::with_capacity(n);
    let mut stack: Vec<(usize, usize)> = Vec::new();
    for root in 0..n {
        if mark[root] != Mark::New {
            continue;
        }
        mark[root] = Mark::Open;
        stack.push((root, 0));
        while let Some((node, next)) = stack.pop() {
            let Some(&before) = predecessors(node).get(next) else {
                mark[node] = Mark::Done;
                order.push(node);
                continue;
            };
            stack.push((node, next + 1));
            let before = before as usize;
            match mark[before] {
                Mark::New => {
                    mark[before] = Mark::Open;
                    stack.push((before, 0));
                }
                Mark::Open => return None,
                Mark::Done => {}
            }
        }
    }
    Some(order)
}

/// One shortest cycle for each group of nodes that lie on common cycles, as the path of its nodes from the smallest on (the way
/// back to it left out), in the order of their smallest nodes. Empty where the graph has none.
///
/// O(V + E) for the components (Tarjan 1972, iterative), and a breadth-first search in each.
pub fn cycles(successors: &[Vec<u32>]) -> Vec<Vec<usize>> {
    let component = strong_components(successors);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); component.iter().max().map_or(0, |max| max + 1)];
    for (node, &c) in component.iter().enumerate() {
        members[c].push(node);
    }
    members.retain(|nodes| nodes.len() > 1 || successors[nodes[0]].contains(&small(nodes[0])));
    let mut found: Vec<_> =
        members.iter().filter_map(|nodes| shortest_cycle(successors, &component, nodes[0])).collect();
    found.sort();
    found
}

/// The shortest cycle through `start`, which stays within its component.
fn shortest_cycle(successors: &[Vec<u32>], component: &[usize], start: usize) -> Option<Vec<usize>> {
    let mut came_from = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for next in successors[node].iter().map(|&next| next as usize) {
            if next == start {
                let mut path = vec![node];
                while let Some(&last) = path.last().filter(|&&last| last != start) {
                    path.push(came_from[&last]);
                }
                path.reverse();
                return Some(path);
            }
            if component[next] == component[start] {
                came_from.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    node
                });
            }
        }
    }
    None
}

/// For each node the number of its strongly connected component.
pub(crate) fn strong_components(successors: &[Vec<u32>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let n = successors.len();
    let (mut index, mut low, mut component) = (vec![UNSEEN; n], vec![UNSEEN; n], vec![UNSEEN; n]);
    let (mut clock, mut components) = (0, 0);
    let mut path: Vec<usize> = Vec::new();
    let mut stack: Vec<(usize, usize)> = Vec::new();
    for root in 0..n {
        if index[root] == UNSEEN {
            stack.push((root, 0));
        }
        while let Some((node, next)) = stack.pop() {
            if next == 0 {
                index[node] = clock;
                low[node] = clock;
                clock += 1;
                path.push(node);
            }
            if let Some(&after) = successors[node].get(next) {
                let after = after as usize;
                stack.push((node, next + 1));
                if index[after] == UNSEEN {
                    stack.push((after, 0));
                } else if component[after] == UNSEEN {
                    low[node] = low[node].min(index[after]);
                }
                continue;
            }
            if low[node] == index[node] {
                while let Some(member) = path.pop() {
                    component[member] = components;
                    if member == node {
                        break;
                    }
                }
                components += 1;
            }
            if let Some(&(parent, _)) = stack.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    component
}

/// The edges the other way round, ascending.
pub(crate) fn reversed(edges: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut reversed = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate() {
        for &to in to {
            reversed[to as usize].push(small(from));
        }
    }
    reversed
}

/// For each node how many others come after it, directly or not. `order` has each node after its `predecessors`.
///
/// For every 128 nodes one sweep backwards over what leads to any of them, a bit for each: at most O(V·(V log V + E) / 128) time, far
/// less where parts of the graph do not meet; O(V) memory.
pub(crate) fn descendants(predecessors: &[Vec<u32>], order: &[usize]) -> Vec<u32> {
    let mut place = vec![0; predecessors.len()];
    order.iter().enumerate().for_each(|(at, &node)| place[node] = at);
    let mut count = vec![0u32; predecessors.len()];
    let mut reached = vec![0u128; predecessors.len()];
    // Latest in the order first: by then all that comes after it has handed its bits on.
    let mut sweep: BinaryHeap<usize> = BinaryHeap::new();
    for first in (0..order.len()).step_by(128) {
        for (bit, at) in (first..order.len().min(first + 128)).enumerate() {
            reached[order[at]] = 1 << bit;
            sweep.push(at);
        }
        while let Some(at) = sweep.pop() {
            let bits = std::mem::take(&mut reached[order[at]]);
            count[order[at]] += bits.count_ones();
            for before in predecessors[order[at]].iter().map(|&before| before as usize) {
                if reached[before] == 0 {
                    sweep.push(place[before]);
                }
                reached[before] |= bits;
            }
        }
    }
    // Each has found itself.
    for &node in order {
        count[node] -= 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predecessors_come_first() {
        let before: [&[u32]; 4] = [&[2, 3], &[], &[1], &[1, 2]];
        assert_eq!(topological_order(4, |node| before[node]), Some(vec![1, 2, 3, 0]));
    }

    #[test]
    fn a_cycle_has_no_order() {
        let before: [&[u32]; 3] = [&[1], &[2], &[0]];
        assert_eq!(topological_order(3, |node| before[node]), None);
    }

    #[test]
    fn each_tangle_gives_its_shortest_cycle() {
        // 0 → 1 → 2 → 0 with a detour 1 → 3 → 2, a loop at 4, and 5 → 0 on no cycle.
        let graph = [vec![1], vec![3, 2], vec![0], vec![2], vec![4], vec![0]];
        assert_eq!(cycles(&graph), vec![vec![0, 1, 2], vec![4]]);
    }

    #[test]
    fn descendants_are_counted_once_each() {
        // 2 → 0, 1 → 0, 3 → 2, 3 → 1: from 3 to 0 lead two ways.
        let before = [vec![1, 2], vec![3], vec![3], vec![]];
        assert_eq!(descendants(&before, &[3, 1, 2, 0]), vec![0, 1, 1, 3]);
    }

    #[test]
    fn a_deep_chain_has_more_descendants_than_a_word_has_bits() {
        let before: Vec<Vec<u32>> = (0..300u32).map(|i| i.checked_sub(1).into_iter().collect()).collect();
        let order: Vec<usize> = (0..300).collect();
        assert_eq!(descendants(&before, &order), (0..300).rev().collect::<Vec<u32>>());
    }

    #[test]
    fn a_deep_chain_needs_no_deep_stack() {
        let chain: Vec<Vec<u32>> = (0..200_000u32).map(|i| vec![i + 1]).chain([vec![]]).collect();
        assert!(cycles(&chain).is_empty());
        assert_eq!(topological_order(chain.len(), |i| &chain[i]).map(|order| order[0]), Some(200_000));
    }
}
