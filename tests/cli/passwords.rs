//! Passwords of a PostgreSQL server that does not trust: with characters that mean something in an
//! address, so that they can't be put into one as they are.

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};

use super::{complaint, printed, waymark};

/// What an operator may well choose.
const PASSWORD: &str = "p@ss/w#rd:%40 'and\\more";

/// The role that `.ci/postgres` has its server ask for a password (`scram-sha-256`).
const ROLE: &str = "guarded";

async fn prepare(admin: &DatabaseConnection, database: &str) {
    let quoted = PASSWORD.replace('\'', "''");
    for sql in [
        "SET standard_conforming_strings = on".to_owned(),
        format!("DROP DATABASE IF EXISTS {database}"),
        format!("DROP ROLE IF EXISTS {ROLE}"),
        format!("CREATE ROLE {ROLE} LOGIN PASSWORD '{quoted}'"),
        format!("CREATE DATABASE {database} OWNER {ROLE}"),
    ] {
        admin.execute_unprepared(&sql).await.unwrap();
    }
}

#[test]
fn any_password_opens_the_database_beside_its_address() {
    let Ok(server) = std::env::var("WAYMARK_TEST_POSTGRES") else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = format!("passwords_{}", std::process::id());
    let admin = runtime.block_on(async {
        let admin = Database::connect(&server).await.unwrap();
        prepare(&admin, &database).await;
        admin
    });
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let host = server.split('@').nth(1).unwrap().split('/').next().unwrap();
    let migrate = |user: &str, variables: &[(&str, &str)]| {
        let url = format!("postgres://{user}@{host}/{database}");
        waymark(here, &["migrate", "--database", &url]).envs(variables.iter().copied()).output().unwrap()
    };
    // It asks for one, and for the right one.
    for variables in [vec![], vec![("PGPASSWORD", "another")]] {
        let said = complaint(here, migrate(ROLE, &variables));
        assert!(said.contains("password") && !said.contains("p@ss"), "{said}");
    }
    printed(migrate(ROLE, &[("PGPASSWORD", PASSWORD)]));
    let escaped = PASSWORD.replace('\\', "\\\\").replace(':', "\\:");
    let file = here.join("pgpass");
    std::fs::write(&file, format!("*:*:*:{ROLE}:{escaped}\n")).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    printed(migrate(ROLE, &[("PGPASSFILE", &file.display().to_string())]));
    let encoded: Vec<_> = PASSWORD.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let encoded = encoded.concat();
    printed(migrate(&format!("{ROLE}:{encoded}"), &[]));
    runtime.block_on(async {
        admin.execute_unprepared(&format!("DROP DATABASE {database}")).await.unwrap();
        admin.execute_unprepared(&format!("DROP ROLE {ROLE}")).await.unwrap();
    });
}
