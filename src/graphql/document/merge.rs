//! The merging of duplicate selections, as the specification's `CollectFields` does while it executes: what would run once runs once.
//!
//! Fragments are put where they are spread, `@skip` and `@include` are decided, and fields of one response key become one, with the
//! selections of all. Where a type is abstract, each type that it may be gets what applies to it. The document has been validated, so fields
//! of one key are the same field with the same arguments; its expanded selection is within the limits.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, Field, InlineFragment, OperationDefinition, Selection,
    SelectionSet, TypeCondition,
};
use async_graphql::{Name, Positioned, Value, Variables};

use super::types::Types;
use super::{given, root_type};

/// The operation alone.
pub(super) fn merged(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &Types,
) -> ExecutableDocument {
    let merger = Merger { document, operation, variables, types };
    let pos = operation.selection_set.pos;
    let selection_set =
        Positioned::new(merger.set(&[&operation.selection_set.node], root_type(operation.ty)), pos);
    let operation = OperationDefinition { selection_set, ..operation.clone() };
    ExecutableDocument {
        operations: DocumentOperations::Single(Positioned::new(operation, pos)),
        fragments: HashMap::default(),
    }
}

struct Merger<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    types: &'a Types,
}

/// Fields of one response key, in the order of their first.
type Collected<'a> = Vec<(&'a Name, Vec<&'a Positioned<Field>>)>;

impl<'a> Merger<'a> {
    /// Some selections on a type as one.
    fn set(&self, sets: &[&'a SelectionSet], parent: &str) -> SelectionSet {
        let Some(possible) = self.types.possible(parent) else { return self.on_object(sets, parent) };
        if !sets.iter().any(|set| set.items.iter().any(|item| !matches!(item.node, Selection::Field(_)))) {
            return self.on_object(sets, parent);
        }
        let items = possible.into_iter().filter_map(|object| {
            let selection = self.on_object(sets, object);
            let pos = sets.first()?.items.first()?.pos;
            let on = TypeCondition { on: Positioned::new(Name::new(object), pos) };
            let fragment = InlineFragment {
                type_condition: Some(Positioned::new(on, pos)),
                directives: Vec::new(),
                selection_set: Positioned::new(selection, pos),
            };
            let is_empty = fragment.selection_set.node.items.is_empty();
            (!is_empty)
                .then(|| Positioned::new(Selection::InlineFragment(Positioned::new(fragment, pos)), pos))
        });
        SelectionSet { items: items.collect() }
    }

    fn on_object(&self, sets: &[&'a SelectionSet], object: &str) -> SelectionSet {
        let mut collected = Collected::new();
        for set in sets {
            self.collect(set, object, &mut collected);
        }
        let items = collected.into_iter().filter_map(|(_, fields)| {
            let first = *fields.first()?;
            let inner: Vec<&SelectionSet> =
                fields.iter().map(|field| &field.node.selection_set.node).collect();
            let target = self.types.target(object, first.node.name.node.as_str());
            let inner = self.set(&inner, target.map_or("", |target| &target.type_name));
            let directives = first.node.directives.iter().filter(|directive| !is_condition(&directive.node));
            let field = Field {
                alias: first.node.alias.clone(),
                name: first.node.name.clone(),
                arguments: first.node.arguments.clone(),
                directives: directives.cloned().collect(),
                selection_set: Positioned::new(inner, first.node.selection_set.pos),
            };
            Some(Positioned::new(Selection::Field(Positioned::new(field, first.pos)), first.pos))
        });
        SelectionSet { items: items.collect() }
    }

    /// Adds the fields of a selection that an object of a type has.
    fn collect(&self, set: &'a SelectionSet, object: &str, collected: &mut Collected<'a>) {
        for item in &set.items {
            if !self.is_included(item.node.directives()) {
                continue;
            }
            match &item.node {
                Selection::Field(field) => {
                    let key = &field.node.response_key().node;
                    match collected.iter_mut().find(|(other, _)| *other == key) {
                        Some((_, fields)) => fields.push(field),
                        None => collected.push((key, vec![field])),
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    let Some(fragment) = fragment.map(|fragment| &fragment.node) else { continue };
                    if self.applies(fragment.type_condition.node.on.node.as_str(), object) {
                        self.collect(&fragment.selection_set.node, object, collected);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    if condition.is_none_or(|on| self.applies(on.node.on.node.as_str(), object)) {
                        self.collect(&fragment.node.selection_set.node, object, collected);
                    }
                }
            }
        }
    }

    /// In introspection, whose types the schema's language does not tell, a valid fragment is on the type itself.
    fn applies(&self, condition: &str, object: &str) -> bool {
        object.is_empty() || self.types.applies(condition, object)
    }

    /// What `@skip` and `@include` say.
    fn is_included(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().map(|directive| &directive.node).all(|directive| {
            match directive.name.node.as_str() {
                "skip" => !self.condition(directive),
                "include" => self.condition(directive),
                _ => true,
            }
        })
    }

    fn condition(&self, directive: &Directive) -> bool {
        let value = directive.arguments.iter().find(|(name, _)| name.node.as_str() == "if");
        let value = value.and_then(|(_, value)| {
            value.node.clone().into_const_with(given(self.operation, self.variables)).ok()
        });
        value == Some(Value::Boolean(true))
    }
}

fn is_condition(directive: &Directive) -> bool {
    matches!(directive.name.node.as_str(), "skip" | "include")
}
