use std::sync::Arc;

use proptest::prelude::*;
use waymark_planner::testing;

use super::*;

fn snapshot() -> Arc<Snapshot> {
    Snapshot::new(1, testing::catalog("a@W:5 b@W:4(a@W) c@W:12(b@W) d@W:3", &[]))
}

fn asked(snapshot: &Snapshot) -> (Request, ResourceWishes) {
    let step = |name: &str| testing::step(&snapshot.catalog, name);
    let mut request = testing::request(6.5);
    request.goals = vec![step("c@WORKING"), step("d@WORKING")];
    request.skills = vec![step("a@WORKING")];
    request.early = vec![step("d@WORKING")];
    request.prefer = vec![snapshot.catalog.steps()[step("b@WORKING")].topic];
    request.pace.start = Day(-3);
    request.pace.finish_by = Some(Day(20_000));
    request.pace.pauses = vec![(Day(5), Day(9)), (Day(1), Day(2))];
    let wishes = ResourceWishes {
        languages: vec!["de".to_owned(), "*".to_owned()],
        free_only: true,
        prefer_kinds: vec![ResourceKind::Book, ResourceKind::Course],
        budget: Some(Price::from_cents(12_345)),
        ..ResourceWishes::default()
    };
    (request.normalised(), wishes)
}

fn sorted(mut wishes: ResourceWishes) -> ResourceWishes {
    wishes.languages.sort();
    wishes.prefer_kinds.sort();
    wishes
}

fn found(id: &ID, snapshot: &Snapshot) -> Option<(Request, ResourceWishes)> {
    decode(id, snapshot, Effort::default()).map(|(request, wishes)| (request, sorted(wishes)))
}

#[test]
fn an_id_names_its_question() {
    let snapshot = snapshot();
    let (request, wishes) = asked(&snapshot);
    let id = encode(&snapshot.catalog, &request, &wishes);
    assert_eq!(found(&id, &snapshot), Some((request.clone(), sorted(wishes))));
    let usual = ResourceWishes::default();
    let shorter = encode(&snapshot.catalog, &request, &usual);
    assert!(shorter.len() < id.len());
    assert_eq!(found(&shorter, &snapshot), Some((request, usual)));
}

#[test]
fn the_order_of_lists_has_no_meaning_and_everything_else_has() {
    let snapshot = snapshot();
    let (request, wishes) = asked(&snapshot);
    let id = |request: &Request, wishes: &ResourceWishes| encode(&snapshot.catalog, request, wishes);
    let mut turned = request.clone();
    turned.goals.reverse();
    turned.pace.pauses.reverse();
    let mut turned_wishes = wishes.clone();
    turned_wishes.languages.reverse();
    turned_wishes.prefer_kinds.reverse();
    assert_eq!(id(&turned, &turned_wishes), id(&request, &wishes));
    let others = [
        (Request { gaps: request.goals.clone(), ..request.clone() }, wishes.clone()),
        (Request { skills: Vec::new(), ..request.clone() }, wishes.clone()),
        (
            Request { pace: Pace { finish_by: None, ..request.pace.clone() }, ..request.clone() },
            wishes.clone(),
        ),
        (Request { pace: Pace { start: Day(3), ..request.pace.clone() }, ..request.clone() }, wishes.clone()),
        (request.clone(), ResourceWishes { budget: None, ..wishes.clone() }),
        (request.clone(), ResourceWishes { budget: Some(Price::FREE), ..wishes.clone() }),
    ];
    let mut ids: Vec<ID> = others.iter().map(|(request, wishes)| id(request, wishes)).collect();
    ids.push(id(&request, &wishes));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), others.len() + 1);
}

#[test]
fn an_id_of_what_is_not_there_any_more_names_nothing() {
    let snapshot = snapshot();
    let (request, wishes) = asked(&snapshot);
    let id = encode(&snapshot.catalog, &request, &wishes);
    let after = Snapshot::new(2, testing::catalog("a@W:5 b@W:4(a@W) c@W:12(b@W)", &[]));
    assert_eq!(found(&id, &after), None);
}

#[test]
fn an_id_has_a_longest_length() {
    let names: Vec<String> = (0..6_000).map(|i| format!("t{i}@W:1")).collect();
    let snapshot = Snapshot::new(1, testing::catalog(&names.join(" "), &[]));
    let request = Request { goals: snapshot.catalog.steps().ids().collect(), ..testing::request(6.0) };
    let id = encode(&snapshot.catalog, &request, &ResourceWishes::default());
    assert!(id.len() < 100);
    assert_eq!(found(&id, &snapshot), None);
    let fewer = Request { goals: snapshot.catalog.steps().ids().take(4_000).collect(), ..request };
    let id = encode(&snapshot.catalog, &fewer, &ResourceWishes::default());
    assert!(id.len() <= LONGEST);
    assert!(found(&id, &snapshot).is_some());
}

#[test]
fn the_id_of_a_step_is_short_however_long_that_of_its_roadmap() {
    let (one, other) = (ID::from("x".repeat(LONGEST)), ID::from("y"));
    assert!(of_step(&one, "a@WORKING").len() < 100);
    assert_ne!(of_step(&one, "a@WORKING"), of_step(&other, "a@WORKING"));
    assert_ne!(of_step(&one, "a@WORKING"), of_step(&one, "b@WORKING"));
}

proptest! {
    /// Whatever somebody makes up is either the id of a question or nothing: nothing panics, and no two ids name one question.
    #[test]
    fn made_up_ids_name_nothing_or_what_would_be_called_so(at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
        let snapshot = snapshot();
        let (request, wishes) = asked(&snapshot);
        let mut bytes = URL_SAFE_NO_PAD.decode(encode(&snapshot.catalog, &request, &wishes).as_bytes()).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(cut.index(2 * bytes.len()));
        let id = ID::from(URL_SAFE_NO_PAD.encode(&bytes));
        if let Some((request, wishes)) = decode(&id, &snapshot, Effort::default()) {
            prop_assert_eq!(encode(&snapshot.catalog, &request, &wishes), id);
        }
    }
}
