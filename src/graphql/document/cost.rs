//! What an operation costs: its fields, weighed by the lists that they are in and by what computing them takes. That stands at
//! each field in the schema (`@cost`).
//!
//! A document is priced once. What depends on variables (the sizes of pages and of lists) is left open in the price, and is filled
//! in for each request.

use apollo_compiler::ast::Value as Literal;
use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};

/// How the types of lists with pages end.
const CONNECTION: &str = "Connection";
/// Items of a page whose size is not named.
const PAGE: u64 = 20;
/// Items of a list that has no pages: levels, alternatives, milestones.
const LIST: u64 = 5;

/// A price as far as it is known without variables.
#[derive(Debug, Default)]
pub(super) struct Cost {
    known: u64,
    open: Vec<(Factor, Cost)>,
}

/// How often something is answered.
#[derive(Clone, Debug)]
enum Factor {
    Known(u64),
    /// The variable's number, or another one if it has none.
    Number(Name, u64),
    /// The length of the variable's list.
    Length(Name),
    /// The items in all lists of the variable.
    Items(Name),
}

impl Cost {
    /// The price of an operation. The document is valid, and its expanded selection within the limits.
    pub(super) fn of(document: &ExecutableDocument, operation: &Operation) -> Self {
        Pricer { document }.selection(&operation.selection_set, &Factor::Known(1))
    }

    /// The price with these variables.
    pub(super) fn with(&self, variables: &Variables) -> u64 {
        let open = self
            .open
            .iter()
            .map(|(factor, cost)| factor.with(variables).saturating_mul(cost.with(variables)));
        open.fold(self.known, u64::saturating_add)
    }

    const fn units(known: u64) -> Self {
        Self { known, open: Vec::new() }
    }

    fn and(mut self, other: Self) -> Self {
        self.known = self.known.saturating_add(other.known);
        self.open.extend(other.open);
        self
    }

    fn times(self, factor: Factor) -> Self {
        match factor {
            Factor::Known(factor) if self.open.is_empty() => Self::units(self.known.saturating_mul(factor)),
            Factor::Known(1) => self,
            factor => Self { known: 0, open: vec![(factor, self)] },
        }
    }
}

impl Factor {
    fn with(&self, variables: &Variables) -> u64 {
        match self {
            Self::Known(factor) => *factor,
            Self::Number(name, otherwise) => match variables.get(name) {
                Some(Value::Number(number)) => number.as_u64().unwrap_or(0),
                _ => *otherwise,
            },
            Self::Length(name) => match variables.get(name) {
                Some(Value::List(items)) => items.len() as u64,
                _ => 1,
            },
            Self::Items(name) => variables.get(name).map_or(0, count),
        }
    }
}

struct Pricer<'a> {
    document: &'a ExecutableDocument,
}

impl Pricer<'_> {
    /// The price of a selection; on a connection, of which there is a page of so many items.
    fn selection(&self, set: &SelectionSet, page: &Factor) -> Cost {
        let is_page = set.ty.ends_with(CONNECTION);
        let costs = set.selections.iter().map(|selection| match selection {
            Selection::Field(field) if is_page && field.definition.ty.is_list() => {
                self.field(field, &set.ty).times(page.clone())
            }
            Selection::Field(field) => self.field(field, &set.ty),
            Selection::InlineFragment(inline) => self.selection(&inline.selection_set, page),
            Selection::FragmentSpread(spread) => {
                let fragment = self.document.fragments.get(&spread.fragment_name);
                fragment.map_or_else(Cost::default, |fragment| self.selection(&fragment.selection_set, page))
            }
        });
        costs.fold(Cost::default(), Cost::and)
    }

    fn field(&self, field: &Field, parent: &str) -> Cost {
        let (weight, per) = price(field);
        let items = if parent.starts_with("__") { introspected(field) } else { items(field, parent) };
        let is_connection = field.definition.ty.inner_named_type().ends_with(CONNECTION);
        let once = Factor::Known(1);
        // The items of a connection are counted in it.
        let (page, times) = if is_connection { (items, once) } else { (once, items) };
        let selected = self.selection(&field.selection_set, &page).times(times);
        let cost = Cost::units(weight).and(selected);
        let cost = match per {
            Some(argument) => cost.times(length(field, argument)),
            None => cost,
        };
        field.arguments.iter().map(|argument| listed(&argument.value)).fold(cost, Cost::and)
    }
}

/// What the directive of a field says: the units that it costs, and the argument for whose items it is answered.
fn price(field: &Field) -> (u64, Option<&str>) {
    let Some(directive) = field.definition.directives.get("cost") else { return (1, None) };
    let weight = directive.specified_argument_by_name("weight").and_then(|weight| weight.to_i32());
    let per = directive.specified_argument_by_name("per").and_then(|per| per.as_str());
    (weight.and_then(|weight| weight.try_into().ok()).unwrap_or(1), per)
}

/// About how many items a list of the introspection has.
fn introspected(field: &Field) -> Factor {
    Factor::Known(match &*field.name {
        "types" => 60,
        "fields" | "inputFields" | "enumValues" | "possibleTypes" => 8,
        "args" | "interfaces" | "directives" => 3,
        _ => 1,
    })
}

/// How often what is inside a field is answered.
fn items(field: &Field, parent: &str) -> Factor {
    let is_page = field.definition.argument_by_name("first").is_some();
    let otherwise = match () {
        () if is_page => PAGE,
        // Counted by the page of its connection, or by the argument that the directive names.
        () if parent.ends_with(CONNECTION) || price(field).1.is_some() => 1,
        () if field.definition.ty.is_list() => LIST,
        () => 1,
    };
    let number = |name| number(field, name, otherwise);
    number("first").or_else(|| number("last")).unwrap_or(Factor::Known(otherwise))
}

/// A unit for each item of the lists in an argument.
fn listed(value: &Literal) -> Cost {
    match value {
        Literal::Variable(variable) => Cost::units(1).times(Factor::Items(Name::new(variable.as_str()))),
        Literal::List(items) => {
            let inner = items.iter().map(|item| listed(item));
            inner.fold(Cost::units(items.len() as u64), Cost::and)
        }
        Literal::Object(fields) => {
            fields.iter().map(|(_, field)| listed(field)).fold(Cost::default(), Cost::and)
        }
        _ => Cost::default(),
    }
}

/// The number of items in all lists of a value.
fn count(value: &Value) -> u64 {
    match value {
        Value::List(items) => items.iter().map(count).sum::<u64>() + items.len() as u64,
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn number(field: &Field, name: &str, otherwise: u64) -> Option<Factor> {
    match argument(field, name)? {
        Literal::Variable(variable) => Some(Factor::Number(Name::new(variable.as_str()), otherwise)),
        Literal::Int(int) => Some(Factor::Known(int.as_str().parse().unwrap_or(0))),
        _ => None,
    }
}

fn length(field: &Field, name: &str) -> Factor {
    match argument(field, name) {
        Some(Literal::Variable(variable)) => Factor::Length(Name::new(variable.as_str())),
        Some(Literal::List(items)) => Factor::Known(items.len() as u64),
        _ => Factor::Known(1),
    }
}

fn argument<'a>(field: &'a Field, name: &str) -> Option<&'a Literal> {
    field.arguments.iter().find(|argument| argument.name == name).map(|argument| &*argument.value)
}
