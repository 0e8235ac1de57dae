//! `waymark backup FILE`.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, print};
use crate::config::DatabaseSettings;
use crate::store::Store;

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to: a file that is not there yet
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Changes nothing in the database: its tables may be of another version.
pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let url = &arguments.database.database;
    let Some(store) = Store::open_existing(url).await? else {
        return Err("there is no database yet: name another one with --database".into());
    };
    store.backup(&arguments.file).await?;
    print(&format!("Copied {} to {}, and checked the copy.\n", store.place(), arguments.file.display()))?;
    Ok(store.close().await?)
}
