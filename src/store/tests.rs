//! Opening, migrating and closing; and the databases that the tests of the store run on.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;
use waymark_entity::learner;
use waymark_migration::{Migrator, MigratorTrait};

use super::{Store, StoreError};

/// A learner.
pub(super) const ADA: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
/// Another one.
pub(super) const GRACE: Uuid = Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0002);

/// Runs a test on a fresh SQLite file, and in a fresh schema of the server that `WAYMARK_TEST_POSTGRES` names, if it names one.
pub(super) async fn on_each_database(test: impl AsyncFn(&str)) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = tempfile::tempdir().unwrap();
    test(&format!("sqlite://{}/waymark.db", folder.path().display())).await;

    let Ok(server) = std::env::var("WAYMARK_TEST_POSTGRES") else { return };
    let schema = format!("waymark_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = Store::open(&server).await.unwrap();
    run(&admin, &format!("CREATE SCHEMA {schema}")).await.unwrap();
    let separator = if server.contains('?') { '&' } else { '?' };
    test(&format!("{server}{separator}options[search_path]={schema}")).await;
    run(&admin, &format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}

/// The store of a URL, with its tables.
pub(super) async fn store(url: &str) -> Store {
    let store = Store::open(url).await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// Executes a statement as anyone with the password could.
pub(super) async fn run(store: &Store, sql: &str) -> Result<(), DbErr> {
    store.writer.execute_unprepared(sql).await.map(|_| ())
}

/// An account with an address.
pub(super) fn account(id: Uuid, name: &str) -> learner::Model {
    learner::Model {
        id,
        email: Some(format!("{name}@example.org")),
        name: None,
        password_hash: Some("$argon2id$".into()),
        issuer: None,
        subject: None,
        role: "LEARNER".into(),
        created_at: "2026-01-01T12:00:00.123Z".parse().unwrap(),
    }
}

/// A database in which there are two learners.
pub(super) async fn peopled(url: &str) -> Store {
    let store = store(url).await;
    assert!(store.add_learner(account(ADA, "ada")).await.unwrap());
    assert!(store.add_learner(account(GRACE, "grace")).await.unwrap());
    store
}

async fn failure(url: &str) -> String {
    match Store::open(url).await {
        Ok(_) => panic!("{url} opens"),
        Err(error) => error.to_string(),
    }
}

fn path_of(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[tokio::test]
async fn the_file_and_its_folder_are_created_whatever_form_the_url_has() {
    let folder = tempfile::tempdir().unwrap();
    let urls = [
        ("sqlite://", "a/1.db", "?mode=rwc"),
        ("sqlite://", "b/c/2.db", ""),
        ("sqlite:", "3.db", ""),
        ("", "4 %23.db", ""),
    ];
    for (scheme, name, parameters) in urls {
        let path = path_of(&folder, name);
        let store = store(&format!("{scheme}{path}{parameters}")).await;
        assert!(Path::new(&path).is_file(), "{path}");
        assert_eq!(store.current_revision().await.unwrap(), None);
        store.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_url_that_names_no_database_is_refused_without_showing_its_password() {
    assert_eq!(
        failure("mysql://ada:secret@host/waymark").await,
        "the database URL cannot be used: `mysql://` is none of `sqlite://`, `postgres://` and `postgresql://`"
    );
    for url in ["sqlite::memory:", "sqlite://:memory:", ":memory:"] {
        assert_eq!(
            failure(url).await,
            "the database URL cannot be used: a database in memory is not supported: name a file"
        );
    }
    assert!(failure("sqlite://waymark.db?mode=ro").await.contains("only `?mode=rwc` is"));
    assert!(failure("").await.contains("it is empty"));
    for url in ["postgres://ada:secret@host:port/waymark", "postgres://ada:secret@host/w?sslmode=secret2"] {
        let message = failure(url).await;
        assert!(message.contains("postgres://user:password@host:port/database"), "{message}");
        assert!(!message.contains("secret@"), "{message}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_the_password() {
    let message = failure("postgresql://ada:secret@127.0.0.1:1/waymark").await;
    assert!(
        message.starts_with("the database waymark on 127.0.0.1:1 (user ada) cannot be reached: "),
        "{message}"
    );
    assert!(message.contains("refused"), "{message}");
    assert!(!message.contains("secret"), "{message}");
}

#[tokio::test]
async fn a_server_that_refuses_says_why() {
    let Ok(server) = std::env::var("WAYMARK_TEST_POSTGRES") else { return };
    let (start, _) = server.rsplit_once('/').unwrap();
    let error = Store::open(&format!("{start}/no-such-database")).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Unreachable { reason, .. } if reason.contains("does not exist")),
        "{error}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = path_of(&folder, "notes.txt");
    std::fs::write(
        &path,
        "These are notes, and they are long enough to be taken for the header of a database file. "
            .repeat(20),
    )
    .unwrap();
    let error = Store::open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::NotADatabase { .. }), "{error:?}");
    assert!(
        error.to_string().starts_with(&format!("the database file {path} is not a SQLite database.")),
        "{error}"
    );
}

#[tokio::test]
async fn a_path_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open(&folder.path().display().to_string()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreadable { .. }), "{error:?}");

    std::fs::write(path_of(&folder, "file"), "").unwrap();
    let error = Store::open(&path_of(&folder, "file/waymark.db")).await.unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
}

#[tokio::test]
async fn a_lock_that_is_not_to_be_had_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (store(&path_of(&folder, "a.db")).await, store(&path_of(&folder, "a.db")).await);
    let held = one.begin_write().await.unwrap();
    run(&other, "PRAGMA busy_timeout = 0").await.unwrap(); // not to wait for the test's sake
    let error = other.migrate().await.unwrap_err();
    assert!(matches!(error, StoreError::Locked { .. }), "{error:?}");
    held.rollback().await.unwrap();
    other.migrate().await.unwrap();
}

#[tokio::test]
async fn sqlite_is_set_up_as_described() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&path_of(&folder, "a.db")).await;
    let pragma = async |connection: &sea_orm::DatabaseConnection, name: &str| -> String {
        let sql = format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}");
        let query = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
        connection.query_one_raw(query).await.unwrap().unwrap().try_get("", "value").unwrap()
    };
    assert_eq!(pragma(&store.writer, "journal_mode").await, "wal");
    assert_eq!(pragma(&store.reader, "journal_mode").await, "wal");
    assert_eq!(pragma(&store.writer, "synchronous").await, "2");
    assert_eq!(pragma(&store.writer, "foreign_keys").await, "1");
    store.reader.execute_unprepared("DELETE FROM areas").await.unwrap_err();
}

