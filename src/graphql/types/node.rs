//! The Relay `Node`.

use async_graphql::{ID, Interface};

use super::{Area, Resource, Role, Step, Topic};
use crate::graphql::ids::NodeId;
use crate::graphql::plain::plain_union;
use crate::graphql::scope::Scope;

/// An object of the catalogue with an id that stays the same when the catalogue is imported again.
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
}

impl Node {
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

plain_union!(Node { Area, Topic, Step, Resource, Role });
