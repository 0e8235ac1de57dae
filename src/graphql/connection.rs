//! Relay connections, written once: a page of a list that is at hand, or of one that the database has.
//!
//! A cursor is the key of an item, so it stays good when the list changes around it; one whose item is gone is an error.

use async_graphql::{Context, OutputType, SimpleObject};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::ApiError;
use super::plain::{Prepare, plain_fields};
use super::types::{
    CatalogRevision, Resource, RoadmapStep, RoadmapVersion, SavedRoadmap, SavedStep, SearchResult, Skill,
    StudyEntry, Topic, count,
};
use crate::store::KeyRange;

/// Items a page where neither `first` nor `last` is given.
const DEFAULT_SIZE: i32 = 20;
/// The most items a page.
const LARGEST_SIZE: i32 = 100;

/// One page of a list, after the Relay cursor specification.
#[derive(SimpleObject)]
#[graphql(
    concrete(name = "TopicConnection", params(Topic)),
    concrete(name = "ResourceConnection", params(Resource)),
    concrete(name = "SearchConnection", params(SearchResult)),
    concrete(name = "RoadmapStepConnection", params(RoadmapStep)),
    concrete(name = "SkillConnection", params(Skill)),
    concrete(name = "SavedRoadmapConnection", params(SavedRoadmap)),
    concrete(name = "RoadmapVersionConnection", params(RoadmapVersion)),
    concrete(name = "SavedStepConnection", params(SavedStep)),
    concrete(name = "StudyEntryConnection", params(StudyEntry)),
    concrete(name = "CatalogRevisionConnection", params(CatalogRevision))
)]
pub struct Connection<T: OutputType>
where
    Edge<T>: OutputType,
{
    /// The number of items in the whole list, on all pages.
    total_count: i32,
    /// Where the page stands in the list.
    page_info: PageInfo,
    /// The items of the page with their cursors.
    edges: Vec<Edge<T>>,
    /// The items of the page.
    nodes: Vec<T>,
}

/// An item of a page with its cursor.
#[derive(SimpleObject)]
#[graphql(
    concrete(name = "TopicEdge", params(Topic)),
    concrete(name = "ResourceEdge", params(Resource)),
    concrete(name = "SearchEdge", params(SearchResult)),
    concrete(name = "RoadmapStepEdge", params(RoadmapStep)),
    concrete(name = "SkillEdge", params(Skill)),
    concrete(name = "SavedRoadmapEdge", params(SavedRoadmap)),
    concrete(name = "RoadmapVersionEdge", params(RoadmapVersion)),
    concrete(name = "SavedStepEdge", params(SavedStep)),
    concrete(name = "StudyEntryEdge", params(StudyEntry)),
    concrete(name = "CatalogRevisionEdge", params(CatalogRevision))
)]
pub struct Edge<T: OutputType> {
    /// The item's place in the list, for `after` and `before`.
    cursor: String,
    /// The item.
    node: T,
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether items come after the page.
    has_next_page: bool,
    /// Whether items come before the page.
    has_previous_page: bool,
    /// The cursor of the page's first item.
    start_cursor: Option<String>,
    /// The cursor of the page's last item.
    end_cursor: Option<String>,
}

plain_fields!(Connection<T> { total_count: i32, page_info: PageInfo, edges: Vec<Edge<T>>, nodes: Vec<T> });
plain_fields!(Edge<T> { cursor: String, node: T });
plain_fields!(PageInfo {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
});

impl<T: OutputType> Prepare for Connection<T> where Edge<T>: OutputType {}

/// A list in the database, whose keys descend. No more of it is read than a page.
pub(crate) trait StoredList {
    /// The place of an item in the list.
    type Key: Copy + Ord;
    /// An item.
    type Item;

    /// The place of the item of a cursor; `None` if the list does not have it.
    async fn place(&self, cursor: &str) -> Result<Option<Self::Key>, ApiError>;

    /// Items in the order of the list.
    async fn read(&self, range: &KeyRange<Self::Key>) -> Result<Vec<Self::Item>, ApiError>;

    /// The number of all items.
    async fn count(&self) -> Result<u64, ApiError>;

    /// The cursor of an item.
    fn cursor(item: &Self::Item) -> String;
}

