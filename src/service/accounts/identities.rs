//! Accounts for which another provider vouches, and the key that their deletions are remembered by.

use chrono::TimeDelta;
use waymark_entity::learner;

use super::{Accounts, Lost, Via, Who, who};
use crate::accounts::audit::{self, Details, Event};
use crate::accounts::{Identity, Secret};
use crate::store::learners::{LONGEST_VOUCHED, Vouched};

/// How far the clocks of a provider and of the server may be apart.
const CLOCKS: TimeDelta = TimeDelta::seconds(60);

impl Accounts {
    /// The account of an identity, made where there is none yet. A token makes one only if it says since when it
    /// holds, and does not hold for more than a year: so it can be told from one of before a deletion.
    pub(super) async fn of_identity(&self, identity: Identity) -> Result<Option<Who>, Lost> {
        let Identity { issuer, subject, name, issued_at, expires_at } = identity;
        let find = || self.store.learner_of_identity(&issuer, &subject);
        if let Some(account) = find().await? {
            return Ok(Some(who(&account, Via::Outside, expires_at)));
        }
        let now = self.now();
        let refused = |reason| {
            let details = Details { via: Some("provider"), reason: Some(reason), ..Details::default() };
            audit::record(Event::IdentityRefused, details);
        };
        let Some(issued_at) =
            issued_at.filter(|at| *at - now < CLOCKS && expires_at - *at <= LONGEST_VOUCHED)
        else {
            refused("lifetime of the token");
            return Ok(None);
        };
        let vouched = Vouched { name: self.former_name(&issuer, &subject).await?, issued_at };
        let (issuer_of, subject_of) = (Some(issuer.clone()), Some(subject.clone()));
        let account = learner::Model { issuer: issuer_of, subject: subject_of, name, ..self.nobody() };
        let id = account.id;
        let is_added = self.store.add_vouched(account, vouched, now).await?;
        if is_added {
            let details = Details { learner: Some(id), via: Some("provider"), ..Details::default() };
            audit::record(Event::AccountCreated, details);
        }
        // Of several at once the first has made it.
        let account = find().await?;
        if account.is_none() {
            refused("deleted account");
        }
        Ok(account.map(|account| who(&account, Via::Outside, expires_at)))
    }

    /// The key that all servers of the database share.
    pub(super) async fn key(&self) -> Result<&Secret, Lost> {
        let read = async || -> Result<Secret, Lost> {
            let new = Secret::new(&self.entropy).text();
            let found = self.store.server_key("accounts", &new, self.now()).await?;
            Secret::parse(&found).ok_or_else(|| {
                tracing::error!(
                    "the key \"accounts\" in server_keys can't be read: delete its row, and a new one is made"
                );
                Lost::Fault
            })
        };
        self.key.get_or_try_init(read).await
    }

    /// What the identity of a deleted account is known by: it says nothing to those who have not the key.
    pub(super) async fn former_name(&self, issuer: &str, subject: &str) -> Result<String, Lost> {
        Ok(self.key().await?.name_of(&format!("identity {issuer} {subject}")))
    }
}
