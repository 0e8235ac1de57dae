//! Connections without a network, on a clock that stands still until everybody waits.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use async_graphql::Request;
use axum::body::Bytes;
use axum::extract::ws::Message;
use futures_util::stream::{self, BoxStream};
use futures_util::{Sink, SinkExt as _, Stream, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, PollSender};

use super::connection::{ReadError, serve};
use crate::config::LiveSettings;
use crate::http::graphql::live::{Answer, Live, Said};

/// The server's end of a connection.
struct Socket {
    incoming: mpsc::Receiver<Result<Message, TooLong>>,
    outgoing: PollSender<Message>,
}

struct TooLong;

impl ReadError for TooLong {
    fn is_too_long(&self) -> bool {
        true
    }
}

impl Stream for Socket {
    type Item = Result<Message, TooLong>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.incoming.poll_recv(cx)
    }
}

impl Sink<Message> for Socket {
    type Error = ();

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), ()>> {
        self.outgoing.poll_ready_unpin(cx).map_err(drop)
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), ()> {
        self.outgoing.start_send_unpin(message).map_err(drop)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), ()>> {
        self.outgoing.poll_flush_unpin(cx).map_err(drop)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), ()>> {
        self.outgoing.poll_close_unpin(cx).map_err(drop)
    }
}

/// The client's end, and the server's task.
struct Client {
    say: mpsc::Sender<Result<Message, TooLong>>,
    heard: mpsc::Receiver<Message>,
    server: JoinHandle<()>,
    end: CancellationToken,
    /// How many events the operations have made.
    made: Arc<AtomicUsize>,
    /// How many operations have been dropped.
    dropped: Arc<AtomicUsize>,
}

