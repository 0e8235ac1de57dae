//! The catalogue's files: what is wrong with a bad one, and that writing and reading lose nothing.

#![allow(clippy::unwrap_used)] // clippy.toml allows it in tests, which it takes to be the test functions alone

mod drafts;
mod edits;
mod errors;
mod identity;
mod learners;
mod reading;
mod stacks;
mod strict;
mod writing;
