//! Injected failures at each statement of what is written: nothing is half-written, and the next
//! write is really there, as a connection of its own sees it.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use chrono::{DateTime, Days, Utc};
use futures_util::future::{BoxFuture, join_all};
use tokio::time::timeout;
use uuid::Uuid;
use waymark_entity::{learner, roadmap, roadmap_version, skill, study};
use waymark_planner::{Catalog, testing};

use super::learners::{NewVersion, Progress, VersionAdded};
use super::tests::{ADA, account, on_each_database, peopled, run};
use super::upgrades::content;
use super::{Act, NewRevision, Quota, Request, Store, StoreError};

/// What a lock may take that somebody lets go of.
const PATIENCE: Duration = Duration::from_secs(30);

fn now() -> DateTime<Utc> {
    "2026-11-28T20:00:00Z".parse().unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_9000_0000_0000_0000 + number)
}

fn learner(number: u128) -> learner::Model {
    account(id(number), &format!("learner-{number}"))
}

fn roadmap(number: u128) -> roadmap::Model {
    roadmap::Model {
        learner_id: ADA,
        id: id(number),
        title: "Up".into(),
        wishes: "{}".into(),
        version: 1,
        change: 1,
        plan_change: 1,
        created_at: now(),
        updated_at: now(),
        archived_at: None,
    }
}

fn version(roadmap: u128, number: i32) -> roadmap_version::Model {
    roadmap_version::Model {
        learner_id: ADA,
        roadmap_id: id(roadmap),
        number,
        catalog_revision: 1,
        catalog_digest: None,
        cause: "SAVED".into(),
        plan: "{}".into(),
        changes: None,
        created_at: now(),
    }
}

fn done(number: u128) -> Progress {
    let skill = skill::Model {
        learner_id: ADA,
        topic: format!("topic-{number}"),
        level: "WORKING".into(),
        source: "SAID".into(),
        recorded_at: now(),
    };
    let study = study::Model {
        learner_id: ADA,
        id: id(number),
        roadmap_id: id(0),
        // A step and a week of its own, so that the sums of both are inserted.
        topic: Some(format!("topic-{number}")),
        level: Some("WORKING".into()),
        hours_millionths: 1,
        note: None,
        studied_on: now().date_naive() - Days::new(7 * u64::try_from(number).unwrap()),
        logged_at: now(),
    };
    Progress { skills: vec![skill], study: Some(study), ..Progress::new((ADA, id(0)), now()) }
}

async fn import(store: &Store, number: u128) -> Result<(), StoreError> {
    let catalog = Catalog::new(testing::draft(&format!("a@W:{number} b@W:2(a@W)"))).unwrap();
    let (digest, content) = (number.to_string(), Vec::new());
    let new = NewRevision {
        catalog: &catalog,
        digest: &digest,
        source: "test",
        author: None,
        message: None,
        content,
        expected: None,
    };
    store.import(new, now()).await.map(|_| ())
}

type Doing<'a> = BoxFuture<'a, Result<(), StoreError>>;

/// Something that writes.
struct Path {
    name: &'static str,
    /// What it writes to: tables, and how.
    writes: &'static [(&'static str, &'static str)],
    /// Makes what it needs.
    prepare: for<'a> fn(&'a Store, u128) -> Doing<'a>,
    /// Does it, for the number of a learner, a roadmap or the like that is new each time.
    run: for<'a> fn(&'a Store, u128) -> Doing<'a>,
}

fn nothing(_: &Store, _: u128) -> Doing<'_> {
    Box::pin(async { Ok(()) })
}

fn add_learner(store: &Store, number: u128) -> Doing<'_> {
    Box::pin(async move { store.add_learner(learner(number)).await.map(|is_new| assert!(is_new)) })
}

fn add_roadmap(store: &Store, number: u128) -> Doing<'_> {
    Box::pin(async move {
        let request = Request { name: number.to_string(), digest: "digest".into() };
        let store = store.during(Arc::new(Act::new(ADA, Some(request), now())));
        store.add_roadmap(roadmap(number), version(number, 1), 1_000).await.map(|is_new| assert!(is_new))
    })
}

