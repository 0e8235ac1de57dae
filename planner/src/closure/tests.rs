use super::*;
use crate::testing::{catalog, step};

/// The least hours by trying every set of steps: the plainest solver there is.
fn exhaustive(needs: &[Need], terms: &Terms<'_>) -> Option<u64> {
    let steps: Vec<_> =
        terms.catalog.steps().ids().filter(|s| !terms.known.contains(s) && !terms.avoids(*s)).collect();
    let holds = |set: &StepSet, any_of: &[StepId]| match terms.offer(any_of) {
        None => true,
        Some(offer) => offer.iter().any(|step| set.contains(step)),
    };
    (0u32..1 << steps.len())
        .filter_map(|bits| {
            let set: StepSet =
                (0..).zip(&steps).filter(|(i, _)| bits >> i & 1 == 1).map(|(_, s)| *s).collect();
            let closed =
                set.iter().all(|&s| terms.catalog.requires(s).all(|e| holds(&set, terms.catalog.any_of(e))));
            let reaches = needs.iter().all(|need| holds(&set, need.any_of(terms.catalog)));
            (closed && reaches)
                .then(|| set.iter().map(|&s| terms.catalog.steps()[s].hours.millionths()).sum())
        })
        .min()
}

fn terms<'a>(catalog: &'a Catalog, known: &'a StepSet) -> Terms<'a> {
    Terms { catalog, known, prefer: &[], avoid: &[], avoidance: Avoidance::Never }
}

#[test]
fn a_shared_way_beats_two_cheap_ones() {
    let catalog = catalog("x@W:3 y@W:3 z@W:4 p@W:1(x@W|z@W) q@W:1(y@W|z@W)", &[]);
    let known = StepSet::default();
    let needs = ["p@WORKING", "q@WORKING"].map(|name| Need::Goal(step(&catalog, name)));
    let solution = Compiled::new(&needs, &terms(&catalog, &known)).unwrap().least(&mut Fuel(1 << 20));
    assert_eq!((solution.hours.as_f64(), solution.lower.as_f64()), (6.0, 6.0));
    assert_eq!(solution.hours.millionths(), exhaustive(&needs, &terms(&catalog, &known)).unwrap());
}
