use super::*;
use crate::draft::Origin;
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

/// `b` was `a`, its WORKING stands in for `c@EXPERT`, and whatever can refers to them by these names.
fn renamed() -> Draft {
    let mut draft = draft("b@A:1 b@W:2 d@W:1(a@W) e@W:1(c@E|a@A)");
    draft.topics[0].aliases = vec!["old-b".to_owned().into(), "a".to_owned().into()];
    draft.topics[0].levels[1].aliases = vec!["c@EXPERT".to_owned().into()];
    draft.areas[0].aliases = vec!["field".to_owned().into()];
    draft.topics[1].area = "field".to_owned().into();
    draft.roles = vec![
        crate::testing::role("one", None, "a@W"),
        crate::testing::role("two", Some("first"), "c@E*3 d@W"),
    ];
    draft.roles[0].aliases = vec!["first".to_owned().into()];
    draft
}

#[test]
fn what_refers_to_a_former_name_refers_to_what_has_taken_its_place() {
    let catalog = Catalog::new(renamed()).unwrap();
    let mut plain = draft("b@A:1 b@W:2 d@W:1(b@W) e@W:1(b@W|b@A)");
    let roles = [("one", None, "b@W"), ("two", Some("one"), "b@W*3 d@W")];
    plain.roles = roles.map(|(slug, after, requires)| crate::testing::role(slug, after, requires)).to_vec();
    let of_names = |catalog: &Catalog| {
        let names = |entry| catalog.any_of(entry).iter().map(|&s| catalog.step_name(s)).collect::<Vec<_>>();
        let steps = catalog.steps().ids().map(|step| catalog.requires(step).map(names).collect::<Vec<_>>());
        let roles = catalog.roles().ids().map(|role| catalog.role_requires(role).map(names).collect());
        (
            steps.chain(roles).collect::<Vec<_>>(),
            catalog.roles().ids().map(|r| catalog.ladder(r)).collect::<Vec<_>>(),
        )
    };
    assert_eq!(of_names(&catalog), of_names(&Catalog::new(plain).unwrap()));
}

#[test]
fn former_names_find_what_has_them() {
    let catalog = Catalog::new(renamed()).unwrap();
    assert_eq!(catalog.topic("a"), catalog.topic("b"));
    assert_eq!(catalog.topic("old-b"), catalog.topic("b"));
    assert_eq!(catalog.area("field"), catalog.area("area"));
    assert_eq!(catalog.role("first"), catalog.role("one"));
    assert_eq!((catalog.topic("c"), catalog.resource("a")), (None, None));
    assert_eq!(catalog.topics()[catalog.topic("b").unwrap()].aliases, ["a".into(), "old-b".into()]);
    let named = |topic, level| catalog.step_named(topic, level).map(|step| catalog.step_name(step));
    assert_eq!(named("a", Proficiency::Aware).as_deref(), Some("b@AWARE"));
    assert_eq!(named("c", Proficiency::Expert).as_deref(), Some("b@WORKING"));
    assert_eq!(named("a", Proficiency::Expert), None);
}

#[test]
fn an_alias_is_nobodys_name() {
    let mut draft = renamed();
    draft.topics[1].aliases = ["b", "a", "A", "free"].map(|alias| alias.to_owned().into()).to_vec();
    let taken = ["b@AWARE", "c@EXPERT", "b@EXPERT", "c", "c@MASTER"];
    draft.topics[1].levels[0].aliases = taken.map(|alias| alias.to_owned().into()).to_vec();
    let faults: Vec<_> = Catalog::new(draft).unwrap_err().into_iter().map(|problem| problem.fault).collect();
    let none = Origin::default();
    assert_eq!(
        faults,
        [
            Fault::TakenAlias(Kind::Topic, "b".into(), none),
            Fault::TakenAlias(Kind::Topic, "a".into(), none),
            Fault::MalformedSlug(Kind::Topic, "A".into()),
            Fault::TakenStep("b@AWARE".into(), none),
            Fault::TakenStep("c@EXPERT".into(), none),
            Fault::MalformedStep("c".into()),
            Fault::UnknownLevel("c@MASTER".into()),
        ]
    );
}

#[test]
fn cycles_and_levels_are_seen_through_aliases() {
    let mut draft = draft("b@W:1(d@W) d@W:1(a@W) e@W:1(a@E)");
    draft.topics[0].aliases = vec!["a".to_owned().into()];
    let faults: Vec<_> = Catalog::new(draft).unwrap_err().into_iter().map(|problem| problem.fault).collect();
    assert_eq!(
        faults,
        [
            Fault::UndefinedLevel("b".into(), Proficiency::Expert, vec![Proficiency::Working]),
            Fault::PrerequisiteCycle(vec!["b@WORKING".into(), "d@WORKING".into()]),
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
