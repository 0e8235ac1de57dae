//! What learners own, on each database.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_entity::{credential, learner, link, rating, roadmap, roadmap_version, skill, step_state, study};

use super::caps::{CapReached, KEPT_VERSIONS, MOST_SESSIONS, MOST_TOKENS};
use super::{
    Begun, CredentialAdded, Forgotten, GivenFor, NewVersion, Progress, RoleChange, VersionAdded,
    VersionHeader,
};
use crate::store::KeyRange;
use crate::store::tests::{ADA, GRACE, account, on_each_database, peopled};
use crate::store::{Store, StoreError};

impl Store {
    /// Does something on a roadmap; `None` if there is no such roadmap.
    pub(in crate::store) async fn progress(
        &self,
        done: Progress,
    ) -> Result<Option<roadmap::Model>, StoreError> {
        match self.begin(done.roadmap, done.now, done.changes_skills(), None).await? {
            Begun::Yes(doing) => Ok(Some(self.finish(*doing, done).await?.unwrap())),
            Begun::NotFound => Ok(None),
            Begun::Changed => unreachable!("it was not read before"),
        }
    }
}

pub(super) fn at(day: u32) -> DateTime<Utc> {
    format!("2026-01-{day:02}T12:00:00.123Z").parse().unwrap()
}

pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_9000_0000_0000_0000 + number)
}

fn credential(id: Uuid, kind: &str, expires: u32) -> credential::Model {
    credential::Model {
        learner_id: ADA,
        id,
        kind: kind.into(),
        secret_hash: format!("hash of {id}"),
        name: "script".into(),
        scopes: "READ WRITE".into(),
        created_at: at(1),
        expires_at: at(expires),
        last_used_at: None,
    }
}

fn skill(learner: Uuid, topic: &str, level: &str) -> skill::Model {
    let (topic, level, source) = (topic.into(), level.into(), "SAID".into());
    skill::Model { learner_id: learner, topic, level, source, recorded_at: at(2) }
}

pub(super) fn roadmap(id: Uuid, title: &str) -> roadmap::Model {
    roadmap::Model {
        learner_id: ADA,
        id,
        title: title.into(),
        wishes: "{}".into(),
        version: 1,
        change: 1,
        plan_change: 1,
        created_at: at(1),
        updated_at: at(1),
        archived_at: None,
    }
}

pub(super) fn version(roadmap: Uuid, number: i32) -> roadmap_version::Model {
    roadmap_version::Model {
        learner_id: ADA,
        roadmap_id: roadmap,
        number,
        catalog_revision: 7,
        cause: if number == 1 { "SAVED" } else { "REPLANNED" }.into(),
        plan: format!("{{\"number\":{number}}}"),
        changes: (number > 1).then(|| "{}".into()),
        created_at: at(3),
        catalog_digest: Some("d".repeat(64)),
    }
}

fn state(roadmap: Uuid, topic: &str, state: &str, day: u32) -> step_state::Model {
    step_state::Model {
        learner_id: ADA,
        roadmap_id: roadmap,
        topic: topic.into(),
        level: "WORKING".into(),
        state: state.into(),
        hours_millionths: 4_000_000,
        weight: 2,
        started_at: at(day),
        ended_at: (state != "STARTED").then(|| at(day)),
    }
}

