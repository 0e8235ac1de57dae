//! `waymark user`: what those who run the server do about accounts.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use super::{complaint, printed, run, waymark};

const ID: &str = "019b8e3a-7c00-7000-8000-000000000001";

/// A database with accounts, as SQL writes them.
fn peopled(folder: &Path, addresses: &[&str]) {
    printed(run(folder, &["migrate"]));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store =
            waymark::store::Store::open(&folder.join("waymark.db").display().to_string()).await.unwrap();
        for (number, address) in addresses.iter().enumerate() {
            let id = format!("{}{number}", &ID[..ID.len() - 1]).parse().unwrap();
            let account = waymark_entity::learner::Model {
                id,
                email: Some((*address).to_owned()),
                name: None,
                password_hash: None,
                issuer: None,
                subject: None,
                role: "LEARNER".into(),
                created_at: "2026-01-05T12:00:00Z".parse().unwrap(),
            };
            assert!(store.add_learner(account).await.unwrap());
        }
        store.close().await.unwrap();
    });
}

/// Runs a command with a text on its standard input.
fn told(folder: &Path, arguments: &[&str], text: &str) -> Output {
    let mut command = waymark(folder, arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The line of the audit trail that a command has written.
fn audited(output: &Output) -> Value {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    serde_json::from_str(text.lines().next().unwrap_or_else(|| panic!("nothing is written"))).unwrap()
}

#[test]
fn what_is_done_to_an_account_is_in_the_audit_trail() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    peopled(here, &["ada@example.org"]);
    let granted = run(here, &["user", "grant", "Ada@Example.org", "admin"]);
    let line = audited(&granted);
    assert_eq!(
        (&line["event"], &line["role"], &line["via"]),
        (&"role_granted".into(), &"ADMIN".into(), &"command line".into())
    );
    assert!(
        line["learner"].as_str().unwrap().starts_with(&ID[..8]) && !line.to_string().contains("ada@"),
        "{line}"
    );
    assert!(printed(granted).starts_with("ada@example.org is ADMIN"));
    let set = told(here, &["user", "set-password", "ada@example.org"], "three plain words\n");
    assert_eq!(audited(&set)["event"], "password_set");
    assert!(printed(set).starts_with("ada@example.org has another password"));
    let unlocked = run(here, &["user", "unlock", "ada@example.org"]);
    assert_eq!(audited(&unlocked)["event"], "unlocked");
    assert!(
        printed(unlocked)
            .starts_with("The wrong passwords that were tried for ada@example.org are forgotten.")
    );
}

#[test]
fn a_password_that_is_set_keeps_the_rules_and_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    peopled(here, &["ada@example.org"]);
    for (password, said) in [
        ("1234567890", "Letters and digits in their usual order"),
        ("short", "at least 10 characters"),
        ("ada@example.org", "easy to guess"),
    ] {
        let complaint = complaint(here, told(here, &["user", "set-password", "ada@example.org"], password));
        assert!(complaint.contains(said) || complaint.contains("Many people"), "{complaint}");
        assert!(!complaint.contains(password), "{complaint}");
    }
}

#[test]
fn no_two_accounts_look_the_same_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // As earlier versions took them.
    let addresses =
        ["ada@example.org", "\u{430}da@example.org", "ada\u{200b}@example.org", "\u{202e}gro.elpmaxe@ada"];
    peopled(here, &addresses);
    let list = printed(run(here, &["user", "list"]));
    assert!(list.is_ascii(), "{list}");
    let shown: Vec<_> = list.lines().map(|line| line.split(' ').next_back().unwrap()).collect();
    assert_eq!(
        shown,
        ["ada@example.org", "\\u{430}da@example.org", "ada\\u{200b}@example.org", "\\u{202e}gro.elpmaxe@ada"]
    );
    // They can be seen to by what they are, and by their ids.
    let said = printed(run(here, &["user", "grant", addresses[1], "curator"]));
    assert!(said.starts_with("\\u{430}da@example.org is CURATOR"), "{said}");
    let id = list.lines().nth(3).unwrap().split_whitespace().nth(2).unwrap();
    printed(run(here, &["user", "grant", id, "curator"]));
    let said = complaint(here, run(here, &["user", "grant", "\u{202e}nobody@example.org", "curator"]));
    assert!(said.contains("there is no account of \\u{202e}nobody@example.org"), "{said}");
}
