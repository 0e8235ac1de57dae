//! What is written reads back as the same catalogue, and nothing else in the folder is touched.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use waymark::catalog::{self, WriteError};
use waymark_planner::Catalog;
use waymark_planner::draft::Draft;

use crate::drafts;

const GOOD: &str = "tests/fixtures/catalog/good";

fn nothing() -> Catalog {
    Catalog::new(Draft::default()).unwrap()
}

fn files(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            files.extend(self::files(&entry.path()).into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_is_lost(catalog in drafts::catalog()) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["folder", "file.yaml", "file.json"] {
            let path = folder.path().join(name);
            catalog::write(&catalog, &path).unwrap();
            let read = catalog::read(&path);
            prop_assert_eq!(read.as_ref(), Ok(&catalog), "{}", name);
        }
        // Other programs must be able to read the JSON.
        let json = fs::read_to_string(folder.path().join("file.json")).unwrap();
        prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    }

    #[test]
    fn a_catalogue_is_that_of_its_draft(catalog in drafts::catalog()) {
        let again = Catalog::new(Draft::from(&catalog));
        prop_assert_eq!(again.as_ref(), Ok(&catalog));
    }
}

#[test]
fn the_files_are_a_curators() {
    let folder = tempfile::tempdir().unwrap();
    catalog::write(&catalog::read(GOOD).unwrap(), folder.path()).unwrap();
    let text = |name: &String| format!("# {name}\n{}", fs::read_to_string(folder.path().join(name)).unwrap());
    insta::assert_snapshot!(files(folder.path()).iter().map(text).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_single_file_holds_the_four_lists() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = catalog::read(GOOD).unwrap();
    for name in ["all.yaml", "all.json"] {
        let path = folder.path().join(name);
        catalog::write(&catalog, &path).unwrap();
        insta::assert_snapshot!(name, fs::read_to_string(path).unwrap());
    }
}

#[test]
fn stale_files_go_and_others_stay() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    catalog::write(&catalog::read(GOOD).unwrap(), root).unwrap();
    fs::rename(root.join("roles.yaml"), root.join("roles.json")).unwrap();
    fs::write(root.join("README.md"), "Ours.").unwrap();
    fs::write(root.join("topics/notes.txt"), "Ours, too.").unwrap();
    catalog::write(&nothing(), root).unwrap();
    assert_eq!(files(root), ["README.md", "areas.yaml", "roles.yaml", "topics/notes.txt"]);
    assert_eq!(catalog::read(root), Ok(nothing()));
}

#[test]
fn a_folder_of_other_things_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "Years of work.").unwrap();
    let refused = catalog::write(&nothing(), folder.path());
    assert!(matches!(refused, Err(WriteError::NotACatalogue(_))));
    assert_eq!(files(folder.path()), ["thesis.txt"]);
}

#[test]
fn a_path_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no/such/folder/all.yaml");
    let error = catalog::write(&nothing(), &path).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{} cannot be written: ", path.display())), "{error}");
}
