//! Tests of what keeps a SQLite database from being written, and of copies of it: it is said in words, and nothing is half-written.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use uuid::Uuid;
use waymark_entity::{learner, skill};
use waymark_planner::Catalog;
use waymark_planner::draft::Draft;
use waymark_planner::testing;

use super::backup::BackupError;
use super::learners::Progress;
use super::tests::{run, store};
use super::upgrades::content;
use super::{NewRevision, Store, StoreError};

const SMALL: &str = "a@W:1 b@W:2(a@W)";

fn now() -> DateTime<Utc> {
    "2026-11-28T20:00:00Z".parse().unwrap()
}

fn account(number: u128) -> learner::Model {
    learner::Model {
        id: Uuid::from_u128(number),
        email: Some(format!("{number}@example.org")),
        name: None,
        password_hash: None,
        issuer: None,
        subject: None,
        role: "LEARNER".into(),
        created_at: now(),
    }
}

async fn import(store: &Store, draft: &Draft, digest: &str) -> Result<i32, StoreError> {
    let catalog = Catalog::new(draft.clone()).unwrap();
    let (content, source) = (Vec::new(), "test");
    let new = NewRevision {
        catalog: &catalog,
        digest,
        source,
        author: None,
        message: None,
        content,
        expected: None,
    };
    store.import(new, now()).await.map(|import| import.revision().number)
}

/// More than goes into a page or two.
fn large() -> Draft {
    let mut large = testing::draft("t0@W:1");
    let first = large.topics[0].clone();
    for i in 1..500 {
        let mut topic = first.clone();
        topic.slug = format!("t{i}").into();
        topic.summary = "Long. ".repeat(50);
        large.topics.push(topic);
    }
    large
}

/// As many skills as take several pages, with the roadmap that they are for.
fn much(learner: u128) -> Progress {
    let skill = |i| skill::Model {
        learner_id: Uuid::from_u128(learner),
        topic: format!("{i}{}", "x".repeat(200)),
        level: "WORKING".into(),
        source: "SAID".into(),
        recorded_at: now(),
    };
    let key = (Uuid::from_u128(learner), Uuid::nil());
    Progress { skills: (0..200).map(skill).collect(), ..Progress::new(key, now()) }
}

async fn filled(folder: &TempDir) -> Store {
    let store = store(&folder.path().join("waymark.db").display().to_string()).await;
    import(&store, &testing::draft(SMALL), "small").await.unwrap();
    assert!(store.add_learner(account(1)).await.unwrap());
    let roadmap = "INSERT INTO roadmaps VALUES (X'00000000000000000000000000000001', X'00000000000000000000000000000000', 'Up', '{}', 1, 1, '2026-11-28T20:00:00+00:00', '2026-11-28T20:00:00+00:00', NULL, 1)";
    run(&store, roadmap).await.unwrap();
    store
}

/// Whatever is tried while something is in the way fails for that reason and leaves everything as it was; and is done once it is away.
async fn fails_whole(
    store: &Store,
    in_the_way: impl AsyncFnOnce(),
    away: impl AsyncFnOnce(),
    is_reason: fn(&StoreError) -> bool,
) {
    let before = content(store).await;
    in_the_way().await;
    for _ in 0..4 {
        let imported = import(store, &large(), "large").await.unwrap_err();
        let written = store.progress(much(1)).await.unwrap_err();
        assert!(is_reason(&imported) && is_reason(&written), "{imported:?} {written:?}");
        assert_eq!(content(store).await, before);
    }
    away().await;
    assert_eq!(import(store, &large(), "large").await.unwrap(), 2);
    assert!(store.progress(much(1)).await.unwrap().is_some());
    assert_eq!(store.skills(Uuid::from_u128(1)).await.unwrap().len(), 200);
}

