//! Opaque global ids, made from slugs so that they survive every re-import: one of a former slug leads to what has taken its place.

use async_graphql::ID;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;
use waymark_planner::Catalog;
use waymark_planner::ids::{AreaId, ResourceId, RoleId, StepId, TopicId};
use waymark_planner::units::Proficiency;

/// Everything that has a global id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeId {
    Area(AreaId),
    Topic(TopicId),
    Step(StepId),
    Resource(ResourceId),
    Role(RoleId),
}

impl NodeId {
    /// The global id.
    pub(crate) fn encode(self, catalog: &Catalog) -> ID {
        let plain = match self {
            Self::Area(id) => format!("Area:{}", catalog.areas()[id].slug),
            Self::Topic(id) => format!("Topic:{}", catalog.topics()[id].slug),
            Self::Step(id) => format!("Step:{}", catalog.step_name(id)),
            Self::Resource(id) => format!("Resource:{}", catalog.resources()[id].slug),
            Self::Role(id) => format!("Role:{}", catalog.roles()[id].slug),
        };
        URL_SAFE_NO_PAD.encode(plain).into()
    }

    /// What a global id names; `None` where it is none, or names what is not there any more.
    pub(crate) fn decode(id: &ID, catalog: &Catalog) -> Option<Self> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
        let (kind, slug) = plain.split_once(':')?;
        match kind {
            "Area" => catalog.area(slug).map(Self::Area),
            "Topic" => catalog.topic(slug).map(Self::Topic),
            "Step" => {
                let (topic, level) = slug.split_once('@')?;
                let level: Proficiency = level.parse().ok()?;
                catalog.step_named(topic, level).map(Self::Step)
            }
            "Resource" => catalog.resource(slug).map(Self::Resource),
            "Role" => catalog.role(slug).map(Self::Role),
            _ => None,
        }
    }
}

/// What is a learner's and has a global id, made from its key. Whose it is, is not said: it is looked for among what is the asker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Roadmap(Uuid),
    Credential(Uuid),
    Study(Uuid),
}

impl Key {
    /// The global id.
    pub(crate) fn encode(self) -> ID {
        let plain = match self {
            Self::Roadmap(key) => format!("SavedRoadmap:{key}"),
            Self::Credential(key) => format!("Credential:{key}"),
            Self::Study(key) => format!("StudyEntry:{key}"),
        };
        URL_SAFE_NO_PAD.encode(plain).into()
    }

    /// What a global id names; `None` where it names nothing of a learner's.
    pub(crate) fn decode(id: &ID) -> Option<Self> {
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
        let (kind, key) = plain.split_once(':')?;
        let key = key.parse().ok()?;
        match kind {
            "SavedRoadmap" => Some(Self::Roadmap(key)),
            "Credential" => Some(Self::Credential(key)),
            "StudyEntry" => Some(Self::Study(key)),
            _ => None,
        }
    }
}
