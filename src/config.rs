//! Every setting, read once: a flag, or an environment variable of the same name.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

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
    /// The edition of GraphQL over HTTP that chooses the status of answers
    #[arg(long = "http-edition", env = "WAYMARK_HTTP_EDITION", value_enum, default_value_t)]
    pub edition: Edition,
}

/// The edition of GraphQL over HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Edition {
    /// What clients of today know: 400 for every request that is not executed, 200 for the rest
    #[default]
    Draft,
    /// 422 for a document that does not validate, 294 for an answer with errors beside data
    First,
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
    /// A manifest of documents that are trusted: a JSON object of texts by their SHA-256
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

/// The most that a request may ask for. Beyond it the answer is `QUERY_TOO_COSTLY`, with the limit and the request's figure.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// The most tokens of a document
    #[arg(long = "limit-tokens", env = "WAYMARK_LIMIT_TOKENS", value_name = "N", default_value_t = Limits::USUAL.tokens)]
    pub tokens: u64,
    /// The most brackets that are open at once
    #[arg(long = "limit-nesting", env = "WAYMARK_LIMIT_NESTING", value_name = "N", default_value_t = Limits::USUAL.nesting)]
    pub nesting: u64,
    /// The most fields one inside the other
    #[arg(long = "limit-depth", env = "WAYMARK_LIMIT_DEPTH", value_name = "N", default_value_t = Limits::USUAL.depth)]
    pub depth: u64,
    /// The most fields, each as often as it is spread
    #[arg(long = "limit-fields", env = "WAYMARK_LIMIT_FIELDS", value_name = "N", default_value_t = Limits::USUAL.fields)]
    pub fields: u64,
    /// The most fields of the operation itself
    #[arg(
        long = "limit-root-fields",
        env = "WAYMARK_LIMIT_ROOT_FIELDS",
        value_name = "N",
        default_value_t = Limits::USUAL.root_fields
    )]
    pub root_fields: u64,
    /// The most aliases, each as often as it is spread
    #[arg(long = "limit-aliases", env = "WAYMARK_LIMIT_ALIASES", value_name = "N", default_value_t = Limits::USUAL.aliases)]
    pub aliases: u64,
    /// The most directives, each as often as it is spread
    #[arg(
        long = "limit-directives",
        env = "WAYMARK_LIMIT_DIRECTIVES",
        value_name = "N",
        default_value_t = Limits::USUAL.directives
    )]
    pub directives: u64,
    /// The most units of cost: fields weighed by their lists and by what computing them takes
    #[arg(long = "limit-cost", env = "WAYMARK_LIMIT_COST", value_name = "N", default_value_t = Limits::USUAL.cost)]
    pub cost: u64,
}

impl Limits {
    /// What is answered where nothing is set.
    const USUAL: Self = Self {
        tokens: 4_000,
        nesting: 64,
        depth: 24,
        fields: 4_000,
        root_fields: 50,
        aliases: 100,
        directives: 100,
        cost: 1_000_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
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
    /// HTTP
    #[command(flatten)]
    pub http: HttpSettings,
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
