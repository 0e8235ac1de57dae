//! What answers depend on beside the request, the catalogue and the day: the build, and the settings of
//! the schema.

use sha2::{Digest, Sha256};

use super::document::Store;
use crate::config::SchemaSettings;

/// The identity of this build: a digest of the sources that it was made of (`build/identity.rs`), equal
/// wherever equal sources are built.
pub const BUILD: &str = env!("WAYMARK_BUILD");

/// A digest of the build and of the settings that can change an answer. It is part of each `ETag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Computes the fingerprint of a build with settings and trusted documents.
    ///
    /// The pattern names each setting: one that is added does not compile until it is decided here
    /// whether answers depend on it.
    pub fn of(build: &str, settings: &SchemaSettings, documents: &Store) -> Self {
        // Where the manifest lies says nothing; what is in it does.
        let SchemaSettings { no_introspection, no_suggestions, trusted_documents: _, trusted_mode, limits } =
            settings;
        let settings = format!("{:?}", (no_introspection, no_suggestions, trusted_mode, limits));
        let mut digest = Sha256::new();
        for part in [build.as_bytes(), settings.as_bytes(), &documents.trusted_digest()] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        Self(digest.finalize().into())
    }

    /// The bytes, for digests that include this one.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Limits, TrustedMode};

    #[test]
    fn a_fingerprint_changes_with_the_build_and_with_each_setting() {
        let usual = SchemaSettings::default();
        let limits = |change: fn(&mut Limits)| {
            let mut limits = Limits::default();
            change(&mut limits);
            SchemaSettings { limits, ..usual.clone() }
        };
        let settings = [
            usual.clone(),
            SchemaSettings { no_introspection: true, ..usual.clone() },
            SchemaSettings { no_suggestions: true, ..usual.clone() },
            SchemaSettings { trusted_mode: TrustedMode::Only, ..usual.clone() },
            limits(|limits| limits.tokens += 1),
            limits(|limits| limits.nesting += 1),
            limits(|limits| limits.depth += 1),
            limits(|limits| limits.fields += 1),
            limits(|limits| limits.root_fields += 1),
            limits(|limits| limits.aliases += 1),
            limits(|limits| limits.directives += 1),
            limits(|limits| limits.fragments += 1),
            limits(|limits| limits.values += 1),
            limits(|limits| limits.cost += 1),
        ];
        let none = Store::new();
        let manifest =
            r#"{ "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38": "{__typename}" }"#;
        let some = Store::trusting(manifest, TrustedMode::Prefer).unwrap();
        let mut all: Vec<_> =
            settings.iter().map(|settings| Fingerprint::of("one", settings, &none)).collect();
        all.push(Fingerprint::of("other", &usual, &none));
        all.push(Fingerprint::of("one", &usual, &some));
        let distinct: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(all[0], Fingerprint::of("one", &usual, &Store::new()));
    }
}
