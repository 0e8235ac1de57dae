//! `waymark copy FROM TO`.

use clap::Args;

use super::{Failure, print};
use crate::store::{Copied, Store};

#[derive(Args)]
pub(super) struct Arguments {
    /// The database to copy: the path of a SQLite file, or a URL of PostgreSQL. It is only read, and no server should be writing to it
    #[arg(env = "WAYMARK_COPY_FROM", hide_env_values = true)]
    from: String,
    /// An empty database, or a SQLite file that is not there yet
    #[arg(env = "WAYMARK_COPY_TO", hide_env_values = true)]
    to: String,
}

pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let Some(from) = Store::open_existing(&arguments.from).await? else {
        return Err(format!("there is no database {}: nothing can be copied from it", arguments.from).into());
    };
    let to = Store::open(&arguments.to).await?;
    let copied = from.copy_to(&to).await?;
    let line = |Copied { table, rows }: &Copied| format!("{rows:>10} {table}\n");
    let lines: String = copied.iter().map(line).collect();
    print(&format!("{lines}Copied {} to {}. Each row was compared.\n", from.place(), to.place()))?;
    from.close().await?;
    Ok(to.close().await?)
}