#[tokio::test]
async fn servers_that_start_at_the_same_time_take_turns() {
    on_each_database(async |url| {
        let starts = (0..8).map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move { store(&url).await.close().await.unwrap() })
        });
        for start in starts.collect::<Vec<_>>() {
            start.await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn all_changes_can_be_taken_back_and_made_again() {
    on_each_database(async |url| {
        let store = store(url).await;
        Migrator::down(&store.writer, None).await.unwrap();
        run(&store, "SELECT 1 FROM areas").await.unwrap_err();
        store.migrate().await.unwrap();
        run(&store, "SELECT 1 FROM areas").await.unwrap();
        store.migrate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    on_each_database(async |url| {
        let store = store(url).await;
        run(&store, "INSERT INTO seaql_migrations VALUES ('m20990101_000001_telepathy', 0)").await.unwrap();
        let error = store.migrate().await.unwrap_err();
        assert!(matches!(error, StoreError::Newer { .. }), "{error:?}");
        let message = "was made by a newer version of Waymark: it has the changes m20990101_000001_telepathy. Run that version";
        assert!(error.to_string().contains(message), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_says_so() {
    on_each_database(async |url| {
        let store = store(url).await;
        store.close().await.unwrap();
        let error = store.current_revision().await.unwrap_err();
        assert!(matches!(error, StoreError::Closed { .. }), "{error:?}");
        let error = store.migrate().await.unwrap_err();
        assert!(matches!(error, StoreError::Closed { .. }), "{error:?}");
    })
    .await;
}

/// So that the tables of learners can be distributed by learner over many machines, where a key that is once in a table has to say on which of them it is.
#[tokio::test]
async fn whatever_is_a_learners_is_found_and_kept_once_by_the_learner() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&path_of(&folder, "a.db")).await;
    let texts = async |sql: &str| -> Vec<String> {
        let query = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
        let rows = store.reader.query_all_raw(query).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    };
    let of_learners = "FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c ON c.name = 'learner_id' \
                       WHERE t.type = 'table' AND t.name NOT IN ('owners', 'outbox')";
    let tables = texts(&format!("SELECT t.name {of_learners} ORDER BY t.name")).await;
    assert_eq!(
        tables,
        [
            "credentials",
            "links",
            "ratings",
            "requests",
            "roadmap_versions",
            "roadmaps",
            "skills",
            "step_states",
            "study",
            "study_steps",
            "study_weeks"
        ]
    );
    for table in tables {
        let keys = format!(
            "FROM pragma_index_list('{table}') AS i JOIN pragma_index_info(i.name) AS c WHERE i.\"unique\" AND c.seqno = 0"
        );
        let first = texts(&format!("SELECT DISTINCT c.name {keys}")).await;
        assert_eq!(first, ["learner_id"], "the keys of {table}");
        let sql = format!(
            "SELECT DISTINCT \"from\" || ' ' || \"to\" FROM pragma_foreign_key_list('{table}') WHERE seq = 0"
        );
        let to = texts(&sql).await;
        assert!(
            ["learner_id id", "learner_id learner_id"].contains(&&*to.concat()),
            "{table} refers by {to:?}"
        );
    }
    let of_accounts =
        texts("SELECT name FROM pragma_index_list('learners') WHERE \"unique\" AND origin <> 'pk'").await;
    assert_eq!(of_accounts, Vec::<String>::new());
}
