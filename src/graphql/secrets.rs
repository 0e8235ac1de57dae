//! Secret arguments: those that the schema's types mark as `#[graphql(secret)]`. The mark is the one place that
//! says so. No secret goes into a digest.

use async_graphql::Value;
use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{MetaInputValue, MetaType, MetaTypeName, Registry};

/// The arguments of a field without what is secret in them.
pub(crate) fn without_secrets(
    registry: &Registry,
    parent: &str,
    field: &str,
    arguments: Vec<(String, Value)>,
) -> Value {
    let known =
        registry.types.get(parent).and_then(|parent| parent.field_by_name(field)).map(|field| &field.args);
    let kept = arguments.into_iter().filter_map(|(name, value)| kept(registry, known?.get(&name)?, value));
    Value::List(kept.collect())
}

/// A value without what is secret in it. What the schema does not know is left out too.
fn kept(registry: &Registry, input: &MetaInputValue, value: Value) -> Option<Value> {
    (!input.is_secret).then(|| within(registry, MetaTypeName::concrete_typename(&input.ty), value))
}

fn within(registry: &Registry, of_type: &str, value: Value) -> Value {
    match (value, registry.types.get(of_type)) {
        (Value::List(items), _) => {
            Value::List(items.into_iter().map(|item| within(registry, of_type, item)).collect())
        }
        (Value::Object(fields), Some(MetaType::InputObject { input_fields, .. })) => {
            let mut rest = IndexMap::with_capacity(fields.len());
            for (name, value) in fields {
                if let Some(value) =
                    input_fields.get(name.as_str()).and_then(|input| kept(registry, input, value))
                {
                    rest.insert(name, value);
                }
            }
            Value::Object(rest)
        }
        (value, _) => value,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::OutputType as _;

    use super::*;
    use crate::graphql::{Mutation, Query};

    /// Words in the names of what is secret.
    const WORDS: [&str; 3] = ["password", "token", "secret"];

    fn registry() -> Registry {
        let mut registry = Registry::default();
        Query::create_type_info(&mut registry);
        Mutation::create_type_info(&mut registry);
        registry
    }

    /// All arguments and input fields, by their paths.
    fn inputs(registry: &Registry) -> Vec<(String, &MetaInputValue)> {
        let mut inputs = Vec::new();
        for (name, of_type) in &registry.types {
            match of_type {
                MetaType::InputObject { input_fields, .. } => {
                    inputs
                        .extend(input_fields.iter().map(|(field, input)| (format!("{name}.{field}"), input)));
                }
                MetaType::Object { fields, .. } => {
                    for (field, known) in fields {
                        inputs.extend(
                            known
                                .args
                                .iter()
                                .map(|(argument, input)| (format!("{name}.{field}.{argument}"), input)),
                        );
                    }
                }
                _ => {}
            }
        }
        inputs
    }

    #[test]
    fn whatever_is_called_a_secret_is_marked_as_one() {
        let registry = registry();
        let is_called = |path: &str| {
            let name = path.rsplit('.').next().unwrap_or_default().to_lowercase();
            WORDS.iter().any(|word| name.contains(word))
        };
        let inputs = inputs(&registry);
        let secret: Vec<_> =
            inputs.iter().filter(|(_, input)| input.is_secret).map(|(path, _)| path.as_str()).collect();
        let called: Vec<_> =
            inputs.iter().map(|(path, _)| path.as_str()).filter(|path| is_called(path)).collect();
        assert_eq!(secret, called);
        // Each of them is used by `tests/api/secrets.rs`: a new one is to be used there too.
        let used = [
            "ChangePasswordInput.currentPassword",
            "ChangePasswordInput.newPassword",
            "CopyRoadmapInput.secret",
            "DeleteAccountInput.password",
            "Query.sharedRoadmap.secret",
            "SignInInput.password",
            "SignUpInput.password",
        ];
        let mut sorted = secret.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, used);
    }

    #[test]
    fn what_is_secret_is_left_out_wherever_it_stands() {
        let registry = registry();
        let input = |current: &str, name: &str| {
            let json = serde_json::json!({ "currentPassword": current, "newPassword": "b", "clientMutationId": name });
            let input = Value::from_json(json).unwrap();
            without_secrets(&registry, "Mutation", "changePassword", vec![("input".into(), input)])
        };
        assert_eq!(input("a", "1"), input("c", "1"));
        assert_ne!(input("a", "1"), input("a", "2"));
        assert_eq!(input("a", "1").to_string(), "[{clientMutationId: \"1\"}]");
    }
}
