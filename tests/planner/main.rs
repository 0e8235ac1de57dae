//! The planner against proven optima, and against itself.

mod properties;
mod reference;
