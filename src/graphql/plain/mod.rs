//! What resolves without waiting, written straight as JSON.
//!
//! The engine gives each field a future and each answer a tree of values. That is right for fields that wait, and dear for the thousands of
//! names, levels and hours of a catalogue in memory. [`Plain`] walks the selection below it by itself, in one pass over one buffer.
//!
//! It does the easy part alone: whatever it can't write (a field that waits, an argument that is wrong) makes it leave the whole subtree to the
//! engine, which begins anew. So errors, null propagation and whatever else is delicate is in one place. What a field is stands once, in
//! [`plain_object!`], for both ways.

mod leaves;
mod object;
mod selected;

use std::borrow::Cow;

use async_graphql::parser::types::{Field, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerError, ServerResult, Value};

use crate::graphql::json_text::{AnswerRoom, JsonText};

pub(crate) use object::{plain_fields, plain_object, plain_union};
pub use selected::{Given, Needs, Selected};
pub(crate) use selected::{is_named, of_type};

/// The buffer of an answer to begin with, in bytes.
const CAPACITY: usize = 1 << 16;

/// There is no room in the answer for what was to be written.
struct TooLong;

/// What can be written without waiting.
pub trait Written: Send + Sync {
    /// What a selection asks for; `None` where something in it can't be written. Nothing for what has no fields.
    fn select(set: &SelectionSet, given: &Given<'_>) -> Option<Vec<Selected>>;

    /// Writes what was selected as JSON; `None` where an argument is wrong. What has been written by then is of no use.
    fn write(&self, selected: &[Selected], out: &mut JsonText) -> Option<()>;
}

/// What can be a root of what is written: it computes what is needed below it.
pub trait Prepare: Send + Sync {
    /// Computes what is needed; `None` where that failed. Most need nothing.
    fn prepare(&self, _: Needs) -> impl Future<Output = Option<()>> + Send {
        std::future::ready(Some(()))
    }
}

/// Writes its value at once where that is possible, and has it resolved by the engine where not. Of the same type in the schema.
pub struct Plain<T>(pub T);

impl<T: OutputType + Written + Prepare> OutputType for Plain<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self.written(ctx).await {
            // No type of the schema is binary, so what is says that it is JSON already.
            Some(Ok(json)) => Ok(Value::Binary(json.into())),
            // The answer says so itself.
            Some(Err(TooLong)) => Err(ServerError::new("The answer is too long.", Some(field.pos))),
            None => self.0.resolve(ctx, field).await,
        }
    }
}

impl<T: Written + Prepare> Plain<T> {
    async fn written(&self, ctx: &ContextSelectionSet<'_>) -> Option<Result<Vec<u8>, TooLong>> {
        let (selected, needs) = selected::<T>(ctx)?;
        self.0.prepare(needs).await?;
        let room: &AnswerRoom = ctx.data_opt()?;
        let mut out = JsonText::new(CAPACITY, room.left());
        let written = self.0.write(&selected, &mut out);
        if !out.is_too_long() {
            written?;
        }
        let part = out.finish();
        room.take(part.as_deref());
        Some(part.ok_or(TooLong))
    }
}

fn selected<T: Written>(ctx: &ContextSelectionSet<'_>) -> Option<(Vec<Selected>, Needs)> {
    let given = Given::new(ctx);
    Some((T::select(&ctx.item.node, &given)?, given.needs()))
}
