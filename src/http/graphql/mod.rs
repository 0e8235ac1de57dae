//! GraphQL over HTTP, as its specification has it: `GET` for queries, `POST` for everything. Answers that go on are streams of events, or come
//! over a WebSocket.
//!
//! A request passes the guards in the order in which they are cheap: where it comes from, what it takes for an answer, its media type,
//! its size, its form. What gets through is executed on the snapshot and the day of its arrival.

mod answer;
mod cached;
mod encoding;
mod guard;
mod json;
mod live;
mod logged;
mod media;
mod read;
mod sse;
mod upload;
pub(super) mod ws;

use std::net::IpAddr;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use futures_util::stream::BoxStream;
use tokio::time::timeout;

pub(super) use answer::Refusal;
pub use cached::Answers;
pub(super) use guard::{is_own_page, origin as check_origin};
pub use live::Live;

use self::answer::answered;
use self::cached::{Finished, Question};
use self::encoding::Encoding;
use self::live::{LiveConnection, Said, Unsent};
use self::logged::{Name, Transport, logged};
use self::media::Accepted;
use super::client::Peer;
use super::gate::{Full, Place};
use super::headers::put_host;
use super::observe::{Operation, RequestId};
use super::{LARGEST_BODY, Server, identity};
use crate::graphql::{Answer, Asker, Refused, Scope};

/// `GET /graphql?query=…`: queries alone. A person who opens the address in a browser is led to GraphiQL, and who asks for a WebSocket gets it.
pub(super) async fn get(State(server): State<Arc<Server>>, request: Request) -> Response {
    let upgrade = request.headers().get(header::UPGRADE);
    if upgrade.is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket")) {
        return ws::upgrade(server, request).await;
    }
    let parameters = request.uri().query().unwrap_or_default();
    if parameters.is_empty() && media::is_browser(request.headers()) {
        return Redirect::to("/graphiql").into_response();
    }
    let text = Bytes::copy_from_slice(parameters.as_bytes());
    let asked = Asked::new(server, request.into_parts().0, true);
    respond(&asked, asked.admit().map(|()| text)).await
}

/// `POST /graphql` with a body of JSON, or of parts where something is uploaded.
pub(super) async fn post(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut asked = Asked::new(server, parts, false);
    let text = match asked.admit_body().await {
        Ok(most) => body_of(&asked.server, body, most).await,
        Err(refusal) => Err(refusal),
    };
    respond(&asked, text).await
}

/// The whole body, if it is not too long and comes in time. One that says how long it is is refused before anything is read of it: then
/// nobody is told to go on with it (`100 Continue`) either.
async fn body_of(server: &Server, body: Body, most: usize) -> Result<Bytes, Refusal> {
    if body.size_hint().lower() > most as u64 {
        return Err(Refusal::too_long(most));
    }
    match timeout(server.app.server.body_timeout, to_bytes(body, most)).await {
        Ok(body) => body.map_err(|error| Refusal::of_body(&error, most)),
        Err(_) => Err(Refusal::slow_body()),
    }
}

/// A request without its text.
struct Asked {
    server: Arc<Server>,
    headers: HeaderMap,
    peer: Option<Peer>,
    id: Option<Arc<str>>,
    is_get: bool,
    /// What divides the parts of a body that has some.
    boundary: Option<String>,
    /// Who asks, where that had to be known before the body was read.
    by: Option<Asker>,
}

impl Asked {
    fn new(server: Arc<Server>, mut parts: Parts, is_get: bool) -> Self {
        put_host(&mut parts);
        let peer = parts.extensions.get().copied();
        let id = parts.extensions.get().map(|RequestId(id)| id.clone());
        let boundary = if is_get { None } else { upload::boundary(&parts.headers) };
        Self { server, headers: parts.headers, peer, id, is_get, boundary, by: None }
    }

    /// What stands before the text is looked at.
    fn admit(&self) -> Result<(), Refusal> {
        guard::origin(&self.headers, &self.server.app.http.cors)?;
        self.server.rates.admit(self.peer, &self.headers).map_err(Refusal::too_often)
    }

    /// What stands before a body is read; the most bytes of it. An upload is read of those alone who are signed in.
    async fn admit_body(&mut self) -> Result<usize, Refusal> {
        self.admit()?;
        if self.boundary.is_none() {
            return read::content_type(&self.headers).map(|()| LARGEST_BODY);
        }
        upload::preflighted(&self.headers)?;
        let by = self.who_asks(Accepted::of(&self.headers)).await?;
        if by.who.is_none() {
            return Err(upload::anonymous());
        }
        self.by = Some(by);
        Ok(upload::LARGEST)
    }

    /// Who asks; looked up once.
    async fn who_asks(&self, accepted: Option<Accepted>) -> Result<Asker, Refusal> {
        if let Some(by) = &self.by {
            return Ok(by.clone());
        }
        if self.server.gate.is_full() && !Question::is_anonymous(&self.headers) {
            return Err(Refusal::overloaded());
        }
        let can_set_cookies = accepted.is_some_and(|accepted| !accepted.is_streamed(None));
        identity::asker(&self.server, &self.headers, self.peer, can_set_cookies).await
    }

    /// The client's address, as far as it can be told.
    fn client(&self) -> Option<IpAddr> {
        self.server.rates.client(self.peer, &self.headers)
    }
}

/// Answers what was asked by a text, the parameters of an address or a body, where it may be asked.
async fn respond(asked: &Asked, text: Result<Bytes, Refusal>) -> Response {
    let Some(accepted) = Accepted::of(&asked.headers) else {
        return Refusal::not_acceptable().into_response();
    };
    let response = match text {
        Err(refusal) => Err(refusal),
        Ok(text) => answer(asked, accepted, text).await,
    };
    response.unwrap_or_else(|refusal| said_once(refusal.in_media(accepted.media()), None))
}

