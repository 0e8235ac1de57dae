//! What learners have recorded, by the names that a catalogue has now: each row that is read comes by here.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use waymark_entity::{skill, step_state};
use waymark_planner::Catalog;

use super::{Learners, Lost};
use crate::learning::{Name, current};
use crate::store::learners::{RoadmapKey, StepName};

impl Learners {
    /// All that a learner has recorded to know.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn skills(&self, learner: Uuid, catalog: &Catalog) -> Result<BTreeSet<Name>, Lost> {
        let rows = self.store.skills(learner).await?;
        Ok(rows
            .iter()
            .filter_map(|row| Some(Name::from_columns(&row.topic, &row.level)?.held(catalog)))
            .collect())
    }

    /// The same with how and when each was recorded. What was recorded under several names is told as it was first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn skill_rows(&self, learner: Uuid, catalog: &Catalog) -> Result<Vec<skill::Model>, Lost> {
        let mut rows = self.store.skills(learner).await?;
        for row in &mut rows {
            rename((&mut row.topic, &mut row.level), catalog, Name::held);
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.recorded_at));
        Ok(each_once(rows, |row| (row.topic.clone(), row.level.clone())))
    }

    /// What a learner has recorded to know of some topics.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn skills_in(
        &self,
        learner: Uuid,
        topics: &[String],
        catalog: &Catalog,
    ) -> Result<Vec<Name>, Lost> {
        let names = topics.iter().flat_map(|topic| current::names(catalog, topic));
        let slugs: BTreeSet<String> = names.map(|name| name.topic).collect();
        let rows = self.store.skills_in(learner, &slugs.into_iter().collect::<Vec<_>>()).await?;
        Ok(rows
            .iter()
            .filter_map(|row| Some(Name::from_columns(&row.topic, &row.level)?.held(catalog)))
            .collect())
    }

    /// The steps that have been begun of some roadmaps of a learner, oldest first. What was noted about a step under several names is told as it
    /// is under the one of now, or else as it was last.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn states(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
        catalog: &Catalog,
    ) -> Result<Vec<step_state::Model>, Lost> {
        let rows = self.store.states(learner, roadmaps).await?;
        if !catalog.has_aliases() {
            return Ok(rows);
        }
        let renamed = rows.into_iter().map(|mut row| {
            let former = row.clone();
            rename((&mut row.topic, &mut row.level), catalog, Name::wanted);
            (former == row, row)
        });
        let mut rows: Vec<_> = renamed.collect();
        rows.sort_by_key(|(is_current, row)| (*is_current, row.started_at));
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        let mut rows = each_once(rows, |row| (row.roadmap_id, row.topic.clone(), row.level.clone()));
        rows.sort_by_key(|row| row.started_at);
        Ok(rows)
    }

    /// One of the steps of a roadmap that have been begun.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn state(
        &self,
        key: RoadmapKey,
        step: &Name,
        catalog: &Catalog,
    ) -> Result<Option<step_state::Model>, Lost> {
        if step.former(catalog).is_empty() {
            return Ok(self.store.state(key, step.columns()).await?);
        }
        let all = self.states(key.0, &[key.1], catalog).await?;
        Ok(all.into_iter().find(|row| (&*row.topic, &*row.level) == (&*step.topic, step.level.name())))
    }
}

/// Gives a row the name that its step has now.
pub(super) fn rename(
    (topic, level): (&mut String, &mut String),
    catalog: &Catalog,
    now: impl FnOnce(Name, &Catalog) -> Name,
) {
    if let Some(name) = Name::from_columns(topic, level) {
        let current: StepName = now(name, catalog).columns();
        (*topic, *level) = current;
    }
}

/// The last row of each key, in the order of the keys.
fn each_once<K: Ord, T>(rows: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let by_key: BTreeMap<K, T> = rows.into_iter().map(|row| (key(&row), row)).collect();
    by_key.into_values().collect()
}
