//! The messages of `graphql-transport-ws`, and the codes that it closes with.

use std::borrow::Cow;

use async_graphql::ServerError;
use axum::extract::ws::CloseFrame;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The name of the protocol in the handshake.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

/// The most bytes of a reason to close (RFC 6455, 5.5: a control frame has 125, two of them are the code).
const LONGEST_REASON: usize = 123;

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum FromClient {
    ConnectionInit { payload: Option<Map<String, Value>> },
    Ping { payload: Option<Map<String, Value>> },
    Pong {},
    Subscribe { id: String, payload: Map<String, Value> },
    Complete { id: String },
}

/// What the server says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum FromServer<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

/// `next`: an answer, whose JSON is put in its place as it is.
pub(super) fn next(id: &str, answer: &[u8]) -> String {
    let (id, answer) = (Value::from(id), String::from_utf8_lossy(answer));
    format!(r#"{{"type":"next","id":{id},"payload":{answer}}}"#)
}

/// Why the server closes a connection. The reasons of a fixed kind are those of the `graphql-ws` library, which clients may look for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Close {
    /// The server ends.
    GoingAway,
    /// A message is too long.
    TooLong(usize),
    /// As many connections are open as may be.
    Full,
    /// As many connections of one client are open as may be.
    TooMany,
    /// A message is none of the protocol.
    BadMessage(String),
    /// An operation before the connection was acknowledged.
    Unauthorized,
    /// The page is none that may ask.
    Forbidden,
    /// The client speaks another protocol.
    NoProtocol,
    /// No introduction in time.
    InitTimeout,
    /// An operation under the name of another one.
    IdInUse(String),
    /// A second introduction.
    SecondInit,
}

impl Close {
    pub(super) const fn code(&self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::TooLong(_) => 1009,
            Self::Full | Self::TooMany => 1013,
            Self::BadMessage(_) => 4400,
            Self::Unauthorized => 4401,
            Self::Forbidden => 4403,
            Self::NoProtocol => 4406,
            Self::InitTimeout => 4408,
            Self::IdInUse(_) => 4409,
            Self::SecondInit => 4429,
        }
    }

    fn reason(&self) -> Cow<'static, str> {
        match self {
            Self::GoingAway => "The server ends: connect again".into(),
            Self::TooLong(most) => format!("A message has at most {most} bytes").into(),
            Self::Full => "The server has as many connections as it takes: try again later".into(),
            Self::TooMany => {
                "Your address has as many WebSockets and event streams as it may: close one first".into()
            }
            Self::BadMessage(reason) => reason.clone().into(),
            Self::Unauthorized => "Unauthorized".into(),
            Self::Forbidden => "Forbidden: the settings do not name the origin".into(),
            Self::NoProtocol => "Subprotocol not acceptable".into(),
            Self::InitTimeout => "Connection initialisation timeout".into(),
            Self::IdInUse(id) => format!("Subscriber for {id} already exists").into(),
            Self::SecondInit => "Too many initialisation requests".into(),
        }
    }

    pub(super) fn frame(&self) -> CloseFrame {
        let mut reason = self.reason().into_owned();
        reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
        CloseFrame { code: self.code(), reason: reason.into() }
    }
}
