//! The schema's types as far as the pipeline has to know them: what a field leads to, and what an abstract type may be.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, TypeKind, TypeSystemDefinition};

/// A field's way on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::graphql) struct Target {
    pub(super) type_name: String,
    pub(super) is_list: bool,
}

/// The composite types by name.
#[derive(Clone, Debug, Default)]
pub(in crate::graphql) struct Types {
    fields: HashMap<String, HashMap<String, Target>>,
    /// For each abstract type the object types that it may be.
    possible: HashMap<String, HashSet<String>>,
}

impl Types {
    /// Reads them from the schema's own language. A text that can't be read has none: the pipeline then knows nothing of lists.
    pub(in crate::graphql) fn of(sdl: &str) -> Self {
        let mut types = Self::default();
        let Ok(document) = parse_schema(sdl) else { return types };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            let (fields, implements) = match definition.node.kind {
                TypeKind::Object(object) => (object.fields, object.implements),
                TypeKind::Interface(interface) => (interface.fields, Vec::new()),
                TypeKind::Union(union) => {
                    let members = union.members.iter().map(|member| member.node.to_string()).collect();
                    types.possible.insert(name.clone(), members);
                    continue;
                }
                _ => continue,
            };
            for interface in implements {
                types.possible.entry(interface.node.to_string()).or_default().insert(name.clone());
            }
            let fields = fields.into_iter().map(|field| {
                let (mut base, mut is_list) = (&field.node.ty.node.base, false);
                while let BaseType::List(inner) = base {
                    (base, is_list) = (&inner.base, true);
                }
                let type_name = match base {
                    BaseType::Named(name) => name.to_string(),
                    BaseType::List(_) => String::new(),
                };
                (field.node.name.node.to_string(), Target { type_name, is_list })
            });
            types.fields.insert(name, fields.collect());
        }
        types
    }

    /// Where a field leads; `None` for one that the schema does not define, such as those of introspection.
    pub(super) fn target(&self, type_name: &str, field: &str) -> Option<&Target> {
        self.fields.get(type_name)?.get(field)
    }

    /// The object types that an abstract type may be, in order; `None` for any other.
    pub(super) fn possible(&self, type_name: &str) -> Option<Vec<&str>> {
        let mut possible: Vec<&str> = self.possible.get(type_name)?.iter().map(String::as_str).collect();
        possible.sort_unstable();
        Some(possible)
    }

    /// Whether a fragment on a type applies to an object type.
    pub(super) fn applies(&self, condition: &str, object: &str) -> bool {
        condition == object || self.possible.get(condition).is_some_and(|possible| possible.contains(object))
    }
}
