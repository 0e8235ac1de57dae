//! Answers as they come: what WebSockets and event streams have in common.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use axum::body::Bytes;
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use metrics::gauge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::answer::Refusal;
use crate::config::LiveSettings;
use crate::graphql::{self, Prepared, Refused, Scope, busy, failed};
use crate::http::Server;
use crate::http::concurrency::{ClientLimiter, ClientPermit};
use crate::http::gate::{Full, Place, room};
use crate::service::{Learners, Who};
use crate::telemetry::figures::{self, Counted};

/// The connections that stay open: how many more there may be, on which terms, and until when.
#[derive(Clone)]
pub struct Live {
    pub(super) terms: Arc<LiveSettings>,
    room: Arc<Semaphore>,
    clients: ClientLimiter,
    subscriptions: Arc<Semaphore>,
    client_subscriptions: ClientLimiter,
    end: CancellationToken,
}

/// One of the connections that stay open, until it is dropped.
pub(super) struct LiveConnection {
    _place: Place,
    _client: ClientPermit,
}

/// One of the subscriptions that are under way, until it is dropped.
struct Subscribed {
    _place: OwnedSemaphorePermit,
    _client: ClientPermit,
}

/// Why there may not be another connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crowded {
    /// The server has as many as it takes.
    Server,
    /// The client has as many as it may.
    Client,
}

impl Live {
    /// None yet; all end with the token.
    pub fn new(terms: LiveSettings, end: CancellationToken) -> Self {
        Self {
            room: Arc::new(room(terms.connections)),
            clients: ClientLimiter::new(terms.client_connections),
            subscriptions: Arc::new(room(terms.subscriptions)),
            client_subscriptions: ClientLimiter::new(terms.client_subscriptions),
            terms: Arc::new(terms),
            end,
        }
    }

    /// Another connection of a client.
    pub(super) fn connect(&self, client: Option<IpAddr>) -> Result<LiveConnection, Crowded> {
        let of_client = self.clients.acquire(client).ok_or(Crowded::Client)?;
        let room = self.room.clone().try_acquire_owned().map_err(|_| Crowded::Server)?;
        Ok(LiveConnection { _place: Place::new(room, &gauge!(figures::LIVE)), _client: of_client })
    }

    /// Another subscription of a client.
    fn subscribe(&self, client: Option<IpAddr>) -> Result<Subscribed, Refusal> {
        let of_client = self.client_subscriptions.acquire(client);
        let of_client = of_client.ok_or_else(|| Refusal::too_many("subscriptions"))?;
        let place = self.subscriptions.clone().try_acquire_owned().map_err(|_| Refusal::full())?;
        Ok(Subscribed { _place: place, _client: of_client })
    }

    /// Waits until the server ends.
    pub(super) async fn ended(&self) {
        self.end.cancelled().await;
    }
}

/// An answer, ready to be sent.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) json: Bytes,
    /// Held until it is sent.
    _unsent: Option<OwnedSemaphorePermit>,
}

impl From<Bytes> for Answer {
    fn from(json: Bytes) -> Self {
        Self { json, _unsent: None }
    }
}

/// How many answers of one connection may be ready and not sent yet.
#[derive(Clone)]
pub(super) struct Unsent(Arc<Semaphore>);

impl Unsent {
    pub(super) fn new(most: usize) -> Self {
        Self(Arc::new(room(most)))
    }
}

/// What there is to say to an operation.
#[derive(Debug)]
pub(super) enum Said {
    /// An answer; of a subscription, one of many.
    Next(Answer),
    /// It is not executed, or can't be any further. Nothing follows.
    Error(Vec<ServerError>),
    /// All has been said. Nothing follows.
    Complete,
}

/// All that there is to say to a request that has been prepared. Whoever drops it ends the operation.
///
/// # Errors
/// The client has as many subscriptions as it may, or the server as many as it takes.
pub(super) fn answers(
    server: &Arc<Server>,
    prepared: Prepared,
    scope: Scope,
    client: Option<IpAddr>,
    unsent: Unsent,
) -> Result<BoxStream<'static, Said>, Refusal> {
    let server = server.clone();
    if prepared.operation_type() != OperationType::Subscription {
        return Ok(once(server, prepared, scope, unsent));
    }
    let held = server.app.live.subscribe(client)?;
    Ok(followed(server, prepared, scope, held))
}

