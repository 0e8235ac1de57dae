//! What names a resource in the world, and who confirmed that it is where it is said to be.

use crate::units::Day;

/// The names under which the world knows a resource, beside its address. Their forms are not checked here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// International standard book number, 13 digits.
    pub isbn: Option<Box<str>>,
    /// Digital object identifier, such as `10.1145/359545.359563`.
    pub doi: Option<Box<str>>,
    /// The number on arXiv, such as `1811.09676`.
    pub arxiv: Option<Box<str>>,
    /// The number of a standard with its series, such as `RFC 9110`.
    pub standard: Option<Box<str>>,
}

impl Identifiers {
    /// The keys in files, in their order, with the values.
    pub fn named(&self) -> [(&'static str, Option<&str>); 4] {
        let Self { isbn, doi, arxiv, standard } = self;
        [("isbn", isbn), ("doi", doi), ("arxiv", arxiv), ("standard", standard)]
            .map(|(name, value)| (name, value.as_deref()))
    }
}

/// Who confirmed an address, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// The day.
    pub on: Day,
    /// Where the address was found: `page`, the page itself; or public documents that name it.
    pub by: Vec<Box<str>>,
}
