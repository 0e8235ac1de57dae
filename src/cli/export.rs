//! `waymark export PATH`.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, counts, print};
use crate::config::DatabaseSettings;
use crate::store::Store;
use crate::{catalog, service};

#[derive(Args)]
pub(super) struct Arguments {
    /// Where to: a folder, or a single file that ends in .yaml, .yml or .json
    path: PathBuf,
    #[command(flatten)]
    database: DatabaseSettings,
}

/// Writes what the database holds; before the first import that is the embedded catalogue.
pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let store = Store::open(&arguments.database.database).await?;
    store.migrate().await?;
    let snapshot = service::start(&store, None, &service::system_clock()).await?;
    catalog::write(&snapshot.catalog, &arguments.path)?;
    print(&format!(
        "Wrote revision {} to {}: {}.\n",
        snapshot.revision,
        arguments.path.display(),
        counts(&snapshot.catalog)
    ))?;
    Ok(store.close().await?)
}
