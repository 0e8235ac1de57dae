//! No secret is found afterwards: not in the database, in the logs or in the answers, and no digest of it
//! either. `graphql::secrets::tests` lists the arguments that are secret: each of them is used here.

use std::cell::RefCell;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use md5::Md5;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use crate::app::{App, Client};
use crate::logs::debugged;

/// Passwords that stand nowhere else.
const RIGHT: &str = "marker-7f3a plain words";
const WRONG: &str = "marker-9c1e other words";
const NEXT: &str = "marker-2b8d newer words";

/// The forms in which something may stand somewhere, or a digest of it.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![text.as_bytes().to_vec(), STANDARD.encode(text).into_bytes()];
    let digests = [Sha256::digest(text).to_vec(), Sha1::digest(text).to_vec(), Md5::digest(text).to_vec()];
    for digest in digests {
        let hex = digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        for encoded in [STANDARD.encode(&digest), URL_SAFE.encode(&digest)] {
            forms.push(encoded.trim_end_matches('=').as_bytes().to_vec());
        }
        forms.extend([hex.to_uppercase().into_bytes(), hex.into_bytes(), digest]);
    }
    forms
}

/// Texts whose digests give a secret away: the secret itself, and the arguments with it in any order.
fn envelopes() -> Vec<String> {
    let quoted = |name: &str, value: &str| format!("\"{name}\":\"{value}\"");
    let mut inputs = Vec::new();
    for current in [RIGHT, WRONG] {
        let fields = [("currentPassword", current), ("newPassword", NEXT), ("clientMutationId", "change")];
        for [first, second, third] in [[0, 1, 2], [2, 0, 1], [1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0]] {
            let fields = [first, second, third].map(|at| quoted(fields[at].0, fields[at].1));
            inputs.push(("changePassword", format!("{{{}}}", fields.join(","))));
        }
        let fields = [quoted("password", current), quoted("clientMutationId", "leave")];
        inputs.push(("deleteAccount", format!("{{{},{}}}", fields[0], fields[1])));
        inputs.push(("deleteAccount", format!("{{{},{}}}", fields[1], fields[0])));
    }
    let mut envelopes = vec![RIGHT.to_owned(), WRONG.to_owned(), NEXT.to_owned()];
    for (mutation, input) in inputs {
        let arguments =
            [format!("[{input}]"), format!("[[\"input\",{input}]]"), format!("{{\"input\":{input}}}")];
        envelopes.extend(arguments.iter().map(|arguments| format!("{mutation} {arguments}")));
        envelopes.push(input);
        envelopes.extend(arguments);
    }
    envelopes
}

fn changes(current: &str, name: &str) -> Value {
    json!({ "currentPassword": current, "newPassword": NEXT, "clientMutationId": name })
}

/// Fails where something of a secret is found in some bytes.
fn assert_clean(bytes: &[u8], place: &str) {
    static FORMS: LazyLock<Vec<Vec<u8>>> =
        LazyLock::new(|| envelopes().iter().flat_map(|envelope| forms(envelope)).collect());
    static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| AhoCorasick::new(&*FORMS).unwrap());
    if let Some(found) = FINDER.find(bytes) {
        panic!("{} is in {place}", String::from_utf8_lossy(&FORMS[found.pattern()]));
    }
}

/// Fails where something of a secret is found in the database; looks at its files and at its tables.
fn assert_clean_database(app: &App) {
    let mut files = 0;
    for file in std::fs::read_dir(app.folder()).unwrap() {
        let path = file.unwrap().path();
        assert_clean(&std::fs::read(&path).unwrap(), &path.display().to_string());
        files += 1;
    }
    assert_eq!(files > 0, std::env::var_os("WAYMARK_TEST_POSTGRES").is_none(), "the file is there");
    assert_clean(app.every_text().join("\n").as_bytes(), "the tables");
}

/// Has somebody ask whatever can be asked with a secret, rightly and wrongly; all that is answered.
struct Asking<'a> {
    client: Client<'a>,
    answers: RefCell<Vec<String>>,
}

