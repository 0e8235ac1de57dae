//! From a catalogue to files that a curator could have written: deterministic, in the format's layout, quoted only where YAML needs it.

mod format;
mod tree;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use waymark_planner::Catalog;
use waymark_planner::ids::ResourceId;

use self::tree::{Map, Tree};
use super::reader::layout::{self, ENDINGS, Layout, Part};

/// Why a catalogue could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder holds something else, which is left alone.
    #[error("{} is not empty and holds no catalogue: name an empty or new folder", .0.display())]
    NotACatalogue(PathBuf),
    /// The file system refused.
    #[error("{} cannot be written: {source}", path.display())]
    Io {
        /// What was to be written, listed or removed.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

/// Writes a catalogue to a folder in the format's layout, or to a single file where the path ends in `.yaml`, `.yml` or `.json`.
///
/// A folder must be new, empty, or hold a catalogue, which is replaced: files of areas that are gone are removed, other files left
/// alone. Each file is replaced as a whole or not at all.
pub fn write(catalog: &Catalog, path: impl AsRef<Path>) -> Result<(), WriteError> {
    let path = path.as_ref();
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    match ending.as_deref() {
        Some("json") => replace(path, &format::json(&whole(catalog))),
        Some(ending) if ENDINGS.contains(&ending) => replace(path, &print(catalog)),
        _ => write_folder(catalog, path),
    }
}

/// A catalogue as the text of a single file.
pub fn print(catalog: &Catalog) -> String {
    format::yaml_map(&whole(catalog))
}

fn write_folder(catalog: &Catalog, root: &Path) -> Result<(), WriteError> {
    let old = old_files(root)?;
    for folder in [Part::Topics, Part::Resources] {
        let folder = root.join(folder.name());
        fs::create_dir_all(&folder).map_err(io_error(&folder))?;
    }
    let files = files(catalog);
    for (name, items) in &files {
        replace(&root.join(name), &format::yaml_list(items))?;
    }
    for stale in old.iter().filter(|name| !files.contains_key(*name)) {
        let path = root.join(stale);
        fs::remove_file(&path).map_err(io_error(&path))?;
    }
    Ok(())
}

/// The files of the catalogue that is in the folder; none where the folder is new or empty.
fn old_files(root: &Path) -> Result<Vec<String>, WriteError> {
    let names = match layout::names(root) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io_error(root)(error)),
    };
    let files = Layout::of(&names).files;
    if !names.is_empty() && files.iter().all(|(part, _)| *part != Part::Areas) {
        return Err(WriteError::NotACatalogue(root.to_owned()));
    }
    Ok(files.into_iter().map(|(_, name)| name).collect())
}

/// The lists of all files of a folder by their relative paths.
fn files(catalog: &Catalog) -> BTreeMap<String, Vec<Tree>> {
    let mut files = BTreeMap::new();
    files.insert("areas.yaml".to_owned(), catalog.areas().ids().map(|id| tree::area(catalog, id)).collect());
    files.insert("roles.yaml".to_owned(), catalog.roles().ids().map(|id| tree::role(catalog, id)).collect());
    for (id, topic) in catalog.topics().ids().zip(catalog.topics()) {
        let name = format!("topics/{}.yaml", catalog.areas()[topic.area].slug);
        files.entry(name).or_insert_with(Vec::new).push(tree::topic(catalog, id));
    }
    for id in catalog.resources().ids() {
        let name = format!("resources/{}.yaml", area_of(catalog, id).unwrap_or("other"));
        files.entry(name).or_default().push(tree::resource(catalog, id));
    }
    files
}

/// The area of the first step that a resource covers.
fn area_of(catalog: &Catalog, resource: ResourceId) -> Option<&str> {
    let step = catalog.coverages()[catalog.covers(resource).next()?].step;
    let area = catalog.topics()[catalog.steps()[step].topic].area;
    Some(&catalog.areas()[area].slug)
}

/// The four lists of a single file.
fn whole(catalog: &Catalog) -> Map {
    vec![
        ("areas", Tree::List(catalog.areas().ids().map(|id| tree::area(catalog, id)).collect())),
        ("topics", Tree::List(catalog.topics().ids().map(|id| tree::topic(catalog, id)).collect())),
        ("roles", Tree::List(catalog.roles().ids().map(|id| tree::role(catalog, id)).collect())),
        ("resources", Tree::List(catalog.resources().ids().map(|id| tree::resource(catalog, id)).collect())),
    ]
}

/// Replaces a file's content in one step: whoever reads it meanwhile, and a crash, sees the old or the new one.
fn replace(path: &Path, text: &str) -> Result<(), WriteError> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    let draft = PathBuf::from(draft);
    let write = || {
        let mut file = File::create(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&draft); // the first error is the one to report
        io_error(path)(error)
    })
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    |source| WriteError::Io { path, source }
}
