//! Accounts, and who else may vouch for somebody.

use std::path::PathBuf;

use clap::Args;

/// Accounts, and who else may vouch for somebody.
#[derive(Args, Clone, Debug, Default)]
pub struct AccountSettings {
    /// Give the cookies of sessions to browsers without TLS too: for a trusted network. A server at `localhost` does so anyway
    #[arg(long, env = "WAYMARK_INSECURE_COOKIES")]
    pub insecure_cookies: bool,
    /// A provider of identities (OpenID Connect) whose tokens are believed: its name, as the tokens' `iss` has it
    #[arg(
        long,
        env = "WAYMARK_OIDC_ISSUER",
        value_name = "URL",
        requires = "oidc_audience",
        requires = "oidc_keys"
    )]
    pub oidc_issuer: Option<String>,
    /// Whom the provider's tokens are meant for: one of their `aud`
    #[arg(long, env = "WAYMARK_OIDC_AUDIENCE", value_name = "NAME", requires = "oidc_issuer")]
    pub oidc_audience: Option<String>,
    /// The provider's keys, a file with a JSON Web Key Set; it is read again when it changes
    #[arg(long, env = "WAYMARK_OIDC_KEYS", value_name = "FILE", requires = "oidc_issuer")]
    pub oidc_keys: Option<PathBuf>,
    /// An algorithm that the provider's tokens may be signed by
    #[arg(
        long = "oidc-algorithm",
        env = "WAYMARK_OIDC_ALGORITHMS",
        value_name = "NAME",
        value_delimiter = ',',
        default_values = ["RS256", "ES256"]
    )]
    pub oidc_algorithms: Vec<String>,
}
