//! Imports and what is loaded after them, on each database.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_planner::Catalog;
use waymark_planner::draft::{At, CoverDraft, Draft, ResourceDraft};
use waymark_planner::source::{Attestation, Identifiers};
use waymark_planner::testing;
use waymark_planner::units::{Day, ResourceKind};

use super::{Import, KEPT_CONTENTS, NewRevision, Revision};
use crate::store::tests::{on_each_database, run, store};
use crate::store::{Store, StoreError};

const STEPS: &str =
    "b@W:2.5 b@P:4 c@W:0.333333 d@A:1 a@W:3(b@W|c@W d@A) a@E:1000000000(a@W) e@W:0.000001(a@W|b@P|b@P)";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn catalog(draft: &Draft) -> Catalog {
    Catalog::new(draft.clone()).unwrap()
}

/// A draft with something in every table and every optional column both set and not.
fn draft() -> Draft {
    let mut draft = testing::draft(STEPS);
    draft.areas[0].summary = Some("All of it: “quotes”, 'quotes', \\ and 漢字.".into());
    let mut second = draft.areas[0].clone();
    (second.slug, second.summary) = ("zone".to_owned().into(), None);
    draft.areas.push(second);
    second_names(&mut draft);
    draft.topics[1].area = "zone".to_owned().into();
    let recommended = testing::role("x", None, "d@A e@W|c@W").requires;
    draft.topics[0].levels[1].recommends.extend(recommended.into_iter().map(|mut entry| {
        entry.any_of.reverse();
        entry
    }));
    draft.roles = vec![
        testing::role("senior", Some("junior"), "a@E*3 b@P|c@W*2"),
        testing::role("junior", None, "b@W"),
        testing::role("lead", Some("senior"), ""),
        testing::role("architect", Some("senior"), "e@W b@W*2"),
    ];
    draft.resources =
        vec![resource("book", &[("a@WORKING", 0.1), ("b@PROFICIENT", 7.25)]), resource("talk", &[])];
    let talk = &mut draft.resources[1];
    (talk.provider, talk.year, talk.price, talk.kind) = (None, None, 0.0.into(), ResourceKind::Talk);
    talk.authors.clear();
    let book = &mut draft.resources[0];
    book.identifiers = Identifiers { isbn: Some("9781449373320".into()), ..Identifiers::default() };
    book.attested = Some(Attestation { on: Day(20_781), by: vec!["b/b".into(), "a/a".into()] });
    draft.topics[0].elective = Some("Worth it.".into());
    draft.topics[0].names = vec!["K8s".into(), "MQ".into()];
    draft.topics[1].names = vec!["MQ".into()];
    draft.topics[1].popularity = 78.into();
    draft.topics[1].links = vec!["https://example.org/b".to_owned().into()];
    draft.topics[0].levels[0].practice = Some("Build it; measure it.".into());
    draft.resources[0].made_for = vec!["c".to_owned().into(), "a".to_owned().into()];
    draft.resources[0].covers[1].fit = 5.into();
    draft.roles[0].aliases = former(&["elder"]);
    draft.resources[1].aliases = former(&["speech", "lecture"]);
    draft
}

/// The same former names for an area and a topic, and steps that a level has taken the place of.
fn second_names(draft: &mut Draft) {
    draft.areas[1].aliases = former(&["place", "district"]);
    draft.topics[0].aliases = former(&["place"]);
    draft.topics[0].levels[0].aliases = former(&["a@AWARE", "gone@EXPERT"]);
}

fn former(names: &[&str]) -> Vec<At<String>> {
    names.iter().map(|&name| name.to_owned().into()).collect()
}

