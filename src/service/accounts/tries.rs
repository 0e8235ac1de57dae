//! How often passwords may be tried, and by what wrong ones are counted.
//!
//! Somebody whom the account does not know is counted three times: by the network, whichever accounts are
//! tried; by the account and the network; and, with far more room, by the account on all networks together. A
//! device that has signed in to the account before is counted by itself alone. So the wrong passwords of
//! others keep no owner out who comes with a known device. Right ones are given back.

use super::Who;
use crate::accounts::digest;
use crate::store::{Claim, Quota};

/// From one network, for any accounts and for new ones: so many at once, then one each ten seconds.
const NETWORK: Quota = Quota { at_once: 30, period: 10_000_000 };
/// For one account from one network: so many at once, then one each half a minute.
const ACCOUNT_AND_NETWORK: Quota = Quota { at_once: 10, period: 30_000_000 };
/// For one account from all networks: so many at once, as many as NIST SP 800-63B-4 (3.2.2) has at most, then
/// one each five minutes.
const ACCOUNT: Quota = Quota { at_once: 100, period: 300_000_000 };
/// By one device that has signed in to the account before, or in one session.
const DEVICE: Quota = Quota { at_once: 10, period: 30_000_000 };

/// The tries of a network.
pub(super) fn by_network(client: &str) -> Claim {
    Claim { name: format!("network {}", digest(client)), quota: NETWORK }
}

/// The tries of somebody whom the account does not know.
pub(super) fn by_stranger(account: &str, client: &str) -> Vec<Claim> {
    let name = of_account(account);
    let of_network = Claim { name: format!("{name} network {}", digest(client)), quota: ACCOUNT_AND_NETWORK };
    vec![by_network(client), of_network, Claim { name, quota: ACCOUNT }]
}

/// The tries of a device that the account knows.
pub(super) fn by_device(account: &str, device: &str) -> Claim {
    Claim { name: format!("{} device {}", of_account(account), digest(device)), quota: DEVICE }
}

/// The tries of somebody who is signed in.
pub(super) fn in_session(who: &Who) -> Claim {
    let session = who.credential().unwrap_or_default();
    Claim {
        name: format!("{} session {}", of_account(&who.id.to_string()), digest(&session.to_string())),
        quota: DEVICE,
    }
}

/// What all tries of an account begin with.
pub fn of_account(account: &str) -> String {
    format!("account {}", digest(account))
}

/// What a claim counts, for the audit trail.
pub(super) fn kind(claim: &Claim) -> &'static str {
    let words: Vec<&str> = claim.name.split(' ').collect();
    match (words.first(), words.get(2)) {
        (Some(&"network"), _) => "network",
        (_, Some(&"network")) => "account and network",
        (_, Some(&"device")) => "device",
        (_, Some(&"session")) => "session",
        _ => "account",
    }
}
