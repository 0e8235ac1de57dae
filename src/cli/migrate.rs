//! `waymark migrate`.

use super::{Failure, print};
use crate::config::DatabaseSettings;
use crate::store::Store;

pub(super) async fn run(settings: DatabaseSettings) -> Result<(), Failure> {
    let store = Store::open(&settings.database).await?;
    store.migrate().await?;
    print(&format!("Up to date: {}.\n", store.place()))?;
    Ok(store.close().await?)
}
