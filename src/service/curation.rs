//! Curators' changes of the catalogue: made on the newest revision, wherever that was made, validated as a whole, and kept as one new revision.

use std::sync::Arc;

use uuid::Uuid;
use waymark_planner::Catalog;

use super::compared::Uncompared;
use super::{CatalogError, Clock, Current, Lost, blocking, digest_of, stored};
use crate::catalog::diff::{Difference, diff};
use crate::catalog::{Snapshot, pack, print, unpack, unpack_text};
use crate::store::{Import, NewRevision, Revision, Store, StoreError};

/// How often a change is made again on what others have made of the catalogue meanwhile.
const TRIES: usize = 8;

/// How a change is to be made.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Who makes it.
    pub author: Uuid,
    /// What the author says about it.
    pub message: Option<String>,
    /// The revision that the author has seen; whichever is the newest if not given.
    pub expected: Option<i32>,
    /// Whether to tell what would come of it, and do nothing.
    pub is_dry: bool,
    /// What the revision says that it comes from.
    pub source: &'static str,
}

/// What came of a change.
#[derive(Clone, Debug)]
pub struct Curated {
    /// The catalogue after it, as it would be where it is dry; before it where nothing was to be done.
    pub snapshot: Arc<Snapshot>,
    /// What is different for it.
    pub differences: Vec<Difference>,
    /// The revision that holds it; `None` where nothing was to be done.
    pub revision: Option<Revision>,
}

/// Why nothing came of it.
#[derive(Debug)]
pub enum NotCurated<E> {
    /// The change is wrong.
    Wrong(E),
    /// The newest revision is not the one that the author has seen, but this one.
    Conflict(i32),
    /// Others change the catalogue all the time.
    Busy,
    /// The fault is ours.
    Lost(Lost),
}

impl<E> From<Lost> for NotCurated<E> {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl<E> From<StoreError> for NotCurated<E> {
    fn from(error: StoreError) -> Self {
        Self::Lost(error.into())
    }
}

impl<E> From<CatalogError> for NotCurated<E> {
    fn from(error: CatalogError) -> Self {
        Self::Lost(error.into())
    }
}

impl From<CatalogError> for Lost {
    /// What is wrong with the database is for those who run the server.
    fn from(error: CatalogError) -> Self {
        tracing::error!(%error, "the database holds no catalogue that can be read");
        Self::Fault
    }
}

/// Where the catalogue is kept, and what is answered from.
#[derive(Clone)]
pub struct Curation {
    store: Store,
    current: Current,
    clock: Clock,
}

/// A catalogue that is not in the database yet.
struct Prepared {
    catalog: Catalog,
    digest: String,
    content: Vec<u8>,
    differences: Vec<Difference>,
}

impl Curation {
    /// Of a store, for those who answer from a snapshot.
    pub const fn new(store: Store, current: Current, clock: Clock) -> Self {
        Self { store, current, clock }
    }

    /// Makes a change. Where the author has not said which revision it is for, it is made again on each that comes between.
    ///
    /// # Errors
    /// Where it is wrong, or in conflict with what others did.
    pub async fn curate<E: Send + 'static>(
        &self,
        terms: &Terms,
        change: impl Fn(&Catalog) -> Result<Catalog, E> + Clone + Send + 'static,
    ) -> Result<Curated, NotCurated<E>> {
        for _ in 0..TRIES {
            let base = self.newest().await?;
            if terms.expected.is_some_and(|expected| expected != base.revision) {
                return Err(NotCurated::Conflict(base.revision));
            }
            let (on, change) = (base.clone(), change.clone());
            let prepared = blocking(move || change(&on.catalog).map(|made| Prepared::new(&on.catalog, made)));
            let prepared = prepared.await?.map_err(NotCurated::Wrong)?;
            if terms.is_dry {
                return Ok(prepared.dry(base.revision).await?);
            }
            match self.store.import(prepared.new_revision(terms, base.revision), (self.clock)()).await? {
                Import::New(revision) => return Ok(self.made(&base, prepared, revision).await?),
                Import::Same(_) => {
                    return Ok(Curated { snapshot: base, differences: Vec::new(), revision: None });
                }
                Import::Conflict(newest) if terms.expected.is_some() => {
                    return Err(NotCurated::Conflict(newest.number));
                }
                Import::Conflict(_) => {}
            }
        }
        Err(NotCurated::Busy)
    }

    /// What came of a change before: the catalogue as it is by now, and what is different for the revision that was made then.
    ///
    /// # Errors
    /// Where it can't be read.
    pub async fn made_before(&self, number: i32) -> Result<Curated, Lost> {
        let snapshot = self.newest().await?;
        let differences =
            self.differences(number - 1, number).await?.map(Arc::unwrap_or_clone).unwrap_or_default();
        let revision = self.store.revisions(number, number).await?.into_iter().next();
        Ok(Curated { snapshot, differences, revision })
    }

    /// Has everybody here see a new revision at once.
    async fn made(&self, base: &Snapshot, prepared: Prepared, revision: Revision) -> Result<Curated, Lost> {
        let Prepared { catalog, digest, differences, .. } = prepared;
        self.current.compared.keep((base.id.to_string(), digest), differences.clone()).await;
        let number = revision.number;
        let snapshot = blocking(move || Snapshot::new(number, catalog)).await?;
        self.current.advance(snapshot.clone());
        Ok(Curated { snapshot, differences, revision: Some(revision) })
    }

