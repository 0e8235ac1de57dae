//! The audit trail: a line for each thing that is done to an account, with what the documentation says, and
//! nothing that opens anything or names anybody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};
use waymark::accounts::audit::Event;

use crate::app::{App, Client, PASSWORD};
use crate::logs::audited;

const NEW: &str = "four plain new words";
/// What is done beside the API, and tested where that is (`tests/cli/users.rs`, `identities`).
const ELSEWHERE: [&str; 3] = ["unlocked", "password_set", "identity_refused"];
/// What each line has by itself.
const FRAME: [&str; 5] = ["timestamp", "level", "target", "event", "span"];

fn credentials(name: &str, password: &str) -> Value {
    json!({ "email": format!("{name}@example.org"), "password": password })
}

/// Does whatever there is to be done.
fn everything(app: &App, ada: &Client<'_>, grace: &Client<'_>) {
    ada.does("signUp", &credentials("ada", PASSWORD), "");
    ada.does("signUp", &credentials("ada", NEW), "");
    ada.tries("signIn", &credentials("ada", "wrong"), "userErrors { code }");
    ada.tries("signIn", &credentials("nobody", "wrong"), "userErrors { code }");
    ada.does("signIn", &credentials("ada", PASSWORD), "viewer { email }");
    let change = |current: &str| json!({ "currentPassword": current, "newPassword": NEW });
    ada.tries("changePassword", &change("wrong"), "userErrors { code }");
    ada.does("changePassword", &change(PASSWORD), "");
    let token = json!({ "name": "script", "scopes": ["READ", "WRITE"], "clientMutationId": "token" });
    ada.does("createAccessToken", &token, "accessToken { id }");
    let again = ada.does("createAccessToken", &token, "accessToken { id }");
    ada.does("revokeAccessToken", &json!({ "id": again["accessToken"]["id"] }), "");
    let other = app.client();
    other.does("signIn", &credentials("ada", NEW), "viewer { email }");
    let sessions = ada.ask("{ viewer { sessions { id isCurrent } } }");
    let sessions = sessions["data"]["viewer"]["sessions"].as_array().unwrap().clone();
    let elsewhere = sessions.iter().find(|session| session["isCurrent"] == json!(false)).unwrap();
    ada.does("endSession", &json!({ "id": elsewhere["id"] }), "");
    let grant = |name: &str, role: &str| json!({ "email": format!("{name}@example.org"), "role": role });
    grace.does("grantRole", &grant("ada", "CURATOR"), "");
    let last = grace.tries("grantRole", &grant("grace", "LEARNER"), "userErrors { code }");
    assert_eq!(last["data"]["grantRole"]["userErrors"], json!([{ "code": "LAST_ADMIN" }]));
    let last = grace.tries("deleteAccount", &json!({ "password": PASSWORD }), "userErrors { code }");
    assert_eq!(last["data"]["deleteAccount"]["userErrors"], json!([{ "code": "LAST_ADMIN" }]));
    grace.ask("mutation { signOut { userErrors { code } } }");
    for _ in 0..11 {
        app.client().tries("signIn", &credentials("grace", "wrong"), "userErrors { code }");
    }
    ada.does("deleteAccount", &json!({ "password": NEW }), "");
}

#[test]
fn each_thing_that_is_done_to_an_account_is_a_line() {
    let app = App::small();
    let (ada, grace) = (app.client(), app.admin("grace"));
    let id = grace.asker().who.unwrap().id.to_string();
    let ((), lines) = audited(|| everything(&app, &ada, &grace));
    let events: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    let mut expected = vec![
        "account_created",
        "sign_up_repeated",
        "sign_in_refused",
        "sign_in_refused",
        "signed_in",
        "password_refused",
        "password_changed",
        "token_created",
        "token_renewed",
        "token_revoked",
        "signed_in",
        "session_ended",
        "role_granted",
        "role_refused",
        "deletion_refused",
        "signed_out",
    ];
    expected.extend(["sign_in_refused"; 10]);
    expected.extend(["locked_out", "account_deleted"]);
    assert_eq!(events, expected);
    let line = |event: &str| lines.iter().find(|line| line["event"] == event).unwrap();
    assert_eq!((&line("role_granted")["by"], &line("role_granted")["role"]), (&json!(id), &json!("CURATOR")));
    assert_eq!(line("role_refused")["reason"], "last admin");
    assert_eq!(line("locked_out")["reason"], "account and network");
    assert_eq!(line("token_created")["scopes"], "READ WRITE");
    assert_eq!(
        (&line("signed_in")["known_device"], &line("signed_in")["level"]),
        (&json!(false), &json!("INFO"))
    );
    assert_eq!(
        lines.iter().filter(|line| line["event"] == "sign_in_refused").nth(1).unwrap().get("learner"),
        None
    );
    // A line belongs to a request, and says nothing that opens anything or names anybody.
    for line in &lines {
        assert_eq!(line["target"], "audit");
        assert_eq!(line["span"]["name"], "request", "{line}");
        // The request's id is random, and may spell a name.
        let mut line = line.clone();
        line["span"]["id"] = Value::Null;
        let text = line.to_string();
        for word in ["example.org", "words", "wrong\"", "waymark_", "ada", "grace"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    let of_all: BTreeSet<_> = events.into_iter().chain(ELSEWHERE).collect();
    assert_eq!(of_all, Event::ALL.map(Event::name).into(), "each event is tested");
    assert_fields_are_documented(&lines);
}

/// The table of `docs/operations.md`: for each event its fields.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operations.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, section) = text.split_once("### Audit trail").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let row = |row: &str| {
        let cells: Vec<_> = row.split('|').collect();
        (cells.len() == 4).then(|| (row.split('`').next().unwrap().to_owned(), names(cells[1])))
    };
    rows.filter_map(row).collect()
}

fn assert_fields_are_documented(lines: &[Value]) {
    let documented = documented();
    let events: BTreeSet<_> = documented.keys().map(String::as_str).collect();
    assert_eq!(events, Event::ALL.map(Event::name).into(), "docs/operations.md lists each event");
    for line in lines {
        let known = &documented[line["event"].as_str().unwrap()];
        for field in line.as_object().unwrap().keys().filter(|field| !FRAME.contains(&field.as_str())) {
            assert!(known.contains(field), "docs/operations.md does not have {field} of {line}");
        }
    }
}
