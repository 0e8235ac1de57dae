use waymark_planner::draft::CoverDraft;
use waymark_planner::testing;
use waymark_planner::units::Proficiency;

use super::*;

/// Two topics that need each other's kind of thing, a ladder, and a book.
fn catalog() -> Catalog {
    let mut draft = testing::draft("a@W:1 b@W:2(a@W) b@P:3 c@W:4(b@W|a@W) d@P:5");
    draft.areas.push(AreaDraft { slug: at("zone"), ..draft.areas[0].clone() });
    draft.roles = vec![
        testing::role("junior", None, "a@W*2 b@W"),
        testing::role("senior", Some("junior"), "c@W b@P*3"),
    ];
    let cover = |step: &str| CoverDraft { step: at(step), hours: 9.0.into(), fit: 3.into(), section: None };
    let mut book = testing::generator::generate(1, 1).resources.remove(0);
    book.slug = at("book");
    book.covers = vec![cover("a@WORKING"), cover("b@WORKING")];
    book.made_for = vec![at("b"), at("d")];
    draft.resources = vec![book];
    Catalog::new(draft).unwrap()
}

fn at(text: &str) -> At<String> {
    text.to_owned().into()
}

/// A text of the edit, at a place of its own.
fn here(text: &str) -> At<String> {
    At::new(text.to_owned(), Origin(7))
}

fn here_number(number: i64) -> At<i64> {
    At::new(number, Origin(7))
}

fn rename(kind: Kind, slug: &str, to: &str) -> Edit {
    Edit::Rename(kind, Rename { slug: here(slug), to: here(to) })
}

fn retire(kind: Kind, slug: &str, replacement: Option<&str>) -> Edit {
    Edit::Retire(kind, Retire { slug: here(slug), replacement: replacement.map(here) })
}

fn entry(any_of: &[&str]) -> EntryDraft {
    EntryDraft {
        any_of: any_of.iter().map(|step| here(step)).collect(),
        weight: 1.into(),
        reason: None,
        origin: Origin(7),
    }
}

fn named(steps: &[&str]) -> At<Vec<String>> {
    At::new(steps.iter().map(|&step| step.to_owned()).collect(), Origin(7))
}

/// The draft after one edit on the catalogue.
fn after(edit: &Edit) -> Draft {
    let edited = edited(&catalog(), &[At::new(edit.clone(), Origin(1))]).unwrap();
    let draft = apply(Draft::from(&catalog()), edit).unwrap();
    assert_eq!(Catalog::new(draft.clone()), Ok(edited));
    draft
}

fn mistakes(edits: &[Edit]) -> Vec<(u32, Wrong, String)> {
    let placed: Vec<_> = (1..).zip(edits).map(|(i, edit)| At::new(edit.clone(), Origin(i))).collect();
    let mistakes = edited(&catalog(), &placed).unwrap_err();
    mistakes.into_iter().map(|mistake| (mistake.origin.0, mistake.wrong, mistake.message)).collect()
}

fn mistake(edit: Edit) -> (u32, Wrong, String) {
    let [only] = &mistakes(&[edit])[..] else { panic!("one mistake") };
    only.clone()
}

fn texts(values: &[At<String>]) -> Vec<&str> {
    values.iter().map(|value| &*value.value).collect()
}

/// The requirements of a step or a role, with those after `|` being ways.
fn required(entries: &[EntryDraft]) -> Vec<String> {
    let words = |entry: &EntryDraft| format!("{}*{}", texts(&entry.any_of).join("|"), entry.weight.value);
    entries.iter().map(words).collect()
}

fn topic<'a>(draft: &'a Draft, slug: &str) -> &'a TopicDraft {
    draft.topics.iter().find(|topic| topic.slug.value == slug).unwrap()
}

#[test]
fn what_is_created_is_there_once() {
    let area = AreaDraft { slug: here("new"), ..Draft::from(&catalog()).areas[0].clone() };
    assert_eq!(after(&Edit::CreateArea(area.clone())).areas.last(), Some(&area));
    let taken = AreaDraft { slug: here("zone"), ..area };
    assert_eq!(
        mistake(Edit::CreateArea(taken)),
        (7, Wrong::Duplicate, "Another area has the slug \"zone\": choose a different one.".into())
    );
}

