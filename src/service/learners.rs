//! What learners keep: roadmaps that are planned anew when something has changed, and how far they are with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use moka::sync::Cache;
use uuid::Uuid;
use waymark_entity::{roadmap, roadmap_version, skill, step_state};
use waymark_planner::{Catalog, NoRoadmap};

use super::ground::{Ground, Held};
use super::{Accounts, Clock, Lost, Notices, Unplanned, WriteRate};
use crate::accounts::{Entropy, Outside, fresh_id};
use crate::catalog::Snapshot;
use crate::learning::{Changes, Made, Name, Plan, PlannedOn, Wishes, current};
use crate::store::learners::caps::MOST_ROADMAPS;
use crate::store::learners::{
    CapReached, Forgotten, NewVersion, Progress, RoadmapKey, VersionAdded, instant,
};
use crate::store::{Act, Store};

/// The memory for versions that have been read, in bytes.
const VERSIONS: u64 = 32 << 20;
/// A plan in memory takes about so many times its text.
const TIMES_ITS_TEXT: usize = 3;
/// How often a version is planned anew where the roadmap has changed meanwhile.
const ATTEMPTS: usize = 3;

/// Learners, and what is theirs. A clone is another handle to the same.
#[derive(Clone)]
pub struct Learners {
    /// Who they are.
    pub accounts: Accounts,
    /// Where all of it is.
    pub store: Store,
    /// Those who follow them.
    pub notices: Notices,
    /// Keys and secrets.
    pub entropy: Entropy,
    /// Tells the time.
    pub clock: Clock,
    /// How often each of them may change something; any number of times without one.
    pub write_rate: Option<WriteRate>,
    /// Versions that have been read: they never change, and are looked at with each step. The key begins
    /// with the database's epoch: after a restore a number can be that of another version.
    versions: Cache<(u64, RoadmapKey, i32), Arc<Version>>,
}

/// A version of a kept roadmap. It stays as it was.
#[derive(Debug)]
pub struct Version {
    /// What the database has, without the plan and the changes.
    pub row: roadmap_version::Model,
    /// What was planned.
    pub plan: Plan,
    /// What is different from the version before.
    pub changes: Option<Changes>,
    /// About how much memory it takes.
    bytes: u32,
}

impl Version {
    fn read(mut row: roadmap_version::Model) -> Result<Arc<Self>, Lost> {
        let (plan, changes) = (std::mem::take(&mut row.plan), row.changes.take());
        let bytes = TIMES_ITS_TEXT * (plan.len() + changes.as_ref().map_or(0, String::len));
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let changes = changes.map(|changes| from_json(&changes)).transpose()?;
        Ok(Arc::new(Self { plan: from_json(&plan)?, changes, row, bytes }))
    }

    /// The catalogue that it was planned on.
    fn planned_on(&self) -> PlannedOn<'_> {
        PlannedOn { revision: self.row.catalog_revision, digest: self.row.catalog_digest.as_deref() }
    }

    /// Whether the catalogue of a snapshot is another one than that it was planned on.
    pub fn is_outdated(&self, snapshot: &Snapshot) -> bool {
        let digest = snapshot.id.to_string();
        self.planned_on().differs(PlannedOn { revision: snapshot.revision, digest: Some(&digest) })
    }

    /// By the names that a catalogue has now.
    fn on(self: Arc<Self>, catalog: &Catalog) -> Arc<Self> {
        if !catalog.has_aliases() && self.plan.is_current(catalog) {
            return self;
        }
        Arc::new(Self {
            row: self.row.clone(),
            plan: self.plan.clone().current(catalog),
            changes: self.changes.clone().map(|changes| changes.current(catalog)),
            bytes: self.bytes,
        })
    }
}

