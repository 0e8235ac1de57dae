//! From files to a catalogue, or to all that is wrong with them at once.
//!
//! Reading goes on after an error wherever it can, and what could not be read leaves a gap that nothing is reported for a second time:
//! a topic with a bad field still exists for those that require it, and where a file could not be parsed nobody is told that what it
//! may define is unknown.

mod entries;
mod explain;
mod fields;
mod items;
pub(super) mod layout;
mod report;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use waymark_planner::Catalog;
use waymark_planner::draft::Draft;

use self::fields::{Fields, Shape};
pub use self::items::is_language;
use self::layout::{Layout, Part};
use self::report::Report;
use super::Placed;
use super::diagnostics::{Diagnostic, Diagnostics};
use super::places::Places;
use super::yaml::{self, Node, Value};

/// No catalogue of a person's making comes near it.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// A single file holds the four lists under these keys.
const CATALOGUE: Shape = Shape { what: "catalogue", keys: &["areas", "topics", "roles", "resources"] };

/// Reads a folder, or a single file with the four lists.
pub(super) fn read(path: &Path) -> Result<Placed, Diagnostics> {
    let root = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&root, &error))?;
    if meta.is_dir() {
        let names = layout::names(path).map_err(|error| unreadable(&root, &error))?;
        return read_folder(&root, &names, |name| load(&path.join(name)).map(Cow::Owned));
    }
    let bytes = load(path).map_err(|error| unreadable(&root, &error))?;
    read_file(&root, &bytes)
}

/// Reads the files of a folder wherever they are kept. Names are relative to it, with `/` between folder and file.
pub(super) fn read_folder<'a>(
    root: &str,
    names: &[String],
    load: impl Fn(&str) -> io::Result<Cow<'a, [u8]>>,
) -> Result<Placed, Diagnostics> {
    let mut reading = Reading::default();
    let root = root.trim_end_matches('/');
    let layout = Layout::of(names);
    for (name, message) in &layout.faults {
        let path = if name.is_empty() { root.to_owned() } else { format!("{root}/{name}") };
        reading.report.diagnostics.push(Diagnostic::of_file(path, message));
    }
    for part in &layout.missing {
        reading.report.gaps.kind(part.kind());
    }
    for (part, name) in &layout.files {
        reading.report.begin(format!("{root}/{name}"));
        match load(name) {
            Ok(bytes) => reading.list_file(*part, name, &bytes),
            Err(error) => {
                reading.report.of_file(cannot_be_read(&error));
                reading.report.gaps.kind(part.kind());
            }
        }
    }
    reading.finish(root)
}

/// Reads a single file with the four lists.
pub(super) fn read_file(name: &str, bytes: &[u8]) -> Result<Placed, Diagnostics> {
    let mut reading = Reading::default();
    reading.report.begin(name.to_owned());
    if let Some(root) = reading.parse(name, bytes) {
        reading.whole(&root);
    }
    reading.finish(name)
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    draft: Draft,
    report: Report,
}

