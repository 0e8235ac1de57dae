//! A step by its name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use waymark_planner::Catalog;
use waymark_planner::ids::StepId;
use waymark_planner::units::Proficiency;

/// A step as the files of a catalogue name it: `kubernetes@WORKING`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Name {
    /// The slug of the topic.
    pub topic: String,
    /// The level.
    pub level: Proficiency,
}

impl Name {
    /// The name of a step of a catalogue.
    pub fn of(catalog: &Catalog, step: StepId) -> Self {
        let step = &catalog.steps()[step];
        Self { topic: catalog.topics()[step.topic].slug.to_string(), level: step.level }
    }

    /// The step in a catalogue, by the name that it has or one that it had; `None` where it has none of the name.
    pub fn step(&self, catalog: &Catalog) -> Option<StepId> {
        catalog.step_named(&self.topic, self.level)
    }

    /// The step in a catalogue whose topic defines this very level, for what is held: what has taken its place may claim more.
    pub fn defined(&self, catalog: &Catalog) -> Option<StepId> {
        catalog.step(catalog.topic(&self.topic)?, self.level)
    }

    /// As the database has it: the topic and the level.
    pub fn columns(&self) -> (String, String) {
        (self.topic.clone(), self.level.name().to_owned())
    }

    /// From what the database has; `None` where the level is none.
    pub fn from_columns(topic: &str, level: &str) -> Option<Self> {
        Some(Self { topic: topic.to_owned(), level: level.parse().ok()? })
    }
}

/// Whether names of what is held bring a step: a level brings the lower ones of its topic.
pub fn holds<'a>(held: impl IntoIterator<Item = &'a Name>, step: &Name) -> bool {
    held.into_iter().any(|held| held.topic == step.topic && held.level >= step.level)
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.topic, self.level)
    }
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.split_once('@').and_then(|(topic, level)| Self::from_columns(topic, level));
        name.ok_or_else(|| format!("\"{text}\" names no step"))
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.to_string()
    }
}

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}
