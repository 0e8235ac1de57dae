//! The arguments that the schema defines, with their limits, read from its own language.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};

use super::limit::Limit;

/// The arguments of all fields, and the fields of all inputs.
#[derive(Debug, Default)]
pub(in crate::graphql) struct Arguments {
    objects: HashMap<String, HashMap<String, KnownField>>,
    inputs: HashMap<String, HashMap<String, Argument>>,
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct KnownField {
    /// The name of the type that it leads to.
    pub(super) target: String,
    arguments: HashMap<String, Argument>,
}

/// An argument of a field, or a field of an input.
#[derive(Debug)]
pub(super) struct Argument {
    /// The name of its type, that of the entries for a list.
    pub(super) base: String,
    /// How many lists it is inside of.
    pub(super) lists: usize,
    pub(super) limit: Limit,
    /// Whether nothing of its value may be told again.
    pub(super) is_secret: bool,
}

impl KnownField {
    pub(super) fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.get(name)
    }
}

impl Arguments {
    /// Reads a schema. One that cannot be read has no arguments: nothing of it can be executed.
    pub(in crate::graphql) fn of(sdl: &str) -> Self {
        let mut arguments = Self::default();
        let Ok(document) = parse_schema(sdl) else { return arguments };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => {
                    arguments.objects.insert(name, fields(object.fields.iter().map(|field| &field.node)));
                }
                TypeKind::Interface(interface) => {
                    arguments.objects.insert(name, fields(interface.fields.iter().map(|field| &field.node)));
                }
                TypeKind::InputObject(input) => {
                    arguments.inputs.insert(name, values(input.fields.iter().map(|field| &field.node)));
                }
                _ => {}
            }
        }
        arguments
    }

    pub(super) fn field(&self, object: &str, name: &str) -> Option<&KnownField> {
        self.objects.get(object)?.get(name)
    }

    /// The fields of an input; nothing for a scalar or an enum.
    pub(super) fn input(&self, name: &str) -> Option<&HashMap<String, Argument>> {
        self.inputs.get(name)
    }
}

fn fields<'a>(fields: impl Iterator<Item = &'a FieldDefinition>) -> HashMap<String, KnownField> {
    let known = |field: &FieldDefinition| {
        let arguments = values(field.arguments.iter().map(|argument| &argument.node));
        (field.name.node.to_string(), KnownField { target: base(&field.ty.node).0, arguments })
    };
    fields.map(known).collect()
}

fn values<'a>(values: impl Iterator<Item = &'a InputValueDefinition>) -> HashMap<String, Argument> {
    let known = |value: &InputValueDefinition| {
        let name = value.name.node.to_string();
        let description = value.description.as_ref().map_or("", |description| &description.node);
        let (base, lists) = base(&value.ty.node);
        let is_secret = name == "secret" || name.to_lowercase().ends_with("password");
        (name, Argument { base, lists, limit: Limit::stated(description), is_secret })
    };
    values.map(known).collect()
}

/// The name of a type, and how many lists it is inside of.
fn base(ty: &Type) -> (String, usize) {
    let (mut base, mut lists) = (&ty.base, 0);
    loop {
        match base {
            BaseType::Named(name) => return (name.to_string(), lists),
            BaseType::List(inner) => (base, lists) = (&inner.base, lists + 1),
        }
    }
}