impl Reading {
    /// The tree of a file; `None` where it could not be read, which is then reported.
    fn parse(&mut self, name: &str, bytes: &[u8]) -> Option<Node> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
                let line = u32::try_from(line).unwrap_or(u32::MAX);
                self.report.at(line, "not UTF-8: save the file in that encoding");
                return None;
            }
        };
        let is_json = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        let text = if is_json { yaml::join_surrogates(text) } else { Cow::Borrowed(text) };
        let parsed = yaml::parse(&text);
        for fault in parsed.faults {
            self.report.at(fault.place.line, fault.message);
        }
        parsed.root
    }

    /// A file of a folder, which holds one list.
    fn list_file(&mut self, part: Part, name: &str, bytes: &[u8]) {
        match self.parse(name, bytes) {
            Some(root) => self.list(part, &root),
            None => self.report.gaps.kind(part.kind()),
        }
    }

    /// A single file's root.
    fn whole(&mut self, root: &Node) {
        if root.value == Value::Null {
            self.report
                .of_file("the file is empty: a catalogue has the lists areas, topics, roles and resources");
            return;
        }
        let Some(fields) = Fields::read(root, &CATALOGUE, &mut self.report) else { return };
        for part in Part::ALL {
            match fields.present(part.name()) {
                Some(node) => self.list(part, node),
                None if part.is_required() => {
                    self.report.of_file(format!(
                        "the list \"{}\" is missing: add it, as [] if it is empty",
                        part.name()
                    ));
                    self.report.gaps.kind(part.kind());
                }
                None => {}
            }
        }
    }

    /// One of the four lists; nothing at all is an empty one.
    fn list(&mut self, part: Part, node: &Node) {
        let items = match &node.value {
            Value::Null => return,
            Value::List(items) => items,
            _ => {
                let message =
                    format!("{} must be a list, but here is {}", part.plural(), fields::found(node));
                self.report.at(node.place.line, message);
                return self.report.gaps.kind(part.kind());
            }
        };
        for item in items {
            match part {
                Part::Areas => self.draft.areas.extend(items::area(item, &mut self.report)),
                Part::Topics => self.draft.topics.extend(items::topic(item, &mut self.report)),
                Part::Roles => self.draft.roles.extend(items::role(item, &mut self.report)),
                Part::Resources => self.draft.resources.extend(items::resource(item, &mut self.report)),
            }
        }
    }

    /// Checks what was read as a whole.
    fn finish(self, root: &str) -> Result<Placed, Diagnostics> {
        let Self { mut draft, report } = self;
        draft.resolve_aliases();
        // The draft is kept to tell what was meant and where it stands.
        let mut diagnostics = match Catalog::new(draft.clone()) {
            Ok(catalog) if report.diagnostics.is_empty() => {
                return Ok(Placed { catalog, places: places(root, &draft, &report) });
            }
            Ok(_) => Vec::new(),
            Err(problems) => explain::explain(problems, &draft, &report),
        };
        diagnostics.extend(report.diagnostics);
        Err(Diagnostics::new(diagnostics))
    }
}

/// Where the things of a draft stand.
fn places(root: &str, draft: &Draft, report: &Report) -> Places {
    let place = |origin| report.place(origin).map(|(file, line)| (file.to_owned(), line));
    let mut places = Places { root: root.to_owned(), ..Places::default() };
    for topic in &draft.topics {
        let slug = &topic.slug.value;
        places.topics.extend(place(topic.slug.origin).map(|place| (slug.clone(), place)));
        places.steps.extend(
            topic.levels.iter().filter_map(|draft| {
                Some((format!("{slug}@{}", draft.level.value), place(draft.level.origin)?))
            }),
        );
    }
    for role in &draft.roles {
        places.requirements.extend(role.requires.iter().filter_map(|entry| {
            let mut steps: Vec<_> = entry.any_of.iter().map(|step| step.value.clone()).collect();
            steps.sort();
            steps.dedup();
            Some(((role.slug.value.clone(), steps), place(entry.origin)?))
        }));
    }
    let resources = draft.resources.iter();
    places.resources.extend(
        resources.filter_map(|resource| Some((resource.slug.value.clone(), place(resource.slug.origin)?))),
    );
    places
}

/// The bytes of a file of sensible size.
fn load(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(io::Error::other(format!("it is larger than {} MiB", LARGEST_FILE >> 20)));
    }
    Ok(bytes)
}

fn unreadable(file: &str, error: &io::Error) -> Diagnostics {
    Diagnostics::new(vec![Diagnostic::of_file(file, cannot_be_read(error))])
}

fn cannot_be_read(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "cannot be read: permission denied".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// Every kind of mapping that the reader knows, with its keys.
#[cfg(test)]
pub(super) fn shapes() -> Vec<(&'static str, &'static [&'static str])> {
    let shapes = items::SHAPES.into_iter().chain([&CATALOGUE]);
    shapes.map(|shape| (shape.what, shape.keys)).collect()
}
