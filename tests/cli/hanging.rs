//! A PostgreSQL that hangs while a server works: whoever waits for it is told so in a few seconds, over HTTP and over a WebSocket.
//!
//! Between the server and the PostgreSQL that `WAYMARK_TEST_POSTGRES` names there is a proxy that stops passing anything on, as a machine or a
//! network does that hangs: connections stay open, new ones are taken, and nothing comes back.

use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::serving::{address_in, connect, got, posted, read_until, stop, wait_until};
use super::waymark;

/// What a few seconds are: below the ten that waiting for a connection takes, and with room for a slow machine.
const FEW_SECONDS: Duration = Duration::from_secs(8);

/// Whether a proxy passes anything on.
#[derive(Default)]
struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_closed: bool,
    /// What closes it when a client sends it.
    trap: Option<&'static [u8]>,
    /// Words that break the connection on which a client sends them, once.
    breaks_at: Option<&'static [u8]>,
}

impl Gate {
    fn close(&self) {
        self.state.lock().unwrap().is_closed = true;
    }

    fn close_at(&self, words: &'static str) {
        self.state.lock().unwrap().trap = Some(words.as_bytes());
    }

    fn break_at(&self, words: &'static str) {
        self.state.lock().unwrap().breaks_at = Some(words.as_bytes());
    }

    fn open(&self) {
        *self.state.lock().unwrap() = State::default();
        self.changed.notify_all();
    }

    /// Waits until something may be passed on. False where the connection breaks instead.
    fn pass(&self, bytes: &[u8]) -> bool {
        let mut state = self.state.lock().unwrap();
        let is_caught = |trap: &[u8]| bytes.windows(trap.len()).any(|window| window == trap);
        if state.breaks_at.is_some_and(is_caught) {
            state.breaks_at = None;
            return false;
        }
        if state.trap.is_some_and(is_caught) {
            *state = State { is_closed: true, ..State::default() };
            self.changed.notify_all();
        }
        drop(self.changed.wait_while(state, |state| state.is_closed).unwrap());
        true
    }

    /// Waits until it is closed.
    fn closed(&self) {
        drop(self.changed.wait_while(self.state.lock().unwrap(), |state| !state.is_closed).unwrap());
    }
}

/// Passes connections on to a server, while a gate is open; its address.
fn proxy(server: String, gate: Arc<Gate>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
            let ends =
                [(client.try_clone().unwrap(), server.try_clone().unwrap(), true), (server, client, false)];
            for (mut from, mut to, is_client) in ends {
                let gate = gate.clone();
                std::thread::spawn(move || {
                    let mut buffer = [0; 1 << 14];
                    while let Ok(count @ 1..) = from.read(&mut buffer) {
                        let is_passed = gate.pass(if is_client { &buffer[..count] } else { &[] });
                        if !is_passed || to.write_all(&buffer[..count]).is_err() {
                            break;
                        }
                    }
                    drop(to.shutdown(Shutdown::Both));
                    drop(from.shutdown(Shutdown::Both));
                });
            }
        }
    });
    address
}

/// A server whose PostgreSQL can hang.
struct World {
    gate: Arc<Gate>,
    server: std::process::Child,
    address: String,
    cookie: String,
    database: String,
    _folder: tempfile::TempDir,
}

/// Executes statements beside the server and the proxy.
fn execute(statements: &[String]) {
    let url = std::env::var("WAYMARK_TEST_POSTGRES").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let admin = Database::connect(&url).await.unwrap();
        for sql in statements {
            admin.execute_unprepared(sql).await.unwrap();
        }
    });
}

