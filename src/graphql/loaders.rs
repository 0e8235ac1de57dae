//! What belongs to learners, loaded together: all that is asked for at one time takes one statement of its kind.
//!
//! Per request, so nothing of one learner's is ever another's, and without a memory, so what a mutation has changed is seen right after it.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::runtime::{Timer, TokioSpawner};
use chrono::NaiveDate;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use uuid::Uuid;
use waymark_entity::step_state;
use waymark_planner::Catalog;
use waymark_planner::units::Proficiency;

use super::error::ApiError;
use crate::catalog::Snapshot;
use crate::learning::{Name, StudySums, current};
use crate::service::learners::Version;
use crate::service::study::StudyDays;
use crate::service::{Learners, Lost};
use crate::store::learners::RoadmapKey;

/// The highest level that a learner holds of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LevelIn(pub(crate) Uuid, pub(crate) String);

/// All that a learner knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SkillsOf(pub(crate) Uuid);

/// The stars that a learner gave a resource.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StarsBy(pub(crate) Uuid, pub(crate) String);

/// What all learners think of a resource: the sum of the stars, and how many gave some.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StarsOf(pub(crate) String);

/// A version of a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct VersionOf {
    pub(crate) roadmap: RoadmapKey,
    pub(crate) number: i32,
}

/// The steps of a roadmap that have been begun.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StatesOf(pub(crate) RoadmapKey);

/// The sums of the log of a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StudySumsOf(pub(crate) RoadmapKey);

/// The hours by day of the log of a roadmap, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StudyDaysOf(pub(crate) RoadmapKey, pub(crate) NaiveDate);

/// The first day of the log of a roadmap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FirstStudyDayOf(pub(crate) RoadmapKey);

/// The loaders of a request.
pub(crate) struct Loaders(DataLoader<Statements>);

impl Loaders {
    pub(crate) fn new(learners: Arc<Learners>, snapshot: Arc<Snapshot>) -> Self {
        Self(DataLoader::new(Statements { learners, snapshot }, TokioSpawner::current(), Yielding))
    }

    /// What a key leads to; `None` where there is nothing.
    pub(crate) async fn load<K>(&self, key: K) -> Result<Option<<Statements as Loader<K>>::Value>, ApiError>
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        Statements: Loader<K, Error = Lost>,
    {
        Ok(self.0.load_one(key).await?)
    }
}

/// Lets all that can ask by now ask first. A timer that sleeps would have every request wait for a millisecond.
struct Yielding;

impl Timer for Yielding {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        tokio::task::yield_now().boxed()
    }
}

/// The statements behind the keys, and the catalogue by whose names their answers are told.
pub(crate) struct Statements {
    learners: Arc<Learners>,
    snapshot: Arc<Snapshot>,
}

impl Statements {
    fn learners(&self) -> &Learners {
        &self.learners
    }

    fn catalog(&self) -> &Catalog {
        &self.snapshot.catalog
    }
}

/// The keys by whose they are: a request asks for one learner's, nearly always.
fn by_learner<K: Clone + Eq + Hash, T>(
    keys: &[K],
    part: impl Fn(&K) -> (Uuid, T),
) -> HashMap<Uuid, Vec<(K, T)>> {
    let mut groups: HashMap<Uuid, Vec<(K, T)>> = HashMap::new();
    for key in keys {
        let (learner, rest) = part(key);
        groups.entry(learner).or_default().push((key.clone(), rest));
    }
    groups
}

/// What keys are about, beside the learner.
fn parts<K, T: Copy>(wanted: &[(K, T)]) -> Vec<T> {
    wanted.iter().map(|(_, part)| *part).collect()
}

/// All names of some resources.
fn resources(catalog: &Catalog, slugs: impl Iterator<Item = String>) -> Vec<String> {
    let former = |slug: &str| catalog.resource(slug).map(|id| &catalog.resources()[id].aliases);
    slugs
        .flat_map(|slug| {
            let former = former(&slug).into_iter().flatten().map(ToString::to_string);
            former.chain([slug.clone()]).collect::<Vec<_>>()
        })
        .collect()
}

impl Loader<LevelIn> for Statements {
    type Value = Proficiency;
    type Error = Lost;

    async fn load(&self, keys: &[LevelIn]) -> Result<HashMap<LevelIn, Proficiency>, Lost> {
        let mut levels: HashMap<LevelIn, Proficiency> = HashMap::new();
        for (learner, topics) in by_learner(keys, |LevelIn(learner, topic)| (*learner, topic.clone())) {
            let topics: Vec<String> = topics.into_iter().map(|(_, topic)| topic).collect();
            for held in self.learners().skills_in(learner, &topics, self.catalog()).await? {
                let highest = levels.entry(LevelIn(learner, held.topic)).or_insert(held.level);
                *highest = held.level.max(*highest);
            }
        }
        Ok(levels)
    }
}

impl Loader<SkillsOf> for Statements {
    type Value = Arc<BTreeSet<Name>>;
    type Error = Lost;

    async fn load(&self, keys: &[SkillsOf]) -> Result<HashMap<SkillsOf, Self::Value>, Lost> {
        let mut all = HashMap::new();
        for key in keys {
            all.insert(key.clone(), Arc::new(self.learners().skills(key.0, self.catalog()).await?));
        }
        Ok(all)
    }
}