/// A file system of eight megabytes; `None` where the test may not mount one. Then the limit on the
/// size of files, in `tests/cli/durability.rs`, is all there is to show what a full disk does.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "none"]).arg(folder.path());
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        mounted.then_some(Self(folder))
    }

    /// Takes what room there is.
    fn fill(&self) {
        let mut ballast = File::create(self.0.path().join("ballast")).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
    }

    fn free(&self) {
        std::fs::remove_file(self.0.path().join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l"]).arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_is_half_written() {
    let Some(disk) = SmallDisk::mount() else { return };
    let store = filled(&disk.0).await;
    let is_full = |error: &StoreError| matches!(error, StoreError::Full { .. } | StoreError::Disk { .. });
    fails_whole(&store, async || disk.fill(), async || disk.free(), is_full).await;
    store.close().await.unwrap();
}

#[tokio::test]
async fn what_is_acknowledged_on_a_disk_that_is_full_now_and_then_is_there_and_nothing_else() {
    let Some(disk) = SmallDisk::mount() else { return };
    let store = filled(&disk.0).await;
    let (mut number, mut acknowledged) = (1, vec![Uuid::from_u128(1)]);
    let mut add = async |acknowledged: &mut Vec<Uuid>| {
        number += 1;
        let added = store.add_learner(account(number)).await;
        assert!(!matches!(added, Ok(false)), "{number}");
        if added.is_ok() {
            acknowledged.push(Uuid::from_u128(number));
        }
        added
    };
    for _ in 0..3 {
        disk.fill();
        // What the log has room for is still written.
        let mut failures = 0;
        while failures < 20 {
            failures += u32::from(add(&mut acknowledged).await.is_err());
        }
        disk.free();
        for _ in 0..20 {
            add(&mut acknowledged).await.unwrap();
        }
    }
    store.close().await.unwrap();
    let reopened = Store::open(&disk.0.path().join("waymark.db").display().to_string()).await.unwrap();
    let there: Vec<_> = reopened.learners().await.unwrap().into_iter().map(|learner| learner.id).collect();
    assert_eq!(there, acknowledged);
    reopened.close().await.unwrap();
}

#[tokio::test]
async fn a_database_that_may_not_be_written_is_named_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let closed = async || run(&store, "PRAGMA query_only = ON").await.unwrap();
    let open = async || run(&store, "PRAGMA query_only = OFF").await.unwrap();
    fails_whole(&store, closed, open, |error| matches!(error, StoreError::ReadOnly { .. })).await;
}

#[tokio::test]
async fn a_database_that_somebody_else_writes_for_long_is_named_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) =
        (filled(&folder).await, store(&folder.path().join("waymark.db").display().to_string()).await);
    let held = one.begin_write().await.unwrap();
    let impatient = "PRAGMA busy_timeout = 0"; // not to wait for the test's sake
    run(&other, impatient).await.unwrap();
    let before = content(&other).await;
    let error = other.progress(much(1)).await.unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error:?}");
    assert_eq!(content(&other).await, before);
    held.rollback().await.unwrap();
    assert!(other.progress(much(1)).await.unwrap().is_some());
}

/// Where the tests run as root nothing is read-only to them, and this shows nothing.
#[cfg(unix)]
#[tokio::test]
async fn a_file_or_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let allow = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("waymark.db");
    filled(&folder).await.close().await.unwrap();
    allow(&file, 0o444);
    allow(folder.path(), 0o555);
    if std::fs::write(folder.path().join("other"), "").is_err() {
        let opened = Store::open(&file.display().to_string()).await;
        let error = match opened {
            Ok(store) => store.migrate().await.unwrap_err(),
            Err(error) => error,
        };
        assert!(matches!(error, StoreError::ReadOnly { .. } | StoreError::Unreadable { .. }), "{error:?}");
        let fresh = Store::open(&folder.path().join("fresh.db").display().to_string()).await.unwrap_err();
        assert!(matches!(fresh, StoreError::Unreadable { .. }), "{fresh:?}");
        let below =
            Store::open(&folder.path().join("below/fresh.db").display().to_string()).await.unwrap_err();
        assert!(matches!(below, StoreError::Folder { .. }), "{below:?}");
    }
    allow(folder.path(), 0o755);
}

