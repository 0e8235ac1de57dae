//! The identity of a catalogue: a digest of its content.

use std::fmt::{self, Debug, Display, Formatter, Write};

use sha2::{Digest, Sha256};
use waymark_planner::Catalog;
use waymark_planner::catalog::{Area, Resource, Role, Step, Topic};
use waymark_planner::draft::{USUAL_FIT, USUAL_POPULARITY};
use waymark_planner::ids::EntryId;

use crate::dates::to_date;

/// The identity of a catalogue: the SHA-256 of its content. Two catalogues have the same id exactly
/// if they are equal, however their files are arranged, whichever database they are in, and whatever
/// number their revision has there.
///
/// Whatever is kept for longer than one snapshot lives has this in its key: a revision's number means
/// another catalogue after a restore, and on another database.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CatalogId([u8; 32]);

impl CatalogId {
    /// Computes the id of a catalogue. The catalogue keeps its lists in one order; every text is
    /// preceded by its length, and every list by its own; references are slugs.
    pub fn of(catalog: &Catalog) -> Self {
        // The number is the version of this byte stream's form: change both together.
        let mut stream = Stream(Sha256::new_with_prefix(b"waymark catalogue 2"));
        stream.areas(catalog);
        stream.topics(catalog);
        stream.roles(catalog);
        stream.resources(catalog);
        stream.aliases(catalog);
        stream.second_format(catalog);
        Self(stream.0.finalize().into())
    }

    /// The bytes, for digests that include this one.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// 64 hexadecimal digits, as databases keep them.
impl Display for CatalogId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl Debug for CatalogId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a string does not fail
        hex
    })
}

/// The requirements of all roles, in the order of the catalogue.
fn of_roles(catalog: &Catalog) -> impl Iterator<Item = EntryId> {
    catalog.roles().ids().flat_map(|role| catalog.role_requires(role))
}

struct Stream(Sha256);

impl Stream {
    fn number(&mut self, number: u64) {
        self.0.update(number.to_be_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text);
    }

    fn maybe(&mut self, text: Option<&str>) {
        self.count(usize::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// Says nothing where there are none, as before there were any.
    fn aliases(&mut self, catalog: &Catalog) {
        if !catalog.has_aliases() {
            return;
        }
        for area in catalog.areas() {
            self.texts(&area.aliases);
        }
        for topic in catalog.topics() {
            self.texts(&topic.aliases);
        }
        for step in catalog.steps() {
            self.texts(&step.aliases);
        }
        for role in catalog.roles() {
            self.texts(&role.aliases);
        }
        for resource in catalog.resources() {
            self.texts(&resource.aliases);
        }
    }

    /// The keys that the second version of the file format has brought. Says nothing where all have their defaults, so that a
    /// catalogue of the first version keeps its digest.
    fn second_format(&mut self, catalog: &Catalog) {
        let plain_topic = |topic: &Topic| {
            topic.names.is_empty()
                && topic.links.is_empty()
                && i64::from(topic.popularity) == USUAL_POPULARITY
        };
        let is_first = catalog.topics().iter().all(plain_topic)
            && catalog.steps().iter().all(|step| step.practice.is_none())
            && of_roles(catalog).all(|entry| catalog.reason(entry).is_none())
            && catalog.resources().iter().all(|resource| resource.made_for.is_empty())
            && catalog.coverages().iter().all(|coverage| i64::from(coverage.fit) == USUAL_FIT);
        if is_first {
            return;
        }
        // No list has this length, so that it can't be taken for the start of the aliases.
        self.number(u64::MAX);
        for topic in catalog.topics() {
            self.texts(&topic.names);
            self.texts(&topic.links);
            self.number(topic.popularity.into());
        }
        for step in catalog.steps() {
            self.maybe(step.practice.as_deref());
        }
        for entry in of_roles(catalog) {
            self.maybe(catalog.reason(entry));
        }
        for resource in catalog.resources() {
            self.count(resource.made_for.len());
            for &topic in &resource.made_for {
                self.text(&catalog.topics()[topic].slug);
            }
        }
        for coverage in catalog.coverages() {
            self.number(coverage.fit.into());
        }
    }

    fn texts(&mut self, texts: &[Box<str>]) {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
    }

    fn areas(&mut self, catalog: &Catalog) {
        self.count(catalog.areas().len());
        for Area { slug, title, summary, topics: _, aliases: _ } in catalog.areas() {
            self.text(slug);
            self.text(title);
            self.maybe(summary.as_deref());
        }
    }

    fn topics(&mut self, catalog: &Catalog) {
        self.count(catalog.topics().len());
        for id in catalog.topics().ids() {
            let Topic { slug, title, area, summary, elective, .. } = &catalog.topics()[id];
            self.text(slug);
            self.text(title);
            self.text(&catalog.areas()[*area].slug);
            self.text(summary);
            self.maybe(elective.as_deref());
            self.count(catalog.steps_of(id).len());
            for step in catalog.steps_of(id) {
                let Step { level, hours, outcome, .. } = &catalog.steps()[step];
                self.text(level.name());
                self.number(hours.millionths());
                self.text(outcome);
                self.entries(catalog, catalog.requires(step));
                self.entries(catalog, catalog.recommends(step));
            }
        }
    }

    fn entries(&mut self, catalog: &Catalog, entries: impl ExactSizeIterator<Item = EntryId>) {
        self.count(entries.len());
        for entry in entries {
            self.number(catalog.weight(entry).into());
            self.count(catalog.any_of(entry).len());
            for &step in catalog.any_of(entry) {
                self.text(&catalog.step_name(step));
            }
        }
    }

    fn roles(&mut self, catalog: &Catalog) {
        self.count(catalog.roles().len());
        for id in catalog.roles().ids() {
            let Role { slug, title, summary, after, .. } = &catalog.roles()[id];
            self.text(slug);
            self.text(title);
            self.text(summary);
            self.maybe(after.map(|after| &*catalog.roles()[after].slug));
            self.entries(catalog, catalog.role_requires(id));
        }
    }

    fn resources(&mut self, catalog: &Catalog) {
        self.count(catalog.resources().len());
        for id in catalog.resources().ids() {
            let resource = &catalog.resources()[id];
            let Resource {
                slug,
                title,
                kind,
                url,
                identifiers,
                attested,
                authors,
                provider,
                year,
                language,
                price,
                quality,
                ..
            } = resource;
            for text in [slug, title, url, language] {
                self.text(text);
            }
            self.text(kind.name());
            for (_, value) in identifiers.named() {
                self.maybe(value);
            }
            self.count(usize::from(attested.is_some()));
            if let Some(attested) = attested {
                self.text(&to_date(attested.on).to_string());
                self.texts(&attested.by);
            }
            self.texts(authors);
            self.maybe(provider.as_deref());
            self.maybe(year.map(|year| year.to_string()).as_deref());
            self.number(price.cents());
            self.number((*quality).into());
            self.count(catalog.covers(id).len());
            for cover in catalog.covers(id).map(|cover| &catalog.coverages()[cover]) {
                self.text(&catalog.step_name(cover.step));
                self.number(cover.hours.millionths());
                self.maybe(cover.section.as_deref());
            }
        }
    }
}
