//! One connection, from its introduction to its end.
//!
//! Everything happens in one task, without a queue: the next message is read, and the next event made, when the last one has been sent. So a
//! client that reads slowly waits for itself alone, and nothing piles up for it; one that does not read at all is let go.

use std::error::Error as _;
use std::time::Duration;

use async_graphql::Request;
use axum::extract::ws::{Message, Utf8Bytes};
use futures_util::stream::BoxStream;
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use serde_json::{Map, Value};
use tokio::time::{Instant, interval_at, sleep, timeout};
use tokio_stream::StreamMap;

use super::message::{Close, FromClient, FromServer, PROTOCOL, next};
use crate::config::LiveSettings;
use crate::graphql::overloaded;
use crate::http::graphql::live::{Live, Said};
use crate::http::graphql::{json, read};

/// How long a client that was told that it is closed may take to answer: until then what it still sends is read, since a socket that is closed
/// with something unread is reset, and the reason lost.
pub(super) const FAREWELL: Duration = Duration::from_secs(1);
/// How many pings in a row may stay without anything from the other side.
const PINGS_UNANSWERED: u32 = 2;

/// Why a connection ends.
enum End {
    /// The client left, or does not read.
    Gone,
    /// The server closes it.
    Closed(Close),
}

/// Serves a connection to its end. `answers` begins an operation, for whom the token is of that the client introduced itself with.
pub(super) async fn serve<S, E>(
    socket: S,
    answers: impl Fn(Option<String>, Request) -> BoxStream<'static, Said>,
    live: &Live,
) where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
    E: ReadError,
{
    let terms = &live.terms;
    let mut connection = Connection {
        socket,
        answers,
        terms,
        is_begun: false,
        token: None,
        unanswered: 0,
        operations: StreamMap::new(),
    };
    if let End::Closed(reason) = connection.run(live).await {
        connection.close(&reason).await;
    }
}

/// What went wrong with reading.
pub(super) trait ReadError {
    /// Whether the message was longer than the limit.
    fn is_too_long(&self) -> bool;
}

impl ReadError for axum::Error {
    fn is_too_long(&self) -> bool {
        let error = self.source().and_then(|error| error.downcast_ref());
        matches!(error, Some(tungstenite::Error::Capacity(_)))
    }
}

struct Connection<'a, S, A> {
    socket: S,
    answers: A,
    terms: &'a LiveSettings,
    /// Whether the client has introduced itself.
    is_begun: bool,
    /// What the client said in its introduction about who it is.
    token: Option<String>,
    /// Pings since something was heard.
    unanswered: u32,
    operations: StreamMap<String, BoxStream<'static, Said>>,
}

