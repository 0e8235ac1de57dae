//! The kept sums are those of the entries, whatever was done in whichever order, and whatever an upgrade found.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;
use waymark_entity::{roadmap, study, study_step, study_week};
use waymark_migration::sum_study_logs;

use crate::store::Store;
use crate::store::learners::tests::{at, id, roadmap, version};
use crate::store::learners::{Begun, Progress};
use crate::store::tests::{ADA, GRACE, account, on_each_database, peopled};
use crate::store::upgrades::on_each_release;

const LEARNERS: [(Uuid, &str); 2] = [(ADA, "ada"), (GRACE, "grace")];

type Steps = BTreeMap<(Uuid, Uuid, String, String), (i64, i64)>;
type Weeks = BTreeMap<(Uuid, Uuid, NaiveDate), [i64; 7]>;

/// What the entries sum up to, each counted by itself.
fn of_entries(entries: &[study::Model]) -> (Steps, Weeks) {
    let (mut steps, mut weeks) = (Steps::new(), Weeks::new());
    for entry in entries {
        let (topic, level) = (entry.topic.clone(), entry.level.clone());
        let key = (entry.learner_id, entry.roadmap_id, topic.unwrap_or_default(), level.unwrap_or_default());
        let sums = steps.entry(key).or_default();
        *sums = (sums.0 + 1, sums.1 + entry.hours_millionths);
        let number = entry.studied_on.weekday().num_days_from_monday();
        let monday = entry.studied_on - Days::new(number.into());
        let week = weeks.entry((entry.learner_id, entry.roadmap_id, monday)).or_default();
        week[number as usize] += entry.hours_millionths;
    }
    (steps, weeks)
}

/// What is kept.
async fn kept(store: &Store) -> (Steps, Weeks) {
    let steps = study_step::Entity::find().all(&store.reader).await.unwrap().into_iter();
    let weeks = study_week::Entity::find().all(&store.reader).await.unwrap().into_iter();
    (
        steps
            .map(|row| {
                let key = (row.learner_id, row.roadmap_id, row.topic, row.level);
                (key, (row.entries, row.hours_millionths))
            })
            .collect(),
        weeks.map(|row| ((row.learner_id, row.roadmap_id, row.week_on), row.days())).collect(),
    )
}

async fn entries(store: &Store) -> Vec<study::Model> {
    study::Entity::find().all(&store.reader).await.unwrap()
}

async fn assert_sums(store: &Store, case: &str) {
    assert_eq!(kept(store).await, of_entries(&entries(store).await), "{case}");
}

/// An entry on a step or on none, within some weeks around the turn of a year.
fn entry(random: &mut StdRng, number: u128, (learner_id, roadmap_id): (Uuid, Uuid)) -> study::Model {
    let step = random.random_range(0..4);
    study::Model {
        learner_id,
        id: id(number),
        roadmap_id,
        topic: (step > 0).then(|| format!("topic-{step}")),
        level: (step > 0).then(|| "WORKING".to_owned()),
        studied_on: at(1).date_naive() - Days::new(random.random_range(0..20)),
        hours_millionths: random.random_range(1..=9_000_000),
        note: None,
        logged_at: at(2),
    }
}

/// One of the things that learners do; what it was.
async fn act(store: &Store, random: &mut StdRng, number: u128) -> &'static str {
    let roadmaps = roadmap::Entity::find().all(&store.reader).await.unwrap();
    let some = roadmaps.choose(random).map(|row| (row.learner_id, row.id));
    match (random.random_range(0..100), some) {
        (0..55, Some(key)) => log(store, random, number, key).await,
        (55..80, _) => {
            let all = entries(store).await;
            let Some(entry) = all.choose(random) else { return "nothing" };
            // Now and then somebody else's.
            let learner = if random.random_bool(0.1) { GRACE } else { entry.learner_id };
            store.delete_study(learner, entry.id, at(3)).await.unwrap();
            "an entry is deleted"
        }
        (80..86, Some(key)) => {
            store.delete_roadmap(key).await.unwrap();
            "a roadmap is deleted"
        }
        (86..88, _) => {
            let (learner, name) = LEARNERS[random.random_range(0..2)];
            assert!(store.delete_learner(learner, None, at(3)).await.unwrap());
            assert!(store.add_learner(account(learner, name)).await.unwrap());
            "an account is deleted"
        }
        _ => {
            let learner_id = LEARNERS[random.random_range(0..2)].0;
            let new = roadmap::Model { learner_id, ..roadmap(id(number), "Up") };
            let first = waymark_entity::roadmap_version::Model { learner_id, ..version(id(number), 1) };
            assert!(store.add_roadmap(new, first, 99).await.unwrap());
            "a roadmap is saved"
        }
    }
}

async fn log(store: &Store, random: &mut StdRng, number: u128, key: (Uuid, Uuid)) -> &'static str {
    let now: DateTime<Utc> = at(2);
    let Begun::Yes(doing) = store.begin(key, now, false, None).await.unwrap() else {
        unreachable!("it is there")
    };
    if random.random_bool(0.1) {
        return "an entry is begun and dropped";
    }
    let done = Progress { study: Some(entry(random, number, key)), ..Progress::new(key, now) };
    match store.finish(*doing, done).await.unwrap() {
        Ok(_) => "an entry is logged",
        Err(_) => "an entry is refused, since its day is full",
    }
}

#[tokio::test]
async fn the_sums_are_those_of_the_entries_whatever_was_done() {
    on_each_database(async |url| {
        let random = &mut StdRng::seed_from_u64(17);
        let store = peopled(url).await;
        let mut done = BTreeMap::<_, u32>::new();
        for number in 0..600 {
            let what = act(&store, random, number).await;
            assert_sums(&store, &format!("{number}: {what}")).await;
            *done.entry(what).or_default() += 1;
        }
        assert!(done.len() >= 7, "{done:?}");
        // Summed up anew they are the same.
        let before = kept(&store).await;
        sum_study_logs(&store.writer).await.unwrap();
        assert_eq!(kept(&store).await, before);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn logs_of_before_are_summed_up() {
    on_each_database(async |url| {
        let random = &mut StdRng::seed_from_u64(18);
        let store = peopled(url).await;
        for number in [1, 2] {
            assert!(store.add_roadmap(roadmap(id(number), "Up"), version(id(number), 1), 9).await.unwrap());
        }
        let rows: Vec<_> = (0..400).map(|number| entry(random, number, (ADA, id(1 + number % 2)))).collect();
        let insert = study::Entity::insert_many(rows.into_iter().map(study::Model::into_active_model));
        insert.exec_without_returning(&store.writer).await.unwrap();
        sum_study_logs(&store.writer).await.unwrap();
        assert_eq!(entries(&store).await.len(), 400);
        assert_sums(&store, "all at once").await;
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn logs_of_earlier_releases_are_summed_up() {
    on_each_release(async |release, store| {
        store.migrate().await.unwrap();
        assert_sums(&store, release).await;
        let has_learners = !roadmap::Entity::find().all(&store.reader).await.unwrap().is_empty();
        assert_eq!(entries(&store).await.is_empty(), !has_learners, "{release}");
    })
    .await;
}
