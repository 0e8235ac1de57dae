//! Another slug. Whoever knows the old one still finds what it named.

use waymark_planner::catalog::{Kind, is_slug};
use waymark_planner::draft::{At, Draft};

use super::explain::no_slug;
use super::find::{self, Slugged, parts};
use super::mistake::{Mistake, Wrong};
use super::references;

/// From one slug to another.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Rename {
    pub slug: At<String>,
    pub to: At<String>,
}

impl Rename {
    pub(in crate::catalog) fn make(&self, draft: &mut Draft, kind: Kind) -> Result<(), Mistake> {
        match kind {
            Kind::Area => self.area(draft),
            Kind::Topic => self.topic(draft),
            Kind::Role => self.role(draft),
            Kind::Resource => self.slug_of(&mut draft.resources).map(|_| ()),
        }
    }

    /// Gives something the new slug; answers the old one.
    fn slug_of<T: Slugged>(&self, list: &mut [T]) -> Result<String, Mistake> {
        let position = find::position(list, &self.slug)?;
        // Nothing else is to be said of what would go by it.
        if !is_slug(&self.to.value) {
            return Err(Mistake::new(self.to.origin, Wrong::Invalid, no_slug(&self.to.value)));
        }
        find::is_free(list, &self.to, Some(position))?;
        let item = &mut list[position];
        let old = std::mem::replace(item.slug_mut(), self.to.clone());
        let aliases = item.aliases_mut();
        // Back to a former name, that one is current again.
        aliases.retain(|alias| alias.value != self.to.value);
        let answer = old.value.clone();
        if old.value != self.to.value {
            aliases.push(At::new(old.value, self.to.origin));
        }
        Ok(answer)
    }

    fn area(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let old = self.slug_of(&mut draft.areas)?;
        for topic in draft.topics.iter_mut().filter(|topic| topic.area.value == old) {
            topic.area.value.clone_from(&self.to.value);
        }
        Ok(())
    }

    fn topic(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let old = self.slug_of(&mut draft.topics)?;
        let new = &self.to.value;
        references::follow_topic(draft, |topic| topic == old, new);
        references::rename(draft, &|step| {
            parts(step).filter(|(topic, _)| *topic == old).map(|(_, level)| format!("{new}@{level}"))
        });
        Ok(())
    }

    fn role(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let old = self.slug_of(&mut draft.roles)?;
        let above = draft.roles.iter_mut().filter_map(|role| role.after.as_mut());
        for after in above.filter(|after| after.value == old) {
            after.value.clone_from(&self.to.value);
        }
        Ok(())
    }
}
