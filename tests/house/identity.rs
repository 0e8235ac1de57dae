//! The identity of a build, which answers have in their tags: that of its sources.

use std::path::Path;

include!("../../build/identity.rs");

/// Sources of which one has some text, in a folder of their own.
fn sources(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for source in SOURCES {
        let path = folder.path().join(source);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if source.contains('.') {
            std::fs::write(path, source).unwrap();
        } else {
            std::fs::create_dir_all(path.join("deep")).unwrap();
            std::fs::write(path.join("deep/code.rs"), text).unwrap();
        }
    }
    folder
}

#[test]
fn equal_sources_are_one_build_wherever_they_are_and_others_another() {
    let of = |folder: &tempfile::TempDir| identity(folder.path()).unwrap();
    let (one, same, other) = (sources("a"), sources("a"), sources("b"));
    assert_eq!(of(&one), of(&same));
    assert_ne!(of(&one), of(&other));
    std::fs::write(same.path().join("src/more.rs"), "").unwrap();
    assert_ne!(of(&one), of(&same));
    std::fs::write(other.path().join("README.md"), "no source").unwrap();
    assert_eq!(of(&other), of(&sources("b")));
}

#[test]
fn this_build_is_that_of_these_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(waymark::graphql::BUILD, identity(root).unwrap());
}