fn resource(slug: &str, covers: &[(&str, f64)]) -> ResourceDraft {
    ResourceDraft {
        aliases: Vec::new(),
        slug: slug.to_owned().into(),
        title: slug.to_uppercase(),
        kind: ResourceKind::Book,
        url: format!("https://example.org/{slug}").into(),
        identifiers: Identifiers::default(),
        attested: None,
        authors: vec!["Zoë Z.".into(), "Ada A.".into()],
        provider: Some("O'Reilly".into()),
        year: Some(-300),
        language: "en".into(),
        price: 44.99.into(),
        quality: 5.into(),
        made_for: Vec::new(),
        covers: covers
            .iter()
            .map(|&(step, hours)| CoverDraft {
                step: step.to_owned().into(),
                hours: hours.into(),
                fit: 3.into(),
                section: (hours < 1.0).then(|| "Chapter 5".into()),
            })
            .collect(),
    }
}

/// A revision of no author.
fn revision<'a>(catalog: &'a Catalog, digest: &'a str, source: &'a str) -> NewRevision<'a> {
    let content = digest.as_bytes().to_vec();
    NewRevision { catalog, digest, source, author: None, message: None, content, expected: None }
}

async fn import(store: &Store, draft: &Draft, digest: &str) -> Import {
    store.import(revision(&catalog(draft), digest, "test"), at("2026-11-23T20:00:00Z")).await.unwrap()
}

async fn load(store: &Store) -> (Revision, Catalog) {
    let (revision, draft) = store.load().await.unwrap().unwrap();
    (revision, catalog(&draft))
}

#[tokio::test]
async fn what_is_loaded_is_what_was_imported() {
    on_each_database(async |url| {
        let store = store(url).await;
        assert_eq!(store.load().await.unwrap(), None);
        let now = at("2026-11-23T20:00:00.123456789Z");
        let imported = store.import(revision(&catalog(&draft()), "d1", "catalog/"), now).await.unwrap();
        let revision = Revision {
            number: 1,
            imported_at: at("2026-11-23T20:00:00.123Z"),
            digest: "d1".into(),
            source: "catalog/".into(),
            author: None,
            message: None,
        };
        assert_eq!(imported, Import::New(revision.clone()));
        assert_eq!(store.current_revision().await.unwrap(), Some(revision.clone()));
        assert_eq!(load(&store).await, (revision, catalog(&draft())));
    })
    .await;
}

