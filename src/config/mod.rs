//! Every setting, read once: a flag, or an environment variable of the same name.

mod accounts;
mod limits;
mod live;
mod server;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub use accounts::AccountSettings;
pub use limits::Limits;
pub use live::LiveSettings;
pub use server::ServerSettings;

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

/// How HTTP is spoken.
#[derive(Args, Clone, Debug, Default)]
pub struct HttpSettings {
    /// A site that may ask from its pages, such as `https://example.org`; none if absent
    #[arg(long = "cors-origin", env = "WAYMARK_CORS_ORIGIN", value_name = "ORIGIN", value_delimiter = ',', value_parser = origin)]
    pub cors: Vec<String>,
    /// How long caches between here and the client may answer without asking, in seconds; 0 has them ask each time
    #[arg(long, env = "WAYMARK_MAX_AGE", value_name = "SECONDS", default_value_t = 0)]
    pub max_age: u64,
}

/// What the schema shows of itself, and what may be asked of it.
#[derive(Args, Clone, Debug, Default)]
pub struct SchemaSettings {
    /// Answer no introspection: `__schema` and `__type` are null
    #[arg(long = "no-introspection", env = "WAYMARK_NO_INTROSPECTION")]
    pub no_introspection: bool,
    /// Name no field of the schema that may be meant by a misspelt one
    #[arg(long = "no-suggestions", env = "WAYMARK_NO_SUGGESTIONS")]
    pub no_suggestions: bool,
    /// A manifest of documents that are trusted: a JSON object of texts by their ids (graphql-codegen, Relay), or Apollo's
    #[arg(long, env = "WAYMARK_TRUSTED_DOCUMENTS", value_name = "FILE")]
    pub trusted_documents: Option<PathBuf>,
    /// Whether documents beside the trusted ones are answered
    #[arg(long, env = "WAYMARK_TRUSTED_MODE", value_enum, default_value_t, requires = "trusted_documents")]
    pub trusted_mode: TrustedMode,
    /// Limits
    #[command(flatten)]
    pub limits: Limits,
}

/// What the manifest of trusted documents is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TrustedMode {
    /// Nothing
    Off,
    /// Its documents are known by their hashes; others are answered too
    #[default]
    Prefer,
    /// Its documents alone are answered
    Only,
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
    /// The memory for finished answers that may be asked for again, in MiB; 0 to keep none
    #[arg(long, env = "WAYMARK_ANSWER_CACHE", value_name = "MIB", default_value_t = 64,
          value_parser = clap::value_parser!(u64).range(..=1 << 20))]
    pub answer_cache: u64,
    /// HTTP
    #[command(flatten)]
    pub http: HttpSettings,
    /// Those who connect
    #[command(flatten)]
    pub server: ServerSettings,
    /// Accounts
    #[command(flatten)]
    pub accounts: AccountSettings,
    /// Connections that stay open
    #[command(flatten)]
    pub live: LiveSettings,
    /// The schema
    #[command(flatten)]
    pub schema: SchemaSettings,
}

/// A scheme, a host and perhaps a port, as browsers write an origin.
fn origin(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |host: &str| !host.is_empty() && !host.contains(['/', '?', '#', '*', ' ']);
    match host {
        Some(host) if is_host(host) && text == text.to_ascii_lowercase() => Ok(text.to_owned()),
        _ => Err("write it as browsers do, such as https://example.org or http://localhost:3000".to_owned()),
    }
}
