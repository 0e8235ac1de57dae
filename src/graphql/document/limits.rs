//! What a document asks for, counted before anything walks its expanded selections.
//!
//! Each fragment is counted once and its figures remembered, so the time is linear in the document, however often fragments are
//! spread. All sums saturate. What passes bounds the validation and the merging, which do walk: they visit each selection
//! as often as an operation reaches it.

use std::collections::HashMap;

use apollo_compiler::Node;
use apollo_compiler::ast::{
    Argument, Definition, Directive, Document, Field, FragmentDefinition, OperationDefinition, Selection,
    Value,
};
use async_graphql::{Name, Value as Json};

use crate::config::Limits;
use crate::graphql::Refused;
use crate::graphql::error::{ApiError, Code};

/// The most lists of types one inside the other that introspection answers, as graphql-js has it: circles through types and their
/// fields grow with each.
const INTROSPECTED_LISTS: u64 = 2;

/// The figures of an operation or a fragment, each thing counted as often as it is spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// The most fields one inside the other.
    depth: u64,
    fields: u64,
    /// Fields of the operation itself.
    roots: u64,
    aliases: u64,
    directives: u64,
    /// Fragments, by name or inline.
    fragments: u64,
    /// The most fragments one inside the other.
    nested: u64,
    /// Values of arguments, and directives.
    values: u64,
    /// The most lists of types one inside the other, if this is introspection.
    lists: u64,
    /// The same, of the introspection in it.
    introspected: u64,
}

impl Figures {
    /// For the answer's extensions.
    pub(super) fn values(self) -> [(Name, Json); 5] {
        [
            ("depth", self.depth),
            ("fields", self.fields),
            ("rootFields", self.roots),
            ("aliases", self.aliases),
            ("directives", self.directives),
        ]
        .map(|(name, figure)| (Name::new(name), figure.into()))
    }

    /// Adds what stands beside.
    fn add(&mut self, other: &Self) {
        self.depth = self.depth.max(other.depth);
        self.fields = self.fields.saturating_add(other.fields);
        self.roots = self.roots.saturating_add(other.roots);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.fragments = self.fragments.saturating_add(other.fragments);
        self.nested = self.nested.max(other.nested);
        self.values = self.values.saturating_add(other.values);
        self.lists = self.lists.max(other.lists);
        self.introspected = self.introspected.max(other.introspected);
    }

    fn add_directives(&mut self, directives: &[Node<Directive>]) {
        let count = directives.len() as u64;
        self.directives = self.directives.saturating_add(count);
        let values = directives.iter().map(|directive| values(&directive.arguments)).sum::<u64>();
        self.values = self.values.saturating_add(count).saturating_add(values);
    }

    /// As the content of a fragment.
    fn in_fragment(self) -> Self {
        Self { fragments: self.fragments.saturating_add(1), nested: self.nested.saturating_add(1), ..self }
    }
}

/// Counts the operations of a document, in order, and refuses it if it is larger than a limit allows.
pub(super) fn count(document: &Document, limits: &Limits) -> Result<Vec<Figures>, Refused> {
    let figures = Counter::of(document);
    let most = |figure: fn(&Figures) -> u64| figures.iter().map(figure).max().unwrap_or_default();
    let sum = |figure: fn(&Figures) -> u64| figures.iter().map(figure).fold(0, u64::saturating_add);
    within("levels", most(|one| one.depth), limits.depth)?;
    within("fields", sum(|one| one.fields), limits.fields)?;
    within("root fields", most(|one| one.roots), limits.root_fields)?;
    within("aliases", most(|one| one.aliases), limits.aliases)?;
    within("directives", most(|one| one.directives), limits.directives)?;
    within("fragments", sum(|one| one.fragments), limits.fragments)?;
    within("fragments inside one another", most(|one| one.nested), limits.nesting)?;
    within("values", sum(|one| one.values), limits.values)?;
    within("lists of types inside one another", most(|one| one.introspected), INTROSPECTED_LISTS)?;
    Ok(figures)
}

/// Refuses a figure beyond its limit.
pub(super) fn within(limit: &'static str, figure: u64, most: u64) -> Result<(), Refused> {
    if figure <= most {
        return Ok(());
    }
    let message = format!(
        "The document has {figure} {limit}, and at most {most} are answered: ask for less, or in several requests."
    );
    Err(ApiError::new(Code::QueryTooCostly, message)
        .with("limit", Json::from(limit))
        .with("most", Json::from(most))
        .with("figure", Json::from(figure))
        .into())
}

