//! The program as it is typed: what it prints, and what it says when it can't.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that fails says so

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

fn waymark(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waymark"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("WAYMARK_DATABASE", folder.join("waymark.db"));
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    waymark(folder, arguments).output().unwrap()
}

/// What it printed, where it succeeded.
fn printed(output: Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What it said, where it failed; the folder is left out.
fn complaint(folder: &Path, output: Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap().replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn a_plan_is_good_to_read() {
    let folder = tempfile::tempdir().unwrap();
    let plan = [
        "plan",
        "--catalog",
        SMALL,
        "--from",
        "developer",
        "--to",
        "architect",
        "--skill",
        "java@WORKING",
        "--prefer",
        "java",
        "--goal",
        "docker@WORKING",
        "--start-on",
        "2026-02-02",
        "--finish-by",
        "2026-03-01",
    ];
    insta::assert_snapshot!(printed(run(folder.path(), &plan)));
}

#[test]
fn a_plan_in_json_is_what_the_api_answers() {
    let folder = tempfile::tempdir().unwrap();
    let text = printed(run(folder.path(), &["plan", "--catalog", SMALL, "--to", "manager", "--json"]));
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["roadmap"]["hours"], 86.0);
    assert!(!folder.path().join("waymark.db").exists(), "a plan makes no database");
}

#[test]
fn a_plan_is_printed_in_the_format_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let formats = [
        ("markdown", "# The way to Manager\n"),
        ("icalendar", "BEGIN:VCALENDAR\r\n"),
        ("json", "{\n  \"version\": 1,\n"),
        ("csv", "position,milestone,"),
    ];
    for (format, beginning) in formats {
        let plan = ["plan", "--catalog", SMALL, "--to", "manager", "--format", format];
        let text = printed(run(folder.path(), &plan));
        assert!(text.starts_with(beginning), "{format}: {text}");
    }
    let both = ["plan", "--catalog", SMALL, "--to", "manager", "--format", "json", "--json"];
    let said = complaint(folder.path(), run(folder.path(), &both));
    assert!(said.contains("cannot be used with"), "{said}");
}

#[test]
fn what_is_wrong_with_a_plan_names_the_flags() {
    let folder = tempfile::tempdir().unwrap();
    let plan = [
        "plan",
        "--catalog",
        SMALL,
        "--to",
        "architekt",
        "--skill",
        "jawa@WORKING",
        "--hours-per-week",
        "500",
    ];
    insta::assert_snapshot!(complaint(folder.path(), run(folder.path(), &plan)));
}

#[test]
fn an_exported_catalogue_is_the_imported_one() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    assert!(printed(run(here, &["import", SMALL])).starts_with("Imported as revision 1: 2 areas, 7 topics"));
    printed(run(here, &["export", "out"]));
    assert!(here.join("out/topics/services.yaml").exists());
    assert_eq!(printed(run(here, &["import", "out"])), "Nothing to do: revision 1 is this very catalogue.\n");
}

#[test]
fn a_bad_catalogue_is_refused_with_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(SMALL).unwrap().replace("kubernetes@WORKING", "kubernets@WORKING");
    std::fs::write(folder.path().join("bad.yaml"), text).unwrap();
    insta::assert_snapshot!(complaint(folder.path(), run(folder.path(), &["check", "bad.yaml"])));
    assert!(
        complaint(
            folder.path(),
            run(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--catalog", "bad.yaml"])
        )
        .contains("bad.yaml:")
    );
}

#[test]
fn what_keeps_a_server_from_starting_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = complaint(here, run(here, &["serve", "--listen", &address]));
    assert_eq!(
        said.replace(&address, "ADDR"),
        "waymark: the server can't listen on ADDR: another program has it: choose another one with --listen\n"
    );
    std::fs::write(here.join("notes.txt"), "not a database ".repeat(100)).unwrap();
    insta::assert_snapshot!(complaint(
        here,
        run(here, &["serve", "--listen", "127.0.0.1:0", "--database", "notes.txt"])
    ));
}

#[cfg(unix)]
#[test]
fn a_server_prints_its_addresses_and_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = waymark(folder.path(), &["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Ctrl-C") {
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    assert!(said.contains("/graphiql") && said.contains("/graphql"));
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
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
    let mut server = waymark(folder.path(), &["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    while !said.contains("Ctrl-C") {
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let query = "%7Bcatalog%7Brevision%20topicCount%7D%7D";
    assert!(answer(&address, query).contains(r#""revision":1"#));
    printed(run(folder.path(), &["import", SMALL]));
    // It says so when it has seen it; nothing here waits for a time.
    let mut logged = String::new();
    let mut logs = BufReader::new(server.stderr.take().unwrap());
    while !logged.contains("new revision") {
        assert!(logs.read_line(&mut logged).unwrap() > 0, "it ended: {logged}");
    }
    assert!(answer(&address, query).contains(r#"{"revision":2,"topicCount":7}"#));
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert!(server.wait().unwrap().success());
}

#[test]
fn help_explains_every_command_and_setting() {
    let folder = tempfile::tempdir().unwrap();
    let help = printed(run(folder.path(), &["--help"]));
    for word in [
        "serve",
        "check",
        "import",
        "export",
        "plan",
        "schema",
        "migrate",
        "WAYMARK_LISTEN",
        "WAYMARK_DATABASE",
        "WAYMARK_CATALOG",
    ] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
}

/// The command stands in the document's first comment. After a change of the catalogue: `WAYMARK_UPDATE=1 cargo test --test cli example`.
#[test]
fn the_example_is_what_its_command_prints() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let document = std::fs::read_to_string(docs.join("example-roadmap.md")).unwrap();
    let (head, _) = document.split_once("-->").unwrap();
    let (_, command) = head.split_once("waymark ").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let text = printed(run(folder.path(), &arguments));
    let drawing = printed(run(folder.path(), &[&arguments[..], &["--format", "svg"]].concat()));
    for (name, new) in
        [("example-roadmap.md", format!("{head}-->\n\n{text}")), ("example-roadmap.svg", drawing)]
    {
        if std::env::var_os("WAYMARK_UPDATE").is_some() {
            std::fs::write(docs.join(name), &new).unwrap();
        }
        let old = std::fs::read_to_string(docs.join(name)).unwrap();
        assert!(old == new, "docs/{name} is old: run WAYMARK_UPDATE=1 cargo test --test cli example");
    }
}
