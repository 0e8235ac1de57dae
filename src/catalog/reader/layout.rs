//! Which file of a folder is which part of a catalogue.

use std::fs;
use std::io;
use std::path::Path;

use waymark_planner::catalog::Kind;

use crate::catalog::nearest::nearest;

/// The endings of files with data.
pub(in crate::catalog) const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// The four lists of a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::catalog) enum Part {
    Areas,
    Topics,
    Roles,
    Resources,
}

impl Part {
    pub(in crate::catalog) const ALL: [Self; 4] = [Self::Areas, Self::Topics, Self::Roles, Self::Resources];

    /// The name of its file or folder, and of its key in a single file.
    pub(in crate::catalog) const fn name(self) -> &'static str {
        match self {
            Self::Areas => "areas",
            Self::Topics => "topics",
            Self::Roles => "roles",
            Self::Resources => "resources",
        }
    }

    /// The part as the subject of a sentence.
    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Areas => "the areas",
            Self::Topics => "the topics",
            Self::Roles => "the roles",
            Self::Resources => "the resources",
        }
    }

    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Areas => Kind::Area,
            Self::Topics => Kind::Topic,
            Self::Roles => Kind::Role,
            Self::Resources => Kind::Resource,
        }
    }

    /// Topics and resources are many: a folder of files. The others are one file.
    const fn is_folder(self) -> bool {
        matches!(self, Self::Topics | Self::Resources)
    }

    /// A catalogue may do without roles and without resources.
    pub(super) const fn is_required(self) -> bool {
        matches!(self, Self::Areas | Self::Topics)
    }

    /// As it stands in a folder.
    fn path(self) -> String {
        if self.is_folder() { format!("{}/", self.name()) } else { format!("{}.yaml", self.name()) }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// The parts of a folder, in the order of their paths.
#[derive(Debug, Default)]
pub(in crate::catalog) struct Layout {
    pub(in crate::catalog) files: Vec<(Part, String)>,
    /// The required parts that the folder lacks.
    pub(super) missing: Vec<Part>,
    /// Paths, empty for the folder itself, and what is wrong with them.
    pub(super) faults: Vec<(String, String)>,
}

impl Layout {
    /// Assigns the paths of a folder (a folder's own path ends in `/`). What is no part of the format, such as a readme, is left
    /// alone, unless it looks like a part misnamed.
    pub(in crate::catalog) fn of(names: &[String]) -> Self {
        let mut names: Vec<_> = names.iter().collect();
        names.sort();
        let mut layout = Self::default();
        let mut found = Vec::new();
        for name in names {
            match assign(name) {
                Assigned::File(part) => {
                    layout.files.push((part, name.clone()));
                    found.push(part);
                }
                Assigned::Folder(part) => found.push(part),
                Assigned::Misnamed(part, message) => {
                    layout.faults.push((name.clone(), message));
                    layout.missing.push(part);
                    found.push(part);
                }
                Assigned::Nothing => {}
            }
        }
        if found.is_empty() {
            let message =
                "there is no catalogue in this folder: it has areas.yaml, roles.yaml, topics/ and resources/";
            layout.faults.push((String::new(), message.to_owned()));
            return layout;
        }
        for part in Part::ALL.into_iter().filter(|part| part.is_required() && !found.contains(part)) {
            layout.missing.push(part);
            layout.faults.push((String::new(), format!("{} is missing", part.path())));
        }
        layout
    }
}

enum Assigned {
    File(Part),
    Folder(Part),
    Misnamed(Part, String),
    Nothing,
}

fn assign(name: &str) -> Assigned {
    if let Some(folder) = name.strip_suffix('/') {
        return match folder.split_once('/') {
            Some((outer, _)) => match folder_part(outer) {
                Some(part) => {
                    Assigned::Misnamed(part, format!("not read: put its files into {}/ itself", part.name()))
                }
                None => Assigned::Nothing,
            },
            None => folder_part(folder).map_or_else(|| misnamed(folder, name), Assigned::Folder),
        };
    }
    match (name.split_once('/'), data_stem(name)) {
        (Some((folder, _)), Some(_)) => folder_part(folder).map_or(Assigned::Nothing, Assigned::File),
        (None, Some(stem)) => match Part::named(stem) {
            Some(part) if !part.is_folder() => Assigned::File(part),
            _ => misnamed(stem, name),
        },
        (_, None) => Assigned::Nothing,
    }
}

fn folder_part(folder: &str) -> Option<Part> {
    Part::named(folder).filter(|part| part.is_folder())
}

fn misnamed(stem: &str, name: &str) -> Assigned {
    let near = if name.starts_with('.') { None } else { nearest(stem, Part::ALL.map(Part::name)) };
    match near.and_then(Part::named) {
        Some(part) => Assigned::Misnamed(part, format!("not read; did you mean {}?", part.path())),
        None => Assigned::Nothing,
    }
}

/// The path without its ending, where that is one of data and the file is not hidden.
fn data_stem(path: &str) -> Option<&str> {
    let (stem, ending) = path.rsplit_once('.')?;
    let hidden = path.rsplit('/').next().is_some_and(|file| file.starts_with('.'));
    (!hidden && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))).then_some(stem)
}

/// The paths in a folder and in the folders of its parts.
pub(in crate::catalog) fn names(root: &Path) -> io::Result<Vec<String>> {
    let mut names = list(root, "")?;
    for part in Part::ALL.into_iter().filter(|part| part.is_folder()) {
        let prefix = part.path();
        if names.contains(&prefix) {
            names.extend(list(&root.join(part.name()), &prefix)?);
        }
    }
    Ok(names)
}

fn list(folder: &Path, prefix: &str) -> io::Result<Vec<String>> {
    fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            // A link is what it points at; one that points nowhere is reported when it is read.
            let is_folder = fs::metadata(entry.path()).is_ok_and(|meta| meta.is_dir());
            let name = entry.file_name();
            Ok(format!("{prefix}{}{}", name.to_string_lossy(), if is_folder { "/" } else { "" }))
        })
        .collect()
}
