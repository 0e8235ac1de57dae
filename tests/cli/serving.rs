//! A server as a process: what it says, that it ends when it is told to, and that it sees what happens beside it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use tokio::time::Instant;

use super::{SMALL, complaint, printed, run, waymark};

/// A server on a free port, with its output, and what it has said when it is ready.
pub(crate) fn serving(folder: &Path) -> (Child, BufReader<ChildStdout>, String) {
    serving_with(folder, &[], &[])
}

/// As [`serving`], with more settings and variables.
pub(crate) fn serving_with(
    folder: &Path,
    settings: &[&str],
    variables: &[(&str, &str)],
) -> (Child, BufReader<ChildStdout>, String) {
    let mut server = waymark(folder, &[&["--listen", "127.0.0.1:0"], settings].concat())
        .envs(variables.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let said = read_until(&mut output, "Ctrl-C");
    (server, output, said)
}

/// All that is written up to the line with some words.
pub(crate) fn read_until(output: &mut impl BufRead, words: &str) -> String {
    let mut said = String::new();
    while !said.contains(words) {
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    said
}

/// Tells a server to end, as a service manager does.
pub(crate) fn stop(server: &Child) {
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
}

#[test]
fn a_server_prints_its_addresses_and_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, mut output, mut said) = serving(folder.path());
    assert!(said.contains("/graphiql") && said.contains("/graphql"));
    stop(&server);
    output.read_to_string(&mut said).unwrap();
    assert!(server.wait().unwrap().success() && said.ends_with("Stopped.\n"), "{said}");
}

/// Where a server said that it listens.
pub(crate) fn address_in(said: &str) -> String {
    said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned()
}

/// The longest wait of a test for something that must happen.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to a server; a server that falls silent fails the test.
pub(crate) fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Asks again until something holds.
pub(crate) fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "it never happened: {what}");
    }
}