#[test]
fn a_level_is_added_to_its_topic() {
    let level = |level| LevelDraft {
        level: At::new(level, Origin(8)),
        ..topic(&Draft::from(&catalog()), "a").levels[0].clone()
    };
    let draft = after(&Edit::CreateStep(here("a"), level(Proficiency::Expert)));
    assert_eq!(topic(&draft, "a").levels.len(), 2);
    let (place, wrong, _) = mistake(Edit::CreateStep(here("a"), level(Proficiency::Working)));
    assert_eq!((place, wrong), (8, Wrong::Duplicate));
    let (place, wrong, message) = mistake(Edit::CreateStep(here("aa"), level(Proficiency::Working)));
    assert_eq!((place, wrong), (7, Wrong::Unknown));
    assert_eq!(message, "There is no topic \"aa\". Did you mean \"a\"?");
}

#[test]
fn what_is_given_changes_and_the_rest_stays() {
    let change = TopicChange {
        slug: here("a"),
        aliases: None,
        title: Some("Other".into()),
        names: Some(vec!["A1".into()]),
        area: Some(here("zone")),
        summary: None,
        elective: Some(Some("Worth it.".into())),
        popularity: Some(here_number(70)),
        links: None,
    };
    let before = Draft::from(&catalog());
    let after = after(&Edit::ChangeTopic(change));
    let expected = TopicDraft {
        title: "Other".into(),
        area: here("zone"),
        names: vec!["A1".into()],
        elective: Some("Worth it.".into()),
        popularity: here_number(70),
        ..topic(&before, "a").clone()
    };
    assert_eq!(topic(&after, "a"), &expected);
    assert_eq!((after.topics.len(), &after.roles), (before.topics.len(), &before.roles));
}

#[test]
fn a_value_out_of_range_is_told_at_its_place() {
    let change = StepChange {
        step: here("a@WORKING"),
        hours: Some(At::new(0.0, Origin(9))),
        outcome: None,
        practice: None,
        requires: None,
        recommends: None,
    };
    let message = "0 hours: give more than 0 and at most 1000000000.";
    assert_eq!(mistake(Edit::ChangeStep(change)), (9, Wrong::OutOfRange, message.into()));
}

#[test]
fn what_refers_to_a_renamed_thing_follows() {
    let draft = after(&rename(Kind::Topic, "b", "z"));
    assert_eq!(texts(&topic(&draft, "z").aliases), ["b"]);
    assert_eq!(required(&topic(&draft, "c").levels[0].requires), ["a@WORKING|z@WORKING*1"]);
    assert_eq!(required(&draft.roles[1].requires), ["z@PROFICIENT*3", "c@WORKING*1"]);
    assert_eq!(draft.resources[0].covers[1].step.value, "z@WORKING");
    assert_eq!(texts(&draft.resources[0].made_for), ["z", "d"]);
    let draft = after(&retire(Kind::Topic, "b", Some("d")));
    assert_eq!(texts(&draft.resources[0].made_for), ["d"], "it is made for the heir already");

    let draft = after(&rename(Kind::Role, "junior", "first"));
    assert_eq!(draft.roles[1].after, Some(at("first")));
    let draft = after(&rename(Kind::Area, "area", "field"));
    assert!(draft.topics.iter().all(|topic| topic.area.value == "field"));
}

#[test]
fn a_former_name_can_be_taken_back_by_its_owner_alone() {
    let draft = apply(Draft::from(&catalog()), &rename(Kind::Topic, "b", "z")).unwrap();
    let taken = apply(draft.clone(), &rename(Kind::Topic, "a", "b")).unwrap_err();
    assert_eq!(taken.message, "The topic \"z\" was called \"b\" before: choose a different slug.");
    // By either name.
    let back = apply(draft, &rename(Kind::Topic, "b", "b")).unwrap();
    assert_eq!(texts(&topic(&back, "b").aliases), ["z"]);
}

