//! `Viewer`: who asks, with all that is theirs.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use tokio::sync::OnceCell;
use uuid::Uuid;
use waymark_entity::{credential, learner, roadmap};

use super::{SavedRoadmap, Skill};
use crate::accounts::{self, Grant};
use crate::graphql::access::Right;
use crate::graphql::connection::{Connection, Page, StoredList, wants_total};
use crate::graphql::error::{ApiError, Code};
use crate::graphql::ids::Key;
use crate::graphql::loaders::SkillsOf;
use crate::graphql::scope::Scope;
use crate::service::Who;
use crate::store::KeyRange;

/// What somebody may do beside learning.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "accounts::Rank")]
pub enum AccountRole {
    /// Learns.
    Learner,
    /// Edits the catalogue too.
    Curator,
    /// Sees to accounts too.
    Admin,
}

/// What a token may be used for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "accounts::Grant")]
pub enum TokenScope {
    /// To read what is one's own.
    Read,
    /// To change what is one's own: skills, roadmaps, progress.
    Write,
    /// To edit the catalogue, for curators.
    Curate,
}

/// The asker, in the scope of a request.
#[derive(Clone)]
pub struct Viewer {
    scope: Scope,
    account: std::sync::Arc<OnceCell<learner::Model>>,
}

impl Viewer {
    /// Of a scope in which somebody asks.
    pub(crate) fn new(scope: &Scope) -> Self {
        Self { scope: scope.clone(), account: std::sync::Arc::default() }
    }

    fn who(&self) -> Result<&Who, ApiError> {
        self.scope.with(Right::Read)
    }

    async fn account(&self) -> Result<&learner::Model, ApiError> {
        let id = self.who()?.id;
        let load = async || -> Result<learner::Model, ApiError> {
            let account = self.scope.learners()?.store.learner(id).await?;
            account.ok_or_else(|| ApiError::new(Code::Unauthenticated, "The account has been deleted."))
        };
        self.account.get_or_try_init(load).await
    }

    async fn credentials(&self, kind: &str) -> Result<Vec<credential::Model>> {
        let who = self.scope.with(Right::Account)?;
        let now = self.scope.now();
        let mut all = self.scope.learners()?.store.credentials(who.id, kind).await.map_err(ApiError::from)?;
        all.retain(|credential| credential.expires_at > now);
        Ok(all)
    }
}

/// Who asks, with what is theirs.
#[Object]
impl Viewer {
    /// The address of the account; null where an outside provider vouches for its learner.
    async fn email(&self) -> Option<Result<String>> {
        let found: Result<Option<String>> = async { Ok(self.account().await?.email.clone()) }.await;
        found.transpose()
    }

    /// What the learner wants to be called.
    async fn name(&self) -> Option<Result<String>> {
        let found: Result<Option<String>> = async { Ok(self.account().await?.name.clone()) }.await;
        found.transpose()
    }

    /// What the learner may do beside learning.
    async fn role(&self) -> Result<AccountRole> {
        let role = &self.account().await?.role;
        Ok(accounts::Rank::of(role).unwrap_or(accounts::Rank::Learner).into())
    }

    /// When the account was made.
    async fn created_at(&self) -> Result<DateTime<Utc>> {
        Ok(self.account().await?.created_at)
    }

    /// What the learner knows, by topic and level: the highest level of each topic brings the lower ones.
    async fn skills(
        &self,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Connection<Skill>> {
        let learners = self.scope.learners()?;
        let rows = learners.skill_rows(self.who()?.id, self.scope.catalog()).await.map_err(ApiError::from)?;
        let mut rows: Vec<_> = rows.iter().filter_map(|row| Skill::new(&self.scope, row)).collect();
        rows.sort_by(|a, b| a.name().cmp(b.name()));
        let places: Vec<usize> = (0..rows.len()).collect();
        let page = Page { first, after, last, before };
        Ok(page.of(&places, |place| rows[place].key(), |place| rows[place].clone())?)
    }

    /// How many levels of topics the learner has recorded to know.
    async fn skill_count(&self) -> Result<i32> {
        let skills = self.scope.loaders()?.load(SkillsOf(self.who()?.id)).await?;
        Ok(super::count(skills.map_or(0, |skills| skills.len())))
    }

    /// The roadmaps that the learner keeps, newest first.
    async fn roadmaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether those that were put aside are listed too.", default)]
        include_archived: bool,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor. At most 200 characters.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor. At most 200 characters.")] before: Option<
            String,
        >,
    ) -> Result<Connection<SavedRoadmap>> {
        let roadmaps = Roadmaps { scope: &self.scope, learner: self.who()?.id, include_archived };
        let page = Page { first, after, last, before }.read(&roadmaps, wants_total(ctx)).await?;
        Ok(page.map(|row| SavedRoadmap::new(&self.scope, row)))
    }

