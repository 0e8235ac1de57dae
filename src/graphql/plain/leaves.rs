//! What has no fields, and what is made of others: lists, and what may be absent.

use async_graphql::ID;
use async_graphql::parser::types::SelectionSet;
use async_graphql::resolver_utils::EnumType;
use serde::Serialize;

use super::{Given, Prepare, Selected, Written};
use crate::graphql::json_text::JsonText;
use crate::graphql::scalars::{Date, Url};
use crate::graphql::types::{Proficiency, ResourceKind};

fn json(value: &(impl Serialize + ?Sized), out: &mut JsonText) -> Option<()> {
    serde_json::to_writer(out, value).ok()
}

/// Writes a text. Few have something to escape, and that is found in one pass, which looks at all bytes so that the compiler can vectorise it.
#[allow(clippy::needless_bitwise_bool)] // a condition that stops early can't be vectorised
fn text(value: &str, out: &mut JsonText) -> Option<()> {
    let is_escaped = |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\');
    if value.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
        return json(value, out);
    }
    out.reserve(value.len() + 2);
    out.push(b'"');
    out.extend_from_slice(value.as_bytes());
    out.push(b'"');
    Some(())
}

/// A leaf, written as a value that it has or is.
macro_rules! leaf {
    ($type:ty, $write:ident, $self:ident => $value:expr) => {
        impl Written for $type {
            fn select(_: &SelectionSet, _: &Given<'_>) -> Option<Vec<Selected>> {
                Some(Vec::new())
            }

            fn write(&$self, _: &[Selected], out: &mut JsonText) -> Option<()> {
                $write($value, out)
            }
        }
    };
}

leaf!(&str, text, self => self);
leaf!(String, text, self => self);
leaf!(i32, json, self => self);
leaf!(f64, json, self => self);
leaf!(bool, json, self => self);
leaf!(ID, text, self => self.as_str());
leaf!(Url, text, self => &self.0);
leaf!(Date, text, self => &self.to_string());
leaf!(Proficiency, name, self => *self);
leaf!(ResourceKind, name, self => *self);

fn name<E: EnumType>(value: E, out: &mut JsonText) -> Option<()> {
    let item = E::items().iter().find(|item| item.value == value)?;
    text(item.name, out)
}

impl<T: Written> Written for Option<T> {
    fn select(set: &SelectionSet, given: &Given<'_>) -> Option<Vec<Selected>> {
        T::select(set, given)
    }

    fn write(&self, selected: &[Selected], out: &mut JsonText) -> Option<()> {
        match self {
            Some(value) => value.write(selected, out),
            None => json(&(), out),
        }
    }
}

impl<T: Written> Written for async_graphql::Result<T> {
    fn select(set: &SelectionSet, given: &Given<'_>) -> Option<Vec<Selected>> {
        T::select(set, given)
    }

    fn write(&self, selected: &[Selected], out: &mut JsonText) -> Option<()> {
        self.as_ref().ok()?.write(selected, out)
    }
}

impl<T: Written> Written for Vec<T> {
    fn select(set: &SelectionSet, given: &Given<'_>) -> Option<Vec<Selected>> {
        T::select(set, given)
    }

    fn write(&self, selected: &[Selected], out: &mut JsonText) -> Option<()> {
        out.push(b'[');
        for (i, item) in self.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            if out.is_too_long() {
                return None;
            }
            item.write(selected, out)?;
        }
        out.push(b']');
        Some(())
    }
}

impl<T: Written> Prepare for Option<T> {}

impl<T: Written> Prepare for Vec<T> {}
