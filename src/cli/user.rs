//! `waymark user`: what those who run the server do about accounts.

use std::io::Read as _;

use clap::{Args, Subcommand, ValueEnum};
use waymark_entity::{credential, learner};

use super::{Failure, print};
use crate::accounts::audit::{Details, Event, record};
use crate::accounts::{Passwords, Rank, address_forms, printable, system_entropy};
use crate::config::DatabaseSettings;
use crate::service::of_account;
use crate::store::Store;
use crate::telemetry::start_audit_trail;

/// What there is to do.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Make somebody a curator or an admin, or a mere learner again
    Grant {
        /// The address of the account, or its id as listed
        email: String,
        /// What its learner may do from now on
        role: Role,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// Give an account another password, read from standard input, and end its sessions and tokens
    SetPassword {
        /// The address of the account, or its id as listed
        email: String,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// Forget the wrong passwords that were tried for an account, so that it can be signed in to at once
    Unlock {
        /// The address of the account, or its id as listed
        email: String,
        #[command(flatten)]
        database: DatabaseSettings,
    },
    /// List all accounts
    List(DatabaseSettings),
}

impl Action {
    /// Where the accounts are.
    const fn database(&self) -> &DatabaseSettings {
        match self {
            Self::Grant { database, .. }
            | Self::SetPassword { database, .. }
            | Self::Unlock { database, .. }
            | Self::List(database) => database,
        }
    }
}

/// What somebody may do beside learning.
#[derive(ValueEnum, Clone, Copy, Debug)]
enum Role {
    /// Learns
    Learner,
    /// Edits the catalogue too
    Curator,
    /// Sees to accounts too
    Admin,
}

impl From<Role> for Rank {
    fn from(role: Role) -> Self {
        match role {
            Role::Learner => Self::Learner,
            Role::Curator => Self::Curator,
            Role::Admin => Self::Admin,
        }
    }
}

pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    start_audit_trail();
    let store = Store::open(&arguments.action.database().database).await?;
    store.migrate().await?;
    let said = match arguments.action {
        Action::Grant { email, role, .. } => grant(&store, &email, role.into()).await?,
        Action::SetPassword { email, .. } => set_password(&store, &email).await?,
        Action::Unlock { email, .. } => unlock(&store, &email).await?,
        Action::List(_) => list(&store).await?,
    };
    store.close().await?;
    print(&said)
}

async fn grant(store: &Store, email: &str, rank: Rank) -> Result<String, Failure> {
    let account = account(store, email).await?;
    store.set_role(account.id, rank.name()).await?;
    record(Event::RoleGranted, Details { role: Some(rank.name()), ..of(&account) });
    let count = async |kind| store.credentials(account.id, kind).await.map(|all| all.len());
    let (sessions, tokens) = (count(credential::SESSION).await?, count(credential::TOKEN).await?);
    Ok(format!(
        "{} is {} from the next request on. The account is of {}, and has {sessions} sessions and {tokens} tokens.\n",
        shown(&account),
        rank.name(),
        account.created_at.format("%Y-%m-%d")
    ))
}

async fn set_password(store: &Store, email: &str) -> Result<String, Failure> {
    let account = account(store, email).await?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let password = text.trim_end_matches(['\r', '\n']);
    let (entropy, known) = (system_entropy(), [&account.email, &account.name]);
    let (passwords, known) = (Passwords::new(1, &entropy)?, known.into_iter().flatten().cloned().collect());
    if let Some(weakness) = passwords.weakness(password.to_owned(), known).await? {
        return Err(weakness.into());
    }
    let hash = passwords.hash(password.to_owned(), &entropy).await?;
    store.set_password(account.id, &hash, None).await?;
    store.forget_rates(&of_account(&account.id.to_string())).await?;
    record(Event::PasswordSet, of(&account));
    Ok(format!(
        "{} has another password, and is signed out everywhere; its tokens are revoked.\n",
        shown(&account)
    ))
}

async fn unlock(store: &Store, email: &str) -> Result<String, Failure> {
    let account = account(store, email).await?;
    store.forget_rates(&of_account(&account.id.to_string())).await?;
    record(Event::Unlocked, of(&account));
    Ok(format!(
        "The wrong passwords that were tried for {} are forgotten. Those of a network count on, whichever accounts it has tried: \
         wait five minutes where somebody signs in from such a one.\n",
        shown(&account)
    ))
}

/// What the audit trail says of what is done to an account here.
fn of(account: &learner::Model) -> Details<'_> {
    Details { learner: Some(account.id), via: Some("command line"), ..Details::default() }
}

async fn list(store: &Store) -> Result<String, Failure> {
    let line = |account: &learner::Model| {
        format!(
            "{:<8} {} {} {}\n",
            account.role,
            account.created_at.format("%Y-%m-%d"),
            account.id,
            shown(account)
        )
    };
    let all = store.learners().await?;
    Ok(if all.is_empty() { "There are no accounts.\n".to_owned() } else { all.iter().map(line).collect() })
}

async fn account(store: &Store, email: &str) -> Result<learner::Model, Failure> {
    let known = match email.parse() {
        Ok(id) => store.learner(id).await?,
        Err(_) => store.learner_of_addresses(&address_forms(email)).await?,
    };
    known.ok_or_else(|| {
        let named: String = printable(email).chars().take(100).collect();
        format!(
            "there is no account of {named} in {}: sign up first, or see `waymark user list`",
            store.place()
        )
        .into()
    })
}

/// What an account is known by, in characters that are what they look like.
fn shown(account: &learner::Model) -> String {
    match (&account.email, &account.issuer, &account.subject) {
        (Some(email), ..) => printable(email),
        (None, Some(issuer), Some(subject)) => format!("{} of {}", printable(subject), printable(issuer)),
        _ => account.id.to_string(),
    }
}
