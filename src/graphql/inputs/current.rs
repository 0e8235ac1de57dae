//! What is asked for by former names, by the names of now.

use std::borrow::Cow;

use waymark_planner::Catalog;

use super::{RoadmapInput, StepInput};
use crate::learning::{Name, current};

impl RoadmapInput {
    /// By current names, as far as they lead to anything.
    pub(crate) fn current(&self, catalog: &Catalog) -> Cow<'_, Self> {
        if !catalog.has_aliases() {
            return Cow::Borrowed(self);
        }
        let mut input = self.clone();
        let steps = [&mut input.goals, &mut input.gaps].into_iter().flatten();
        steps.for_each(|step| *step = step.current(catalog));
        input.skills.iter_mut().for_each(|skill| *skill = skill.held(catalog));
        let topics = input.prefer.iter_mut().chain(&mut input.avoid);
        topics.for_each(|slug| *slug = current::topic(catalog, slug));
        let roles = [&mut input.from, &mut input.to].into_iter().flatten();
        roles.for_each(|slug| *slug = current::role(catalog, slug));
        Cow::Owned(input)
    }
}

impl StepInput {
    /// By its current name, if it leads to anything.
    pub(crate) fn current(&self, catalog: &Catalog) -> Self {
        let name = Name::from(self);
        name.step(catalog).map_or_else(|| self.clone(), |step| Self::from(&Name::of(catalog, step)))
    }
}

impl StepInput {
    /// What is held by virtue of it, if it leads to anything.
    pub(crate) fn held(&self, catalog: &Catalog) -> Self {
        let name = Name::from(self);
        if name.step(catalog).is_some() { Self::from(&name.held(catalog)) } else { self.clone() }
    }
}

impl From<&Name> for StepInput {
    fn from(name: &Name) -> Self {
        Self { topic: name.topic.clone(), level: name.level.into() }
    }
}