#[tokio::test]
async fn a_copy_is_of_one_moment_whatever_is_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let database = store(&folder.path().join("waymark.db").display().to_string()).await;
    let drafts = [large(), testing::draft(SMALL)];
    let copy = |number: u32| folder.path().join(format!("copy {number}.db"));
    // There are as many learners as revisions at all times, or one more.
    let writes = async {
        for number in 0.. {
            database.add_learner(account(number)).await.unwrap();
            let draft = &drafts[usize::from(number % 2 == 1)];
            import(&database, draft, &number.to_string()).await.unwrap();
        }
    };
    let copies = async {
        for number in 0..8 {
            while database.current_revision().await.unwrap().is_none_or(|revision| revision.number < 1) {}
            database.backup(&copy(number)).await.unwrap();
        }
    };
    tokio::select! {
        () = writes => unreachable!(),
        () = copies => {}
    }
    for number in 0..8 {
        let copy = store(&copy(number).display().to_string()).await;
        let (revision, draft) = copy.load().await.unwrap().unwrap();
        assert_eq!(Catalog::new(draft), Catalog::new(drafts[usize::from(revision.number % 2 == 0)].clone()));
        let learners = i32::try_from(copy.learners().await.unwrap().len()).unwrap();
        assert!((revision.number..=revision.number + 1).contains(&learners), "{learners} {revision:?}");
        copy.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_takes_the_place_of_nothing_and_leaves_nothing_where_it_fails() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    let here = |name: &str| folder.path().join(name);
    store.backup(&here("copy.db")).await.unwrap();
    let of = |path: &Path| std::fs::read(path).unwrap();
    let first = of(&here("copy.db"));
    let again = store.backup(&here("copy.db")).await.unwrap_err();
    assert!(matches!(again, BackupError::Exists { .. }), "{again:?}");
    assert_eq!(of(&here("copy.db")), first);

    let nowhere = store.backup(&here("none/copy.db")).await.unwrap_err();
    assert!(matches!(nowhere, BackupError::File { .. }), "{nowhere:?}");
    assert!(nowhere.to_string().contains("Look whether its folder is there"), "{nowhere}");

    // What a copy that was broken off has left is in nobody's way.
    std::fs::write(here("other.db.partial"), "half").unwrap();
    store.backup(&here("other.db")).await.unwrap();
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.retain(|name| !name.to_string_lossy().starts_with("waymark.db"));
    names.sort();
    assert_eq!(names, ["copy.db", "other.db"]);
}

#[tokio::test]
async fn a_copy_of_a_damaged_database_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&folder).await;
    import(&store, &large(), "large").await.unwrap();
    store.close().await.unwrap();
    let file = folder.path().join("waymark.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let end = bytes.len() - 8 * 4096;
    bytes[end..].fill(0xff);
    std::fs::write(&file, bytes).unwrap();
    let store = Store::open(&file.display().to_string()).await.unwrap();
    let error = store.backup(&folder.path().join("copy.db")).await.unwrap_err();
    assert!(matches!(error, BackupError::Store(StoreError::Damaged { .. })), "{error:?}");
    assert!(!folder.path().join("copy.db").exists() && !folder.path().join("copy.db.partial").exists());
}

#[tokio::test]
async fn a_database_on_a_server_is_copied_by_its_own_program() {
    let Ok(server) = std::env::var("WAYMARK_TEST_POSTGRES") else { return };
    let error = Store::open(&server).await.unwrap().backup(Path::new("waymark.dump")).await.unwrap_err();
    assert!(error.to_string().contains("pg_dump --format=custom --file=waymark.dump"), "{error}");
}