impl Loader<StarsBy> for Statements {
    type Value = i32;
    type Error = Lost;

    async fn load(&self, keys: &[StarsBy]) -> Result<HashMap<StarsBy, i32>, Lost> {
        let mut stars = HashMap::new();
        for (learner, slugs) in by_learner(keys, |StarsBy(learner, slug)| (*learner, slug.clone())) {
            let slugs = resources(self.catalog(), slugs.into_iter().map(|(_, slug)| slug));
            for (slug, given) in self.learners().store.ratings_by(learner, &slugs).await? {
                let now = current::resource(self.catalog(), &slug);
                let is_current = now == slug;
                let known = stars.entry(StarsBy(learner, now)).or_insert(given);
                // What was said by the name of now is said last.
                if is_current {
                    *known = given;
                }
            }
        }
        Ok(stars)
    }
}

impl Loader<StarsOf> for Statements {
    type Value = (i64, i64);
    type Error = Lost;

    async fn load(&self, keys: &[StarsOf]) -> Result<HashMap<StarsOf, (i64, i64)>, Lost> {
        let slugs = resources(self.catalog(), keys.iter().map(|StarsOf(slug)| slug.clone()));
        let mut stars: HashMap<StarsOf, (i64, i64)> = HashMap::new();
        // Whoever rated two that are one by now counts twice until they rate it again.
        for (slug, sum, count) in self.learners().store.ratings_of(&slugs).await? {
            let of = stars.entry(StarsOf(current::resource(self.catalog(), &slug))).or_default();
            *of = (of.0 + sum, of.1 + count);
        }
        Ok(stars)
    }
}

impl Loader<VersionOf> for Statements {
    type Value = Arc<Version>;
    type Error = Lost;

    async fn load(&self, keys: &[VersionOf]) -> Result<HashMap<VersionOf, Arc<Version>>, Lost> {
        let mut versions = HashMap::new();
        for (learner, wanted) in by_learner(keys, |key| (key.roadmap.0, (key.roadmap.1, key.number))) {
            for version in self.learners().versions(learner, &parts(&wanted), self.catalog()).await? {
                let (roadmap, number) = ((learner, version.row.roadmap_id), version.row.number);
                versions.insert(VersionOf { roadmap, number }, version);
            }
        }
        Ok(versions)
    }
}

impl Loader<StatesOf> for Statements {
    type Value = Arc<Vec<step_state::Model>>;
    type Error = Lost;

    async fn load(&self, keys: &[StatesOf]) -> Result<HashMap<StatesOf, Self::Value>, Lost> {
        let mut states: HashMap<StatesOf, Vec<_>> = HashMap::new();
        for (learner, wanted) in by_learner(keys, |StatesOf(key)| *key) {
            for row in self.learners().states(learner, &parts(&wanted), self.catalog()).await? {
                states.entry(StatesOf((learner, row.roadmap_id))).or_default().push(row);
            }
        }
        Ok(states.into_iter().map(|(key, rows)| (key, Arc::new(rows))).collect())
    }
}

impl Loader<StudySumsOf> for Statements {
    type Value = Arc<StudySums>;
    type Error = Lost;

    async fn load(&self, keys: &[StudySumsOf]) -> Result<HashMap<StudySumsOf, Self::Value>, Lost> {
        let mut all = HashMap::new();
        for (learner, wanted) in by_learner(keys, |StudySumsOf(key)| *key) {
            let sums = self.learners().study_sums(learner, &parts(&wanted), self.catalog()).await?;
            all.extend(sums.into_iter().map(|(id, sums)| (StudySumsOf((learner, id)), Arc::new(sums))));
        }
        Ok(all)
    }
}

impl Loader<StudyDaysOf> for Statements {
    type Value = Arc<StudyDays>;
    type Error = Lost;

    async fn load(&self, keys: &[StudyDaysOf]) -> Result<HashMap<StudyDaysOf, Self::Value>, Lost> {
        let mut all = HashMap::new();
        // A request has one day.
        let Some(&StudyDaysOf(_, today)) = keys.first() else { return Ok(all) };
        for (learner, wanted) in by_learner(keys, |StudyDaysOf(key, _)| *key) {
            let days = self.learners().study_days(learner, &parts(&wanted), today).await?;
            all.extend(
                days.into_iter().map(|(id, days)| (StudyDaysOf((learner, id), today), Arc::new(days))),
            );
        }
        Ok(all)
    }
}

impl Loader<FirstStudyDayOf> for Statements {
    type Value = NaiveDate;
    type Error = Lost;

    async fn load(&self, keys: &[FirstStudyDayOf]) -> Result<HashMap<FirstStudyDayOf, NaiveDate>, Lost> {
        let mut all = HashMap::new();
        for (learner, wanted) in by_learner(keys, |FirstStudyDayOf(key)| *key) {
            let days = self.learners().store.first_study_days(learner, &parts(&wanted)).await?;
            all.extend(days.into_iter().map(|(id, day)| (FirstStudyDayOf((learner, id)), day)));
        }
        Ok(all)
    }
}
