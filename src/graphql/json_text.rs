//! JSON of an answer, written up to the length that an answer may have.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// JSON under construction. The writers of lists look before each item whether it is too long, and stop then: a text that is too long is
/// thrown away.
#[derive(Debug)]
pub struct JsonText {
    bytes: Vec<u8>,
    most: usize,
}

impl JsonText {
    /// Nothing yet, with room for so many bytes to begin with, and to be at most so long.
    pub(super) fn new(capacity: usize, most: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity.min(most)), most }
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(crate) fn extend_from_slice(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve(bytes);
    }

    pub(crate) const fn is_too_long(&self) -> bool {
        self.bytes.len() > self.most
    }

    /// The text; `None` where it is too long.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (!self.is_too_long()).then_some(self.bytes)
    }
}

impl io::Write for JsonText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes that are left for the parts of one answer. A clone is another handle to the same.
#[derive(Clone, Debug)]
pub(super) struct AnswerRoom(Arc<Room>);

#[derive(Debug)]
struct Room {
    most: usize,
    taken: AtomicUsize,
}

impl AnswerRoom {
    pub(super) fn new(most: usize) -> Self {
        Self(Arc::new(Room { most, taken: AtomicUsize::new(0) }))
    }

    /// The most bytes of the whole answer.
    pub(super) fn most(&self) -> usize {
        self.0.most
    }

    pub(super) fn left(&self) -> usize {
        self.0.most.saturating_sub(self.0.taken.load(Ordering::Relaxed))
    }

    /// Takes what a part has. A part that is too long takes all.
    pub(super) fn take(&self, part: Option<&[u8]>) {
        let bytes = part.map_or(self.0.most + 1, <[u8]>::len);
        self.0.taken.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Whether the parts are longer together than the answer may be.
    pub(super) fn is_exceeded(&self) -> bool {
        self.0.taken.load(Ordering::Relaxed) > self.0.most
    }
}
