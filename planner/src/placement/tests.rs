//! Tests of placement on small catalogues. Its quality on the curated one is tested in `tests/planner`.

use super::*;
use crate::testing;

fn asked(catalog: &Catalog, goals: &[&str], answers: &[(&str, Answer)]) -> PlacementRequest {
    let step = |name: &&str| testing::step(catalog, name);
    PlacementRequest {
        from: None,
        to: None,
        goals: goals.iter().map(step).collect(),
        prefer: Vec::new(),
        avoid: Vec::new(),
        answers: answers.iter().map(|(name, answer)| (step(name), *answer)).collect(),
        most_questions: 30,
        effort: Effort::default(),
    }
}

/// A chain of three steps, and one on its own.
fn chain() -> Catalog {
    testing::catalog("a@W:10 b@W:10(a@W) c@W:10(b@W) d@W:10 other@W:5", &[])
}

#[test]
fn a_step_that_is_known_brings_what_it_requires() {
    let catalog = chain();
    let placed = place(
        &catalog,
        &asked(&catalog, &["c@WORKING", "d@WORKING"], &[("c@WORKING", Answer::Yes)]),
        &Meter::default(),
    )
    .unwrap();
    for name in ["a@WORKING", "b@WORKING", "c@WORKING"] {
        assert!(placed.skills.contains(&testing::step(&catalog, name)), "{name}");
    }
    assert_eq!(placed.asked, 1);
}

#[test]
fn a_step_that_is_not_known_takes_what_stands_on_it() {
    let catalog = chain();
    let placed =
        place(&catalog, &asked(&catalog, &["c@WORKING"], &[("a@WORKING", Answer::No)]), &Meter::default())
            .unwrap();
    assert_eq!(placed.skills, []);
}

#[test]
fn nothing_is_asked_twice_and_the_questions_end() {
    let catalog = chain();
    let mut request = asked(&catalog, &["c@WORKING", "d@WORKING"], &[]);
    while let Some(next) = place(&catalog, &request, &Meter::default()).unwrap().next {
        assert!(request.answers.iter().all(|&(step, _)| step != next));
        request.answers.push((next, Answer::Unsure));
    }
    assert!(request.answers.len() <= 4);
}

#[test]
fn no_more_is_asked_than_may_be() {
    let catalog = chain();
    let few = PlacementRequest {
        most_questions: 1,
        ..asked(&catalog, &["c@WORKING", "d@WORKING"], &[("a@WORKING", Answer::Yes)])
    };
    let placed = place(&catalog, &few, &Meter::default()).unwrap();
    assert_eq!((placed.next, placed.expected_left), (None, 0));
}

#[test]
fn an_answer_about_a_step_that_is_not_in_question_says_nothing() {
    let catalog = chain();
    let with = place(
        &catalog,
        &asked(&catalog, &["c@WORKING"], &[("other@WORKING", Answer::Yes)]),
        &Meter::default(),
    )
    .unwrap();
    assert_eq!(with, place(&catalog, &asked(&catalog, &["c@WORKING"], &[]), &Meter::default()).unwrap());
    assert_eq!(with.asked, 0);
}

#[test]
fn without_anything_to_learn_nothing_is_in_question() {
    let catalog = chain();
    let placed = place(&catalog, &asked(&catalog, &[], &[]), &Meter::default()).unwrap();
    assert_eq!((placed.next, placed.skills.len(), placed.gaps.len()), (None, 0, 0));
    assert!((placed.settled_share - 1.0).abs() < 1e-9);
}
