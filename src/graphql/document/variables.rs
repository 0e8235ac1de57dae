//! The values of variables, made to fit their types (the specification's `CoerceVariableValues`, as graphql-js reads it).
//!
//! apollo-compiler's own coercion is not used: it refuses what graphql-js takes (`1.0` for an `Int`, large numbers for a `Float`),
//! knows nothing of `@oneOf`, and stops at the first fault without saying where it is.

use apollo_compiler::Name as Key;
use apollo_compiler::ast::Type;
use apollo_compiler::executable::{Operation, VariableDefinition};
use apollo_compiler::schema::{EnumType, ExtendedType, InputObjectType};
use async_graphql::{Name, Value, Variables};

use super::faults::{Fault, Faults, quoted, shown};
use super::literal::converted;
use super::model::Model;

/// A variable that an operation declares.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: Name,
    ty: Type,
    pub(super) default: Option<Value>,
    /// Offset of its declaration.
    at: usize,
}

impl Declared {
    /// The variables of an operation, whose defaults fit their types.
    pub(super) fn all(operation: &Operation, model: &Model) -> Vec<Self> {
        let of = |definition: &VariableDefinition, at| {
            let ty = Type::clone(&definition.ty);
            let default = definition.default_value.as_ref();
            let default = default.and_then(|default| converted(default, Some(&ty), model).into_const());
            Self { name: Name::new(definition.name.as_str()), ty, default, at }
        };
        let variables = operation.variables.iter();
        variables.map(|node| of(node, node.location().map_or(0, |span| span.offset()))).collect()
    }
}

/// The values of an operation's variables. One that is not given and has no default is absent, which is not the same as null;
/// what is given beside is left out.
pub(super) fn coerced(
    declared: &[Declared],
    mut given: Variables,
    model: &Model,
    faults: &mut Faults,
) -> Variables {
    let mut variables = Variables::default();
    for variable in declared {
        let value = match given.remove(&variable.name) {
            Some(value) => Coercion { model, faults, at: variable.at }.value(
                value,
                &variable.ty,
                Path::Variable(&variable.name),
            ),
            None if variable.default.is_none() && variable.ty.is_non_null() => {
                let name = quoted(&format!("${}", variable.name));
                let message =
                    format!("The variable {name} is missing: it must be given, as {}.", variable.ty);
                faults.push(Fault::new(variable.at, message).with("variable", shown(&variable.name)));
                None
            }
            None => variable.default.clone(),
        };
        if let Some(value) = value {
            variables.insert(variable.name.clone(), value);
        }
    }
    variables
}

struct Coercion<'a> {
    model: &'a Model,
    faults: &'a mut Faults,
    at: usize,
}

