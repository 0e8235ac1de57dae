//! Requests that are valid, and fail as a whole for the values that came with them: nothing is executed, and the answer is the one
//! of an execution.

use async_graphql::parser::types::{ExecutableDocument, Field, OperationType, Selection};
use async_graphql::{PathSegment, Response, ServerError, Value};

use super::model::Model;
use crate::graphql::error::{ApiError, Code};
use crate::graphql::refused::of_request;

/// The errors of a request that fails, and its data: null for each of its root fields if that is allowed, or for all of it.
#[derive(Debug)]
pub(in crate::graphql) struct Failed {
    errors: Vec<ServerError>,
    data: Value,
}

impl Failed {
    /// The failure of a request whose selection depends on a variable that is null.
    pub(super) fn undecided(variable: &str) -> Self {
        let message = format!(
            "The variable \"${variable}\" is null, and decides about a selection: say true or false."
        );
        Self { errors: vec![of_request(ApiError::new(Code::BadUserInput, message))], data: Value::Null }
    }

    /// The failure of root fields, each with its path.
    pub(super) fn of(errors: Vec<ServerError>, merged: &ExecutableDocument, model: &Model) -> Self {
        let operations = merged.operations.iter().map(|(_, operation)| &operation.node);
        let roots = operations.flat_map(|operation| {
            let items = operation.selection_set.node.items.iter();
            items.map(|item| match &item.node {
                Selection::Field(field) => null(&field.node, operation.ty, &errors, model),
                _ => None,
            })
        });
        let data = roots.collect::<Option<_>>().map_or(Value::Null, Value::Object);
        Self { errors, data }
    }

    /// The response.
    pub(in crate::graphql) fn response(&self) -> Response {
        let mut response = Response::new(self.data.clone());
        response.errors.clone_from(&self.errors);
        response
    }
}

/// A root field that is null; `None` if it is not allowed to be, or has no error.
fn null(
    field: &Field,
    operation: OperationType,
    errors: &[ServerError],
    model: &Model,
) -> Option<(async_graphql::Name, Value)> {
    let key = &field.response_key().node;
    let is_of =
        |error: &ServerError| matches!(&error.path[..], [PathSegment::Field(root)] if root == key.as_str());
    let may_be_null = model.root_field(operation, &field.name.node).is_some_and(|ty| !ty.is_non_null());
    (may_be_null && errors.iter().any(is_of)).then(|| (key.clone(), Value::Null))
}
