//! A database file that is replaced under a running server, which nobody should do and somebody will.

use std::io::BufReader;

use super::serving::{address_in, posted, read_until, serving, stop};
use super::{SMALL, printed, run};

const PLAN: &str = r#"{ roadmap(input: { to: "architect", startOn: "2026-02-02" }) { hours choices { taken { topic { slug } } }
    steps(first: 99) { nodes { necessary step { topic { slug } hours } coverage { resource { title } } } } } }"#;

/// The hours of a plan, and the sum of those of its steps.
fn hours(address: &str) -> (f64, f64) {
    let answer = posted(address, "", PLAN);
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    let json: serde_json::Value = serde_json::from_str(body).unwrap();
    let roadmap = &json["data"]["roadmap"];
    let steps = roadmap["steps"]["nodes"].as_array().unwrap_or_else(|| panic!("{json:#}"));
    let sum = steps.iter().map(|node| node["step"]["hours"].as_f64().unwrap()).sum();
    (roadmap["hours"].as_f64().unwrap(), sum)
}

#[test]
fn a_file_that_takes_the_place_of_the_database_is_what_is_answered_from_and_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    // Another catalogue, as revision 1 of another database: fewer steps, and another order of them.
    let text = std::fs::read_to_string(SMALL).unwrap();
    let other = text.replace("java", "algol").replace("hours: 60\n", "hours: 6\n");
    std::fs::write(here.join("other.yaml"), other).unwrap();
    printed(run(here, &["import", "other.yaml", "--database", "other.db"]));
    printed(run(here, &["import", SMALL]));

    let (mut server, _output, said) = serving(here);
    let mut log = BufReader::new(server.stderr.take().unwrap());
    let address = address_in(&said);
    let before = hours(&address);
    assert_eq!(hours(&address), before);
    // The way of the documentation, but for stopping the server.
    std::fs::rename(here.join("waymark.db"), here.join("waymark.db.old")).unwrap();
    for beside in ["waymark.db-wal", "waymark.db-shm"] {
        let _ = std::fs::remove_file(here.join(beside));
    }
    std::fs::copy(here.join("other.db"), here.join("waymark.db")).unwrap();
    read_until(&mut log, "it holds another catalogue");
    for _ in 0..2 {
        let (hours, sum) = hours(&address);
        assert!((hours - sum).abs() < 1e-6 && (hours - before.0).abs() > 1.0, "{hours} {sum} {before:?}");
    }
    let account = r#"input: { email: "ada@example.org", password: "three plain words" }"#;
    posted(&address, "", &format!("mutation {{ signUp({account}) {{ userErrors {{ code }} }} }}"));
    stop(&server);
    assert!(server.wait().unwrap().success());
    let rest = std::io::read_to_string(log).unwrap();
    assert!(!rest.contains("panicked"), "{rest}");
    let listed = printed(run(here, &["user", "list"]));
    assert!(listed.contains("ada@example.org"), "what was written is in the file that is there: {listed}");
}