const PATHS: [Path; 9] = [
    Path {
        name: "add_learner",
        writes: &[("owners", "INSERT"), ("learners", "INSERT"), ("outbox", "INSERT")],
        prepare: nothing,
        run: add_learner,
    },
    Path {
        name: "delete_learner",
        writes: &[("owners", "DELETE"), ("learners", "DELETE"), ("outbox", "INSERT")],
        prepare: add_learner,
        run: |store, number| {
            Box::pin(async move { store.delete_learner(id(number), None, now()).await.map(|_| ()) })
        },
    },
    Path {
        name: "set_password",
        writes: &[("learners", "UPDATE"), ("outbox", "INSERT")],
        prepare: add_learner,
        run: |store, number| {
            Box::pin(async move { store.set_password(id(number), "hash", None).await.map(|_| ()) })
        },
    },
    Path {
        name: "add_roadmap",
        writes: &[
            ("roadmaps", "INSERT"),
            ("roadmap_versions", "INSERT"),
            ("requests", "INSERT"),
            ("outbox", "INSERT"),
        ],
        prepare: nothing,
        run: add_roadmap,
    },
    Path {
        name: "add_version",
        writes: &[("roadmaps", "UPDATE"), ("roadmap_versions", "INSERT"), ("outbox", "INSERT")],
        prepare: add_roadmap,
        run: |store, number| {
            Box::pin(async move {
                let new = NewVersion {
                    read: roadmap(number),
                    title: None,
                    wishes: "{}".into(),
                    version: version(number, 2),
                    done: Progress::new((ADA, id(number)), now()),
                };
                store.add_version(new).await.map(|added| assert_eq!(added, VersionAdded::Yes))
            })
        },
    },
    Path {
        name: "progress",
        writes: &[
            ("roadmaps", "UPDATE"),
            ("skills", "INSERT"),
            ("study_steps", "INSERT"),
            ("study_weeks", "INSERT"),
            ("study", "INSERT"),
            ("outbox", "INSERT"),
        ],
        prepare: nothing,
        run: |store, number| Box::pin(async move { store.progress(done(number)).await.map(|_| ()) }),
    },
    Path {
        name: "delete_study",
        writes: &[
            ("study", "DELETE"),
            ("study_steps", "UPDATE"),
            ("study_weeks", "UPDATE"),
            ("roadmaps", "UPDATE"),
            ("outbox", "INSERT"),
        ],
        prepare: |store, number| Box::pin(async move { store.progress(done(number)).await.map(|_| ()) }),
        run: |store, number| {
            Box::pin(async move { store.delete_study(ADA, id(number), now()).await.map(|_| ()) })
        },
    },
    Path {
        name: "import",
        writes: &[
            ("topics", "DELETE"),
            ("topics", "INSERT"),
            ("catalog_revisions", "INSERT"),
            ("outbox", "INSERT"),
        ],
        prepare: nothing,
        run: |store, number| Box::pin(import(store, number)),
    },
    Path {
        name: "take",
        writes: &[("rates", "INSERT")],
        prepare: nothing,
        run: |store, number| {
            Box::pin(async move {
                let quota = Quota { at_once: 1, period: 1_000_000 };
                store.take(&number.to_string(), quota, 1, now()).await.map(|taken| taken.unwrap())
            })
        },
    },
];

/// A way to have a statement fail: how it is brought about and taken away, for a table and what is
/// done to it.
struct Fault {
    name: &'static str,
    cause: fn(&str, &str) -> String,
    remove: fn(&str) -> String,
}

const OF_SQLITE: [Fault; 4] = [
    Fault {
        name: "the statement is undone",
        cause: |table, op| raising(table, op, "ABORT"),
        remove: |_| "DROP TRIGGER fault".into(),
    },
    Fault {
        name: "the statement stops halfway",
        cause: |table, op| raising(table, op, "FAIL"),
        remove: |_| "DROP TRIGGER fault".into(),
    },
    Fault {
        // As when the disk is full: the driver's own rollback fails then.
        name: "the database rolls back by itself",
        cause: |table, op| raising(table, op, "ROLLBACK"),
        remove: |_| "DROP TRIGGER fault".into(),
    },
    Fault {
        name: "the commit fails",
        cause: |table, op| {
            format!(
                "CREATE TABLE fault_rows (id uuid_text REFERENCES learners (id) DEFERRABLE INITIALLY DEFERRED); \
                 CREATE TRIGGER fault AFTER {op} ON {table} BEGIN INSERT INTO fault_rows VALUES ('nobody'); END"
            )
        },
        remove: |_| "DROP TRIGGER fault; DROP TABLE fault_rows".into(),
    },
];

fn raising(table: &str, op: &str, how: &str) -> String {
    // Before the row: what FAIL stops at would stay otherwise where there is no transaction around it.
    format!("CREATE TRIGGER fault BEFORE {op} ON {table} BEGIN SELECT RAISE({how}, 'fault'); END")
}

