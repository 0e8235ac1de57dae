//! Values of arguments and defaults: whether they fit their types, and whether variables may stand where they stand.
//!
//! apollo-compiler looks at a variable only if it is a whole argument, knows nothing of `@oneOf` and of fields given twice, and takes a
//! default of null for one. These are graphql-js's rules `ValuesOfCorrectType`, `UniqueInputFieldNames`, `NoUndefinedVariables` and
//! `VariablesInAllowedPosition`.

use std::collections::{HashMap, HashSet};

use apollo_compiler::ast::{Argument, Directive, InputValueDefinition, Type, Value};
use apollo_compiler::executable::{
    ExecutableDocument, Operation, Selection, SelectionSet, VariableDefinition,
};
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::{Name, Node};

use super::at;
use crate::graphql::document::faults::{Fault, Faults, quoted, shown};
use crate::graphql::document::model::Model;
use crate::graphql::document::variables::described;

/// Checks all values of a document.
pub(super) fn check(document: &ExecutableDocument, model: &Model, faults: &mut Faults) {
    let fragments = document.fragments.values().map(|fragment| {
        let uses = Uses::of(&fragment.selection_set, &fragment.directives, model, faults);
        (fragment.name.as_str(), uses)
    });
    let fragments: HashMap<&str, Uses<'_>> = fragments.collect();
    for operation in document.operations.iter() {
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                let mut ignored = Uses::default();
                ignored.value(
                    default,
                    Some(Place { ty: &variable.ty, has_default: false, one_of: None }),
                    model,
                    faults,
                );
            }
        }
        let own = Uses::of(&operation.selection_set, &operation.directives, model, faults);
        allowed(operation, &own, &fragments, faults);
    }
}

/// Checks the variables that an operation uses, in its fragments too.
fn allowed<'a>(
    operation: &Operation,
    own: &Uses<'a>,
    fragments: &HashMap<&str, Uses<'a>>,
    faults: &mut Faults,
) {
    let declared: HashMap<&str, &Node<VariableDefinition>> =
        operation.variables.iter().map(|variable| (variable.name.as_str(), variable)).collect();
    let mut reached: HashSet<&str> = HashSet::new();
    let mut left = vec![own];
    while let Some(uses) = left.pop() {
        for one in &uses.variables {
            match declared.get(one.name) {
                Some(variable) => one.check(variable, faults),
                None => faults.push(Fault::new(
                    one.at,
                    format!(
                        "The variable {} is not declared by the operation that uses it.",
                        variable_name(one.name)
                    ),
                )),
            }
        }
        for name in &uses.spreads {
            if reached.insert(name) {
                left.extend(fragments.get(name));
            }
        }
    }
}

/// A variable's name with its mark.
fn variable_name(name: &str) -> String {
    quoted(&format!("${name}"))
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    ty: &'a Type,
    has_default: bool,
    /// The name of the object around it, if that takes exactly one field.
    one_of: Option<&'a str>,
}

/// A variable where it is used.
struct Use<'a> {
    name: &'a str,
    at: usize,
    /// `None` inside a custom scalar, which takes anything.
    place: Option<Place<'a>>,
}

impl Use<'_> {
    fn check(&self, variable: &VariableDefinition, faults: &mut Faults) {
        let Some(place) = self.place else { return };
        let default = variable.default_value.as_ref();
        let is_never_null = variable.ty.is_non_null() || default.is_some_and(|default| !default.is_null());
        let fits = if place.ty.is_non_null() && !variable.ty.is_non_null() {
            (is_never_null || place.has_default) && variable.ty.is_assignable_to(&place.ty.clone().nullable())
        } else {
            variable.ty.is_assignable_to(place.ty)
        };
        if !fits {
            let (name, ty) = (variable_name(self.name), shown(&variable.ty.to_string()));
            let message = format!("The variable {name} is {ty}, and {} is expected here.", place.ty);
            faults.push(Fault::new(self.at, message));
        } else if let Some(object) = place.one_of.filter(|_| !variable.ty.is_non_null()) {
            let name = variable_name(self.name);
            let message = format!("The variable {name} may be null, and no field of {object} may be.");
            faults.push(Fault::new(self.at, message));
        }
    }
}