#[tokio::test]
async fn an_import_replaces_all_that_was() {
    on_each_database(async |url| {
        let store = store(url).await;
        for (number, draft) in
            (1..).zip([draft(), testing::draft("a@W:1 z@W:2(a@W)"), Draft::default(), draft()])
        {
            let imported = import(&store, &draft, &format!("d{number}")).await;
            assert_eq!((imported.revision().number, imported.is_new()), (number, true));
            assert_eq!(load(&store).await, (imported.revision().clone(), catalog(&draft)));
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_content_makes_no_revision() {
    on_each_database(async |url| {
        let store = store(url).await;
        let first = import(&store, &draft(), "d1").await;
        let catalog = catalog(&draft());
        let again = store.import(revision(&catalog, "d1", "elsewhere"), at("2030-01-01T00:00:00Z"));
        assert_eq!(again.await.unwrap(), Import::Same(first.revision().clone()));
        // Back to what was before the newest is a change.
        import(&store, &Draft::default(), "d2").await;
        assert_eq!(import(&store, &draft(), "d1").await.revision().number, 3);
    })
    .await;
}

#[tokio::test]
async fn a_revision_follows_the_one_that_its_author_has_seen() {
    on_each_database(async |url| {
        let store = store(url).await;
        import(&store, &draft(), "d1").await;
        let (catalog, author, now) =
            (catalog(&Draft::default()), Uuid::from_u128(7), at("2026-11-28T20:00:00Z"));
        let by = |digest, expected| NewRevision {
            author: Some(author),
            message: Some("Out with it."),
            expected: Some(expected),
            ..revision(&catalog, digest, "edit")
        };
        let made = store.import(by("d2", 1), now).await.unwrap();
        assert_eq!(made.revision().author, Some(author));
        let late = store.import(by("d3", 1), now).await.unwrap();
        assert_eq!(late, Import::Conflict(made.revision().clone()));
        // That it would change nothing is no reason to hide what has come between.
        assert!(matches!(store.import(by("d2", 1), now).await.unwrap(), Import::Conflict(_)));
        assert!(matches!(store.import(by("d2", 2), now).await.unwrap(), Import::Same(_)));

        let told = store.revisions(1, 9).await.unwrap();
        assert_eq!(told.iter().map(|revision| revision.number).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(told[0], *made.revision());
        assert_eq!(store.revisions(2, 2).await.unwrap().len(), 1);
        assert_eq!(store.revision_content(2).await.unwrap(), Some(b"d2".to_vec()));
        assert_eq!(store.revision_content(3).await.unwrap(), None);
        run(&store, "UPDATE catalog_revisions SET content = NULL").await.unwrap();
        assert_eq!(store.revision_content(2).await.unwrap(), None);
        for (source, digest, expected) in [("test", "d1", true), ("test", "d2", false), ("edit", "d2", true)]
        {
            assert_eq!(store.has_come(source, digest).await.unwrap(), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_failed_import_leaves_the_old_catalogue() {
    on_each_database(async |url| {
        let store = store(url).await;
        let before = import(&store, &draft(), "d1").await;
        // The last table to be written refuses the new rows.
        run(&store, "CREATE UNIQUE INDEX in_the_way ON coverages (hours_millionths)").await.unwrap();
        let mut next = testing::draft("a@W:1 b@W:1");
        next.resources = vec![resource("book", &[("a@WORKING", 1.0), ("b@WORKING", 1.0)])];
        let error = store.import(revision(&catalog(&next), "d2", "test"), Utc::now()).await.unwrap_err();
        assert!(matches!(error, StoreError::Failed { .. }), "{error:?}");
        assert_eq!(load(&store).await, (before.revision().clone(), catalog(&draft())));

        run(&store, "DROP INDEX in_the_way").await.unwrap();
        assert_eq!(import(&store, &next, "d2").await.revision().number, 2);
    })
    .await;
}

#[tokio::test]
async fn imports_at_the_same_time_take_turns() {
    on_each_database(async |url| {
        store(url).await;
        // Each from a store of its own, as if from processes of their own; every digest twice.
        let imports = (0..8).map(|i| {
            let url = url.to_owned();
            tokio::spawn(async move {
                import(&store(&url).await, &draft(), &format!("d{}", i / 2)).await.revision().number
            })
        });
        for import in imports.collect::<Vec<_>>() {
            import.await.unwrap();
        }
        let store = store(url).await;
        let (revision, loaded) = load(&store).await;
        assert!((4..=8).contains(&revision.number), "{revision:?}");
        assert_eq!(loaded, catalog(&draft()));

        let same = async || import(&store, &Draft::default(), "same").await.is_new();
        let (one, other) = tokio::join!(same(), same());
        assert!(one != other, "whoever comes first makes it");
    })
    .await;
}

#[tokio::test]
async fn a_reader_sees_one_revision_whole() {
    on_each_database(async |url| {
        let store = store(url).await;
        let drafts = [draft(), testing::draft("a@W:1 z@W:2(a@W)")];
        import(&store, &drafts[0], "0").await;
        let writes = async {
            for i in 1..20 {
                import(&store, &drafts[i % 2], &(i % 2).to_string()).await;
            }
        };
        let reads = async {
            for _ in 0..40 {
                let (revision, loaded) = load(&store).await;
                assert_eq!(loaded, catalog(&drafts[usize::from(revision.digest == "1")]));
            }
        };
        tokio::join!(writes, reads);
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_what_is_wrong() {
    on_each_database(async |url| {
        let store = store(url).await;
        import(&store, &draft(), "d1").await;
        for (sql, constraint) in [
            ("UPDATE steps SET level = 'GODLIKE' WHERE id = 0", "ck_steps_level"),
            ("UPDATE steps SET hours_millionths = 0 WHERE id = 0", "ck_steps_hours"),
            ("UPDATE coverages SET hours_millionths = -1", "ck_coverages_hours"),
            ("UPDATE requirements SET weight = 4", "ck_requirements_weight"),
            ("UPDATE requirements SET role_id = 0", "ck_requirements_owner"),
            ("UPDATE requirements SET role_id = NULL, step_id = NULL", "ck_requirements_owner"),
            (
                "UPDATE requirements SET strength = 'RECOMMENDED' WHERE role_id = 0",
                "ck_requirements_strength",
            ),
            ("UPDATE resources SET quality = 6", "ck_resources_quality"),
            ("UPDATE resources SET price_cents = -1", "ck_resources_price"),
            ("UPDATE topics SET slug = 'a'", "slug"),
            ("INSERT INTO steps VALUES (99, 0, 'WORKING', 1, '', NULL)", "level"),
            ("UPDATE topics SET popularity = 101", "ck_topics_popularity"),
            ("UPDATE coverages SET fit = 0", "ck_coverages_fit"),
            ("UPDATE topic_texts SET kind = 'ELSE'", "ck_topic_texts_kind"),
            ("INSERT INTO alternatives SELECT * FROM alternatives", "alternatives"),
            ("INSERT INTO coverages SELECT * FROM coverages", "coverages"),
            ("UPDATE steps SET topic_id = 99 WHERE id = 0", ""),
            ("DELETE FROM areas", ""),
        ] {
            let message = run(&store, sql).await.unwrap_err().to_string();
            assert!(message.contains(constraint), "{sql}: {message}");
        }
        assert_eq!(load(&store).await.1, catalog(&draft()));
    })
    .await;
}

#[tokio::test]
async fn what_belongs_to_a_row_goes_with_it() {
    on_each_database(async |url| {
        let store = store(url).await;
        import(&store, &draft(), "d1").await;
        run(&store, "DELETE FROM resources WHERE slug = 'book'").await.unwrap();
        run(&store, "DELETE FROM roles WHERE slug = 'architect'").await.unwrap();
        let mut expected = draft();
        expected.resources.remove(0);
        expected.roles.pop();
        assert_eq!(load(&store).await.1, catalog(&expected));
    })
    .await;
}

#[tokio::test]
async fn rows_that_make_no_sense_are_named() {
    on_each_database(async |url| {
        let store = store(url).await;
        import(&store, &draft(), "d1").await;
        run(&store, "UPDATE resources SET kind = 'RUMOUR' WHERE slug = 'talk'").await.unwrap();
        let error = store.load().await.unwrap_err();
        assert!(
            matches!(&error, StoreError::Damaged { what, .. } if what == "`RUMOUR` is no kind of resource"),
            "{error:?}"
        );
    })
    .await;
}

/// Past the size of one statement in every table that grows.
#[tokio::test]
async fn large_catalogues_go_in_batches() {
    let mut large = testing::draft("t0@W:1");
    let first = large.topics[0].clone();
    for i in 1..5_000 {
        let mut topic = first.clone();
        topic.slug = format!("t{i}").into();
        topic.levels[0].requires = testing::role("x", None, &format!("t{}@W", i / 2)).requires;
        large.topics.push(topic);
        large.resources.push(resource(&format!("r{i}"), &[(&format!("t{i}@WORKING"), 1.0)]));
    }
    on_each_database(async |url| {
        let store = store(url).await;
        for digest in ["empty before", "full before"] {
            import(&store, &large, digest).await;
            let loaded = store.load().await.unwrap().unwrap().1;
            assert_eq!(catalog(&loaded), catalog(&large));
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_in_the_newest_revisions_is_kept() {
    on_each_database(async |url| {
        let store = store(url).await;
        import(&store, &draft(), "first").await;
        import(&store, &draft(), "second").await;
        // As though many had been made since.
        let moved = format!("UPDATE catalog_revisions SET number = {KEPT_CONTENTS} WHERE number = 2");
        run(&store, &moved).await.unwrap();
        let kept = async |number| store.revision_content(number).await.unwrap().is_some();
        assert!(kept(1).await);
        import(&store, &draft(), "third").await;
        assert!(!kept(1).await && kept(KEPT_CONTENTS).await && kept(KEPT_CONTENTS + 1).await);
        assert_eq!(store.revisions(1, 1).await.unwrap().len(), 1, "that it was made stays");
    })
    .await;
}
