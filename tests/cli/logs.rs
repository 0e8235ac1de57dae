//! What the log of a server has for each request, each operation, each refusal and each phase of its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::ChildStderr;

use serde_json::{Value, json};

use super::serving::{address_in, connect, posted, serving_with, stop, told};

/// The lines of a log in JSON.
struct Log(BufReader<ChildStderr>);

impl Log {
    /// The fields of the next line with a message.
    fn next(&mut self, message: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the log has no \"{message}\"");
            let line: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
            if line["fields"]["message"].as_str().is_some_and(|said| said.contains(message)) {
                assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
                return line["fields"].clone();
            }
        }
    }

    /// The fields of the line of the request with an id, and its time apart.
    fn answered(&mut self, id: &str) -> (Value, f64) {
        loop {
            let mut fields = self.next("answered");
            if fields["request_id"] == id {
                let milliseconds = fields["milliseconds"].as_f64().unwrap_or_else(|| panic!("{fields}"));
                for field in ["milliseconds", "message", "request_id"] {
                    fields.as_object_mut().unwrap().remove(field);
                }
                return (fields, milliseconds);
            }
        }
    }
}

/// Asks for a path under an id, with more headers.
fn get(address: &str, path: &str, id: &str, headers: &str) -> String {
    let head =
        format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nx-request-id: {id}\r\n");
    told(address, &format!("{head}{headers}\r\n"))
}

fn post(address: &str, id: &str, body: &Value, headers: &str) -> String {
    let body = body.to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nx-request-id: {id}\r\ncontent-type: application/json\r\n"
    );
    told(address, &format!("{head}{headers}content-length: {}\r\n\r\n{body}", body.len()))
}

#[test]
fn each_request_is_a_line_with_its_method_path_status_time_operation_and_id() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("WAYMARK_LOG", "warn,waymark=debug")];
    let (mut server, _output, said) = serving_with(folder.path(), &[], &variables);
    let mut log = Log(BufReader::new(server.stderr.take().unwrap()));
    let address = address_in(&said);
    let mut line = |id: &str| {
        let (fields, milliseconds) = log.answered(id);
        assert!((0.0..600_000.0).contains(&milliseconds), "{milliseconds}");
        fields
    };

    post(&address, "posted", &json!({ "query": "query Named { __typename }" }), "");
    let posted = json!({ "method": "POST", "path": "/graphql", "status": 200, "operation": "Named" });
    assert_eq!(line("posted"), posted);
    // Twice, since what is kept is answered by other means.
    for id in ["got", "kept"] {
        get(&address, "/graphql?query=query%20Got%7B__typename%7D", id, "");
        let got = json!({ "method": "GET", "path": "/graphql", "status": 200, "operation": "Got" });
        assert_eq!(line(id), got);
    }
    let strict = "accept: application/graphql-response+json\r\n";
    get(&address, "/graphql?query=%7B", "wrong", strict);
    assert_eq!(line("wrong"), json!({ "method": "GET", "path": "/graphql", "status": 400 }));
    get(&address, "/graphql?query=%7B__typename%7D&operationName=%1b%0aNo%22such", "named", "");
    assert_eq!(line("named")["operation"], "??No?such");
    let endless = "x".repeat(5_000);
    post(&address, "long", &json!({ "query": format!("query {endless} {{ __typename }}") }), "");
    assert_eq!(line("long")["operation"], "x".repeat(64));

    // What opens something is not in the log, however it is misspelt.
    let secret = "waymark-secret-0123456789";
    for (id, path, logged) in [
        ("calendar", format!("/calendar/{secret}.ics"), "/calendar/{file}"),
        ("shared", format!("/shared/{secret}"), "/shared/{secret}"),
        ("slash", format!("/shared/{secret}/"), "/shared/…"),
        ("case", format!("/Calendar/{secret}.ics"), "/Calendar/…"),
        ("topic", "/topics/go".to_owned(), "/topics/go"),
        ("query", format!("/health?secret={secret}"), "/health"),
    ] {
        get(&address, &path, id, "");
        assert_eq!(line(id)["path"], logged, "{path}");
    }
    get(&address, &format!("/{}", "y".repeat(3_000)), "endless", "");
    assert_eq!(line("endless")["path"].as_str().unwrap().len(), 100);

    stop(&server);
    let rest = std::io::read_to_string(log.0).unwrap();
    assert!(!rest.contains(secret));
    assert!(server.wait().unwrap().success());
}

