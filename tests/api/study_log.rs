//! Long logs: pages, progress and forecasts are those that all entries of the log give.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Datelike as _, Days, NaiveDate};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use uuid::Uuid;
use waymark_entity::study;

use crate::app::{App, Client, Hand};

const TODAY: &str = "2027-06-16"; // a Wednesday

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

fn of(client: &Client<'_>, id: &Value, selection: &str) -> Value {
    let query = format!("query Q($id: ID!) {{ savedRoadmap(id: $id) {{ {selection} }} }}");
    let answer = client.ask_with(&query, &json!({ "id": id }));
    assert_eq!(answer.get("errors"), None, "{selection}");
    answer["data"]["savedRoadmap"].clone()
}

/// A new roadmap, its key, and its steps.
fn roadmap(client: &Client<'_>) -> (Value, (Uuid, Uuid), Vec<Value>) {
    let id = client.saves(&json!({ "to": "architect", "hoursPerWeek": 6 }));
    let key = (client.asker().who.unwrap().id, key_of(&id));
    let steps = of(client, &id, "version { steps { nodes { topic level } } }");
    (id, key, steps["version"]["steps"]["nodes"].as_array().unwrap().clone())
}

/// The key in a global id.
fn key_of(id: &Value) -> Uuid {
    let text = URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap();
    String::from_utf8(text).unwrap().split(':').nth(1).unwrap().parse().unwrap()
}

/// Entries of some days, counted back from today: each on a step, or on none.
fn entries(
    random: &mut StdRng,
    (learner, roadmap): (Uuid, Uuid),
    steps: &[Value],
    days: impl IntoIterator<Item = u64>,
) -> Vec<study::Model> {
    let entry = |ago| {
        let step = random.random_bool(0.8).then(|| steps[random.random_range(0..steps.len())].clone());
        let part = |name: &str| step.as_ref().map(|step| step[name].as_str().unwrap().to_owned());
        study::Model {
            learner_id: learner,
            id: Uuid::from_u128(random.random()),
            roadmap_id: roadmap,
            topic: part("topic"),
            level: part("level"),
            studied_on: today() - Days::new(ago),
            hours_millionths: random.random_range(1..=5_000_000),
            note: None,
            logged_at: "2027-06-01T12:00:00Z".parse().unwrap(),
        }
    };
    days.into_iter().map(entry).collect()
}

