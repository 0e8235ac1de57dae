//! The program as it is typed: what it prints, and what it says when it can't.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test that fails says so

#[cfg(unix)]
mod durability;
#[cfg(unix)]
mod hanging;
#[cfg(unix)]
mod logs;
#[cfg(unix)]
mod passwords;
#[cfg(unix)]
mod restored;
#[cfg(unix)] // a server is told to end by a signal
mod serving;
#[cfg(unix)]
mod sockets;
#[cfg(unix)]
mod supervised;
mod users;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

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
    let plan = |more: &[&str]| -> serde_json::Value {
        let asked = [&["plan", "--catalog", SMALL, "--to", "manager", "--json"], more].concat();
        serde_json::from_str(&printed(run(folder.path(), &asked))).unwrap()
    };
    assert_eq!(plan(&[])["roadmap"]["hours"], 86.0);
    // With every kind of value that an input has.
    let all =
        ["--goal", "java@PROFICIENT", "--skill", "docker@AWARE", "--prefer-kind", "book", "--budget", "40"];
    let days = ["--start-on", "2026-01-05", "--finish-by", "2026-06-30", "--pause", "2026-02-01..2026-02-07"];
    assert!(plan(&[&all[..], &days[..]].concat())["roadmap"]["hours"].is_f64());
    assert!(!folder.path().join("waymark.db").exists(), "a plan makes no database");
}

#[test]
fn a_plan_is_printed_in_the_format_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let formats = [
        ("markdown", "# The way to Manager\n"),
        ("icalendar", "BEGIN:VCALENDAR\r\n"),
        ("json", "{\n  \"version\": 2,\n"),
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
fn what_an_import_would_change_is_said_before_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let dry = |path: &str| printed(run(here, &["import", path, "--dry-run"]));
    assert!(dry(SMALL).starts_with("Would be the first revision: 2 areas, 7 topics"));
    printed(run(here, &["import", SMALL]));
    assert_eq!(dry(SMALL), "Nothing to do: revision 1 is this very catalogue.\n");
    let small = std::fs::read_to_string(SMALL).unwrap();
    let changed = small
        .replace("Builds a service.", "Builds a good service.")
        .replace("slug: docker", "slug: containers");
    let changed = changed
        .replace("docker@", "containers@")
        .replace("title: Docker\n", "title: Docker\n    aliases: [docker]\n");
    std::fs::write(here.join("changed.yaml"), changed).unwrap();
    insta::assert_snapshot!(dry("changed.yaml"));
    let imported = printed(run(here, &["import", "changed.yaml", "--message", "As people say."]));
    assert!(imported.starts_with("Imported as revision 2: "), "{imported}");
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

#[test]
fn shells_and_man_are_told_what_help_tells() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(run(folder.path(), &["completions", shell]));
        assert!(script.contains("admin-listen") && script.contains("catalog-schema"), "{shell}");
    }
    let page = printed(run(folder.path(), &["man"]));
    assert!(page.contains(".TH waymark 1") && page.contains(r"\-\-database"), "{page}");
    printed(run(folder.path(), &["man", "pages"]));
    assert!(folder.path().join("pages/waymark-serve.1").exists());
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