#[test]
fn a_replacement_stands_in_for_what_is_retired() {
    let draft = after(&retire(Kind::Topic, "b", Some("d")));
    assert_eq!(texts(&topic(&draft, "d").aliases), ["b"]);
    // The lowest level that is at least as high.
    assert_eq!(required(&topic(&draft, "c").levels[0].requires), ["a@WORKING|d@PROFICIENT*1"]);
    assert_eq!(required(&draft.roles[0].requires), ["a@WORKING*2", "d@PROFICIENT*1"]);
    assert_eq!(draft.resources[0].covers[1].step.value, "d@PROFICIENT");

    // The highest where none is; what is asked for twice is asked for once, and as much as before.
    let draft = after(&retire(Kind::Topic, "b", Some("a")));
    assert_eq!(required(&topic(&draft, "c").levels[0].requires), ["a@WORKING*1"]);
    assert_eq!(required(&draft.roles[0].requires), ["a@WORKING*2"]);
    assert_eq!(draft.resources[0].covers.len(), 1);
}

#[test]
fn a_replacement_does_not_require_itself() {
    let draft = after(&retire(Kind::Topic, "a", Some("b")));
    assert_eq!(required(&topic(&draft, "b").levels[0].requires), [""; 0]);
    let (place, wrong, _) = mistake(retire(Kind::Topic, "a", Some("a")));
    assert_eq!((place, wrong), (7, Wrong::Invalid));
}

#[test]
fn who_still_refers_to_what_is_retired_is_named() {
    assert_eq!(
        mistake(retire(Kind::Topic, "b", None)),
        (
            7,
            Wrong::InUse,
            "These still refer to the topic \"b\": the step c@WORKING, the role \"junior\", the role \"senior\", the resource \"book\". \
             Name a replacement, or change them first."
                .into()
        )
    );
    assert_eq!(mistake(retire(Kind::Role, "junior", None)).1, Wrong::InUse);
    let (_, wrong, message) = mistake(retire(Kind::Area, "area", None));
    assert_eq!(wrong, Wrong::InUse);
    assert!(
        message.contains("the topic \"a\", the topic \"b\", the topic \"c\", the topic \"d\""),
        "{message}"
    );
    assert_eq!(after(&retire(Kind::Area, "zone", None)).areas.len(), 1);
    assert_eq!(after(&retire(Kind::Resource, "book", None)).resources.len(), 0);
}

#[test]
fn a_role_is_replaced_on_the_ladder() {
    let draft = after(&retire(Kind::Role, "junior", Some("senior")));
    assert_eq!((draft.roles.len(), &draft.roles[0].after), (1, &None));
    assert_eq!(texts(&draft.roles[0].aliases), ["junior"]);
}

#[test]
fn a_step_is_replaced_by_another() {
    let step = |slug: &str, by: Option<&str>| {
        Edit::RetireStep(Retire { slug: here(slug), replacement: by.map(here) })
    };
    let draft = after(&step("b@WORKING", Some("d@PROFICIENT")));
    assert_eq!(texts(&topic(&draft, "d").levels[0].aliases), ["b@WORKING"]);
    assert_eq!(required(&draft.roles[0].requires), ["a@WORKING*2", "d@PROFICIENT*1"]);
    let (place, wrong, message) = mistake(step("b@PROFICIENT", None));
    assert_eq!((place, wrong), (7, Wrong::InUse));
    assert!(
        message.starts_with("These still refer to the step b@PROFICIENT: the role \"senior\"."),
        "{message}"
    );
    let (_, wrong, message) = mistake(step("a@WORKING", None));
    assert_eq!(wrong, Wrong::Invalid);
    assert_eq!(message, "It is the only level of the topic \"a\": retire the topic.");
}

#[test]
fn a_requirement_is_named_by_its_steps_in_any_order() {
    let owner = Owner::Requires(here("c@WORKING"));
    let draft = after(&Edit::RemoveRequirement(owner.clone(), named(&["a@WORKING", "b@WORKING"])));
    assert!(topic(&draft, "c").levels[0].requires.is_empty());
    let change = RequirementChange {
        any_of: Some(At::new(vec![here("d@PROFICIENT")], Origin(7))),
        weight: None,
        reason: None,
    };
    let draft = after(&Edit::ChangeRequirement(owner.clone(), named(&["b@WORKING", "a@WORKING"]), change));
    assert_eq!(required(&topic(&draft, "c").levels[0].requires), ["d@PROFICIENT*1"]);
    let (place, wrong, message) = mistake(Edit::RemoveRequirement(owner, named(&["a@WORKING"])));
    assert_eq!((place, wrong), (7, Wrong::Unknown));
    assert_eq!(
        message,
        "The step c@WORKING requires a@WORKING or b@WORKING: name one of these by its steps."
    );
}