/// Whether the field that is resolved, a connection, is asked for the number of all items. Counting reads more than a page.
pub(crate) fn wants_total(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// The arguments of a connection, as given.
pub(crate) struct Page {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

impl Page {
    /// The page of a list whose items are made only where they are on it; `key` names an item among the others of the list.
    pub(crate) fn of<I: Copy, T: OutputType + Clone>(
        self,
        items: &[I],
        key: impl Fn(I) -> String,
        node: impl Fn(I) -> T,
    ) -> Result<Connection<T>, ApiError>
    where
        Edge<T>: OutputType,
    {
        let cut = self.cut(items, key)?;
        let nodes = cut.items.iter().map(|&item| node(item)).collect();
        Ok(cut.filled(nodes))
    }

    /// The page of a list in the database, read with one item more than it has: that tells whether the list goes on.
    pub(crate) async fn read<L: StoredList>(
        self,
        list: &L,
        wants_total: bool,
    ) -> Result<Cut<L::Item>, ApiError> {
        let (size, from_end) = (self.size()?, self.last.is_some());
        let after = place(list, "after", self.after.as_deref()).await?;
        let before = place(list, "before", self.before.as_deref()).await?;
        let total_count = if wants_total { list.count().await? } else { 0 };
        if let (Some(first), Some(last)) = (after, before)
            && last >= first
        {
            // The list is read from its beginning to its end: nothing comes after the one and before the other.
            let next = list.read(&KeyRange { after, ..KeyRange::first(1) }).await?;
            return Ok(Cut::new(Vec::new(), L::cursor, total_count, (true, !next.is_empty())));
        }
        let limit = size as u64 + 1;
        let mut items = list.read(&KeyRange { after, before, limit, from_end }).await?;
        let goes_on = items.len() > size;
        if goes_on && from_end {
            items.remove(0);
        }
        items.truncate(size);
        let sides = if from_end {
            (goes_on || after.is_some(), before.is_some())
        } else {
            (after.is_some(), goes_on || before.is_some())
        };
        Ok(Cut::new(items, L::cursor, total_count, sides))
    }

    /// What is on the page, for those who make its items together.
    pub(crate) fn cut<I: Copy>(self, items: &[I], key: impl Fn(I) -> String) -> Result<Cut<I>, ApiError> {
        let size = self.size()?;
        let find = |argument: &str, cursor: &Option<String>| -> Result<Option<usize>, ApiError> {
            let Some(cursor) = cursor else { return Ok(None) };
            let place = decode(cursor).and_then(|wanted| items.iter().position(|&item| key(item) == wanted));
            place.map(Some).ok_or_else(|| no_cursor(argument))
        };
        let mut start = find("after", &self.after)?.map_or(0, |place| place + 1);
        let mut end = find("before", &self.before)?.unwrap_or(items.len()).max(start);
        match self.last {
            Some(_) => start = start.max(end.saturating_sub(size)),
            None => end = end.min(start.saturating_add(size)),
        }
        let sides = (start > 0, end < items.len());
        Ok(Cut::new(items[start..end].to_vec(), |&item| key(item), items.len() as u64, sides))
    }

    fn size(&self) -> Result<usize, ApiError> {
        let (argument, size) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(ApiError::argument(
                    "last",
                    "Give first or last, not both: a page is counted from one end.",
                ));
            }
            (None, Some(last)) => ("last", last),
            (first, None) => ("first", first.unwrap_or(DEFAULT_SIZE)),
        };
        match usize::try_from(size) {
            Ok(size) if (1..=LARGEST_SIZE as usize).contains(&size) => Ok(size),
            _ => Err(ApiError::argument(
                argument,
                format!("{argument} is {size}: it must be from 1 to {LARGEST_SIZE}."),
            )),
        }
    }
}

/// What is on a page.
pub(crate) struct Cut<I> {
    pub(crate) items: Vec<I>,
    cursors: Vec<String>,
    total_count: i32,
    has_next: bool,
    has_previous: bool,
}

impl<I> Cut<I> {
    /// The sides tell whether the list has items before the page, and after it.
    fn new(
        items: Vec<I>,
        cursor: impl Fn(&I) -> String,
        total_count: u64,
        (has_previous, has_next): (bool, bool),
    ) -> Self {
        let cursors = items.iter().map(|item| URL_SAFE_NO_PAD.encode(cursor(item))).collect();
        Self { items, cursors, total_count: count(total_count), has_next, has_previous }
    }

    /// The page with what is made of each of its items.
    pub(crate) fn map<T: OutputType + Clone>(mut self, node: impl FnMut(I) -> T) -> Connection<T>
    where
        Edge<T>: OutputType,
    {
        let nodes = std::mem::take(&mut self.items).into_iter().map(node).collect();
        self.filled(nodes)
    }

    /// The page with its items, in the order in which they are on it.
    pub(crate) fn filled<T: OutputType + Clone>(self, nodes: Vec<T>) -> Connection<T>
    where
        Edge<T>: OutputType,
    {
        let page_info = PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.cursors.first().cloned(),
            end_cursor: self.cursors.last().cloned(),
        };
        let edges = self.cursors.into_iter().zip(nodes.iter().cloned());
        let edges = edges.map(|(cursor, node)| Edge { cursor, node }).collect();
        Connection { total_count: self.total_count, page_info, edges, nodes }
    }
}

/// The place of the item of a cursor, if one is given.
async fn place<L: StoredList>(
    list: &L,
    argument: &str,
    cursor: Option<&str>,
) -> Result<Option<L::Key>, ApiError> {
    let Some(cursor) = cursor else { return Ok(None) };
    let Some(cursor) = decode(cursor) else { return Err(no_cursor(argument)) };
    list.place(&cursor).await?.map(Some).ok_or_else(|| no_cursor(argument))
}

fn no_cursor(argument: &str) -> ApiError {
    let message =
        format!("{argument} is not a cursor of this list, or its item is gone: start again without it.");
    ApiError::argument(argument, message)
}

fn decode(cursor: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}
