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
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use tokio_util::sync::CancellationToken;

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
        let first = self.prepared.request().data(scope.clone()).data(source.clone());
        let refused = self.engine.execute_stream(first).boxed().next().await;
        if let Some(response) = refused {
            return stream::once(ready(answered(response, self.prepared.bill.as_ref(), &scope))).boxed();
        }
        let events = source.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (subscribed, waiting) = (Arc::new(self), scope.waiting());
        let events = events.unwrap_or_else(|| stream::empty().boxed());
        let end = CancellationToken::new();
        let ended = end.clone().cancelled_owned();
        // In boxes, which are there only while an event is answered.
        let answers = events.then(move |event| {
            let answer = subscribed.clone().answer(waiting.clone(), event, end.clone());
            async move { answer.await.map(Box::new) }.boxed()
        });
        answers.filter_map(ready).map(|answer| *answer).take_until(ended).boxed()
    }

    /// The answer for an event. Where the database hangs meanwhile it is an error, and the last one: what was to be told is lost, and whoever
    /// subscribes again is told of it.
    async fn answer(
        self: Arc<Self>,
        waiting: Waiting,
        event: Event,
        end: CancellationToken,
    ) -> Option<Answer> {
        let scope = waiting.scope();
        let request = self.prepared.request().data(scope.clone()).data(Happened(Mutex::new(Some(event))));
        let mut responses = self.engine.execute_stream(request).boxed();
        let response = tokio::select! {
            response = responses.next() => response?,
            () = scope.is_stuck() => {
                end.cancel();
                Response::from_errors(vec![failed()])
            }
        };
        Some(answered(response, self.prepared.bill.as_ref(), &scope))
    }
}