/// The way to a value inside a variable.
#[derive(Clone, Copy)]
enum Path<'a> {
    Variable(&'a str),
    Field(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Coercion<'_> {
    /// A value of a type; `None` if it does not fit, or something in it does not.
    fn value(&mut self, value: Value, ty: &Type, path: Path<'_>) -> Option<Value> {
        match (value, ty) {
            (Value::Null, ty) if ty.is_non_null() => {
                self.wrong(path, &format!("may not be null: its type is {ty}"))
            }
            (Value::Null, _) => Some(Value::Null),
            (Value::List(items), Type::List(ty) | Type::NonNullList(ty)) => {
                let mut all = Some(Vec::with_capacity(items.len()));
                for (i, item) in items.into_iter().enumerate() {
                    let item = self.value(item, ty, Path::Item(&path, i));
                    all = all.zip(item).map(|(mut all, item)| {
                        all.push(item);
                        all
                    });
                }
                all.map(Value::List)
            }
            // A list takes one value for a list of one.
            (one, Type::List(ty) | Type::NonNullList(ty)) => {
                Some(Value::List(vec![self.value(one, ty, path)?]))
            }
            (value, Type::Named(name) | Type::NonNullNamed(name)) => match self.model.type_named(name) {
                Some(ExtendedType::InputObject(object)) => self.object(value, object, path),
                Some(ExtendedType::Enum(of)) => self.enumerated(value, of, path),
                _ => match scalar(value, name) {
                    Some(value) => Some(value),
                    None => self.wrong(path, &format!("must be {}", described(name))),
                },
            },
        }
    }

    fn enumerated(&mut self, value: Value, of: &EnumType, path: Path<'_>) -> Option<Value> {
        match value {
            Value::String(name) if of.values.contains_key(name.as_str()) => {
                Some(Value::Enum(Name::new(name)))
            }
            Value::String(name) => {
                let near = self.faults.did_you_mean(&name, of.values.keys().map(Key::as_str));
                self.wrong(
                    path,
                    &format!("must be a value of {}, and {} is none.{near}", of.name, quoted(&name)),
                )
            }
            _ => self.wrong(path, &format!("must be a value of {}, as a string", of.name)),
        }
    }

    fn object(&mut self, value: Value, object: &InputObjectType, path: Path<'_>) -> Option<Value> {
        let Value::Object(fields) = value else {
            return self.wrong(path, &format!("must be an object, of the type {}", object.name));
        };
        let is_one_of = object.directives.has("oneOf");
        if is_one_of && (fields.len() != 1 || fields.values().any(|field| *field == Value::Null)) {
            return self
                .wrong(path, &format!("must have exactly one field of {}, and that not null", object.name));
        }
        let absent = object
            .fields
            .values()
            .filter(|field| field.is_required() && !fields.contains_key(field.name.as_str()));
        let mut is_right = true;
        for field in absent {
            let path = Path::Field(&path, &field.name);
            self.wrong(path, &format!("is missing: it must be given, as {}", field.ty));
            is_right = false;
        }
        let mut coerced = async_graphql::indexmap::IndexMap::with_capacity(fields.len());
        for (name, field) in fields {
            let value = if let Some(definition) = object.fields.get(name.as_str()) {
                self.value(field, &definition.ty, Path::Field(&path, &name))
            } else {
                let near = self.faults.did_you_mean(&name, object.fields.keys().map(Key::as_str));
                self.wrong(
                    path,
                    &format!("has no field {}: its type is {}.{near}", quoted(&name), object.name),
                )
            };
            match value {
                Some(value) => drop(coerced.insert(name, value)),
                None => is_right = false,
            }
        }
        is_right.then_some(Value::Object(coerced))
    }

    /// Notes a fault; the message never has the value, which may be a password.
    fn wrong(&mut self, path: Path<'_>, what: &str) -> Option<Value> {
        if self.faults.is_full() {
            return None;
        }
        let path = path.to_string();
        let end = if what.ends_with(['.', '?']) { "" } else { "." };
        let variable = quoted(&format!("${path}"));
        self.faults.push(
            Fault::new(self.at, format!("The variable {variable} {what}{end}"))
                .with("variable", shown(&path)),
        );
        None
    }
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Variable(name) => f.write_str(name),
            Self::Field(path, name) => write!(f, "{path}.{name}"),
            Self::Item(path, i) => write!(f, "{path}[{i}]"),
        }
    }
}

/// A value of a scalar; `None` if it does not fit. What fits a scalar of ours its parser tells, when the argument is read.
fn scalar(value: Value, name: &str) -> Option<Value> {
    match (name, &value) {
        ("Int", Value::Number(number)) => {
            let int = integer(number)?;
            Some(Value::from(i32::try_from(int).ok()?))
        }
        ("ID", Value::Number(number)) => match number.as_u64() {
            Some(number) => Some(Value::from(number.to_string())),
            None => Some(Value::from(integer(number)?.to_string())),
        },
        ("Float", Value::Number(_))
        | ("Boolean", Value::Boolean(_))
        | ("String" | "ID", Value::String(_)) => Some(value),
        ("Int" | "Float" | "Boolean" | "String" | "ID", _) => None,
        _ => Some(value),
    }
}

/// A number without decimals, however it was written: JSON does not tell `1.0` from `1`.
#[allow(clippy::cast_possible_truncation)] // saturates, and what is so large is no exact number in JSON either
fn integer(number: &async_graphql::Number) -> Option<i128> {
    match (number.as_i64(), number.as_f64()) {
        (Some(int), _) => Some(int.into()),
        (None, Some(float)) if float.fract() == 0.0 => Some(float as i128),
        _ => None,
    }
}

/// What a scalar takes.
pub(super) fn described(scalar: &str) -> &'static str {
    match scalar {
        "Int" => "a whole number from -2147483648 to 2147483647",
        "Float" => "a number",
        "Boolean" => "true or false",
        "ID" => "a string or a whole number",
        _ => "a string",
    }
}
