//! The audit trail: one line of the log, of the target `audit`, for each thing that is done to an account.
//!
//! No line has a secret, an address or a name. Learners stand there by their ids, and clients by their
//! networks. `docs/operations.md` lists the events.

use uuid::Uuid;

/// The target of all lines.
pub const TARGET: &str = "audit";

/// A kind of thing that is done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An account was made.
    AccountCreated,
    /// Somebody signed up with an address that has an account: nothing has changed.
    SignUpRepeated,
    /// A session has begun.
    SignedIn,
    /// A session has not begun.
    SignInRefused,
    /// A session or token was ended by what it opens.
    SignedOut,
    /// A session was ended from elsewhere.
    SessionEnded,
    /// A try was refused unseen, since there were too many.
    LockedOut,
    /// The tries of an account were forgotten.
    Unlocked,
    /// Somebody signed in has given a wrong password for the account.
    PasswordRefused,
    /// The learner has chosen another password.
    PasswordChanged,
    /// The operator has set another password.
    PasswordSet,
    /// An account has another role.
    RoleGranted,
    /// A role was not given.
    RoleRefused,
    /// A token was made.
    TokenCreated,
    /// A token has another secret, since its request was repeated.
    TokenRenewed,
    /// A token was revoked.
    TokenRevoked,
    /// An account was deleted.
    AccountDeleted,
    /// An account was not deleted.
    DeletionRefused,
    /// A provider's token was refused the account that it would have made.
    IdentityRefused,
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::AccountCreated,
        Self::SignUpRepeated,
        Self::SignedIn,
        Self::SignInRefused,
        Self::SignedOut,
        Self::SessionEnded,
        Self::LockedOut,
        Self::Unlocked,
        Self::PasswordRefused,
        Self::PasswordChanged,
        Self::PasswordSet,
        Self::RoleGranted,
        Self::RoleRefused,
        Self::TokenCreated,
        Self::TokenRenewed,
        Self::TokenRevoked,
        Self::AccountDeleted,
        Self::DeletionRefused,
        Self::IdentityRefused,
    ];

    /// The name that it has in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccountCreated => "account_created",
            Self::SignUpRepeated => "sign_up_repeated",
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::SessionEnded => "session_ended",
            Self::LockedOut => "locked_out",
            Self::Unlocked => "unlocked",
            Self::PasswordRefused => "password_refused",
            Self::PasswordChanged => "password_changed",
            Self::PasswordSet => "password_set",
            Self::RoleGranted => "role_granted",
            Self::RoleRefused => "role_refused",
            Self::TokenCreated => "token_created",
            Self::TokenRenewed => "token_renewed",
            Self::TokenRevoked => "token_revoked",
            Self::AccountDeleted => "account_deleted",
            Self::DeletionRefused => "deletion_refused",
            Self::IdentityRefused => "identity_refused",
        }
    }
}

/// What is said of an event. What is not known is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details<'a> {
    /// Whose account it is.
    pub learner: Option<Uuid>,
    /// Who has done it, if that is another learner.
    pub by: Option<Uuid>,
    /// Where it was done, if that is not the API: `command line`, `provider`.
    pub via: Option<&'static str>,
    /// The network of the client.
    pub client: Option<&'a str>,
    /// The session or token.
    pub credential: Option<Uuid>,
    /// The scopes of a token.
    pub scopes: Option<&'a str>,
    /// The role from now on.
    pub role: Option<&'static str>,
    /// Why something was refused, or by which count of tries.
    pub reason: Option<&'static str>,
    /// Whether the device has signed in to the account before.
    pub known_device: Option<bool>,
}

/// Writes a line.
pub fn record(event: Event, details: Details<'_>) {
    let Details { learner, by, via, client, credential, scopes, role, reason, known_device } = details;
    tracing::info!(
        target: TARGET,
        event = event.name(),
        learner = learner.map(display),
        by = by.map(display),
        via,
        client = client.filter(|client| !client.is_empty()),
        credential = credential.map(display),
        scopes,
        role,
        reason,
        known_device,
    );
}
