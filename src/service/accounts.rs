//! Accounts: who asks, and how one comes to have a name here.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use waymark_entity::{credential, learner};

use super::{Clock, Lost, Notices};
use crate::accounts::{Entropy, Grant, Identity, Outside, Passwords, Rank, Secret, Token, digest, fresh_id};
use crate::store::learners::{GivenFor, instant};
use crate::store::{Act, Quota, Store, StoreError};

/// How long a browser is recognised.
pub const SESSION_DAYS: i64 = 30;
/// That a credential was used is written so often at most.
const NOTE_EVERY: TimeDelta = TimeDelta::minutes(5);
/// Whether somebody who follows something is still recognised is looked at so often at least.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// Tries of a password for one account: so many at once, then one each half a minute.
const TRIES_AT_AN_ACCOUNT: Quota = Quota { at_once: 10, period: 30_000_000 };
/// From one client, for any accounts and for new ones: so many at once, then one each ten seconds.
const TRIES_BY_A_CLIENT: Quota = Quota { at_once: 30, period: 10_000_000 };

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The learner.
    pub id: Uuid,
    /// What the learner may do beside learning.
    pub rank: Rank,
    /// How the learner was recognised.
    pub via: Via,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// How somebody was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// By the session of a browser.
    Session(Uuid),
    /// By a token, which may be used for some things.
    Token(Uuid, Vec<Grant>),
    /// By the word of an outside provider.
    Outside,
}

impl Who {
    /// The session or token, if it is one of ours.
    pub fn credential(&self) -> Option<Uuid> {
        match &self.via {
            Via::Session(id) | Via::Token(id, _) => Some(*id),
            Via::Outside => None,
        }
    }
}

/// Why somebody may not try.
#[derive(Debug)]
pub enum Refused {
    /// Too often: in so many seconds again.
    TooOften(u64),
    /// The fault is ours.
    Lost(Lost),
}

impl From<Lost> for Refused {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Lost(error.into())
    }
}

/// The accounts of a database. A clone is another handle to the same.
#[derive(Clone)]
pub struct Accounts {
    store: Store,
    clock: Clock,
    entropy: Entropy,
    passwords: Arc<Passwords>,
    outside: Option<Arc<Outside>>,
    notices: Notices,
}

impl Accounts {
    /// Those of a store.
    ///
    /// # Errors
    /// Where passwords can't be hashed.
    pub fn new(
        store: Store,
        clock: Clock,
        entropy: Entropy,
        notices: Notices,
        outside: Option<Outside>,
    ) -> Result<Self, Lost> {
        let cores = std::thread::available_parallelism().map_or(1, Into::into);
        let passwords = Arc::new(Passwords::new(cores, &entropy).map_err(|_| Lost)?);
        Ok(Self { store, clock, entropy, passwords, outside: outside.map(Arc::new), notices })
    }

    /// The same while something is done that a learner has asked for.
    #[must_use]
    pub fn during(&self, act: Arc<Act>) -> Self {
        Self { store: self.store.during(act), ..self.clone() }
    }

    /// Counts a try by a client.
    async fn tried_by(&self, client: &str) -> Result<(), Refused> {
        self.tried("client", client, TRIES_BY_A_CLIENT).await
    }

    /// Counts a try of an account's password.
    async fn tried_at(&self, account: &str) -> Result<(), Refused> {
        self.tried("account", account, TRIES_AT_AN_ACCOUNT).await
    }

    /// Counts a try, on all servers together.
    async fn tried(&self, what: &str, whose: &str, quota: Quota) -> Result<(), Refused> {
        let name = digest(&format!("{what} {whose}"));
        let taken = self.store.take(&name, quota, 1, (self.clock)()).await?;
        taken.map_err(|millis| Refused::TooOften(millis.div_ceil(1_000).max(1)))
    }

    fn now(&self) -> DateTime<Utc> {
        instant((self.clock)())
    }

    /// Makes an account where there is none of the address, and does as much where there is one: nobody is told which.
    ///
    /// # Errors
    /// Where the client tries too often.
    pub async fn sign_up(
        &self,
        client: &str,
        email: String,
        password: String,
        name: Option<String>,
    ) -> Result<(), Refused> {
        self.tried_by(client).await?;
        let hash = self.passwords.hash(password, &self.entropy).await.map_err(|_| Lost)?;
        let account = learner::Model { email: Some(email), name, password_hash: Some(hash), ..self.nobody() };
        self.store.add_learner(account).await?;
        Ok(())
    }

