//! Passwords, hashed by Argon2id (RFC 9106) with the parameters that OWASP recommends: 19 MiB, two passes, one lane.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use super::secret::{Entropy, random};

/// The fewest characters, as for a password that is all that is asked for.
const SHORTEST: usize = 10;
/// The most characters: a longer one is somebody's way to keep the server busy.
const LONGEST: usize = 256;

/// What is wrong with a password that somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Too few characters.
    #[error("A password has at least {SHORTEST} characters: three or four words are easy to keep in mind.")]
    Short,
    /// Too many characters.
    #[error("A password has at most {LONGEST} characters.")]
    Long,
    /// The address, or one character again and again.
    #[error(
        "That can be guessed: choose something that is not your address, and not one character over and over."
    )]
    Obvious,
}

/// Whether a password may be chosen: its length counts, and not which kinds of characters it has (NIST SP 800-63B, 3.1.1.2).
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, address: &str) -> Result<(), Weakness> {
    let (length, mut characters) = (password.chars().count(), password.chars());
    let first = characters.next();
    if length < SHORTEST {
        Err(Weakness::Short)
    } else if length > LONGEST {
        Err(Weakness::Long)
    } else if characters.all(|c| Some(c) == first) || password.eq_ignore_ascii_case(address) {
        Err(Weakness::Obvious)
    } else {
        Ok(())
    }
}

/// Hashes passwords, and holds them against hashes: off the threads that serve requests, and only so many at once, since each takes 19 MiB and
/// a core for tens of milliseconds. A clone is another handle to the same.
#[derive(Clone)]
pub struct Passwords {
    room: Arc<Semaphore>,
    /// The hash of a password that nobody has: who has no account takes as long to refuse as who has one.
    nobodys: Arc<str>,
}

/// The hasher did not do its work: the fault is ours, and has been logged.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct Unhashed;

impl Passwords {
    /// Hashes so many at once.
    ///
    /// # Errors
    /// Where the hasher does not work at all.
    pub fn new(at_once: usize, entropy: &Entropy) -> Result<Self, Unhashed> {
        let nobodys = hash(&random::<16>(entropy), b"nobody has this password")?;
        Ok(Self { room: Arc::new(Semaphore::new(at_once.max(1))), nobodys: nobodys.into() })
    }

    /// The hash of a password, in the PHC string format.
    ///
    /// # Errors
    /// Where it can't be computed.
    pub async fn hash(&self, password: String, entropy: &Entropy) -> Result<String, Unhashed> {
        let salt = random::<16>(entropy);
        self.run(move || hash(&salt, password.as_bytes())).await
    }

    /// Whether a password is the one of a hash; never where there is none, and it takes as long to say so.
    ///
    /// # Errors
    /// Where it can't be computed.
    pub async fn is_right(&self, password: String, known: Option<String>) -> Result<bool, Unhashed> {
        let nobodys = self.nobodys.clone();
        self.run(move || {
            let hashed = known.as_deref().unwrap_or(&nobodys);
            let hashed = PasswordHash::new(hashed).map_err(|error| unhashed(&error))?;
            let is_same = Argon2::default().verify_password(password.as_bytes(), &hashed).is_ok();
            Ok(is_same && known.is_some())
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Unhashed> + Send + 'static,
    ) -> Result<T, Unhashed> {
        // It is never closed.
        let place = self.room.clone().acquire_owned().await.map_err(|error| unhashed(&error))?;
        // It goes on where nobody waits for it any more, and keeps its place as long.
        let work = move || {
            let _place = place;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| unhashed(&error))?
    }
}

fn hash(salt: &[u8], password: &[u8]) -> Result<String, Unhashed> {
    let hashed: Result<PasswordHash, _> = Argon2::default().hash_password_with_salt(password, salt);
    hashed.map(|hashed| hashed.to_string()).map_err(|error| unhashed(&error))
}

fn unhashed(error: &dyn std::fmt::Display) -> Unhashed {
    tracing::error!(%error, "a password could not be hashed");
    Unhashed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::system_entropy;

    #[tokio::test]
    async fn a_password_is_known_by_its_hash_alone() {
        let entropy = system_entropy();
        let passwords = Passwords::new(2, &entropy).unwrap();
        let hashed = passwords.hash("correct horse battery".into(), &entropy).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert_ne!(hashed, passwords.hash("correct horse battery".into(), &entropy).await.unwrap());
        assert!(passwords.is_right("correct horse battery".into(), Some(hashed.clone())).await.unwrap());
        assert!(!passwords.is_right("correct horse".into(), Some(hashed)).await.unwrap());
        assert!(!passwords.is_right("nobody has this password".into(), None).await.unwrap());
    }

    #[test]
    fn a_password_is_long_enough_and_not_what_everybody_would_try_first() {
        let of = |password: &str| check(password, "ada@example.org");
        assert_eq!(of("three plain words"), Ok(()));
        assert_eq!(of("短いけれど十文字以上"), Ok(()));
        assert_eq!(of("short"), Err(Weakness::Short));
        assert_eq!(of(&"x".repeat(20)), Err(Weakness::Obvious));
        assert_eq!(of("Ada@Example.org"), Err(Weakness::Obvious));
        assert_eq!(of(&"xy".repeat(200)), Err(Weakness::Long));
    }
}
