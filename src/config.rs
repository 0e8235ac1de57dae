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
    /// The memory for roadmaps that may be asked for again, in MiB; 0 to remember none
    #[arg(long, env = "WAYMARK_PLAN_CACHE", value_name = "MIB", default_value_t = 64,
          value_parser = clap::value_parser!(u64).range(..=1 << 20))]
    pub plan_cache: u64,
}
