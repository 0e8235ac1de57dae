//! What an operation costs: its fields, weighed by the lists that they are in and by what computing them takes.
//!
//! A document is priced once. What depends on variables (the sizes of pages and of lists) is left open in the price, and is filled
//! in for each request.

use apollo_compiler::ast::Value as Literal;
use apollo_compiler::executable::{ExecutableDocument, Field, Operation, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};

/// Items of a page whose size is not named.
const PAGE: u64 = 20;
/// Items of a list that has no pages: levels, alternatives, milestones.
const LIST: u64 = 5;
/// A plan, in fields: measured on the embedded catalogue.
const ROADMAP: u64 = 2_000;
/// A roadmap's further searches, and its texts.
const SEARCH: u64 = 1_000;
/// The simulated futures of a forecast.
const FORECAST: u64 = 2_000;
/// Two catalogues that are read and compared.
const DIFFERENCE: u64 = 20_000;
/// A catalogue written as a text, which is most of an answer.
const TEXT: u64 = 100_000;
/// Hashing a password.
const PASSWORD: u64 = 2_000;

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
        }
    }
}

struct Pricer<'a> {
    document: &'a ExecutableDocument,
}

impl Pricer<'_> {
    /// The price of a selection; on a connection, of which there is a page of so many items.
    fn selection(&self, set: &SelectionSet, page: &Factor) -> Cost {
        let costs = set.selections.iter().map(|selection| match selection {
            Selection::Field(field) if matches!(&*field.name, "nodes" | "edges") => {
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
        let times =
            if parent.starts_with("__") { Factor::Known(introspected(&field.name)) } else { items(field) };
        let is_connection = field.definition.ty.inner_named_type().ends_with("Connection");
        let (page, times) = if is_connection { (times, Factor::Known(1)) } else { (Factor::Known(1), times) };
        price(field).and(self.selection(&field.selection_set, &page).times(times))
    }
}

/// About how many items a list of the introspection has.
fn introspected(field: &str) -> u64 {
    match field {
        "types" => 60,
        "fields" | "inputFields" | "enumValues" | "possibleTypes" => 8,
        "args" | "interfaces" | "directives" => 3,
        _ => 1,
    }
}

/// How often what is inside a field is answered.
fn items(field: &Field) -> Factor {
    let page = |otherwise| ["first", "last"].into_iter().find_map(|name| number(field, name, otherwise));
    let name = &*field.name;
    if name == "nodes" && argument(field, "ids").is_some() {
        return length(field, "ids");
    }
    let otherwise = match name {
        // A connection's items are counted at the connection, whose argument tells how many.
        "nodes" | "edges" => 1,
        "compareRoadmaps" => return length(field, "inputs"),
        _ if field.definition.ty.is_list() => LIST,
        "topics" | "steps" | "resources" | "search" | "skills" | "roadmaps" | "versions" | "studyLog" => PAGE,
        _ => 1,
    };
    page(otherwise).unwrap_or(Factor::Known(otherwise))
}

/// What computing the field itself costs.
fn price(field: &Field) -> Cost {
    let inner_type = &**field.definition.ty.inner_named_type();
    Cost::units(match &*field.name {
        _ if inner_type == "Roadmap" => ROADMAP,
        _ if inner_type == "CatalogDifference" => DIFFERENCE,
        "placement" => 3 * ROADMAP,
        "saveRoadmap" | "updateRoadmap" | "replan" | "copyRoadmap" | "reopenStep" | "skipStep" => ROADMAP,
        "signUp" | "signIn" | "changePassword" | "deleteAccount" => PASSWORD,
        "compareRoadmaps" => return Cost::units(2 * ROADMAP).times(length(field, "inputs")),
        "catalogText" => TEXT,
        "export" | "exportMyData" | "choices" => SEARCH,
        "observed" => FORECAST,
        _ => 1,
    })
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
