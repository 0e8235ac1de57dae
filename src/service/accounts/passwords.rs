//! Signing up and in with a password, another password, and the end of an account.

use chrono::TimeDelta;
use uuid::Uuid;
use waymark_entity::{credential, learner};

use super::{Accounts, Added, Lost, SESSION_DAYS, Via, Who, of, tries, who};
use crate::accounts::audit::{self, Details, Event};
use crate::accounts::{
    Owner, Token, Weakness, address, address_forms, forget_device, known_device, remember_device,
};
use crate::store::learners::GivenFor;
use crate::store::{Claim, StoreError};

/// Where somebody signs in from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    /// The network of the client.
    pub client: &'a str,
    /// The cookie of the device.
    pub device: Option<&'a str>,
}

/// A session that has begun.
#[derive(Debug)]
pub struct SignedIn {
    /// What opens it.
    pub token: Token,
    /// Whose it is.
    pub who: Who,
    /// The cookie of the device from now on.
    pub device: String,
}

/// What came of deleting an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It is gone.
    Done,
    /// The password is not the one of the account.
    WrongPassword,
    /// No admin would be left.
    LastAdmin,
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

impl Accounts {
    /// What is wrong with a password that a learner chooses, of whom some things are known; `None` if nothing.
    ///
    /// # Errors
    /// Where it can't be computed.
    pub async fn weakness(&self, password: &str, known: Vec<String>) -> Result<Option<Weakness>, Lost> {
        self.passwords.weakness(password.to_owned(), known).await.map_err(|_| Lost::Fault)
    }

    /// Counts that a client wants an account, before anything is computed for it.
    ///
    /// # Errors
    /// Where the client tries too often.
    pub async fn begin_sign_up(&self, client: &str) -> Result<(), Refused> {
        self.begin(client, None, vec![tries::by_network(client)]).await
    }