    /// The newest revision: another server may have made it.
    async fn newest(&self) -> Result<Arc<Snapshot>, CatalogError> {
        let at_hand = self.current.pin();
        match self.store.current_revision().await? {
            Some(newest) if !at_hand.version().is(newest.number, &newest.digest) => {
                Ok(stored(&self.store).await?.unwrap_or(at_hand))
            }
            _ => Ok(at_hand),
        }
    }

    /// The catalogue of an earlier revision; `None` where it was not kept, or there is no such revision.
    ///
    /// # Errors
    /// Where what was kept can't be read.
    pub async fn past(&self, number: i32) -> Result<Option<Arc<Catalog>>, Lost> {
        let Some(content) = self.content(number).await? else { return Ok(None) };
        blocking(move || content.catalog().map(Some)).await?
    }

    /// The text of an earlier revision as a single file; `None` where it was not kept, or there is no such revision.
    ///
    /// # Errors
    /// Where what was kept can't be read.
    pub async fn text(&self, number: i32) -> Result<Option<String>, Lost> {
        let Some(content) = self.content(number).await? else { return Ok(None) };
        blocking(move || content.text().map(Some)).await?
    }

    async fn content(&self, number: i32) -> Result<Option<Content>, Lost> {
        if let Some(pack) = self.store.revision_content(number).await? {
            return Ok(Some(Content::Packed { number, pack }));
        }
        // The newest one is there whether or not it was kept.
        let newest = self.newest().await?;
        Ok((newest.revision == number).then_some(Content::AtHand(newest)))
    }

    /// What is different between two revisions; the number of one that is not there, or was not kept.
    ///
    /// # Errors
    /// Where what was kept can't be read.
    pub async fn differences(&self, from: i32, to: i32) -> Result<Result<Arc<Vec<Difference>>, i32>, Lost> {
        let compared = match self.digests(from, to).await? {
            Some(digests) => self.current.compared.remembered(digests, self.compare(from, to)).await,
            None => self.compare(from, to).await,
        };
        match compared {
            Ok(differences) => Ok(Ok(differences)),
            Err(Uncompared::Unknown(number)) => Ok(Err(number)),
            Err(Uncompared::Lost(lost)) => Err(lost),
        }
    }

    /// What a revision and the next are summed up to: what is different for them is asked for again and again.
    async fn digests(&self, from: i32, to: i32) -> Result<Option<(String, String)>, Lost> {
        if to.checked_sub(from) != Some(1) {
            return Ok(None);
        }
        let pair: Result<[Revision; 2], _> = self.store.revisions(from, to).await?.try_into();
        Ok(pair.ok().map(|[after, before]| (before.digest, after.digest)))
    }

    async fn compare(&self, from: i32, to: i32) -> Result<Arc<Vec<Difference>>, Uncompared> {
        let room = self.current.compared.room().await?;
        let before = self.content(from).await?.ok_or(Uncompared::Unknown(from))?;
        let after = self.content(to).await?.ok_or(Uncompared::Unknown(to))?;
        let differences = blocking(move || {
            // Whoever asked may be gone before it is done: the room is taken until then.
            let _room = room;
            Ok::<_, Lost>(diff(&*before.catalog()?, &*after.catalog()?))
        });
        Ok(Arc::new(differences.await??))
    }
}

/// What was in a revision.
enum Content {
    /// As it was kept.
    Packed { number: i32, pack: Vec<u8> },
    /// As it is.
    AtHand(Arc<Snapshot>),
}

impl Content {
    fn catalog(&self) -> Result<Arc<Catalog>, Lost> {
        match self {
            Self::Packed { number, pack } => {
                unpack(pack).map(Arc::new).map_err(|error| unread(*number, &error))
            }
            Self::AtHand(snapshot) => Ok(Arc::new(snapshot.catalog.clone())),
        }
    }

    fn text(&self) -> Result<String, Lost> {
        match self {
            Self::Packed { number, pack } => unpack_text(pack).map_err(|error| unread(*number, &error)),
            Self::AtHand(snapshot) => Ok(print(&snapshot.catalog)),
        }
    }
}

fn unread(number: i32, error: &std::io::Error) -> Lost {
    tracing::error!(%error, number, "a revision of the catalogue can't be read");
    Lost::Fault
}

impl Prepared {
    fn new(before: &Catalog, catalog: Catalog) -> Self {
        let (digest, content) = (digest_of(&catalog), pack(&catalog));
        Self { differences: diff(before, &catalog), digest, content, catalog }
    }

    /// What would come of it on a revision.
    async fn dry(self, revision: i32) -> Result<Curated, Lost> {
        let Self { catalog, differences, .. } = self;
        let snapshot = blocking(move || Snapshot::new(revision, catalog)).await?;
        Ok(Curated { snapshot, differences, revision: None })
    }

    fn new_revision<'a>(&'a self, terms: &'a Terms, expected: i32) -> NewRevision<'a> {
        NewRevision {
            catalog: &self.catalog,
            digest: &self.digest,
            source: terms.source,
            author: Some(terms.author),
            message: terms.message.as_deref(),
            content: self.content.clone(),
            expected: Some(expected),
        }
    }
}
