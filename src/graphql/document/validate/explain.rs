//! apollo-compiler's diagnostics, told for people.
//!
//! The kind and the place of a diagnostic are what it gives away; whatever else the sentence needs is looked up at that place in the document
//! and in the schema. Names are repeated, values never.

use apollo_compiler::ast::DirectiveLocation;
use apollo_compiler::diagnostic::{Diagnostic, ToCliReport as _};
use apollo_compiler::executable::{ExecutableDocument, Field, Selection, SelectionSet};
use apollo_compiler::validation::{DiagnosticData, DiagnosticList};
use apollo_compiler::{Name, Node};

use super::at;
use crate::graphql::document::faults::{Fault, Faults, quoted};
use crate::graphql::document::model::Model;

/// Finds the words for a document's diagnostics.
pub(super) struct Explainer<'a> {
    pub(super) text: &'a str,
    /// What could be made of the document.
    pub(super) document: &'a ExecutableDocument,
    pub(super) model: &'a Model,
}

impl Explainer<'_> {
    /// Tells the diagnostics of some kinds.
    pub(super) fn tell(
        &self,
        diagnostics: &DiagnosticList,
        is_told: impl Fn(&str) -> bool,
        faults: &mut Faults,
    ) {
        for diagnostic in diagnostics.iter() {
            let kind = diagnostic.error.unstable_error_name().unwrap_or_default();
            if is_told(kind) && !faults.is_full() {
                let fault = self.fault(kind, &diagnostic, faults);
                faults.push(fault);
            }
        }
    }

    /// A diagnostic of a kind in our words.
    fn fault(&self, kind: &str, diagnostic: &Diagnostic<'_, DiagnosticData>, faults: &Faults) -> Fault {
        let span = diagnostic.error.location();
        let (start, end) = span.map_or((0, 0), |span| (span.offset(), span.end_offset()));
        let source = self.text.get(start..end).unwrap_or_default();
        let spot = Spot::of(self.document, start);
        Fault::new(start, self.words(kind, source, &spot, faults))
    }

    fn words(&self, kind: &str, source: &str, spot: &Spot<'_>, faults: &Faults) -> String {
        // What the span begins with; the name after the keyword where it is a definition.
        let name = quoted(first_name(source));
        match kind {
            "UndefinedField" => self.unknown_field(first_name(source), spot, faults),
            "SubselectionOnScalarType" | "SubselectionOnEnumType" => {
                format!(
                    "The field {} has no fields of its own: leave out the braces.",
                    quoted(field_name(source))
                )
            }
            "MissingSubselection" => {
                let name = field_name(source);
                format!("The field {0} has fields: say in braces which of them are wanted.", quoted(name))
            }
            "UndefinedArgument" => Self::unknown_argument(first_name(source), spot, faults),
            "RequiredArgument" => self.missing_argument(source, spot),
            "UniqueArgument" => format!("The argument {name} is given twice: give it once."),
            "UniqueVariable" => {
                format!("The variable {} is declared twice: declare it once.", variable(source))
            }
            "UnusedVariable" => format!("The variable {} is never used: leave it out.", variable(source)),
            "VariableInputType" => {
                let name = variable(source);
                format!(
                    "The variable {name} is of a type that can't be given: it must be a scalar, an enum or an input object."
                )
            }
            "UndefinedDefinition" => self.unknown_type(variable_type(source), faults),
            "UndefinedTypeInNamedFragmentTypeCondition" | "UndefinedTypeInInlineFragmentTypeCondition" => {
                self.unknown_type(source, faults)
            }
            "UndefinedDirective" => {
                let directives = self.model.schema.directive_definitions.keys().map(Name::as_str);
                format!(
                    "There is no directive {name}.{}",
                    faults.did_you_mean(first_name(source), directives)
                )
            }
            "UnsupportedLocation" => self.misplaced_directive(first_name(source)),
            "UniqueDirective" => format!("The directive {name} is given twice: give it once."),
            "UndefinedFragment" => {
                let fragments = self.document.fragments.keys().map(Name::as_str);
                format!("There is no fragment {name}.{}", faults.did_you_mean(first_name(source), fragments))
            }
            "UnusedFragment" => {
                format!("The fragment {} is never used: leave it out.", quoted(defined_name(source)))
            }
            "FragmentNameCollision" => {
                format!("There are two fragments {name}: give each a name of its own.")
            }
            "InvalidFragmentTarget" => {
                "A fragment is on an object, an interface or a union, and this is none.".to_owned()
            }
            "InvalidFragmentSpread" => {
                let parent = spot.parent.map_or(String::new(), |parent| format!(" {parent}"));
                format!("The fragment is on a type that{parent} can never be here: leave it out.")
            }
            "RecursiveFragmentDefinition" => {
                format!("The fragment {} spreads itself: it would have no end.", quoted(defined_name(source)))
            }
            "OperationNameCollision" => {
                format!("There are two operations {name}: give each a name of its own.")
            }
            "AmbiguousAnonymousOperation" => {
                "An operation without a name must be the only one of its document: give it a name.".to_owned()
            }
            "TypeSystemDefinition" => {
                "Definitions of types are not executed: send operations and fragments alone.".to_owned()
            }
            "ConflictingFieldName" | "ConflictingFieldArgument" | "ConflictingFieldType" => {
                let key = quoted(first_name(source));
                format!(
                    "The name {key} is used for different things here: give one of them another, as in other: {}.",
                    field_name(source)
                )
            }
            _ => "The document is not valid here.".to_owned(),
        }
    }

    fn unknown_field(&self, name: &str, spot: &Spot<'_>, faults: &Faults) -> String {
        let Some(parent) = spot.parent else { return format!("There is no field {}.", quoted(name)) };
        let definition = self.model.type_named(parent);
        let fields = definition.map_or_else(Vec::new, |definition| match definition {
            apollo_compiler::schema::ExtendedType::Object(of) => of.fields.keys().collect(),
            apollo_compiler::schema::ExtendedType::Interface(of) => of.fields.keys().collect(),
            _ => Vec::new(),
        });
        let near = faults.did_you_mean(name, fields.into_iter().map(Name::as_str));
        format!("{parent} has no field {}.{near}", quoted(name))
    }

    fn unknown_argument(name: &str, spot: &Spot<'_>, faults: &Faults) -> String {
        let is_of = |field: &&Node<Field>| field.arguments.iter().any(|argument| at(argument) == spot.at);
        match spot.field.filter(is_of) {
            Some(field) => {
                let arguments = field.definition.arguments.iter().map(|argument| argument.name.as_str());
                let near = faults.did_you_mean(name, arguments);
                format!("The field {} has no argument {}.{near}", quoted(&field.name), quoted(name))
            }
            None => format!("The directive has no argument {}.", quoted(name)),
        }
    }

    fn missing_argument(&self, source: &str, spot: &Spot<'_>) -> String {
        let (owner, definitions, given) = if source.starts_with('@') {
            let name = first_name(source);
            let definition = self.model.schema.directive_definitions.get(name);
            (format!("directive {}", quoted(name)), definition.map(|of| &of.arguments[..]), &[][..])
        } else {
            let field = spot.field;
            let name = field.map_or("", |field| field.name.as_str());
            let definitions = field.map(|field| &field.definition.arguments[..]);
            (
                format!("field {}", quoted(name)),
                definitions,
                field.map_or(&[][..], |field| &field.arguments[..]),
            )
        };
        let missing = definitions.unwrap_or_default().iter().filter(|definition| {
            let argument = given.iter().find(|argument| argument.name == definition.name);
            definition.is_required() && argument.is_none_or(|argument| argument.value.is_null())
        });
        let missing: Vec<String> = missing.map(|one| format!("\"{}\" ({})", one.name, one.ty)).collect();
        format!("The {owner} needs its argument {}.", missing.join(" and "))
    }

    fn unknown_type(&self, name: &str, faults: &Faults) -> String {
        let types = self.model.schema.types.keys().map(Name::as_str);
        let near = faults.did_you_mean(name, types.filter(|name| !name.starts_with("__")));
        format!("There is no type {}.{near}", quoted(name))
    }

    fn misplaced_directive(&self, name: &str) -> String {
        let definition = self.model.schema.directive_definitions.get(name);
        let places = definition.map_or(&[][..], |definition| &definition.locations);
        if places.contains(&DirectiveLocation::Field) {
            return format!(
                "The directive {} belongs to a field or a fragment's use, and this is neither.",
                quoted(name)
            );
        }
        format!("The directive {} belongs to the schema, not to documents.", quoted(name))
    }
}