#[test]
fn operations_on_connections_that_stay_open_are_lines_when_they_have_ended() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("WAYMARK_LOG", "warn,waymark=debug")];
    let (mut server, _output, said) = serving_with(folder.path(), &[], &variables);
    let mut log = Log(BufReader::new(server.stderr.take().unwrap()));
    let address = address_in(&said);
    let ended = |log: &mut Log| {
        let mut fields = log.next("operation ended");
        assert!(fields["milliseconds"].is_number(), "{fields}");
        fields
            .as_object_mut()
            .unwrap()
            .retain(|field, _| !["milliseconds", "message"].contains(&field.as_str()));
        fields
    };

    let events = "accept: text/event-stream\r\n";
    post(&address, "events", &json!({ "query": "query Once { __typename }" }), events);
    let (fields, _) = log.answered("events");
    assert_eq!(fields, json!({ "method": "POST", "path": "/graphql", "status": 200, "operation": "Once" }));
    let streamed = json!({
        "request_id": "events", "transport": "event stream", "outcome": "completed", "answers": 1, "operation": "Once"
    });
    assert_eq!(ended(&mut log), streamed);

    let mut socket = connect(&address);
    let head = format!(
        "GET /graphql/ws HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\nx-request-id: socket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n"
    );
    socket.write_all(head.as_bytes()).unwrap();
    for message in [
        json!({ "type": "connection_init" }),
        json!({ "type": "subscribe", "id": "1", "payload": { "query": "query Asked { __typename }" } }),
        json!({ "type": "subscribe", "id": "2", "payload": { "query": "query Wrong { nothing }" } }),
        json!({ "type": "subscribe", "id": "3", "payload": { "query": "subscription Followed { catalogChanged { previousRevision } }" } }),
        json!({ "type": "complete", "id": "3" }),
    ] {
        socket.write_all(&frame(&message.to_string())).unwrap();
    }
    let mut lines: Vec<Value> = (0..3).map(|_| ended(&mut log)).collect();
    lines.sort_by_key(|line| line["operation"].to_string());
    let of = |operation: &str, outcome: &str, answers: u32| json!({ "request_id": "socket", "transport": "websocket", "outcome": outcome, "answers": answers, "operation": operation });
    // One that the client ends before it was asked for the first time has not been read.
    let followed = lines.iter().position(|line| line["operation"] != "Asked" && line["operation"] != "Wrong");
    assert_eq!(lines.remove(followed.unwrap())["outcome"], "left");
    assert_eq!(lines, [of("Asked", "completed", 1), of("Wrong", "failed", 0)]);
    stop(&server);
    drop(socket);
    assert!(server.wait().unwrap().success());
}

/// A text of fewer than 65,536 bytes as a client's frame, under a mask of zeros.
fn frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    let head = if length < 126 {
        vec![0x81, 0x80 | u8::try_from(length).unwrap()]
    } else {
        [&[0x81, 0xFE][..], &length.to_be_bytes()].concat()
    };
    [&head[..], &[0; 4], text.as_bytes()].concat()
}

#[test]
fn refusals_are_summed_up_and_each_phase_of_the_end_is_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let settings = ["--rate-limit", "1", "--rate-burst", "1"];
    let (mut server, _output, said) = serving_with(folder.path(), &settings, &[]);
    let mut log = Log(BufReader::new(server.stderr.take().unwrap()));
    let address = address_in(&said);
    let begun = log.next("serving");
    assert_eq!((&begun["revision"], &begun["address"]), (&json!(1), &json!(address)));
    let request = |end: &str| format!("GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\n{end}\r\n");
    let answers = told(&address, &(request("").repeat(499) + &request("connection: close\r\n")));
    let refused = answers.matches("HTTP/1.1 429").count() as u64;
    assert!(refused > 400, "{refused}");
    let (mut counted, mut lines) = (0, 0);
    while counted < refused {
        let line = log.next("refused");
        assert_eq!(line["kind"], "rate");
        counted += line["count"].as_u64().unwrap();
        lines += 1;
    }
    assert_eq!(counted, refused);
    assert!(lines < 60, "a line a second at most: {lines}");
    stop(&server);
    for phase in [
        "told to end",
        "taking no more connections",
        "waiting for the requests",
        "no request is under way",
        "the database is closed",
    ] {
        log.next(phase);
    }
    let mut rest = String::new();
    log.0.read_to_string(&mut rest).unwrap();
    assert!(server.wait().unwrap().success() && rest.is_empty(), "{rest}");
}

#[test]
fn what_fails_is_a_line_with_the_id_of_its_request() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, _output, said) = serving_with(folder.path(), &[], &[]);
    let mut log = Log(BufReader::new(server.stderr.take().unwrap()));
    let address = address_in(&said);
    // Tables that are gone are a fault of the server's, as far as its clients are concerned.
    posted(&address, "", "{ __typename }");
    std::fs::remove_file(folder.path().join("waymark.db")).unwrap();
    std::fs::write(folder.path().join("waymark.db"), "").unwrap();
    let answer = get(&address, &format!("/calendar/{}.ics", "s".repeat(43)), "failed", "");
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    let line = log.next("failed");
    let expected =
        json!({ "request_id": "failed", "status": 500, "method": "GET", "path": "/calendar/{file}" });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&line[field], value, "{line}");
    }
    stop(&server);
    server.wait().unwrap();
}
