//! Every word of the catalogue in alphabetical order, with the documents that it stands in.

use std::collections::HashMap;

use super::fuzzy::{distance, errors_allowed};

/// BM25's saturation: how fast further occurrences of a word stop to matter.
const K1: f64 = 1.2;
/// BM25's normalisation: how much longer documents are held against their words.
const B: f64 = 0.75;

/// A document that a word stands in, and what it is worth there.
#[derive(Clone, Copy, Debug)]
struct Posting {
    document: u32,
    /// In thousandths.
    score: u32,
}

#[derive(Debug, Default)]
pub(super) struct Dictionary {
    words: Vec<Box<str>>,
    /// For each word where its run in `postings` starts; one more at the end.
    starts: Vec<u32>,
    postings: Vec<Posting>,
}

impl Dictionary {
    /// Calls back with each document that the word stands in and its score there, for several spellings of it several times. An
    /// unfinished word stands for all that begin with it. A word that is not there stands for those spelt nearly alike with the same
    /// first letter.
    pub(super) fn matches(&self, word: &str, unfinished: bool, mut found: impl FnMut(u32, u32)) {
        let range = self.beginning_with(word);
        // In alphabetical order the word itself comes before all that begin with it.
        let is_word = self.words.get(range.start).is_some_and(|first| **first == *word);
        if is_word {
            self.each(range.start, 100, &mut found);
        }
        if unfinished {
            // One that is a word already is most likely meant as such.
            for i in range.start + usize::from(is_word)..range.end {
                self.each(i, if is_word { 20 } else { 60 }, &mut found);
            }
        }
        if !is_word && (range.is_empty() || !unfinished) {
            self.similar(word, unfinished, &mut found);
        }
    }

    fn similar(&self, word: &str, unfinished: bool, found: &mut impl FnMut(u32, u32)) {
        let letters: Vec<_> = word.chars().collect();
        let limit = errors_allowed(letters.len());
        let Some(first) = word.get(..letters.first().map_or(0, |c| c.len_utf8())).filter(|_| limit > 0)
        else {
            return;
        };
        let mut other = Vec::new();
        for i in self.beginning_with(first) {
            other.clear();
            other.extend(self.words[i].chars());
            let errors = distance(&letters, &other, unfinished, limit);
            if let Some(errors) = errors {
                self.each(i, if errors > 1 { 20 } else { 40 }, found);
            }
        }
    }

    /// The positions of the words that begin with a text. O(log n).
    fn beginning_with(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|word| &**word < prefix);
        let len = self.words[start..].partition_point(|word| word.starts_with(prefix));
        start..start + len
    }

    fn each(&self, word: usize, percent: u32, found: &mut impl FnMut(u32, u32)) {
        let run = self.starts[word] as usize..self.starts[word + 1] as usize;
        for posting in &self.postings[run] {
            // Never 0: a match is a match.
            found(posting.document, (posting.score * percent / 100).max(1));
        }
    }
}

/// The words as they are collected.
#[derive(Default)]
pub(super) struct Builder {
    numbers: HashMap<Box<str>, u32>,
    /// For each word its documents, in order, each with the weighted number of its occurrences.
    postings: Vec<Vec<(u32, u32)>>,
    /// Of each document the weighted number of its words.
    lengths: Vec<u32>,
}

impl Builder {
    /// The words added next are those of this document, which comes after all before it.
    pub(super) fn document(&mut self, number: u32) -> DocumentBuilder<'_> {
        self.lengths.push(0);
        DocumentBuilder { builder: self, number }
    }

    pub(super) fn finish(self, documents: usize) -> Dictionary {
        #[allow(clippy::cast_precision_loss)] // far below 2⁵²
        let average = self.lengths.iter().map(|length| u64::from(*length)).sum::<u64>() as f64
            / documents.max(1) as f64;
        let mut words: Vec<_> = self.numbers.into_iter().collect();
        words.sort_unstable();
        let mut dictionary = Dictionary::default();
        for (word, number) in words {
            let postings = &self.postings[number as usize];
            dictionary.words.push(word);
            dictionary.starts.push(len(&dictionary.postings));
            let rarity = rarity(documents, postings.len());
            dictionary.postings.extend(postings.iter().map(|&(document, count)| Posting {
                document,
                score: score(count, rarity, f64::from(self.lengths[document as usize]) / average),
            }));
        }
        dictionary.starts.push(len(&dictionary.postings));
        dictionary
    }
}

pub(super) struct DocumentBuilder<'a> {
    builder: &'a mut Builder,
    number: u32,
}

impl DocumentBuilder<'_> {
    pub(super) fn add(&mut self, word: String, weight: u32) {
        let Builder { numbers, postings, lengths } = &mut *self.builder;
        let number = *numbers.entry(word.into()).or_insert_with(|| {
            postings.push(Vec::new());
            len(postings) - 1
        });
        let postings = &mut postings[number as usize];
        match postings.last_mut() {
            Some((document, count)) if *document == self.number => *count += weight,
            _ => postings.push((self.number, weight)),
        }
        if let Some(length) = lengths.last_mut() {
            *length += weight;
        }
    }
}

/// The logarithm of how rare a word is (Robertson and Spärck Jones), kept above 0.
#[allow(clippy::cast_precision_loss)] // far below 2⁵²
fn rarity(documents: usize, with_word: usize) -> f64 {
    let (all, with) = (documents as f64, with_word as f64);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}

/// BM25F's share of one word in one document, in thousandths.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a small positive number
fn score(count: u32, rarity: f64, relative_length: f64) -> u32 {
    let count = f64::from(count) / (1.0 - B + B * relative_length);
    (1000.0 * rarity * count * (K1 + 1.0) / (count + K1)).round() as u32
}

fn len<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