/// Counts when it is dropped.
struct Dropped(Arc<AtomicUsize>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

const TERMS: LiveSettings = LiveSettings {
    connections: 1,
    client_connections: 1,
    subscriptions: 1,
    client_subscriptions: 1,
    operations: 2,
    message_bytes: 1000,
    init_timeout: Duration::from_secs(3),
    ping_every: Duration::from_secs(15),
    send_timeout: Duration::from_secs(10),
};

impl Client {
    fn new() -> Self {
        let (say, incoming) = mpsc::channel(16);
        let (outgoing, heard) = mpsc::channel(1);
        let socket = Socket { incoming, outgoing: PollSender::new(outgoing) };
        let end = CancellationToken::new();
        let live = Live::new(TERMS, end.clone());
        let (made, dropped) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let counters = (made.clone(), dropped.clone());
        let server = tokio::spawn(async move {
            serve(socket, |_, request| operation(&request, &counters.0, &counters.1), &live).await;
        });
        Self { say, heard, server, end, made, dropped }
    }

    /// One that has introduced itself.
    async fn begun() -> Self {
        let mut client = Self::new();
        client.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
        client
    }

    async fn say(&self, message: &Value) {
        self.send(Ok(Message::Text(message.to_string().into()))).await;
    }

    async fn send(&self, message: Result<Message, TooLong>) {
        assert!(self.say.send(message).await.is_ok());
    }

    async fn subscribe(&self, id: &str, query: &str) {
        self.say(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// The next message; pings are passed over.
    async fn hear(&mut self) -> Value {
        loop {
            match self.heard.recv().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).unwrap(),
                Some(Message::Ping(_)) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The code that it is closed with; what is said before is passed over.
    async fn closed(mut self) -> u16 {
        loop {
            match self.heard.recv().await {
                Some(Message::Close(Some(frame))) => return frame.code,
                Some(_) => {}
                None => panic!("it ended without a code"),
            }
        }
    }
}

/// An operation: `once` is answered once, `often` again and again, `never` waits.
fn operation(
    request: &Request,
    made: &Arc<AtomicUsize>,
    dropped: &Arc<AtomicUsize>,
) -> BoxStream<'static, Said> {
    let (made, dropped) = (made.clone(), Dropped(dropped.clone()));
    let answer = move || {
        let _held = &dropped;
        made.fetch_add(1, Ordering::SeqCst);
        Said::Next(Answer::from(Bytes::from_static(br#"{"data":1}"#)))
    };
    match request.query.as_str() {
        "once" => stream::iter([answer(), Said::Complete]).boxed(),
        "often" => stream::repeat_with(answer).boxed(),
        "wrong" => stream::iter([Said::Error(vec![crate::graphql::failed()])]).boxed(),
        _ => stream::pending().chain(stream::repeat_with(answer)).boxed(),
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_answered_and_completed_and_its_id_is_free_again() {
    let mut client = Client::begun().await;
    for _ in 0..2 {
        client.subscribe("a", "once").await;
        assert_eq!(client.hear().await, json!({ "type": "next", "id": "a", "payload": { "data": 1 } }));
        assert_eq!(client.hear().await, json!({ "type": "complete", "id": "a" }));
        client.subscribe("a", "wrong").await;
        let error = client.hear().await;
        assert_eq!(
            (&error["type"], &error["payload"][0]["extensions"]["code"]),
            (&json!("error"), &json!("INTERNAL"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn pings_of_the_protocol_are_answered_with_what_they_carry_even_before_the_introduction() {
    let mut client = Client::new();
    client.say(&json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    client.say(&json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    client.say(&json!({ "type": "pong" })).await;
    client.say(&json!({ "type": "connection_init", "payload": { "token": "x" } })).await;
    assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test(start_paused = true)]
async fn each_fault_has_its_code() {
    let text = |text: &str| Ok(Message::Text(text.to_owned().into()));
    let subscribe = r#"{"type":"subscribe","id":"a","payload":{"query":"never"}}"#;
    for (message, code) in [
        (text("not JSON"), 4400),
        (text("{}"), 4400),
        (text(r#"{"type":"start","id":"a"}"#), 4400),
        (text(r#"{"type":"subscribe","payload":{"query":"once"}}"#), 4400),
        (text(r#"{"type":"subscribe","id":"a","payload":{"query":1}}"#), 4400),
        (text(r#"{"type":"subscribe","id":"a","payload":{}}"#), 4400),
        (text(&format!(r#"{{"type":"{}"}}"#, "ü".repeat(200))), 4400),
        (Ok(Message::Binary(b"{}".to_vec().into())), 4400),
        (text(r#"{"type":"connection_init"}"#), 4429),
        (text(subscribe), 4409),
        (Err(TooLong), 1009),
    ] {
        let client = Client::begun().await;
        client.send(text(subscribe)).await;
        client.send(message).await;
        assert_eq!(client.closed().await, code);
    }
    let client = Client::new();
    client.send(text(subscribe)).await;
    assert_eq!(client.closed().await, 4401);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_introduce_itself_in_time_is_closed() {
    let client = Client::new();
    assert_eq!(client.closed().await, 4408);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ends_says_so() {
    let client = Client::begun().await;
    client.end.cancel();
    assert_eq!(client.closed().await, 1001);
}

#[tokio::test(start_paused = true)]
async fn who_is_silent_is_let_go_after_two_pings_and_with_it_what_it_asked_for() {
    let mut client = Client::begun().await;
    client.subscribe("a", "never").await;
    let mut pings = 0;
    while let Some(message) = client.heard.recv().await {
        assert!(matches!(message, Message::Ping(_)));
        pings += 1;
    }
    client.server.await.unwrap();
    assert_eq!((pings, client.dropped.load(Ordering::SeqCst)), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn who_answers_pings_stays() {
    let mut client = Client::begun().await;
    for _ in 0..10 {
        assert!(matches!(client.heard.recv().await, Some(Message::Ping(_))));
        client.send(Ok(Message::Pong(Vec::new().into()))).await;
    }
    client.subscribe("a", "once").await;
    assert_eq!(client.hear().await["type"], "next");
}

#[tokio::test(start_paused = true)]
async fn for_who_does_not_read_nothing_is_made_in_advance_and_it_is_let_go() {
    let client = Client::begun().await;
    client.subscribe("a", "often").await;
    client.server.await.unwrap();
    let made = client.made.load(Ordering::SeqCst);
    assert!((1..=3).contains(&made), "{made} events for a client that took one");
    assert_eq!(client.dropped.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn who_completes_an_operation_ends_it() {
    let mut client = Client::begun().await;
    client.subscribe("a", "never").await;
    client.say(&json!({ "type": "complete", "id": "a" })).await;
    client.say(&json!({ "type": "complete", "id": "unknown" })).await;
    client.subscribe("b", "once").await;
    assert_eq!(client.hear().await["id"], "b");
    assert!(client.dropped.load(Ordering::SeqCst) >= 1);
}

#[tokio::test(start_paused = true)]
async fn only_so_many_operations_are_under_way_at_once() {
    let mut client = Client::begun().await;
    for id in ["a", "b"] {
        client.subscribe(id, "never").await;
    }
    client.subscribe("c", "once").await;
    let refused = client.hear().await;
    assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("c")));
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    client.say(&json!({ "type": "complete", "id": "a" })).await;
    client.subscribe("c", "once").await;
    assert_eq!(client.hear().await["type"], "next");
}

#[tokio::test(start_paused = true)]
async fn who_leaves_leaves_nothing_behind() {
    let client = Client::begun().await;
    client.subscribe("a", "never").await;
    drop(client.say);
    client.server.await.unwrap();
    assert_eq!(client.dropped.load(Ordering::SeqCst), 1);
}