impl Asking<'_> {
    fn sends(&self, body: &Value) {
        let answer = self.client.send(body, &[]);
        let headers = format!("{:?}", answer.headers());
        let text = String::from_utf8(answer.into_body()).unwrap();
        self.answers.borrow_mut().extend([headers, text]);
    }

    /// An input in a variable and as a literal.
    fn asks(&self, mutation: &str, kind: &str, input: &Value) {
        let selection = "{ userErrors { code message } clientMutationId }";
        let by_variable =
            format!("mutation M($input: {kind}Input!) {{ {mutation}(input: $input) {selection} }}");
        self.sends(&json!({ "query": by_variable, "variables": { "input": input } }));
        let fields: Vec<_> =
            input.as_object().unwrap().iter().map(|(name, value)| format!("{name}: {value}")).collect();
        self.sends(&json!({ "query": format!("mutation {{ {mutation}(input: {{ {} }}) {selection} }}", fields.join(", ")) }));
    }

    /// Requests that are wrong in one way or another.
    fn errs(&self, mutation: &str, kind: &str, field: &str, secret: &str) {
        for wrong in [json!([secret]), json!({ "x": secret }), json!([[secret], 1])] {
            self.asks(mutation, kind, &json!({ field: wrong }));
        }
        let rest = "{ userErrors { code } } }";
        for query in [
            format!("mutation {{ {mutation}(input: {{ {field}: \"{secret}\" }} {rest}"),
            format!("mutation {{ {mutation}(input: {{ {field}: \"{secret} }}) {rest}"),
            format!(
                "mutation {{ {mutation}(input: {{ {field}: \"{secret}\", {field}: \"{secret}\" }}) {rest}"
            ),
            format!("mutation {{ {mutation}(input: \"{secret}\") {rest}"),
            format!("mutation {{ {mutation}(input: {{ {field}: \"{secret}\" }}) {{ nothing }} }}"),
            format!(
                "mutation M($input: {kind}Input! = {{ {field}: [\"{secret}\"] }}) {{ {mutation}(input: $input) {rest}"
            ),
            format!(
                "mutation M($x: [String!] = [\"{secret}\"]) {{ {mutation}(input: {{ {field}: $x }}) {rest}"
            ),
        ] {
            self.sends(&json!({ "query": query }));
            self.sends(&json!({ "query": query, "variables": secret }));
            self.sends(&json!({ "query": query, "variables": { "input": { field: secret } }, "extensions": { "cost": true } }));
        }
    }
}

#[test]
fn no_secret_is_found_anywhere_afterwards() {
    let app = App::small();
    let (answers, log) = debugged(|| {
        let asking = Asking { client: app.client(), answers: RefCell::default() };
        let account = |password: &str| json!({ "email": "ada@example.org", "password": password });
        asking.asks("signUp", "SignUp", &account("1234567890"));
        asking.asks("signUp", "SignUp", &account(RIGHT));
        asking.errs("signUp", "SignUp", "password", RIGHT);
        asking.asks("signIn", "SignIn", &account(WRONG));
        asking.errs("signIn", "SignIn", "password", WRONG);
        asking.asks("signIn", "SignIn", &account(RIGHT));
        asking.errs("changePassword", "ChangePassword", "newPassword", NEXT);
        asking.errs("changePassword", "ChangePassword", "currentPassword", RIGHT);
        for (current, name) in [(WRONG, "other"), (RIGHT, "change"), (RIGHT, "change"), (WRONG, "change")] {
            asking.asks("changePassword", "ChangePassword", &changes(current, name));
        }
        let secret = format!("query {{ sharedRoadmap(secret: \"{RIGHT}\") {{ title }} }}");
        asking.sends(&json!({ "query": secret }));
        asking.sends(&json!({ "query": "query Q($s: String!) { sharedRoadmap(secret: $s) { title } }", "variables": { "s": [RIGHT] } }));
        asking.asks("copyRoadmap", "CopyRoadmap", &json!({ "secret": RIGHT, "clientMutationId": "copy" }));
        asking.errs("copyRoadmap", "CopyRoadmap", "secret", WRONG);
        asking.asks(
            "deleteAccount",
            "DeleteAccount",
            &json!({ "password": WRONG, "clientMutationId": "leave" }),
        );
        // The names of requests are deleted with the account: so they are looked at before.
        assert!(app.every_text().iter().any(|text| text == "change"), "the requests are there");
        assert_clean_database(&app);
        // One of these is right, and deletes the account.
        asking.errs("deleteAccount", "DeleteAccount", "password", NEXT);
        asking.asks(
            "signUp",
            "SignUp",
            &json!({ "email": "grace@example.org", "password": crate::app::PASSWORD }),
        );
        asking.answers.into_inner()
    });
    let all = answers.join("\n");
    assert!(
        all.contains("\"clientMutationId\":\"change\"")
            && all.contains("WRONG_CREDENTIALS")
            && all.contains("WEAK_PASSWORD")
    );
    assert_clean(all.as_bytes(), "the answers");
    assert!(log.contains("answered") && log.contains("signed_in"), "the log is there");
    assert_clean(log.as_bytes(), "the log");
    assert!(app.every_text().iter().any(|text| text == "grace@example.org"), "the tables are there");
    assert_clean_database(&app);
}

#[test]
fn a_request_with_another_password_is_not_answered_as_done() {
    let app = App::small();
    let ada = app.learner("ada");
    let change = |new: &str| {
        let input = json!({ "currentPassword": crate::app::PASSWORD, "newPassword": new, "clientMutationId": "change" });
        ada.tries("changePassword", &input, "viewer { email } userErrors { code }")
    };
    let done = json!({ "viewer": { "email": "ada@example.org" }, "userErrors": [] });
    assert_eq!(change(NEXT)["data"]["changePassword"], done);
    assert_eq!(change(NEXT)["data"]["changePassword"], done, "the same request");
    let other = change(WRONG);
    assert_eq!(other["errors"][0]["extensions"]["argument"], "input.clientMutationId", "{other}");
    // It has changed nothing.
    let account = |password: &str| json!({ "email": "ada@example.org", "password": password });
    app.client().does("signIn", &account(NEXT), "viewer { email }");
    let wrong = app.client().tries("signIn", &account(WRONG), "userErrors { code }");
    assert_eq!(wrong["data"]["signIn"]["userErrors"][0]["code"], "WRONG_CREDENTIALS");
}
