//! What a request sees: one snapshot of the catalogue, whatever is imported meanwhile.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use waymark_planner::ids::{Arena, StepId};
use waymark_planner::measures::Measures;
use waymark_planner::{Catalog, Effort};

use super::error::{ApiError, Code};
use super::loaders::Loaders;
use crate::catalog::Snapshot;
use crate::service::curation::Curation;
use crate::service::ground::Ground;
use crate::service::{Clock, Current, Learners, Planner, Plans, Who, blocking};
use crate::store::{Act, Trouble};

/// The time between two looks whether a request wants something of a database that is away.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What there is to see, as it changes: scopes are made of it.
pub struct World {
    /// The current snapshot of the catalogue.
    pub current: Current,
    /// What has been planned.
    pub plans: Plans,
    /// What the planner may do for one search, and all that is planned for one request together.
    pub effort: Effort,
    /// Tells the day.
    pub clock: Clock,
    /// Those who learn, and what is theirs; `None` where there is no database.
    pub learners: Option<Arc<Learners>>,
}

/// Where a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    /// Who asks; nobody where that was not said.
    pub who: Option<Who>,
    /// What the client is known by where it is to be slowed down.
    pub client: String,
    /// How a session is given to its browser; `None` where an answer can't bring a cookie.
    pub cookie: Option<Cookie>,
    /// The cookie by which accounts know the device that they were signed in to from.
    pub device: Option<String>,
}

/// The cookies of a session and of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// Whether it goes over TLS alone.
    pub is_secure: bool,
}

impl Cookie {
    /// Its name. The prefix has browsers refuse one that another host, or a connection without TLS, has set (RFC 6265bis, 4.1.3.2).
    pub const fn name(self) -> &'static str {
        if self.is_secure { "__Host-waymark" } else { "waymark" }
    }

    /// The name of the one by which a device is known.
    pub const fn device_name(self) -> &'static str {
        if self.is_secure { "__Host-waymark-device" } else { "waymark-device" }
    }

    /// What sets it, for so many seconds; none of them removes it.
    pub fn set(self, value: &str, seconds: i64) -> String {
        self.set_as(self.name(), value, seconds)
    }

    /// What sets the one of the device, for so many days. Nothing in it removes it.
    pub fn set_device(self, value: &str, days: i64) -> String {
        self.set_as(self.device_name(), value, if value.is_empty() { 0 } else { days * 86_400 })
    }

    fn set_as(self, name: &str, value: &str, seconds: i64) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
    }
}

impl World {
    /// What a request sees that comes now; the id is what errors and logs name the request by.
    pub fn scope(self: &Arc<Self>, request_id: Option<Arc<str>>) -> Scope {
        self.scope_of(Asker::default(), request_id)
    }

    /// What a request sees that comes now from somebody.
    pub fn scope_of(self: &Arc<Self>, asker: Asker, request_id: Option<Arc<str>>) -> Scope {
        self.scope_on(self.current.pin(), Arc::new(asker), request_id, self.plans.planner(self.effort))
    }

    /// What a request sees that is answered on a snapshot.
    fn scope_on(
        self: &Arc<Self>,
        snapshot: Arc<Snapshot>,
        asker: Arc<Asker>,
        request_id: Option<Arc<str>>,
        planner: Planner,
    ) -> Scope {
        let (now, learners) = ((self.clock)(), self.learners.clone());
        Scope(Arc::new(Seen {
            snapshot,
            now,
            request_id,
            asker,
            learners,
            loaders: OnceLock::new(),
            is_personal: AtomicBool::new(false),
            exports: AtomicUsize::new(0),
            planner,
            world: self.clone(),
        }))
    }
}

/// Given to the engine as the request's data, and passed on by every object: a clone is another handle to the same.
#[derive(Clone)]
pub struct Scope(Arc<Seen>);

struct Seen {
    snapshot: Arc<Snapshot>,
    now: DateTime<Utc>,
    request_id: Option<Arc<str>>,
    asker: Arc<Asker>,
    /// Those who learn, as this request sees them.
    learners: Option<Arc<Learners>>,
    loaders: OnceLock<Loaders>,
    /// Whether the answer has something that is not the catalogue's alone.
    is_personal: AtomicBool,
    /// How many fields have asked for an export.
    exports: AtomicUsize,
    /// All that is planned for the request shares its effort.
    planner: Planner,
    world: Arc<World>,
}

/// What is kept of a scope while its asker waits for something to happen: no snapshot, which may be an old one by then.
#[derive(Clone)]
pub(crate) struct Waiting {
    world: Arc<World>,
    asker: Arc<Asker>,
    request_id: Option<Arc<str>>,
    /// Whether something of a learner's is waited for, which the database has.
    is_personal: bool,
}

impl Waiting {
    /// The asker's view of what is there now.
    pub(crate) fn scope(&self) -> Scope {
        self.scope_on(self.world.current.pin())
    }

    /// The asker's view of a snapshot.
    pub(crate) fn scope_on(&self, snapshot: Arc<Snapshot>) -> Scope {
        let planner = self.world.plans.planner(self.world.effort);
        let scope = self.world.scope_on(snapshot, self.asker.clone(), self.request_id.clone(), planner);
        scope.0.is_personal.store(self.is_personal, Ordering::Relaxed);
        scope
    }
}

