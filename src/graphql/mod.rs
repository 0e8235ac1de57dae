//! The schema: thin roots over types that read the snapshot directly, and each mechanism once.

#![allow(clippy::unused_async)] // what a field resolves by is async, whether it waits or not

mod access;
mod answer;
mod arguments;
pub mod connection;
mod document;
pub(crate) mod error;
mod fingerprint;
mod following;
mod ids;
pub mod inputs;
mod json_text;
mod loaders;
mod mutation;
mod my_data;
pub mod plain;
pub(crate) mod planning;
mod price;
mod query;
mod refused;
mod roadmap_id;
mod scalars;
mod scope;
mod secrets;
mod study_calendar;
mod subscription;
pub mod types;
mod user_errors;

use std::sync::{Arc, LazyLock};

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, SDLExportOptions, ServerError, ValidationMode};
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use tracing::{Instrument as _, debug_span};

use self::arguments::Arguments;
use self::document::{Documents, Model};
use self::error::{ApiError, Code};
use self::following::Subscribed;
use self::json_text::AnswerRoom;
use self::refused::of_request;
use crate::config::SchemaSettings;
use crate::service::Lost;

pub use answer::Answer;
pub(crate) use document::DOCUMENT_ID;
pub use document::{Prepared, Store};
pub use fingerprint::{BUILD, Fingerprint};
pub use json_text::JsonText;
pub use mutation::Mutation;
pub(crate) use my_data::EXPORT_PATH;
pub use query::Query;
pub use refused::Refused;
pub use scalars::{Date, Upload, Url};
pub use scope::{Asker, Cookie, Scope, World};
pub use subscription::Subscription;
pub use user_errors::{UserError, UserErrorCode};

/// The executable schema. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    documents: Documents,
    /// Executes documents that were validated and merged: it does not look for what could be wrong with one.
    engine: Engine,
    fingerprint: Fingerprint,
}

type Engine = async_graphql::Schema<Query, Mutation, Subscription>;

/// What documents are validated against: whatever the settings say, the schema is the same.
static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| Arc::new(Model::of(&SDL)));
/// What arguments are held against.
static ARGUMENTS: LazyLock<Arc<Arguments>> = LazyLock::new(|| Arc::new(Arguments::of(&SDL)));
static SDL: LazyLock<String> = LazyLock::new(|| sdl(&engine().finish()));

fn engine() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    async_graphql::Schema::build(Query, Mutation::default(), Subscription)
}

fn sdl(engine: &Engine) -> String {
    let options = SDLExportOptions::new().include_specified_by().use_space_ident().indent_width(2);
    engine.sdl_with_options(options)
}

impl Schema {
    /// The schema with the usual limits, ready to answer.
    pub fn new() -> Self {
        Self::with(&SchemaSettings::default(), Store::new())
    }

    /// The schema, ready to answer as the settings say, and the documents that a store knows.
    pub fn with(settings: &SchemaSettings, store: Store) -> Self {
        Self::of_build(BUILD, settings, store)
    }

    /// The schema as [`Schema::with`], of a build by its name.
    pub fn of_build(build: &str, settings: &SchemaSettings, store: Store) -> Self {
        let fingerprint = Fingerprint::of(build, settings, &store);
        // What is nested too deeply has been refused before.
        let engine = engine().validation_mode(ValidationMode::Fast).limit_recursive_depth(usize::MAX);
        let engine = if settings.no_introspection { engine.disable_introspection() } else { engine };
        let documents = Documents::new(MODEL.clone(), ARGUMENTS.clone(), settings, store);
        Self { documents, engine: engine.finish(), fingerprint }
    }

    /// What answers depend on beside the request, the catalogue and the day.
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Reads a request: parses and validates its document, and makes its variables fit their types.
    ///
    /// # Errors
    /// All that is wrong with it: nothing of it is executed.
    pub async fn prepare(&self, request: Request) -> Result<Prepared, Refused> {
        self.documents.prepare(request).instrument(debug_span!("prepare")).await
    }

    /// Answers a request on what its scope sees. Every error carries a code.
    ///
    /// # Errors
    /// What it is refused for: it can't be answered at once.
    pub async fn execute(&self, prepared: Prepared, scope: Scope) -> Result<Answer, Refused> {
        if prepared.is_followed() {
            return Err(not_at_once().into());
        }
        Ok(executed(&self.engine, prepared, scope).await)
    }

    /// Answers a request as a stream: a query once, a subscription as long as there is something to tell. What is dropped ends.
    pub async fn stream(&self, prepared: Prepared, scope: Scope) -> BoxStream<'static, Answer> {
        let engine = self.engine.clone();
        if prepared.is_followed() {
            return Subscribed { engine, prepared }.answers(scope).await;
        }
        let answer = async move { executed(&engine, prepared, scope).await };
        stream::once(answer.boxed()).boxed()
    }

    /// The schema in the schema definition language.
    pub fn sdl(&self) -> String {
        sdl(&self.engine)
    }
}

async fn executed(engine: &Engine, prepared: Prepared, scope: Scope) -> Answer {
    let room = prepared.room();
    let response = if let Some(failed) = &prepared.failed {
        failed.response()
    } else {
        let request = prepared.request(&room).data(scope.clone());
        engine.execute(request).instrument(debug_span!("execute")).await
    };
    answered(response, room, &prepared, &scope).await
}

/// An answer with the bill beside it, if it is asked for, and a code in each of its errors.
async fn answered(mut response: Response, room: AnswerRoom, prepared: &Prepared, scope: &Scope) -> Answer {
    if let Some(trouble) = scope.trouble() {
        response.errors = error::in_trouble(response.errors, trouble);
    }
    response.errors = error::with_codes(response.errors, scope.request_id());
    let response = match &prepared.bill {
        Some(bill) => response.extension("cost", bill.clone()),
        None => response,
    };
    let is_done = prepared.operation_type() == OperationType::Mutation;
    Answer::of(response, room, is_done).await
}

fn not_at_once() -> ApiError {
    ApiError::new(
        Code::BadUserInput,
        "A subscription is answered as a stream: ask for it with a WebSocket (graphql-transport-ws, at /graphql/ws), or accept \
         text/event-stream.",
    )
}

/// The error of an operation for which there is no room beside those that are under way.
pub fn overloaded(most: usize) -> ServerError {
    let message = format!(
        "{most} operations are under way on this connection, the most there may be: end one of them first."
    );
    of_request(ApiError::new(Code::RateLimited, message))
}

/// The error of an operation for which the server has no room at the moment, or which its client may not ask for yet.
pub fn busy() -> ServerError {
    of_request(ApiError::new(
        Code::RateLimited,
        "The server has no room for this at the moment: try again later.",
    ))
}

/// The error of an operation that the server could not bring to its end.
pub fn failed() -> ServerError {
    of_request(Lost::Fault.into())
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}
