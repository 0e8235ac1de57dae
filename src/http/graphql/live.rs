//! Answers as they come: what WebSockets and event streams have in common.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::{Request, ServerError};
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::config::LiveSettings;
use crate::graphql::{Answer, Executed, Prepared, Schema, World, failed};

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
        let room = Semaphore::new(terms.connections.min(Semaphore::MAX_PERMITS));
        Self { terms: Arc::new(terms), room: Arc::new(room), end }
    }

    /// A place among them, until it is dropped; `None` where all are taken.
    pub(super) fn enter(&self) -> Option<OwnedSemaphorePermit> {
        self.room.clone().try_acquire_owned().ok()
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

/// All that there is to say to a request. Whoever drops it ends the operation.
pub(super) fn asked(schema: &Schema, world: &World, request: Request) -> BoxStream<'static, Said> {
    match schema.read(request) {
        Ok(prepared) => answers(schema, world, prepared),
        Err(refused) => self::refused(refused),
    }
}

/// All that there is to say to a request that has been read.
pub(super) fn answers(schema: &Schema, world: &World, prepared: Prepared) -> BoxStream<'static, Said> {
    let (schema, scope) = (schema.clone(), world.scope());
    let begun = async move { schema.stream(prepared, scope).await };
    let said = begun.into_stream().flat_map(|begun| match begun {
        Ok(answers) => {
            let answers = answers.map(|answer| Said::Next(Box::new(answer)));
            answers.chain(stream::once(ready(Said::Complete))).boxed()
        }
        Err(refused) => self::refused(refused),
    });
    // A resolver that panics ends its own operation; the connection and its other operations go on.
    let said = AssertUnwindSafe(said).catch_unwind();
    said.map(|said| said.unwrap_or_else(|_| Said::Error(vec![failed()]))).boxed()
}

/// All that there is to say to a request that is not executed.
pub(super) fn refused(executed: Executed) -> BoxStream<'static, Said> {
    match executed {
        Executed::Refused { errors, .. } => stream::iter(vec![Said::Error(errors)]).boxed(),
        Executed::Answered(answer) => stream::iter(vec![Said::Next(answer), Said::Complete]).boxed(),
    }
}
