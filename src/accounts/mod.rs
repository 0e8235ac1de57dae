//! Who somebody is: passwords, secrets, identities that others vouch for, and how often one may try. Knows neither a database nor the API.

mod address;
pub mod audit;
mod device;
mod name;
mod outside;
mod password;
mod secret;
mod strength;

pub use address::{AddressError, address, address_forms};
pub use device::{DEVICE_DAYS, Owner, forget_device, known_device, remember_device};
pub use name::{name, printable};
pub use outside::{Identity, LONGEST_TOKEN, Outside, OutsideError};
pub use password::{Passwords, Unhashed};
pub use secret::{Entropy, Secret, Token, digest, fresh_id, is_secret, random, system_entropy};
pub use strength::Weakness;

/// What somebody may do beside learning. Each may what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Learns.
    Learner,
    /// Edits the catalogue too.
    Curator,
    /// Sees to accounts too.
    Admin,
}

impl Rank {
    /// All of them, least first.
    pub const ALL: [Self; 3] = [Self::Learner, Self::Curator, Self::Admin];

    /// The name, as the database and the command line have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Learner => "LEARNER",
            Self::Curator => "CURATOR",
            Self::Admin => "ADMIN",
        }
    }

    /// The one of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.name().eq_ignore_ascii_case(name))
    }
}

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// To read what is the learner's.
    Read,
    /// To change what is the learner's: skills, roadmaps, progress.
    Write,
    /// To edit the catalogue, where the learner may.
    Curate,
}

impl Grant {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Curate];

    /// The name, as the database has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "READ",
            Self::Write => "WRITE",
            Self::Curate => "CURATE",
        }
    }

    /// Those that a list of names, separated by spaces, has.
    pub fn listed(names: &str) -> Vec<Self> {
        Self::ALL.into_iter().filter(|grant| names.split(' ').any(|name| name == grant.name())).collect()
    }

    /// The names, separated by spaces.
    pub fn list(grants: &[Self]) -> String {
        let held = Self::ALL.into_iter().filter(|grant| grants.contains(grant));
        held.map(Self::name).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_are_written_and_read_in_one_order() {
        assert_eq!(Grant::list(&[Grant::Write, Grant::Read, Grant::Write]), "READ WRITE");
        assert_eq!(Grant::listed("READ CURATE"), [Grant::Read, Grant::Curate]);
        assert_eq!(Grant::listed(""), []);
    }

    #[test]
    fn a_rank_is_known_by_its_name_in_any_case() {
        assert_eq!(Rank::of("curator"), Some(Rank::Curator));
        assert_eq!(Rank::of("owner"), None);
        assert!(Rank::Admin > Rank::Curator && Rank::Curator > Rank::Learner);
    }
}
