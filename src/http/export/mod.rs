//! `/export/my-data`: all that is kept of the learner who asks, as a download that is written while it is read.
//!
//! An export has a read transaction, which takes a connection and keeps old rows in the database. So there are few at once, one of each learner, and
//! whoever does not read one is not waited for.

mod body;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use metrics::{Gauge, gauge};
use tokio::sync::Semaphore;
use uuid::Uuid;

use self::body::Patience;
use super::gate::{Full, Place, room};
use super::graphql::{Refusal, check_origin};
use super::headers::put_host;
use super::observe::RequestId;
use super::{Server, identity};
use crate::config::ServerSettings;
use crate::graphql::Scope;
use crate::graphql::error::{ApiError, Code};
use crate::service::Lost;
use crate::telemetry::figures;

const HEADERS: [(HeaderName, &str); 3] = [
    (header::CONTENT_TYPE, "application/json"),
    (header::CONTENT_DISPOSITION, "attachment; filename=\"waymark-export.json\""),
    (header::CACHE_CONTROL, "no-store"),
];

/// The exports that are under way.
pub(super) struct Exports {
    room: Arc<Semaphore>,
    learners: Arc<Mutex<HashSet<Uuid>>>,
    timeout: Duration,
    figure: Gauge,
}

impl Exports {
    pub(super) fn new(settings: &ServerSettings) -> Self {
        Self {
            room: Arc::new(room(settings.exports)),
            learners: Arc::default(),
            timeout: settings.export_timeout,
            figure: gauge!(figures::EXPORTS),
        }
    }

    /// Makes room for an export of a learner's, until it is dropped.
    fn enter(&self, learner: Uuid) -> Result<Slot, Refusal> {
        if !self.learners.lock().unwrap_or_else(PoisonError::into_inner).insert(learner) {
            return Err(Refusal::exporting());
        }
        // From here on the learner is let go by being dropped.
        let learner = Learner { id: learner, all: self.learners.clone() };
        let room = self.room.clone().try_acquire_owned().map_err(|_| Refusal::too_many_exports())?;
        Ok(Slot { _learner: learner, _place: Place::new(room, &self.figure) })
    }
}

/// The room of one export.
struct Slot {
    _learner: Learner,
    _place: Place,
}

/// A learner who exports.
struct Learner {
    id: Uuid,
    all: Arc<Mutex<HashSet<Uuid>>>,
}

impl Drop for Learner {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

/// The download.
pub(super) async fn get(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    put_host(&mut parts);
    begun(&server, &parts).await.unwrap_or_else(IntoResponse::into_response)
}

async fn begun(server: &Server, Parts { headers, extensions, .. }: &Parts) -> Result<Response, Refusal> {
    let peer = extensions.get().copied();
    let id = extensions.get().map(|RequestId(id)| id.clone());
    check_origin(headers, &server.app.http.cors)?;
    server.rates.admit(peer, headers).map_err(Refusal::too_often)?;
    // Beginning takes its place among all that is executed; what comes after that waits for its reader most of the time.
    let _place = server.gate.enter().await.map_err(|Full| Refusal::overloaded())?;
    let scope = server.app.world.scope_of(identity::asker(server, headers, peer, false).await?, id);
    let learner = scope.may_export().map_err(|error| refusal(&scope, &error))?;
    let slot = server.exports.enter(learner)?;
    let export = tokio::select! {
        begun = scope.export() => begun.map_err(|error| refusal(&scope, &error))?,
        () = scope.is_stuck() => return Err(Refusal::unavailable()),
    };
    let body = body::written(Patience::new(server.exports.timeout), |mut pieces| async move {
        let _slot = slot;
        export.write_to(&mut pieces).await
    });
    Ok((HEADERS, body).into_response())
}

/// What a field would have answered with an error.
fn refusal(scope: &Scope, error: &ApiError) -> Refusal {
    match error.code() {
        Code::Internal => Refusal::lost(Lost::Fault, scope.trouble().is_some()),
        Code::Unavailable => Refusal::unavailable(),
        _ => Refusal::of_error(error),
    }
}
