//! Where in its files each thing of a catalogue stands.

use std::collections::HashMap;

use super::diagnostics::Diagnostic;

/// A file and a line in it, counted from 1.
pub(super) type Place = (String, u32);

/// The places of topics, steps and resources, by slug or by `topic@LEVEL`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The folder or file as the user named it.
    pub(super) root: String,
    pub(super) topics: HashMap<String, Place>,
    pub(super) steps: HashMap<String, Place>,
    pub(super) resources: HashMap<String, Place>,
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
