//! What a token says, and whether it is one that opens something.

use chrono::{DateTime, Utc};
use jsonwebtoken::Header;
use serde::Deserialize;
use serde_json::Value;

/// How far clocks may be apart, in seconds.
const LEEWAY: f64 = 60.0;
/// The types of tokens that say who somebody is (RFC 7519, 5.1; RFC 9068, 2.1). Others are for other uses:
/// a logout token is signed by the same key.
const TYPES: [&str; 2] = ["jwt", "at+jwt"];
/// The most characters of a subject (OpenID Connect Core, 2).
const LONGEST_SUBJECT: usize = 255;

/// Whether a token is of a type that opens something. Headers that have to be understood (`crit`) are none
/// that this server understands.
pub(super) fn is_access(header: &Header) -> bool {
    let is_of_type = header.typ.as_deref().is_none_or(|typ| {
        let typ = typ.to_ascii_lowercase();
        TYPES.contains(&typ.strip_prefix("application/").unwrap_or(&typ))
    });
    is_of_type && header.crit.is_none() && header.enc.is_none() && header.zip.is_none()
}

/// What a token says. Its dates may have a part after the point (RFC 7519, 2).
#[derive(Deserialize)]
pub(super) struct Claims {
    pub(super) sub: String,
    pub(super) name: Option<String>,
    exp: f64,
    nbf: Option<f64>,
    iat: Option<f64>,
    /// What has happened to somebody (RFC 8417), such as a logout: says nothing of who asks.
    events: Option<Value>,
}

impl Claims {
    /// Whether it is about somebody, and now.
    pub(super) fn is_valid(&self, now: DateTime<Utc>) -> bool {
        let subject = 1..=LONGEST_SUBJECT;
        let now = seconds(now);
        self.events.is_none()
            && subject.contains(&self.sub.chars().count())
            && !self.sub.chars().any(char::is_control)
            && self.exp + LEEWAY > now
            && self.nbf.is_none_or(|from| from - LEEWAY <= now)
    }

    pub(super) fn expires_at(&self) -> Option<DateTime<Utc>> {
        instant(self.exp)
    }

    pub(super) fn issued_at(&self) -> Option<DateTime<Utc>> {
        instant(self.iat?)
    }
}

#[allow(clippy::cast_precision_loss)] // microseconds are told apart for another two hundred years
fn seconds(now: DateTime<Utc>) -> f64 {
    now.timestamp_micros() as f64 / 1e6
}

/// `None` if it is beyond all calendars.
#[allow(clippy::cast_possible_truncation)] // a number that is too large becomes the largest
fn instant(seconds: f64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis((seconds * 1e3) as i64)
}
