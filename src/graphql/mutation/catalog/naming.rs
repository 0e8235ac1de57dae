//! Another slug, or the end: the same for areas, topics, roles and resources.

use async_graphql::InputObject;
use waymark_planner::catalog::Kind;

use super::made::Editing;
use super::paths::Paths;
use super::terms::Terms;
use crate::catalog::edit::{Edit, Rename, Retire};
use crate::graphql::arguments::stated;

/// The inputs of a kind, with what they are.
macro_rules! naming {
    ($($kind:ident: $(#[$rename_meta:meta])* $rename:ident $(#[$retire_meta:meta])* $retire:ident)*) => {$(
        $(#[$rename_meta])*
        #[derive(InputObject)]
        pub(crate) struct $rename {
            /// Its slug so far.
            #[doc = stated!(slug)]
            pub(super) slug: String,
            /// Its slug from now on. By the old one it is still found.
            #[doc = stated!(slug)]
            pub(super) new_slug: String,
            #[graphql(flatten)]
            terms: Terms,
        }

        $(#[$retire_meta])*
        #[derive(InputObject)]
        pub(crate) struct $retire {
            /// Its slug.
            #[doc = stated!(slug)]
            pub(super) slug: String,
            /// The slug of another one that takes its place: what refers to the old one refers to that from now on, and by the old slug that is
            /// found. Without one nothing may refer to it any more.
            #[doc = stated!(slug)]
            pub(super) replacement: Option<String>,
            #[graphql(flatten)]
            terms: Terms,
        }

        impl Editing for $rename {
            fn terms(&self) -> &Terms {
                &self.terms
            }

            fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
                let slug = paths.slug(&self.slug, &format!("{path}.slug"));
                let to = paths.slug(&self.new_slug, &format!("{path}.newSlug"));
                Edit::Rename(Kind::$kind, Rename { slug, to })
            }
        }

        impl Editing for $retire {
            fn terms(&self) -> &Terms {
                &self.terms
            }

            fn edit(&self, paths: &mut Paths, path: &str) -> Edit {
                let slug = paths.slug(&self.slug, &format!("{path}.slug"));
                let replacement = paths.maybe_slug(self.replacement.as_deref(), &format!("{path}.replacement"));
                Edit::Retire(Kind::$kind, Retire { slug, replacement })
            }
        }
    )*};
}

naming! {
    Area:
    /// Another slug for an area.
    RenameAreaInput
    /// The end of an area.
    RetireAreaInput
    Topic:
    /// Another slug for a topic.
    RenameTopicInput
    /// The end of a topic, with all its levels.
    RetireTopicInput
    Role:
    /// Another slug for a role.
    RenameRoleInput
    /// The end of a role.
    RetireRoleInput
    Resource:
    /// Another slug for a resource.
    RenameResourceInput
    /// The end of a resource.
    RetireResourceInput
}