#[allow(clippy::cast_precision_loss)] // far below the numbers that it does not have
fn hours(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

/// How many days, or weeks, there are without a gap until now or the one before.
fn streak(of: &BTreeSet<i64>, now: i64) -> usize {
    let last = if of.contains(&now) { now } else { now - 1 };
    (0..=last).take_while(|back| of.contains(&(last - back))).count()
}

/// Days, and weeks from Monday on, by number.
fn number(day: NaiveDate) -> (i64, i64) {
    let days = i64::from(day.num_days_from_ce());
    (days, (days - i64::from(day.weekday().num_days_from_monday())).div_euclid(7))
}

#[test]
fn progress_and_forecast_are_those_of_all_entries() {
    let app = App::at(Hand::at(TODAY).clock());
    let ada = app.learner("ada");
    let random = &mut StdRng::seed_from_u64(7);
    let some = |random: &mut StdRng, most: u64| -> Vec<u64> {
        (0..random.random_range(0..120)).map(|_| random.random_range(0..most)).collect()
    };
    let mut logs: Vec<Vec<u64>> = [3, 10, 40, 200, 900].map(|most| some(random, most)).into();
    // Streaks that go back further than a forecast looks, from today or the day before.
    logs.extend([
        (0..500).collect(),
        (1..190).collect(),
        (0..140).map(|week| 7 * week).collect(),
        Vec::new(),
    ]);
    for days in logs {
        let (id, key, steps) = roadmap(&ada);
        let rows = entries(random, key, &steps, days);
        app.insert(&rows);
        let told = of(
            &ada,
            &id,
            "progress { hoursSpent streakDays streakWeeks } forecast { weeksObserved observed { hoursPerWeek } } \
             version { steps { nodes { topic level hoursSpent } } } studyLog(first: 1) { totalCount }",
        );
        let total: i64 = rows.iter().map(|row| row.hours_millionths).sum();
        let (of_days, of_weeks): (BTreeSet<_>, BTreeSet<_>) =
            rows.iter().map(|row| number(row.studied_on)).unzip();
        let (now, week) = number(today());
        assert_eq!(
            told["progress"],
            json!({
                "hoursSpent": hours(total), "streakDays": streak(&of_days, now), "streakWeeks": streak(&of_weeks, week)
            })
        );
        assert_eq!(told["studyLog"]["totalCount"], rows.len());
        for step in told["version"]["steps"]["nodes"].as_array().unwrap() {
            let is_of = |row: &&study::Model| {
                row.topic.as_deref() == step["topic"].as_str()
                    && row.level.as_deref() == step["level"].as_str()
            };
            let spent: i64 = rows.iter().filter(is_of).map(|row| row.hours_millionths).sum();
            assert_eq!(step["hoursSpent"], hours(spent));
        }
        // Whole weeks: from the first Monday on, without this one, of half a year at most.
        let first = rows.iter().map(|row| row.studied_on).min();
        let begin = first
            .map_or(week, |first| number(first).1 + i64::from(first.weekday().num_days_from_monday() > 0));
        let begin = begin.max(week - 26);
        let mut by_week: BTreeMap<i64, i64> = BTreeMap::new();
        for row in &rows {
            *by_week.entry(number(row.studied_on).1).or_default() += row.hours_millionths;
        }
        let count = u32::try_from(week - begin).unwrap();
        assert_eq!(told["forecast"]["weeksObserved"], count);
        let sum: i64 = by_week.range(begin..week).map(|(_, hours)| hours).sum();
        let expected = (count >= 4 && sum > 0).then(|| hours(sum) / f64::from(count));
        let observed = told["forecast"]["observed"]["hoursPerWeek"].as_f64();
        assert_eq!(observed.is_some(), expected.is_some());
        assert!((observed.unwrap_or_default() - expected.unwrap_or_default()).abs() < 1e-9);
    }
}

#[test]
fn pages_of_a_log_are_those_of_the_list() {
    let app = App::at(Hand::at(TODAY).clock());
    let ada = app.learner("ada");
    let random = &mut StdRng::seed_from_u64(8);
    let (id, key, steps) = roadmap(&ada);
    let days: Vec<u64> = (0..60).map(|_| random.random_range(0..9)).collect();
    let mut rows = entries(random, key, &steps, days);
    app.insert(&rows);
    rows.sort_by_key(|row| std::cmp::Reverse((row.studied_on, row.id)));
    let page = |arguments: &str| {
        let selection =
            "edges { cursor node { day hours } } pageInfo { hasNextPage hasPreviousPage } totalCount";
        of(&ada, &id, &format!("studyLog({arguments}) {{ {selection} }}"))["studyLog"].clone()
    };
    let all = page("first: 100");
    let all = all["edges"].as_array().unwrap();
    let expected: Vec<_> = rows
        .iter()
        .map(|row| json!({ "day": row.studied_on.to_string(), "hours": hours(row.hours_millionths) }))
        .collect();
    assert_eq!(all.iter().map(|edge| edge["node"].clone()).collect::<Vec<_>>(), expected);
    for _ in 0..150 {
        let mut place = || random.random_bool(0.6).then(|| random.random_range(0..all.len()));
        let (after, before) = (place(), place());
        let (size, is_last) = (random.random_range(1..25), random.random_bool(0.5));
        let mut arguments = format!("{}: {size}", if is_last { "last" } else { "first" });
        for (name, place) in [("after", after), ("before", before)] {
            if let Some(place) = place {
                arguments = format!("{arguments}, {name}: {}", all[place]["cursor"]);
            }
        }
        // As the Relay specification has it, on the whole list.
        let mut start = after.map_or(0, |place| place + 1);
        let mut end = before.unwrap_or(all.len()).max(start);
        if is_last {
            start = start.max(end.saturating_sub(size));
        } else {
            end = end.min(start + size);
        }
        let expected = json!({
            "edges": all[start..end],
            "pageInfo": { "hasNextPage": end < all.len(), "hasPreviousPage": start > 0 },
            "totalCount": all.len(),
        });
        assert_eq!(page(&arguments), expected, "{arguments}");
    }
}

#[test]
fn a_cursor_is_of_its_own_list_and_of_an_item_that_is_there() {
    let app = App::small();
    let ada = app.learner("ada");
    let [one, other] = ["manager", "architect"].map(|to| ada.saves(&json!({ "to": to })));
    let log = |id: &Value| {
        let entry = ada.does("logStudy", &json!({ "roadmap": id, "hours": 1 }), "entry { id }");
        let page = of(&ada, id, "studyLog(first: 1) { pageInfo { endCursor } }");
        (entry["entry"]["id"].clone(), page["studyLog"]["pageInfo"]["endCursor"].clone())
    };
    let ((entry, cursor), (_, of_other)) = (log(&one), log(&other));
    let argument = |field: &str, cursor: &Value| {
        let query = format!(
            "query Q($id: ID!) {{ savedRoadmap(id: $id) {{ {field}(first: 1, after: {cursor}) {{ nodes {{ __typename }} }} }} }}"
        );
        ada.ask_with(&query, &json!({ "id": one }))["errors"][0]["extensions"]["argument"].clone()
    };
    assert_eq!(argument("studyLog", &cursor), Value::Null);
    assert_eq!(argument("studyLog", &of_other), "after");
    assert_eq!(argument("studyLog", &json!("nonsense")), "after");
    assert_eq!(argument("versions", &cursor), "after");
    ada.does("deleteStudy", &json!({ "id": entry }), "deletedId");
    assert_eq!(argument("studyLog", &cursor), "after");
}

#[test]
fn pages_of_roadmaps_and_versions_meet() {
    let app = App::small();
    let ada = app.learner("ada");
    let mut ids: Vec<_> = (0..5).map(|_| ada.saves(&json!({ "to": "manager" }))).collect();
    ids.sort_by_key(key_of);
    ada.does("archiveRoadmap", &json!({ "id": ids[2] }), "roadmap { id }");
    let roadmaps = |arguments: &str| {
        let query = format!(
            "{{ viewer {{ roadmaps({arguments}) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }} }}"
        );
        ada.ask(&query)["data"]["viewer"]["roadmaps"].clone()
    };
    let first = roadmaps("first: 3");
    assert_eq!(first["nodes"], json!([{ "id": ids[4] }, { "id": ids[3] }, { "id": ids[1] }]));
    assert_eq!(first["totalCount"], 4);
    let rest = roadmaps(&format!("first: 3, after: {}", first["pageInfo"]["endCursor"]));
    assert_eq!(rest["nodes"], json!([{ "id": ids[0] }]));
    assert_eq!(
        (&rest["pageInfo"]["hasNextPage"], &rest["pageInfo"]["hasPreviousPage"]),
        (&json!(false), &json!(true))
    );
    let back = roadmaps(&format!("last: 2, before: {}", rest["pageInfo"]["startCursor"]));
    assert_eq!(back["nodes"], json!([{ "id": ids[3] }, { "id": ids[1] }]));
    assert_eq!(roadmaps("includeArchived: true")["totalCount"], 5);

    for _ in 0..3 {
        let update = json!({ "id": ids[0], "to": "architect" });
        ada.does("updateRoadmap", &update, "roadmap { id }");
        let update = json!({ "id": ids[0], "to": "manager" });
        ada.does("updateRoadmap", &update, "roadmap { id }");
    }
    let versions = |arguments: &str| {
        let selection =
            "totalCount nodes { number cause hours changes { summary } } pageInfo { endCursor hasNextPage }";
        of(&ada, &ids[0], &format!("versions({arguments}) {{ {selection} }}"))["versions"].clone()
    };
    let numbers = |page: &Value| -> Vec<i64> {
        page["nodes"].as_array().unwrap().iter().map(|node| node["number"].as_i64().unwrap()).collect()
    };
    let first = versions("first: 4");
    assert_eq!((numbers(&first), &first["totalCount"]), (vec![7, 6, 5, 4], &json!(7)));
    let rest = versions(&format!("first: 4, after: {}", first["pageInfo"]["endCursor"]));
    assert_eq!((numbers(&rest), &rest["pageInfo"]["hasNextPage"]), (vec![3, 2, 1], &json!(false)));
    assert_eq!((&rest["nodes"][2]["cause"], &rest["nodes"][2]["changes"]), (&json!("SAVED"), &Value::Null));
    let old =
        of(&ada, &ids[0], "versionOf(number: 1) { hours steps { totalCount } } current: version { number }");
    assert_eq!(
        (&old["versionOf"]["hours"], &old["current"]["number"]),
        (&rest["nodes"][2]["hours"], &json!(7))
    );
    assert_eq!(of(&ada, &ids[0], "versionOf(number: 8) { hours }")["versionOf"], Value::Null);
}
