//! The root of a subscription: exactly one field, none of introspection, and known without variables. Otherwise it would not be clear what
//! an event is.
//!
//! The rule is graphql-js's `SingleFieldSubscriptions`: one field that is selected twice is one, and a condition with a literal is decided.
//! apollo-compiler refuses both.

use std::collections::HashSet;

use apollo_compiler::Node;
use apollo_compiler::ast::{Directive, Value};
use apollo_compiler::executable::{ExecutableDocument, Operation, Selection, SelectionSet};

use super::at;
use crate::graphql::document::faults::{Fault, Faults};
use crate::graphql::document::model::Model;

/// Checks the subscriptions of a document.
pub(super) fn check(document: &ExecutableDocument, model: &Model, faults: &mut Faults) {
    for operation in document.operations.iter().filter(|operation| operation.is_subscription()) {
        let mut root =
            Root { document, model, reached: HashSet::new(), keys: Vec::new(), faults: &mut *faults };
        root.collect(&operation.selection_set, operation);
        if let [_, (_, second), ..] = root.keys[..] {
            let message =
                "A subscription asks for exactly one field at its root: send one operation for each.";
            root.faults.push(Fault::new(second, message));
        }
    }
}

struct Root<'a> {
    document: &'a ExecutableDocument,
    model: &'a Model,
    reached: HashSet<&'a str>,
    /// The response keys of the root, each with the offset of its first field.
    keys: Vec<(&'a str, usize)>,
    faults: &'a mut Faults,
}

impl<'a> Root<'a> {
    fn collect(&mut self, set: &'a SelectionSet, operation: &Operation) {
        for selection in &set.selections {
            if !self.is_included(selection.directives()) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    let key = field.response_key().as_str();
                    if !self.keys.iter().any(|(other, _)| *other == key) {
                        self.keys.push((key, at(field)));
                        if field.name.starts_with("__") {
                            let message = "A subscription can't ask for introspection: send a query for it.";
                            self.faults.push(Fault::new(at(field), message));
                        }
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.type_condition.as_ref();
                    if condition.is_none_or(|condition| self.applies(condition, operation)) {
                        self.collect(&inline.selection_set, operation);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let Some(fragment) = self.document.fragments.get(&spread.fragment_name) else { continue };
                    if self.reached.insert(&spread.fragment_name)
                        && self.applies(fragment.type_condition(), operation)
                    {
                        self.collect(&fragment.selection_set, operation);
                    }
                }
            }
        }
    }

    fn applies(&self, condition: &str, operation: &Operation) -> bool {
        self.model.applies(condition, operation.object_type())
    }

    fn is_included(&mut self, directives: &[Node<Directive>]) -> bool {
        for (name, included) in [("skip", false), ("include", true)] {
            let Some(directive) = directives.iter().find(|directive| directive.name == name) else {
                continue;
            };
            match directive.specified_argument_by_name("if").map(|value| &**value) {
                Some(Value::Boolean(condition)) if *condition != included => return false,
                Some(Value::Variable(_)) => {
                    let message =
                        "A variable can't decide about the root of a subscription: send another document.";
                    self.faults.push(Fault::new(at(directive), message));
                }
                _ => {}
            }
        }
        true
    }
}
