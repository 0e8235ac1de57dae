//! Who may do what: the one place where it is decided. A field names the right that it takes; what is somebody's is looked for among what is the
//! asker's, so another's is not found at all.

use super::error::{ApiError, Code};
use super::scope::Scope;
use crate::accounts::{Grant, Rank};
use crate::service::{Via, Who};

/// A right that a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// To see what is one's own.
    Read,
    /// To change what is one's own: skills, roadmaps, progress.
    Write,
    /// To see to one's account: its password, sessions, tokens. No token is for that, ours or another provider's, so a stolen one can't make
    /// itself at home.
    Account,
    /// To delete one's account. Somebody with an account of another provider's has no other way.
    Leave,
    /// To edit the catalogue, and to see who has edited it.
    Curate,
    /// To see to the accounts of others.
    Administer,
}

impl Right {
    /// What a token must be for; `None` where no token will do.
    const fn grant(self) -> Option<Grant> {
        match self {
            Self::Read => Some(Grant::Read),
            Self::Write => Some(Grant::Write),
            Self::Curate => Some(Grant::Curate),
            Self::Account | Self::Leave | Self::Administer => None,
        }
    }

    /// What the learner must be.
    const fn rank(self) -> Rank {
        match self {
            Self::Read | Self::Write | Self::Account | Self::Leave => Rank::Learner,
            Self::Curate => Rank::Curator,
            Self::Administer => Rank::Admin,
        }
    }
}

impl Scope {
    /// Who asks, where they have a right.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` where nobody has said who asks, `FORBIDDEN` where they may not.
    pub(crate) fn with(&self, right: Right) -> Result<&Who, ApiError> {
        let who = self.asker().who.as_ref().ok_or_else(unauthenticated)?;
        if who.rank < right.rank() {
            let message = format!("Only a learner with the role {} may do this.", right.rank().name());
            return Err(ApiError::new(Code::Forbidden, message));
        }
        match (&who.via, right.grant()) {
            (Via::Outside, _) if right == Right::Account => Err(ApiError::new(
                Code::Forbidden,
                "This is for accounts with a password: yours is kept by the provider that vouches for you.",
            )),
            (Via::Session(_) | Via::Outside, _) => Ok(who),
            (Via::Token(_, held), Some(grant)) if held.contains(&grant) => Ok(who),
            (Via::Token(..), Some(grant)) => Err(ApiError::new(
                Code::Forbidden,
                format!("The token is not for this: make one with the scope {}.", grant.name()),
            )),
            (Via::Token(..), None) => Err(ApiError::new(
                Code::Forbidden,
                "No token is for this: sign in with the address and the password.",
            )),
        }
    }

    /// Who asks, where they may see what is their own.
    pub(crate) fn reader(&self) -> Option<&Who> {
        self.with(Right::Read).ok()
    }
}

fn unauthenticated() -> ApiError {
    ApiError::new(
        Code::Unauthenticated,
        "Say who you are: sign in with the mutation signIn, or send a token in the header Authorization: Bearer ….",
    )
}
