//! The databases that the tests run on: SQLite files, or schemas of the server that `WAYMARK_TEST_POSTGRES` names. Each test has its own, which
//! goes when the test is over.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbErr};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How often a schema is dropped at most, until PostgreSQL finds no deadlock.
const DROPS: u32 = 5;

/// A database, and the runtime in which it is used.
pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) runtime: Runtime,
    /// For the file of the database, and other files of the test's.
    pub(crate) folder: TempDir,
    /// What the tables are in, on a server.
    schema: Option<String>,
}

impl Database {
    /// An empty one.
    pub(crate) fn empty() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let runtime = runtime();
        let folder = tempfile::tempdir().unwrap();
        let Ok(server) = std::env::var("WAYMARK_TEST_POSTGRES") else {
            let url = format!("sqlite://{}?mode=rwc", folder.path().join("waymark.db").display());
            return Self { url, runtime, folder, schema: None };
        };
        let schema = format!("api_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options[search_path]={schema}");
        let database = Self { url, runtime, folder, schema: Some(schema.clone()) };
        database.execute(&format!("CREATE SCHEMA {schema}"));
        database
    }

    /// One that an earlier release made, of which `tests/fixtures/databases` has a dump. It is named by its last migration.
    pub(crate) fn of_release(last_migration: &str) -> Self {
        let database = Self::empty();
        let kind = if database.schema.is_some() { "postgres" } else { "sqlite" };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/databases");
        let dump = folder.join(format!("{last_migration}.{kind}.sql"));
        database.execute(&std::fs::read_to_string(dump).unwrap());
        database
    }

    /// Executes statements on a connection of their own.
    fn execute(&self, sql: &str) {
        self.runtime.block_on(self.executed(sql)).unwrap();
    }

    async fn executed(&self, sql: &str) -> Result<(), DbErr> {
        self.connect().await.execute_unprepared(sql).await.map(drop)
    }

    /// A connection beside those of the server that is tested.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.url);
        options.max_connections(1).sqlx_logging(false);
        sea_orm::Database::connect(options).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(schema) = &self.schema else { return };
        let sql = format!("SET client_min_messages = warning; DROP SCHEMA {schema} CASCADE");
        // The work that the server does beside its requests ends with its runtime. What it had sent
        // to the database may still be running there, and hold tables that wait for dropped ones.
        self.runtime = runtime();
        for _ in 1..DROPS {
            match self.runtime.block_on(self.executed(&sql)) {
                Err(error) if error.to_string().contains("deadlock detected") => {}
                other => return other.unwrap(),
            }
        }
        self.execute(&sql);
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