#[tokio::test]
async fn an_address_and_an_identity_have_one_account_each() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        assert!(!store.add_learner(account(id(1), "ada")).await.unwrap(), "the address is taken");
        let found = store.learner_of_address("ada@example.org").await.unwrap();
        assert_eq!(found, Some(account(ADA, "ada")));
        assert_eq!(store.learner_of_address("alan@example.org").await.unwrap(), None);
        let outside = |id| learner::Model {
            email: None,
            password_hash: None,
            issuer: Some("https://login.example.org".into()),
            subject: Some("u-1".into()),
            ..account(id, "")
        };
        assert!(store.add_learner(outside(id(2))).await.unwrap());
        assert!(!store.add_learner(outside(id(3))).await.unwrap(), "the identity is taken");
        let found = store.learner_of_identity("https://login.example.org", "u-1").await.unwrap();
        assert_eq!(found, Some(outside(id(2))));
        assert!(
            store.set_role(GRACE, "CURATOR").await.unwrap() && !store.set_role(id(9), "ADMIN").await.unwrap()
        );
        let roles: Vec<_> = store.learners().await.unwrap().into_iter().map(|account| account.role).collect();
        assert_eq!(roles, ["LEARNER", "CURATOR", "LEARNER"]);
        assert!(store.set_role(GRACE, "OWNER").await.is_err(), "no such role is written");
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_credential_is_found_by_its_secret_until_it_is_revoked() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let given = GivenFor::Password("$argon2id$".into());
        let (old, session, token) = (
            credential(id(1), credential::SESSION, 1),
            credential(id(2), credential::SESSION, 9),
            credential(id(3), credential::TOKEN, 9),
        );
        store
            .add_credential(
                credential::Model { created_at: at(1) - chrono::TimeDelta::days(1), ..old },
                &given,
            )
            .await
            .unwrap();
        for one in [&session, &token] {
            store.add_credential(one.clone(), &given).await.unwrap();
        }
        assert_eq!(
            store.credentials(ADA, credential::SESSION).await.unwrap(),
            std::slice::from_ref(&session),
            "what has expired is forgotten"
        );
        let (found, learner) = store.credential(ADA, &token.secret_hash).await.unwrap().unwrap();
        assert_eq!((found, learner), (token.clone(), account(ADA, "ada")));
        assert_eq!(store.credential(GRACE, &token.secret_hash).await.unwrap(), None);
        store.note_use(ADA, token.id, at(4)).await.unwrap();
        assert_eq!(store.credentials(ADA, credential::TOKEN).await.unwrap()[0].last_used_at, Some(at(4)));
        assert!(store.has_credential(ADA, token.id).await.unwrap());
        assert!(!store.revoke(GRACE, token.id).await.unwrap(), "it is another's");
        assert!(
            store.revoke(ADA, token.id).await.unwrap() && !store.has_credential(ADA, token.id).await.unwrap()
        );
        // Another password ends all sessions but the one that changed it.
        let other = credential(id(4), credential::SESSION, 9);
        store.add_credential(other.clone(), &given).await.unwrap();
        // What was given for is looked at in the same transaction.
        for gone in [GivenFor::Password("$old".into()), GivenFor::Session(token.id)] {
            let added = store.add_credential(credential(id(5), credential::TOKEN, 9), &gone).await.unwrap();
            assert_eq!(added, CredentialAdded::NotGiven);
        }
        assert!(store.set_password(ADA, "$another", Some(other.id)).await.unwrap());
        assert_eq!(store.credentials(ADA, credential::SESSION).await.unwrap(), [other]);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn skills_are_recorded_once_and_forgotten_from_a_level_on() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let first = skill(ADA, "go", "PROFICIENT");
        store
            .record_skills(
                ADA,
                vec![first.clone(), skill(ADA, "java", "WORKING"), skill(GRACE, "go", "AWARE")],
                at(2),
            )
            .await
            .unwrap()
            .unwrap();
        store
            .record_skills(ADA, vec![skill::Model { source: "COMPLETED".into(), ..first.clone() }], at(2))
            .await
            .unwrap()
            .unwrap();
        store.record_skills(ADA, Vec::new(), at(2)).await.unwrap().unwrap();
        assert_eq!(store.skills(ADA).await.unwrap(), [first.clone(), skill(ADA, "java", "WORKING")]);
        let topics = ["go".to_owned(), "it's \"quoted\"".to_owned()];
        assert_eq!(store.skills_in(ADA, &topics).await.unwrap(), [first]);
        assert_eq!(store.skills_in(ADA, &[]).await.unwrap(), []);
        let name = |topic: &str, level: &str| (topic.to_owned(), level.to_owned());
        let forgotten = Forgotten {
            names: vec![name("go", "PROFICIENT"), name("go", "EXPERT"), name("golang", "EXPERT")],
            left: Some(name("go", "WORKING")),
        };
        store.forget_skills(ADA, std::slice::from_ref(&forgotten), at(2)).await.unwrap();
        assert_eq!(store.skills_in(ADA, &topics).await.unwrap(), [skill(ADA, "go", "WORKING")]);
        // What is not held leaves nothing.
        store.forget_skills(GRACE, &[forgotten], at(2)).await.unwrap();
        assert_eq!(store.skills(GRACE).await.unwrap(), [skill(GRACE, "go", "AWARE")]);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn ratings_are_one_for_each_learner_and_resource() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let rate = async |learner_id, resource: &str, stars| {
            let rating = rating::Model { learner_id, resource: resource.into(), stars, rated_at: at(2) };
            store.rate(rating, &["tome".to_owned()]).await.map(Result::unwrap)
        };
        rate(ADA, "tome", 2).await.unwrap();
        rate(ADA, "book", 5).await.unwrap();
        rate(GRACE, "book", 2).await.unwrap();
        rate(GRACE, "talk", 1).await.unwrap();
        assert!(rate(GRACE, "talk", 6).await.is_err(), "no such rating is written");
        let all = ["book", "none", "talk", "tome"].map(str::to_owned);
        let mut of = store.ratings_of(&all).await.unwrap();
        of.sort_unstable();
        assert_eq!(of, [("book".to_owned(), 7, 2), ("talk".to_owned(), 1, 1)]);
        assert_eq!(store.ratings_by(ADA, &all).await.unwrap(), [("book".to_owned(), 5)]);
        store.unrate(ADA, &all[..2]).await.unwrap();
        assert_eq!(store.ratings_of(&all[..1]).await.unwrap(), [("book".to_owned(), 2, 1)]);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_version_is_added_only_to_what_was_read() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let key = (ADA, id(1));
        assert!(store.add_roadmap(roadmap(id(1), "Up"), version(id(1), 1), 2).await.unwrap());
        assert!(store.add_roadmap(roadmap(id(2), "Down"), version(id(2), 1), 2).await.unwrap());
        assert!(!store.add_roadmap(roadmap(id(3), "More"), version(id(3), 1), 2).await.unwrap());
        let read = store.roadmap(key).await.unwrap().unwrap();
        let new = || NewVersion {
            read: read.clone(),
            wishes: "{\"to\":1}".into(),
            version: version(id(1), 2),
            title: None,
            done: Progress {
                state: Some(state(id(1), "go", "KNOWN", 3)),
                skills: vec![skill(ADA, "go", "WORKING")],
                ..Progress::new(key, at(3))
            },
        };
        assert_eq!(store.add_version(new()).await.unwrap(), VersionAdded::Yes);
        assert_eq!(store.add_version(new()).await.unwrap(), VersionAdded::Changed, "since it was read");
        let now = store.roadmap(key).await.unwrap().unwrap();
        assert_eq!(
            (now.version, now.change, now.wishes.as_str(), now.updated_at),
            (2, 3, "{\"to\":1}", at(3))
        );
        let numbers = async || {
            let headers = store.version_page(key, &KeyRange::first(9)).await.unwrap();
            headers.iter().map(|header| header.number).collect::<Vec<_>>()
        };
        assert_eq!((numbers().await, store.version_count(key).await.unwrap()), (vec![2, 1], 2));
        let header = VersionHeader::from(&version(id(1), 1));
        assert_eq!(store.version_header(key, 1).await.unwrap(), Some(header));
        assert_eq!(store.version_header(key, 3).await.unwrap(), None);
        assert_eq!(store.versions(ADA, &[(id(1), 1), (id(1), 9)]).await.unwrap(), [version(id(1), 1)]);
        assert_eq!(store.versions(GRACE, &[(id(1), 1)]).await.unwrap(), []);
        let mut current = store.versions(ADA, &[(id(1), 2), (id(2), 1)]).await.unwrap();
        current.sort_unstable_by_key(|version| version.roadmap_id);
        assert_eq!(current, [version(id(1), 2), version(id(2), 1)]);
        assert_eq!(
            (store.states(ADA, &[id(1)]).await.unwrap().len(), store.skills(ADA).await.unwrap().len()),
            (1, 1)
        );

        assert!(store.set_archived(key, Some(at(4)), at(4)).await.unwrap());
        assert!(!store.set_title(key, "Lower", 1, at(5)).await.unwrap(), "its plan is another one");
        assert!(store.set_title(key, "Higher", now.plan_change, at(5)).await.unwrap());
        let now = store.roadmap(key).await.unwrap().unwrap();
        assert_eq!(
            (now.title.as_str(), now.archived_at, now.updated_at, now.change, now.plan_change),
            ("Higher", Some(at(4)), at(5), 5, 5)
        );
        assert!(!store.set_archived((GRACE, id(1)), None, at(5)).await.unwrap(), "it is another's");
        let titles = async |include_archived, range: KeyRange<Uuid>| {
            let rows = store.roadmap_page(ADA, include_archived, &range).await.unwrap();
            rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(true, KeyRange::first(9)).await, ["Down", "Higher"]);
        assert_eq!(titles(false, KeyRange::first(9)).await, ["Down"]);
        assert_eq!(titles(true, KeyRange { after: Some(id(2)), ..KeyRange::first(9) }).await, ["Higher"]);
        assert_eq!(titles(true, KeyRange { from_end: true, ..KeyRange::first(1) }).await, ["Higher"]);
        assert_eq!(
            (store.roadmap_count(ADA, true).await.unwrap(), store.roadmap_count(ADA, false).await.unwrap()),
            (2, 1)
        );
        assert!(store.delete_roadmap(key).await.unwrap() && !store.delete_roadmap(key).await.unwrap());
        assert_eq!(numbers().await, [0; 0]);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn progress_is_written_whole_or_not_at_all() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let key = (ADA, id(1));
        store.add_roadmap(roadmap(id(1), "Up"), version(id(1), 1), 9).await.unwrap();
        let study = |number, topic: Option<&str>| study::Model {
            learner_id: ADA,
            id: id(number),
            roadmap_id: id(1),
            topic: topic.map(str::to_owned),
            level: topic.map(|_| "WORKING".to_owned()),
            studied_on: at(4).date_naive(),
            hours_millionths: 1_500_000,
            note: Some("“Chapter 1”".into()),
            logged_at: at(4),
        };
        let done = Progress {
            state: Some(state(id(1), "go", "STARTED", 4)),
            study: Some(study(7, Some("go"))),
            ..Progress::new(key, at(4))
        };
        assert_eq!(store.progress(done.clone()).await.unwrap().map(|row| row.change), Some(2));
        assert!(
            store.progress(Progress { roadmap: (GRACE, id(1)), ..done }).await.unwrap().is_none(),
            "it is another's"
        );
        // When it was begun stays; what has become of it does not.
        let done = Progress {
            state: Some(state(id(1), "go", "COMPLETED", 6)),
            skills: vec![skill(ADA, "go", "WORKING")],
            study: Some(study(8, None)),
            ..Progress::new(key, at(6))
        };
        assert!(store.progress(done).await.unwrap().is_some());
        let completed = step_state::Model { started_at: at(4), ..state(id(1), "go", "COMPLETED", 6) };
        let name = ("go".to_owned(), "WORKING".to_owned());
        assert_eq!(store.state(key, name.clone()).await.unwrap(), Some(completed.clone()));
        assert_eq!(store.states(ADA, &[id(1), id(2)]).await.unwrap(), [completed]);
        assert_eq!(
            store.study_page(key, &KeyRange::first(9)).await.unwrap(),
            [study(8, None), study(7, Some("go"))]
        );
        let cleared = Progress {
            cleared: Some(name.clone()),
            forgotten: Some(Forgotten { names: vec![name.clone()], left: None }),
            ..Progress::new(key, at(7))
        };
        assert!(store.progress(cleared).await.unwrap().is_some());
        assert_eq!((store.state(key, name).await.unwrap(), store.skills(ADA).await.unwrap()), (None, vec![]));
        assert_eq!(store.delete_study(GRACE, id(7), at(8)).await.unwrap(), None);
        assert_eq!(store.delete_study(ADA, id(7), at(8)).await.unwrap(), Some(id(1)));
        let row = store.roadmap(key).await.unwrap().unwrap();
        assert_eq!((row.change, row.updated_at), (5, at(8)));
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_was_noted_under_a_former_name_goes_on_under_the_one_of_now() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let key = (ADA, id(1));
        store.add_roadmap(roadmap(id(1), "Up"), version(id(1), 1), 9).await.unwrap();
        for (topic, named, hour) in
            [("go", "COMPLETED", 4), ("old", "STARTED", 2), ("older", "STARTED", 3), ("rust", "STARTED", 5)]
        {
            let done =
                Progress { state: Some(state(id(1), topic, named, hour)), ..Progress::new(key, at(hour)) };
            store.progress(done).await.unwrap();
        }
        let name = |topic: &str| (topic.to_owned(), "WORKING".to_owned());
        let rename = async |former: &[&str], now: &str| {
            let former = former.iter().map(|topic| name(topic)).collect();
            let done = Progress { renamed: Some((former, name(now))), ..Progress::new(key, at(6)) };
            store.progress(done).await.unwrap();
            store.states(ADA, &[id(1)]).await.unwrap()
        };
        let go = state(id(1), "go", "COMPLETED", 4);
        let rust = state(id(1), "rust", "STARTED", 5);
        let moved = step_state::Model { topic: "new".into(), ..state(id(1), "older", "STARTED", 3) };
        assert_eq!(rename(&["old", "older", "none"], "new").await, [moved, go.clone(), rust]);
        assert_eq!(rename(&["new", "rust"], "go").await, [go], "what is noted under the name of now stays");
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_link_is_one_for_each_roadmap_and_kind_and_goes_with_its_learner() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let key = (ADA, id(1));
        store.add_roadmap(roadmap(id(1), "Up"), version(id(1), 1), 9).await.unwrap();
        let link = |secret: &str, kind: &str| link::Model {
            secret: secret.into(),
            kind: kind.into(),
            learner_id: ADA,
            roadmap_id: id(1),
            created_at: at(2),
        };
        let first = store.add_link(link("a", link::SHARE)).await.unwrap();
        assert_eq!(store.add_link(link("b", link::SHARE)).await.unwrap(), first);
        store.add_link(link("c", link::CALENDAR)).await.unwrap();
        assert_eq!(store.link_of_secret("a", link::SHARE).await.unwrap(), Some(first));
        assert_eq!(store.link_of_secret("a", link::CALENDAR).await.unwrap(), None);
        store.delete_link(key, link::SHARE, at(3)).await.unwrap();
        assert_eq!(store.link(key, link::SHARE).await.unwrap(), None);
        assert_eq!(store.link(key, link::CALENDAR).await.unwrap(), Some(link("c", link::CALENDAR)));
        assert!(store.delete_learner(ADA, None, at(3)).await.unwrap());
        assert_eq!(store.link_of_secret("c", link::CALENDAR).await.unwrap(), None);
        assert_eq!(store.roadmap(key).await.unwrap(), None);
        store.close().await.unwrap();
    })
    .await;
}