/// What came of planning anew.
#[derive(Debug)]
pub enum Replanned {
    /// There is a new version, with what is different about it.
    Done(Box<Changes>),
    /// There is no roadmap: nothing was changed.
    Impossible(Box<NoRoadmap>),
    /// The catalogue does not have the role, or any of the goals, that the roadmap leads from or to: nothing was changed.
    Lost(String),
    /// There is no such roadmap of the learner's.
    NotFound,
    /// Others change it at the same time.
    Busy,
    /// Something is done with it that does not fit: nothing was changed.
    Capped(CapReached),
}

/// How a roadmap is to change.
#[derive(Clone, Debug)]
pub struct Change {
    /// Why: `UPDATED`, `REPLANNED` or `SKIPPED`.
    pub cause: &'static str,
    /// The `plan_change` of the roadmap that the change was made from, if it was read before: it is
    /// made of that state alone.
    pub since: Option<i64>,
    /// What it is called from now on.
    pub title: Option<String>,
    /// Other wishes, in place of those that it has.
    pub wishes: Option<Wishes>,
    /// A topic that is avoided from now on.
    pub avoided: Option<String>,
    /// A topic that is not avoided from now on.
    pub unavoided: Option<String>,
    /// What the learner has done.
    pub done: Progress,
}

impl Change {
    /// Nothing but a look at what is known by now.
    pub const fn of(cause: &'static str, done: Progress) -> Self {
        Self { cause, since: None, title: None, wishes: None, avoided: None, unavoided: None, done }
    }

    /// The wishes from now on.
    fn over(&self, before: &Wishes) -> Wishes {
        let mut wishes = self.wishes.clone().unwrap_or_else(|| before.clone());
        if let Some(topic) = self.avoided.as_ref().filter(|topic| !wishes.avoid.contains(topic)) {
            wishes.prefer.retain(|other| other != topic);
            wishes.avoid.push(topic.clone());
        }
        wishes.avoid.retain(|topic| Some(topic) != self.unavoided.as_ref());
        wishes
    }
}

impl Learners {
    /// Those of a store.
    ///
    /// # Errors
    /// Where passwords can't be hashed.
    pub fn new(store: Store, clock: Clock, entropy: Entropy, outside: Option<Outside>) -> Result<Self, Lost> {
        let notices = Notices::default();
        let accounts =
            Accounts::new(store.clone(), clock.clone(), entropy.clone(), notices.clone(), outside)?;
        let weigh = |_: &(u64, RoadmapKey, i32), version: &Arc<Version>| version.bytes;
        let versions = Cache::builder().max_capacity(VERSIONS).weigher(weigh).build();
        Ok(Self { accounts, store, notices, entropy, clock, write_rate: None, versions })
    }

    /// The same, with a limit of how often each account may change something.
    #[must_use]
    pub fn limited(self, per_second: u32, at_once: u32) -> Self {
        let rate = (per_second > 0).then(|| WriteRate::new(per_second, at_once, self.clock.clone()));
        Self { write_rate: rate, ..self }
    }

    /// The same while something is done that a learner has asked for.
    #[must_use]
    pub fn during(&self, act: &Arc<Act>) -> Self {
        let (accounts, store) = (self.accounts.during(act.clone()), self.store.during(act.clone()));
        Self { accounts, store, ..self.clone() }
    }

    /// A new key.
    pub fn fresh_id(&self) -> Uuid {
        fresh_id((self.clock)(), &self.entropy)
    }

