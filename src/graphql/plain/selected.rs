//! A selection, looked up once for all the objects that it is asked of.

use std::borrow::Cow;
use std::cell::Cell;

use async_graphql::parser::types::{Field, Selection, SelectionSet};
use async_graphql::{ContextSelectionSet, InputType, Name, OutputType, Positioned, Value, Variables};

use crate::graphql::document::resolved;
use crate::graphql::json_text::JsonText;

/// A field that is asked for.
pub struct Selected {
    /// What it begins with: a comma, the response key as JSON with its colon, and for `__typename` its value too.
    begins: Vec<u8>,
    /// Its number among the fields of its type; `None` for `__typename`.
    field: Option<usize>,
    arguments: Vec<(Name, Value)>,
    inner: Vec<Selected>,
}

impl Selected {
    /// The fields of a selection on an object type. `find` knows the number of a field, and what is selected inside it.
    pub(crate) fn all<T: OutputType>(
        set: &SelectionSet,
        given: &Given<'_>,
        find: impl Fn(&str, &SelectionSet) -> Option<(usize, Vec<Self>)>,
    ) -> Option<Vec<Self>> {
        let of_item = |item: &Positioned<Selection>| match &item.node {
            Selection::Field(field) => Self::one::<T>(&field.node, given, &find),
            // Fragments have been put where they are spread: what is left is of another type.
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
        };
        set.items.iter().map(of_item).collect()
    }

    fn one<T: OutputType>(
        field: &Field,
        given: &Given<'_>,
        find: &impl Fn(&str, &SelectionSet) -> Option<(usize, Vec<Self>)>,
    ) -> Option<Self> {
        if !field.directives.is_empty() {
            return None;
        }
        let mut begins = vec![b','];
        serde_json::to_writer(&mut begins, field.response_key().node.as_str()).ok()?;
        begins.push(b':');
        if field.name.node == "__typename" {
            serde_json::to_writer(&mut begins, &T::type_name()).ok()?;
            return Some(Self { begins, field: None, arguments: Vec::new(), inner: Vec::new() });
        }
        let (number, inner) = find(&field.name.node, &field.selection_set.node)?;
        let arguments = field
            .arguments
            .iter()
            .filter_map(|(name, value)| Some((name.node.clone(), resolved(&value.node, given.variables)?)));
        Some(Self { begins, field: Some(number), arguments: arguments.collect(), inner })
    }

    /// What is selected of one type of an abstract one.
    pub(crate) const fn of_type(inner: Vec<Self>) -> Self {
        Self { begins: Vec::new(), field: None, arguments: Vec::new(), inner }
    }

    /// What is selected inside it.
    pub(crate) fn inner(&self) -> &[Self] {
        &self.inner
    }

    /// An argument of its field; `None` where it is wrong.
    pub(crate) fn argument<T: InputType>(&self, name: &str) -> Option<T> {
        let value =
            self.arguments.iter().find(|(own, _)| own.as_str() == name).map(|(_, value)| value.clone());
        T::parse(value).ok()
    }

    /// Writes an object of the selected fields; `write` writes the value of the field of a number.
    pub(crate) fn write_all(
        selected: &[Self],
        out: &mut JsonText,
        write: impl Fn(usize, &Self, &mut JsonText) -> Option<()>,
    ) -> Option<()> {
        out.push(b'{');
        for (i, one) in selected.iter().enumerate() {
            // The first without its comma.
            out.extend_from_slice(&one.begins[usize::from(i == 0)..]);
            if let Some(field) = one.field {
                write(field, one, out)?;
            }
        }
        out.push(b'}');
        Some(())
    }
}

/// The values of the variables.
pub struct Given<'a> {
    variables: &'a Variables,
    needs: Cell<Needs>,
}

/// What must be computed before a selection can be written, by numbers that the type at its root gives.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs(u32);

impl Needs {
    pub(crate) const fn has(self, number: u32) -> bool {
        self.0 & (1 << number) != 0
    }
}

impl<'a> Given<'a> {
    pub(crate) fn new(ctx: &ContextSelectionSet<'a>) -> Self {
        Self { variables: &ctx.query_env.variables, needs: Cell::default() }
    }

    /// Notes that something must be computed first.
    pub(crate) fn need(&self, number: u32) {
        self.needs.set(Needs(self.needs.get().0 | 1 << number));
    }

    /// All that must be computed first.
    pub(super) const fn needs(&self) -> Needs {
        self.needs.get()
    }
}

/// The part of a selection on an abstract type that is for one of its types.
pub(crate) fn of_type<'a>(set: &'a SelectionSet, type_name: &str) -> Cow<'a, SelectionSet> {
    let is_for = |item: &&'a Positioned<Selection>| match &item.node {
        Selection::InlineFragment(fragment) => {
            let condition = fragment.node.type_condition.as_ref();
            condition.is_some_and(|on| on.node.on.node == type_name)
        }
        _ => false,
    };
    let has_fragments = set.items.iter().any(|item| !matches!(item.node, Selection::Field(_)));
    match set.items.iter().find(is_for).map(|item| &item.node) {
        Some(Selection::InlineFragment(fragment)) => Cow::Borrowed(&fragment.node.selection_set.node),
        // For each of the types that are asked for there is a fragment: this is none of them.
        _ if has_fragments => Cow::Owned(SelectionSet::default()),
        _ => Cow::Borrowed(set),
    }
}

/// Whether a field's name in the schema is that of a function: `totalCount` is `total_count`.
pub(crate) fn is_named(field: &str, function: &str) -> bool {
    // What would be a keyword in Rust has a prefix there.
    let function = function.strip_prefix("r#").unwrap_or(function);
    let mut letters = field.bytes();
    let mut is_upper = false;
    for byte in function.bytes() {
        if byte == b'_' {
            is_upper = true;
            continue;
        }
        let expected = if is_upper { byte.to_ascii_uppercase() } else { byte };
        is_upper = false;
        if letters.next() != Some(expected) {
            return false;
        }
    }
    letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn fields_are_named_as_their_functions_in_camel_case() {
        for (field, function) in
            [("slug", "slug"), ("totalCount", "total_count"), ("anyOfThem", "any_of_them")]
        {
            assert!(is_named(field, function), "{field}");
        }
        for (field, function) in [
            ("slu", "slug"),
            ("slugs", "slug"),
            ("total_count", "total_count"),
            ("totalcount", "total_count"),
        ] {
            assert!(!is_named(field, function), "{field}");
        }
    }
}
