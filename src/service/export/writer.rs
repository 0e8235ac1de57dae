//! JSON, indented as `serde_json` indents it, that is handed over piece by piece while it is written.

use std::future::Future;

use serde::Serialize;

use super::Unfinished;
use crate::service::Lost;

/// The bytes of a piece; the last one may have fewer.
const PIECE: usize = 32 << 10;
const INDENT: &[u8] = b"  ";

/// Takes the pieces of a text in their order.
pub trait Sink: Send {
    /// Takes the next piece. The text is not written any further before that is done.
    fn take(&mut self, piece: Vec<u8>) -> impl Future<Output = Result<(), Stopped>> + Send;
}

/// The rest of a text is not wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// Writes one JSON text.
pub(super) struct Writer<'a, S> {
    sink: &'a mut S,
    buffer: Vec<u8>,
    /// For each bracket that is open, whether something stands in it.
    open: Vec<bool>,
}

impl<'a, S: Sink> Writer<'a, S> {
    pub(super) const fn new(sink: &'a mut S) -> Self {
        Self { sink, buffer: Vec::new(), open: Vec::new() }
    }

    /// Opens an object or an array, where a value goes.
    pub(super) fn open(&mut self, bracket: char) {
        self.buffer.push(bracket as u8);
        self.open.push(false);
    }

    /// Closes the object or array that was opened last.
    pub(super) fn close(&mut self, bracket: char) {
        if self.open.pop() == Some(true) {
            self.new_line();
        }
        self.buffer.push(bracket as u8);
    }

    /// Goes on to the next element of an array, or member of an object.
    pub(super) fn element(&mut self) {
        if let Some(is_filled) = self.open.last_mut()
            && std::mem::replace(is_filled, true)
        {
            self.buffer.push(b',');
        }
        self.new_line();
    }

    /// Begins the next member of an object. Its name has nothing that would have to be escaped.
    pub(super) fn key(&mut self, name: &str) {
        self.element();
        self.buffer.push(b'"');
        self.buffer.extend(name.as_bytes());
        self.buffer.extend(b"\": ");
    }

    /// Writes a member of an object.
    pub(super) fn member(&mut self, name: &str, value: &impl Serialize) -> Result<(), Lost> {
        self.key(name);
        self.value(value)
    }

    /// Writes a value where one goes.
    pub(super) fn value(&mut self, value: &impl Serialize) -> Result<(), Lost> {
        let text = serde_json::to_vec_pretty(value).map_err(|error| {
            tracing::error!(%error, "a learner's data can't be written as JSON");
            Lost::Fault
        })?;
        // A line break in a text is escaped, so those that there are end lines.
        for (number, line) in text.split(|&byte| byte == b'\n').enumerate() {
            if number > 0 {
                self.new_line();
            }
            self.buffer.extend(line);
        }
        Ok(())
    }

    /// Hands over all whole pieces.
    pub(super) async fn hand_over(&mut self) -> Result<(), Stopped> {
        while self.buffer.len() >= PIECE {
            let rest = self.buffer.split_off(PIECE);
            self.sink.take(std::mem::replace(&mut self.buffer, rest)).await?;
        }
        Ok(())
    }

    /// Hands over what is left.
    pub(super) async fn finish(mut self) -> Result<(), Unfinished> {
        self.hand_over().await?;
        Ok(self.sink.take(self.buffer).await?)
    }

    fn new_line(&mut self) {
        self.buffer.push(b'\n');
        for _ in &self.open {
            self.buffer.extend(INDENT);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    struct Pieces(Vec<Vec<u8>>);

    impl Sink for Pieces {
        async fn take(&mut self, piece: Vec<u8>) -> Result<(), Stopped> {
            self.0.push(piece);
            Ok(())
        }
    }

    /// Writes the members of an object; the elements of arrays one by one.
    async fn write(value: &Value) -> Vec<Vec<u8>> {
        let mut pieces = Pieces(Vec::new());
        let mut out = Writer::new(&mut pieces);
        out.open('{');
        for (name, value) in value.as_object().unwrap() {
            out.key(name);
            let Some(items) = value.as_array() else {
                out.value(value).unwrap();
                continue;
            };
            out.open('[');
            for item in items {
                out.element();
                out.value(item).unwrap();
                out.hand_over().await.unwrap();
            }
            out.close(']');
        }
        out.close('}');
        out.finish().await.unwrap();
        pieces.0
    }

    #[tokio::test]
    async fn text_is_what_serde_json_writes() {
        let nested = json!({ "a": [1, { "b": [], "c": {} }], "text": "two\nlines, \"quoted\"" });
        for value in [json!({}), json!({ "a": [] }), json!({ "a": [nested, nested], "b": nested, "c": null })]
        {
            let written = write(&value).await.concat();
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string_pretty(&value).unwrap());
        }
    }

    #[tokio::test]
    async fn pieces_are_never_larger_than_they_may_be() {
        let rows: Vec<_> = (0..100).map(|row| json!({ "text": "x".repeat(row * 1_000) })).collect();
        let pieces = write(&json!({ "rows": rows })).await;
        assert!(pieces.len() > 100);
        let (last, whole) = pieces.split_last().unwrap();
        assert!(whole.iter().all(|piece| piece.len() == PIECE) && last.len() <= PIECE);
    }
}