/// Both ask at the same moment, each on a server of its own.
#[tokio::test]
async fn two_admins_who_remove_each_other_leave_one() {
    on_each_database(async |url| {
        let (one, other) = (peopled(url).await, crate::store::tests::store(url).await);
        for _ in 0..20 {
            assert!(one.set_role(ADA, "ADMIN").await.unwrap() && one.set_role(GRACE, "ADMIN").await.unwrap());
            let (of_grace, of_ada) =
                tokio::join!(one.grant_role(GRACE, "LEARNER", ADA), other.grant_role(ADA, "LEARNER", GRACE));
            let changes = [of_grace.unwrap(), of_ada.unwrap()];
            assert_eq!(
                changes.iter().filter(|change| **change == RoleChange::Done).count(),
                1,
                "{changes:?}"
            );
            let left = one.learners().await.unwrap();
            assert_eq!(left.iter().filter(|learner| learner.role == "ADMIN").count(), 1);
        }
        // The one who is left stays.
        one.set_role(ADA, "ADMIN").await.unwrap();
        one.set_role(GRACE, "CURATOR").await.unwrap();
        assert_eq!(one.grant_role(ADA, "CURATOR", ADA).await.unwrap(), RoleChange::LastAdmin);
        assert_eq!(one.grant_role(ADA, "ADMIN", ADA).await.unwrap(), RoleChange::Done);
        assert_eq!(one.grant_role(ADA, "LEARNER", GRACE).await.unwrap(), RoleChange::NotAllowed);
        assert_eq!(one.grant_role(id(9), "LEARNER", ADA).await.unwrap(), RoleChange::NoAccount);
        assert!(!one.delete_learner(ADA, None, at(3)).await.unwrap());
        assert!(one.delete_learner(GRACE, None, at(3)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn two_admins_who_leave_at_once_do_not_both_leave() {
    on_each_database(async |url| {
        let (one, other) = (peopled(url).await, crate::store::tests::store(url).await);
        assert!(one.set_role(ADA, "ADMIN").await.unwrap() && one.set_role(GRACE, "ADMIN").await.unwrap());
        let (ada, grace) =
            tokio::join!(one.delete_learner(ADA, None, at(3)), other.delete_learner(GRACE, None, at(3)));
        assert_ne!(ada.unwrap(), grace.unwrap());
        assert_eq!(one.learners().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_account_is_found_by_the_first_of_its_addresses() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let forms =
            |names: &[&str]| names.iter().map(|name| format!("{name}@example.org")).collect::<Vec<_>>();
        let found = async |names: &[&str]| {
            store.learner_of_addresses(&forms(names)).await.unwrap().map(|account| account.id)
        };
        assert_eq!(found(&["nobody", "grace", "ada"]).await, Some(GRACE));
        assert_eq!(found(&["nobody"]).await, None);
    })
    .await;
}

#[tokio::test]
async fn caps_hold_and_sessions_make_way() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let given = GivenFor::Password("$argon2id$".into());
        let add = async |number, kind| {
            let new = credential(id(u128::from(number)), kind, 9);
            store.add_credential(new, &given).await.unwrap()
        };
        for number in 1..=MOST_TOKENS {
            assert_eq!(add(number, credential::TOKEN).await, CredentialAdded::Yes);
        }
        assert_eq!(add(999, credential::TOKEN).await, CredentialAdded::Capped);
        for number in 1_001..=1_000 + MOST_SESSIONS {
            assert_eq!(add(number, credential::SESSION).await, CredentialAdded::Yes);
        }
        // The one that was not used for longest makes way, and not the oldest.
        store.note_use(ADA, id(1_001), at(4)).await.unwrap();
        assert_eq!(add(2_000, credential::SESSION).await, CredentialAdded::Yes);
        let there = async |number| store.has_credential(ADA, id(number)).await.unwrap();
        assert!(there(1_001).await && !there(1_002).await && there(1_003).await && there(2_000).await);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_newest_versions_are_kept_and_the_first() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        let key = (ADA, id(1));
        store.add_roadmap(roadmap(id(1), "Up"), version(id(1), 1), 9).await.unwrap();
        for number in 2..=KEPT_VERSIONS + 3 {
            let new = NewVersion {
                read: store.roadmap(key).await.unwrap().unwrap(),
                wishes: "{}".into(),
                version: version(id(1), number),
                title: None,
                done: Progress::new(key, at(3)),
            };
            assert_eq!(store.add_version(new).await.unwrap(), VersionAdded::Yes);
        }
        let kept: Vec<i32> = (4..=KEPT_VERSIONS + 3).rev().chain([1]).collect();
        let page = store.version_page(key, &KeyRange::first(99)).await.unwrap();
        assert_eq!(page.iter().map(|version| version.number).collect::<Vec<_>>(), kept);
        store.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_day_of_the_log_has_24_hours() {
    on_each_database(async |url| {
        let store = peopled(url).await;
        for roadmap_id in [1, 2] {
            let new = (roadmap(id(roadmap_id), "Up"), version(id(roadmap_id), 1));
            store.add_roadmap(new.0, new.1, 9).await.unwrap();
        }
        let log = async |roadmap_id, number, day, hours: i64| {
            let key = (ADA, id(roadmap_id));
            let entry = study::Model {
                learner_id: ADA,
                id: id(number),
                roadmap_id: key.1,
                topic: None,
                level: None,
                studied_on: at(day).date_naive(),
                hours_millionths: hours * 1_000_000,
                note: None,
                logged_at: at(day),
            };
            let done = Progress { study: Some(entry), ..Progress::new(key, at(day)) };
            let Begun::Yes(doing) = store.begin(key, at(day), false, None).await.unwrap() else {
                unreachable!("it is there")
            };
            store.finish(*doing, done).await.unwrap().map(|row| row.change)
        };
        let left = |hours: i64| {
            let day = at(4).date_naive();
            Err(CapReached::HoursOfDay { day, left: hours * 1_000_000 })
        };
        assert_eq!(log(1, 10, 4, 20).await, Ok(2));
        assert_eq!(log(2, 11, 4, 5).await, left(4), "over all roadmaps");
        assert_eq!(log(2, 12, 5, 5).await, Ok(2), "another day");
        assert_eq!(log(2, 13, 4, 4).await, Ok(3));
        assert_eq!(log(1, 14, 4, 1).await, left(0));
        // What is taken back gives room.
        store.delete_study(ADA, id(10), at(4)).await.unwrap();
        assert_eq!(log(1, 15, 4, 20).await, Ok(4));
        store.close().await.unwrap();
    })
    .await;
}
