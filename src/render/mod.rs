//! Roadmaps for people: pure functions from a roadmap to text.

pub mod terminal;