    /// Begins a session; `None` where the address has no account, or the password is not its own. Which of the two it is can't be told, not
    /// by the time that it takes either.
    ///
    /// # Errors
    /// Where it is tried too often, by one client or for one account.
    pub async fn sign_in(
        &self,
        client: &str,
        email: &str,
        password: String,
    ) -> Result<Option<(Token, Who)>, Refused> {
        self.tried_by(client).await?;
        self.tried_at(email).await?;
        let account = self.store.learner_of_address(email).await?;
        let known = account.as_ref().and_then(|account| account.password_hash.clone());
        let is_right = self.passwords.is_right(password, known.clone()).await.map_err(|_| Lost)?;
        let (Some(account), Some(hash), true) = (account, known, is_right) else { return Ok(None) };
        let (session, lasts) = (self.credential(account.id, credential::SESSION), SESSION_DAYS);
        let added = self.add(session, TimeDelta::days(lasts), &GivenFor::Password(hash)).await?;
        Ok(added.map(|(token, session)| {
            let who = who(&account, Via::Session(session.id), session.expires_at);
            (token, who)
        }))
    }

    /// Gives an account another password and ends its other sessions; `false` where the old one is wrong.
    ///
    /// # Errors
    /// Where it is tried too often.
    pub async fn change_password(&self, who: &Who, old: String, new: String) -> Result<bool, Refused> {
        if !self.is_password(who.id, old).await? {
            return Ok(false);
        }
        let hash = self.passwords.hash(new, &self.entropy).await.map_err(|_| Lost)?;
        self.store.set_password(who.id, &hash, who.credential()).await?;
        Ok(true)
    }

    /// Deletes an account with all that is its learner's; `false` where the password is wrong. An account without one has its provider's word.
    ///
    /// # Errors
    /// Where it is tried too often.
    pub async fn delete(&self, who: &Who, password: Option<String>) -> Result<bool, Refused> {
        if who.via != Via::Outside && !self.is_password(who.id, password.unwrap_or_default()).await? {
            return Ok(false);
        }
        self.store.delete_learner(who.id).await?;
        Ok(true)
    }

    async fn is_password(&self, id: Uuid, password: String) -> Result<bool, Refused> {
        self.tried_at(&id.to_string()).await?;
        let known = self.store.learner(id).await?.and_then(|account| account.password_hash);
        Ok(self.passwords.is_right(password, known).await.map_err(|_| Lost)?)
    }

