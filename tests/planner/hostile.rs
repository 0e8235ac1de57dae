//! Catalogues made to be hard: hundreds of alternatives that all interact, with an optimum that mathematics knows and no search here
//! will prove.
//!
//! The topics are the points of the affine space over three elements, and of every line (three points that sum to nothing) one has to be
//! learned. What need not be learned is a *cap set*, a set without a line. The largest have 4, 9, 20, 45 and 112 points in 2, 3, 4, 5 and
//! 6 dimensions (Pellegrino 1970 for the third, Edel, Ferret, Landjev and Storme 2002 for the fourth, Potechin 2008 for the last), so the
//! least hours are 3ⁿ less these. The same systems are known among solvers as the Steiner triple covering problems (Fulkerson, Nemhauser
//! and Trotter 1974).

use waymark_planner::draft::{
    Draft, EntryDraft, LevelDraft, Origin, RoleDraft, TopicDraft, USUAL_POPULARITY,
};
use waymark_planner::units::{Hours, Proficiency};
use waymark_planner::{Catalog, Request, Roadmap, plan, testing};

/// The point that makes a line of two: the three sum to nothing, digit by digit.
fn third(dimensions: u32, a: usize, b: usize) -> usize {
    let digit = |place: u32, point: usize| point / 3_usize.pow(place) % 3;
    (0..dimensions).map(|place| (6 - digit(place, a) - digit(place, b)) % 3 * 3_usize.pow(place)).sum()
}

fn lines(dimensions: u32) -> Vec<[usize; 3]> {
    let points = 3_usize.pow(dimensions);
    let pairs = (0..points).flat_map(|a| (a + 1..points).map(move |b| (a, b)));
    let line = |(a, b)| [a, b, third(dimensions, a, b)];
    pairs.map(line).filter(|[_, b, c]| c > b).collect()
}

fn affine_space(dimensions: u32) -> Catalog {
    let topic = |point: usize| TopicDraft {
        aliases: Vec::new(),
        slug: format!("p{point}").into(),
        title: format!("P{point}"),
        names: Vec::new(),
        area: "area".to_owned().into(),
        summary: String::new(),
        elective: None,
        popularity: USUAL_POPULARITY.into(),
        links: Vec::new(),
        levels: vec![LevelDraft {
            aliases: Vec::new(),
            level: Proficiency::Working.into(),
            hours: 1.0.into(),
            outcome: String::new(),
            practice: None,
            requires: Vec::new(),
            recommends: Vec::new(),
        }],
    };
    let entry = |line: [usize; 3]| EntryDraft {
        any_of: line.map(|point| format!("p{point}@WORKING").into()).to_vec(),
        weight: 1.into(),
        reason: None,
        origin: Origin::default(),
    };
    let role = RoleDraft {
        aliases: Vec::new(),
        slug: "role".to_owned().into(),
        title: "Role".into(),
        summary: String::new(),
        after: None,
        requires: lines(dimensions).into_iter().map(entry).collect(),
    };
    let topics = (0..3_usize.pow(dimensions)).map(topic).collect();
    Catalog::new(Draft { topics, roles: vec![role], ..testing::draft("") }).unwrap()
}

fn planned(catalog: &Catalog) -> Roadmap {
    let request = Request { to: catalog.role("role"), ..testing::request(6.0) };
    plan(catalog, request).unwrap()
}

#[test]
fn a_hostile_catalogue_gets_an_honest_bound() {
    for (dimensions, cap) in [(2, 4), (3, 9), (4, 20), (5, 45), (6, 112)] {
        let catalog = affine_space(dimensions);
        let least = Hours::from_millionths((3_u64.pow(dimensions) - cap) * 1_000_000);
        let roadmap = planned(&catalog);
        assert!(roadmap.lower_bound <= least && least <= roadmap.hours, "{dimensions} dimensions");
        assert!(!roadmap.is_proven_minimal() || roadmap.hours == least);
        // What is found without a proof is good all the same.
        assert!(roadmap.hours.as_f64() <= 1.1 * least.as_f64(), "{dimensions}: {:?}", roadmap.hours);
        if dimensions <= 3 {
            assert!(roadmap.is_proven_minimal(), "{dimensions} dimensions");
        }
    }
}
