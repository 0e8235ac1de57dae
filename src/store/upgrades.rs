//! Tests of the changes of the schema, on databases that earlier releases made: nothing that is in them is lost.

use std::collections::BTreeMap;
use std::path::Path;

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use waymark_migration::{Migrator, MigratorTrait as _};

use super::Store;
use super::tests::{on_each_database, run};

/// The columns of tables, and what they hold, in an order of its own.
pub(super) type Content = BTreeMap<String, (Vec<String>, Vec<String>)>;

/// The dumps of a kind, by the last migrations of their releases, oldest first.
pub(super) fn dumps(kind: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/databases");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of_kind = |file: &Path| {
        let name = file.file_name()?.to_str()?.strip_suffix(&format!(".{kind}.sql"))?.to_owned();
        Some((name, std::fs::read_to_string(file).unwrap()))
    };
    let dumps: BTreeMap<_, _> = files.filter_map(|file| of_kind(&file)).collect();
    assert!(dumps.len() >= 3, "{:?}", dumps.keys());
    dumps
}

/// Runs a test on the database of each release, of each kind.
pub(super) async fn on_each_release(test: impl AsyncFn(&str, Store)) {
    for release in dumps("sqlite").keys() {
        on_each_database(async |url| {
            let kind = if url.starts_with("sqlite") { "sqlite" } else { "postgres" };
            let store = Store::open(url).await.unwrap();
            run(&store, &dumps(kind)[release]).await.unwrap();
            // What the dump has set for its connection ends with that.
            store.close().await.unwrap();
            test(release, Store::open(url).await.unwrap()).await;
        })
        .await;
    }
}

/// The first column of all rows.
async fn texts(store: &Store, sql: String) -> Vec<String> {
    let query = Statement::from_string(store.writer.get_database_backend(), sql);
    let rows = store.writer.query_all_raw(query).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// All tables but the log of the changes.
pub(super) async fn tables(store: &Store) -> Vec<String> {
    let sql = match store.writer.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
        }
        _ => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    };
    let mut tables = texts(store, sql.to_owned()).await;
    tables.retain(|table| table != "seaql_migrations");
    tables
}

async fn columns(store: &Store, table: &str) -> Vec<String> {
    let sql = match store.writer.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}'"
        ),
        _ => format!("SELECT name FROM pragma_table_info('{table}')"),
    };
    texts(store, sql).await
}

/// The rows of a table, as far as some columns go.
async fn rows(store: &Store, table: &str, columns: &[String]) -> Vec<String> {
    let literal = match store.writer.get_database_backend() {
        DbBackend::Postgres => "quote_nullable",
        _ => "quote",
    };
    let literals: Vec<_> = columns.iter().map(|column| format!("{literal}(\"{column}\")")).collect();
    let mut rows = texts(store, format!("SELECT {} FROM {table}", literals.join(" || ', ' || "))).await;
    rows.sort();
    rows
}

/// All that is in a database.
pub(super) async fn content(store: &Store) -> Content {
    let mut content = Content::new();
    for table in tables(store).await {
        let columns = columns(store, &table).await;
        let rows = rows(store, &table, &columns).await;
        content.insert(table, (columns, rows));
    }
    content
}

/// Columns that a change removes, since nothing is read from them.
const REMOVED: [(&str, &str); 1] = [("learners", "written_at")];

/// The columns of a table that no change removes.
fn lasting(table: &str, columns: &[String]) -> Vec<String> {
    let is_removed = |column: &str| REMOVED.contains(&(table, column));
    columns.iter().filter(|column| !is_removed(column)).cloned().collect()
}

/// All that is in a database and that no change removes.
async fn lasting_content(store: &Store) -> Content {
    let mut content = Content::new();
    for table in tables(store).await {
        let columns = lasting(&table, &columns(store, &table).await);
        let rows = rows(store, &table, &columns).await;
        content.insert(table, (columns, rows));
    }
    content
}

/// Whatever was there is there.
async fn assert_nothing_is_lost(store: &Store, before: &Content, change: &str) {
    for (table, (columns, expected)) in before {
        assert_eq!(&rows(store, table, columns).await, expected, "{table} after {change}");
    }
}

#[tokio::test]
async fn nothing_is_lost_by_the_changes_since_a_release() {
    on_each_release(async |release, store| {
        let before = lasting_content(&store).await;
        assert!(!before["steps"].1.is_empty(), "{release}");
        store.migrate().await.unwrap();
        assert_nothing_is_lost(&store, &before, &format!("the changes since {release}")).await;
        assert!(store.load().await.unwrap().is_some(), "{release}");
    })
    .await;
}

#[tokio::test]
async fn each_change_is_taken_back_and_made_again_with_rows_in_the_tables() {
    on_each_release(async |_, store| {
        store.migrate().await.unwrap();
        for change in Migrator::migrations().iter().rev() {
            Migrator::down(&store.writer, Some(1)).await.unwrap();
            let (before, lasting) = (content(&store).await, lasting_content(&store).await);
            Migrator::up(&store.writer, Some(1)).await.unwrap();
            assert_nothing_is_lost(&store, &lasting, change.name()).await;
            Migrator::down(&store.writer, Some(1)).await.unwrap();
            assert_eq!(content(&store).await, before, "{}", change.name());
        }
        assert!(tables(&store).await.is_empty());
        store.migrate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn changes_that_fail_leave_the_database_as_it_was() {
    on_each_release(async |release, store| {
        // One of the last changes has no room for its table.
        run(&store, "CREATE TABLE study_weeks (another integer)").await.unwrap();
        let before = content(&store).await;
        store.migrate().await.unwrap_err();
        assert_eq!(content(&store).await, before, "{release}");
        run(&store, "DROP TABLE study_weeks").await.unwrap();
        store.migrate().await.unwrap();
    })
    .await;
}

/// What was left of passwords by an earlier version, in rows and in the bytes of the file.
#[tokio::test]
async fn digests_that_passwords_went_into_are_gone() {
    const DIGEST: &str = "digest-of-passwords-0123456789abcdefghijklm";
    on_each_release(async |release, store| {
        if !tables(&store).await.contains(&"requests".to_owned()) {
            return;
        }
        let kept = "SELECT name FROM requests ORDER BY name";
        let before = texts(&store, kept.to_owned()).await;
        for name in ["change", "skills"] {
            let sql = format!(
                "INSERT INTO requests SELECT id, '{name}', '{DIGEST}', '{{}}', created_at FROM learners LIMIT 1"
            );
            run(&store, &sql).await.unwrap();
        }
        store.migrate().await.unwrap();
        assert_eq!(texts(&store, kept.to_owned()).await, before, "{release}");
        let place = store.place();
        store.close().await.unwrap();
        if let Some((_, file)) = place.split_once("the database file ") {
            let bytes = std::fs::read(file).unwrap();
            assert!(!bytes.windows(DIGEST.len()).any(|window| window == DIGEST.as_bytes()), "{release}");
        }
    })
    .await;
}
