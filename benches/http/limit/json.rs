//! JSON written by hand into one buffer.

use std::io::Write as _;

use waymark::dates::to_date;
use waymark_planner::units::{Day, Hours};

/// Room for most answers, so that the buffer seldom grows.
const ROOM: usize = 64 << 10;

pub(crate) struct Json(Vec<u8>);

impl Json {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(ROOM))
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }

    /// What is JSON already.
    pub(crate) fn raw(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        // One pass that the compiler can vectorise; few texts have something to escape.
        if text.bytes().any(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
            return self.value(text);
        }
        self.raw("\"").raw(text).raw("\"")
    }

    pub(crate) fn hours(&mut self, hours: Hours) -> &mut Self {
        self.value(&hours.as_f64())
    }

    pub(crate) fn day(&mut self, day: Day) -> &mut Self {
        // Writing to a vector does not fail.
        let _ = write!(self.0, "\"{}\"", to_date(day));
        self
    }

    pub(crate) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut item: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        self.raw("[");
        for (position, next) in items.into_iter().enumerate() {
            if position > 0 {
                self.raw(",");
            }
            item(self, next);
        }
        self.raw("]")
    }

    /// Numbers, truth values and texts with something to escape.
    pub(crate) fn value<T: serde::Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        // Nothing in an answer is beyond JSON, and writing to a vector does not fail.
        let _ = serde_json::to_writer(&mut self.0, value);
        self
    }
}
