//! A server as its sockets show it: clients that are silent, slow, deaf, too many, or end what they send in the middle.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::Child;

use socket2::{Domain, Socket, Type};

use super::serving::{address_in, connect, got, serving_with, stop, told};

/// A server that ends with the test, and its address.
struct Server {
    process: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (process, _output, said) = serving_with(folder.path(), settings, &[]);
        Self { process, address: address_in(&said), _folder: folder }
    }

    fn connect(&self) -> TcpStream {
        connect(&self.address)
    }

    /// A connection of a client that takes next to nothing: its system keeps a few kilobytes for it.
    fn deaf(&self) -> TcpStream {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let address: SocketAddr = self.address.parse().unwrap();
        socket.connect(&address.into()).unwrap();
        socket.into()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        stop(&self.process);
        self.process.wait().unwrap();
    }
}

/// An answer of a megabyte, more than the system keeps of what a client has not read.
fn large() -> String {
    let page =
        "topics(first: 100) { nodes { title summary steps { outcome requires { anyOf { outcome } } } } }";
    let pages = (0..12).map(|i| format!("p{i}: {page} "));
    format!("{{ {} }}", pages.collect::<String>())
}

/// A request of HTTP/1.1 with a document.
fn post(query: &str, headers: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    format!("{head}{headers}content-length: {}\r\n\r\n{body}", body.len())
}

/// All that the server still sends, until it closes the connection one way or the other.
fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Err(error) if error.kind() != ErrorKind::ConnectionReset => panic!("{error}"),
        _ => rest,
    }
}

/// The handshake of a WebSocket.
const HANDSHAKE: &str = "GET /graphql/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
    sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n";

/// A text message of a client, masked by zeros.
fn frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    [&[0x81, 0xfe], &length[..], &[0; 4], text.as_bytes()].concat()
}

