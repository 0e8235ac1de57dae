//! Texts as words: lower case, without accents, split at whatever is neither letter nor digit.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No word that people search for is longer.
const LONGEST_WORD: usize = 40;
const LONGEST_QUERY: usize = 200;
const MOST_WORDS: usize = 16;

/// The text in lower case, without accents and without space at its ends.
pub(super) fn fold(text: &str) -> String {
    text.trim().nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text, folded, in order.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = fold(text);
    let words: Vec<_> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect();
    words.into_iter()
}

/// What is searched for.
pub(super) struct Query {
    /// The text as a whole, to compare with names.
    pub(super) whole: String,
    /// Each word once; the last one last.
    pub(super) words: Vec<String>,
}

impl Query {
    pub(super) fn of(text: &str) -> Self {
        let text: String = text.trim_start().chars().take(LONGEST_QUERY).collect();
        let mut distinct: Vec<String> = Vec::new();
        for word in words(&text).take(MOST_WORDS) {
            distinct.retain(|other| *other != word);
            distinct.push(word);
        }
        Self { whole: fold(&text), words: distinct }
    }
}
