//! Values of documents: from the parser's to the engine's, and from there to what they stand for.

use apollo_compiler::ast::{Type, Value as Literal};
use apollo_compiler::schema::ExtendedType;
use async_graphql::{Name, Value, Variables, value};
use async_graphql_value::Value as Input;

use super::model::Model;

/// A literal that fits a type, as the engine takes it. `None` for the type stands for what is inside a custom scalar.
pub(super) fn converted(literal: &Literal, ty: Option<&Type>, model: &Model) -> Input {
    let item = match ty {
        Some(Type::List(item) | Type::NonNullList(item)) => Some(&**item),
        _ => None,
    };
    match literal {
        Literal::Variable(name) => Input::Variable(Name::new(name.as_str())),
        Literal::Null => Input::Null,
        Literal::List(items) => {
            let item = item.or(ty);
            Input::List(items.iter().map(|one| converted(one, item, model)).collect())
        }
        // A list takes one value for a list of one.
        one if item.is_some() => Input::List(vec![converted(one, item, model)]),
        Literal::Boolean(is) => Input::Boolean(*is),
        Literal::String(text) => Input::String(text.clone()),
        Literal::Enum(name) => Input::Enum(Name::new(name.as_str())),
        Literal::Int(int) if is_named(ty, "ID") => Input::String(int.as_str().to_owned()),
        Literal::Int(int) => number(int.as_str()),
        Literal::Float(float) => number(float.as_str()),
        Literal::Object(fields) => {
            let object = ty.and_then(|ty| model.type_named(ty.inner_named_type()));
            let object = object.and_then(ExtendedType::as_input_object);
            let fields = fields.iter().map(|(name, field)| {
                let ty = object.and_then(|object| object.fields.get(name)).map(|field| &*field.ty);
                (Name::new(name.as_str()), converted(field, ty, model))
            });
            Input::Object(fields.collect())
        }
    }
}

fn is_named(ty: Option<&Type>, name: &str) -> bool {
    ty.is_some_and(|ty| ty.inner_named_type() == name)
}

/// A number. One that no float holds (`1e999`) becomes the greatest that there is, so that whoever reads it finds it too great.
fn number(text: &str) -> Input {
    let float = || text.parse::<f64>().unwrap_or_default().clamp(f64::MIN, f64::MAX);
    match text.parse::<i64>() {
        Ok(int) => Input::Number(int.into()),
        Err(_) => value!(float()).into_value(),
    }
}

/// What an argument stands for: `None` if it is a variable that was not given, as if the argument were absent.
pub(in crate::graphql) fn resolved(input: &Input, variables: &Variables) -> Option<Value> {
    Some(match input {
        Input::Variable(name) => return variables.get(name).cloned(),
        // A list has a place for each item.
        Input::List(items) => {
            Value::List(items.iter().map(|item| resolved(item, variables).unwrap_or_default()).collect())
        }
        Input::Object(fields) => {
            let given =
                fields.iter().filter_map(|(name, field)| Some((name.clone(), resolved(field, variables)?)));
            Value::Object(given.collect())
        }
        leaf => return leaf.clone().into_const(),
    })
}
