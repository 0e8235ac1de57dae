//! Answers as they come: what WebSockets and event streams have in common.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::ServerError;
use async_graphql::parser::types::OperationType;
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use metrics::gauge;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::config::LiveSettings;
use crate::graphql::{Answer, Prepared, Refused, Scope, busy, failed};
use crate::http::Server;
use crate::http::gate::{Full, Place, room};
use crate::service::{Learners, Who};
use crate::telemetry::figures::{self, Counted};

/// The connections that stay open: how many more there may be, on which terms, and until when.
#[derive(Clone)]
pub struct Live {
    pub(super) terms: Arc<LiveSettings>,
    room: Arc<Semaphore>,
    end: CancellationToken,
}

impl Live {
    /// None yet; all end with the token.
    pub fn new(terms: LiveSettings, end: CancellationToken) -> Self {
        Self { room: Arc::new(room(terms.connections)), terms: Arc::new(terms), end }
    }

    /// A place among them, until it is dropped; `None` where all are taken.
    pub(super) fn enter(&self) -> Option<Place> {
        let room = self.room.clone().try_acquire_owned().ok()?;
        Some(Place::new(room, &gauge!(figures::LIVE)))
    }

    /// Waits until the server ends.
    pub(super) async fn ended(&self) {
        self.end.cancelled().await;
    }
}

/// What there is to say to an operation.
#[derive(Debug)]
pub(super) enum Said {
    /// An answer; of a subscription, one of many.
    Next(Box<Answer>),
    /// It is not executed, or can't be any further. Nothing follows.
    Error(Vec<ServerError>),
    /// All has been said. Nothing follows.
    Complete,
}

/// All that there is to say to a request that has been read. Whoever drops it ends the operation.
///
/// What is answered once takes its place among all that is executed; what is followed takes next to nothing most of the time.
pub(super) fn answers(server: Arc<Server>, prepared: Prepared, scope: Scope) -> BoxStream<'static, Said> {
    let is_followed = prepared.operation_type() == Some(OperationType::Subscription);
    let begun = async move {
        let place = server.gate.enter().await.map_err(|Full| {
            figures::refused("overload");
            vec![busy()]
        })?;
        let who = scope.asker().who.clone().filter(|_| is_followed);
        let answers = server.app.schema.stream(prepared, scope).await.map_err(|refused| refused.errors)?;
        let answers = match (&server.app.world.learners, who) {
            (Some(learners), Some(who)) => while_known(answers, learners.clone(), who),
            _ => answers,
        };
        let counted = Counted::new(&gauge!(figures::OPERATIONS));
        Ok((answers, ((!is_followed).then_some(place), counted)))
    };
    let said = begun.into_stream().flat_map(|begun| match begun {
        Ok((answers, held)) => {
            let answers = answers.map(move |answer| {
                let _held = &held;
                Said::Next(Box::new(answer))
            });
            answers.chain(stream::once(ready(Said::Complete))).boxed()
        }
        Err(errors) => stream::once(ready(Said::Error(errors))).boxed(),
    });
    // A resolver that panics ends its own operation; the connection and its other operations go on.
    let said = AssertUnwindSafe(said).catch_unwind();
    said.map(|said| said.unwrap_or_else(|_| Said::Error(vec![failed()]))).boxed()
}

/// Answers until somebody is not recognised any more: none is given after that.
fn while_known(
    answers: BoxStream<'static, Answer>,
    learners: Arc<Learners>,
    who: Who,
) -> BoxStream<'static, Answer> {
    let forgotten = {
        let (learners, who) = (learners.clone(), who.clone());
        async move { learners.accounts.forgotten(who).await }
    };
    let answers = answers.take_until(forgotten).then(move |answer| {
        let (learners, who) = (learners.clone(), who.clone());
        async move { learners.accounts.is_known(&who).await.unwrap_or(true).then_some(answer) }
    });
    answers.take_while(|answer| ready(answer.is_some())).filter_map(ready).boxed()
}

/// All that there is to say to a request that is not executed.
pub(super) fn refused(refused: Refused) -> BoxStream<'static, Said> {
    stream::once(ready(Said::Error(refused.errors))).boxed()
}
