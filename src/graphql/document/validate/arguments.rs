//! Whether arguments of one field under one response key are the same, as graphql-js compares them: lists of other lengths differ, and
//! so do a string in one pair of quotes and one in three on each side. apollo-compiler takes both for the same, so it is asked a second
//! time about a document in which such values carry what it overlooks.

use apollo_compiler::ast::{Definition, Document, Selection, Value};
use apollo_compiler::{ExecutableDocument, Node, Schema, validation::Valid};

use super::at;

/// The kind of the diagnostic that says so.
pub(super) const KIND: &str = "ConflictingFieldArgument";

/// What is wrong with a document whose values carry what distinguishes them. The values no longer fit their types: only
/// diagnostics of [`KIND`] mean something.
pub(super) fn marked(
    text: &str,
    document: &Document,
    schema: &Valid<Schema>,
) -> Option<apollo_compiler::validation::WithErrors<ExecutableDocument>> {
    let mut marker = Marker { text, lists: 0, blocks: 0 };
    let mut document = document.clone();
    for definition in &mut document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                marker.selection(&mut operation.make_mut().selection_set);
            }
            Definition::FragmentDefinition(fragment) => {
                marker.selection(&mut fragment.make_mut().selection_set);
            }
            _ => {}
        }
    }
    // A list alone has no other to differ from.
    let may_differ = marker.lists > 1 || marker.blocks > 0;
    if may_differ { document.to_executable_validate(schema).err() } else { None }
}

struct Marker<'a> {
    text: &'a str,
    /// Lists and block strings that were marked.
    lists: usize,
    blocks: usize,
}

impl Marker<'_> {
    fn selection(&mut self, selections: &mut [Selection]) {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    let field = field.make_mut();
                    for argument in &mut field.arguments {
                        self.value(&mut argument.make_mut().value);
                    }
                    self.selection(&mut field.selection_set);
                }
                Selection::InlineFragment(inline) => self.selection(&mut inline.make_mut().selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// A list begins with its length, and a block string is a list whose first item is none of a length.
    fn value(&mut self, value: &mut Node<Value>) {
        let start = at(value);
        match &**value {
            Value::List(_) | Value::Object(_) => {}
            Value::String(_) if self.text.get(start..).is_some_and(|text| text.starts_with("\"\"\"")) => {}
            _ => return,
        }
        match value.make_mut() {
            Value::List(items) => {
                self.lists += 1;
                for item in items.iter_mut() {
                    self.value(item);
                }
                items.insert(0, Value::String(items.len().to_string()).into());
            }
            Value::Object(fields) => fields.iter_mut().for_each(|(_, field)| self.value(field)),
            string => {
                self.blocks += 1;
                let text = std::mem::replace(string, Value::Null);
                *string = Value::List(vec![Value::Boolean(true).into(), text.into()]);
            }
        }
    }
}
