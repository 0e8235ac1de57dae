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
mod loaders;
mod mutation;
mod my_data;
pub mod plain;
pub(crate) mod planning;
mod query;
mod refused;
mod scalars;
mod scope;
mod secrets;
mod study_calendar;
mod subscription;
pub mod types;
mod user_errors;

use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Response, SDLExportOptions, ServerError, ValidationMode, Value, Variables};
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt as _, StreamExt as _};
use tracing::{Instrument as _, debug_span};

use self::arguments::{Arguments, Refusals};
use self::document::{Bill, Document, Fault, Parsed, Types};
use self::error::{ApiError, Code};
use self::following::Subscribed;
use self::refused::{Begun, Validated};
use crate::config::{Limits, SchemaSettings};
use crate::service::Lost;

pub use answer::Answer;
pub use document::Store;
pub use fingerprint::{BUILD, Fingerprint};
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
    /// Checks documents as they were written.
    strict: Engine,
    /// Executes documents that were checked and merged: what could be wrong with one has been found.
    merged: Engine,
    types: Arc<Types>,
    arguments: Arc<Arguments>,
    limits: Limits,
    parsed: Parsed,
    store: Store,
    fingerprint: Fingerprint,
}

type Engine = async_graphql::Schema<Query, Mutation, Subscription>;

/// A request whose document is within the limits.
#[derive(Debug)]
pub struct Prepared {
    request: Request,
    document: Document,
}

impl Prepared {
    /// The name of its operation, if it has one.
    pub fn operation_name(&self) -> Option<&str> {
        self.document.operation_name()
    }