    /// A new token of a learner's, and what is kept of it; `None` where the session that asks for it has ended meanwhile.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_token(
        &self,
        who: &Who,
        name: &str,
        grants: &[Grant],
        lasts: TimeDelta,
    ) -> Result<Option<(Token, credential::Model)>, Lost> {
        let Some(session) = who.credential() else { return Ok(None) };
        let token = credential::Model {
            name: name.to_owned(),
            scopes: Grant::list(grants),
            ..self.credential(who.id, credential::TOKEN)
        };
        let added = self.add(token, lasts, &GivenFor::Session(session)).await?;
        Ok(added)
    }

    /// Gives a token another secret in place of its own; `None` where it is not there any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn renew_token(
        &self,
        learner: Uuid,
        id: Uuid,
    ) -> Result<Option<(Token, credential::Model)>, Lost> {
        let token = Token { learner, secret: Secret::new(&self.entropy) };
        let renewed = self.store.renew_credential(learner, id, &token.secret.hash()).await?;
        Ok(renewed.map(|credential| (token, credential)))
    }

    /// Ends a session, or revokes a token; `false` where there is none of the id.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn revoke(&self, learner: Uuid, credential: Uuid) -> Result<bool, Lost> {
        let is_revoked = self.store.revoke(learner, credential).await?;
        Ok(is_revoked)
    }

    /// Whom a token is of, ours or the provider's; `None` where it does not hold, or not any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn recognise(&self, token: &str) -> Result<Option<Who>, Lost> {
        if Outside::is_token(token) {
            let identity = self.outside.as_ref().and_then(|outside| outside.verify(token, self.now()));
            return match identity {
                Some(identity) => self.of_identity(identity).await,
                None => Ok(None),
            };
        }
        let Some(token) = Token::parse(token) else { return Ok(None) };
        let found = self.store.credential(token.learner, &token.secret.hash()).await?;
        let now = self.now();
        let Some((credential, account)) = found.filter(|(credential, _)| credential.expires_at > now) else {
            return Ok(None);
        };
        self.note_use(&credential, now);
        let via = if credential.kind == credential::SESSION {
            Via::Session(credential.id)
        } else {
            Via::Token(credential.id, Grant::listed(&credential.scopes))
        };
        Ok(Some(who(&account, via, credential.expires_at)))
    }

    /// Whether somebody is still recognised as before.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_known(&self, who: &Who) -> Result<bool, Lost> {
        if who.until <= self.now() {
            return Ok(false);
        }
        Ok(match who.credential() {
            Some(credential) => self.store.has_credential(who.id, credential).await?,
            None => self.store.learner(who.id).await?.is_some(),
        })
    }

    /// Waits until somebody is not recognised any more: what they were recognised by is revoked, or has expired.
    pub async fn forgotten(&self, who: Who) {
        let mut notices = self.notices.follow(who.id);
        loop {
            // Where the database fails nobody is turned away for it: the next look tells.
            if matches!(self.is_known(&who).await, Ok(false)) {
                return;
            }
            let rest = (who.until - self.now()).to_std().unwrap_or_default();
            tokio::select! {
                _ = notices.changed() => {}
                // What is revoked by another process is seen without a notice.
                () = tokio::time::sleep(rest.min(LOOK_EVERY)) => {}
            }
        }
    }

    /// The account of an identity, made where there is none yet.
    async fn of_identity(&self, identity: Identity) -> Result<Option<Who>, Lost> {
        let Identity { issuer, subject, name, expires_at } = identity;
        let find = || self.store.learner_of_identity(&issuer, &subject);
        let mut account = find().await?;
        if account.is_none() {
            let (issuer, subject) = (Some(issuer.clone()), Some(subject.clone()));
            self.store.add_learner(learner::Model { issuer, subject, name, ..self.nobody() }).await?;
            // Of several at once the first has made it.
            account = find().await?;
        }
        Ok(account.map(|account| who(&account, Via::Outside, expires_at)))
    }

    /// Adds a credential with a secret of its own.
    async fn add(
        &self,
        credential: credential::Model,
        lasts: TimeDelta,
        given: &GivenFor,
    ) -> Result<Option<(Token, credential::Model)>, Lost> {
        let token = Token { learner: credential.learner_id, secret: Secret::new(&self.entropy) };
        let (secret_hash, expires_at) = (token.secret.hash(), credential.created_at + lasts);
        let credential = credential::Model { secret_hash, expires_at, ..credential };
        let is_added = self.store.add_credential(credential.clone(), given).await?;
        Ok(is_added.then_some((token, credential)))
    }

    /// A credential that opens nothing yet.
    fn credential(&self, learner: Uuid, kind: &str) -> credential::Model {
        let now = self.now();
        credential::Model {
            learner_id: learner,
            id: fresh_id(now, &self.entropy),
            kind: kind.to_owned(),
            secret_hash: String::new(),
            name: String::new(),
            scopes: String::new(),
            created_at: now,
            expires_at: now,
            last_used_at: None,
        }
    }

    /// Beside the request, which does not wait for it, and not each time.
    fn note_use(&self, credential: &credential::Model, now: DateTime<Utc>) {
        if credential.last_used_at.is_some_and(|last| now - last < NOTE_EVERY) {
            return;
        }
        let (store, learner, id) = (self.store.clone(), credential.learner_id, credential.id);
        tokio::spawn(async move {
            // That the database fails is said once, and not by each who asks meanwhile.
            if let Err(error) = store.note_use(learner, id, now).await
                && error.trouble().is_none()
            {
                tracing::warn!(%error, "that a credential was used could not be noted");
            }
        });
    }

    fn nobody(&self) -> learner::Model {
        let now = self.now();
        learner::Model {
            id: fresh_id(now, &self.entropy),
            email: None,
            name: None,
            password_hash: None,
            issuer: None,
            subject: None,
            role: Rank::Learner.name().to_owned(),
            created_at: now,
            written_at: None,
        }
    }
}

fn who(account: &learner::Model, via: Via, until: DateTime<Utc>) -> Who {
    // A name that this version does not know gives no rights.
    let rank = Rank::of(&account.role).unwrap_or(Rank::Learner);
    Who { id: account.id, rank, via, until }
}