    /// Makes an account where there is none of the address, and does as much where there is one: nobody is told which.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sign_up(
        &self,
        client: &str,
        email: String,
        password: String,
        name: Option<String>,
    ) -> Result<(), Lost> {
        let hash = self.passwords.hash(password, &self.entropy).await.map_err(|_| Lost::Fault)?;
        // Accounts of earlier versions stand under other forms of the address.
        let there = self.store.learner_of_addresses(&address_forms(&email)).await?;
        let account = learner::Model { email: Some(email), name, password_hash: Some(hash), ..self.nobody() };
        let (id, client) = (account.id, Some(client));
        if there.is_none() && self.store.add_learner(account).await? {
            audit::record(Event::AccountCreated, Details { learner: Some(id), client, ..Details::default() });
        } else {
            let learner = there.map(|there| there.id);
            audit::record(Event::SignUpRepeated, Details { learner, client, ..Details::default() });
        }
        Ok(())
    }

    /// Begins a session; `None` where the address has no account, or the password is not its own. Which of the two it is can't be told, not
    /// by the time that it takes either.
    ///
    /// # Errors
    /// Where it is tried too often: from one network, for one account, or by one device that the account knows.
    pub async fn sign_in(
        &self,
        from: Origin<'_>,
        email: &str,
        password: String,
    ) -> Result<Option<SignedIn>, Refused> {
        let account = self.store.learner_of_addresses(&address_forms(email)).await?;
        let known = account.as_ref().and_then(|account| account.password_hash.clone());
        let device = match account.as_ref().and_then(owner_of) {
            Some(owner) => known_device(from.device, owner, self.key().await?, self.now()),
            None => None,
        };
        let details = Details {
            learner: account.as_ref().map(|account| account.id),
            client: Some(from.client),
            known_device: Some(device.is_some()),
            ..Details::default()
        };
        let typed = || address(email).unwrap_or_else(|_| email.trim().to_lowercase());
        let whose = account.as_ref().map_or_else(typed, |account| account.id.to_string());
        let claims = match &device {
            Some(device) => vec![tries::by_device(&whose, device)],
            None => tries::by_stranger(&whose, from.client),
        };
        self.begin(from.client, details.learner, claims.clone()).await?;
        let is_right = self.passwords.is_right(password, known.clone()).await.map_err(|_| Lost::Fault)?;
        let (Some(account), Some(hash), true) = (account, known, is_right) else {
            let reason = Some("wrong credentials");
            audit::record(Event::SignInRefused, Details { reason, ..details });
            return Ok(None);
        };
        self.store.give_back(&claims).await?;
        let (session, lasts) = (self.credential(account.id, credential::SESSION), SESSION_DAYS);
        let added = self.add(session, TimeDelta::days(lasts), &GivenFor::Password(hash)).await?;
        let Added::Yes(token, session) = added else { return Ok(None) };
        audit::record(Event::SignedIn, Details { credential: Some(session.id), ..details });
        let device = self.remembered(&account, from.device).await?;
        let who = who(&account, Via::Session(session.id), session.expires_at);
        Ok(Some(SignedIn { token, who, device }))
    }

    /// Gives an account another password and ends its other sessions; `false` where the old one is wrong.
    ///
    /// # Errors
    /// Where it is tried too often.
    pub async fn change_password(
        &self,
        who: &Who,
        client: &str,
        old: String,
        new: String,
    ) -> Result<bool, Refused> {
        if !self.is_password(who, client, old).await? {
            return Ok(false);
        }
        let hash = self.passwords.hash(new, &self.entropy).await.map_err(|_| Lost::Fault)?;
        self.store.set_password(who.id, &hash, who.credential()).await?;
        audit::record(Event::PasswordChanged, of(who, client));
        Ok(true)
    }

    /// Deletes an account with all that is its learner's. An account without a password has its provider's word.
    ///
    /// # Errors
    /// Where it is tried too often.
    pub async fn delete(
        &self,
        who: &Who,
        client: &str,
        password: Option<String>,
    ) -> Result<Deletion, Refused> {
        if who.via != Via::Outside && !self.is_password(who, client, password.unwrap_or_default()).await? {
            return Ok(Deletion::WrongPassword);
        }
        let account = self.store.learner(who.id).await?;
        let identity = account.and_then(|account| account.issuer.zip(account.subject));
        let former = match identity {
            Some((issuer, subject)) => Some(self.former_name(&issuer, &subject).await?),
            None => None,
        };
        if self.store.delete_learner(who.id, former, self.now()).await? {
            audit::record(Event::AccountDeleted, of(who, client));
            return Ok(Deletion::Done);
        }
        audit::record(Event::DeletionRefused, Details { reason: Some("last admin"), ..of(who, client) });
        Ok(Deletion::LastAdmin)
    }

    /// Whether a password is that of somebody who is signed in. Wrong ones are counted by the session, so that
    /// nobody else's keep the learner from it.
    ///
    /// # Errors
    /// Where it is tried too often.
    pub async fn is_password(&self, who: &Who, client: &str, password: String) -> Result<bool, Refused> {
        let claims = vec![tries::in_session(who)];
        self.begin(client, Some(who.id), claims.clone()).await?;
        let known = self.store.learner(who.id).await?.and_then(|account| account.password_hash);
        if self.passwords.is_right(password, known).await.map_err(|_| Lost::Fault)? {
            self.store.give_back(&claims).await?;
            return Ok(true);
        }
        audit::record(Event::PasswordRefused, of(who, client));
        Ok(false)
    }

    /// The cookie of a device of a learner's, beside the accounts that it had. Nothing where there is no password.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn device(&self, learner: Uuid, cookie: Option<&str>) -> Result<String, Lost> {
        match self.store.learner(learner).await? {
            Some(account) => self.remembered(&account, cookie).await,
            None => Ok(forget_device(cookie, learner)),
        }
    }

    async fn remembered(&self, account: &learner::Model, cookie: Option<&str>) -> Result<String, Lost> {
        Ok(match owner_of(account) {
            Some(owner) => remember_device(cookie, owner, self.key().await?, self.now(), &self.entropy),
            None => forget_device(cookie, account.id),
        })
    }

    /// Counts a try.
    async fn begin(&self, client: &str, learner: Option<Uuid>, claims: Vec<Claim>) -> Result<(), Refused> {
        let Err(exhausted) = self.store.claim(&claims, (self.clock)()).await? else { return Ok(()) };
        let reason = Some(tries::kind(&exhausted.claim));
        let details = Details { learner, client: Some(client), reason, ..Details::default() };
        audit::record(Event::LockedOut, details);
        Err(Refused::TooOften(exhausted.wait.div_ceil(1_000).max(1)))
    }
}

/// Whom a device is remembered by, where there is a password.
fn owner_of(account: &learner::Model) -> Option<Owner<'_>> {
    Some(Owner { id: account.id, password_hash: account.password_hash.as_deref()? })
}
