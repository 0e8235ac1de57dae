//! What was named of a catalogue some time ago, by the names that it has now.
//!
//! This is the one place where former names become current ones: whatever a learner has recorded comes by here when it is read against
//! a catalogue, and nothing after it looks at aliases. What the catalogue does not have under any name keeps the one that it had.

use std::collections::{BTreeMap, BTreeSet};

use waymark_planner::Catalog;
use waymark_planner::ids::TopicId;
use waymark_planner::units::Proficiency;

use super::{Changes, ChoiceChanged, Name, Plan, PlannedStep, Wishes};

impl Name {
    /// What somebody holds who was recorded to hold this. Where the topic, or what has taken its place, does not define the level, it is the highest
    /// one below, if there is one: nothing is claimed that was not learned, and nothing lower is lost.
    #[must_use]
    pub fn held(self, catalog: &Catalog) -> Self {
        let topic = catalog.topic(&self.topic);
        if let Some(step) = self.step(catalog) {
            let found = Self::of(catalog, step);
            // Where a higher level of its own topic has taken its place, it is no more than it was.
            if topic != Some(catalog.steps()[step].topic) || found.level <= self.level {
                return found;
            }
        }
        let Some(topic) = topic else { return self };
        let levels = catalog.steps_of(topic).map(|step| catalog.steps()[step].level);
        let below = levels.filter(|other| *other <= self.level).max();
        Self { topic: catalog.topics()[topic].slug.to_string(), level: below.unwrap_or(self.level) }
    }

    /// Whether [`Name::held`] leaves it as it is, where nothing has a former name.
    fn is_held_as_it_is(&self, catalog: &Catalog) -> bool {
        catalog.topic(&self.topic).is_none_or(|topic| catalog.step(topic, self.level).is_some())
    }

    /// What somebody wants who wanted this. Where the topic has another name by now, or another has taken its place, and does not define
    /// the level, it is the lowest one above, or else the highest.
    #[must_use]
    pub fn wanted(self, catalog: &Catalog) -> Self {
        if !catalog.has_aliases() {
            return self;
        }
        if let Some(step) = self.step(catalog) {
            return Self::of(catalog, step);
        }
        let former = |id: &TopicId| *catalog.topics()[*id].slug != *self.topic;
        let Some(topic) = catalog.topic(&self.topic).filter(former) else { return self };
        let levels: Vec<_> = catalog.steps_of(topic).map(|step| catalog.steps()[step].level).collect();
        let near = levels.iter().find(|other| **other >= self.level).or(levels.last());
        let level = near.copied().unwrap_or(self.level);
        Self { topic: catalog.topics()[topic].slug.to_string(), level }
    }

    /// The names by which what this step is now may have been wanted before.
    pub fn former(&self, catalog: &Catalog) -> Vec<Self> {
        if !catalog.has_aliases() {
            return Vec::new();
        }
        let before = names(catalog, &self.topic).into_iter();
        before.filter(|name| name != self && name.clone().wanted(catalog) == *self).collect()
    }
}

/// All names of steps, those of now among them, that may lead to steps of a topic.
pub fn names(catalog: &Catalog, topic: &str) -> Vec<Name> {
    let found = catalog.topic(topic).map(|id| (id, &catalog.topics()[id]));
    let slugs = found.map_or_else(
        || vec![topic],
        |(_, topic)| [&topic.slug].into_iter().chain(&topic.aliases).map(|slug| &**slug).collect(),
    );
    let at_all_levels = |slug: &&str| Proficiency::ALL.map(|level| Name { topic: (*slug).to_owned(), level });
    let steps = found.into_iter().flat_map(|(id, _)| catalog.steps_of(id));
    let of_steps = steps.flat_map(|step| &catalog.steps()[step].aliases).filter_map(|name| name.parse().ok());
    slugs.iter().flat_map(at_all_levels).chain(of_steps).collect()
}

/// The slug that a topic has now.
pub fn topic(catalog: &Catalog, slug: &str) -> String {
    catalog.topic(slug).map_or(slug, |id| &catalog.topics()[id].slug).to_owned()
}

/// The slug that a role has now.
pub fn role(catalog: &Catalog, slug: &str) -> String {
    catalog.role(slug).map_or(slug, |id| &catalog.roles()[id].slug).to_owned()
}

/// The slug that a resource has now.
pub fn resource(catalog: &Catalog, slug: &str) -> String {
    catalog.resource(slug).map_or(slug, |id| &catalog.resources()[id].slug).to_owned()
}

fn wanted(catalog: &Catalog, names: Vec<Name>) -> Vec<Name> {
    names.into_iter().map(|name| name.wanted(catalog)).collect()
}

