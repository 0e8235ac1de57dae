//! Study logs by the names that a catalogue has now: pages of entries, and the sums that progress and forecasts are made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use uuid::Uuid;
use waymark_entity::study;
use waymark_planner::Catalog;
use waymark_planner::units::Hours;

use super::noted::rename;
use super::{Learners, Lost};
use crate::learning::{Name, StudySums, streak_reaches, weeks_since};
use crate::store::KeyRange;
use crate::store::learners::{RoadmapKey, StudyPlace};

/// How far back a long streak is followed at a time.
const YEAR: Days = Days::new(364);

/// The hours of days.
pub type StudyDays = BTreeMap<NaiveDate, Hours>;

impl Learners {
    /// A page of the log of a roadmap, latest day first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn study_page(
        &self,
        key: RoadmapKey,
        range: &KeyRange<StudyPlace>,
        catalog: &Catalog,
    ) -> Result<Vec<study::Model>, Lost> {
        let mut rows = self.store.study_page(key, range).await?;
        for row in &mut rows {
            rename_entry(row, catalog);
        }
        Ok(rows)
    }

    /// An entry of a log.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn study_entry(
        &self,
        learner: Uuid,
        id: Uuid,
        catalog: &Catalog,
    ) -> Result<Option<study::Model>, Lost> {
        let mut row = self.store.study_entry(learner, id).await?;
        if let Some(row) = &mut row {
            rename_entry(row, catalog);
        }
        Ok(row)
    }

    /// The sums of the logs of some roadmaps of a learner. A log without entries is left out.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn study_sums(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
        catalog: &Catalog,
    ) -> Result<HashMap<Uuid, StudySums>, Lost> {
        let mut sums: HashMap<Uuid, StudySums> = HashMap::new();
        for row in self.store.hours_by_step(learner, roadmaps).await? {
            let step = Name::from_columns(&row.topic, &row.level).map(|step| step.wanted(catalog));
            sums.entry(row.roadmap_id).or_default().add(step, hours(row.hours_millionths));
        }
        Ok(sums)
    }

    /// The hours by day of the logs of some roadmaps of a learner, until today: back as far as a forecast looks, and further where a streak goes
    /// back further.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn study_days(
        &self,
        learner: Uuid,
        roadmaps: &[Uuid],
        today: NaiveDate,
    ) -> Result<HashMap<Uuid, StudyDays>, Lost> {
        let mut found: HashMap<Uuid, StudyDays> = HashMap::new();
        let (mut since, mut until) = (weeks_since(today), today);
        let mut wanted = roadmaps.to_vec();
        while !wanted.is_empty() {
            for row in self.store.hours_by_day(learner, &wanted, &(since..=until)).await? {
                let days = found.entry(row.roadmap_id).or_default();
                days.insert(row.studied_on, hours(row.hours_millionths));
            }
            wanted.retain(|roadmap| {
                let days: BTreeSet<_> =
                    found.get(roadmap).into_iter().flat_map(BTreeMap::keys).copied().collect();
                streak_reaches(&days, today, since)
            });
            let (Some(before), Some(last)) = (since.checked_sub_days(YEAR), since.pred_opt()) else { break };
            (since, until) = (before, last);
        }
        Ok(found)
    }
}

/// From what the database has.
pub fn hours(millionths: i64) -> Hours {
    Hours::from_millionths(u64::try_from(millionths).unwrap_or_default())
}

fn rename_entry(row: &mut study::Model, catalog: &Catalog) {
    if let (Some(topic), Some(level)) = (&mut row.topic, &mut row.level) {
        rename((topic, level), catalog, Name::wanted);
    }
}
