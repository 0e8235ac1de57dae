//! Full-text search over topics, roles and resources.
//!
//! Ranked by BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004): the occurrences of a
//! word count by the weight of the field that they are in, the more often the less each, and rarer words count more. A word that is
//! in the catalogue as such, or that the last word of the query begins, is looked up; for others near spellings are. All is worked out
//! in whole numbers when the index is built, so that the order of the hits is total and the same everywhere.

mod dictionary;
mod fuzzy;
mod words;

use waymark_planner::Catalog;
use waymark_planner::ids::{Arena, Id, ResourceId, RoleId, TopicId};

use self::dictionary::{Builder, Dictionary};
use self::words::{Query, fold, words};

/// What a search finds. The order is that of hits with equal scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// A topic.
    Topic(TopicId),
    /// A role.
    Role(RoleId),
    /// A resource.
    Resource(ResourceId),
}

/// A search result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub found: Found,
    /// The higher the better; comparable within one search only.
    pub score: u64,
}

/// Fields by how much a word in them says about the thing.
#[derive(Clone, Copy)]
enum Field {
    Title = 8,
    Other = 2,
}

/// A whole name counts more than any words.
const SAME_NAME: u64 = 1 << 40;
/// A name that begins with the query counts like a rare word.
const SAME_START: u64 = 20_000;

/// A document: what it is and its names as a person may type them.
#[derive(Debug)]
struct Document {
    found: Found,
    title: Box<str>,
    slug: Box<str>,
    /// Former slugs, and other names.
    aliases: Box<[Box<str>]>,
}

/// The words of a catalogue, and where they stand. As large as its texts, built in linear time but for sorting the words.
#[derive(Debug)]
pub struct TextIndex {
    /// In the order that breaks ties: by kind, then slug.
    documents: Vec<Document>,
    dictionary: Dictionary,
}

impl TextIndex {
    /// Indexes the titles, other names, slugs with the former ones, summaries, outcomes, authors and providers.
    pub fn new(catalog: &Catalog) -> Self {
        let mut indexer = Indexer::default();
        for (id, topic) in by_slug(catalog.topics(), |topic| &topic.slug) {
            let outcomes = catalog.steps_of(id).map(|step| &*catalog.steps()[step].outcome);
            let texts = std::iter::once(&*topic.summary).chain(outcomes);
            let names = topic.names.iter().map(|name| fold(name).into());
            let names: Vec<Box<str>> = topic.aliases.iter().cloned().chain(names).collect();
            indexer.add(Found::Topic(id), [&topic.title, &topic.slug], &names, texts);
        }
        for (id, role) in by_slug(catalog.roles(), |role| &role.slug) {
            indexer.add(Found::Role(id), [&role.title, &role.slug], &role.aliases, [&*role.summary]);
        }
        for (id, resource) in by_slug(catalog.resources(), |resource| &resource.slug) {
            let texts = resource.authors.iter().chain(&resource.provider).map(|text| &**text);
            indexer.add(Found::Resource(id), [&resource.title, &resource.slug], &resource.aliases, texts);
        }
        Self { dictionary: indexer.builder.finish(indexer.documents.len()), documents: indexer.documents }
    }

    /// What matches the text, best first; equal scores by kind, then slug. Case, accents and punctuation do not matter, and the last
    /// word may be unfinished. A text without a word finds nothing. Of a long one only the beginning is looked at.
    pub fn search(&self, text: &str) -> Vec<Hit> {
        let query = Query::of(text);
        if query.words.is_empty() {
            return Vec::new();
        }
        // The score so far, how many of the query's words matched, and what the present word adds.
        let mut tallies = vec![Tally::default(); self.documents.len()];
        let last = query.words.len() - 1;
        for (i, word) in query.words.iter().enumerate() {
            self.dictionary.matches(word, i == last, |document, score| {
                let tally = &mut tallies[document as usize];
                tally.word = tally.word.max(score);
            });
            for tally in tallies.iter_mut().filter(|tally| tally.word > 0) {
                tally.score += u64::from(std::mem::take(&mut tally.word));
                tally.matched += 1;
            }
        }
        let mut hits: Vec<_> = self
            .documents
            .iter()
            .zip(&tallies)
            .filter(|(_, tally)| tally.matched > 0)
            .map(|(document, tally)| Hit { found: document.found, score: query.total(document, *tally) })
            .collect();
        // Stable: the documents are in the order that breaks ties.
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        hits
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    score: u64,
    word: u32,
    matched: u64,
}

impl Query {
    /// The words' scores, less where some of the query's words are absent, and what the name as a whole is worth.
    fn total(&self, document: &Document, tally: Tally) -> u64 {
        let mut names = [&document.title, &document.slug].into_iter().chain(&document.aliases);
        let bonus = if names.clone().any(|name| **name == *self.whole) {
            SAME_NAME
        } else if names.any(|name| begins_with_words(name, &self.whole)) {
            SAME_START
        } else {
            0
        };
        tally.score * tally.matched / self.words.len() as u64 + bonus
    }
}

/// Whether a text begins with another that does not end inside a word of it.
fn begins_with_words(text: &str, start: &str) -> bool {
    text.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[derive(Default)]
struct Indexer {
    documents: Vec<Document>,
    builder: Builder,
}

impl Indexer {
    fn add<'a>(
        &mut self,
        found: Found,
        [title, slug]: [&str; 2],
        aliases: &[Box<str>],
        texts: impl IntoIterator<Item = &'a str>,
    ) {
        let number = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        self.documents.push(Document {
            found,
            title: fold(title).into(),
            slug: slug.into(),
            aliases: aliases.into(),
        });
        let mut builder = self.builder.document(number);
        for word in words(title) {
            builder.add(word, Field::Title as u32);
        }
        // What the slug, or one before it, repeats of the title must not count twice.
        let mut known: Vec<_> = words(title).collect();
        for word in std::iter::once(slug).chain(aliases.iter().map(|alias| &**alias)).flat_map(words) {
            if !known.contains(&word) {
                builder.add(word.clone(), Field::Title as u32);
                known.push(word);
            }
        }
        for word in texts.into_iter().flat_map(words) {
            builder.add(word, Field::Other as u32);
        }
    }
}

fn by_slug<I: Id + Ord, T>(arena: &Arena<I, T>, slug: impl Fn(&T) -> &str) -> Vec<(I, &T)> {
    let mut things: Vec<_> = arena.ids().zip(arena).collect();
    things.sort_by(|(_, a), (_, b)| slug(a).cmp(slug(b)));
    things
}

#[cfg(test)]
mod tests;