struct Counter<'a> {
    counted: HashMap<&'a str, Figures>,
}

impl<'a> Counter<'a> {
    fn of(document: &'a Document) -> Vec<Figures> {
        let mut fragments: HashMap<&str, &FragmentDefinition> = HashMap::new();
        let mut operations: Vec<&OperationDefinition> = Vec::new();
        for definition in &document.definitions {
            match definition {
                Definition::OperationDefinition(operation) => operations.push(operation),
                Definition::FragmentDefinition(fragment) => {
                    fragments.entry(fragment.name.as_str()).or_insert(fragment);
                }
                _ => {}
            }
        }
        let mut counter = Self { counted: HashMap::new() };
        for fragment in inner_first(&fragments) {
            let mut figures = counter.selection(&fragment.selection_set);
            figures.add_directives(&fragment.directives);
            counter.counted.insert(fragment.name.as_str(), figures);
        }
        let figures = operations.into_iter().map(|operation| {
            let mut figures = counter.selection(&operation.selection_set);
            figures.add_directives(&operation.directives);
            figures
        });
        figures.collect()
    }

    /// The fields of a selection stand in `roots`, those inside them don't.
    fn selection(&self, selections: &[Selection]) -> Figures {
        let mut figures = Figures::default();
        for selection in selections {
            let (own, directives) = match selection {
                Selection::Field(field) => (self.field(field), &field.directives),
                Selection::FragmentSpread(spread) => {
                    // A fragment that spreads itself has not been counted yet: the validation refuses it.
                    let inner = self.counted.get(spread.fragment_name.as_str()).copied();
                    (inner.unwrap_or_default().in_fragment(), &spread.directives)
                }
                Selection::InlineFragment(inline) => {
                    (self.selection(&inline.selection_set).in_fragment(), &inline.directives)
                }
            };
            figures.add(&own);
            figures.add_directives(directives);
        }
        figures
    }

    fn field(&self, field: &Field) -> Figures {
        let inner = self.selection(&field.selection_set);
        let is_list = matches!(&*field.name, "fields" | "interfaces" | "possibleTypes" | "inputFields");
        let lists = inner.lists.saturating_add(u64::from(is_list));
        let is_introspection = matches!(&*field.name, "__schema" | "__type");
        Figures {
            depth: inner.depth.saturating_add(1),
            fields: inner.fields.saturating_add(1),
            roots: 1,
            aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
            values: inner.values.saturating_add(values(&field.arguments)),
            lists,
            introspected: if is_introspection { lists } else { inner.introspected },
            ..inner
        }
    }
}

/// The number of values in some arguments, those inside lists and objects included.
fn values(arguments: &[Node<Argument>]) -> u64 {
    fn of(value: &Value) -> u64 {
        match value {
            Value::List(items) => 1 + items.iter().map(|item| of(item)).sum::<u64>(),
            Value::Object(fields) => 1 + fields.iter().map(|(_, field)| of(field)).sum::<u64>(),
            _ => 1,
        }
    }
    arguments.iter().map(|argument| of(&argument.value)).sum()
}

/// The fragments, each after all that it spreads, so that nothing recurses from fragment to fragment: a chain may have hundreds.
fn inner_first<'a>(fragments: &HashMap<&'a str, &'a FragmentDefinition>) -> Vec<&'a FragmentDefinition> {
    let mut ordered = Vec::with_capacity(fragments.len());
    let mut is_met: HashMap<&str, bool> = HashMap::new();
    let mut left: Vec<&FragmentDefinition> = fragments.values().copied().collect();
    while let Some(&fragment) = left.last() {
        // Met a second time, all that it spreads has been put in order.
        if let Some(is_ordered) = is_met.get_mut(fragment.name.as_str()) {
            left.pop();
            if !std::mem::replace(is_ordered, true) {
                ordered.push(fragment);
            }
            continue;
        }
        is_met.insert(fragment.name.as_str(), false);
        let mut spread = Vec::new();
        spreads(&fragment.selection_set, &mut spread);
        let inner = spread.into_iter().filter_map(|name| fragments.get(name).copied());
        left.extend(inner.filter(|inner| !is_met.contains_key(inner.name.as_str())));
    }
    ordered
}

fn spreads<'a>(selections: &'a [Selection], found: &mut Vec<&'a str>) {
    for selection in selections {
        match selection {
            Selection::Field(field) => spreads(&field.selection_set, found),
            Selection::InlineFragment(inline) => spreads(&inline.selection_set, found),
            Selection::FragmentSpread(spread) => found.push(spread.fragment_name.as_str()),
        }
    }
}
