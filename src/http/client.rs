//! Who a request comes from, and how often one may ask.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::{HeaderMap, HeaderName};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use super::headers::listed;
use crate::config::ServerSettings;

/// The address at the other end of a request's connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Where proxies say whom they ask for.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// After so many requests the clients that have not asked for long are forgotten.
const SWEEP_EVERY: usize = 10_000;

/// How often each client may ask.
pub(super) struct Rates {
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    /// How many requests have been looked at.
    requests: AtomicUsize,
    clock: DefaultClock,
    trusted: Vec<IpNet>,
}

impl Rates {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        let rate = NonZeroU32::new(settings.rate_limit);
        let burst = NonZeroU32::new(settings.rate_burst).unwrap_or(NonZeroU32::MIN);
        let limiter = rate.map(|rate| RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst)));
        Self {
            limiter,
            requests: AtomicUsize::new(0),
            clock: DefaultClock::default(),
            trusted: settings.trusted_proxies.clone(),
        }
    }

    /// Who a request comes from, as far as it can be told; those who have many addresses count as one.
    pub(super) fn client(&self, peer: Option<Peer>, headers: &HeaderMap) -> Option<IpAddr> {
        peer.map(|Peer(peer)| bucket(client(peer.ip(), headers, &self.trusted)))
    }

    /// Whether a request may be answered.
    ///
    /// # Errors
    /// In how many seconds the next one may.
    pub(super) fn admit(&self, peer: Option<Peer>, headers: &HeaderMap) -> Result<(), u64> {
        let (Some(limiter), Some(client)) = (&self.limiter, self.client(peer, headers)) else {
            return Ok(());
        };
        if self.requests.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            limiter.retain_recent();
        }
        limiter
            .check_key(&client)
            .map_err(|denied| denied.wait_time_from(self.clock.now()).as_secs().saturating_add(1))
    }
}

/// The client's address: the connection's, or where that is a trusted proxy's, the last one of `X-Forwarded-For` that is not. What stands before
/// it anybody may have written.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted =
        |address: IpAddr| trusted.iter().any(|network| network.contains(&address.to_canonical()));
    let mut client = peer.to_canonical();
    let mut forwarded = listed(headers, FORWARDED_FOR).rev();
    while is_trusted(client) {
        let Some(Ok(before)) = forwarded.next().map(str::parse::<IpAddr>) else {
            break;
        };
        client = before.to_canonical();
    }
    client
}

/// The client of a connection, as far as its address tells: behind a trusted proxy are many.
pub(super) fn of_connection(peer: SocketAddr, trusted: &[IpNet]) -> Option<IpAddr> {
    let address = peer.ip().to_canonical();
    let is_proxy = trusted.iter().any(|network| network.contains(&address));
    (!is_proxy).then(|| bucket(address))
}

/// Who has one address of the sixth version has 2^64 of them.
fn bucket(client: IpAddr) -> IpAddr {
    match client {
        IpAddr::V4(_) => client,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed_and_only_about_who_asked_them() {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let of = |peer: &str, forwarded: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            client(peer.parse().unwrap(), &headers, &trusted).to_string()
        };
        assert_eq!(of("192.0.2.1", &[]), "192.0.2.1");
        assert_eq!(of("192.0.2.1", &["203.0.113.9"]), "192.0.2.1");
        assert_eq!(of("10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(of("::ffff:10.0.0.1", &["203.0.113.9"]), "203.0.113.9");
        assert_eq!(of("10.0.0.1", &["198.51.100.7, 203.0.113.9, 10.0.0.2"]), "203.0.113.9");
        assert_eq!(of("10.0.0.1", &["198.51.100.7", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(of("fd00::1", &["2001:db8::1"]), "2001:db8::1");
        assert_eq!(of("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &["10.0.0.3"]), "10.0.0.3");
    }

    #[test]
    fn a_connection_of_a_trusted_proxy_is_no_clients() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let of = |peer: &str| of_connection(peer.parse().unwrap(), &trusted).map(|client| client.to_string());
        assert_eq!(of("10.0.0.1:9"), None);
        assert_eq!(of("[::ffff:10.0.0.1]:9"), None);
        assert_eq!(of("192.0.2.1:9").as_deref(), Some("192.0.2.1"));
        assert_eq!(of("[2001:db8:1:2:3::4]:9").as_deref(), Some("2001:db8:1:2::"));
    }

    #[test]
    fn addresses_of_one_network_of_the_sixth_version_count_as_one_client() {
        let of = |address: &str| bucket(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn who_asks_too_often_is_told_when_to_ask_again_and_others_are_not() {
        let settings = ServerSettings { rate_limit: 1, rate_burst: 2, ..ServerSettings::default() };
        let rates = Rates::new(&settings);
        let ask = |address: &str| rates.admit(Some(Peer(address.parse().unwrap())), &HeaderMap::new());
        assert_eq!((ask("192.0.2.1:1"), ask("192.0.2.1:2")), (Ok(()), Ok(())));
        assert!(ask("192.0.2.1:3").is_err_and(|seconds| (1..=2).contains(&seconds)));
        assert_eq!(ask("192.0.2.2:1"), Ok(()));
        assert_eq!(Rates::new(&ServerSettings::default()).admit(None, &HeaderMap::new()), Ok(()));
    }
}
