//! Where in its files each thing of a catalogue stands.

use std::collections::HashMap;

use waymark_planner::Catalog;
use waymark_planner::ids::EntryId;

use super::diagnostics::Diagnostic;

/// A file and a line in it, counted from 1.
pub(super) type Place = (String, u32);

/// The places of topics, steps, resources and roles' requirements, by slug, by `topic@LEVEL`, or by role and steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The folder or file as the user named it.
    pub(super) root: String,
    pub(super) topics: HashMap<String, Place>,
    pub(super) steps: HashMap<String, Place>,
    pub(super) resources: HashMap<String, Place>,
    pub(super) requirements: HashMap<(String, Vec<String>), Place>,
}

impl Places {
    pub(super) fn of_topic(&self, slug: &str, message: String) -> Diagnostic {
        self.at(self.topics.get(slug), message)
    }

    pub(super) fn of_step(&self, name: &str, message: String) -> Diagnostic {
        self.at(self.steps.get(name), message)
    }

    pub(super) fn of_resource(&self, slug: &str, message: String) -> Diagnostic {
        self.at(self.resources.get(slug), message)
    }

    pub(super) fn of_requirement(
        &self,
        catalog: &Catalog,
        role: &str,
        entry: EntryId,
        message: String,
    ) -> Diagnostic {
        let mut steps: Vec<_> = catalog.any_of(entry).iter().map(|&step| catalog.step_name(step)).collect();
        steps.sort();
        self.at(self.requirements.get(&(role.to_owned(), steps)), message)
    }

    pub(super) fn of_all(&self, message: String) -> Diagnostic {
        self.at(None, message)
    }

    fn at(&self, place: Option<&Place>, message: String) -> Diagnostic {
        match place {
            Some((file, line)) => Diagnostic { file: file.clone(), line: Some(*line), message },
            None => Diagnostic::of_file(self.root.clone(), message),
        }
    }
}
