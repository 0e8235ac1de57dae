//! What a server takes from those who connect, and how it ends.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use ipnet::IpNet;

use super::live::seconds;

/// What a server takes from those who connect, and how it ends.
#[derive(Args, Clone, Debug)]
pub struct ServerSettings {
    /// An address for those who run the server: `/metrics`, `/health`, `/ready`; none if absent
    #[arg(long, env = "WAYMARK_ADMIN_LISTEN", value_name = "ADDR")]
    pub admin_listen: Option<SocketAddr>,
    /// An operation that the figures tell apart by its name
    #[arg(
        long = "metric-operation",
        env = "WAYMARK_METRIC_OPERATIONS",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub metric_operations: Vec<String>,
    /// The most connections that are open at once
    #[arg(long = "limit-connections", env = "WAYMARK_LIMIT_CONNECTIONS", value_name = "N", default_value_t = ServerSettings::USUAL.sockets)]
    pub sockets: usize,
    /// The most connections that one client has open at once (an IPv6 network of /64 is one); those of trusted proxies are not counted. Beyond them 429
    #[arg(long = "limit-client-connections", env = "WAYMARK_LIMIT_CLIENT_CONNECTIONS", value_name = "N", default_value_t = ServerSettings::USUAL.client_sockets)]
    pub client_sockets: usize,
    /// The most requests that are executed at once; 0 for eight for each processor
    #[arg(long = "limit-running", env = "WAYMARK_LIMIT_RUNNING", value_name = "N", default_value_t = 0)]
    pub running: usize,
    /// The most requests that wait to be executed; beyond them 503
    #[arg(long = "limit-waiting", env = "WAYMARK_LIMIT_WAITING", value_name = "N", default_value_t = ServerSettings::USUAL.waiting)]
    pub waiting: usize,
    /// How long a request may wait to be executed, in seconds; then 503
    #[arg(long, env = "WAYMARK_WAIT_TIMEOUT", value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub wait_timeout: Duration,
    /// How long a connection may take to send its first bytes, and the headers of each request, in seconds; then it is closed
    #[arg(long, env = "WAYMARK_HEADER_TIMEOUT", value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub header_timeout: Duration,
    /// How long a connection of HTTP/2 may be without a request under way, in seconds; then it is closed. HTTP/1 has the header timeout
    #[arg(long, env = "WAYMARK_IDLE_TIMEOUT", value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub idle_timeout: Duration,
    /// How long a request may take to send its body, in seconds; then 408
    #[arg(long, env = "WAYMARK_BODY_TIMEOUT", value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub body_timeout: Duration,
    /// How long a request may be executed, in seconds; then 503
    #[arg(long, env = "WAYMARK_EXECUTION_TIMEOUT", value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub execution_timeout: Duration,
    /// The most downloads of learners' own data at once; beyond them 503
    #[arg(long = "limit-exports", env = "WAYMARK_LIMIT_EXPORTS", value_name = "N", default_value_t = ServerSettings::USUAL.exports)]
    pub exports: usize,
    /// How long a download of a learner's own data may take, in seconds; then it breaks off
    #[arg(long, env = "WAYMARK_EXPORT_TIMEOUT", value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    pub export_timeout: Duration,
    /// How many requests a second one client may send in the long run; 0 for any number
    #[arg(long, env = "WAYMARK_RATE_LIMIT", value_name = "N", default_value_t = 0)]
    pub rate_limit: u32,
    /// How many requests one client may send at once before the rate counts
    #[arg(long, env = "WAYMARK_RATE_BURST", value_name = "N", default_value_t = ServerSettings::USUAL.rate_burst)]
    pub rate_burst: u32,
    /// How many changes a second one account may make in the long run; 0 for any number
    #[arg(long, env = "WAYMARK_WRITE_RATE", value_name = "N", default_value_t = ServerSettings::USUAL.write_rate)]
    pub write_rate: u32,
    /// How many changes one account may make at once before the rate counts
    #[arg(long, env = "WAYMARK_WRITE_BURST", value_name = "N", default_value_t = ServerSettings::USUAL.write_burst)]
    pub write_burst: u32,
    /// A network of proxies whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`
    #[arg(
        long = "trusted-proxy",
        env = "WAYMARK_TRUSTED_PROXIES",
        value_name = "NETWORK",
        value_delimiter = ','
    )]
    pub trusted_proxies: Vec<IpNet>,
    /// How long a server that is told to end still takes requests while it says that it is not ready, in seconds
    #[arg(long, env = "WAYMARK_DRAIN_DELAY", value_name = "SECONDS", default_value = "0", value_parser = seconds_or_none)]
    pub drain_delay: Duration,
    /// How long a server that is told to end waits for the requests under way, in seconds
    #[arg(long, env = "WAYMARK_DRAIN_TIMEOUT", value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub drain_timeout: Duration,
}

impl ServerSettings {
    const USUAL: Self = Self {
        admin_listen: None,
        metric_operations: Vec::new(),
        sockets: 20_000,
        client_sockets: 500,
        running: 0,
        waiting: 128,
        wait_timeout: Duration::from_secs(1),
        header_timeout: Duration::from_secs(10),
        idle_timeout: Duration::from_mins(1),
        body_timeout: Duration::from_secs(15),
        execution_timeout: Duration::from_secs(30),
        exports: 2,
        export_timeout: Duration::from_mins(5),
        rate_limit: 0,
        rate_burst: 50,
        write_rate: 2,
        write_burst: 60,
        trusted_proxies: Vec::new(),
        drain_delay: Duration::ZERO,
        drain_timeout: Duration::from_secs(30),
    };
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self::USUAL
    }
}

fn seconds_or_none(text: &str) -> Result<Duration, String> {
    if text == "0" { Ok(Duration::ZERO) } else { seconds(text) }
}
