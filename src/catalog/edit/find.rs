//! Looking things up in a draft, by slug or by a former one.

use waymark_planner::catalog::Kind;
use waymark_planner::draft::{
    AreaDraft, At, Draft, LevelDraft, Origin, ResourceDraft, RoleDraft, TopicDraft,
};
use waymark_planner::units::Proficiency;

use super::mistake::{Mistake, Wrong};
use crate::catalog::nearest::nearest;

/// What has a slug.
pub(in crate::catalog) trait Slugged {
    const KIND: Kind;
    fn slug(&self) -> &At<String>;
    fn slug_mut(&mut self) -> &mut At<String>;
    fn aliases(&self) -> &[At<String>];
    fn aliases_mut(&mut self) -> &mut Vec<At<String>>;

    /// Whether it goes, or went, by this slug.
    fn is_called(&self, slug: &str) -> bool {
        self.slug().value == slug || self.aliases().iter().any(|alias| alias.value == slug)
    }
}

macro_rules! slugged {
    ($($draft:ident $kind:ident)*) => {$(
        impl Slugged for $draft {
            const KIND: Kind = Kind::$kind;
            fn slug(&self) -> &At<String> {
                &self.slug
            }
            fn slug_mut(&mut self) -> &mut At<String> {
                &mut self.slug
            }
            fn aliases(&self) -> &[At<String>] {
                &self.aliases
            }
            fn aliases_mut(&mut self) -> &mut Vec<At<String>> {
                &mut self.aliases
            }
        }
    )*};
}

slugged! { AreaDraft Area TopicDraft Topic RoleDraft Role ResourceDraft Resource }

/// Appends something new.
pub(super) fn add<T: Slugged>(list: &mut Vec<T>, item: T) -> Result<(), Mistake> {
    is_free(list, item.slug(), None)?;
    list.push(item);
    Ok(())
}

/// Whether a slug can be given: nothing goes by it, and nothing went by it, but perhaps the one at a position.
pub(super) fn is_free<T: Slugged>(
    list: &[T],
    slug: &At<String>,
    position: Option<usize>,
) -> Result<(), Mistake> {
    let taken = list.iter().enumerate().find(|(i, item)| Some(*i) != position && item.is_called(&slug.value));
    let Some((_, item)) = taken else { return Ok(()) };
    let (kind, slug, current) = (T::KIND, slug, &item.slug().value);
    let message = if slug.value == *current {
        format!("Another {kind} has the slug \"{current}\": choose a different one.")
    } else {
        format!("The {kind} \"{current}\" was called \"{}\" before: choose a different slug.", slug.value)
    };
    Err(Mistake::new(slug.origin, Wrong::Duplicate, message))
}

/// Where something is in its list.
pub(super) fn position<T: Slugged>(list: &[T], slug: &At<String>) -> Result<usize, Mistake> {
    let found = list.iter().position(|item| item.is_called(&slug.value));
    found.ok_or_else(|| unknown(T::KIND, slug, list.iter().map(|item| &*item.slug().value)))
}

/// Something of a list.
pub(super) fn item<'a, T: Slugged>(list: &'a mut [T], slug: &At<String>) -> Result<&'a mut T, Mistake> {
    let position = position(list, slug)?;
    Ok(&mut list[position])
}

/// A level of a topic, by its name in the form `topic@LEVEL`.
pub(super) fn level<'a>(draft: &'a mut Draft, step: &At<String>) -> Result<&'a mut LevelDraft, Mistake> {
    let (topic, level) = level_position(draft, step)?;
    Ok(&mut draft.topics[topic].levels[level])
}

/// Where a level of a topic is: the topic's position, and the level's in it. A name that another step has taken over is that one's.
pub(super) fn level_position(draft: &Draft, step: &At<String>) -> Result<(usize, usize), Mistake> {
    for (i, topic) in draft.topics.iter().enumerate() {
        let stands_in = |level: &LevelDraft| level.aliases.iter().any(|alias| alias.value == step.value);
        if let Some(level) = topic.levels.iter().position(stands_in) {
            return Ok((i, level));
        }
    }
    let (slug, level) = split(step)?;
    let topic = position(&draft.topics, &At::new(slug.to_owned(), step.origin))?;
    let levels = &draft.topics[topic].levels;
    let found = levels.iter().position(|defined| defined.level.value == level);
    found.map(|found| (topic, found)).ok_or_else(|| undefined(slug, level, levels, step.origin))
}

/// A level of a topic by its current name; `None` where it is not there.
pub(super) fn step_name(draft: &Draft, step: &At<String>) -> Option<String> {
    let (topic, level) = level_position(draft, step).ok()?;
    let topic = &draft.topics[topic];
    Some(format!("{}@{}", topic.slug.value, topic.levels[level].level.value))
}

/// The topic and the level of a name in the form `topic@LEVEL`.
pub(super) fn split(step: &At<String>) -> Result<(&str, Proficiency), Mistake> {
    parts(&step.value).ok_or_else(|| {
        let message = format!("\"{}\" names no step: it takes a topic and a level.", step.value);
        Mistake::new(step.origin, Wrong::Invalid, message)
    })
}

/// As [`split`], of a text.
pub(super) fn parts(step: &str) -> Option<(&str, Proficiency)> {
    let (topic, level) = step.split_once('@')?;
    Some((topic, level.parse().ok()?))
}

pub(super) fn unknown<'a>(kind: Kind, slug: &At<String>, known: impl Iterator<Item = &'a str>) -> Mistake {
    let advice = nearest(&slug.value, known).map(|near| format!(" Did you mean \"{near}\"?"));
    let message = format!("There is no {kind} \"{}\".{}", slug.value, advice.unwrap_or_default());
    Mistake::new(slug.origin, Wrong::Unknown, message)
}

fn undefined(topic: &str, level: Proficiency, defined: &[LevelDraft], origin: Origin) -> Mistake {
    let defined: Vec<_> = defined.iter().map(|level| level.level.value).collect();
    Mistake::new(origin, Wrong::Unknown, undefined_level(topic, level, &defined))
}

/// The words for a level that a topic does not define.
pub(super) fn undefined_level(topic: &str, level: Proficiency, defined: &[Proficiency]) -> String {
    let names: Vec<_> = defined.iter().map(|level| level.name()).collect();
    format!("The topic \"{topic}\" does not define the level {level}, only {}.", names.join(", "))
}
