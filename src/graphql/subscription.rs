//! The root of all subscriptions.

use std::time::Duration;

use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{FutureExt as _, Stream, StreamExt as _, stream};
use tokio_stream::wrappers::WatchStream;

use super::access::Right;
use super::error::ApiError;
use super::following;
use super::ids::Key;
use super::scope::Scope;
use super::types::{CatalogChange, SavedRoadmap, Viewer};

/// How long it takes until a look that failed is asked again, at first and at last.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

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
        #[graphql(
            desc = "The `digest` of the catalogue that is known already, beside `since`: so a catalogue of the same revision and other content, as \
                    after a restore of the database, is told too. At most 200 characters."
        )]
        since_digest: Option<String>,
    ) -> Result<impl Stream<Item = CatalogChange> + use<>> {
        if let Some(event) = following::event(ctx) {
            return Ok(event);
        }
        let scope = ctx.data::<Scope>()?;
        let (world, waiting) = (scope.world(), scope.waiting());
        // In this order: what is swapped in between is seen twice rather than never, and the second time passed over.
        let changes = WatchStream::from_changes(world.current.watch());
        let first = world.current.pin();
        let is_first_known = since.is_none_or(|since| since == first.revision)
            && since_digest.is_none_or(|digest| digest == first.id.to_string());
        let mut previous = since.unwrap_or(first.revision);
        let mut known = is_first_known.then(|| first.version());
        let events = stream::iter([first]).chain(changes).filter_map(move |snapshot| {
            let version = snapshot.version();
            let is_new = known.replace(version) != Some(version);
            let previous = std::mem::replace(&mut previous, version.revision);
            let change = is_new.then(|| CatalogChange::new(&waiting.scope_on(snapshot), previous));
            std::future::ready(change)
        });
        Ok(following::follow(ctx, events))
    }

    /// Tells each time that something about a kept roadmap of the learner's has changed, on another device for example. Ends when the roadmap is
    /// deleted, and when the session or token is revoked. Of several changes that come faster than they are read, the last one is told.
    async fn roadmap_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id. At most 200 characters.")] id: ID,
        #[graphql(
            desc = "The `changeNumber` that is known already: if there is another one by now, it is told at once. So a client that lost its \
                    connection misses nothing."
        )]
        since: Option<i32>,
    ) -> Result<impl Stream<Item = SavedRoadmap> + use<>> {
        if let Some(event) = following::event(ctx) {
            return Ok(event);
        }
        let scope = ctx.data::<Scope>()?.clone();
        let who = scope.with(Right::Read)?.clone();
        let Some(Key::Roadmap(roadmap)) = Key::decode(&id) else { return Err(not_found().into()) };
        let key = (who.id, roadmap);
        // In this order: what changes in between is seen.
        let notices = scope.learners()?.notices.follow(who.id);
        let first = SavedRoadmap::find(&scope, key).await?.ok_or_else(not_found)?;
        let known = since.map_or(first.row().change, i64::from);
        let looks = stream::iter([()]).chain(WatchStream::from_changes(notices));
        let waiting = scope.waiting();
        // In a box, which is there only during a look.
        let looks = looks.then(move |()| {
            let scope = waiting.scope();
            let look = until_it_is_told(move || {
                let scope = scope.clone();
                async move {
                    // One that hangs would hang for ever where the connection is not closed.
                    let found = scope.learners()?.store.while_reachable(SavedRoadmap::find(&scope, key));
                    found.await?
                }
            });
            look.boxed()
        });
        Ok(following::follow(ctx, changed(looks, known)))
    }

    /// Tells each time that something of the learner's has changed: a skill, a rating, a roadmap, the account. Ends when the session or token is
    /// revoked. Of several changes that come faster than they are read, the last one is told.
    async fn viewer_changed(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Viewer> + use<>> {
        if let Some(event) = following::event(ctx) {
            return Ok(event);
        }
        let scope = ctx.data::<Scope>()?;
        let who = scope.with(Right::Read)?;
        let notices = WatchStream::from_changes(scope.learners()?.notices.follow(who.id));
        let waiting = scope.waiting();
        Ok(following::follow(ctx, notices.map(move |()| Viewer::new(&waiting.scope()))))
    }
}

/// What a look finds. One that fails has been logged, and is asked again, ever more seldom: nobody else may tell of what it was to find.
async fn until_it_is_told<T, F: Future<Output = Result<T, ApiError>>>(look: impl Fn() -> F) -> T {
    let mut pause = SHORTEST_PAUSE;
    loop {
        if let Ok(found) = look().await {
            return found;
        }
        tokio::time::sleep(pause).await;
        pause = LONGEST_PAUSE.min(2 * pause);
    }
}

/// Each state of a roadmap that is another one than what is known, until it is gone.
fn changed(
    looks: impl Stream<Item = Option<SavedRoadmap>>,
    mut known: i64,
) -> impl Stream<Item = SavedRoadmap> {
    let there = looks.take_while(|look| std::future::ready(look.is_some()));
    there.filter_map(move |look| {
        let told = look.filter(|roadmap| roadmap.row().change != known);
        if let Some(roadmap) = &told {
            known = roadmap.row().change;
        }
        std::future::ready(told)
    })
}

fn not_found() -> ApiError {
    ApiError::not_found("id", "roadmap")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::time::Instant;

    use super::*;
    use crate::service::Lost;

    #[tokio::test(start_paused = true)]
    async fn a_look_that_fails_is_asked_again() {
        let (count, begun) = (AtomicU32::new(0), Instant::now());
        let look = || {
            let number = count.fetch_add(1, Ordering::Relaxed);
            std::future::ready(if number < 3 { Err(ApiError::from(Lost::Fault)) } else { Ok(number) })
        };
        assert_eq!(until_it_is_told(look).await, 3);
        assert_eq!(begun.elapsed(), Duration::from_secs(1 + 2 + 4));
    }
}
