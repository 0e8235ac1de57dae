use super::*;
use crate::testing::{draft, step};

#[test]
fn lists_are_kept_in_one_order() {
    let mut shuffled = draft("b@W:2 b@A:1 a@W:3(b@W|b@A)");
    shuffled.topics.reverse();
    assert_eq!(Catalog::new(shuffled), Catalog::new(draft("a@W:3(b@A|b@W) b@A:1 b@W:2")));
}

#[test]
fn the_lower_level_is_required_first_and_once() {
    let catalog = Catalog::new(draft("a@W:1 b@A:1 b@W:2(a@W b@A)")).unwrap();
    let names: Vec<_> = catalog
        .requires(step(&catalog, "b@WORKING"))
        .map(|entry| catalog.any_of(entry).iter().map(|&s| catalog.step_name(s)).collect::<Vec<_>>())
        .collect();
    assert_eq!(names, [["b@AWARE"], ["a@WORKING"]]);
}

#[test]
fn unlocks_is_the_mirror_of_requires() {
    let catalog = Catalog::new(draft("a@W:1 b@W:1 c@W:1(a@W|b@W) d@W:1(a@W)")).unwrap();
    let unlocked = |name| {
        catalog.unlocks(step(&catalog, name)).iter().map(|&s| catalog.step_name(s)).collect::<Vec<_>>()
    };
    assert_eq!(unlocked("a@WORKING"), ["c@WORKING", "d@WORKING"]);
    assert_eq!(unlocked("b@WORKING"), ["c@WORKING"]);
}

#[test]
fn a_cycle_is_found_through_any_alternative_and_through_levels() {
    let problems = Catalog::new(draft("a@W:1(b@W|c@W) b@A:1(a@W) b@W:1 c@W:1")).unwrap_err();
    let path = ["a@WORKING", "b@WORKING", "b@AWARE"].map(str::to_owned).to_vec();
    assert_eq!(problems.into_iter().map(|p| p.fault).collect::<Vec<_>>(), [Fault::PrerequisiteCycle(path)]);
}

#[test]
fn all_faults_are_reported_together() {
    let faults: Vec<_> = Catalog::new(draft("a@W:0(x@W) b@W:1(a@E) b-@W:1()"))
        .unwrap_err()
        .into_iter()
        .map(|problem| problem.fault)
        .collect();
    assert_eq!(
        faults,
        [
            Fault::MalformedSlug(Kind::Topic, "b-".into()),
            Fault::HoursOutOfRange(0.0),
            Fault::Unknown(Kind::Topic, "x".into()),
            Fault::UndefinedLevel("a".into(), Proficiency::Expert, vec![Proficiency::Working]),
            Fault::EmptyAny,
        ]
    );
}

#[test]
fn a_ladder_has_one_root_and_no_loop() {
    let mut draft = draft("a@W:1");
    for (slug, after) in [("one", None), ("two", None), ("three", Some("four")), ("four", Some("three"))] {
        draft.roles.push(crate::testing::role(slug, after, ""));
    }
    let faults: Vec<_> = Catalog::new(draft).unwrap_err().into_iter().map(|problem| problem.fault).collect();
    assert_eq!(
        faults,
        [
            Fault::SecondRoot("two".into(), "one".into()),
            Fault::LadderLoop(vec!["three".into(), "four".into()]),
        ]
    );
}

#[test]
fn a_catalogue_is_that_of_its_draft() {
    let mut written = draft("b@W:2.5 b@A:1(a@W) a@W:0.333333(c@E|c@W) c@W:1 c@E:1000000000");
    written.roles = vec![
        crate::testing::role("senior", Some("junior"), "a@W*3 a@W*3 b@W|c@W"),
        crate::testing::role("junior", None, ""),
    ];
    for draft in [written, crate::testing::generator::generate(1_500, 7)] {
        let catalog = Catalog::new(draft).unwrap();
        assert_eq!(Catalog::new(Draft::from(&catalog)), Ok(catalog));
    }
}
