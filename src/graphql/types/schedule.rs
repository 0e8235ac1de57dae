//! `Schedule`.

use waymark_planner::units::Hours;

use super::{Roadmap, RoadmapStep};
use crate::graphql::plain::plain_object;
use crate::graphql::scalars::Date;

/// The schedule of a roadmap.
pub struct Schedule {
    roadmap: Roadmap,
}

impl Schedule {
    pub(crate) fn new(roadmap: &Roadmap) -> Self {
        Self { roadmap: roadmap.clone() }
    }

    fn steps(&self, deferred: bool) -> Vec<RoadmapStep> {
        let steps = self.roadmap.plan().steps.iter().enumerate();
        let wanted = steps.filter(|(_, planned)| planned.deferred == deferred);
        wanted.map(|(position, _)| RoadmapStep::new(&self.roadmap, position)).collect()
    }
}

plain_object! {
/// When a roadmap ends, and what fits by the learner's last day.
impl Schedule {
    /// The day in which the first step begins.
    fn starts_on(&self) -> Date {
        self.roadmap.plan().schedule.starts_on.into()
    }

    /// The day in which the last step ends.
    fn finishes_on(&self) -> Date {
        self.roadmap.plan().schedule.finishes_on.into()
    }

    /// The learner's hours a week, spread evenly over its seven days.
    fn hours_per_week(&self) -> f64 {
        self.roadmap.plan().request.pace.hours_per_week.as_f64()
    }

    /// The learner's last day.
    fn finish_by(&self) -> Option<Date> {
        self.roadmap.plan().request.pace.finish_by.map(Date::from)
    }

    /// Whether all of it fits by `finishBy`; true where there is none.
    fn fits(&self) -> bool {
        self.roadmap.plan().schedule.fits
    }

    /// The least hours a week with which all of it fits by `finishBy`; null where there is none, no day to learn on until then, or where it would
    /// take more than may be given.
    fn needed_hours_per_week(&self) -> Option<f64> {
        self.roadmap.plan().schedule.needed_hours_per_week.map(Hours::as_f64)
    }

    /// The steps that fit, in order: where not all do, the set with the largest total value that holds all that it needs. All of them end by
    /// `finishBy`.
    fn kept(&self) -> Vec<RoadmapStep> {
        self.steps(false)
    }

    /// The steps that are left for later, in order: they follow after the others, as though the learner went on.
    fn deferred(&self) -> Vec<RoadmapStep> {
        self.steps(true)
    }

    /// The total value of the steps that fit.
    fn kept_value(&self) -> f64 {
        self.roadmap.plan().schedule.kept_value.as_f64()
    }

    /// No set of steps that fits, and holds all that it needs, has a larger total value than this.
    fn upper_bound_value(&self) -> f64 {
        self.roadmap.plan().schedule.upper_bound_value.as_f64()
    }

    /// Whether it is proven that no other set of steps that fits has a larger total value.
    fn proven_largest(&self) -> bool {
        self.roadmap.plan().schedule.is_proven_largest()
    }
}
}