/// What is answered once. It is computed in a task of its own: so it comes to its end, and gives its permit back, also while its client does
/// not read. What a client does not read is bounded by its connection.
fn once(server: Arc<Server>, prepared: Prepared, scope: Scope, unsent: Unsent) -> BoxStream<'static, Said> {
    let said = async move {
        let unsent = unsent.0.acquire_owned().await.ok();
        // A set ends its tasks when it is dropped.
        let mut task = JoinSet::new();
        task.spawn(computed(server, prepared, scope).in_current_span());
        match task.join_next().await {
            Some(Ok(Ok(json))) => vec![Said::Next(Answer { json, _unsent: unsent }), Said::Complete],
            Some(Ok(Err(errors))) => vec![Said::Error(errors)],
            // A resolver that panics ends its own operation; the connection and its other operations go on.
            Some(Err(_)) | None => vec![Said::Error(vec![failed()])],
        }
    };
    said.boxed().into_stream().flat_map(stream::iter).boxed()
}

/// An answer, computed with a permit of the concurrency limiter.
async fn computed(server: Arc<Server>, prepared: Prepared, scope: Scope) -> Result<Bytes, Vec<ServerError>> {
    let _permit = entered(&server).await?;
    let _counted = Counted::new(&gauge!(figures::OPERATIONS));
    let executed = bounded(&server, &scope, server.app.schema.execute(prepared, scope.clone())).await?;
    Ok(executed.map_err(|refused| refused.errors)?.json())
}

/// What a request comes to within the time that it may take, as long as the database that it wants something of can be reached.
async fn bounded<T>(
    server: &Server,
    scope: &Scope,
    work: impl Future<Output = T>,
) -> Result<T, Vec<ServerError>> {
    tokio::select! {
        done = timeout(server.app.server.execution_timeout, work) => {
            done.map_err(|_| vec![Refusal::timed_out().into_error()])
        }
        () = scope.is_stuck() => Err(vec![Refusal::unavailable().into_error()]),
    }
}

/// A permit of the concurrency limiter.
pub(super) async fn entered(server: &Server) -> Result<Place, Vec<ServerError>> {
    server.gate.enter().await.map_err(|Full| {
        figures::refused("overload");
        vec![busy()]
    })
}

/// What is followed: it takes a permit to begin, and next to nothing most of the time after that.
fn followed(
    server: Arc<Server>,
    prepared: Prepared,
    scope: Scope,
    held: Subscribed,
) -> BoxStream<'static, Said> {
    let begun = async move {
        let permit = entered(&server).await?;
        let who = scope.asker().who.clone();
        let answers = bounded(&server, &scope, server.app.schema.stream(prepared, scope.clone())).await?;
        drop(permit);
        let answers = match (&server.app.world.learners, who) {
            (Some(learners), Some(who)) => while_known(answers, learners.clone(), who),
            _ => answers,
        };
        Ok((answers, (held, Counted::new(&gauge!(figures::OPERATIONS)))))
    };
    // In a box, which is there only until it has begun.
    let said = begun.boxed().into_stream().flat_map(|begun| match begun {
        Ok((answers, held)) => {
            let answers = answers.map(move |answer| {
                let _held = &held;
                Said::Next(answer.json().into())
            });
            answers.chain(stream::iter([()]).map(|()| Said::Complete)).boxed()
        }
        Err(errors) => stream::once(ready(Said::Error(errors))).boxed(),
    });
    let said = AssertUnwindSafe(said).catch_unwind();
    said.map(|said| said.unwrap_or_else(|_| Said::Error(vec![failed()]))).boxed()
}

/// Answers until somebody is not recognised any more: none is given after that.
fn while_known(
    answers: BoxStream<'static, graphql::Answer>,
    learners: Arc<Learners>,
    who: Who,
) -> BoxStream<'static, graphql::Answer> {
    let forgotten = {
        let (learners, who) = (learners.clone(), who.clone());
        async move { learners.accounts.forgotten(who).await }
    };
    // In boxes, which are there only while it is looked.
    let answers = answers.take_until(forgotten.boxed()).then(move |answer| {
        let (learners, who) = (learners.clone(), who.clone());
        let known =
            async move { learners.accounts.is_known(&who).await.unwrap_or(true).then(|| Box::new(answer)) };
        known.boxed()
    });
    answers.take_while(|answer| ready(answer.is_some())).filter_map(ready).map(|answer| *answer).boxed()
}

/// All that there is to say to a request that is not executed.
pub(super) fn refused(refused: Refused) -> BoxStream<'static, Said> {
    stream::once(ready(Said::Error(refused.errors))).boxed()
}
