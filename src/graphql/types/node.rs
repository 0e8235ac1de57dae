//! The Relay `Node`.

use async_graphql::{ID, Interface};

use super::{Area, Resource, Roadmap, Role, SavedRoadmap, Step, Topic};
use crate::graphql::error::ApiError;
use crate::graphql::ids::{Key, NodeId};
use crate::graphql::plain::{Needs, Prepare, plain_union};
use crate::graphql::roadmap_id;
use crate::graphql::scope::Scope;

/// An object with an id that stays the same: for one of the catalogue also when that is imported again.
#[derive(Interface, Clone)]
#[graphql(field(name = "id", ty = "ID", desc = "The opaque global id, for `node` and `nodes`."))]
pub enum Node {
    /// An area.
    Area(Area),
    /// A topic.
    Topic(Topic),
    /// A step.
    Step(Step),
    /// A resource.
    Resource(Resource),
    /// A role.
    Role(Role),
    /// A computed roadmap.
    Roadmap(Roadmap),
    /// A roadmap that the learner who asks keeps.
    SavedRoadmap(SavedRoadmap),
}

impl Node {
    /// The object of a global id; `None` where the id names nothing, or nothing that the asker may see.
    pub(crate) async fn find(scope: &Scope, id: &ID) -> Result<Option<Self>, ApiError> {
        if let Some(Key::Roadmap(key)) = Key::decode(id) {
            let Some(who) = scope.reader() else { return Ok(None) };
            return Ok(SavedRoadmap::find(scope, (who.id, key)).await?.map(Self::SavedRoadmap));
        }
        if let Some((request, wishes)) = roadmap_id::decode(id, scope.snapshot(), scope.effort()) {
            let planned = scope.planner().roadmap(scope.snapshot(), request).await?;
            return Ok(planned.ok().map(|plan| Self::Roadmap(Roadmap::new(scope, plan, wishes))));
        }
        Ok(NodeId::decode(id, scope.catalog()).map(|id| Self::new(scope, id)))
    }

    /// The object of a decoded id.
    pub(crate) fn new(scope: &Scope, id: NodeId) -> Self {
        match id {
            NodeId::Area(id) => Self::Area(Area::new(scope, id)),
            NodeId::Topic(id) => Self::Topic(Topic::new(scope, id)),
            NodeId::Step(id) => Self::Step(Step::new(scope, id)),
            NodeId::Resource(id) => Self::Resource(Resource::new(scope, id)),
            NodeId::Role(id) => Self::Role(Role::new(scope, id)),
        }
    }
}

plain_union!(Node { Area, Topic, Step, Resource, Role, Roadmap, SavedRoadmap });

impl Prepare for Node {
    async fn prepare(&self, needs: Needs) -> Option<()> {
        match self {
            Self::Roadmap(roadmap) => roadmap.prepare(needs).await,
            _ => Some(()),
        }
    }
}
