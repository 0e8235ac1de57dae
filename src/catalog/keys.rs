//! Short keys of names: what ids are made of that name many things at once.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};
use waymark_planner::Catalog;
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::units::Proficiency;

/// The first bytes of the SHA-256 of a kind and a name: of a million names, two have the same one with a probability of 0.2 %.
pub type NameKey = [u8; 6];

/// The key of a name.
pub fn name_key(kind: &str, name: &str) -> NameKey {
    let digest = Sha256::new().chain_update(kind).chain_update(":").chain_update(name).finalize();
    std::array::from_fn(|i| digest[i])
}

/// Index of a catalogue's steps, topics and roles by the keys of their names, current and former.
#[derive(Debug, Default)]
pub struct NameKeys {
    steps: Index<StepId>,
    topics: Index<TopicId>,
    roles: Index<RoleId>,
}

/// Things by key; `None` for a key that two of them have.
type Index<Id> = HashMap<NameKey, Option<Id>>;

impl NameKeys {
    /// The index of a catalogue. Current names come before former ones.
    pub fn new(catalog: &Catalog) -> Self {
        let mut keys = Self::default();
        keys.current(catalog);
        keys.former(catalog);
        keys
    }

    fn current(&mut self, catalog: &Catalog) {
        for id in catalog.steps().ids() {
            put(&mut self.steps, name_key("step", &catalog.step_name(id)), id);
        }
        for id in catalog.topics().ids() {
            put(&mut self.topics, name_key("topic", &catalog.topics()[id].slug), id);
        }
        for id in catalog.roles().ids() {
            put(&mut self.roles, name_key("role", &catalog.roles()[id].slug), id);
        }
    }

    fn former(&mut self, catalog: &Catalog) {
        for id in catalog.steps().ids() {
            for alias in &catalog.steps()[id].aliases {
                self.steps.entry(name_key("step", alias)).or_insert(Some(id));
            }
        }
        for id in catalog.topics().ids() {
            for alias in &catalog.topics()[id].aliases {
                self.topics.entry(name_key("topic", alias)).or_insert(Some(id));
                for level in Proficiency::ALL {
                    let Some(step) = catalog.step_named(alias, level) else { continue };
                    let name = format!("{alias}@{}", level.name());
                    self.steps.entry(name_key("step", &name)).or_insert(Some(step));
                }
            }
        }
        for id in catalog.roles().ids() {
            for alias in &catalog.roles()[id].aliases {
                self.roles.entry(name_key("role", alias)).or_insert(Some(id));
            }
        }
    }

    /// The step of a key; `None` if there is none, or not one alone.
    pub fn step(&self, key: &NameKey) -> Option<StepId> {
        self.steps.get(key).copied().flatten()
    }

    /// The topic of a key; `None` if there is none, or not one alone.
    pub fn topic(&self, key: &NameKey) -> Option<TopicId> {
        self.topics.get(key).copied().flatten()
    }

    /// The role of a key; `None` if there is none, or not one alone.
    pub fn role(&self, key: &NameKey) -> Option<RoleId> {
        self.roles.get(key).copied().flatten()
    }
}

fn put<Id>(index: &mut Index<Id>, key: NameKey, id: Id) {
    index.entry(key).and_modify(|one| *one = None).or_insert(Some(id));
}