/// The answer that is kept, or else a new one.
async fn answer(asked: &Asked, accepted: Accepted, text: Bytes) -> Result<Response, Refusal> {
    let Asked { server, headers, is_get, .. } = asked;
    let app = &server.app;
    let is_anonymous = Question::is_anonymous(headers);
    let by = asked.who_asks(Some(accepted)).await?;
    let scope = app.world.scope_of(by, asked.id.clone());
    let question = Question {
        text,
        is_get: *is_get,
        media: accepted.media(),
        encoding: Encoding::accepted(headers),
        today: scope.today(),
        catalog: scope.snapshot().version(),
        by: app.schema.fingerprint(),
    };
    let is_everybodys = is_anonymous && !accepted.is_streamed(None);
    if is_everybodys {
        let cache_control = app.answers.cache_control();
        if let Some(finished) = app.answers.get(&question) {
            return Ok(finished.respond(*is_get, headers, cache_control));
        }
        if let Some(unchanged) = cached::unchanged(&question, headers, cache_control) {
            return Ok(unchanged);
        }
    }
    // The permit is held until the answer is written and compressed, and not while it is sent.
    let (operation, executed, may_be_kept, _permit) =
        match executed(asked, accepted, &question.text, scope.clone()).await? {
            Outcome::Streamed(response) => return Ok(response),
            Outcome::Executed { operation, executed, may_be_kept, permit } => {
                (operation, executed, may_be_kept, permit)
            }
        };
    match &executed {
        Ok(answer) if is_everybodys && may_be_kept && !scope.is_personal() && answer.errors().is_empty() => {
            let finished = Arc::new(Finished::new(&question, operation, answer.json()).await);
            app.answers.keep(&question, finished.clone());
            Ok(finished.respond(*is_get, headers, app.answers.cache_control()))
        }
        executed => {
            let answer = answered(executed, accepted.media(), question.encoding);
            Ok(said_once(answer.await, operation))
        }
    }
}

enum Outcome {
    Executed {
        operation: Option<Operation>,
        executed: Result<Answer, Refused>,
        /// Whether an equal request need not be looked at.
        may_be_kept: bool,
        /// Of the concurrency limiter.
        permit: Place,
    },
    Streamed(Response),
}

/// The request of a text.
async fn request_of(asked: &Asked, text: &Bytes) -> Result<async_graphql::Request, Refusal> {
    let (text, boundary, is_get) = (text.clone(), asked.boundary.clone(), asked.is_get);
    let read = read::apart(text.len(), move || match boundary {
        Some(boundary) => upload::request(&text, &boundary),
        None if is_get => read::parameters(&text),
        None => read::body(&text),
    });
    read.await.unwrap_or_else(|lost| Err(Refusal::lost(lost, false)))
}

async fn executed(asked: &Asked, accepted: Accepted, text: &Bytes, scope: Scope) -> Result<Outcome, Refusal> {
    let Server { app, gate, .. } = &*asked.server;
    let permit = gate.enter().await.map_err(|Full| Refusal::overloaded())?;
    let request = request_of(asked, text).await?;
    // A document that comes with its hash is to be remembered by it each time, since it may have been forgotten.
    let mut may_be_kept = request.query.is_empty() || !request.extensions.contains_key("persistedQuery");
    let prepared = match app.schema.prepare(request).await {
        Ok(prepared) => prepared,
        Err(refused) if accepted.is_streamed(None) => {
            let place = sse::admit(&app.live, asked.client())?;
            let operation = refused.operation_name.as_deref().map(Operation::new);
            return Ok(Outcome::Streamed(streamed(asked, place, live::refused(refused), operation)));
        }
        Err(refused) => {
            let operation = refused.operation_name.as_deref().map(Operation::new);
            return Ok(Outcome::Executed { operation, executed: Err(refused), may_be_kept, permit });
        }
    };
    let kind = prepared.operation_type();
    // What changes something is done each time.
    may_be_kept &= kind == OperationType::Query;
    let is_streamed = accepted.is_streamed(Some(kind));
    guard::method(kind, asked.is_get, is_streamed)?;
    let operation = prepared.operation_name().map(Operation::new);
    if is_streamed {
        // What is computed for a stream takes another, when its client has read what is before it.
        drop(permit);
        let place = sse::admit(&app.live, asked.client())?;
        let said = live::answers(&asked.server, prepared, scope, asked.client(), Unsent::new(1))?;
        return Ok(Outcome::Streamed(streamed(asked, place, said, operation)));
    }
    let executed = tokio::select! {
        executed = timeout(app.server.execution_timeout, app.schema.execute(prepared, scope.clone())) => {
            executed.map_err(|_| Refusal::timed_out())?
        }
        () = scope.is_stuck() => return Err(Refusal::unavailable()),
    };
    Ok(Outcome::Executed { operation, executed, may_be_kept, permit })
}

/// A stream of events, with a line in the log for the request and one for the end of the stream.
fn streamed(
    asked: &Asked,
    place: LiveConnection,
    said: BoxStream<'static, Said>,
    operation: Option<Operation>,
) -> Response {
    let name = Name::default();
    if let Some(operation) = operation.clone() {
        name.get_or_init(|| operation);
    }
    let said = logged(said, asked.id.clone(), Transport::EventStream, name);
    let mut response = sse::streamed(&asked.server.app.live, place, said);
    if let Some(operation) = operation {
        response.extensions_mut().insert(operation);
    }
    response
}

/// For whoever asked, and not to be kept by anybody else.
fn said_once(mut response: Response, operation: Option<Operation>) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    if let Some(operation) = operation {
        response.extensions_mut().insert(operation);
    }
    response
}
