//! What has no fields, and what is made of others: lists, and what may be absent.

use async_graphql::ID;
use async_graphql::parser::types::SelectionSet;
use async_graphql::resolver_utils::{EnumType, enum_value};
use serde::Serialize;

use super::{Given, Prepare, Selected, Written};
use crate::graphql::scalars::{Date, Url};
use crate::graphql::types::{Proficiency, ResourceKind};

fn json(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) -> Option<()> {
    serde_json::to_writer(out, value).ok()
}

/// A leaf, written as a value that it has or is.
macro_rules! leaf {
    ($type:ty, $self:ident => $value:expr) => {
        impl Written for $type {
            fn select(_: &SelectionSet, _: &Given<'_>) -> Option<Vec<Selected>> {
                Some(Vec::new())
            }

            fn write(&$self, _: &[Selected], out: &mut Vec<u8>) -> Option<()> {
                json($value, out)
            }
        }
    };
}

leaf!(&str, self => *self);
leaf!(String, self => self);
leaf!(i32, self => self);
leaf!(f64, self => self);
leaf!(bool, self => self);
leaf!(ID, self => self.as_str());
leaf!(Url, self => &self.0);
leaf!(Date, self => &self.to_string());
leaf!(Proficiency, self => &name(*self));
leaf!(ResourceKind, self => &name(*self));

fn name<E: EnumType>(value: E) -> async_graphql::Value {
    enum_value(value)
}

impl<T: Written> Written for Option<T> {
    fn select(set: &SelectionSet, given: &Given<'_>) -> Option<Vec<Selected>> {
        T::select(set, given)
    }

    fn write(&self, selected: &[Selected], out: &mut Vec<u8>) -> Option<()> {
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

    fn write(&self, selected: &[Selected], out: &mut Vec<u8>) -> Option<()> {
        self.as_ref().ok()?.write(selected, out)
    }
}

impl<T: Written> Written for Vec<T> {
    fn select(set: &SelectionSet, given: &Given<'_>) -> Option<Vec<Selected>> {
        T::select(set, given)
    }

    fn write(&self, selected: &[Selected], out: &mut Vec<u8>) -> Option<()> {
        out.push(b'[');
        for (i, item) in self.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            item.write(selected, out)?;
        }
        out.push(b']');
        Some(())
    }
}

impl<T: Written> Prepare for Option<T> {}

impl<T: Written> Prepare for Vec<T> {}