#[test]
fn a_requirement_is_added_once() {
    let draft = after(&Edit::AddRequirement(Owner::Recommends(here("a@WORKING")), entry(&["d@PROFICIENT"])));
    assert_eq!(required(&topic(&draft, "a").levels[0].recommends), ["d@PROFICIENT*1"]);
    let again = Edit::AddRequirement(Owner::Role(here("junior")), entry(&["b@WORKING"]));
    assert_eq!(mistake(again).1, Wrong::Duplicate);
}

#[test]
fn a_cycle_is_told_with_its_path_at_the_requirement_that_closes_it() {
    let edit =
        Edit::AddRequirement(Owner::Requires(here("a@WORKING")), entry(&["c@WORKING", "d@PROFICIENT"]));
    let (place, wrong, message) = mistake(edit);
    assert_eq!((place, wrong), (7, Wrong::Cycle));
    assert_eq!(
        message,
        "The requirements would run in a circle: a@WORKING → c@WORKING → a@WORKING, each requires the next."
    );
    // One that a replacement closes is told there.
    let chain = Catalog::new(testing::draft("a@W:1 b@W:1(a@W) c@W:1(b@W)")).unwrap();
    let by = Retire { slug: here("a"), replacement: Some(At::new("c".to_owned(), Origin(8))) };
    let mistakes = edited(&chain, &[At::new(Edit::Retire(Kind::Topic, by), Origin(1))]).unwrap_err();
    assert_eq!((mistakes[0].origin, mistakes[0].wrong), (Origin(8), Wrong::Cycle));
    assert_eq!(mistakes[0].circle, ["b@WORKING", "c@WORKING"]);
}

#[test]
fn edits_are_made_one_after_the_other_and_judged_together() {
    let area = AreaDraft { slug: here("new"), ..Draft::from(&catalog()).areas[0].clone() };
    let edits = [
        retire(Kind::Area, "area", Some("new")),
        Edit::CreateArea(area),
        retire(Kind::Area, "area", Some("new")),
        retire(Kind::Role, "junior", None),
    ];
    assert_eq!(mistakes(&edits)[0].2, "There is no area \"new\".");
    let edits = [
        edits[1].clone(),
        edits[2].clone(),
        edits[3].clone(),
        Edit::ChangeRole(RoleChange {
            slug: here("senior"),
            aliases: None,
            title: None,
            summary: None,
            after: Some(None),
            requires: None,
        }),
    ];
    let placed: Vec<_> = edits.into_iter().map(At::from).collect();
    let edited = edited(&catalog(), &placed).unwrap();
    assert_eq!(edited.roles().len(), 1);
    assert_eq!(edited.areas().len(), 2);
}

#[test]
fn former_slugs_can_be_taken_away_and_not_added() {
    let renamed = after(&rename(Kind::Topic, "a", "a2"));
    let renamed = apply(renamed, &rename(Kind::Topic, "a2", "a3")).unwrap();
    let change = |kept: &[&str]| {
        Edit::ChangeTopic(TopicChange {
            slug: here("a3"),
            aliases: Some(kept.iter().map(|&alias| At::new(alias.to_owned(), Origin(9))).collect()),
            title: None,
            names: None,
            area: None,
            summary: None,
            elective: None,
            popularity: None,
            links: None,
        })
    };
    let kept = |kept: &[&str]| {
        let draft = apply(renamed.clone(), &change(kept)).unwrap();
        texts(&topic(&draft, "a3").aliases).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(kept(&["a2", "a"]), ["a", "a2"]);
    assert_eq!(kept(&["a2"]), ["a2"]);
    assert_eq!(kept(&[]), [""; 0]);
    let mistake = apply(renamed.clone(), &change(&["a", "other"])).unwrap_err();
    assert_eq!((mistake.origin, mistake.wrong), (Origin(9), Wrong::Unknown));
    assert_eq!(
        mistake.message,
        "\"other\" is no former slug of it: only those that it has can stay, and these are a, a2."
    );
}
