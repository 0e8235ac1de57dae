//! The schema as documents are validated against: the same text as `schema.graphql`.

use std::collections::HashMap;

use apollo_compiler::ast::{DirectiveList, FieldDefinition, Type};
use apollo_compiler::schema::{Component, ExtendedType};
use apollo_compiler::validation::Valid;
use apollo_compiler::{Name, Schema, name};
use async_graphql::parser::types::OperationType;

/// The schema, with the object types behind each abstract type.
#[derive(Debug)]
pub(in crate::graphql) struct Model {
    pub(super) schema: Valid<Schema>,
    possible: HashMap<Name, Vec<Name>>,
}

impl Model {
    /// Reads the schema definition language.
    ///
    /// The engine writes the text, so nothing is wrong with it (a test holds that). Should an update of the engine ever change
    /// that, the server still starts, on the definitions that could be read.
    pub(in crate::graphql) fn of(sdl: &str) -> Self {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql").unwrap_or_else(|wrong| {
            tracing::error!(faults = wrong.errors.len(), "the schema's own text does not validate");
            Valid::assume_valid(wrong.partial)
        });
        let schema = with_one_of(schema);
        let possible = possible(&schema);
        Self { schema, possible }
    }

    /// The definition of a type.
    pub(super) fn type_named(&self, name: &str) -> Option<&ExtendedType> {
        self.schema.types.get(name)
    }

    /// The type of a root field.
    pub(super) fn root_field(&self, operation: OperationType, field: &str) -> Option<&Type> {
        let root = match operation {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        self.schema.type_field(root, field).ok().map(|field| &field.ty)
    }

    /// The object types that an abstract type may be, in order; `None` for any other.
    pub(super) fn possible(&self, type_name: &str) -> Option<&[Name]> {
        self.possible.get(type_name).map(Vec::as_slice)
    }

    /// Whether a fragment on a type applies to an object type.
    pub(super) fn applies(&self, condition: &str, object: &str) -> bool {
        condition == object || self.schema.is_subtype(condition, object)
    }
}

/// The schema with the one field of introspection that the engine and graphql-js have, and apollo-compiler does not know yet.
fn with_one_of(schema: Valid<Schema>) -> Valid<Schema> {
    let mut schema = schema.into_inner();
    if let Some(ExtendedType::Object(object)) = schema.types.get_mut("__Type") {
        let definition = FieldDefinition {
            description: None,
            name: name!("isOneOf"),
            arguments: Vec::new(),
            ty: Type::Named(name!("Boolean")),
            directives: DirectiveList::default(),
        };
        object.make_mut().fields.entry(name!("isOneOf")).or_insert_with(|| Component::new(definition));
    }
    Valid::assume_valid(schema)
}

fn possible(schema: &Schema) -> HashMap<Name, Vec<Name>> {
    let mut possible: HashMap<Name, Vec<Name>> = HashMap::new();
    for (name, definition) in &schema.types {
        match definition {
            ExtendedType::Object(object) => {
                for interface in &object.implements_interfaces {
                    possible.entry(interface.name.clone()).or_default().push(name.clone());
                }
            }
            ExtendedType::Union(union) => {
                let members = union.members.iter().map(|member| member.name.clone());
                possible.entry(name.clone()).or_default().extend(members);
            }
            _ => {}
        }
    }
    for names in possible.values_mut() {
        names.sort();
    }
    possible
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = include_str!("../../../schema.graphql");

    #[test]
    fn the_schemas_own_text_validates() {
        assert!(Schema::parse_and_validate(SDL, "").is_ok());
        let model = Model::of(SDL);
        assert!(model.possible("Node").unwrap().len() > 3 && model.possible("Topic").is_none());
        assert!(model.applies("SearchResult", "Role") && !model.applies("SearchResult", "Area"));
        assert!(model.schema.type_field("__Type", "isOneOf").is_ok());
    }
}
