//! All arguments of a request, checked before any resolver runs: texts hold no character that
//! cannot be seen, and texts and lists are within the limits that the schema states.
//!
//! What a person has entered in the input of a mutation goes back as `userErrors`; anything else
//! fails the request as a whole: its document is valid, and nothing of it is executed.

mod check;
mod limit;
mod schema;

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet};
use async_graphql::{Context, Error, Name, PathSegment, Pos, ServerError, Variables};

use self::check::Violation;
pub(super) use self::limit::stated;
pub(super) use self::schema::Arguments;
use super::document::resolved;
use super::error::{ApiError, MOST_ERRORS, capped};
use super::user_errors::{Failed, UserError};
use crate::service::Lost;

/// What people have to enter otherwise, by the response keys of a mutation's fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Refusals(HashMap<Name, Vec<UserError>>);

/// Refuses a mutation whose input has a text or a list that is not taken.
///
/// # Errors
/// What the person has to change.
pub(super) fn admit(ctx: &Context<'_>) -> Result<(), Failed> {
    let refusals = ctx.data::<Refusals>().map_err(|_| Lost::Fault)?;
    match refusals.0.get(&ctx.item.node.response_key().node) {
        Some(errors) => Err(Failed::User(errors.clone())),
        None => Ok(()),
    }
}

impl Arguments {
    /// Checks the arguments of all fields of a merged document.
    ///
    /// # Errors
    /// What is wrong, where nothing is to be executed. Each has the path of its root field.
    pub(super) fn check(
        &self,
        merged: &ExecutableDocument,
        variables: &Variables,
    ) -> Result<Refusals, Vec<ServerError>> {
        let mut walk = Walk {
            arguments: self,
            variables,
            root: None,
            refusals: Refusals::default(),
            errors: Vec::new(),
            more: 0,
        };
        for (_, operation) in merged.operations.iter() {
            let (root, is_mutation) = match operation.node.ty {
                OperationType::Query => ("Query", false),
                OperationType::Mutation => ("Mutation", true),
                OperationType::Subscription => ("Subscription", false),
            };
            walk.selection(&operation.node.selection_set.node, root, is_mutation);
        }
        if walk.errors.is_empty() { Ok(walk.refusals) } else { Err(capped(walk.errors, walk.more)) }
    }
}

/// A walk over the fields of an operation.
struct Walk<'a> {
    arguments: &'a Arguments,
    variables: &'a Variables,
    /// The response key of the root field that is walked.
    root: Option<&'a Name>,
    refusals: Refusals,
    errors: Vec<ServerError>,
    /// Errors beside those.
    more: usize,
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
                // A merged document has none.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn field(&mut self, field: &'a Field, parent: &str, is_mutation: bool) {
        let selected = &field.selection_set.node;
        if field.arguments.is_empty() && selected.items.is_empty() {
            return;
        }
        let outer = self.root;
        self.root = outer.or_else(|| Some(&field.response_key().node));
        // What the schema does not have is introspection, which takes names alone.
        if let Some(known) = self.arguments.field(parent, field.name.node.as_str()) {
            for (name, value) in &field.arguments {
                let argument = known.argument(name.node.as_str());
                let Some((argument, given)) = argument.zip(resolved(&value.node, self.variables)) else {
                    continue;
                };
                for violation in self.arguments.violations(argument, &given, name.node.as_str()) {
                    self.note(violation, name.pos, is_mutation);
                }
            }
            self.selection(selected, &known.target, false);
        }
        self.root = outer;
    }

    fn note(&mut self, violation: Violation, pos: Pos, is_mutation: bool) {
        let Some(root) = self.root else { return };
        if is_mutation && violation.is_entered {
            let error = UserError::new(&violation.path, violation.code, violation.message);
            self.refusals.0.entry(root.clone()).or_default().push(error);
        } else if self.errors.len() == MOST_ERRORS {
            self.more += 1;
        } else {
            let error = Error::from(ApiError::argument(violation.path, violation.message));
            let path = vec![PathSegment::Field(root.to_string())];
            self.errors.push(ServerError { path, ..error.into_server_error(pos) });
        }
    }
}