    /// What kind of operation it asks for; `None` where it is not clear which is meant.
    pub fn operation_type(&self) -> Option<OperationType> {
        self.document.operation_type()
    }
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
        let limits = settings.limits.clone();
        let engine = |mode| {
            let schema = async_graphql::Schema::build(Query, Mutation::default(), Subscription);
            let depth = usize::try_from(limits.nesting).unwrap_or(usize::MAX);
            let schema = schema.validation_mode(mode).limit_recursive_depth(depth);
            // Where there is no extension the engine resolves fields the shorter way.
            let schema =
                if matches!(mode, ValidationMode::Strict) { schema.extension(Validated) } else { schema };
            let schema = if settings.no_introspection { schema.disable_introspection() } else { schema };
            if settings.no_suggestions { schema.disable_suggestions().finish() } else { schema.finish() }
        };
        let (strict, merged) = (engine(ValidationMode::Strict), engine(ValidationMode::Fast));
        let sdl = strict.sdl();
        let (types, arguments) = (Arc::new(Types::of(&sdl)), Arc::new(Arguments::of(&sdl)));
        Self { strict, merged, types, arguments, limits, parsed: Parsed::new(), store, fingerprint }
    }

    /// What answers depend on beside the request, the catalogue and the day.
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Reads a request's document, and counts what it asks for.
    ///
    /// # Errors
    /// What it is refused for: it can't be parsed, or is larger than a limit allows.
    pub fn read(&self, mut request: Request) -> Result<Prepared, Refused> {
        if let Err(error) = self.store.resolve(&mut request) {
            return Err(Refused { errors: vec![document::of_request(error)], is_parsed: false });
        }
        let read = debug_span!("parse")
            .in_scope(|| Document::read(&request, &self.parsed, &self.types, &self.limits));
        let (error, is_parsed) = match read {
            Ok(document) => return Ok(Prepared { request, document }),
            Err(Fault::Syntax(error)) => (error, false),
            Err(Fault::TooCostly(error)) => (error, true),
        };
        Err(Refused { errors: error::with_codes(vec![error], None), is_parsed })
    }

    /// Answers a request on what its scope sees. Every error carries a code.
    ///
    /// # Errors
    /// What it is refused for: it is not valid, or can't be answered at once.
    pub async fn execute(&self, prepared: Prepared, scope: Scope) -> Result<Answer, Refused> {
        let is_subscription = prepared.operation_type() == Some(OperationType::Subscription);
        let Checked { request, bill, .. } = self.checked(prepared).await?;
        if is_subscription {
            return Err(Refused::parsed(document::of_request(not_at_once())));
        }
        let response = self.merged.execute(request.data(scope.clone()));
        Ok(bill.beside(response.instrument(debug_span!("execute")).await, &scope))
    }

    /// Answers a request as a stream: a query once, a subscription as long as there is something to tell. What is dropped ends.
    ///
    /// # Errors
    /// What it is refused for: it is not valid.
    pub async fn stream(
        &self,
        prepared: Prepared,
        scope: Scope,
    ) -> Result<BoxStream<'static, Answer>, Refused> {
        let is_subscription = prepared.operation_type() == Some(OperationType::Subscription);
        let Checked { request, bill, document } = self.checked(prepared).await?;
        let engine = self.merged.clone();
        if is_subscription {
            // They came as JSON.
            let variables = serde_json::to_vec(&request.variables).unwrap_or_default().into_boxed_slice();
            let types = self.types.clone();
            let subscribed = Subscribed { engine, types, document, variables, bill };
            return Ok(subscribed.answers(request, scope).await);
        }
        let request = request.data(scope.clone());
        let answer = async move { bill.beside(engine.execute(request).await, &scope) };
        Ok(stream::once(answer.boxed()).boxed())
    }

    /// The request as it is executed: valid as it was written, its selections merged.
    async fn checked(&self, prepared: Prepared) -> Result<Checked, Refused> {
        let Prepared { request, document } = prepared;
        let wants_bill = request.extensions.get("cost") == Some(&Value::Boolean(true));
        let bill = Shown(wants_bill.then_some(document.bill));
        let mut executed = Request::new(String::new()).variables(request.variables.clone());
        if let Some(ready) = document.ready() {
            executed = executed.data(self.admitted(&ready, &request.variables)?);
            executed.set_parsed_query(ready);
            return Ok(Checked { request: executed, bill, document });
        }
        let variables = request.variables.clone();
        self.validate(request, &document).await?;
        let merged = document.merged(&variables, &self.types);
        document::one_event_at_a_time(&merged).map_err(Refused::parsed)?;
        executed = executed.data(self.admitted(&merged, &variables)?);
        document.remember(&merged);
        executed.set_parsed_query(merged);
        Ok(Checked { request: executed, bill, document })
    }

    /// Checks the arguments of a document. What people have to enter otherwise is for the resolvers.
    fn admitted(&self, document: &ExecutableDocument, variables: &Variables) -> Result<Refusals, Refused> {
        let refused = |errors| Refused { errors: error::with_codes(errors, None), is_parsed: true };
        self.arguments.check(document, variables).map_err(refused)
    }

    /// Has the engine check a document as it was written.
    async fn validate(&self, request: Request, document: &Document) -> Result<(), Refused> {
        let begun = Begun::default();
        let mut written = Request::new(request.query).variables(request.variables);
        written.operation_name = request.operation_name;
        written.set_parsed_query(document.written());
        let checked = self.strict.execute(written.data(begun.clone()));
        let checked = checked.instrument(debug_span!("validate")).await;
        if begun.is_set() {
            return Ok(());
        }
        Err(Refused { errors: error::with_codes(checked.errors, None), is_parsed: true })
    }

    /// The schema in the schema definition language.
    pub fn sdl(&self) -> String {
        let options = SDLExportOptions::new().include_specified_by().use_space_ident().indent_width(2);
        self.strict.sdl_with_options(options)
    }
}

/// A request that may be executed.
struct Checked {
    request: Request,
    bill: Shown,
    document: Document,
}

/// The bill, where it is asked for.
#[derive(Clone, Copy)]
struct Shown(Option<Bill>);

impl Shown {
    /// The answer with the bill beside it, and a code in each of its errors.
    fn beside(self, mut response: Response, scope: &Scope) -> Answer {
        if let Some(trouble) = scope.trouble() {
            response.errors = error::in_trouble(response.errors, trouble);
        }
        response.errors = error::with_codes(response.errors, scope.request_id());
        Answer::new(match self.0 {
            Some(bill) => response.extension("cost", bill.to_value()),
            None => response,
        })
    }
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
    document::of_request(ApiError::new(Code::RateLimited, message))
}

/// The error of an operation for which the server has no room at the moment, or which its client may not ask for yet.
pub fn busy() -> ServerError {
    document::of_request(ApiError::new(
        Code::RateLimited,
        "The server has no room for this at the moment: try again later.",
    ))
}

/// The error of an operation that the server could not bring to its end.
pub fn failed() -> ServerError {
    document::of_request(Lost.into())
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}
