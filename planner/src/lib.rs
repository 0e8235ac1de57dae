//! The core of Waymark: a catalogue of topics as an AND/OR graph of steps, and the roadmap computed from it.
//!
//! [`plan`] is the whole of it: what the learner knows (`known`), the set of steps with the least hours that reaches the target, with
//! a proof (`closure`), in milestones and in an order that brings value early (`layout`, `order`), on the calendar (`calendar`,
//! `deadline`, `knapsack`). The resources for it ([`resources`]) and the answers to *why* (`explain`) are computed from a roadmap when asked for.
//!
//! The crate is pure: no clock, no I/O, no randomness, no hidden state. Today's date and the effort of the searches are arguments,
//! so equal inputs give equal plans.

mod calendar;
pub mod catalog;
mod closure;
mod compare;
mod conflict;
mod critical;
mod deadline;
pub mod draft;
mod explain;
mod flow;
pub mod graph;
pub mod ids;
mod knapsack;
mod known;
mod layout;
pub mod measures;
mod meter;
mod order;
pub mod placement;
mod request;
pub mod resources;
mod roadmap;
mod scaled;
pub mod source;
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::expect_used, clippy::missing_panics_doc)]
pub mod testing;
pub mod units;
mod week;

pub use catalog::Catalog;
pub use closure::Need;
pub use compare::{Comparison, compare, decide_by, shared_steps};
pub use conflict::{NoRoadmap, Wish};
pub use explain::{Choice, Reason};
pub use meter::Meter;
pub use request::{Effort, MOST_HOURS_PER_WEEK, Pace, Request, ResourceWishes};
pub use roadmap::{Milestone, PlannedStep, Roadmap, Schedule, plan, plan_metered};
pub use week::WeekStep;
