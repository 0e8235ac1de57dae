//! Every setting, read once: a flag, or an environment variable of the same name.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

/// Where the database is.
#[derive(Args, Clone, Debug)]
pub struct DatabaseSettings {
    /// The database: the path of a SQLite file, or a URL of PostgreSQL (`postgres://USER@HOST/NAME`)
    #[arg(
        long,
        env = "WAYMARK_DATABASE",
        value_name = "URL",
        default_value = "sqlite://waymark.db",
        hide_env_values = true
    )]
    pub database: String,
}

/// What a server needs.
#[derive(Args, Clone, Debug)]
pub struct ServeSettings {
    /// The address to listen on
    #[arg(long, env = "WAYMARK_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8000")]
    pub listen: SocketAddr,
    /// The database
    #[command(flatten)]
    pub database: DatabaseSettings,
    /// A catalogue (a folder, or a single file) to start on in place of the embedded one; it is imported into the database
    #[arg(long, env = "WAYMARK_CATALOG", value_name = "PATH")]
    pub catalog: Option<PathBuf>,
}
