use waymark_planner::draft::CoverDraft;
use waymark_planner::testing;

use super::*;
use crate::catalog::edit::{Edit, Owner, Retire, apply};

const STEPS: &str = "a@W:1 b@W:2(a@W) b@P:3 c@W:4(b@W|a@W)";

fn draft() -> Draft {
    let mut draft = testing::draft(STEPS);
    draft.roles = vec![testing::role("junior", None, "a@W*2 b@W")];
    draft
}

/// What is different, one thing a line.
fn told(before: Draft, after: Draft) -> Vec<String> {
    let all = diff(&Catalog::new(before).unwrap(), &Catalog::new(after).unwrap());
    let line = |difference: &Difference| {
        let level = difference.level.map(|level| format!("@{level}")).unwrap_or_default();
        let fields = difference.fields.iter().map(|field| {
            let [before, after] = [&field.before, &field.after].map(|value| value.as_deref().unwrap_or("-"));
            format!("; {}: {before} > {after}", field.name)
        });
        let former = difference.former.as_ref().map(|former| format!(" from {former}")).unwrap_or_default();
        let (what, change) = (difference.what, difference.change);
        format!("{change:?} {what:?} {}{level}{former}{}", difference.slug, fields.collect::<String>())
    };
    all.iter().map(line).collect()
}

#[test]
fn equal_catalogues_do_not_differ() {
    let mut shuffled = draft();
    shuffled.topics.reverse();
    assert_eq!(told(draft(), shuffled), [""; 0]);
}

#[test]
fn what_is_new_gone_or_otherwise_is_told_thing_by_thing() {
    let mut after = draft();
    after.topics[0].title = "Alpha".into();
    after.topics[1].levels.remove(1);
    after.topics[2].levels[0].hours = 4.5.into();
    after.roles[0].requires.remove(0);
    after.topics.extend(testing::draft("d@A:1").topics);
    assert_eq!(
        told(draft(), after),
        [
            "Changed Topic a; title: A > Alpha",
            "Added Topic d",
            "Removed Step b@PROFICIENT",
            "Changed Step c@WORKING; hours: 4 > 4.5",
            "Added Step d@AWARE",
            "Changed Role junior; requires: a@WORKING (weight 2), b@WORKING > b@WORKING",
        ]
    );
}

#[test]
fn what_a_role_asked_for_is_told_where_it_goes() {
    let mut before = draft();
    before.roles.push(testing::role("senior", Some("junior"), "c@W*3 b@P"));
    let retire = Retire { slug: "senior".to_owned().into(), replacement: Some("junior".to_owned().into()) };
    let after = apply(before.clone(), &Edit::Retire(Kind::Role, retire)).unwrap();
    assert_eq!(
        told(before, after),
        [
            "Changed Role junior; aliases: - > senior",
            "Removed Role senior; requires: b@PROFICIENT, c@WORKING (weight 3) > -",
        ]
    );
}

#[test]
fn values_with_commas_are_told_apart() {
    let authors = |names: &[&str]| {
        let mut draft = draft();
        let mut book = testing::generator::generate(1, 1).resources.remove(0);
        book.slug = "book".to_owned().into();
        book.covers = vec![CoverDraft {
            step: "a@WORKING".to_owned().into(),
            hours: 9.0.into(),
            fit: 3.into(),
            section: Some("Parts I, II".into()),
        }];
        book.authors = names.iter().map(ToString::to_string).collect();
        draft.resources = vec![book];
        draft
    };
    assert_eq!(
        told(authors(&["Doe, Jane"]), authors(&["Doe", "Jane"])),
        [r#"Changed Resource book; authors: "Doe, Jane" > Doe, Jane"#]
    );
    assert_eq!(
        told(authors(&["A. Author", r#"Jane "J" Doe"#]), authors(&["A. Author"])),
        [r#"Changed Resource book; authors: A. Author, "Jane \"J\" Doe" > A. Author"#]
    );
    let mut other = authors(&["Doe"]);
    other.resources[0].covers[0].hours = 8.0.into();
    assert_eq!(
        told(authors(&["Doe"]), other),
        [r#"Changed Resource book; covers: "a@WORKING (9 h: Parts I, II)" > "a@WORKING (8 h: Parts I, II)""#]
    );
}

#[test]
fn a_requirement_is_told_by_its_owner() {
    let entry = testing::role("x", None, "c@W").requires.remove(0);
    let after =
        apply(draft(), &Edit::AddRequirement(Owner::Requires("b@PROFICIENT".to_owned().into()), entry));
    assert_eq!(told(draft(), after.unwrap()), ["Changed Step b@PROFICIENT; requires: - > c@WORKING"]);
}

#[test]
fn a_rename_is_one_difference_and_what_refers_to_it_none() {
    let rename = Rename { slug: "b".to_owned().into(), to: "z".to_owned().into() };
    let after = apply(draft(), &Edit::Rename(Kind::Topic, rename)).unwrap();
    assert_eq!(told(draft(), after.clone()), ["Renamed Topic z from b"]);
    assert_eq!(told(after.clone(), draft()), ["Renamed Topic b from z"]);
    let rename = Rename { slug: "z".to_owned().into(), to: "y".to_owned().into() };
    let later = apply(after, &Edit::Rename(Kind::Topic, rename)).unwrap();
    assert_eq!(told(draft(), later), ["Renamed Topic y from b"]);
}
