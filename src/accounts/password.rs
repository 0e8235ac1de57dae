//! Passwords, hashed by Argon2id (RFC 9106) with the parameters that OWASP recommends: 19 MiB, two passes, one lane.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use super::secret::{Entropy, random};
use super::strength::{self, Weakness, composed};

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

    /// The hash of a password, composed, in the PHC string format.
    ///
    /// # Errors
    /// Where it can't be computed.
    pub async fn hash(&self, password: String, entropy: &Entropy) -> Result<String, Unhashed> {
        let salt = random::<16>(entropy);
        self.run(move || hash(&salt, composed(&password).as_bytes())).await
    }

    /// What is wrong with a password that somebody chooses of whom some things are known, such as the address
    /// and the name. `None` if nothing is.
    ///
    /// # Errors
    /// Where it can't be computed.
    pub async fn weakness(&self, password: String, known: Vec<String>) -> Result<Option<Weakness>, Unhashed> {
        if let Err(weakness) = strength::check_length(&password) {
            return Ok(Some(weakness));
        }
        self.run(move || Ok(strength::check(&password, &known).err())).await
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
            // No account has a longer one, and it is not to keep the server busy either.
            let password = if strength::is_too_long(&password) { String::new() } else { password };
            let is = |text: &str| Argon2::default().verify_password(text.as_bytes(), &hashed).is_ok();
            let composed = composed(&password);
            // Earlier versions hashed passwords as they were typed.
            let is_same = is(&composed) || (composed != password && is(&password));
            Ok(is_same && !password.is_empty() && known.is_some())
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

    #[tokio::test]
    async fn a_password_is_the_same_from_each_keyboard() {
        let entropy = system_entropy();
        let passwords = Passwords::new(2, &entropy).unwrap();
        let (composed, apart) = ("drei gr\u{fc}ne W\u{f6}rter", "drei gru\u{308}ne Wo\u{308}rter");
        let hashed = passwords.hash(apart.into(), &entropy).await.unwrap();
        // What an earlier version made of it, as it was typed.
        let earlier = hash(&random::<16>(&entropy), apart.as_bytes()).unwrap();
        for (text, hashed, is_right) in [
            (composed, &hashed, true),
            (apart, &hashed, true),
            (apart, &earlier, true),
            ("drei grune Worter", &hashed, false),
        ] {
            assert_eq!(
                passwords.is_right(text.into(), Some(hashed.clone())).await.unwrap(),
                is_right,
                "{text}"
            );
        }
    }

    #[tokio::test]
    async fn the_longest_text_is_judged_without_being_hashed_or_estimated() {
        let entropy = system_entropy();
        let passwords = Passwords::new(2, &entropy).unwrap();
        let long = "e\u{301}".repeat(1 << 19);
        assert_eq!(passwords.weakness(long.clone(), Vec::new()).await.unwrap(), Some(Weakness::Long));
        let hashed = passwords.hash(String::new(), &entropy).await.unwrap();
        assert!(!passwords.is_right(long, Some(hashed)).await.unwrap());
    }
}