/// The place of an offset.
struct Spot<'a> {
    at: usize,
    /// The type whose fields are selected there.
    parent: Option<&'a str>,
    /// The field whose name, arguments or directives are there.
    field: Option<&'a Node<Field>>,
}

impl<'a> Spot<'a> {
    fn of(document: &'a ExecutableDocument, at: usize) -> Self {
        let mut spot = Self { at, parent: None, field: None };
        let operation = document.operations.iter().find(|operation| is_in(operation, at));
        let fragment = document.fragments.values().find(|fragment| is_in(fragment, at));
        let set = operation.map(|of| &of.selection_set).or_else(|| fragment.map(|of| &of.selection_set));
        if let Some(set) = set {
            spot.narrow(set);
        }
        spot
    }

    fn narrow(&mut self, set: &'a SelectionSet) {
        (self.parent, self.field) = (Some(set.ty.as_str()), None);
        for selection in &set.selections {
            match selection {
                Selection::Field(field) if is_in(field, self.at) => {
                    if self.at < end_of_head(field) {
                        self.field = Some(field);
                    } else {
                        self.narrow(&field.selection_set);
                    }
                    return;
                }
                Selection::InlineFragment(inline) if is_in(inline, self.at) && at(inline) < self.at => {
                    return self.narrow(&inline.selection_set);
                }
                _ => {}
            }
        }
    }
}