#[test]
fn clients_that_do_not_read_hold_no_permit_of_the_limiter() {
    let server = Server::start(&["--limit-running", "2", "--limit-waiting", "0", "--send-timeout", "600"]);
    let large = large();
    let mut deaf = Vec::new();
    for _ in 0..10 {
        let mut stream = server.deaf();
        stream.write_all(post(&large, "accept: text/event-stream\r\n").as_bytes()).unwrap();
        // It has been answered when the headers are there.
        stream.read_exact(&mut [0; 12]).unwrap();
        deaf.push(stream);
        let mut socket = server.deaf();
        socket.write_all(HANDSHAKE.as_bytes()).unwrap();
        socket.write_all(&frame(r#"{"type":"connection_init"}"#)).unwrap();
        for id in 0..9 {
            let payload = serde_json::json!({ "query": large });
            let message =
                serde_json::json!({ "type": "subscribe", "id": id.to_string(), "payload": payload });
            socket.write_all(&frame(&message.to_string())).unwrap();
        }
        deaf.push(socket);
    }
    // Each is answered as soon as a permit is there, and none stays with those who do not read.
    for _ in 0..20 {
        let mut answer = String::new();
        while !answer.starts_with("HTTP/1.1 200") {
            answer =
                told(&server.address, &post("{ areas { slug } }", "connection: close\r\ncookie: a=b\r\n"));
        }
        assert!(answer.contains(r#"{"data":{"areas":"#), "{answer}");
    }
}

#[test]
fn an_event_stream_that_is_not_read_is_closed_after_the_send_timeout() {
    let server = Server::start(&["--limit-live", "1", "--send-timeout", "0.3"]);
    let stream = |query: &str| post(query, "accept: text/event-stream\r\nconnection: close\r\n");
    let mut deaf = server.deaf();
    deaf.write_all(stream(&large()).as_bytes()).unwrap();
    deaf.read_exact(&mut [0; 12]).unwrap();
    assert!(told(&server.address, &stream("{ __typename }")).starts_with("HTTP/1.1 503"));
    // It never reads, and its place is free again.
    while told(&server.address, &stream("{ __typename }")).starts_with("HTTP/1.1 503") {}
    assert!(!rest(&mut deaf).ends_with(b"0\r\n\r\n"), "it got all of it");
}

#[test]
fn an_answer_that_is_not_read_is_given_up_after_the_send_timeout() {
    let server = Server::start(&["--limit-connections", "1", "--send-timeout", "0.3"]);
    let mut deaf = server.deaf();
    deaf.write_all(post(&large(), "").as_bytes()).unwrap();
    // It waits until the only connection is closed.
    assert!(got(&server.address, "/health").ends_with("alive\n"));
    drop(deaf);
}

#[test]
fn a_connection_that_sends_nothing_or_half_of_what_http_2_begins_with_is_closed() {
    let server =
        Server::start(&["--header-timeout", "0.2", "--idle-timeout", "0.2", "--send-timeout", "0.2"]);
    for begun in
        ["", "P", "PRI * HTTP/2.0\r\n\r\nSM", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "G", "GET / HTTP/1.1\r\n"]
    {
        let mut stream = server.connect();
        stream.write_all(begun.as_bytes()).unwrap();
        rest(&mut stream);
    }
    // One that was answered and sends nothing more, too.
    let answer = told(&server.address, "GET /health HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(answer.ends_with("alive\n"), "{answer}");
}

/// A frame of HTTP/2.
fn http2(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// What HTTP/2 begins with, with settings.
fn preface(settings: &[u8]) -> Vec<u8> {
    [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &http2(4, 0, 0, settings)[..]].concat()
}

/// `GET /health` on a stream.
fn get_health(stream: u32) -> Vec<u8> {
    let headers = [&[0x82, 0x86, 0x41, 1, b'x', 0x44, 7][..], b"/health"].concat();
    http2(1, 5, stream, &headers)
}

/// The next frame: its kind and its payload.
fn next_frame(stream: &mut TcpStream) -> Option<(u8, u8, Vec<u8>)> {
    let mut head = [0; 9];
    stream.read_exact(&mut head).ok()?;
    let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
    stream.read_exact(&mut payload).ok()?;
    Some((head[3], head[4], payload))
}

#[test]
fn http_2_without_a_stream_is_closed_however_often_it_pings() {
    let server = Server::start(&["--idle-timeout", "0.5"]);
    let mut stream = server.connect();
    stream.write_all(&[preface(&[]), get_health(1), http2(6, 0, 0, &[7; 8])].concat()).unwrap();
    let (mut was_answered, mut said_goodbye) = (false, false);
    while let Some((kind, flags, payload)) = next_frame(&mut stream) {
        was_answered |= kind == 0 && payload == b"alive\n";
        said_goodbye |= kind == 7;
        // Whatever it pings is answered, and each answer is another ping.
        let reply = match (kind, flags) {
            (6, 0) => http2(6, 1, 0, &payload),
            (6, _) => http2(6, 0, 0, &payload),
            _ => continue,
        };
        if stream.write_all(&reply).is_err() {
            break;
        }
    }
    assert!(was_answered && said_goodbye);
}

#[test]
fn http_2_whose_client_takes_nothing_is_closed_after_the_send_timeout() {
    let server = Server::start(&["--send-timeout", "0.3", "--idle-timeout", "600"]);
    let mut stream = server.connect();
    // A window of nothing: what is answered is never taken.
    stream.write_all(&[preface(&[0, 4, 0, 0, 0, 0]), get_health(1)].concat()).unwrap();
    while let Some((kind, _, payload)) = next_frame(&mut stream) {
        assert!(kind != 0 || payload.is_empty(), "there was no room for it");
    }
}

#[test]
fn streams_that_are_reset_at_once_end_the_connection() {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let mut reading = stream.try_clone().unwrap();
    let goodbye = std::thread::spawn(move || {
        let frames = std::iter::from_fn(|| next_frame(&mut reading));
        frames.filter(|(kind, ..)| *kind == 7).last()
    });
    let rapid: Vec<u8> = (0..5_000_u32)
        .flat_map(|i| [get_health(2 * i + 1), http2(3, 0, 2 * i + 1, &[0, 0, 0, 8])].concat())
        .collect();
    // It breaks off in the middle.
    drop(stream.write_all(&[preface(&[]), rapid].concat()));
    let (_, _, payload) = goodbye.join().unwrap().expect("it said why");
    assert_eq!(payload[4..8], [0, 0, 0, 11], "ENHANCE_YOUR_CALM");
    assert!(got(&server.address, "/health").ends_with("alive\n"));
}

#[test]
fn a_client_has_only_so_many_connections_and_is_told_so() {
    let server = Server::start(&["--limit-client-connections", "2", "--limit-client-live", "1"]);
    let held = [server.connect(), server.connect()];
    for stream in &held {
        // Each has been taken when it is answered.
        (&*stream).write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
        (&*stream).read_exact(&mut [0; 12]).unwrap();
    }
    let refused = got(&server.address, "/health");
    assert!(refused.starts_with("HTTP/1.1 429 ") && refused.contains("Retry-After: 5"), "{refused}");
    assert!(refused.contains("as many connections as it may"), "{refused}");
    drop(held);
    while got(&server.address, "/health").starts_with("HTTP/1.1 429") {}
}

#[test]
fn a_client_has_only_so_many_streams_and_subscriptions_and_is_told_so() {
    let settings =
        ["--limit-client-live", "2", "--limit-client-subscriptions", "1", "--trusted-proxy", "127.0.0.0/8"];
    let server = Server::start(&settings);
    let follow = |client: &str| {
        let mut stream = server.connect();
        let headers =
            format!("accept: text/event-stream\r\nconnection: close\r\nx-forwarded-for: {client}\r\n");
        stream
            .write_all(
                post("subscription { catalogChanged(since: 0) { previousRevision } }", &headers).as_bytes(),
            )
            .unwrap();
        let mut begun = [0; 12];
        stream.read_exact(&mut begun).unwrap();
        (begun, stream)
    };
    let (first, held) = follow("2001:db8::1");
    assert_eq!(&first, b"HTTP/1.1 200");
    // Another address of its network is the same client, another network is not.
    let (second, mut refused) = follow("2001:db8::2");
    assert_eq!(&second, b"HTTP/1.1 429");
    let said = String::from_utf8(rest(&mut refused)).unwrap();
    assert!(said.contains("as many subscriptions as it may") && said.contains("RATE_LIMITED"), "{said}");
    assert_eq!(&follow("2001:db8:1::1").0, b"HTTP/1.1 200");
    let socket = || {
        let mut socket = server.connect();
        let forwarded = HANDSHAKE.replacen("host: x\r\n", "host: x\r\nx-forwarded-for: 2001:db8::3\r\n", 1);
        socket.write_all(forwarded.as_bytes()).unwrap();
        socket.write_all(&frame(r#"{"type":"connection_init"}"#)).unwrap();
        socket
    };
    let mut opened = socket();
    let mut said = Vec::new();
    while !String::from_utf8_lossy(&said).contains("connection_ack") {
        let mut byte = [0];
        opened.read_exact(&mut byte).unwrap();
        said.push(byte[0]);
    }
    let mut one_too_many = socket();
    one_too_many.shutdown(Shutdown::Write).unwrap();
    let said = rest(&mut one_too_many);
    assert!(said.windows(2).any(|code| code == 1013_u16.to_be_bytes()));
    assert!(String::from_utf8_lossy(&said).contains("as many WebSockets and event streams as it may"));
    drop(held);
}

#[test]
fn a_body_that_is_too_long_is_refused_before_it_is_asked_for_and_the_refusal_can_be_read() {
    let server = Server::start(&[]);
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    let asked = format!("{head}expect: 100-continue\r\ncontent-length: 5000000\r\n\r\n");
    let answer = told(&server.address, &asked);
    assert!(answer.starts_with("HTTP/1.1 413 ") && !answer.contains("100 Continue"), "{answer}");
    // Clients that send all before they read.
    let body = "x".repeat(5_000_000);
    let whole = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n4c4b40\r\n{body}\r\n0\r\n\r\n");
    for request in [whole, chunked] {
        let mut stream = server.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let answer = String::from_utf8(rest(&mut stream)).unwrap();
        assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("QUERY_TOO_COSTLY"), "{answer}");
    }
}

#[test]
fn an_upload_is_read_of_nobody_who_is_not_signed_in() {
    let server = Server::start(&["--body-timeout", "600"]);
    for says_who in ["", "cookie: a=b\r\n", "cookie: waymark=wrong\r\n", "authorization: Bearer wrong\r\n"] {
        // Not a byte of the body is sent.
        let answer = told(
            &server.address,
            &format!(
                "POST /graphql HTTP/1.1\r\nhost: localhost\r\ngraphql-require-preflight: 1\r\n{says_who}\
                 content-type: multipart/form-data; boundary=x\r\ncontent-length: 8000000\r\n\r\n"
            ),
        );
        assert!(answer.starts_with("HTTP/1.1 401 "), "{says_who}: {answer}");
        assert!(answer.contains("UNAUTHENTICATED"), "{says_who}: {answer}");
    }
}

#[test]
fn messages_whose_form_is_wrong_are_refused_and_their_connection_ends() {
    let server = Server::start(&[]);
    let query = r#"{"query":"{ __typename }"}"#;
    let chunked = format!("{:x}\r\n{query}\r\n0\r\n\r\n", query.len());
    let json = "content-type: application/json\r\n";
    for (status, head, body) in [
        ("400", "GET /health HTTP/1.1\r\n".to_owned(), ""),
        ("400", "GET /health HTTP/1.1\r\nhost: a\r\nhost: a\r\n".to_owned(), ""),
        ("400", "GET /health HTTP/1.1\r\nhost: a b\r\n".to_owned(), ""),
        (
            "501",
            format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{json}transfer-encoding: gzip, chunked\r\n"),
            &*chunked,
        ),
        ("400", format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{json}transfer-encoding: gzip\r\n"), &chunked),
        (
            "400",
            format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{json}content-length: 3\r\ncontent-length: 4\r\n"),
            "{}",
        ),
        ("400", format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{json}content-length: +3\r\n"), "{}"),
        // By its coding, as RFC 9112 has it; what comes after it is no request.
        (
            "200",
            format!(
                "POST /graphql HTTP/1.1\r\nhost: a\r\n{json}content-length: 5\r\ntransfer-encoding: chunked\r\n"
            ),
            &chunked,
        ),
        (
            "200",
            format!(
                "POST /graphql HTTP/1.1\r\nhost: a\r\n{json}transfer-encoding: chunked\r\ncontent-length: 5\r\n"
            ),
            &chunked,
        ),
    ] {
        let smuggled = "GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n";
        let answer = told(&server.address, &format!("{head}\r\n{body}{smuggled}"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{head}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{head}: {answer}");
    }
    assert!(told(&server.address, "GET /health HTTP/1.0\r\n\r\n").ends_with("alive\n"));
}

#[test]
fn a_head_is_answered_as_a_get_without_its_body() {
    let server = Server::start(&[]);
    let ask = |method: &str, path: &str| {
        let request =
            format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-request-id: a\r\n\r\n");
        let answer = told(&server.address, &request);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let head: Vec<String> =
            head.lines().filter(|line| !line.starts_with("Date: ")).map(str::to_owned).collect();
        (head, body.to_owned())
    };
    for path in ["/health", "/", "/graphql?query=%7B__typename%7D", "/graphql/?query=%7Bareas%7Bslug%7D%7D"] {
        let (head, body) = ask("HEAD", path);
        let (of_get, whole) = ask("GET", path);
        assert_eq!((&head, &*body), (&of_get, ""), "{path}");
        assert!(head.iter().any(|line| *line == format!("Content-Length: {}", whole.len())), "{head:?}");
    }
}
