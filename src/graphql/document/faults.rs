//! What is wrong with a request, collected for the person who sent it.

use async_graphql::{Error, Pos, ServerError, Value};

use super::positions::Positions;
use crate::catalog::nearest::nearest;
use crate::graphql::Refused;
use crate::graphql::error::{ApiError, Code, MOST_ERRORS, capped};

/// The most characters of the input that a message repeats.
const LONGEST: usize = 100;
/// The most faults that are kept until they are in order; further ones are only counted.
const KEPT: usize = 200;

/// Something wrong in a document, by the offset where it stands.
#[derive(Debug)]
pub(super) struct Fault {
    at: usize,
    message: String,
    extension: Option<(&'static str, Value)>,
}

impl Fault {
    pub(super) fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), extension: None }
    }

    /// Adds a datum to the error's extensions.
    pub(super) fn with(self, name: &'static str, value: impl Into<Value>) -> Self {
        Self { extension: Some((name, value.into())), ..self }
    }

    fn into_error(self, at: Pos) -> ServerError {
        let error = ApiError::new(Code::BadUserInput, self.message);
        let error = match self.extension {
            Some((name, value)) => error.with(name, value),
            None => error,
        };
        Error::from(error).into_server_error(at)
    }
}

/// Faults as they are found.
#[derive(Debug)]
pub(super) struct Faults {
    found: Vec<Fault>,
    /// Faults beside those.
    more: usize,
    /// Whether a misspelt name is answered with the nearest one of the schema.
    suggests: bool,
}

impl Faults {
    pub(super) const fn new(suggests: bool) -> Self {
        Self { found: Vec::new(), more: 0, suggests }
    }

    pub(super) fn push(&mut self, fault: Fault) {
        if !self.is_full() {
            self.found.push(fault);
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Counts a fault that there is no room for, so that its message need not be written.
    pub(super) fn is_full(&mut self) -> bool {
        let is_full = self.found.len() >= KEPT;
        self.more += usize::from(is_full);
        is_full
    }

    /// A question after the nearest of some names, if there is one and it may be told.
    pub(super) fn did_you_mean<'a>(&self, name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
        // Of many faults few are told: the others are not worth a search.
        let is_worth_it = self.suggests && self.found.len() < MOST_ERRORS;
        let near = if is_worth_it { nearest(name, names) } else { None };
        near.map_or_else(String::new, |near| format!(" Did you mean \"{near}\"?"))
    }

    /// Refuses a text with all that was found, in its order and each once; with nothing found it passes.
    pub(super) fn into_result(mut self, text: &str) -> Result<(), Refused> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort_by(|a, b| (a.at, &a.message).cmp(&(b.at, &b.message)));
        self.found.dedup_by(|a, b| (a.at, &a.message) == (b.at, &b.message));
        let positions = Positions::of(text);
        let errors = self.found.into_iter().map(|fault| {
            let at = positions.at(fault.at);
            fault.into_error(at)
        });
        Err(Refused { errors: capped(errors.collect(), self.more), operation_name: None })
    }
}

/// Some input as a message repeats it: cut if it is long.
pub(super) fn shown(input: &str) -> String {
    let mut characters = input.chars();
    let kept: String = characters.by_ref().take(LONGEST).collect();
    let rest = if characters.next().is_some() { "…" } else { "" };
    format!("{kept}{rest}")
}

/// The same in quotes.
pub(super) fn quoted(input: &str) -> String {
    format!("\"{}\"", shown(input))
}
