//! Accounts: who asks, and how one comes to have a name here.

mod identities;
mod passwords;
mod tries;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::OnceCell;
use uuid::Uuid;
use waymark_entity::{credential, learner};

use super::{Clock, Lost, Notices};
use crate::accounts::audit::{self, Details, Event};
use crate::accounts::{Entropy, Grant, LONGEST_TOKEN, Outside, Passwords, Rank, Secret, Token, fresh_id};
use crate::store::learners::{CredentialAdded, GivenFor, RoleChange, instant};
use crate::store::{Act, Store};

pub use passwords::{Deletion, Origin, Refused, SignedIn};
pub use tries::of_account;

/// How long a browser is recognised.
pub const SESSION_DAYS: i64 = 30;
/// That a credential was used is written so often at most.
const NOTE_EVERY: TimeDelta = TimeDelta::minutes(5);
/// Whether somebody who follows something is still recognised is looked at so often at least.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// A session or token that was made so far in the future does not hold.
const AHEAD: TimeDelta = TimeDelta::days(1);

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

/// What came of adding a session or a token.
pub enum Added {
    /// It is there, with its secret.
    Yes(Token, Box<credential::Model>),
    /// What it was asked for by does not hold any more: the password, or the session.
    NotGiven,
    /// The learner has as many as may be.
    Capped,
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
    /// The key that all servers share, once it was read.
    key: Arc<OnceCell<Secret>>,
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
        let passwords = Arc::new(Passwords::new(cores, &entropy).map_err(|_| Lost::Fault)?);
        Ok(Self {
            store,
            clock,
            entropy,
            passwords,
            outside: outside.map(Arc::new),
            notices,
            key: Arc::default(),
        })
    }

    /// The same while something is done that a learner has asked for.
    #[must_use]
    pub fn during(&self, act: Arc<Act>) -> Self {
        Self { store: self.store.during(act), ..self.clone() }
    }

    fn now(&self) -> DateTime<Utc> {
        instant((self.clock)())
    }

    /// Gives an account another role, by an admin.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn grant_role(&self, id: Uuid, rank: Rank, by: &Who, client: &str) -> Result<RoleChange, Lost> {
        let change = self.store.grant_role(id, rank.name(), by.id).await?;
        let role = Some(rank.name());
        let details = Details { learner: Some(id), by: Some(by.id), role, ..of(by, client) };
        match change {
            RoleChange::Done => audit::record(Event::RoleGranted, details),
            RoleChange::LastAdmin => {
                audit::record(Event::RoleRefused, Details { reason: Some("last admin"), ..details });
            }
            RoleChange::NotAllowed => {
                audit::record(Event::RoleRefused, Details { reason: Some("no admin"), ..details });
            }
            RoleChange::NoAccount => {}
        }
        Ok(change)
    }

    /// A new token of a learner's, and what is kept of it.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_token(
        &self,
        who: &Who,
        client: &str,
        name: &str,
        grants: &[Grant],
        lasts: TimeDelta,
    ) -> Result<Added, Lost> {
        let Some(session) = who.credential() else { return Ok(Added::NotGiven) };
        let token = credential::Model {
            name: name.to_owned(),
            scopes: Grant::list(grants),
            ..self.credential(who.id, credential::TOKEN)
        };
        let added = self.add(token, lasts, &GivenFor::Session(session)).await?;
        if let Added::Yes(_, token) = &added {
            let details =
                Details { credential: Some(token.id), scopes: Some(&token.scopes), ..of(who, client) };
            audit::record(Event::TokenCreated, details);
        }
        Ok(added)
    }

    /// Gives a token another secret in place of its own; `None` where it is not there any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn renew_token(
        &self,
        who: &Who,
        client: &str,
        id: Uuid,
    ) -> Result<Option<(Token, credential::Model)>, Lost> {
        let token = Token { learner: who.id, secret: Secret::new(&self.entropy) };
        let renewed = self.store.renew_credential(who.id, id, &token.secret.hash()).await?;
        if renewed.is_some() {
            audit::record(Event::TokenRenewed, Details { credential: Some(id), ..of(who, client) });
        }
        Ok(renewed.map(|credential| (token, credential)))
    }

    /// Ends a session, or revokes a token; `false` where there is none of the id.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn revoke(
        &self,
        who: &Who,
        client: &str,
        credential: Uuid,
        as_what: Event,
    ) -> Result<bool, Lost> {
        let is_revoked = self.store.revoke(who.id, credential).await?;
        if is_revoked {
            audit::record(as_what, Details { credential: Some(credential), ..of(who, client) });
        }
        Ok(is_revoked)
    }

    /// Whom a token is of, ours or the provider's; `None` where it does not hold, or not any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn recognise(&self, token: &str) -> Result<Option<Who>, Lost> {
        if token.len() > LONGEST_TOKEN {
            return Ok(None);
        }
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
        let Some((credential, account)) = found.filter(|(credential, _)| holds(credential, now)) else {
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
        let looked = async {
            match who.credential() {
                Some(credential) => self.store.has_credential(who.id, credential).await,
                None => self.store.learner(who.id).await.map(|found| found.is_some()),
            }
        };
        Ok(self.store.while_reachable(looked).await??)
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

    /// Adds a credential with a secret of its own.
    async fn add(
        &self,
        credential: credential::Model,
        lasts: TimeDelta,
        given: &GivenFor,
    ) -> Result<Added, Lost> {
        let token = Token { learner: credential.learner_id, secret: Secret::new(&self.entropy) };
        let (secret_hash, expires_at) = (token.secret.hash(), credential.created_at + lasts);
        let credential = credential::Model { secret_hash, expires_at, ..credential };
        Ok(match self.store.add_credential(credential.clone(), given).await? {
            CredentialAdded::Yes => Added::Yes(token, Box::new(credential)),
            CredentialAdded::NotGiven => Added::NotGiven,
            CredentialAdded::Capped => Added::Capped,
        })
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
        // In both directions: a clock that was ahead may have put it in the future.
        if credential.last_used_at.is_some_and(|last| (now - last).abs() < NOTE_EVERY) {
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
        }
    }
}

/// Whether a session or token holds. One that was made in the future was made by a clock that was ahead, and
/// would hold for that much longer.
fn holds(credential: &credential::Model, now: DateTime<Utc>) -> bool {
    credential.expires_at > now && credential.created_at - now < AHEAD
}

/// What the log says of what somebody has done to the own account.
fn of<'a>(who: &Who, client: &'a str) -> Details<'a> {
    Details { learner: Some(who.id), client: Some(client), ..Details::default() }
}

fn who(account: &learner::Model, via: Via, until: DateTime<Utc>) -> Who {
    // A name that this version does not know gives no rights.
    let rank = Rank::of(&account.role).unwrap_or(Rank::Learner);
    Who { id: account.id, rank, via, until }
}
