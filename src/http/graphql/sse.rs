//! GraphQL over server-sent events, each operation on a connection of its own ("distinct connections" of the `graphql-sse` protocol): `next`
//! with an answer as often as there is one, then `complete`.
//!
//! Nothing is kept for a client that reads slowly: the next event is made when the last one has gone out.

use std::convert::Infallible;
use std::net::IpAddr;

use axum::http::header;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt as _};
use serde_json::json;

use super::answer::Refusal;
use super::live::{Crowded, Live, LiveConnection, Said};

/// A client that may open an event stream.
pub(super) fn admit(live: &Live, client: Option<IpAddr>) -> Result<LiveConnection, Refusal> {
    live.connect(client).map_err(|crowded| match crowded {
        Crowded::Server => Refusal::full(),
        Crowded::Client => Refusal::too_many("WebSockets and event streams"),
    })
}

/// The answer that goes on until all is said, or the server ends. Then it breaks off, so that the client asks again.
pub(super) fn streamed(live: &Live, place: LiveConnection, said: BoxStream<'static, Said>) -> Response {
    let alive = KeepAlive::new().interval(live.terms.ping_every);
    let mut response = Sse::new(events(live.clone(), said, place)).keep_alive(alive).into_response();
    // Proxies in between are to pass each event on as it comes.
    let unbuffered = header::HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(unbuffered, header::HeaderValue::from_static("no"));
    response
}

/// The place is held until the stream is dropped.
fn events(
    live: Live,
    said: BoxStream<'static, Said>,
    place: LiveConnection,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let events = said.flat_map(|said| futures_util::stream::iter(events_of(said)));
    events.take_until(async move { live.ended().await }).map(move |event| {
        let _held = &place;
        Ok(event)
    })
}

fn events_of(said: Said) -> Vec<Event> {
    match said {
        Said::Next(answer) => vec![next(&answer.json)],
        // The protocol has no event of its own for what is not executed.
        Said::Error(errors) => vec![next(json!({ "errors": errors }).to_string().as_bytes()), complete()],
        Said::Complete => vec![complete()],
    }
}

fn next(json: &[u8]) -> Event {
    Event::default().event("next").data(String::from_utf8_lossy(json))
}

fn complete() -> Event {
    // Browsers pass over an event without data, and axum over data without anything in it: an empty line is the least.
    Event::default().event("complete").data("\n")
}
