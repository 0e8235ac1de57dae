//! A catalogue as somebody wrote it: names instead of ids, nothing checked. [`crate::Catalog::new`] turns it into a catalogue or says
//! all that is wrong with it.

use crate::source::{Attestation, Identifiers};
use crate::units::{Proficiency, ResourceKind};

/// Where in its source a value stands. The draft's author gives the number a meaning; the planner only hands it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(pub u32);

/// The popularity of a topic that says none.
pub const USUAL_POPULARITY: i64 = 50;

/// The fit of a coverage that says none.
pub const USUAL_FIT: i64 = 3;

/// A value with the place that it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub origin: Origin,
}

impl<T> At<T> {
    /// A value at a place.
    pub const fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

impl<T> From<T> for At<T> {
    /// A value of unknown place.
    fn from(value: T) -> Self {
        Self { value, origin: Origin::default() }
    }
}

/// The four lists of a catalogue, in any order.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Draft {
    pub areas: Vec<AreaDraft>,
    pub topics: Vec<TopicDraft>,
    pub roles: Vec<RoleDraft>,
    pub resources: Vec<ResourceDraft>,
}

/// An area as written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct AreaDraft {
    pub slug: At<String>,
    /// Slugs that it had before, or that it stands in for.
    pub aliases: Vec<At<String>>,
    pub title: String,
    pub summary: Option<String>,
}

/// A topic as written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct TopicDraft {
    pub slug: At<String>,
    /// Slugs that it had before, or that it stands in for.
    pub aliases: Vec<At<String>>,
    pub title: String,
    /// Other names that people use.
    pub names: Vec<String>,
    /// The slug of its area.
    pub area: At<String>,
    pub summary: String,
    /// Why it is worth learning although nothing asks for it.
    pub elective: Option<String>,
    /// Rating of how widely it is used among its alternatives, 0 to 100.
    pub popularity: At<i64>,
    /// Addresses of the same thing in other vocabularies.
    pub links: Vec<At<String>>,
    pub levels: Vec<LevelDraft>,
}

/// A level of a topic as written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct LevelDraft {
    pub level: At<Proficiency>,
    /// Steps that it stands in for, in the form `topic@LEVEL`.
    pub aliases: Vec<At<String>>,
    /// The learning time of this level alone.
    pub hours: At<f64>,
    pub outcome: String,
    /// Something to build, change or decide, and how to tell that it worked.
    pub practice: Option<String>,
    pub requires: Vec<EntryDraft>,
    pub recommends: Vec<EntryDraft>,
}

/// A requirement as written: any one of these steps.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryDraft {
    /// Steps in the form `topic@LEVEL`.
    pub any_of: Vec<At<String>>,
    /// 1 to 3; of a step's requirement always 1.
    pub weight: At<i64>,
    /// Why its steps stand for each other, where that does not speak for itself; of a step's requirement always none.
    pub reason: Option<String>,
    /// The place of the requirement as a whole.
    pub origin: Origin,
}

/// A role as written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct RoleDraft {
    pub slug: At<String>,
    /// Slugs that it had before, or that it stands in for.
    pub aliases: Vec<At<String>>,
    pub title: String,
    pub summary: String,
    /// The slug of the role below it on the ladder.
    pub after: Option<At<String>>,
    pub requires: Vec<EntryDraft>,
}

/// A resource as written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct ResourceDraft {
    pub slug: At<String>,
    /// Slugs that it had before, or that it stands in for.
    pub aliases: Vec<At<String>>,
    pub title: String,
    pub kind: ResourceKind,
    pub url: At<String>,
    pub identifiers: Identifiers,
    pub attested: Option<Attestation>,
    pub authors: Vec<String>,
    pub provider: Option<String>,
    pub year: Option<i32>,
    /// BCP 47.
    pub language: String,
    /// US dollars.
    pub price: At<f64>,
    /// 1 to 5.
    pub quality: At<i64>,
    /// The slugs of topics, one of which a learner has to do with; empty: for everybody.
    pub made_for: Vec<At<String>>,
    pub covers: Vec<CoverDraft>,
}

/// A step that a resource teaches, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverDraft {
    /// In the form `topic@LEVEL`.
    pub step: At<String>,
    /// Time to read, watch or do this.
    pub hours: At<f64>,
    /// How far it alone brings a learner to the step's outcome, 1 to 5.
    pub fit: At<i64>,
    /// The part of the resource that teaches it.
    pub section: Option<String>,
}
