//! What can be wrong with a draft, as data: the words are made where somebody reads them.

use std::fmt;

use crate::draft::Origin;
use crate::units::Proficiency;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The place in the draft's source.
    pub origin: Origin,
    /// What is wrong there.
    pub fault: Fault,
}

/// The kinds of things that have slugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Area,
    Topic,
    Role,
    Resource,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Area => "area",
            Self::Topic => "topic",
            Self::Role => "role",
            Self::Resource => "resource",
        })
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Not made of lower case letters, digits and single hyphens.
    MalformedSlug(Kind, String),
    /// The slug was taken, at the origin given.
    DuplicateSlug(Kind, String, Origin),
    /// The alias is a slug or an alias of this kind already, at the origin given.
    TakenAlias(Kind, String, Origin),
    /// The alias names a step that is there, or that another level has taken the place of, at the origin given.
    TakenStep(String, Origin),
    /// Nothing of this kind has this slug.
    Unknown(Kind, String),
    /// Not of the form `topic@LEVEL`.
    MalformedStep(String),
    /// The part after the `@` is no level.
    UnknownLevel(String),
    /// The topic exists, and does not define this level but those.
    UndefinedLevel(String, Proficiency, Vec<Proficiency>),
    /// The topic defines the level twice.
    DuplicateLevel(Proficiency),
    /// The topic defines no level.
    NoLevels,
    /// A requirement without a step.
    EmptyAny,
    /// Not above 0, or beyond what can be counted.
    HoursOutOfRange(f64),
    /// Below 0, or beyond what can be counted.
    PriceOutOfRange(f64),
    /// Not 1 to 5.
    QualityOutOfRange(i64),
    /// Not 1 to 5.
    FitOutOfRange(i64),
    /// Not 0 to 100.
    PopularityOutOfRange(i64),
    /// Not 1 to 3.
    WeightOutOfRange(i64),
    /// Not an http or https address.
    BadUrl(String),
    /// The resource covers the step twice.
    DuplicateCoverage(String),
    /// A role without a role below it, where there is one already.
    SecondRoot(String, String),
    /// Roles that follow each other in a circle: each is after the next, the last after the first.
    LadderLoop(Vec<String>),
    /// Steps that require each other in a circle: each requires the next, the last the first.
    PrerequisiteCycle(Vec<String>),
}