impl<S, E, A> Connection<'_, S, A>
where
    S: Stream<Item = Result<Message, E>> + Sink<Message> + Unpin,
    E: ReadError,
    A: Fn(Option<String>, Request) -> BoxStream<'static, Said>,
{
    async fn run(&mut self, live: &Live) -> End {
        let introduction = sleep(self.terms.init_timeout);
        let mut pings = interval_at(Instant::now() + self.terms.ping_every, self.terms.ping_every);
        tokio::pin!(introduction);
        loop {
            let went = tokio::select! {
                message = self.socket.next() => self.receive(message).await,
                Some((id, said)) = self.operations.next(), if !self.operations.is_empty() => self.tell(&id, said).await,
                _ = pings.tick() => self.ping().await,
                () = &mut introduction, if !self.is_begun => Err(End::Closed(Close::InitTimeout)),
                () = live.ended() => Err(End::Closed(Close::GoingAway)),
            };
            if let Err(end) = went {
                return end;
            }
        }
    }

    async fn receive(&mut self, message: Option<Result<Message, E>>) -> Result<(), End> {
        self.unanswered = 0;
        match message {
            Some(Err(error)) if error.is_too_long() => {
                Err(End::Closed(Close::TooLong(self.terms.message_bytes)))
            }
            None | Some(Err(_)) => Err(End::Gone),
            Some(Ok(Message::Text(text))) => {
                let message = parsed(text).await?;
                self.handle(message).await
            }
            Some(Ok(Message::Binary(_))) => Err(bad("Messages are text")),
            // The socket answers by itself, into a buffer that has no end: so nothing more is read until that is sent.
            Some(Ok(Message::Ping(_) | Message::Close(_))) => self.flush().await,
            Some(Ok(Message::Pong(_))) => Ok(()),
        }
    }

    async fn flush(&mut self) -> Result<(), End> {
        match timeout(self.terms.send_timeout, self.socket.flush()).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Gone),
        }
    }

    async fn handle(&mut self, message: FromClient) -> Result<(), End> {
        match message {
            FromClient::ConnectionInit { .. } if self.is_begun => Err(End::Closed(Close::SecondInit)),
            FromClient::ConnectionInit { payload } => {
                self.is_begun = true;
                self.token = payload.as_ref().and_then(token);
                self.say(&FromServer::ConnectionAck).await
            }
            FromClient::Ping { payload } => self.say(&FromServer::Pong { payload }).await,
            FromClient::Pong {} => Ok(()),
            FromClient::Subscribe { .. } if !self.is_begun => Err(End::Closed(Close::Unauthorized)),
            FromClient::Subscribe { id, payload } => {
                let request = read::request(payload).map_err(|refusal| bad(refusal.message()))?;
                self.begin(id, request).await
            }
            FromClient::Complete { id } => {
                self.operations.remove(&id);
                Ok(())
            }
        }
    }

    async fn begin(&mut self, id: String, request: Request) -> Result<(), End> {
        if self.operations.contains_key(&id) {
            return Err(End::Closed(Close::IdInUse(id)));
        }
        if self.operations.len() >= self.terms.operations {
            return self.tell(&id, Said::Error(vec![overloaded(self.terms.operations)])).await;
        }
        self.operations.insert(id, (self.answers)(self.token.clone(), request));
        Ok(())
    }

    async fn tell(&mut self, id: &str, said: Said) -> Result<(), End> {
        match said {
            Said::Next(answer) => self.send(Message::Text(next(id, &answer.json).into())).await,
            Said::Error(errors) => {
                self.operations.remove(id);
                self.say(&FromServer::Error { id, payload: &errors }).await
            }
            Said::Complete => {
                self.operations.remove(id);
                self.say(&FromServer::Complete { id }).await
            }
        }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if self.unanswered >= PINGS_UNANSWERED {
            return Err(End::Gone);
        }
        self.unanswered += 1;
        self.send(Message::Ping(Vec::new().into())).await
    }

    async fn say(&mut self, message: &FromServer<'_>) -> Result<(), End> {
        // Maps have string keys and numbers are finite, so this does not fail.
        let text = serde_json::to_string(message).map_err(|_| End::Gone)?;
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.terms.send_timeout, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Gone),
        }
    }

    async fn close(&mut self, reason: &Close) {
        self.operations.clear();
        if self.send(Message::Close(Some(reason.frame()))).await.is_ok() {
            // Whether it came to its end or not, it is over.
            let rest = async { while let Some(Ok(_)) = self.socket.next().await {} };
            drop(timeout(FAREWELL, rest).await);
        }
    }
}

/// The token of an introduction: browsers can't set headers of a WebSocket, so it stands in the payload as it would in the header.
fn token(payload: &Map<String, Value>) -> Option<String> {
    let given = ["Authorization", "authorization"].iter().find_map(|name| payload.get(*name)?.as_str());
    given.map(|text| text.strip_prefix("Bearer ").unwrap_or(text).to_owned())
}

async fn parsed(text: Utf8Bytes) -> Result<FromClient, End> {
    let bytes = text.len();
    let read = move || {
        let message =
            json::parse(text.as_bytes()).map_err(|wrong| bad(&format!("Invalid message: it {wrong}")))?;
        serde_json::from_value(message)
            .map_err(|_| bad(&format!("Invalid message: it is none that a client of {PROTOCOL} sends")))
    };
    read::apart(bytes, read).await.unwrap_or(Err(End::Gone))
}

fn bad(reason: &str) -> End {
    End::Closed(Close::BadMessage(reason.to_owned()))
}
