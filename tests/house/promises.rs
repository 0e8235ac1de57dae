//! What the documents promise is tested: each test that they name is there, and where a table has a column for tests, no row is without.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The pages whose promises name their tests.
const PAGES: [&str; 4] = ["docs/operations.md", "docs/privacy.md", "docs/scaling.md", "docs/security.md"];
/// What the names of modules end in that have no tests of their own.
const ROOTS: [&str; 3] = ["lib", "main", "mod"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(root().join(&path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

/// The sources of Rust in a folder, those of its folders among them.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The functions of a source that are tests, with the module inside it that they are in.
fn tests_in(text: &str) -> Vec<String> {
    let (mut found, mut inside, mut is_test) = (Vec::new(), None, false);
    for line in text.lines() {
        let words = line.trim_start();
        if let Some(name) = words.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
            inside = Some(name);
        } else if line == "}" {
            inside = None;
        } else if words.starts_with("#[test]") || words.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((_, rest)) = words.split_once("fn ").filter(|_| is_test) {
            let name = rest.split(['(', '<']).next().unwrap();
            found.push(inside.map_or_else(|| name.to_owned(), |inside| format!("{inside}::{name}")));
            is_test = false;
        }
    }
    found
}

/// All tests, named as `cargo test` does, with the binary in front of those that are not beside the code.
fn all_tests() -> BTreeSet<String> {
    let mut folders =
        vec![(root().join("src"), None), (root().join("planner/src"), Some("planner".to_owned()))];
    for folder in std::fs::read_dir(root().join("tests")).unwrap().map(|entry| entry.unwrap().path()) {
        if folder.join("main.rs").exists() {
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            folders.push((folder, Some(name)));
        }
    }
    let mut all = BTreeSet::new();
    for (folder, binary) in folders {
        for file in sources(&folder) {
            let parts = file.strip_prefix(&folder).unwrap().with_extension("");
            let parts = parts.iter().map(|part| part.to_str().unwrap().to_owned());
            let modules: Vec<_> =
                binary.iter().cloned().chain(parts).filter(|part| !ROOTS.contains(&part.as_str())).collect();
            let tests = tests_in(&std::fs::read_to_string(&file).unwrap());
            all.extend(tests.into_iter().map(|test| [&modules[..], &[test]].concat().join("::")));
        }
    }
    all
}

/// The parts of a text that stand in backticks, each with what follows until the next of them.
fn quoted(text: &str) -> Vec<(&str, &str)> {
    let parts: Vec<_> = text.split('`').collect();
    parts[1..].chunks(2).map(|pair| (pair[0], pair.get(1).copied().unwrap_or_default())).collect()
}

/// Whether something in backticks is the name of a test: a path of Rust in small letters.
fn is_test_name(name: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    name.contains("::") && name.split("::").all(is_part)
}

/// Whether something in backticks is the path of a script.
fn is_script(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending == "py" || ending == "js") && name.contains('/') && !name.contains(' ')
}

/// The words by which a script calls its cases: in quotation marks right behind its name.
fn cases(mut rest: &str) -> Vec<&str> {
    let mut cases = Vec::new();
    while let Some((case, after)) = rest.strip_prefix(", \"").and_then(|rest| rest.split_once('"')) {
        cases.push(case);
        rest = after;
    }
    cases
}

#[test]
fn every_test_that_the_documents_name_is_there() {
    let all = all_tests();
    assert!(all.len() > 600, "{}", all.len());
    let mut count = 0;
    for page in PAGES {
        let text = read(page);
        for (name, rest) in quoted(&text) {
            if is_test_name(name) {
                assert!(all.contains(name), "{page} names the test {name}, which is not there");
                count += 1;
            } else if is_script(name) {
                let script = read(name);
                for case in cases(rest) {
                    assert!(script.contains(case), "{page} names \"{case}\" of {name}, which is not there");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn every_row_of_a_table_of_promises_names_a_test() {
    for page in PAGES {
        let text = read(page);
        let mut has_tests = false;
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if lines.peek().is_some_and(|next| next.starts_with("|---")) {
                has_tests = line.ends_with("| test |");
                lines.next();
            } else if !line.starts_with('|') {
                has_tests = false;
            } else if has_tests {
                let last = line.trim_end_matches(" |").rsplit(" | ").next().unwrap();
                let names_one = quoted(last).iter().any(|(name, _)| is_test_name(name) || is_script(name));
                assert!(names_one || last == "the same", "{page}: no test in\n{line}");
            }
        }
    }
}
