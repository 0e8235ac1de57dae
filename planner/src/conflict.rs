//! Why there is no roadmap: which requirement, by which chain, and the wishes to reconsider.

use crate::catalog::Catalog;
use crate::closure::{Avoidance, Need, StepSet, Terms, Unreachable, is_reachable};
use crate::ids::{StepId, TopicId};
use crate::known::Known;
use crate::request::Request;

/// Larger sets of wishes than this are not tried one by one; a smallest one is then one that no wish can be dropped from.
const MOST_TRIED: usize = 3;

/// No set of steps reaches what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRoadmap {
    /// The requirement that can't be met.
    pub need: Need,
    /// The way down to what stands against it: steps each of which requires the next, the first one of the requirement's.
    pub chain: Vec<StepId>,
    /// Wishes that together rule it out: with any one of them dropped, the others would leave a way.
    pub conflict: Vec<Wish>,
}

/// A wish that narrows the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// A topic not to be taken.
    Avoid(TopicId),
    /// A topic to be taken wherever it is offered.
    Prefer(TopicId),
}

/// A smallest conflict, and the requirement that it rules out.
pub(crate) fn explain(
    catalog: &Catalog,
    request: &Request,
    known: &StepSet,
    needs: &[Need],
    found: Unreachable,
) -> NoRoadmap {
    let avoided = request.avoid.iter().map(|&topic| Wish::Avoid(topic));
    let wishes: Vec<Wish> = avoided.chain(request.prefer.iter().map(|&topic| Wish::Prefer(topic))).collect();
    let question = Question { catalog, known: Knowledge::Fixed(known), needs };
    let conflict = question.smallest(&wishes);
    // The assumed steps depend on the wishes too. That seldom matters, and takes a search for each set of wishes.
    let exact = Question { known: Knowledge::Of(request), ..question };
    let conflict = if exact.is_irreducible(&conflict) { conflict } else { exact.smallest(&wishes) };
    let Unreachable { need, chain } = exact.blocked(&conflict).unwrap_or(found);
    NoRoadmap { need, chain, conflict }
}

/// The known steps under some wishes.
#[derive(Clone, Copy)]
enum Knowledge<'a> {
    /// Always the same.
    Fixed(&'a StepSet),
    /// Those of a request with these wishes.
    Of(&'a Request),
}

#[derive(Clone, Copy)]
struct Question<'a> {
    catalog: &'a Catalog,
    known: Knowledge<'a>,
    needs: &'a [Need],
}

impl Question<'_> {
    /// First all sets of few wishes, smallest first; then, from all wishes, each dropped that is not needed.
    fn smallest(&self, wishes: &[Wish]) -> Vec<Wish> {
        let small = (0..=MOST_TRIED.min(wishes.len())).take_while(|&size| tries(wishes.len(), size) <= 5_000);
        for size in small {
            if let Some(found) = subsets(wishes, size).find(|subset| self.is_ruled_out(subset)) {
                return found;
            }
        }
        self.irreducible(wishes.to_vec())
    }

    /// Whether some wishes rule the target out, and not without any one of them.
    fn is_irreducible(&self, wishes: &[Wish]) -> bool {
        let without =
            |dropped: &Wish| -> Vec<Wish> { wishes.iter().copied().filter(|wish| wish != dropped).collect() };
        self.is_ruled_out(wishes) && !wishes.iter().any(|wish| self.is_ruled_out(&without(wish)))
    }

    fn irreducible(&self, mut wishes: Vec<Wish>) -> Vec<Wish> {
        // A preference widens as well as it narrows, so a pass can open what an earlier one could not: until nothing drops.
        loop {
            let before = wishes.len();
            for wish in wishes.clone() {
                let rest: Vec<_> = wishes.iter().copied().filter(|other| *other != wish).collect();
                if self.is_ruled_out(&rest) {
                    wishes = rest;
                }
            }
            if wishes.len() == before {
                return wishes;
            }
        }
    }

    fn is_ruled_out(&self, wishes: &[Wish]) -> bool {
        self.with_terms(wishes, |terms| !is_reachable(self.needs, terms))
    }

    fn blocked(&self, wishes: &[Wish]) -> Option<Unreachable> {
        self.with_terms(wishes, |terms| crate::closure::Compiled::new(self.needs, terms).err())
    }

    fn with_terms<T>(&self, wishes: &[Wish], ask: impl FnOnce(&Terms<'_>) -> T) -> T {
        let topics = |pick: fn(&Wish) -> Option<TopicId>| wishes.iter().filter_map(pick).collect::<Vec<_>>();
        let avoid = topics(|wish| if let Wish::Avoid(topic) = wish { Some(*topic) } else { None });
        let prefer = topics(|wish| if let Wish::Prefer(topic) = wish { Some(*topic) } else { None });
        let catalog = self.catalog;
        let ask = |known: &StepSet| {
            ask(&Terms { catalog, known, prefer: &prefer, avoid: &avoid, avoidance: Avoidance::Never })
        };
        match self.known {
            Knowledge::Fixed(known) => ask(known),
            Knowledge::Of(request) => {
                let request = Request { prefer: prefer.clone(), avoid: avoid.clone(), ..request.clone() };
                ask(&Known::of(catalog, &request).steps)
            }
        }
    }
}

/// The number of subsets of a size.
fn tries(n: usize, size: usize) -> usize {
    (0..size).fold(1usize, |count, i| count.saturating_mul(n - i) / (i + 1))
}

/// The subsets of a size, in lexicographic order.
fn subsets(wishes: &[Wish], size: usize) -> impl Iterator<Item = Vec<Wish>> {
    let n = wishes.len();
    let mut next: Option<Vec<usize>> = (size <= n).then(|| (0..size).collect());
    std::iter::from_fn(move || {
        let current = next.take()?;
        let subset = current.iter().map(|&i| wishes[i]).collect();
        next = (0..size).rev().find(|&i| current[i] < n - size + i).map(|i| {
            let mut following = current.clone();
            following[i] += 1;
            for j in i + 1..size {
                following[j] = following[j - 1] + 1;
            }
            following
        });
        Some(subset)
    })
}
