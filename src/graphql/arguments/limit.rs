//! The limit of an argument, and the sentences that state it in the schema.
//!
//! The schema's descriptions are where limits stand: they are read from there, so that what is
//! stated and what is enforced cannot differ.

use crate::text::Lines;

/// The sentences that state limits, by the kind of the argument. They end the descriptions of the
/// fields of inputs: `#[doc = stated!(slug)]`.
macro_rules! stated {
    (id) => {
        "At most 200 characters."
    };
    (key) => {
        "At most 200 characters."
    };
    (secret) => {
        "At most 100 characters."
    };
    (password) => {
        "At most 1,000 characters."
    };
    (email) => {
        "At most 254 characters."
    };
    (slug) => {
        "At most 100 characters."
    };
    (name) => {
        "At most 100 characters."
    };
    (title) => {
        "At most 120 characters."
    };
    (short) => {
        "At most 200 characters."
    };
    (language) => {
        "At most 35 characters."
    };
    (url) => {
        "At most 2,000 characters."
    };
    (prose) => {
        "At most 2,000 characters. May have several lines."
    };
    (note) => {
        "At most 2,000 characters. May have several lines."
    };
    (message) => {
        "At most 500 characters. May have several lines."
    };
    (search) => {
        "At most 200 characters. May have several lines."
    };
    (catalog) => {
        "At most 900,000 characters. May have several lines."
    };
    (file) => {
        "At most 8,000,000 bytes. May have several lines."
    };
    (languages) => {
        "At most 20 entries. At most 35 characters each."
    };
    (names) => {
        "At most 50 entries. At most 200 characters each."
    };
    (links) => {
        "At most 50 entries. At most 2,000 characters each."
    };
    (slugs) => {
        "At most 500 entries. At most 100 characters each."
    };
    (filter) => {
        "At most 1,000 entries. At most 100 characters each."
    };
    (aliases) => {
        "At most 100 entries. At most 100 characters each."
    };
    (kinds) => {
        "At most 20 entries."
    };
    (goals) => {
        "At most 200 entries."
    };
    (skills) => {
        "At most 1,000 entries."
    };
    (pauses) => {
        "At most 100 entries."
    };
    (levels) => {
        "At most 10 entries."
    };
    (requirements) => {
        "At most 200 entries."
    };
    (alternatives) => {
        "At most 100 entries."
    };
    (covers) => {
        "At most 200 entries."
    };
    (edits) => {
        "At most 200 entries."
    };
}

pub(crate) use stated;

/// The most that is taken of an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limit {
    /// Characters of a text, of each text of a list.
    pub(super) characters: Option<usize>,
    /// Bytes of a file.
    pub(super) bytes: Option<usize>,
    /// Entries of a list.
    pub(super) entries: Option<usize>,
    /// Whether a text may have several lines.
    pub(super) lines: Lines,
}

/// What a text without a stated limit may have. A test has every text state its own.
const UNSTATED: usize = 200;

impl Limit {
    /// The limit that a description states.
    pub(super) fn stated(description: &str) -> Self {
        let mut limit = Self::default();
        for sentence in description.split("At most ").skip(1) {
            let number = sentence.split(' ').next().and_then(|text| text.replace(',', "").parse().ok());
            match sentence.split([' ', '.', '\n']).nth(1) {
                Some("characters") => limit.characters = number,
                Some("bytes") => limit.bytes = number,
                Some("entries") => limit.entries = number,
                _ => {}
            }
        }
        if description.contains("May have several lines.") {
            limit.lines = Lines::Several;
        }
        limit
    }

    /// Says what is too long about a text; nothing if it fits.
    pub(super) fn exceeded_by(&self, text: &str) -> Option<String> {
        if let Some(most) = self.bytes {
            let bytes = text.len();
            return (bytes > most).then(|| format!("has {bytes} bytes, and at most {most} are taken"));
        }
        let most = self.characters.unwrap_or(UNSTATED);
        // A character has at least one byte, so short texts need no counting.
        let characters = if text.len() <= most { 0 } else { text.chars().count() };
        (characters > most).then(|| format!("has {characters} characters, and at most {most} are taken"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_from_descriptions() {
        let limit =
            Limit::stated("Slugs, at most a few.\nAt most 1,000 entries. At most 100 characters each.");
        assert_eq!((limit.entries, limit.characters, limit.lines), (Some(1_000), Some(100), Lines::One));
        let limit = Limit::stated(concat!("A note.\n", stated!(note)));
        assert_eq!((limit.characters, limit.lines), (Some(2_000), Lines::Several));
        assert_eq!(Limit::stated(stated!(file)).bytes, Some(8_000_000));
        assert_eq!(Limit::stated("How many, at most 24 hours."), Limit::default());
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let limit = Limit::stated("At most 3 characters.");
        assert_eq!(limit.exceeded_by("äöü"), None);
        let said = limit.exceeded_by("äöüß").unwrap();
        assert_eq!(said, "has 4 characters, and at most 3 are taken");
    }
}
