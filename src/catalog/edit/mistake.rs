//! What a curator has to do otherwise.

use waymark_planner::draft::Origin;

use super::NOWHERE;

/// Something wrong with edits, in words for the curator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The value that it is about; the default where it is about all edits together.
    pub origin: Origin,
    /// What kind of thing it is.
    pub wrong: Wrong,
    /// What is wrong and what to do.
    pub message: String,
    /// The field of the value that it is about, where that is missing.
    pub field: Option<&'static str>,
    /// The circle that it would lead around in: steps in the form `topic@LEVEL`, or slugs of roles.
    pub circle: Vec<String>,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not of the form that it must have.
    Invalid,
    /// Something is missing.
    Missing,
    /// Too small or too large.
    OutOfRange,
    /// It names what is not there.
    Unknown,
    /// It is there already.
    Duplicate,
    /// Others still refer to it.
    InUse,
    /// It leads around in a circle.
    Cycle,
}

impl Mistake {
    pub(super) fn new(origin: Origin, wrong: Wrong, message: impl Into<String>) -> Self {
        Self { origin, wrong, message: message.into(), field: None, circle: Vec::new() }
    }

    /// A circle, with its path.
    pub(super) fn around(origin: Origin, message: String, circle: Vec<String>) -> Self {
        Self { circle, ..Self::new(origin, Wrong::Cycle, message) }
    }

    /// The same at a place, where it has none.
    pub(super) fn or_at(self, origin: Origin) -> Self {
        if self.origin == NOWHERE { Self { origin, ..self } } else { self }
    }
}
