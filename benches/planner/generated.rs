//! Generated catalogues and requests: see `waymark_planner::testing::generator`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use waymark_planner::testing::{self, generator};
use waymark_planner::units::Proficiency;
use waymark_planner::{Catalog, Request, Roadmap, plan};

pub(crate) const SEED: u64 = 7;

/// The generated catalogue of a size, made once.
pub(crate) fn catalog(steps: usize) -> &'static Catalog {
    static MADE: Mutex<BTreeMap<usize, &'static Catalog>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(steps).or_insert_with(|| {
        Box::leak(Box::new(Catalog::new(generator::generate(steps, SEED)).expect("generated without faults")))
    })
}

/// To the top of the ladder: the same few hundred steps in a catalogue of any size.
pub(crate) fn to_the_top(catalog: &Catalog) -> Request {
    Request { to: catalog.role(generator::ROLES[3]), ..testing::request(6.0) }
}

/// A goal in each of so many areas: what is relevant grows, the catalogue does not.
pub(crate) fn to_areas(catalog: &Catalog, areas: usize) -> Request {
    let highest = |area: usize| {
        let area = catalog.area(&format!("area-{area:04}"))?;
        let topic = catalog.topics().ids().rfind(|&topic| catalog.topics()[topic].area == area)?;
        Proficiency::ALL.iter().rev().find_map(|&level| catalog.step(topic, level))
    };
    Request { goals: (0..areas).filter_map(highest).collect(), ..testing::request(6.0) }
}

/// The roadmap: there is one for everything.
pub(crate) fn planned(catalog: &Catalog, request: Request) -> Roadmap {
    plan(catalog, request).expect("generated catalogues have a roadmap for everything")
}
