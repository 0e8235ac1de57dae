//! A server as a process: what it says, that it ends when it is told to, and that it sees what happens beside it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::{SMALL, printed, run, waymark};

/// A server on a free port, with its output, and what it has said when it is ready.
fn serving(folder: &Path) -> (Child, BufReader<ChildStdout>, String) {
    let mut server = waymark(folder, &["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let said = read_until(&mut output, "Ctrl-C");
    (server, output, said)
}

/// All that is written up to the line with some words.
fn read_until(output: &mut impl BufRead, words: &str) -> String {
    let mut said = String::new();
    while !said.contains(words) {
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    said
}

/// Tells a server to end, as a service manager does.
fn stop(server: &Child) {
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

/// The answer to a query, asked of a server's address.
fn answer(address: &str, query: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /graphql?query={query} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_server_sees_what_is_imported_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut server, _output, said) = serving(folder.path());
    let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let query = "%7Bcatalog%7Brevision%20topicCount%7D%7D";
    assert!(answer(&address, query).contains(r#""revision":1"#));
    printed(run(folder.path(), &["import", SMALL]));
    // It says so when it has seen it; nothing here waits for a time.
    read_until(&mut BufReader::new(server.stderr.take().unwrap()), "new revision");
    assert!(answer(&address, query).contains(r#"{"revision":2,"topicCount":7}"#));
    stop(&server);
    assert!(server.wait().unwrap().success());
}
