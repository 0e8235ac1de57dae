//! What a document asks for, counted over its expanded selection.
//!
//! Each fragment is counted once and its figures remembered, so the time is linear in the document, however often fragments are spread.
//! All sums saturate.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Value, Variables};

use super::types::Types;
use super::{given, root_type};
use crate::config::Limits;

/// Items of a page whose size is not named.
const PAGE: u64 = 20;
/// Items of a list that has no pages: levels, alternatives, milestones.
const LIST: u64 = 5;
/// What a plan costs, in fields: measured on the embedded catalogue.
const ROADMAP: u64 = 2_000;
/// What a roadmap's further searches and its texts cost.
const SEARCH: u64 = 1_000;

/// What the futures of a forecast cost.
const FORECAST: u64 = 2_000;
/// What two catalogues cost that are read and compared.
const DIFFERENCE: u64 = 20_000;
/// What a catalogue costs that is written as a text, which is most of an answer.
const TEXT: u64 = 100_000;
/// What hashing a password costs.
const PASSWORD: u64 = 2_000;

/// The figures of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bill {
    /// The most fields one inside the other.
    pub(crate) depth: u64,
    /// Fields, each as often as it is spread.
    pub(crate) fields: u64,
    /// Fields of the operation itself.
    pub(crate) roots: u64,
    /// Aliases, each as often as it is spread.
    pub(crate) aliases: u64,
    /// Directives, each as often as they are spread.
    pub(crate) directives: u64,
    /// Fields weighed by the lists that they are in and by what computing them costs.
    pub(crate) cost: u64,
}

impl Bill {
    /// Each figure with its name and its limit.
    pub(super) fn figures(&self, limits: &Limits) -> [(&'static str, u64, u64); 6] {
        [
            ("levels", self.depth, limits.depth),
            ("fields", self.fields, limits.fields),
            ("root fields", self.roots, limits.root_fields),
            ("aliases", self.aliases, limits.aliases),
            ("directives", self.directives, limits.directives),
            ("units of cost", self.cost, limits.cost),
        ]
    }

    /// For the answer's extensions.
    pub(crate) fn to_value(self) -> Value {
        let Self { depth, fields, roots, aliases, directives, cost } = self;
        let figures = [
            ("depth", depth),
            ("fields", fields),
            ("rootFields", roots),
            ("aliases", aliases),
            ("directives", directives),
            ("cost", cost),
        ];
        Value::Object(figures.into_iter().map(|(name, figure)| (Name::new(name), figure.into())).collect())
    }

    fn add(&mut self, other: &Self) {
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.roots = self.roots.saturating_add(other.roots);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.cost = self.cost.saturating_add(other.cost);
    }
}

/// The bill of an operation.
pub(super) fn of(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    types: &Types,
) -> Bill {
    let mut counter = Counter { document, operation, variables, types, fragments: HashMap::new() };
    let mut bill = counter.selection(&operation.selection_set.node, root_type(operation.ty));
    bill.directives = bill.directives.saturating_add(operation.directives.len() as u64);
    bill
}

/// How many items a list of the introspection has about, which the schema's own language does not tell: circles through types and their
/// fields grow as fast as any other.
fn introspected(field: &str) -> u64 {
    match field {
        "types" => 60,
        "fields" | "inputFields" | "enumValues" | "possibleTypes" => 8,
        "args" | "interfaces" | "directives" => 3,
        _ => 1,
    }
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    types: &'a Types,
    /// `None` while a fragment is being counted: one that spreads itself adds nothing, and the validation refuses it.
    fragments: HashMap<&'a Name, Option<Bill>>,
}

impl<'a> Counter<'a> {
    /// The fields of a selection stand in `roots`, those inside them don't.
    fn selection(&mut self, set: &'a SelectionSet, parent: &str) -> Bill {
        let mut bill = Bill::default();
        for item in &set.items {
            let own = match &item.node {
                Selection::Field(field) => self.field(&field.node, parent),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|on| on.node.on.node.as_str());
                    self.selection(&fragment.node.selection_set.node, condition.unwrap_or(parent))
                }
            };
            bill.add(&own);
            bill.directives = bill.directives.saturating_add(item.node.directives().len() as u64);
        }
        bill
    }

    fn fragment(&mut self, name: &'a Name) -> Bill {
        if let Some(counted) = self.fragments.get(name) {
            return counted.unwrap_or_default();
        }
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else {
            return Bill::default();
        };
        self.fragments.insert(name, None);
        let condition = fragment.node.type_condition.node.on.node.as_str();
        let bill = self.selection(&fragment.node.selection_set.node, condition);
        self.fragments.insert(name, Some(bill));
        bill
    }

    fn field(&mut self, field: &'a Field, parent: &str) -> Bill {
        let target = self.types.target(parent, field.name.node.as_str()).cloned();
        let inner_type = target.as_ref().map_or(String::new(), |target| target.type_name.clone());
        let inner = self.selection(&field.selection_set.node, &inner_type);
        let times = match target {
            Some(target) => self.items(field, target.is_list),
            None => introspected(field.name.node.as_str()),
        };
        Bill {
            depth: inner.depth.saturating_add(1),
            fields: inner.fields.saturating_add(1),
            roots: 1,
            aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
            directives: inner.directives,
            cost: self.price(field, &inner_type).saturating_add(inner.cost.saturating_mul(times)),
        }
    }

    /// How often what is inside a field is answered.
    fn items(&self, field: &Field, is_list: bool) -> u64 {
        let page = ["first", "last"].into_iter().find_map(|name| self.number(field, name));
        match (page, field.name.node.as_str()) {
            (Some(page), _) => page,
            (None, "nodes") if self.argument(field, "ids").is_some() => self.length(field, "ids"),
            // A connection's items are counted at the connection, whose argument tells how many.
            (None, "nodes" | "edges") => 1,
            (None, "compareRoadmaps") => self.length(field, "inputs"),
            (None, _) if is_list => LIST,
            (
                None,
                "topics" | "steps" | "resources" | "search" | "skills" | "roadmaps" | "versions" | "studyLog",
            ) => PAGE,
            (None, _) => 1,
        }
    }

    /// What computing the field itself costs, which leads to a type.
    fn price(&self, field: &Field, inner_type: &str) -> u64 {
        match field.name.node.as_str() {
            _ if inner_type == "Roadmap" => ROADMAP,
            _ if inner_type == "CatalogDifference" => DIFFERENCE,
            "placement" => ROADMAP.saturating_mul(3),
            "saveRoadmap" | "updateRoadmap" | "replan" | "copyRoadmap" | "reopenStep" | "skipStep" => ROADMAP,
            "signUp" | "signIn" | "changePassword" | "deleteAccount" => PASSWORD,
            "compareRoadmaps" => ROADMAP.saturating_mul(2).saturating_mul(self.length(field, "inputs")),
            "catalogText" => TEXT,
            "export" | "exportMyData" | "choices" => SEARCH,
            "observed" => FORECAST,
            _ => 1,
        }
    }

    fn number(&self, field: &Field, name: &str) -> Option<u64> {
        match self.argument(field, name)? {
            Value::Number(number) => Some(number.as_u64().unwrap_or(0)),
            _ => None,
        }
    }

    fn length(&self, field: &Field, name: &str) -> u64 {
        match self.argument(field, name) {
            Some(Value::List(items)) => items.len() as u64,
            _ => 1,
        }
    }

    /// An argument's value, that of a variable where it is one.
    fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let (_, value) = field.arguments.iter().find(|(own, _)| own.node.as_str() == name)?;
        value.node.clone().into_const_with(given(self.operation, self.variables)).ok()
    }
}