/// All that a server sends on a connection on which a request was begun, until it closes it.
pub(crate) fn told(address: &str, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// The answer to a `GET`.
pub(crate) fn got(address: &str, path: &str) -> String {
    told(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"))
}

/// The answer to a query, asked of a server's address.
fn answer(address: &str, query: &str) -> String {
    got(address, &format!("/graphql?query={query}"))
}

#[test]
fn a_server_sees_what_is_imported_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, _output, said) = serving(folder.path());
    let address = address_in(&said);
    let query = "%7Bcatalog%7Brevision%20topicCount%7D%7D";
    assert!(answer(&address, query).contains(r#""revision":1"#));
    printed(run(folder.path(), &["import", SMALL]));
    // It says so when it has seen it; nothing here waits for a time.
    read_until(&mut BufReader::new(server.stderr.take().unwrap()), "new revision");
    assert!(answer(&address, query).contains(r#"{"revision":2,"topicCount":7}"#));
    stop(&server);
    assert!(server.wait().unwrap().success());
}

#[test]
fn those_who_run_it_are_told_whether_it_lives_is_ready_and_how_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let settings = ["--admin-listen", &free, "--metric-operation", "Named"];
    let (mut server, _output, said) = serving_with(folder.path(), &settings, &[]);
    let address = address_in(&said);
    for at in [&address, &free] {
        assert!(got(at, "/health").ends_with("alive\n") && got(at, "/ready").ends_with("ready\n"), "{at}");
    }
    let health = ["health", "--ready", "--listen", &address];
    assert_eq!(printed(run(folder.path(), &health)), "ready\n");
    for _ in 0..2 {
        answer(&address, "query%20Named%7B__typename%7D");
    }
    answer(&address, "query%20Unheard%7B__typename%7D");
    answer(&address, "%7B");
    let figures = got(&free, "/metrics");
    for line in [
        r#"waymark_request_seconds_count{operation="Named",outcome="answered"} 2"#,
        r#"waymark_cache_questions_total{cache="answers",outcome="hit"} 1"#,
        "waymark_catalog_revision 1",
        r#"waymark_database_connections{pool="writer",state="idle"} 1"#,
        "# TYPE waymark_request_seconds histogram",
    ] {
        assert!(figures.contains(line), "{line} is not in\n{figures}");
    }
    assert!(!figures.contains("Unheard"), "{figures}");
    assert!(!got(&address, "/metrics").contains("waymark_request_seconds"));
    stop(&server);
    assert!(server.wait().unwrap().success());
    assert!(complaint(folder.path(), run(folder.path(), &health)).contains("can't be asked"));
}

#[test]
fn a_request_has_an_id_its_own_or_one_that_can_stand_in_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, _output, said) = serving(folder.path());
    let address = address_in(&said);
    let id = |given: &str| {
        let answer = told(
            &address,
            &format!("GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-request-id: {given}\r\n\r\n"),
        );
        answer.split("X-Request-Id: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned()
    };
    assert_eq!(id("abc-1.2_3"), "abc-1.2_3");
    let (one, other) = (id("not {plain}"), id(&"x".repeat(65)));
    assert!(one.starts_with(&other[..33]) && one != other, "{one} {other}");
    stop(&server);
    assert!(server.wait().unwrap().success());
}

#[test]
fn who_is_slow_to_ask_or_asks_too_often_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        ["--header-timeout", "0.2", "--body-timeout", "0.2", "--rate-limit", "1", "--rate-burst", "2"];
    let (mut server, _output, said) = serving_with(folder.path(), &settings, &[]);
    let address = address_in(&said);
    // The first ends the connection without a word, the second is told.
    assert_eq!(told(&address, "GET /graphql HTTP/1.1\r\nhost"), "");
    let begun = "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    assert!(told(&address, begun).starts_with("HTTP/1.1 408"));
    // On one connection, one right after the other.
    let request = |end: &str| format!("GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: x\r\n{end}\r\n");
    let answers = told(&address, &(request("").repeat(4) + &request("connection: close\r\n")));
    assert!(answers.contains("HTTP/1.1 200") && answers.contains("HTTP/1.1 429"), "{answers}");
    assert!(answers.contains("RATE_LIMITED") && answers.contains("Retry-After: "), "{answers}");
    stop(&server);
    assert!(server.wait().unwrap().success());
}

#[test]
fn a_server_that_is_told_to_end_says_so_answers_what_is_under_way_and_takes_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, mut output, said) = serving_with(folder.path(), &["--drain-delay", "3"], &[]);
    let address = address_in(&said);
    let body = r#"{"query":"{ __typename }"}"#;
    let mut under_way = connect(&address);
    write!(
        under_way,
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    assert!(got(&address, "/ready").contains("200 OK"));
    stop(&server);
    // For as long as the delay lasts it still answers, and says that it is going.
    wait_until("it says that it is going", || got(&address, "/ready").contains("503"));
    under_way.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(r#"{"data":{"__typename":"Query"}}"#), "{answer}");
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert!(server.wait().unwrap().success() && rest.ends_with("Stopped.\n"), "{rest}");
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn who_is_not_done_by_the_drain_timeout_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    // Nothing else ends the request.
    let settings = ["--drain-timeout", "0.2", "--body-timeout", "3600", "--header-timeout", "3600"];
    let (mut server, mut output, said) = serving_with(folder.path(), &settings, &[]);
    let address = address_in(&said);
    let mut under_way = connect(&address);
    let begun =
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    under_way.write_all(begun.as_bytes()).unwrap();
    assert!(got(&address, "/ready").contains("200 OK"));
    stop(&server);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert!(server.wait().unwrap().success() && rest.ends_with("Stopped.\n"), "{rest}");
    let mut answer = String::new();
    drop(under_way.read_to_string(&mut answer));
    assert_eq!(answer, "");
}

/// A collector of spans, as far as it has to be one: it takes what is posted to it, and hands the bodies over.
fn collector() -> (String, std::thread::JoinHandle<Vec<u8>>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let taken = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let head = read_until(&mut reader, "\r\n\r\n");
        assert!(head.starts_with("POST /v1/traces "), "{head}");
        let length = head
            .to_lowercase()
            .split("content-length: ")
            .nth(1)
            .unwrap()
            .split("\r\n")
            .next()
            .unwrap()
            .to_owned();
        let mut body = vec![0; length.parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
        body
    });
    (address, taken)
}