impl World {
    /// None where there is no PostgreSQL.
    fn new(name: &str) -> Option<Self> {
        let postgres = std::env::var("WAYMARK_TEST_POSTGRES").ok()?;
        let database = format!("hanging_{name}_{}", std::process::id());
        execute(&[format!("CREATE DATABASE {database}")]);
        let (user, host) = postgres.strip_prefix("postgres://").unwrap().split_once('@').unwrap();
        let gate = Arc::<Gate>::default();
        let host = proxy(host.split('/').next().unwrap().to_owned(), gate.clone());
        let folder = tempfile::tempdir().unwrap();
        let url = format!("postgres://{user}@{host}/{database}");
        let mut server = waymark(folder.path(), &["--listen", "127.0.0.1:0", "--database", &url])
            .args(["--catalog", super::SMALL])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let said = read_until(&mut BufReader::new(server.stdout.take().unwrap()), "Ctrl-C");
        let address = address_in(&said);
        let account = r#"input: { email: "ada@example.org", password: "three plain words" }"#;
        posted(&address, "", &format!("mutation {{ signUp({account}) {{ userErrors {{ code }} }} }}"));
        let signed_in =
            posted(&address, "", &format!("mutation {{ signIn({account}) {{ viewer {{ email }} }} }}"));
        let cookie = signed_in.split("Set-Cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
        Some(Self { gate, server, address, cookie, database, _folder: folder })
    }

    /// The answer to a request over HTTP: its status, and its errors' code.
    fn asks(&self, query: &str) -> (String, String) {
        let answer = posted(&self.address, &self.cookie, query);
        let status = answer.split(' ').nth(1).unwrap().to_owned();
        (status, answer.split("\r\n\r\n").nth(1).unwrap().to_owned())
    }

    /// A roadmap of the learner's; its id.
    fn saves(&self) -> String {
        let input = r#"input: { title: "Up", roadmap: { to: "architect" } }"#;
        let (_, answer) = self.asks(&format!("mutation {{ saveRoadmap({input}) {{ roadmap {{ id }} }} }}"));
        answer
            .split(r#""id":""#)
            .nth(1)
            .unwrap_or_else(|| panic!("{answer}"))
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }

    fn wait_until_ready(&self) {
        wait_until("the server is ready", || got(&self.address, "/ready").ends_with("\nready\n"));
    }

    fn socket(&self) -> Socket {
        let Self { address, cookie, .. } = self;
        let mut stream = connect(address);
        let head = format!(
            "GET /graphql/ws HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\norigin: http://{address}\r\n\
             connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut socket = Socket(BufReader::new(stream));
        read_until(&mut socket.0, "\r\n\r\n");
        socket.says(&json!({ "type": "connection_init" }));
        assert_eq!(socket.hears()["type"], "connection_ack");
        socket
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.gate.open();
        stop(&self.server);
        self.server.wait().unwrap();
        execute(&[format!("DROP DATABASE {} WITH (FORCE)", self.database)]);
    }
}

/// A client of `graphql-transport-ws`.
struct Socket(BufReader<TcpStream>);

impl Socket {
    fn says(&mut self, message: &Value) {
        let text = message.to_string();
        let length = u16::try_from(text.len()).unwrap().to_be_bytes();
        let frame = [&[0x81, 0xfe], &length[..], &[0; 4], text.as_bytes()].concat();
        self.0.get_mut().write_all(&frame).unwrap();
    }

    fn subscribes(&mut self, id: &str, query: &str) {
        self.says(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } }));
    }

    /// The next message; pings are passed over.
    fn hears(&mut self) -> Value {
        loop {
            let mut head = [0; 2];
            self.0.read_exact(&mut head).unwrap();
            let mut length = u64::from(head[1] & 0x7f);
            if length >= 126 {
                let mut more = vec![0; if length == 126 { 2 } else { 8 }];
                self.0.read_exact(&mut more).unwrap();
                length = more.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte));
            }
            let mut payload = vec![0; usize::try_from(length).unwrap()];
            self.0.read_exact(&mut payload).unwrap();
            match head[0] & 0x0f {
                1 => return serde_json::from_slice(&payload).unwrap(),
                9 => {}
                _ => panic!("{payload:?}"),
            }
        }
    }
}

fn is_unavailable(errors: &Value) -> bool {
    errors[0]["extensions"]["code"] == "UNAVAILABLE"
}

