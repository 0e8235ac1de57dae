//! `schema.graphql` is what clients build on.

use std::path::Path;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition};
use waymark::graphql::Schema;

#[test]
fn the_schema_in_the_repository_is_the_one_that_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        kept == Schema::new().sdl(),
        "schema.graphql is stale. Read what has changed, then write it again: cargo run -- schema > schema.graphql"
    );
}

#[test]
fn every_type_field_argument_and_value_is_described() {
    let document = parse_schema(Schema::new().sdl()).unwrap();
    let mut bare = Vec::new();
    for definition in &document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.as_str();
        note(&mut bare, definition.node.description.is_some(), name);
        match &definition.node.kind {
            TypeKind::Object(object) => {
                object.fields.iter().for_each(|field| fields(&mut bare, name, &field.node));
            }
            TypeKind::Interface(interface) => {
                interface.fields.iter().for_each(|field| fields(&mut bare, name, &field.node));
            }
            TypeKind::InputObject(input) => {
                input.fields.iter().for_each(|field| argument(&mut bare, name, &field.node));
            }
            TypeKind::Enum(values) => {
                for value in &values.values {
                    note(
                        &mut bare,
                        value.node.description.is_some(),
                        &format!("{name}.{}", value.node.value.node),
                    );
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

fn fields(bare: &mut Vec<String>, owner: &str, field: &FieldDefinition) {
    let name = format!("{owner}.{}", field.name.node);
    note(bare, field.description.is_some(), &name);
    field.arguments.iter().for_each(|own| argument(bare, &name, &own.node));
}

fn argument(bare: &mut Vec<String>, owner: &str, argument: &InputValueDefinition) {
    note(bare, argument.description.is_some(), &format!("{owner}({})", argument.name.node));
}

fn note(bare: &mut Vec<String>, described: bool, name: &str) {
    if !described {
        bare.push(name.to_owned());
    }
}
