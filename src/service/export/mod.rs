//! All of a learner's data as a JSON text: whoever has it can read it without this program. `docs/privacy.md` has its shape.
//!
//! The text is written piece by piece while the rows are read, in one read transaction: no more than a few rows are in memory, however much a learner
//! has.

mod shape;
mod writer;

use futures_util::TryStreamExt as _;
use serde::Serialize;
use uuid::Uuid;
use waymark_entity::{credential, roadmap};

use self::shape::{AccessToken, Account, EditOfCatalog, Link, Rating, Session, Skill, Step, Study, Version};
use self::writer::Writer;
pub use self::writer::{Sink, Stopped};
use super::learners::from_json;
use super::{Learners, Lost};
use crate::store::StoreError;
use crate::store::learners::Snapshot;

/// The version of the shape: what reads one of a number reads all of that number.
const VERSION: u32 = 1;

/// An export that has begun. It holds a read transaction until it is written or dropped.
#[derive(Debug)]
pub struct Export(Snapshot);

/// Why an export was not written to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// Nobody took it.
    Stopped,
    /// The database failed, or what it holds can't be written.
    Lost(Lost),
}

impl Learners {
    /// Begins the export of all that is kept of a learner, but for what opens something: no password, secret of a link or token, nor what is made of
    /// them. `None` if there is no such account.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn export(&self, learner: Uuid) -> Result<Option<Export>, Lost> {
        Ok(self.store.snapshot(learner).await?.map(Export))
    }
}

impl Export {
    /// The whole text; `None` if it is longer than so many bytes. No more than that is read.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn text(self, most: usize) -> Result<Option<String>, Lost> {
        let mut text = Bounded { text: Vec::new(), most };
        match self.write_to(&mut text).await {
            Ok(()) => String::from_utf8(text.text).map(Some).map_err(|_| Lost::Fault),
            Err(Unfinished::Stopped) => Ok(None),
            Err(Unfinished::Lost(lost)) => Err(lost),
        }
    }

    /// Writes the text, and ends the transaction.
    ///
    /// # Errors
    /// Where it is not taken, or the database fails: what was written until then is not all of it.
    pub async fn write_to(self, sink: &mut impl Sink) -> Result<(), Unfinished> {
        let Self(snapshot) = self;
        let mut out = Writer::new(sink);
        out.open('{');
        out.member("version", &VERSION)?;
        out.member("account", &Account::of(snapshot.account.clone()))?;
        let sessions = snapshot.credentials(credential::SESSION).await?;
        out.array("sessions", sessions, |row| Ok(Session::of(&row))).await?;
        let tokens = snapshot.credentials(credential::TOKEN).await?;
        out.array("accessTokens", tokens, |row| Ok(AccessToken::of(row))).await?;
        out.array("skills", snapshot.skills().await?, |row| Ok(Skill::of(row))).await?;
        out.array("ratings", snapshot.ratings().await?, |row| Ok(Rating::of(row))).await?;
        out.key("roadmaps");
        out.open('[');
        let mut last = None;
        while let Some(roadmap) = snapshot.roadmap_after(last).await? {
            last = Some(roadmap.id);
            write_roadmap(&snapshot, roadmap, &mut out).await?;
        }
        out.close(']');
        out.array("edits", snapshot.revisions().await?, |row| Ok(EditOfCatalog::of(row))).await?;
        out.close('}');
        // Whoever is slow to take the last piece keeps no transaction open.
        drop(snapshot);
        out.finish().await
    }
}

async fn write_roadmap(
    snapshot: &Snapshot,
    row: roadmap::Model,
    out: &mut Writer<'_, impl Sink>,
) -> Result<(), Unfinished> {
    let id = row.id;
    out.element();
    out.open('{');
    out.member("id", &id.to_string())?;
    out.member("title", &row.title)?;
    out.member("wishes", &from_json::<serde_json::Value>(&row.wishes)?)?;
    out.member("currentVersion", &row.version)?;
    out.member("createdAt", &row.created_at)?;
    out.member("updatedAt", &row.updated_at)?;
    out.member("archivedAt", &row.archived_at)?;
    out.array("versions", snapshot.versions(id).await?, Version::of).await?;
    out.array("steps", snapshot.states(id).await?, |row| Ok(Step::of(row))).await?;
    out.array("studyLog", snapshot.study(id).await?, |row| Ok(Study::of(row))).await?;
    out.array("links", snapshot.links(id).await?, |row| Ok(Link::of(row))).await?;
    out.close('}');
    Ok(())
}

impl<S: Sink> Writer<'_, S> {
    /// Writes a member that has an item for each row.
    async fn array<R, T: Serialize>(
        &mut self,
        name: &str,
        mut rows: impl futures_util::Stream<Item = Result<R, StoreError>> + Unpin,
        item: impl Fn(R) -> Result<T, Lost>,
    ) -> Result<(), Unfinished> {
        self.key(name);
        self.open('[');
        while let Some(row) = rows.try_next().await? {
            self.element();
            self.value(&item(row)?)?;
            self.hand_over().await?;
        }
        self.close(']');
        Ok(())
    }
}

/// A text of at most so many bytes.
struct Bounded {
    text: Vec<u8>,
    most: usize,
}

impl Sink for Bounded {
    async fn take(&mut self, piece: Vec<u8>) -> Result<(), Stopped> {
        if self.text.len() + piece.len() > self.most {
            return Err(Stopped);
        }
        self.text.extend(piece);
        Ok(())
    }
}

impl From<Lost> for Unfinished {
    fn from(lost: Lost) -> Self {
        Self::Lost(lost)
    }
}

impl From<StoreError> for Unfinished {
    fn from(error: StoreError) -> Self {
        Lost::from(error).into()
    }
}

impl From<Stopped> for Unfinished {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}