const RAISES: &str = "RAISE EXCEPTION 'fault'";
/// Its connection is gone with it.
const ENDS: &str = "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)";
const OF_POSTGRES: [Fault; 4] = [
    Fault {
        name: "the statement fails",
        cause: |table, op| firing(table, op, RAISES, ""),
        remove: |table| format!("DROP TRIGGER fault ON {table}"),
    },
    Fault {
        name: "the connection is lost",
        cause: |table, op| firing(table, op, ENDS, ""),
        remove: |table| format!("DROP TRIGGER fault ON {table}"),
    },
    Fault {
        name: "the commit fails",
        cause: |table, op| firing(table, op, RAISES, "CONSTRAINT"),
        remove: |table| format!("DROP TRIGGER fault ON {table}"),
    },
    Fault {
        name: "the connection is lost at the commit",
        cause: |table, op| firing(table, op, ENDS, "CONSTRAINT"),
        remove: |table| format!("DROP TRIGGER fault ON {table}"),
    },
];

fn firing(table: &str, op: &str, what: &str, kind: &str) -> String {
    let when = if kind.is_empty() { "" } else { "DEFERRABLE INITIALLY DEFERRED" };
    format!(
        "CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {what}; RETURN NULL; END $$; \
         CREATE {kind} TRIGGER fault AFTER {op} ON {table} {when} FOR EACH ROW EXECUTE FUNCTION fault()"
    )
}

async fn filled(url: &str) -> Store {
    let store = peopled(url).await;
    import(&store, 1).await.unwrap();
    assert!(store.add_roadmap(roadmap(0), version(0, 1), 1_000).await.unwrap());
    store
}

#[tokio::test]
async fn nothing_is_half_written_whichever_statement_fails_and_the_next_write_is_there() {
    on_each_database(async |url| {
        let faults = if url.starts_with("sqlite") { &OF_SQLITE } else { &OF_POSTGRES };
        // What is done with the schema is done beside the store that is tested.
        let (store, beside) = (filled(url).await, Store::open(url).await.unwrap());
        let mut number = 100;
        for path in &PATHS {
            for (table, op) in path.writes {
                for fault in faults {
                    let case = format!("{}, {op} on {table}: {}", path.name, fault.name);
                    number += 1;
                    (path.prepare)(&store, number).await.unwrap();
                    let before = content(&beside).await;
                    run(&beside, &(fault.cause)(table, op)).await.unwrap();
                    // More than once, since one failure may be what makes the next one lose something.
                    for _ in 0..2 {
                        assert!((path.run)(&store, number).await.is_err(), "{case}");
                    }
                    run(&beside, &(fault.remove)(table)).await.unwrap();
                    assert!(content(&beside).await == before, "{case}: it is half-written");
                    (path.run)(&store, number).await.unwrap_or_else(|error| panic!("{case}, then: {error}"));
                    assert!(content(&beside).await != before, "{case}: the next write is lost");
                }
            }
        }
    })
    .await;
}

/// Does as much of something as is done until it has waited so many times.
async fn waiting_at_most<T>(times: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut waited = 0;
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if waited == times => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_dropped_halfway_is_there_as_a_whole_or_not_and_the_next_write_is_there() {
    on_each_database(async |url| {
        let (store, beside) = (filled(url).await, Store::open(url).await.unwrap());
        let quota = Quota { at_once: 1, period: 1_000_000 };
        for (number, times) in (1_000..).zip((0..30).chain(0..5).chain(0..5)) {
            waiting_at_most(times, store.add_learner(learner(number))).await;
            // As many at once as there are connections: what is written on one that was left inside a
            // transaction nobody else would know of.
            for batch in 0..2 {
                let names: Vec<_> = (0..8).map(|i| format!("{number} {batch} {i}")).collect();
                let taken = join_all(names.iter().map(|name| store.take(name, quota, 1, now()))).await;
                assert!(taken.into_iter().all(|taken| taken.unwrap().is_ok()), "{times}");
                for name in &names {
                    let known = timeout(PATIENCE, beside.take(name, quota, 1, now())).await;
                    let known = known.expect("a transaction that nobody ends holds the row");
                    assert!(known.unwrap().is_err(), "{times}");
                }
            }
            // Where it was done it is not done twice.
            store.add_learner(learner(number)).await.unwrap();
            let there = beside.learner_of_address(&learner(number).email.unwrap()).await.unwrap();
            assert_eq!(there.map(|learner| learner.id), Some(id(number)), "{times}");
        }
    })
    .await;
}
