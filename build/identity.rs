// The identity of a build, for `build.rs`; included by a test too, so it has no module of its own.

/// The sources of the program. Versions and checksums of its dependencies are in `Cargo.lock`.
/// Embedded files are not in it: those of the catalogue and of the pages are known by their content.
const SOURCES: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "entity/Cargo.toml",
    "entity/src",
    "migration/Cargo.toml",
    "migration/src",
    "planner/Cargo.toml",
    "planner/src",
    "src",
];

/// A digest of the sources in a folder, as hexadecimal digits. It depends on their names and contents
/// alone: not on where the folder is, when it was made, or in which order its files are listed.
fn identity(root: &std::path::Path) -> std::io::Result<String> {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    // Its keys are fixed; another compiler may hash otherwise, and then it is another build.
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        for file in files(&root.join(source))? {
            // Separators differ between systems.
            let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            (name, std::fs::read(&file)?).hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The files of a folder and of those in it, by name; of a file itself.
fn files(path: &std::path::Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries: Vec<_> =
        std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    let mut all = Vec::new();
    for entry in entries {
        all.extend(files(&entry)?);
    }
    Ok(all)
}
