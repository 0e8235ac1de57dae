//! What reading collects beside the draft: the diagnostics, where each value stood, and what could not be known.

use std::collections::HashSet;

use waymark_planner::catalog::Kind;
use waymark_planner::draft::{At, Origin};

use crate::catalog::diagnostics::Diagnostic;

/// The origin of values that stand in for what could not be read: whatever the planner finds wrong with them was reported already.
pub(super) const REPORTED: Origin = Origin(0);

/// A place in one of the files read.
#[derive(Clone, Copy)]
struct Location {
    file: u32,
    line: u32,
}

#[derive(Default)]
pub(super) struct Report {
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) gaps: Gaps,
    files: Vec<String>,
    /// Origin `n` is at `n - 1`.
    locations: Vec<Location>,
}

/// What may exist although it was not read, so that nobody can say that it is unknown.
#[derive(Default)]
pub(super) struct Gaps {
    kinds: Vec<Kind>,
    topics: HashSet<String>,
}

impl Gaps {
    /// There may be more of this kind than was read.
    pub(super) fn kind(&mut self, kind: Kind) {
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    /// The topic may have more levels than were read.
    pub(super) fn levels_of(&mut self, topic: &str) {
        self.topics.insert(topic.to_owned());
    }

    pub(super) fn has_kind(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    pub(super) fn has_levels_of(&self, topic: &str) -> bool {
        self.topics.contains(topic)
    }
}

impl Report {
    /// What follows is of this file.
    pub(super) fn begin(&mut self, file: String) {
        self.files.push(file);
    }

    /// Reports something at a line of the current file.
    pub(super) fn at(&mut self, line: u32, message: impl Into<String>) {
        let file = self.files.last().cloned().unwrap_or_default();
        self.diagnostics.push(Diagnostic { file, line: Some(line), message: message.into() });
    }

    /// Reports something of the current file as a whole.
    pub(super) fn of_file(&mut self, message: impl Into<String>) {
        let file = self.files.last().cloned().unwrap_or_default();
        self.diagnostics.push(Diagnostic::of_file(file, message));
    }

    /// The number by which the planner names a line of the current file.
    pub(super) fn origin(&mut self, line: u32) -> Origin {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.locations.push(Location { file: number(self.files.len()).saturating_sub(1), line });
        Origin(number(self.locations.len()))
    }

    /// A value of the current file with its place.
    pub(super) fn value<T>(&mut self, value: T, line: u32) -> At<T> {
        At::new(value, self.origin(line))
    }

    /// The file and line of an origin; `None` for what was reported already.
    pub(super) fn place(&self, origin: Origin) -> Option<(&str, u32)> {
        let location = self.locations.get((origin.0 as usize).checked_sub(1)?)?;
        Some((self.files.get(location.file as usize)?, location.line))
    }
}
