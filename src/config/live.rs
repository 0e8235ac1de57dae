//! Connections that stay open: WebSockets and event streams.

use std::time::Duration;

use clap::Args;

/// What connections that stay open may take, and how long is waited for those at their other end.
#[derive(Args, Clone, Debug)]
pub struct LiveSettings {
    /// The most WebSockets and event streams that are open at once
    #[arg(long = "limit-live", env = "WAYMARK_LIMIT_LIVE", value_name = "N", default_value_t = LiveSettings::USUAL.connections)]
    pub connections: usize,
    /// The most WebSockets and event streams of one client that are open at once (an IPv6 network of /64 is one)
    #[arg(
        long = "limit-client-live",
        env = "WAYMARK_LIMIT_CLIENT_LIVE",
        value_name = "N",
        default_value_t = LiveSettings::USUAL.client_connections
    )]
    pub client_connections: usize,
    /// The most subscriptions that are under way at once
    #[arg(
        long = "limit-subscriptions",
        env = "WAYMARK_LIMIT_SUBSCRIPTIONS",
        value_name = "N",
        default_value_t = LiveSettings::USUAL.subscriptions
    )]
    pub subscriptions: usize,
    /// The most subscriptions of one client that are under way at once
    #[arg(
        long = "limit-client-subscriptions",
        env = "WAYMARK_LIMIT_CLIENT_SUBSCRIPTIONS",
        value_name = "N",
        default_value_t = LiveSettings::USUAL.client_subscriptions
    )]
    pub client_subscriptions: usize,
    /// The most operations that are under way at once on one WebSocket
    #[arg(
        long = "limit-operations",
        env = "WAYMARK_LIMIT_OPERATIONS",
        value_name = "N",
        default_value_t = LiveSettings::USUAL.operations
    )]
    pub operations: usize,
    /// The most bytes of a message over a WebSocket
    #[arg(
        long = "limit-message",
        env = "WAYMARK_LIMIT_MESSAGE",
        value_name = "BYTES",
        default_value_t = LiveSettings::USUAL.message_bytes
    )]
    pub message_bytes: usize,
    /// How long a new WebSocket may take to introduce itself, in seconds
    #[arg(long, env = "WAYMARK_INIT_TIMEOUT", value_name = "SECONDS", default_value = "3", value_parser = seconds)]
    pub init_timeout: Duration,
    /// How often a connection that stays open is tried, in seconds; one that is silent for twice as long is closed
    #[arg(long, env = "WAYMARK_PING_EVERY", value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub ping_every: Duration,
    /// How long a client may take none of what is sent to it, in seconds; then its connection is closed, whatever it is for
    #[arg(long, env = "WAYMARK_SEND_TIMEOUT", value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub send_timeout: Duration,
}

impl LiveSettings {
    const USUAL: Self = Self {
        connections: 10_000,
        client_connections: 500,
        subscriptions: 50_000,
        client_subscriptions: 2_500,
        operations: 50,
        message_bytes: 1_000_000,
        init_timeout: Duration::from_secs(3),
        ping_every: Duration::from_secs(15),
        send_timeout: Duration::from_secs(10),
    };
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self::USUAL
    }
}

/// A number of seconds, which may have decimals.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && *number <= 86_400.0);
    number
        .and_then(|number| Duration::try_from_secs_f64(number).ok())
        .ok_or_else(|| "write a number of seconds above 0 and up to 86400, such as 15".to_owned())
}
