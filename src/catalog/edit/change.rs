//! Changes of what is there: what is given takes the place of what was, the rest stays.

use waymark_planner::draft::{At, CoverDraft, Draft, EntryDraft, LevelDraft};
use waymark_planner::source::Attestation;
use waymark_planner::units::ResourceKind;

use super::find::{self, Slugged};
use super::mistake::{Mistake, Wrong};

/// What can be left out can be taken away too: `Some(None)` does.
pub type Optional<T> = Option<Option<T>>;

/// Of an area.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct AreaChange {
    pub slug: At<String>,
    /// The former slugs that stay.
    pub aliases: Option<Vec<At<String>>>,
    pub title: Option<String>,
    pub summary: Optional<String>,
}

/// Of a topic; its levels are changed one by one.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct TopicChange {
    pub slug: At<String>,
    /// The former slugs that stay.
    pub aliases: Option<Vec<At<String>>>,
    pub title: Option<String>,
    pub names: Option<Vec<String>>,
    pub area: Option<At<String>>,
    pub summary: Option<String>,
    pub elective: Optional<String>,
    pub popularity: Option<At<i64>>,
    pub links: Option<Vec<At<String>>>,
}

/// Of a level of a topic.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct StepChange {
    /// In the form `topic@LEVEL`.
    pub step: At<String>,
    pub hours: Option<At<f64>>,
    pub outcome: Option<String>,
    pub practice: Optional<String>,
    pub requires: Option<Vec<EntryDraft>>,
    pub recommends: Option<Vec<EntryDraft>>,
}

/// Of a role.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct RoleChange {
    pub slug: At<String>,
    /// The former slugs that stay.
    pub aliases: Option<Vec<At<String>>>,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub after: Optional<At<String>>,
    pub requires: Option<Vec<EntryDraft>>,
}

/// Of a resource.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct ResourceChange {
    pub slug: At<String>,
    /// The former slugs that stay.
    pub aliases: Option<Vec<At<String>>>,
    pub title: Option<String>,
    pub kind: Option<ResourceKind>,
    pub url: Option<At<String>>,
    pub isbn: Optional<String>,
    pub doi: Optional<String>,
    pub arxiv: Optional<String>,
    pub standard: Optional<String>,
    pub attested: Optional<Attestation>,
    pub authors: Option<Vec<String>>,
    pub provider: Optional<String>,
    pub year: Optional<i32>,
    pub language: Option<String>,
    pub price: Option<At<f64>>,
    pub quality: Option<At<i64>>,
    /// The slugs of topics.
    pub made_for: Option<Vec<At<String>>>,
    pub covers: Option<Vec<CoverDraft>>,
}

/// Puts what is given in the place of what was.
fn set<T: Clone>(place: &mut T, given: Option<&T>) {
    if let Some(given) = given {
        place.clone_from(given);
    }
}

/// Takes away the former slugs that are not to stay. None is added: what nobody was sent to under a name is not found by it.
fn keep_aliases<T: Slugged>(item: &mut T, kept: Option<&[At<String>]>) -> Result<(), Mistake> {
    let Some(kept) = kept else { return Ok(()) };
    if let Some(new) = kept.iter().find(|alias| !item.aliases().iter().any(|own| own.value == alias.value)) {
        let own: Vec<_> = item.aliases().iter().map(|alias| &*alias.value).collect();
        let own =
            if own.is_empty() { "it has none".to_owned() } else { format!("these are {}", own.join(", ")) };
        let message =
            format!("\"{}\" is no former slug of it: only those that it has can stay, and {own}.", new.value);
        return Err(Mistake::new(new.origin, Wrong::Unknown, message));
    }
    item.aliases_mut().retain(|own| kept.iter().any(|alias| alias.value == own.value));
    Ok(())
}

impl AreaChange {
    pub(super) fn make(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let area = find::item(&mut draft.areas, &self.slug)?;
        keep_aliases(area, self.aliases.as_deref())?;
        set(&mut area.title, self.title.as_ref());
        set(&mut area.summary, self.summary.as_ref());
        Ok(())
    }
}

impl TopicChange {
    pub(super) fn make(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let topic = find::item(&mut draft.topics, &self.slug)?;
        keep_aliases(topic, self.aliases.as_deref())?;
        set(&mut topic.title, self.title.as_ref());
        set(&mut topic.names, self.names.as_ref());
        set(&mut topic.area, self.area.as_ref());
        set(&mut topic.summary, self.summary.as_ref());
        set(&mut topic.elective, self.elective.as_ref());
        set(&mut topic.popularity, self.popularity.as_ref());
        set(&mut topic.links, self.links.as_ref());
        Ok(())
    }
}

impl StepChange {
    pub(super) fn make(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let level = find::level(draft, &self.step)?;
        set(&mut level.hours, self.hours.as_ref());
        set(&mut level.outcome, self.outcome.as_ref());
        set(&mut level.practice, self.practice.as_ref());
        set(&mut level.requires, self.requires.as_ref());
        set(&mut level.recommends, self.recommends.as_ref());
        Ok(())
    }
}

impl RoleChange {
    pub(super) fn make(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let role = find::item(&mut draft.roles, &self.slug)?;
        keep_aliases(role, self.aliases.as_deref())?;
        set(&mut role.title, self.title.as_ref());
        set(&mut role.summary, self.summary.as_ref());
        set(&mut role.after, self.after.as_ref());
        set(&mut role.requires, self.requires.as_ref());
        Ok(())
    }
}

impl ResourceChange {
    pub(super) fn make(&self, draft: &mut Draft) -> Result<(), Mistake> {
        let resource = find::item(&mut draft.resources, &self.slug)?;
        keep_aliases(resource, self.aliases.as_deref())?;
        set(&mut resource.title, self.title.as_ref());
        set(&mut resource.kind, self.kind.as_ref());
        set(&mut resource.url, self.url.as_ref());
        set(&mut resource.attested, self.attested.as_ref());
        set(&mut resource.authors, self.authors.as_ref());
        set(&mut resource.provider, self.provider.as_ref());
        set(&mut resource.year, self.year.as_ref());
        set(&mut resource.language, self.language.as_ref());
        set(&mut resource.price, self.price.as_ref());
        set(&mut resource.quality, self.quality.as_ref());
        set(&mut resource.made_for, self.made_for.as_ref());
        set(&mut resource.covers, self.covers.as_ref());
        let identifiers = &mut resource.identifiers;
        for (place, given) in [
            (&mut identifiers.isbn, &self.isbn),
            (&mut identifiers.doi, &self.doi),
            (&mut identifiers.arxiv, &self.arxiv),
            (&mut identifiers.standard, &self.standard),
        ] {
            set(place, given.clone().map(|given| given.map(Into::into)).as_ref());
        }
        Ok(())
    }
}

/// Adds a level to a topic.
pub(super) fn add_step(draft: &mut Draft, topic: &At<String>, level: &LevelDraft) -> Result<(), Mistake> {
    let topic = find::item(&mut draft.topics, topic)?;
    let name = level.level.value;
    if topic.levels.iter().any(|defined| defined.level.value == name) {
        let message = format!("The topic \"{}\" has the level {name} already: change it.", topic.slug.value);
        return Err(Mistake::new(level.level.origin, Wrong::Duplicate, message));
    }
    topic.levels.push(level.clone());
    Ok(())
}