#[test]
fn spans_go_to_the_collector_that_the_environment_names() {
    let folder = tempfile::tempdir().unwrap();
    let (collector, taken) = collector();
    // All are sent together when the server ends.
    let variables = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &*collector),
        ("OTEL_SERVICE_NAME", "waymark-test"),
        ("OTEL_BSP_SCHEDULE_DELAY", "600000"),
    ];
    let (mut server, _output, said) = serving_with(folder.path(), &[], &variables);
    let roadmap = "%7Broadmap(input%3A%7Bto%3A%22backend-architect%22%7D)%7Bhours%7D%7D";
    assert!(answer(&address_in(&said), roadmap).contains("hours"));
    stop(&server);
    assert!(server.wait().unwrap().success());
    let spans = String::from_utf8_lossy(&taken.join().unwrap()).into_owned();
    for name in ["waymark-test", "request", "parse", "validate", "execute", "plan", "database"] {
        assert!(spans.contains(name), "{name} is not among the spans");
    }
}

/// The answer to a body of JSON, with a cookie if there is one.
pub(crate) fn posted(address: &str, cookie: &str, query: &str) -> String {
    let body = serde_json::json!({ "query": query }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\ncookie: {cookie}\r\n"
    );
    told(address, &format!("{head}content-length: {}\r\n\r\n{body}", body.len()))
}

#[test]
fn the_first_admin_is_made_beside_the_server_and_is_one_from_the_next_request_on() {
    let folder = tempfile::tempdir().unwrap();
    let unknown =
        complaint(folder.path(), run(folder.path(), &["user", "grant", "ada@example.org", "admin"]));
    assert!(unknown.contains("there is no account of ada@example.org"), "{unknown}");
    let (mut server, _output, said) = serving(folder.path());
    let address = address_in(&said);
    let account = r#"input: { email: "ada@example.org", password: "three plain words" }"#;
    posted(&address, "", &format!("mutation {{ signUp({account}) {{ userErrors {{ code }} }} }}"));
    let signed_in =
        posted(&address, "", &format!("mutation {{ signIn({account}) {{ viewer {{ role }} }} }}"));
    assert!(signed_in.contains(r#""role":"LEARNER""#), "{signed_in}");
    let cookie = signed_in.split("Set-Cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let granted = printed(run(folder.path(), &["user", "grant", "Ada@example.org", "admin"]));
    assert!(granted.starts_with("ada@example.org is ADMIN from the next request on."), "{granted}");
    let viewer = || posted(&address, &cookie, "{ viewer { email role } }");
    assert!(viewer().contains(r#"{"email":"ada@example.org","role":"ADMIN"}"#), "{}", viewer());
    let database = folder.path().join("waymark.db").display().to_string();
    let listed = printed(run(folder.path(), &["user", "list", "--database", &database]));
    assert!(listed.starts_with("ADMIN ") && listed.ends_with(" ada@example.org\n"), "{listed}");
    // Another password signs out everywhere.
    let password = |text: &str| {
        let mut command = waymark(folder.path(), &["user", "set-password", "ada@example.org"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(complaint(folder.path(), password("short\n")).contains("at least 10 characters"));
    printed(password("four other plain words\n"));
    assert!(viewer().contains(r#"{"viewer":null}"#), "{}", viewer());
    stop(&server);
    assert!(server.wait().unwrap().success());
}

#[test]
fn settings_of_another_provider_are_checked_when_the_server_starts() {
    let folder = tempfile::tempdir().unwrap();
    let listen = ["--listen", "127.0.0.1:0"];
    let with =
        |settings: &[&str]| complaint(folder.path(), run(folder.path(), &[&listen[..], settings].concat()));
    assert!(with(&["--oidc-issuer", "https://login.example.org"]).contains("--oidc-audience"));
    let unreadable = [
        "--oidc-issuer",
        "https://login.example.org",
        "--oidc-audience",
        "waymark",
        "--oidc-keys",
        "none.json",
    ];
    let missing = with(&unreadable);
    assert!(missing.contains("the keys of the provider can't be read from none.json"), "{missing}");
    // It has not said that it serves.
    let manifest = ["--trusted-documents", "none.json"];
    for settings in [&unreadable[..], &manifest] {
        assert!(run(folder.path(), &[&listen[..], settings].concat()).stdout.is_empty(), "{settings:?}");
    }
    std::fs::write(folder.path().join("keys.json"), r#"{ "keys": [] }"#).unwrap();
    let settings = [
        "--oidc-issuer",
        "https://login.example.org",
        "--oidc-audience",
        "waymark",
        "--oidc-keys",
        "keys.json",
        "--oidc-algorithm",
        "HS256",
    ];
    assert!(with(&settings).contains("\"HS256\" is no algorithm for the provider's tokens"));
}