    /// The tokens that programs have, newest first. Not told to a token.
    async fn access_tokens(&self) -> Option<Result<Vec<AccessToken>>> {
        let all = self.credentials(credential::TOKEN).await;
        Some(all.map(|all| all.into_iter().map(AccessToken::new).collect()))
    }

    /// Where the learner is signed in, newest first. Not told to a token.
    async fn sessions(&self) -> Option<Result<Vec<Session>>> {
        let current = self.scope.asker().who.as_ref().and_then(Who::credential);
        let session = |row: credential::Model| Session {
            id: Key::Credential(row.id).encode(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            is_current: Some(row.id) == current,
        };
        let all = self.credentials(credential::SESSION).await;
        Some(all.map(|all| all.into_iter().map(session).collect()))
    }
}

/// The roadmaps of a learner, newest first.
struct Roadmaps<'a> {
    scope: &'a Scope,
    learner: Uuid,
    include_archived: bool,
}

impl StoredList for Roadmaps<'_> {
    type Key = Uuid;
    type Item = roadmap::Model;

    async fn place(&self, cursor: &str) -> Result<Option<Uuid>, ApiError> {
        let Ok(id) = cursor.parse() else { return Ok(None) };
        let found = self.scope.learners()?.store.roadmap((self.learner, id)).await?;
        let listed = found.filter(|row| self.include_archived || row.archived_at.is_none());
        Ok(listed.map(|row| row.id))
    }

    async fn read(&self, range: &KeyRange<Uuid>) -> Result<Vec<roadmap::Model>, ApiError> {
        let store = &self.scope.learners()?.store;
        Ok(store.roadmap_page(self.learner, self.include_archived, range).await?)
    }

    async fn count(&self) -> Result<u64, ApiError> {
        Ok(self.scope.learners()?.store.roadmap_count(self.learner, self.include_archived).await?)
    }

    fn cursor(row: &roadmap::Model) -> String {
        row.id.to_string()
    }
}

/// A token of a program's. The token itself is not kept.
#[derive(SimpleObject)]
pub struct AccessToken {
    /// The opaque id, for `revokeAccessToken`.
    id: ID,
    /// What the learner knows it by.
    name: String,
    /// What it may be used for.
    scopes: Vec<TokenScope>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// Until when it opens anything.
    expires_at: DateTime<Utc>,
    /// When it was used last, to within some minutes; null where it has not been.
    last_used_at: Option<DateTime<Utc>>,
}

impl AccessToken {
    pub(crate) fn new(row: credential::Model) -> Self {
        Self {
            id: Key::Credential(row.id).encode(),
            scopes: Grant::listed(&row.scopes).into_iter().map(Into::into).collect(),
            name: row.name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        }
    }
}

/// A browser in which the learner is signed in.
#[derive(SimpleObject)]
pub struct Session {
    /// The opaque id, for `endSession`.
    id: ID,
    /// When it began.
    created_at: DateTime<Utc>,
    /// Until when it lasts.
    expires_at: DateTime<Utc>,
    /// When it was used last, to within some minutes.
    last_used_at: Option<DateTime<Utc>>,
    /// Whether it is the one that asks.
    is_current: bool,
}

/// An account as admins see it.
#[derive(SimpleObject)]
pub struct LearnerAccount {
    /// Its address; null where an outside provider vouches for its learner.
    email: Option<String>,
    /// What its learner wants to be called.
    name: Option<String>,
    /// What its learner may do beside learning.
    role: AccountRole,
    /// When it was made.
    created_at: DateTime<Utc>,
}

impl LearnerAccount {
    pub(crate) fn new(row: &learner::Model) -> Self {
        Self {
            email: row.email.clone(),
            name: row.name.clone(),
            role: accounts::Rank::of(&row.role).unwrap_or(accounts::Rank::Learner).into(),
            created_at: row.created_at,
        }
    }
}
