//! The root of all subscriptions.

use async_graphql::{Context, Result, Subscription};
use futures_util::{Stream, StreamExt as _, stream};
use tokio_stream::wrappers::WatchStream;

use super::scope::Scope;
use super::types::CatalogChange;

/// Everything that can be followed.
pub struct Subscription;

/// Everything that can be followed, over WebSocket (graphql-transport-ws) or server-sent events.
#[Subscription]
impl Subscription {
    /// Tells each time that the catalogue has a new revision. Of several that come faster than they are read, the last one is told.
    async fn catalog_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The revision that is known already: if there is another one by now, it is told at once. So a client that lost its \
                    connection misses nothing."
        )]
        since: Option<i32>,
    ) -> Result<impl Stream<Item = CatalogChange> + use<>> {
        let scope = ctx.data::<Scope>()?;
        let (world, id) = (scope.world().clone(), scope.request_id().cloned());
        // In this order: what is swapped in between is seen twice rather than never, and the second time passed over.
        let changes = WatchStream::from_changes(world.current.watch());
        let first = world.current.pin();
        let mut known = since.unwrap_or(first.revision);
        Ok(stream::iter([first]).chain(changes).filter_map(move |snapshot| {
            let previous = std::mem::replace(&mut known, snapshot.revision);
            let change = (previous != known)
                .then(|| CatalogChange::new(&world.scope_on(snapshot, id.clone()), previous));
            std::future::ready(change)
        }))
    }
}
