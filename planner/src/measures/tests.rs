//! The worked examples of Curricular Analytics, counted by hand.

use super::*;
use crate::testing::{catalog, step};
use crate::units::{Day, Hours};
use crate::{Pace, Request, plan};

/// Blocking factor, delay factor, centrality and complexity of each node of edges such as `A>B`, by letter from A on.
fn counted(nodes: usize, edges: &str) -> Vec<(u32, u32, u128, u64)> {
    let mut before = vec![Vec::new(); nodes];
    for (from, to) in edges.split_whitespace().map(|edge| edge.split_once('>').unwrap()) {
        let number = |letter: &str| u32::from(letter.as_bytes()[0] - b'A');
        before[number(to) as usize].push(number(from));
    }
    let all = of_graph(&before);
    all.iter().map(|m| (m.blocking_factor, m.delay_factor, m.centrality, m.complexity())).collect()
}

fn total(measures: &[(u32, u32, u128, u64)]) -> u64 {
    measures.iter().map(|m| m.3).sum()
}

/// Part (a) of the figures on the page *Metrics* of the documentation of the authors' toolbox, CurricularAnalytics.jl.
#[test]
fn a_course_that_opens_two_branches() {
    // A → B → D, A → C. Reached: A: B C D; B: D. Longest: A B D through A, B and D; A C through C. Between the ends stands B alone,
    // on A B D.
    let found = counted(4, "A>B A>C B>D");
    assert_eq!(found, [(3, 3, 0, 6), (1, 3, 3, 4), (0, 2, 0, 2), (0, 3, 0, 3)]);
    assert_eq!(total(&found), 15);
}

/// Part (b) of the same figures.
#[test]
fn a_course_that_joins_two_branches() {
    // A → C → D, B → C. Reached: A: C D; B: C D; C: D. All lie on a path of three. C stands between the ends, on A C D and B C D.
    let found = counted(4, "A>C B>C C>D");
    assert_eq!(found, [(2, 3, 0, 5), (2, 3, 0, 5), (1, 3, 6, 4), (0, 3, 0, 3)]);
    assert_eq!(total(&found), 17);
}

/// The curriculum *Underwater Basket Weaving* of the toolbox, with two electives that nothing hangs on; the toolbox's tests state
/// the same numbers.
#[test]
fn a_curriculum_with_electives() {
    // A → C, B → C, D → C, C → E, D → F; G and H alone. Reached: A: C E; B: C E; C: E; D: C E F. Longest: three through A, B, C, D, E;
    // D F through F; G and H stand alone. C stands on A C E, B C E, D C E: 9. Blocking 8 and delay 19 in all.
    let found = counted(8, "A>C B>C D>C C>E D>F");
    let expected = [
        (2, 3, 0, 5),
        (2, 3, 0, 5),
        (1, 3, 9, 4),
        (3, 3, 0, 6),
        (0, 3, 0, 3),
        (0, 2, 0, 2),
        (0, 1, 0, 1),
        (0, 1, 0, 1),
    ];
    assert_eq!(found, expected);
    assert_eq!(total(&found), 27);
}

/// The curriculum *Postmodern Basket Weaving* of the toolbox; its tests state the same numbers.
#[test]
fn a_curriculum_in_which_paths_meet_and_part() {
    // A → B → D, A → C → D, C → E, D → F, D → G → F. The paths from end to end: A B D F, A B D G F, A C D F, A C D G F, A C E of 4, 5, 4,
    // 5, 3 courses. So B: 4 + 5; C: 4 + 5 + 3; D: 4 + 5 + 4 + 5; G: 5 + 5. Blocking 16 and delay 33 in all.
    let found = counted(7, "A>B A>C B>D C>D C>E D>F D>G G>F");
    let expected = [
        (6, 5, 0, 11),
        (3, 5, 9, 8),
        (4, 5, 12, 9),
        (2, 5, 18, 7),
        (0, 3, 0, 3),
        (0, 5, 0, 5),
        (1, 5, 10, 6),
    ];
    assert_eq!(found, expected);
    assert_eq!(total(&found), 49);
}

#[test]
fn nothing_has_no_complexity_and_no_path() {
    assert_eq!((complexity(&[]), longest_path(&[])), (0, 0));
}

#[test]
fn more_paths_than_a_number_holds_are_the_largest_number() {
    // 150 squares in a row: 2^150 paths.
    let square = |i: u32| {
        let last = if i == 0 { vec![] } else { vec![3 * i - 1, 3 * i - 2] };
        [last, vec![3 * i], vec![3 * i]]
    };
    let found = of_graph(&(0..150).flat_map(square).collect::<Vec<_>>());
    assert_eq!(found[225].centrality, u128::MAX);
    assert_eq!((found[0].blocking_factor, longest_path(&found)), (449, 300));
}

#[test]
fn in_the_catalogue_each_alternative_counts_once() {
    // b needs a in two ways; d needs b or c.
    let catalog = catalog("a@W:1 b@W:1(a@W a@W|e@W) c@W:1(a@W) d@W:1(b@W|c@W) e@W:1", &[]);
    let measures = of_catalog(&catalog);
    let of = |name| {
        let measures = measures[step(&catalog, name)];
        (measures.blocking_factor, measures.delay_factor, measures.centrality)
    };
    assert_eq!(of("a@WORKING"), (3, 3, 0));
    // On a b d and e b d.
    assert_eq!(of("b@WORKING"), (1, 3, 6));
    assert_eq!(of("d@WORKING"), (0, 3, 0));
    assert_eq!((complexity(&measures), longest_path(&measures)), (7 + 15, 3));
}

#[test]
fn on_a_roadmap_only_what_is_taken_counts() {
    // Of b and c the roadmap takes b alone, so nothing hangs on c, and a has fewer steps after it than in the catalogue.
    let catalog = catalog("a@W:1 b@W:1(a@W) c@W:9(a@W) d@W:1(b@W|c@W)", &[]);
    let pace = Pace {
        hours_per_week: Hours::positive(7.0).unwrap(),
        start: Day(0),
        finish_by: None,
        pauses: Vec::new(),
    };
    let request = Request { goals: vec![step(&catalog, "d@WORKING")], ..Request::new(pace) };
    let roadmap = plan(&catalog, request).unwrap();
    let measures = roadmap.measures();
    let of: Vec<_> = measures.iter().map(|m| (m.blocking_factor, m.delay_factor, m.centrality)).collect();
    assert_eq!(of, [(2, 3, 0), (1, 3, 3), (0, 3, 0)]);
    assert_eq!((complexity(&measures), longest_path(&measures)), (12, 3));
    assert_eq!(of_catalog(&catalog)[step(&catalog, "a@WORKING")].blocking_factor, 3);
}
