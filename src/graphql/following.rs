//! How a subscription is followed: between two events nothing of the engine is kept, and no snapshot.
//!
//! The engine's own stream takes twenty kilobytes for each subscription, most of them for nothing most of the time. So it is asked twice: once to
//! check the arguments and the rights, when the resolver leaves where its events come from ([`follow`]) instead of giving any; and then for each
//! event, when the resolver finds it ([`event`]) and gives that one.

use std::any::Any;
use std::option;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Response};
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt as _};

use super::scope::{Scope, Waiting};
use super::{Answer, Engine, Prepared, answered, failed};

/// An event, of the type that its subscription tells.
type Event = Box<dyn Any + Send>;
type Events = BoxStream<'static, Event>;

/// Where a resolver leaves where its events come from.
#[derive(Clone, Default)]
struct Source(Arc<Mutex<Option<Events>>>);

/// The event that is answered, until its resolver takes it.
struct Happened(Mutex<Option<Event>>);

/// What a resolver gives the engine: one event, or none.
pub(super) type Told<T> = stream::Iter<option::IntoIter<T>>;

/// The event that is to be told, where a subscription is under way already.
pub(super) fn event<T: Send + 'static>(ctx: &Context<'_>) -> Option<Told<T>> {
    let happened: &Happened = ctx.data_opt()?;
    let event = happened.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    let event = event.and_then(|event| event.downcast().ok());
    Some(stream::iter(event.map(|event| *event)))
}

/// Has a subscription tell these events from now on.
pub(super) fn follow<T: Send + 'static>(
    ctx: &Context<'_>,
    events: impl Stream<Item = T> + Send + 'static,
) -> Told<T> {
    if let Some(source) = ctx.data_opt::<Source>() {
        let events = events.map(|event| -> Event { Box::new(event) }).boxed();
        source.0.lock().unwrap_or_else(PoisonError::into_inner).replace(events);
    }
    stream::iter(None)
}

/// A subscription that is valid, and what it is answered by again and again.
pub(super) struct Subscribed {
    pub(super) engine: Engine,
    pub(super) prepared: Prepared,
}

impl Subscribed {
    /// The answers, one for each event. What is dropped ends.
    pub(super) async fn answers(self, scope: Scope) -> BoxStream<'static, Answer> {
        let source = Source::default();
        let room = self.prepared.room();
        let first = self.prepared.request(&room).data(scope.clone()).data(source.clone());
        let refused = self.engine.execute_stream(first).boxed().next().await;
        if let Some(response) = refused {
            let answer = answered(response, room, &self.prepared, &scope).await;
            return stream::once(ready(answer)).boxed();
        }
        let events = source.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let events = events.unwrap_or_else(|| stream::empty().boxed());
        let following = Some((Arc::new(self), scope.waiting()));
        stream::unfold((events, following), |(mut events, following)| async move {
            let (subscribed, waiting) = following?;
            loop {
                let event = events.next().await?;
                // In a box, which is there only while an event is answered.
                let answer = Box::pin(subscribed.clone().answer(waiting.clone(), event));
                let Some((answer, is_last)) = answer.await else { continue };
                let following = (!is_last).then_some((subscribed, waiting));
                return Some((answer, (events, following)));
            }
        })
        .boxed()
    }

    /// The answer for an event, and whether it is the last one. Where the database hangs meanwhile it is an error, and the last: what was to
    /// be told is lost, and whoever subscribes again is told of it.
    async fn answer(self: Arc<Self>, waiting: Waiting, event: Event) -> Option<(Answer, bool)> {
        let scope = waiting.scope();
        let room = self.prepared.room();
        let request =
            self.prepared.request(&room).data(scope.clone()).data(Happened(Mutex::new(Some(event))));
        let mut responses = self.engine.execute_stream(request).boxed();
        let (response, is_last) = tokio::select! {
            response = responses.next() => (response?, false),
            () = scope.is_stuck() => (Response::from_errors(vec![failed()]), true),
        };
        Some((answered(response, room, &self.prepared, &scope).await, is_last))
    }
}