    /// A version of a roadmap that is there, by the names of a catalogue; `None` where it is not.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn version(
        &self,
        (learner, roadmap): RoadmapKey,
        number: i32,
        catalog: &Catalog,
    ) -> Result<Option<Arc<Version>>, Lost> {
        Ok(self.versions(learner, &[(roadmap, number)], catalog).await?.pop())
    }

    /// Versions of roadmaps of a learner, in any order and by the names of a catalogue. Those that have not been read before take one statement.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn versions(
        &self,
        learner: Uuid,
        wanted: &[(Uuid, i32)],
        catalog: &Catalog,
    ) -> Result<Vec<Arc<Version>>, Lost> {
        let epoch = self.store.epoch();
        let (mut found, mut unread) = (Vec::new(), Vec::new());
        for &(roadmap, number) in wanted {
            match self.versions.get(&(epoch, (learner, roadmap), number)) {
                Some(version) => found.push(version.on(catalog)),
                None => unread.push((roadmap, number)),
            }
        }
        if !unread.is_empty() {
            for row in self.store.versions(learner, &unread).await? {
                found.push(self.remember(epoch, row)?.on(catalog));
            }
        }
        Ok(found)
    }

    /// Keeps a version that was read after the epoch was looked at.
    fn remember(&self, epoch: u64, row: roadmap_version::Model) -> Result<Arc<Version>, Lost> {
        let key = (epoch, (row.learner_id, row.roadmap_id), row.number);
        let version = Version::read(row)?;
        self.versions.insert(key, version.clone());
        Ok(version)
    }

    /// Keeps a new roadmap; `None` where the learner has as many as may be.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn save(
        &self,
        learner: Uuid,
        ground: &Ground,
        title: String,
        wishes: &Wishes,
    ) -> Result<Result<Option<roadmap::Model>, NoRoadmap>, Unplanned> {
        let held = Held { skills: self.skills(learner, ground.catalog()).await?, ..Held::default() };
        let planned = match ground.plan(wishes, &held).await? {
            Ok(planned) => planned,
            Err(none) => return Ok(Err(none)),
        };
        let now = instant((self.clock)());
        let roadmap = roadmap::Model {
            learner_id: learner,
            id: self.fresh_id(),
            title,
            wishes: json(wishes)?,
            version: 1,
            change: 1,
            plan_change: 1,
            created_at: now,
            updated_at: now,
            archived_at: None,
        };
        let plan = Plan::of(&ground.snapshot.catalog, planned.roadmap());
        let version = roadmap_version::Model {
            learner_id: learner,
            roadmap_id: roadmap.id,
            number: 1,
            catalog_revision: ground.snapshot.revision,
            cause: "SAVED".to_owned(),
            plan: json(&plan)?,
            changes: None,
            created_at: now,
            catalog_digest: Some(ground.snapshot.id.to_string()),
        };
        let is_added = self.store.add_roadmap(roadmap.clone(), version, MOST_ROADMAPS).await?;
        Ok(Ok(is_added.then_some(roadmap)))
    }

    /// Plans a roadmap anew from what is known by now, and keeps that as its next version.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn replan(
        &self,
        key: RoadmapKey,
        ground: &Ground,
        change: &Change,
    ) -> Result<Replanned, Unplanned> {
        for _ in 0..ATTEMPTS {
            let Some(read) = self.store.roadmap(key).await? else { return Ok(Replanned::NotFound) };
            if change.since.is_some_and(|since| since != read.plan_change) {
                return Ok(Replanned::Busy);
            }
            let planned = self.next_version(read, ground, change).await?;
            if !matches!(planned, Replanned::Busy) {
                return Ok(planned);
            }
        }
        Ok(Replanned::Busy)
    }

    /// Busy where the roadmap was changed by others meanwhile.
    async fn next_version(
        &self,
        read: roadmap::Model,
        ground: &Ground,
        change: &Change,
    ) -> Result<Replanned, Unplanned> {
        let key = (read.learner_id, read.id);
        let before = from_json::<Wishes>(&read.wishes)?.current(ground.catalog());
        let wishes = change.over(&before).current(ground.catalog());
        if let Some(lost) = ground.lost(&wishes) {
            return Ok(Replanned::Lost(lost));
        }
        let version = self.version(key, read.version, ground.catalog()).await?.ok_or(Lost::Fault)?;
        let planned =
            match ground.plan(&wishes, &self.held(key, &change.done, ground.catalog()).await?).await? {
                Ok(planned) => planned,
                Err(none) => return Ok(Replanned::Impossible(Box::new(none))),
            };
        let new = Plan::of(ground.catalog(), planned.roadmap());
        let digest = ground.snapshot.id.to_string();
        let planned_on = PlannedOn { revision: ground.snapshot.revision, digest: Some(&digest) };
        let changes = Changes::between(
            Made::new(&version.plan, &before, version.planned_on()),
            Made::new(&new, &wishes, planned_on),
            ground.catalog(),
        );
        let is_same = new == version.plan && wishes == before && !version.planned_on().differs(planned_on);
        if is_same && change.done.is_nothing() {
            return Ok(Replanned::Done(Box::new(changes)));
        }
        let mut done = change.done.clone();
        let wanted_again = before.avoid.into_iter().filter(|topic| !wishes.avoid.contains(topic));
        let steps = wanted_again.flat_map(|topic| current::names(ground.catalog(), &topic));
        done.wanted_again = steps.map(|step| step.columns()).collect();
        let version = roadmap_version::Model {
            learner_id: key.0,
            roadmap_id: key.1,
            number: read.version + 1,
            catalog_revision: ground.snapshot.revision,
            cause: change.cause.to_owned(),
            plan: json(&new)?,
            changes: Some(json(&changes)?),
            created_at: instant((self.clock)()),
            catalog_digest: Some(digest),
        };
        let new = NewVersion { read, title: change.title.clone(), wishes: json(&wishes)?, version, done };
        Ok(match self.store.add_version(new).await? {
            VersionAdded::Yes => Replanned::Done(Box::new(changes)),
            VersionAdded::Changed => Replanned::Busy,
            VersionAdded::Capped(cap) => Replanned::Capped(cap),
        })
    }

    /// What is held and begun, with what is done about it.
    async fn held(&self, key: RoadmapKey, done: &Progress, catalog: &Catalog) -> Result<Held, Lost> {
        let named = |row: &skill::Model| Name::from_columns(&row.topic, &row.level);
        let mut skills = self.skills(key.0, catalog).await?;
        if let Some(forgotten) = &done.forgotten {
            skills = without(skills, forgotten);
        }
        skills.extend(done.skills.iter().filter_map(named));
        let states = self.states(key.0, &[key.1], catalog).await?;
        let states = states.iter().chain(&done.state).filter_map(|row| {
            Some((Name::from_columns(&row.topic, &row.level)?, row.state == step_state::STARTED))
        });
        // What is done about a step comes after what was.
        let mut is_begun: BTreeMap<Name, bool> = states.collect();
        if let Some((topic, level)) = done.cleared.as_ref().filter(|_| done.state.is_none()) {
            is_begun.retain(|name, _| name.topic != *topic || name.level.name() != level);
        }
        let begun = is_begun.into_iter().filter(|(_, is_begun)| *is_begun).map(|(name, _)| name).collect();
        Ok(Held { skills, begun, is_under_way: true })
    }
}

/// Skills without those that are forgotten.
fn without(skills: BTreeSet<Name>, forgotten: &Forgotten) -> BTreeSet<Name> {
    let is_gone = |name: &Name| forgotten.names.contains(&name.columns());
    let left = forgotten.left.as_ref().filter(|_| skills.iter().any(is_gone));
    let left = left.and_then(|(topic, level)| Name::from_columns(topic, level));
    skills.into_iter().filter(|name| !is_gone(name)).chain(left).collect()
}

/// What the database is given. Keys are texts and numbers are finite, so it does not fail.
///
/// # Errors
/// Where it does all the same.
pub fn json(value: &impl serde::Serialize) -> Result<String, Lost> {
    serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "something can't be written as JSON");
        Lost::Fault
    })
}

/// What the database has.
///
/// # Errors
/// Where it is not what was written.
pub fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Lost> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "the database holds JSON that can't be read");
        Lost::Fault
    })
}