#[test]
fn requests_that_wait_for_a_database_that_hangs_are_answered_in_a_few_seconds() {
    let Some(world) = World::new("http") else { return };
    let id = world.saves();
    assert!(world.asks("{ viewer { email } }").1.contains("ada@example.org"));
    world.gate.close();
    let began = Instant::now();
    // The first is under way when it is found out, the others come later.
    let rename = format!(
        r#"mutation {{ updateRoadmap(input: {{ id: "{id}", title: "Higher" }}) {{ userErrors {{ code }} }} }}"#
    );
    for query in ["{ viewer { email } }", &rename, "{ viewer { email } }"] {
        let (status, answer) = world.asks(query);
        assert!(status == "503" && answer.contains("UNAVAILABLE"), "{query}: {status} {answer}");
        assert!(began.elapsed() < FEW_SECONDS, "{query}: {:?}", began.elapsed());
    }
    assert!(got(&world.address, "/ready").ends_with("not ready: the database cannot be reached\n"));
    assert!(posted(&world.address, "", "{ catalog { revision } }").contains(r#""revision":1"#));
    world.gate.open();
    world.wait_until_ready();
    assert!(world.asks("{ viewer { email } }").1.contains("ada@example.org"));
}

#[test]
fn operations_on_a_websocket_that_wait_for_a_database_that_hangs_end_in_a_few_seconds() {
    let Some(world) = World::new("websocket") else { return };
    let id = world.saves();
    let mut socket = world.socket();
    // It tells at once what it is now: then it has begun.
    let followed = format!(r#"subscription {{ roadmapChanged(id: "{id}", since: 0) {{ title }} }}"#);
    socket.subscribes("followed", &followed);
    assert_eq!(socket.hears()["payload"]["data"]["roadmapChanged"]["title"], "Up");
    socket.subscribes("before", "{ viewer { email } }");
    assert_eq!(socket.hears()["payload"]["data"]["viewer"]["email"], "ada@example.org");
    assert_eq!(socket.hears()["type"], "complete");
    world.gate.close();
    let began = Instant::now();
    let rename = format!(
        r#"mutation {{ updateRoadmap(input: {{ id: "{id}", title: "Higher" }}) {{ userErrors {{ code }} }} }}"#
    );
    socket.subscribes("query", "{ viewer { email } }");
    socket.subscribes("mutation", &rename);
    socket.subscribes("subscription", &followed);
    let mut ended: Vec<String> = Vec::new();
    for _ in 0..3 {
        let message = socket.hears();
        assert!(message["type"] == "error" && is_unavailable(&message["payload"]), "{message}");
        assert!(began.elapsed() < FEW_SECONDS, "{message}: {:?}", began.elapsed());
        ended.push(message["id"].as_str().unwrap().to_owned());
    }
    ended.sort();
    assert_eq!(ended, ["mutation", "query", "subscription"]);
    // What was followed before goes on afterwards.
    world.gate.open();
    world.wait_until_ready();
    let rename = rename.replace("Higher", "Highest");
    wait_until("the rename is done", || world.asks(&rename).1.contains(r#""userErrors":[]"#));
    let mut event = socket.hears();
    while event["payload"]["data"]["roadmapChanged"]["title"] == "Higher" {
        // Whether the mutation that was given up was done is not known.
        event = socket.hears();
    }
    assert_eq!(event["payload"]["data"]["roadmapChanged"]["title"], "Highest", "{event}");
}

#[test]
fn an_event_that_waits_for_a_database_that_hangs_ends_its_subscription_with_an_error() {
    let Some(world) = World::new("event") else { return };
    let id = world.saves();
    let mut socket = world.socket();
    let followed =
        format!(r#"subscription {{ roadmapChanged(id: "{id}", since: 0) {{ progress {{ streakDays }} }} }}"#);
    // The hours by day are asked for when the event is answered, and by nothing else.
    world.gate.close_at("BETWEEN");
    let began = Instant::now();
    socket.subscribes("followed", &followed);
    world.gate.closed();
    let told = socket.hears();
    assert!(told["id"] == "followed" && is_unavailable(&told["payload"]["errors"]), "{told}");
    assert_eq!(socket.hears(), json!({ "type": "complete", "id": "followed" }));
    assert!(began.elapsed() < FEW_SECONDS, "{:?}", began.elapsed());
    // Whoever subscribes again is told of it.
    world.gate.open();
    world.wait_until_ready();
    socket.subscribes("again", &followed);
    let told = socket.hears();
    assert_eq!(told["payload"]["data"]["roadmapChanged"]["progress"]["streakDays"], 0, "{told}");
}

#[test]
fn a_connection_that_breaks_under_a_request_costs_a_change_nothing_and_has_others_ask_again() {
    let Some(world) = World::new("broken") else { return };
    let id = world.saves();
    // Nothing else asks for ratings: their statement is sent with its words, and by the request alone.
    let asked = r#"{ resource(slug: "java-book") { viewerRating } }"#;
    world.gate.break_at(r#"FROM "ratings""#);
    let answer = world.asks(asked).1;
    assert!(answer.contains("UNAVAILABLE") && !answer.contains("logged"), "{answer}");
    assert!(world.asks(asked).1.contains(r#""viewerRating":null"#));
    // A change whose transaction was not committed is done anew.
    world.gate.break_at(r#"UPDATE "roadmaps""#);
    let rename = format!(
        r#"mutation {{ updateRoadmap(input: {{ id: "{id}", title: "Higher" }}) {{ userErrors {{ code }} }} }}"#
    );
    let answer = world.asks(&rename).1;
    assert!(answer.contains(r#""userErrors":[]"#), "{answer}");
}
