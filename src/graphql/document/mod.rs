//! The document pipeline: what a request costs is known, and bounded, before anything walks it, and nothing in it runs twice.
//!
//! In this order: the text that a hash stands for ([`store`]), the tokens of the text ([`tokens`]), the parser or what it made before
//! ([`cache`]), the expanded selection ([`bill`]: each fragment is counted once and remembered, so that a chain of fragments which doubles
//! with each level costs what it is long), the engine's validation of the document as it was written, and the merging of duplicate
//! selections ([`merge`]). What is executed is the merged document.

mod bill;
mod cache;
mod merge;
mod store;
mod tokens;
mod types;

use std::sync::Arc;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
};
use async_graphql::{Error, Name, Pos, Positioned, Request, ServerError, Value, Variables};

pub(crate) use bill::Bill;
pub(super) use cache::Parsed;
use cache::{Known, Ready};
pub use store::Store;
pub(super) use types::Types;

use super::error::{ApiError, Code};
use crate::config::Limits;

/// A document that may be executed.
#[derive(Debug)]
pub(super) struct Document {
    known: Arc<Known>,
    operation_name: Option<String>,
    pub(super) bill: Bill,
}

/// What a document is refused for before the engine sees it.
#[derive(Debug)]
pub(super) enum Fault {
    /// It can't be parsed.
    Syntax(ServerError),
    /// It is larger than a limit allows.
    TooCostly(ServerError),
}

impl Document {
    /// Reads the document of a request within the limits.
    pub(super) fn read(
        request: &Request,
        parsed: &Parsed,
        types: &Types,
        limits: &Limits,
    ) -> Result<Self, Fault> {
        let Request { query: text, operation_name, variables, .. } = request;
        let check = || {
            let tokens = tokens::count(text);
            within("tokens", tokens.count, limits.tokens)?;
            within("nesting", tokens.deepest, limits.nesting)
        };
        let known = parsed.get(text, check)?;
        let operation_name = operation_name.clone();
        let mut document = Self { known, operation_name, bill: Bill::default() };
        let Some(operation) = document.operation() else { return Ok(document) };
        document.bill = match document.known.ready.get() {
            Some(ready) => ready.bill,
            None => bill::of(&document.known.parsed, operation, variables, types),
        };
        for (name, figure, most) in document.bill.figures(limits) {
            within(name, figure, most)?;
        }
        Ok(document)
    }

    /// The operation that is asked for; `None` where it is not clear which, or there is none of the name.
    fn operation(&self) -> Option<&OperationDefinition> {
        match (&self.known.parsed.operations, self.operation_name.as_deref()) {
            (DocumentOperations::Single(operation), None) => Some(&operation.node),
            (DocumentOperations::Single(_), Some(_)) => None,
            (DocumentOperations::Multiple(operations), Some(name)) => {
                operations.iter().find(|(own, _)| own.as_str() == name).map(|(_, operation)| &operation.node)
            }
            (DocumentOperations::Multiple(operations), None) => {
                match &operations.values().collect::<Vec<_>>()[..] {
                    [only] => Some(&only.node),
                    _ => None,
                }
            }
        }
    }

    /// The name of the operation, where it has one.
    pub(super) fn operation_name(&self) -> Option<&str> {
        let named = self.known.parsed.operations.iter().find_map(|(name, _)| name);
        self.operation_name.as_deref().or_else(|| named.map(Name::as_str))
    }

    /// What kind of operation is asked for.
    pub(super) fn operation_type(&self) -> Option<OperationType> {
        self.operation().map(|operation| operation.ty)
    }

    /// What is executed, where an equal request was found valid before. The document must be merged otherwise.
    pub(super) fn ready(&self) -> Option<ExecutableDocument> {
        // The name may be wrong this time.
        self.operation().and_then(|_| Some(self.known.ready.get()?.merged.clone()))
    }

    /// Remembers what is executed of a valid document, where that is the same each time: there is one operation, and no variable.
    pub(super) fn remember(&self, merged: &ExecutableDocument) {
        let is_only = self.known.parsed.operations.iter().count() == 1;
        if is_only && self.operation().is_some_and(|operation| operation.variable_definitions.is_empty()) {
            self.known.ready.get_or_init(|| Ready { merged: merged.clone(), bill: self.bill });
        }
    }

    /// The document as it was written, for the validation.
    pub(super) fn written(&self) -> ExecutableDocument {
        self.known.parsed.clone()
    }

    /// The operation alone, its fragments put where they are spread, each field once. The document must be valid.
    pub(super) fn merged(&self, variables: &Variables, types: &Types) -> ExecutableDocument {
        match self.operation() {
            Some(operation) => merge::merged(&self.known.parsed, operation, variables, types),
            None => self.written(),
        }
    }
}

/// The name of the type that an operation begins on.
const fn root_type(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// A subscription has one root field, and that none of introspection (section 5.2.4.1 of the specification): else it would not be clear what an
/// event is. The document must be merged.
pub(super) fn one_event_at_a_time(merged: &ExecutableDocument) -> Result<(), ServerError> {
    let DocumentOperations::Single(operation) = &merged.operations else { return Ok(()) };
    if operation.node.ty != OperationType::Subscription {
        return Ok(());
    }
    match &operation.node.selection_set.node.items[..] {
        [Positioned { node: Selection::Field(field), .. }] if !field.node.name.node.starts_with("__") => {
            Ok(())
        }
        _ => Err(of_request(ApiError::new(
            Code::BadUserInput,
            "A subscription asks for exactly one field at its root: send one operation for each.",
        ))),
    }
}

/// The value of a variable: what the request gives, or else the default; `None` where there is neither, which is not the same as null.
pub(super) fn value_of(name: &Name, operation: &OperationDefinition, variables: &Variables) -> Option<Value> {
    let default = || {
        let own = operation.variable_definitions.iter().find(|own| own.node.name.node == *name)?;
        own.node.default_value().cloned()
    };
    variables.get(name).cloned().or_else(default)
}

/// The value of each variable, null for one that has none.
fn given(operation: &OperationDefinition, variables: &Variables) -> impl Fn(Name) -> Result<Value, ()> {
    move |name| Ok(value_of(&name, operation, variables).unwrap_or_default())
}

fn within(limit: &'static str, figure: u64, most: u64) -> Result<(), Fault> {
    if figure <= most {
        return Ok(());
    }
    let message = format!(
        "The document has {figure} {limit}, and at most {most} are answered: ask for less, or in several requests."
    );
    let error = ApiError::new(Code::QueryTooCostly, message)
        .with("limit", Value::from(limit))
        .with("most", Value::from(most))
        .with("figure", Value::from(figure));
    Err(Fault::TooCostly(of_request(error)))
}

/// An error of the request as a whole.
pub(super) fn of_request(error: ApiError) -> ServerError {
    ServerError { locations: Vec::new(), ..Error::from(error).into_server_error(Pos::default()) }
}
