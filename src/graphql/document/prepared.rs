//! A document that was read, and a request that may be executed.

use std::sync::{Arc, Mutex, PoisonError};

use apollo_compiler::executable::Operation;
use apollo_compiler::{ExecutableDocument, Node};
use async_graphql::parser::types::{ExecutableDocument as Merged, OperationType};
use async_graphql::{Extensions, Name, Request, Value, Variables};

use super::cost::Cost;
use super::failed::Failed;
use super::limits::Figures;
use super::merge::{Merger, conditions, kind};
use super::model::Model;
use super::positions::Positions;
use super::variables::Declared;
use crate::graphql::arguments::{Arguments, Refusals};
use crate::graphql::json_text::AnswerRoom;

/// The most merged documents that are kept of one: with `@skip` and `@include` by variables there is one for each of their values.
const MOST_MERGED: usize = 16;

/// An operation of a valid document, and all that is known of it without variables.
#[derive(Debug)]
pub(super) struct Document {
    kind: OperationType,
    name: Option<Arc<str>>,
    pub(super) variables: Vec<Declared>,
    figures: Figures,
    pub(super) cost: Cost,
    selections: Selections,
}

/// What is executed of a document.
#[derive(Debug)]
enum Selections {
    /// The same each time.
    Always(Arc<Merged>),
    /// What the values of some variables select.
    Conditional(Box<Conditional>),
}

/// A document with `@skip` or `@include` by variables.
#[derive(Debug)]
struct Conditional {
    document: ExecutableDocument,
    operation: Node<Operation>,
    conditions: Vec<Name>,
    kept: Kept,
}

/// Merged documents by the values of the conditions.
type Kept = Mutex<Vec<(Vec<bool>, Arc<Merged>)>>;

/// A request that may be executed.
#[derive(Debug)]
pub struct Prepared {
    kind: OperationType,
    name: Option<Arc<str>>,
    merged: Arc<Merged>,
    /// As they fit their types.
    variables: Variables,
    /// What people have to enter otherwise.
    refusals: Refusals,
    /// The most bytes of its answer.
    longest_answer: usize,
    /// What it costs, if that is asked for.
    pub(in crate::graphql) bill: Option<Value>,
    /// The response to a request that fails before anything of it is executed.
    pub(in crate::graphql) failed: Option<Failed>,
}

impl Prepared {
    /// The name of its operation, if it has one.
    pub fn operation_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The kind of its operation.
    pub const fn operation_type(&self) -> OperationType {
        self.kind
    }

    /// Whether it is a subscription that can be followed.
    pub(in crate::graphql) fn is_followed(&self) -> bool {
        self.kind == OperationType::Subscription && self.failed.is_none()
    }

    /// The room that there is for the answer.
    pub(in crate::graphql) fn room(&self) -> AnswerRoom {
        AnswerRoom::new(self.longest_answer)
    }

    /// The request as the engine executes it; what its fields write takes from the room.
    pub(in crate::graphql) fn request(&self, room: &AnswerRoom) -> Request {
        let request = Request::new("").variables(self.variables.clone());
        let mut request = request.data(self.refusals.clone()).data(room.clone());
        request.set_parsed_query(Merged::clone(&self.merged));
        request
    }
}

impl Document {
    pub(super) fn new(
        document: ExecutableDocument,
        operation: Node<Operation>,
        figures: Figures,
        model: &Model,
        text: &str,
    ) -> Self {
        Self {
            kind: kind(&operation),
            name: operation.name.as_ref().map(|name| name.as_str().into()),
            variables: Declared::all(&operation, model),
            figures,
            cost: Cost::of(&document, &operation),
            selections: Selections::of(document, operation, model, text),
        }
    }

    /// The name of its operation, if it has one.
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether what is executed with these variables, as they were given, is known already.
    pub(super) fn is_merged(&self, given: &Variables) -> bool {
        let Selections::Conditional(conditional) = &self.selections else { return true };
        let Conditional { conditions, kept, .. } = &**conditional;
        let is_true = |name: &Name| {
            let default = || self.variables.iter().find(|own| own.name == *name)?.default.as_ref();
            given.get(name).or_else(default) == Some(&Value::Boolean(true))
        };
        let values: Vec<bool> = conditions.iter().map(is_true).collect();
        kept.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|(of, _)| *of == values)
    }

    /// The request of this document with its variables.
    pub(super) fn prepared(
        &self,
        (model, arguments): (&Model, &Arguments),
        variables: Variables,
        (cost, longest_answer): (u64, usize),
        text: &str,
        extensions: &Extensions,
    ) -> Prepared {
        let merged = self.selections.with(&variables, model, text);
        let (refusals, failed) = match self.selections.undecided(&variables) {
            Some(variable) => (Refusals::default(), Some(Failed::undecided(variable))),
            None => match arguments.check(&merged, &variables) {
                Ok(refusals) => (refusals, None),
                Err(errors) => (Refusals::default(), Some(Failed::of(errors, &merged, model))),
            },
        };
        let is_shown = extensions.get("cost") == Some(&Value::Boolean(true));
        let bill = is_shown.then(|| {
            let figures = self.figures.values().into_iter().chain([(Name::new("cost"), cost.into())]);
            Value::Object(figures.collect())
        });
        let (kind, name) = (self.kind, self.name.clone());
        Prepared { kind, name, merged, variables, refusals, longest_answer, bill, failed }
    }
}

impl Selections {
    fn of(document: ExecutableDocument, operation: Node<Operation>, model: &Model, text: &str) -> Self {
        let conditions = conditions(&document, &operation);
        if !conditions.is_empty() {
            let kept = Kept::default();
            return Self::Conditional(Box::new(Conditional { document, operation, conditions, kept }));
        }
        let (positions, variables) = (Positions::of(text), &Variables::default());
        let merger = Merger { document: &document, model, positions, variables };
        Self::Always(Arc::new(merger.merged(&operation)))
    }

    /// What is executed with these variables.
    fn with(&self, variables: &Variables, model: &Model, text: &str) -> Arc<Merged> {
        let Conditional { document, operation, conditions, kept } = match self {
            Self::Always(merged) => return merged.clone(),
            Self::Conditional(conditional) => &**conditional,
        };
        let is_true = |name: &Name| variables.get(name) == Some(&Value::Boolean(true));
        let values: Vec<bool> = conditions.iter().map(is_true).collect();
        let known = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, merged)) = known.iter().find(|(of, _)| *of == values) {
            return merged.clone();
        }
        drop(known);
        let positions = Positions::of(text);
        let merged = Arc::new(Merger { document, model, positions, variables }.merged(operation));
        let mut known = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST_MERGED {
            known.push((values, merged.clone()));
        }
        merged
    }

    /// A variable that decides about selections and is null.
    fn undecided(&self, variables: &Variables) -> Option<&Name> {
        match self {
            Self::Always(_) => None,
            Self::Conditional(conditional) => {
                conditional.conditions.iter().find(|name| variables.get(*name) == Some(&Value::Null))
            }
        }
    }
}
