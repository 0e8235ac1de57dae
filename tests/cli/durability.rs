//! What outlives a server: copies of its database, and what was written before and after its disk failed.

use std::io::{BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::serving::{address_in, got, posted, read_until, serving, serving_with, stop};
use super::{complaint, printed, run, waymark};

const ACCOUNT: &str = r#"input: { email: "ada@example.org", password: "three plain words" }"#;

/// Signs somebody in who has an account; the cookie.
fn signed_in(address: &str) -> String {
    let answer = posted(address, "", &format!("mutation {{ signIn({ACCOUNT}) {{ viewer {{ email }} }} }}"));
    answer
        .split("Set-Cookie: ")
        .nth(1)
        .unwrap_or_else(|| panic!("{answer}"))
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

fn sign_up(address: &str) {
    posted(address, "", &format!("mutation {{ signUp({ACCOUNT}) {{ userErrors {{ code }} }} }}"));
}

#[test]
fn a_database_is_copied_while_a_server_uses_it() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    assert!(complaint(here, run(here, &["backup", "copy.db"])).contains("there is no database yet"));
    let (mut server, _output, said) = serving(here);
    sign_up(&address_in(&said));
    let copied = printed(run(here, &["backup", "copy.db"]));
    assert!(copied.ends_with(" to copy.db, and checked the copy.\n"), "{copied}");
    let again = complaint(here, run(here, &["backup", "copy.db"]));
    assert_eq!(again, "waymark: copy.db is there already. Name another file, or move it away\n");
    stop(&server);
    assert!(server.wait().unwrap().success());

    let (mut server, _output, said) = serving_with(here, &["--database", "copy.db"], &[]);
    signed_in(&address_in(&said));
    stop(&server);
    assert!(server.wait().unwrap().success());
}

/// A server whose files may not grow beyond some size, which is to it as though the disk were full.
fn cramped(folder: &Path, blocks: u32) -> Child {
    let server = waymark(folder, &["--listen", "127.0.0.1:0"]);
    let script =
        format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" --listen 127.0.0.1:0 --catalog \"$1\"");
    let mut cramped = Command::new("/bin/sh");
    cramped.args(["-c", &script]).arg(server.get_program()).arg(super::SMALL);
    cramped.env("WAYMARK_DATABASE", folder.join("waymark.db")).current_dir(folder);
    cramped.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn what_was_acknowledged_while_the_disk_failed_and_after_is_there_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = cramped(folder.path(), 2_000);
    let said = read_until(&mut BufReader::new(server.stdout.take().unwrap()), "Ctrl-C");
    let address = address_in(&said);
    sign_up(&address);
    let cookie = signed_in(&address);
    let save = |number: u32| {
        let input = format!("title: \"{number}\", roadmap: {{ to: \"manager\" }}");
        posted(
            &address,
            &cookie,
            &format!("mutation {{ saveRoadmap(input: {{ {input} }}) {{ roadmap {{ title }} }} }}"),
        )
    };
    // The log that is written ahead grows with each, until it may not any more.
    let failed =
        (0..1_000).map(|number| (number, save(number))).find(|(_, answer)| answer.contains("errors"));
    let (number, answer) = failed.expect("the disk is full at last");
    let here = folder.path().display().to_string();
    let is_told = answer.contains(r#""code":"UNAVAILABLE""#) && answer.contains("At the moment the disk");
    assert!(number > 0 && is_told && !answer.contains(&here), "{number} {answer}");
    let unready = "not ready: the disk of the database cannot be read or written\n";
    assert!(got(&address, "/ready").ends_with(unready));
    // A second failure is what had later writes acknowledged and lost.
    for number in 1_000..1_020 {
        assert!(save(number).contains("errors"), "{number}");
    }
    let titles = |address: &str, cookie: &str| {
        let answer = posted(address, cookie, "{ viewer { roadmaps { totalCount } } }");
        answer
            .split("totalCount\":")
            .nth(1)
            .unwrap_or_else(|| panic!("{answer}"))
            .split('}')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(titles(&address, &cookie), number.to_string());
    // Room again: nobody writes, and the server finds out by itself.
    let roomy = ["--fsize=unlimited:unlimited", "--pid", &server.id().to_string()];
    assert!(Command::new("prlimit").args(roomy).status().unwrap().success());
    let mut log = BufReader::new(server.stderr.take().unwrap());
    let mut said = read_until(&mut log, "the database works again");
    assert!(got(&address, "/ready").ends_with("ready\n"));
    for number in 2_000..2_020 {
        assert!(!save(number).contains("errors"), "{number}");
    }
    let number = number + 20;
    stop(&server);
    log.read_to_string(&mut said).unwrap();
    server.wait().unwrap();
    assert_eq!(said.matches("Look whether its disk is full or broken").count(), 1, "{said}");

    let (mut server, _output, said) = serving_with(folder.path(), &["--catalog", super::SMALL], &[]);
    let address = address_in(&said);
    assert_eq!(titles(&address, &signed_in(&address)), number.to_string());
    stop(&server);
    assert!(server.wait().unwrap().success());
    printed(run(folder.path(), &["backup", "copy.db"])); // which checks it
}

#[test]
fn a_server_that_has_no_room_to_begin_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = cramped(folder.path(), 60);
    let said = complaint(folder.path(), server.wait_with_output().unwrap());
    assert!(said.starts_with("waymark: the database file FOLDER/waymark.db can't "), "{said}");
    assert!(said.contains("disk is full"), "{said}");
}

#[test]
fn a_database_is_copied_to_another_and_served_from_there() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let none = complaint(here, run(here, &["copy", "waymark.db", "other.db"]));
    assert!(none.contains("there is no database waymark.db") && !here.join("other.db").exists(), "{none}");
    let (mut server, _output, said) = serving_with(here, &["--catalog", super::SMALL], &[]);
    sign_up(&address_in(&said));
    stop(&server);
    assert!(server.wait().unwrap().success());

    insta::assert_snapshot!(printed(run(here, &["copy", "waymark.db", "other.db"])));
    let again = complaint(here, run(here, &["copy", "waymark.db", "other.db"]));
    assert!(again.contains("other.db is not empty: there are rows in catalog_revisions"), "{again}");
    let (mut server, _output, said) = serving_with(here, &["--database", "other.db"], &[]);
    signed_in(&address_in(&said));
    stop(&server);
    assert!(server.wait().unwrap().success());
}
