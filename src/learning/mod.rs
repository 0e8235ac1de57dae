//! Learning over time: what a roadmap was when it was kept, what is different about a later one, how far somebody is, and when they will arrive.
//!
//! Everything is named by slugs and levels, which outlive every import, and is written to the database as JSON. Pure functions: the day and chance
//! are arguments.

mod changes;
pub mod current;
mod forecast;
mod name;
mod plan;
mod progress;
mod study;
mod wishes;

pub use changes::{Added, Changes, ChoiceChanged, Gone, Made, Moved, PlannedOn, Shift, WhyAdded, WhyGone};
pub use forecast::{Arrival, FEWEST_WEEKS, Pace, forecast, weekly, weeks_since};
pub use name::{Name, holds};
pub use plan::{Choice, Plan, PlannedStep};
pub use progress::{Progress, State, Step, progress, streak_days, streak_reaches, streak_weeks};
pub use study::StudySums;
pub use wishes::{ResourceWishes, Wishes};
