//! Devices that have signed in to an account before, as OWASP's device cookies have them: a cookie that the
//! server has signed says so. Whoever comes with one has tries of its own, so that nobody else's wrong
//! passwords keep the owner out.
//!
//! A cookie holds for one account and its password: another password makes all of them worthless, also those
//! of somebody who knew the old one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::secret::{Entropy, Secret, random};

/// How long a device is remembered, in days.
pub const DEVICE_DAYS: i64 = 365;
/// The accounts that one device is remembered by: several people may use it.
const ACCOUNTS: usize = 4;
/// What stands between the entries of a cookie.
const BETWEEN: char = '.';
const NONCE: usize = 16;

/// Whom a device is remembered by.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The learner.
    pub id: Uuid,
    /// The hash of the password.
    pub password_hash: &'a str,
}

/// The cookie of a device that has just signed in, beside the other accounts of the cookie that it had.
pub fn remember_device(
    cookie: Option<&str>,
    owner: Owner<'_>,
    key: &Secret,
    now: DateTime<Utc>,
    entropy: &Entropy,
) -> String {
    let mut entry =
        [&owner.id.as_bytes()[..], &now.timestamp().to_be_bytes(), &random::<NONCE>(entropy)].concat();
    entry.extend(signature(key, owner, &entry).finalize().into_bytes());
    let others = others(cookie, owner.id).take(ACCOUNTS - 1);
    let all: Vec<String> = [URL_SAFE_NO_PAD.encode(entry)].into_iter().chain(others).collect();
    all.join(&BETWEEN.to_string())
}

/// The cookie of a device without an account.
pub fn forget_device(cookie: Option<&str>, learner: Uuid) -> String {
    others(cookie, learner).collect::<Vec<_>>().join(&BETWEEN.to_string())
}

/// The name of a device, if it has signed in to an account before.
pub fn known_device(
    cookie: Option<&str>,
    owner: Owner<'_>,
    key: &Secret,
    now: DateTime<Utc>,
) -> Option<String> {
    entries(cookie).find_map(|text| {
        let entry = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (signed, tag) = entry.split_at_checked(16 + 8 + NONCE)?;
        signature(key, owner, signed).verify_slice(tag).ok()?;
        let (learner, rest) = signed.split_at_checked(16)?;
        let (made_at, nonce) = rest.split_at_checked(8)?;
        let made_at = DateTime::from_timestamp(i64::from_be_bytes(made_at.try_into().ok()?), 0)?;
        let is_recent = now - made_at < TimeDelta::days(DEVICE_DAYS);
        (learner == owner.id.as_bytes() && is_recent).then(|| URL_SAFE_NO_PAD.encode(nonce))
    })
}

fn signature(key: &Secret, owner: Owner<'_>, entry: &[u8]) -> Hmac<Sha256> {
    let mut signature = key.hmac();
    signature.update(b"device ");
    signature.update(entry);
    signature.update(&Sha256::digest(owner.password_hash));
    signature
}

fn entries(cookie: Option<&str>) -> impl Iterator<Item = &str> {
    cookie.unwrap_or_default().split(BETWEEN).take(ACCOUNTS).filter(|entry| !entry.is_empty())
}

/// The entries of other accounts than a learner's, of the form that entries have.
fn others(cookie: Option<&str>, learner: Uuid) -> impl Iterator<Item = String> {
    let is_other = move |text: &&str| {
        let entry = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        entry.len() == 16 + 8 + NONCE + 32 && !entry.starts_with(learner.as_bytes())
    };
    entries(cookie).filter(is_other).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::system_entropy;

    const ADA: Owner<'_> = Owner { id: Uuid::from_u128(1), password_hash: "$argon2id$1" };
    const GRACE: Owner<'_> = Owner { id: Uuid::from_u128(2), password_hash: "$argon2id$2" };

    fn now() -> DateTime<Utc> {
        "2026-01-05T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_device_is_known_to_the_account_and_the_password_that_it_signed_in_with() {
        let entropy = system_entropy();
        let (key, other_key) = (Secret::new(&entropy), Secret::new(&entropy));
        let cookie = remember_device(None, ADA, &key, now(), &entropy);
        let known = |cookie: &str, owner, key, day| {
            known_device(Some(cookie), owner, key, now() + TimeDelta::days(day))
        };
        assert!(known(&cookie, ADA, &key, 364).is_some() && known(&cookie, ADA, &key, -1).is_some());
        assert_eq!(known(&cookie, ADA, &key, 365), None, "after a year");
        assert_eq!(known(&cookie, GRACE, &key, 0), None);
        assert_eq!(known(&cookie, ADA, &other_key, 0), None);
        assert_eq!(known(&cookie, Owner { password_hash: "$argon2id$3", ..ADA }, &key, 0), None);
        for i in 0..cookie.len() {
            let mut other = cookie.clone().into_bytes();
            other[i] = if other[i] == b'A' { b'B' } else { b'A' };
            assert_eq!(known(&String::from_utf8(other).unwrap(), ADA, &key, 0), None, "{i}");
        }
        assert_eq!(known_device(Some("..a..%"), ADA, &key, now()), None);
    }

    #[test]
    fn several_people_may_use_one_device() {
        let entropy = system_entropy();
        let key = Secret::new(&entropy);
        let of_ada = remember_device(Some("nonsense"), ADA, &key, now(), &entropy);
        let both = remember_device(Some(&of_ada), GRACE, &key, now(), &entropy);
        for owner in [ADA, GRACE] {
            assert!(known_device(Some(&both), owner, &key, now()).is_some());
        }
        assert_eq!(forget_device(Some(&both), GRACE.id), of_ada);
        let mut cookie = both;
        for id in 3..20 {
            let other = Owner { id: Uuid::from_u128(id), password_hash: "x" };
            cookie = remember_device(Some(&cookie), other, &key, now(), &entropy);
        }
        assert_eq!(cookie.split(BETWEEN).count(), ACCOUNTS);
        assert!(cookie.len() < 400, "{}", cookie.len());
    }
}
