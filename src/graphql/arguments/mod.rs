//! All arguments of a request, checked before any resolver runs: texts hold no character that
//! cannot be seen, and texts and lists are within the limits that the schema states.
//!
//! What a person has entered in the input of a mutation goes back as `userErrors`; anything else
//! refuses the request as a whole.

mod check;
mod limit;
mod schema;

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection,
    SelectionSet,
};
use async_graphql::{Context, Error, Name, ServerError, Value, Variables};

use self::check::Violation;
pub(super) use self::limit::stated;
pub(super) use self::schema::Arguments;
use super::error::ApiError;
use super::user_errors::{Failed, UserError};
use crate::service::Lost;

/// The most errors that a refused request lists.
const MOST_ERRORS: usize = 20;

/// What people have to enter otherwise, by the response keys of a mutation's fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusals(HashMap<Name, Vec<UserError>>);

/// Refuses a mutation whose input has a text or a list that is not taken.
///
/// # Errors
/// What the person has to change.
pub(super) fn admit(ctx: &Context<'_>) -> Result<(), Failed> {
    let refusals = ctx.data::<Refusals>().map_err(|_| Lost)?;
    match refusals.0.get(&ctx.item.node.response_key().node) {
        Some(errors) => Err(Failed::User(errors.clone())),
        None => Ok(()),
    }
}

impl Arguments {
    /// Checks the arguments of all fields of a document.
    ///
    /// # Errors
    /// What is wrong, where the request is not to be executed.
    pub(super) fn check(
        &self,
        document: &ExecutableDocument,
        variables: &Variables,
    ) -> Result<Refusals, Vec<ServerError>> {
        let operations: Vec<&OperationDefinition> = match &document.operations {
            DocumentOperations::Single(operation) => vec![&operation.node],
            DocumentOperations::Multiple(named) => named.values().map(|operation| &operation.node).collect(),
        };
        let mut refusals = Refusals::default();
        let mut errors = Vec::new();
        for operation in operations {
            let mut walk = Walk {
                arguments: self,
                document,
                operation,
                variables,
                spread: Vec::new(),
                refusals: &mut refusals,
                errors: &mut errors,
            };
            let (root, is_mutation) = match operation.ty {
                OperationType::Query => ("Query", false),
                OperationType::Mutation => ("Mutation", true),
                OperationType::Subscription => ("Subscription", false),
            };
            walk.selection(&operation.selection_set.node, root, is_mutation);
        }
        errors.truncate(MOST_ERRORS);
        if errors.is_empty() { Ok(refusals) } else { Err(errors) }
    }
}

/// A walk over the fields of an operation.
struct Walk<'a> {
    arguments: &'a Arguments,
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    /// The fragments that have been walked: each once is enough.
    spread: Vec<&'a Name>,
    refusals: &'a mut Refusals,
    errors: &'a mut Vec<ServerError>,
}

impl<'a> Walk<'a> {
    fn selection(&mut self, set: &'a SelectionSet, parent: &str, is_mutation: bool) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(&field.node, parent, is_mutation),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    let set = &fragment.node.selection_set.node;
                    self.selection(set, on.unwrap_or(parent), is_mutation);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if self.spread.contains(&name) {
                        continue;
                    }
                    self.spread.push(name);
                    if let Some(fragment) = self.document.fragments.get(name) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.selection(&fragment.node.selection_set.node, on, is_mutation);
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &'a Field, parent: &str, is_mutation: bool) {
        let selected = &field.selection_set.node;
        if field.arguments.is_empty() && selected.items.is_empty() {
            return;
        }
        // What the schema does not have is introspection, which takes names alone.
        let known = self.arguments.field(parent, field.name.node.as_str());
        for (name, value) in &field.arguments {
            let argument = known.and_then(|known| known.argument(name.node.as_str()));
            let given = value.node.clone().into_const_with(|name| Ok::<_, Infallible>(self.variable(&name)));
            let (Some(argument), Ok(given)) = (argument, given) else { continue };
            for violation in self.arguments.violations(argument, &given, name.node.as_str()) {
                self.note(violation, field, name.pos, is_mutation);
            }
        }
        if let Some(known) = known {
            self.selection(selected, &known.target, false);
        }
    }

    fn note(&mut self, violation: Violation, field: &Field, pos: async_graphql::Pos, is_mutation: bool) {
        if is_mutation && violation.is_entered {
            let key = field.response_key().node.clone();
            let error = UserError::new(&violation.path, violation.code, violation.message);
            self.refusals.0.entry(key).or_default().push(error);
        } else {
            let error = ApiError::argument(violation.path, violation.message);
            self.errors.push(Error::from(error).into_server_error(pos));
        }
    }

    fn variable(&self, name: &Name) -> Value {
        if let Some(given) = self.variables.get(name) {
            return given.clone();
        }
        let own = self.operation.variable_definitions.iter().find(|own| own.node.name.node == *name);
        own.and_then(|own| own.node.default_value().cloned()).unwrap_or_default()
    }
}
