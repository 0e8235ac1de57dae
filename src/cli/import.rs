//! `waymark import PATH`.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, counts, print};
use crate::config::DatabaseSettings;
use crate::service;
use crate::store::Store;

#[derive(Args)]
pub(super) struct Arguments {
    /// The catalogue: a folder, or a single file
    path: PathBuf,
    #[command(flatten)]
    database: DatabaseSettings,
}

pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let store = Store::open(&arguments.database.database).await?;
    store.migrate().await?;
    let (import, catalog) = service::import(&store, &arguments.path, &service::system_clock()).await?;
    let number = import.revision().number;
    print(&if import.is_new() {
        format!("Imported as revision {number}: {}.\n", counts(&catalog))
    } else {
        format!("Nothing to do: revision {number} is this very catalogue.\n")
    })?;
    Ok(store.close().await?)
}