/// The variables and the fragments that a definition uses.
#[derive(Default)]
struct Uses<'a> {
    variables: Vec<Use<'a>>,
    spreads: Vec<&'a str>,
}

impl<'a> Uses<'a> {
    fn of(
        set: &'a SelectionSet,
        directives: &'a [Node<Directive>],
        model: &'a Model,
        faults: &mut Faults,
    ) -> Self {
        let mut uses = Self::default();
        uses.directives(directives, model, faults);
        uses.selection(set, model, faults);
        uses
    }

    fn selection(&mut self, set: &'a SelectionSet, model: &'a Model, faults: &mut Faults) {
        for selection in &set.selections {
            self.directives(selection.directives(), model, faults);
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments, &field.definition.arguments, model, faults);
                    self.selection(&field.selection_set, model, faults);
                }
                Selection::InlineFragment(inline) => self.selection(&inline.selection_set, model, faults),
                Selection::FragmentSpread(spread) => self.spreads.push(&spread.fragment_name),
            }
        }
    }

    fn directives(&mut self, directives: &'a [Node<Directive>], model: &'a Model, faults: &mut Faults) {
        for directive in directives {
            let definition = model.schema.directive_definitions.get(&directive.name);
            let arguments = definition.map_or(&[][..], |definition| &definition.arguments);
            self.arguments(&directive.arguments, arguments, model, faults);
        }
    }

    fn arguments(
        &mut self,
        arguments: &'a [Node<Argument>],
        definitions: &'a [Node<InputValueDefinition>],
        model: &'a Model,
        faults: &mut Faults,
    ) {
        for argument in arguments {
            let definition = definitions.iter().find(|definition| definition.name == argument.name);
            let place = definition.map(|definition| Place {
                ty: &definition.ty,
                has_default: definition.default_value.is_some(),
                one_of: None,
            });
            self.value(&argument.value, place, model, faults);
        }
    }

    /// A value in its place; without one it is only looked through for variables.
    fn value(
        &mut self,
        value: &'a Node<Value>,
        place: Option<Place<'a>>,
        model: &'a Model,
        faults: &mut Faults,
    ) {
        match &**value {
            Value::Variable(name) => self.variables.push(Use { name, at: at(value), place }),
            Value::List(items) => {
                // An item of a custom scalar may be null, whatever the scalar may be: a default has the same effect.
                let item = place.map(|Place { ty, .. }| Place {
                    ty: ty.item_type(),
                    has_default: !ty.is_list(),
                    one_of: None,
                });
                let scalar = place.filter(|place| !place.ty.is_list());
                if let Some(place) = scalar {
                    leaf(value, place.ty, model, faults);
                }
                for one in items.iter().filter(|one| scalar.is_none() || !one.is_null()) {
                    self.value(one, item, model, faults);
                }
            }
            Value::Object(fields) => {
                unique(fields, faults);
                let ty = place.map(|place| place.ty);
                let object = ty.and_then(|ty| model.type_named(ty.inner_named_type()));
                if let Some(object) = object.and_then(ExtendedType::as_input_object) {
                    // As graphql-js has it, a variable in an object that may not be null is not looked at so closely.
                    let is_closely = matches!(ty, Some(Type::Named(_)));
                    return self.object(value, fields, (object, is_closely), model, faults);
                }
                if let Some(ty) = ty {
                    leaf(value, ty, model, faults);
                }
                for (_, field) in fields {
                    self.value(field, None, model, faults);
                }
            }
            Value::Null => {
                if let Some(place) = place.filter(|place| place.ty.is_non_null()) {
                    faults.push(Fault::new(
                        at(value),
                        format!("null is not allowed here: {} is expected.", place.ty),
                    ));
                }
            }
            _ => {
                if let Some(place) = place {
                    leaf(value, place.ty, model, faults);
                }
            }
        }
    }

    fn object(
        &mut self,
        value: &Node<Value>,
        fields: &'a [(Name, Node<Value>)],
        (object, is_closely): (&'a InputObjectType, bool),
        model: &'a Model,
        faults: &mut Faults,
    ) {
        let given: HashSet<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        for field in
            object.fields.values().filter(|field| field.is_required() && !given.contains(field.name.as_str()))
        {
            let message = format!(
                "{} lacks its field \"{}\", which must be given, as {}.",
                object.name, field.name, field.ty
            );
            faults.push(Fault::new(at(value), message));
        }
        let is_one_of = object.directives.has("oneOf");
        if is_one_of && (given.len() != 1 || fields.iter().any(|(_, field)| field.is_null())) {
            let message = format!("Exactly one field of {} must be given, and that not null.", object.name);
            faults.push(Fault::new(at(value), message));
        }
        for (name, field) in fields {
            let definition = object.fields.get(name);
            if definition.is_none() {
                let near = faults.did_you_mean(name, object.fields.keys().map(Name::as_str));
                let at = name.location().map_or_else(|| at(field), |span| span.offset());
                faults.push(Fault::new(at, format!("{} has no field {}.{near}", object.name, quoted(name))));
            }
            let place = definition.map(|definition| Place {
                ty: &definition.ty,
                has_default: definition.default_value.is_some(),
                one_of: (is_one_of && is_closely).then_some(object.name.as_str()),
            });
            self.value(field, place, model, faults);
        }
    }
}