/// What is held by virtue of what was recorded.
fn held<C: FromIterator<Name>>(catalog: &Catalog, names: impl IntoIterator<Item = Name>) -> C {
    names.into_iter().map(|name| name.held(catalog)).collect()
}

impl Wishes {
    /// By current names.
    #[must_use]
    pub fn current(mut self, catalog: &Catalog) -> Self {
        self.skills = held(catalog, self.skills);
        if !catalog.has_aliases() {
            return self;
        }
        let topics = |slugs: Vec<String>| slugs.iter().map(|slug| topic(catalog, slug)).collect();
        Self {
            from: self.from.map(|slug| role(catalog, &slug)),
            to: self.to.map(|slug| role(catalog, &slug)),
            goals: wanted(catalog, self.goals),
            gaps: wanted(catalog, self.gaps),
            prefer: topics(self.prefer),
            avoid: topics(self.avoid),
            ..self
        }
    }
}

impl Plan {
    /// Whether [`Plan::current`] leaves it as it is, which most plans are left.
    pub fn is_current(&self, catalog: &Catalog) -> bool {
        let mut known = self.skills.iter().chain(&self.assumed);
        !catalog.has_aliases() && known.all(|name| name.is_held_as_it_is(catalog))
    }

    /// By current names. Steps that have become one are one, in the place of the first.
    #[must_use]
    pub fn current(mut self, catalog: &Catalog) -> Self {
        self.skills = held(catalog, self.skills);
        self.assumed = held(catalog, self.assumed);
        if !catalog.has_aliases() {
            return self;
        }
        let choices = self.choices.into_iter().map(|mut choice| {
            choice.any_of = wanted(catalog, choice.any_of);
            choice.any_of.sort_unstable();
            choice.any_of.dedup();
            choice.taken = choice.taken.wanted(catalog);
            choice
        });
        Self {
            choices: choices.filter(|choice| choice.any_of.len() > 1).collect(),
            steps: joined(catalog, self.steps),
            begun: self.begun.into_iter().map(|name| name.wanted(catalog)).collect(),
            ..self
        }
    }
}

/// The steps of a plan by current names, each of them once.
fn joined(catalog: &Catalog, steps: Vec<PlannedStep>) -> Vec<PlannedStep> {
    let mut places: BTreeMap<Name, usize> = BTreeMap::new();
    // Where each of the steps has come to be.
    let mut place_of: Vec<usize> = Vec::with_capacity(steps.len());
    let mut joined: Vec<PlannedStep> = Vec::with_capacity(steps.len());
    for mut step in steps {
        step.step = step.step.wanted(catalog);
        step.milestone = step.milestone.map(|slug| role(catalog, &slug));
        step.needs = places_in_order(step.needs.iter().filter_map(|&needed| place_of.get(needed).copied()));
        let place = *places.entry(step.step.clone()).or_insert(joined.len());
        place_of.push(place);
        match joined.get_mut(place) {
            Some(first) => first.join(step, place),
            None => joined.push(step),
        }
    }
    joined
}

/// Ascending, each once.
fn places_in_order(places: impl Iterator<Item = usize>) -> Vec<usize> {
    places.collect::<BTreeSet<_>>().into_iter().collect()
}

impl PlannedStep {
    /// Takes in a later step that is the same by now. What it needs that comes after this one's place can't be waited for there.
    fn join(&mut self, other: Self, place: usize) {
        self.hours += other.hours;
        self.weight = self.weight.max(other.weight);
        self.starts_on = self.starts_on.min(other.starts_on);
        self.finishes_on = self.finishes_on.max(other.finishes_on);
        self.deferred |= other.deferred;
        let others = other.needs.into_iter().filter(|needed| *needed < place);
        self.needs = places_in_order(self.needs.iter().copied().chain(others));
    }
}

