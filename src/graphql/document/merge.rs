//! From a valid document to the one that the engine executes: an operation alone, its fragments put where they are spread, each field once.
//!
//! This is the specification's `CollectFields`, done ahead: `@skip` and `@include` are decided, and fields of one response key become one, with
//! the selections of all. If a type is abstract, each type that it may be gets what applies to it. The document has been validated,
//! so fields of one key are the same field with the same arguments; its expanded selection is within the limits.

use std::collections::HashMap;

use apollo_compiler::Node;
use apollo_compiler::ast::{Directive, Value as Literal};
use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use async_graphql::parser::types::{self as engine, DocumentOperations, TypeCondition};
use async_graphql::{Name, Pos, Positioned, Value, Variables};

use super::literal::converted;
use super::model::Model;
use super::positions::Positions;

/// A document with what it takes to merge it.
pub(super) struct Merger<'a> {
    pub(super) document: &'a ExecutableDocument,
    pub(super) model: &'a Model,
    pub(super) positions: Positions<'a>,
    /// Decides conditions that depend on them.
    pub(super) variables: &'a Variables,
}

/// Fields of one response key, in the order of their first.
type Collected<'a> = Vec<(&'a str, Vec<&'a Node<Field>>)>;

impl<'a> Merger<'a> {
    /// The operation as a document of its own.
    pub(super) fn merged(&self, operation: &Node<Operation>) -> engine::ExecutableDocument {
        let pos = self.at(operation);
        let set = self.set(&[&operation.selection_set], &operation.selection_set.ty);
        let variables = operation.variables.iter().map(|variable| {
            let pos = self.at(variable);
            let definition = engine::VariableDefinition {
                name: Positioned::new(Name::new(variable.name.as_str()), pos),
                // The values have been made to fit their types: nothing reads this.
                var_type: Positioned::new(
                    engine::Type { base: engine::BaseType::Named(Name::new("_")), nullable: true },
                    pos,
                ),
                directives: Vec::new(),
                default_value: None,
            };
            Positioned::new(definition, pos)
        });
        let merged = engine::OperationDefinition {
            ty: kind(operation),
            variable_definitions: variables.collect(),
            directives: Vec::new(),
            selection_set: Positioned::new(set, pos),
        };
        engine::ExecutableDocument {
            operations: DocumentOperations::Single(Positioned::new(merged, pos)),
            fragments: HashMap::default(),
        }
    }