impl Scope {
    /// The snapshot with its index and revision.
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.0.snapshot
    }

    /// The catalogue of the snapshot.
    pub fn catalog(&self) -> &Catalog {
        &self.0.snapshot.catalog
    }

    /// Something about the measures of the catalogue's steps, without waiting on the threads that serve requests where they are still to
    /// be computed.
    pub(crate) async fn of_measures<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Arena<StepId, Measures>) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let snapshot = self.snapshot().clone();
        Ok(blocking(move || ask(snapshot.measures())).await?)
    }

    /// Plans within what the request may spend.
    pub(crate) fn planner(&self) -> &Planner {
        &self.0.planner
    }

    /// The day on which the request came (UTC).
    pub fn today(&self) -> NaiveDate {
        self.0.now.date_naive()
    }

    /// When the request came.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.now
    }

    /// What is kept of the scope while its asker waits for something to happen.
    pub(crate) fn waiting(&self) -> Waiting {
        let (world, asker) = (self.world().clone(), self.0.asker.clone());
        Waiting { world, asker, request_id: self.0.request_id.clone(), is_personal: self.is_personal() }
    }

    /// The same view for somebody who has just said who they are.
    pub(crate) fn of(&self, who: Who) -> Self {
        let asker = Asker { who: Some(who), ..self.asker().clone() };
        let (planner, request_id) = (self.planner().clone(), self.0.request_id.clone());
        self.world().scope_on(self.snapshot().clone(), Arc::new(asker), request_id, planner)
    }

    /// The same view on a snapshot: ids are read on the catalogue that they are of.
    pub(crate) fn on(&self, snapshot: &Arc<Snapshot>) -> Self {
        let seen = &*self.0;
        if Arc::ptr_eq(&seen.snapshot, snapshot) {
            return self.clone();
        }
        Self(Arc::new(Seen {
            snapshot: snapshot.clone(),
            now: seen.now,
            request_id: seen.request_id.clone(),
            asker: seen.asker.clone(),
            learners: seen.learners.clone(),
            loaders: OnceLock::new(),
            is_personal: AtomicBool::new(self.is_personal()),
            exports: AtomicUsize::new(0),
            planner: seen.planner.clone(),
            world: seen.world.clone(),
        }))
    }

    /// The same view, with nothing loaded yet and outside any act.
    pub(crate) fn fresh(&self) -> Result<Self, ApiError> {
        Ok(self.with_learners(self.writers()?.clone()))
    }

    /// The same view while something is done that the asker has asked for: what is written by it is that.
    pub(crate) fn acting(&self, act: &Arc<Act>) -> Result<Self, ApiError> {
        Ok(self.with_learners(Arc::new(self.writers()?.during(act))))
    }

    /// The same view of the catalogue, with learners seen otherwise.
    fn with_learners(&self, learners: Arc<Learners>) -> Self {
        let seen = &*self.0;
        Self(Arc::new(Seen {
            snapshot: seen.snapshot.clone(),
            now: seen.now,
            request_id: seen.request_id.clone(),
            asker: seen.asker.clone(),
            learners: Some(learners),
            loaders: OnceLock::new(),
            is_personal: AtomicBool::new(true),
            exports: AtomicUsize::new(0),
            planner: seen.planner.clone(),
            world: seen.world.clone(),
        }))
    }

    /// Where the request comes from. What is answered from that is nobody else's.
    pub(crate) fn asker(&self) -> &Asker {
        self.0.is_personal.store(true, Ordering::Relaxed);
        &self.0.asker
    }

    /// Those who learn, and what is theirs. It changes without the catalogue.
    pub(crate) fn learners(&self) -> Result<&Arc<Learners>, ApiError> {
        self.0.is_personal.store(true, Ordering::Relaxed);
        self.0.learners.as_ref().ok_or_else(|| {
            ApiError::new(Code::NotFound, "There is no database here, so nothing is known of learners.")
        })
    }

    /// The same outside any act.
    pub(crate) fn writers(&self) -> Result<&Arc<Learners>, ApiError> {
        self.learners().map(|all| self.0.world.learners.as_ref().unwrap_or(all))
    }

    /// What is loaded together for all fields of the request that ask for it.
    pub(crate) fn loaders(&self) -> Result<&Loaders, ApiError> {
        let learners = self.learners()?;
        Ok(self.0.loaders.get_or_init(|| Loaders::new(learners.clone(), self.snapshot().clone())))
    }

    /// What keeps the database from being used at the moment.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.0.learners.as_ref().and_then(|learners| learners.store.trouble())
    }

    /// Waits until the database cannot be reached, and the request wants something of it.
    pub async fn is_stuck(&self) {
        let Some(learners) = &self.0.learners else { return std::future::pending().await };
        loop {
            learners.store.unreachable().await;
            if self.is_personal() {
                return;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Whether the answer depends on anything but the question, the catalogue and the day.
    pub fn is_personal(&self) -> bool {
        self.0.is_personal.load(Ordering::Relaxed)
    }

    /// How many fields of the request have asked for an export.
    pub(super) fn exports_asked(&self) -> &AtomicUsize {
        &self.0.exports
    }

    /// Where the catalogue is changed, and was.
    pub(crate) fn curation(&self) -> Result<Curation, ApiError> {
        let world = self.world();
        Ok(Curation::new(self.learners()?.store.clone(), world.current.clone(), world.clock.clone()))
    }

    /// On what a roadmap of a learner's is planned.
    pub(crate) fn ground(&self) -> Ground {
        let (snapshot, planner) = (self.snapshot().clone(), self.planner().clone());
        Ground { snapshot, today: self.today(), effort: self.effort(), planner }
    }

    /// What the planner may do for one search.
    pub fn effort(&self) -> Effort {
        self.0.world.effort
    }

    /// What there is beyond this request: for those who wait for it to change.
    pub(crate) fn world(&self) -> &Arc<World> {
        &self.0.world
    }

    /// What errors and logs name the request by.
    pub(crate) fn request_id(&self) -> Option<&Arc<str>> {
        self.0.request_id.as_ref()
    }
}
