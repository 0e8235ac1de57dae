//! Nobody but the owner reads the files of a database, whatever the umask is.

use std::fs::{Permissions, metadata, read_dir, set_permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use super::super::Store;
use super::super::tests::store;

fn mode(path: &Path) -> u32 {
    metadata(path).unwrap().permissions().mode() & 0o777
}

/// All files in a folder, with their modes.
fn modes(folder: &Path) -> Vec<(String, u32)> {
    let files = read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut modes: Vec<_> = files
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), mode(&path)))
        .collect();
    modes.sort();
    modes
}

fn private(names: &[&str]) -> Vec<(String, u32)> {
    names.iter().map(|name| ((*name).to_owned(), 0o600)).collect()
}

#[tokio::test]
async fn files_are_private_under_any_umask() {
    // The umask is the whole process's: so another one has it.
    if std::env::var_os("WAYMARK_TEST_UMASK").is_none() {
        let name = "store::files::tests::files_are_private_under_any_umask";
        let script = format!("umask 000; exec \"$0\" --exact {name}");
        let mut child = Command::new("/bin/sh");
        child.args(["-c", &script]).arg(std::env::current_exe().unwrap()).env("WAYMARK_TEST_UMASK", "000");
        let done = child.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a/b");
    let database = store(&data.join("waymark.db").display().to_string()).await;
    assert_eq!((mode(&folder.path().join("a")), mode(&data)), (0o700, 0o700));
    assert_eq!(modes(&data), private(&["waymark.db", "waymark.db-shm", "waymark.db-wal"]));

    database.backup(&data.join("backup.db")).await.unwrap();
    let copy = Store::open(&data.join("copy.db").display().to_string()).await.unwrap();
    database.copy_to(&copy).await.unwrap();
    copy.close().await.unwrap();
    database.close().await.unwrap();
    assert_eq!(modes(&data), private(&["backup.db", "copy.db", "waymark.db"]));
}

#[tokio::test]
async fn the_rights_of_others_are_taken_away_from_files_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waymark.db");
    let kept = store(&path.display().to_string()).await;
    for end in ["", "-wal", "-shm"] {
        set_permissions(format!("{}{end}", path.display()), Permissions::from_mode(0o664)).unwrap();
    }
    let opened = store(&path.display().to_string()).await;
    assert_eq!(modes(folder.path()), private(&["waymark.db", "waymark.db-shm", "waymark.db-wal"]));
    opened.close().await.unwrap();
    kept.close().await.unwrap();
}