    /// Some selections on a type as one.
    fn set(&self, sets: &[&'a SelectionSet], parent: &str) -> engine::SelectionSet {
        let is_plain =
            |set: &&SelectionSet| set.selections.iter().all(|item| matches!(item, Selection::Field(_)));
        let Some(possible) = self.model.possible(parent).filter(|_| !sets.iter().all(is_plain)) else {
            return self.on_object(sets, parent);
        };
        let items = possible.iter().filter_map(|object| {
            let set = self.on_object(sets, object);
            let pos = set.items.first()?.pos;
            let on = TypeCondition { on: Positioned::new(Name::new(object.as_str()), pos) };
            let fragment = engine::InlineFragment {
                type_condition: Some(Positioned::new(on, pos)),
                directives: Vec::new(),
                selection_set: Positioned::new(set, pos),
            };
            Some(Positioned::new(engine::Selection::InlineFragment(Positioned::new(fragment, pos)), pos))
        });
        engine::SelectionSet { items: items.collect() }
    }

    fn on_object(&self, sets: &[&'a SelectionSet], object: &str) -> engine::SelectionSet {
        let mut collected = Collected::new();
        let mut keys = HashMap::new();
        for set in sets {
            self.collect(set, object, &mut collected, &mut keys);
        }
        let items = collected.into_iter().filter_map(|(key, fields)| {
            let first = *fields.first()?;
            let inner: Vec<&SelectionSet> = fields.iter().map(|field| &field.selection_set).collect();
            let pos = self.at(first);
            let field = engine::Field {
                alias: first.alias.is_some().then(|| Positioned::new(Name::new(key), pos)),
                name: Positioned::new(Name::new(first.name.as_str()), pos),
                arguments: self.arguments(first),
                directives: Vec::new(),
                selection_set: Positioned::new(self.set(&inner, first.definition.ty.inner_named_type()), pos),
            };
            Some(Positioned::new(engine::Selection::Field(Positioned::new(field, pos)), pos))
        });
        engine::SelectionSet { items: items.collect() }
    }

    fn arguments(&self, field: &Field) -> Vec<(Positioned<Name>, Positioned<async_graphql_value::Value>)> {
        let arguments = field.arguments.iter().map(|argument| {
            let definition = field.definition.argument_by_name(&argument.name);
            let value = converted(&argument.value, definition.map(|definition| &*definition.ty), self.model);
            let name = Name::new(argument.name.as_str());
            (Positioned::new(name, self.at(argument)), Positioned::new(value, self.at(&argument.value)))
        });
        arguments.collect()
    }

    /// Adds the fields of a selection that an object of a type has.
    fn collect(
        &self,
        set: &'a SelectionSet,
        object: &str,
        collected: &mut Collected<'a>,
        keys: &mut HashMap<&'a str, usize>,
    ) {
        for selection in &set.selections {
            if !self.is_included(selection.directives()) {
                continue;
            }
            match selection {
                Selection::Field(field) => {
                    let key = field.response_key().as_str();
                    let place = *keys.entry(key).or_insert_with(|| {
                        collected.push((key, Vec::new()));
                        collected.len() - 1
                    });
                    collected[place].1.push(field);
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.fragment_name);
                    if let Some(fragment) =
                        fragment.filter(|of| self.model.applies(of.type_condition(), object))
                    {
                        self.collect(&fragment.selection_set, object, collected, keys);
                    }
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.type_condition.as_ref();
                    if condition.is_none_or(|condition| self.model.applies(condition, object)) {
                        self.collect(&inline.selection_set, object, collected, keys);
                    }
                }
            }
        }
    }

    /// What `@skip` and `@include` say.
    fn is_included(&self, directives: &[Node<Directive>]) -> bool {
        directives.iter().all(|directive| {
            let condition = match directive.specified_argument_by_name("if").map(|value| &**value) {
                Some(Literal::Boolean(condition)) => *condition,
                Some(Literal::Variable(name)) => {
                    self.variables.get(name.as_str()) == Some(&Value::Boolean(true))
                }
                _ => false,
            };
            match directive.name.as_str() {
                "skip" => !condition,
                "include" => condition,
                _ => true,
            }
        })
    }

    fn at<T>(&self, node: &Node<T>) -> Pos {
        self.positions.at(node.location().map_or(0, |span| span.offset()))
    }
}

/// The kind of an operation, in the engine's terms.
pub(super) fn kind(operation: &Operation) -> engine::OperationType {
    use apollo_compiler::ast::OperationType;
    match operation.operation_type {
        OperationType::Query => engine::OperationType::Query,
        OperationType::Mutation => engine::OperationType::Mutation,
        OperationType::Subscription => engine::OperationType::Subscription,
    }
}

/// The variables that decide about selections of an operation.
pub(super) fn conditions(document: &ExecutableDocument, operation: &Operation) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let mut left = vec![&operation.selection_set];
    let mut reached = std::collections::HashSet::new();
    while let Some(set) = left.pop() {
        for selection in &set.selections {
            for directive in &**selection.directives() {
                if let Some(Literal::Variable(name)) =
                    directive.specified_argument_by_name("if").map(|value| &**value)
                    && !found.iter().any(|other| other.as_str() == name.as_str())
                {
                    found.push(Name::new(name.as_str()));
                }
            }
            match selection {
                Selection::Field(field) => left.push(&field.selection_set),
                Selection::InlineFragment(inline) => left.push(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.fragment_name)
                        && reached.insert(spread.fragment_name.as_str())
                    {
                        left.push(&fragment.selection_set);
                    }
                }
            }
        }
    }
    found
}