impl Changes {
    /// By current names.
    #[must_use]
    pub fn current(mut self, catalog: &Catalog) -> Self {
        if !catalog.has_aliases() {
            return self;
        }
        let rename = |name: &mut Name| *name = name.clone().wanted(catalog);
        for added in &mut self.added {
            rename(&mut added.step);
            added.for_steps.iter_mut().for_each(rename);
        }
        self.gone.iter_mut().for_each(|gone| rename(&mut gone.step));
        self.moved.iter_mut().for_each(|moved| rename(&mut moved.step));
        for ChoiceChanged { any_of, before, now } in &mut self.choices {
            any_of.iter_mut().chain([before, now]).for_each(rename);
        }
        for shift in &mut self.dates {
            shift.role = shift.role.take().map(|slug| role(catalog, &slug));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use waymark_planner::testing;
    use waymark_planner::units::Proficiency::{Aware, Expert, Proficient, Working};

    use super::*;

    /// `new` was `old`, and its PROFICIENT has taken the place of `other@EXPERT`.
    fn catalog() -> Catalog {
        let mut draft = testing::draft("new@W:1 new@P:1 plain@W:1");
        draft.topics[0].aliases = vec!["old".to_owned().into()];
        draft.topics[0].levels[1].aliases = vec!["other@EXPERT".to_owned().into()];
        draft.roles = vec![testing::role("chief", None, "new@W")];
        draft.roles[0].aliases = vec!["boss".to_owned().into()];
        Catalog::new(draft).unwrap()
    }

    fn name(topic: &str, level: Proficiency) -> Name {
        Name { topic: topic.to_owned(), level }
    }

    #[test]
    fn nothing_is_held_that_was_not_learned() {
        let held = |topic, level| name(topic, level).held(&catalog());
        assert_eq!(held("old", Working), name("new", Working));
        assert_eq!(held("old", Expert), name("new", Proficient));
        assert_eq!(held("old", Aware), name("new", Aware), "the topic has no such level");
        assert_eq!(held("other", Expert), name("new", Proficient));
        assert_eq!(held("new", Expert), name("new", Proficient), "the level below is still there");
        assert_eq!(held("plain", Expert), name("plain", Working));
        for unchanged in [name("plain", Aware), name("other", Working), name("unknown", Expert)] {
            assert_eq!(unchanged.clone().held(&catalog()), unchanged);
        }
    }

    #[test]
    fn the_level_below_is_held_where_nothing_has_a_former_name_too() {
        let catalog = Catalog::new(testing::draft("plain@W:1 plain@P:1")).unwrap();
        assert_eq!(name("plain", Expert).held(&catalog), name("plain", Proficient));
        assert_eq!(name("plain", Aware).held(&catalog), name("plain", Aware));
        assert!(name("plain", Working).is_held_as_it_is(&catalog));
        assert!(name("unknown", Working).is_held_as_it_is(&catalog));
        assert!(!name("plain", Expert).is_held_as_it_is(&catalog));
    }

    #[test]
    fn a_level_whose_place_a_higher_one_of_its_topic_takes_does_not_become_that() {
        let mut draft = testing::draft("x@A:1 x@P:1 y@P:1");
        draft.topics[0].aliases = vec!["old".to_owned().into()];
        draft.topics[0].levels[1].aliases =
            ["x@WORKING", "old@WORKING"].map(|alias| alias.to_owned().into()).into();
        draft.topics[1].levels[0].aliases = vec!["y@AWARE".to_owned().into()];
        let catalog = Catalog::new(draft).unwrap();
        for topic in ["x", "old"] {
            assert_eq!(name(topic, Working).held(&catalog), name("x", Aware));
            assert_eq!(name(topic, Working).wanted(&catalog), name("x", Proficient));
        }
        let below_all = name("y", Aware).held(&catalog);
        assert_eq!((below_all.defined(&catalog), below_all), (None, name("y", Aware)));
    }

    #[test]
    fn what_is_wanted_is_not_less_than_it_was_where_there_is_more() {
        let wanted = |topic, level| name(topic, level).wanted(&catalog());
        assert_eq!(wanted("old", Aware), name("new", Working));
        assert_eq!(wanted("old", Expert), name("new", Proficient));
        assert_eq!(wanted("new", Aware), name("new", Aware));
    }

    #[test]
    fn former_names_are_those_that_lead_here() {
        let former: Vec<_> = name("new", Proficient).former(&catalog()).iter().map(Name::to_string).collect();
        assert_eq!(former, ["old@PROFICIENT", "old@EXPERT", "other@EXPERT"]);
        assert_eq!(name("plain", Working).former(&catalog()), []);
    }

    fn planned(step: Name, hours: u64, needs: &[usize]) -> PlannedStep {
        let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        PlannedStep {
            step,
            hours,
            weight: 1,
            milestone: Some("boss".to_owned()),
            starts_on: day(1),
            finishes_on: day(2),
            deferred: false,
            needs: needs.to_vec(),
        }
    }

    #[test]
    fn steps_of_a_plan_that_have_become_one_are_one() {
        let steps = vec![
            planned(name("old", Aware), 1, &[]),
            planned(name("plain", Working), 2, &[0]),
            planned(name("old", Working), 4, &[0, 1]),
            planned(name("new", Proficient), 8, &[1, 2]),
        ];
        let steps: Vec<_> = joined(&catalog(), steps)
            .into_iter()
            .map(|step| (step.step.to_string(), step.hours, step.milestone.unwrap(), step.needs))
            .collect();
        let chief = "chief".to_owned();
        assert_eq!(
            steps,
            [
                ("new@WORKING".to_owned(), 5, chief.clone(), vec![]),
                ("plain@WORKING".to_owned(), 2, chief.clone(), vec![0]),
                ("new@PROFICIENT".to_owned(), 8, chief, vec![0, 1]),
            ]
        );
    }
}