/// Checks that no field of an object is given twice.
fn unique(fields: &[(Name, Node<Value>)], faults: &mut Faults) {
    let mut met = HashSet::with_capacity(fields.len());
    for (name, field) in fields {
        if !met.insert(name.as_str()) {
            let at = name.location().map_or_else(|| at(field), |span| span.offset());
            faults.push(Fault::new(at, format!("The field {} is given twice: give it once.", quoted(name))));
        }
    }
}

/// Checks a literal that is no variable, null or input object. The message never has the value, which may be a password.
fn leaf(value: &Node<Value>, ty: &Type, model: &Model, faults: &mut Faults) {
    let name = ty.inner_named_type();
    let wrong = match model.type_named(name) {
        Some(ExtendedType::Enum(of)) => match &**value {
            Value::Enum(one) if of.values.contains_key(one) => return,
            Value::Enum(one) => {
                let near = faults.did_you_mean(one, of.values.keys().map(Name::as_str));
                format!("{} is no value of {name}.{near}", quoted(one))
            }
            _ => format!("A value of {name} is expected here, written without quotes."),
        },
        Some(ExtendedType::Scalar(_)) if is_of(value, name) => return,
        Some(ExtendedType::Scalar(_)) => format!("{ty} is expected here: {}.", described(name)),
        // The definition of the variable or the argument is at fault, and that is told.
        _ if model.type_named(name).is_none_or(|of| !of.is_input_type()) => return,
        _ => format!("An object of the type {name} is expected here."),
    };
    faults.push(Fault::new(at(value), wrong));
}

/// Whether a literal is one of a scalar. A scalar of ours takes any: what fits its parser tells, when the argument is read.
fn is_of(value: &Value, scalar: &str) -> bool {
    match scalar {
        "Int" => matches!(value, Value::Int(int) if int.as_str().parse::<i32>().is_ok()),
        "Float" => matches!(value, Value::Int(_) | Value::Float(_)),
        "Boolean" => matches!(value, Value::Boolean(_)),
        "String" => matches!(value, Value::String(_)),
        "ID" => matches!(value, Value::String(_) | Value::Int(_)),
        _ => true,
    }
}
