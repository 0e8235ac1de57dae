//! Why there is no roadmap: which requirement, by which chain, and the wishes to reconsider.

use crate::catalog::Catalog;
use crate::closure::{Avoidance, Compiled, Need, Reach, StepSet, Terms, Unreachable};
use crate::ids::{StepId, TopicId};
use crate::known::Known;
use crate::meter::Meter;
use crate::request::Request;

/// Larger sets of wishes than this are not tried one by one; a smallest one is then one that no wish can be dropped from.
const MOST_TRIED: usize = 3;
/// Nor are so many sets of one size.
const MOST_TRIES: usize = 5_000;

/// Each of the two searches for a conflict may take one part in so many of the effort. A conflict is found all the same, but a smaller one may
/// be missed.
const SHARE: u64 = 8;

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
    meter: &Meter,
) -> NoRoadmap {
    let avoided = request.avoid.iter().map(|&topic| Wish::Avoid(topic));
    let wishes: Vec<Wish> = avoided.chain(request.prefer.iter().map(|&topic| Wish::Prefer(topic))).collect();
    let limit = || meter.visits().saturating_add(request.effort.0 / SHARE);
    let fixed = Reach::new(catalog, needs, known);
    let question = Question { catalog, known: Knowledge::Fixed(&fixed), needs, meter, limit: limit() };
    let conflict = question.smallest(&wishes);
    // The assumed steps depend on the wishes too. That seldom matters, and takes a search for each set of wishes.
    let exact = Question { known: Knowledge::Of(request), limit: limit(), ..question };
    let conflict = if exact.is_irreducible(&conflict) { conflict } else { exact.smallest(&wishes) };
    let Unreachable { need, chain } = exact.blocked(&conflict, request).unwrap_or(found);
    NoRoadmap { need, chain, conflict }
}

/// The known steps under some wishes.
#[derive(Clone, Copy)]
enum Knowledge<'a> {
    /// Always the same.
    Fixed(&'a Reach),
    /// Those of a request with these wishes.
    Of(&'a Request),
}

#[derive(Clone, Copy)]
struct Question<'a> {
    catalog: &'a Catalog,
    known: Knowledge<'a>,
    needs: &'a [Need],
    meter: &'a Meter,
    /// The visits at which nothing further is tried.
    limit: u64,
}

impl Question<'_> {
    /// A set that no wish can be dropped from, or a smaller one: all sets of few wishes are tried, smallest first.
    fn smallest(&self, wishes: &[Wish]) -> Vec<Wish> {
        let irreducible = self.irreducible(wishes.to_vec());
        let sizes = 0..irreducible.len().min(MOST_TRIED + 1);
        for size in sizes.take_while(|&size| tries(wishes.len(), size) <= MOST_TRIES) {
            let mut tried = subsets(wishes, size).take_while(|_| !self.is_spent());
            if let Some(found) = tried.find(|subset| self.is_ruled_out(subset)) {
                return found;
            }
        }
        irreducible
    }

    /// Whether some wishes rule the target out, and not without any one of them.
    fn is_irreducible(&self, wishes: &[Wish]) -> bool {
        let without =
            |dropped: &Wish| -> Vec<Wish> { wishes.iter().copied().filter(|wish| wish != dropped).collect() };
        let mut tried = wishes.iter().take_while(|_| !self.is_spent());
        self.is_ruled_out(wishes) && !tried.any(|wish| self.is_ruled_out(&without(wish)))
    }

    fn irreducible(&self, mut wishes: Vec<Wish>) -> Vec<Wish> {
        // A preference widens as well as it narrows, so a pass can open what an earlier one could not: until nothing drops.
        loop {
            let before = wishes.len();
            for wish in wishes.clone() {
                if self.is_spent() {
                    return wishes;
                }
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
        let (prefer, avoid) = topics(wishes);
        match self.known {
            Knowledge::Fixed(reach) => !reach.meets_all(&prefer, &avoid, self.meter),
            Knowledge::Of(request) => {
                let known = self.known_under(request, &prefer, &avoid);
                self.meter.count(self.needs.len() as u64);
                !Reach::new(self.catalog, self.needs, &known).meets_all(&prefer, &avoid, self.meter)
            }
        }
    }

    fn blocked(&self, wishes: &[Wish], request: &Request) -> Option<Unreachable> {
        let (prefer, avoid) = topics(wishes);
        let known = self.known_under(request, &prefer, &avoid);
        let (catalog, avoidance) = (self.catalog, Avoidance::Never);
        let terms = Terms { catalog, known: &known, prefer: &prefer, avoid: &avoid, avoidance };
        Compiled::new(self.needs, &terms).err()
    }

    fn known_under(&self, request: &Request, prefer: &[TopicId], avoid: &[TopicId]) -> StepSet {
        let (prefer, avoid) = (prefer.to_vec(), avoid.to_vec());
        Known::of(self.catalog, &Request { prefer, avoid, ..request.clone() }, self.meter).steps
    }

    fn is_spent(&self) -> bool {
        self.meter.visits() >= self.limit
    }
}

/// The topics to prefer and to avoid, ascending as the wishes are.
fn topics(wishes: &[Wish]) -> (Vec<TopicId>, Vec<TopicId>) {
    let topics = |pick: fn(&Wish) -> Option<TopicId>| wishes.iter().filter_map(pick).collect();
    (
        topics(|wish| if let Wish::Prefer(topic) = wish { Some(*topic) } else { None }),
        topics(|wish| if let Wish::Avoid(topic) = wish { Some(*topic) } else { None }),
    )
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