fn is_in<T>(node: &Node<T>, at: usize) -> bool {
    node.location().is_some_and(|span| (span.offset()..span.end_offset()).contains(&at))
}

/// Where a field's name, arguments and directives end.
fn end_of_head(field: &Node<Field>) -> usize {
    let name = field.name.location().map_or(0, |span| span.end_offset());
    let arguments = field.arguments.iter().filter_map(Node::location).map(|span| span.end_offset());
    let directives = field.directives.iter().filter_map(Node::location).map(|span| span.end_offset());
    arguments.chain(directives).fold(name, usize::max)
}

/// The first name in some source, without what it is marked with.
fn first_name(source: &str) -> &str {
    let source = source.trim_start_matches(|c: char| !is_of_name(c));
    source.split(|c: char| !is_of_name(c)).next().unwrap_or_default()
}

/// The name after the keyword of a definition.
fn defined_name(source: &str) -> &str {
    let keyword = first_name(source).len();
    first_name(source.get(keyword..).unwrap_or_default())
}

/// The name of a field, whose alias may stand before it.
fn field_name(source: &str) -> &str {
    let alias = first_name(source);
    let rest = source.get(alias.len()..).unwrap_or_default().trim_start();
    rest.strip_prefix(':').map_or(alias, first_name)
}

/// The name of a variable, with its mark.
fn variable(source: &str) -> String {
    quoted(&format!("${}", first_name(source)))
}

/// The name of the type in a variable's declaration.
fn variable_type(source: &str) -> &str {
    source.split_once(':').map_or("", |(_, ty)| first_name(ty))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
