//! The files of a SQLite database. There are addresses and hashes of secrets in them, so they are
//! their owner's alone, whatever the umask is.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

use super::StoreError;

/// Creates the file of a database with its folder where they are missing. SQLite gives what it
/// creates beside the file the same rights.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        create_folder(folder)
            .map_err(|reason| StoreError::Folder { folder: folder.display().to_string(), reason })?;
    }
    // What stands in the way of the file is told by SQLite, which opens it next.
    let _ = create_private(path);
    Ok(())
}

/// Takes the rights of others away from the file of a database, which was opened, so that it is one,
/// and from what lies beside it.
pub(super) fn restrict_all(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        restrict(Path::new(&file));
    }
}

/// Creates an empty file that nobody but its owner may read.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Takes the rights of all but the owner away, and says so.
#[cfg(unix)]
fn restrict(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(found) = fs::metadata(path) else { return };
    let mode = found.permissions().mode() & 0o777;
    if !found.is_file() || mode == mode & 0o700 {
        return;
    }
    let file = path.display();
    match fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)) {
        Ok(()) => tracing::warn!(%file, "others could read the database: its file is its owner's alone now"),
        Err(error) => {
            tracing::warn!(%file, %error, "others can read the database: take the right away from them");
        }
    }
}

/// Rights are another matter elsewhere.
#[cfg(not(unix))]
fn restrict(_: &Path) {
    let _ = fs::metadata;
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
