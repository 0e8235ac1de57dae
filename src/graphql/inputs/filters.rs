//! Filters and orders of the lists. Every order is total: the slug breaks ties.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use async_graphql::{Enum, InputObject};
use waymark_planner::Catalog;
use waymark_planner::ids::{ResourceId, TopicId};
use waymark_planner::units::Hours;

use crate::catalog::is_language;
use crate::catalog::nearest::nearest;
use crate::graphql::arguments::stated;
use crate::graphql::error::ApiError;
use crate::graphql::types::{Proficiency, ResourceKind};
use crate::text::quoted;

/// Which topics are wanted: those that match everything given.
#[derive(InputObject, Default)]
pub struct TopicFilter {
    /// The slug of an area that they belong to.
    #[doc = stated!(slug)]
    area: Option<String>,
    /// A level that they define.
    level: Option<Proficiency>,
    /// Words that they are found by.
    #[doc = stated!(search)]
    search: Option<String>,
    /// Slugs, of now or of before, any of which they have. A slug that no topic has finds none.
    #[doc = stated!(filter)]
    slugs: Option<Vec<String>>,
}

/// The order of topics.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TopicOrder {
    /// By slug.
    #[default]
    Slug,
    /// By title, regardless of case.
    Title,
    /// By the hours of all levels together, fewest first.
    Hours,
    /// By how well they match the words of `filter.search`, best first; by slug where there are none.
    Match,
}

/// Which resources are wanted: those that match everything given.
#[derive(InputObject, Default)]
pub struct ResourceFilter {
    /// The slug of a topic that they teach.
    #[doc = stated!(slug)]
    topic: Option<String>,
    /// A level that they teach; of `topic`, where that is given.
    level: Option<Proficiency>,
    /// Kinds, any of which they are.
    #[doc = stated!(kinds)]
    kinds: Option<Vec<ResourceKind>>,
    /// Their language, as BCP 47 writes it.
    #[doc = stated!(language)]
    language: Option<String>,
    /// Whether they are free; false asks for those with a price.
    free: Option<bool>,
    /// The most that they may cost, in US dollars.
    max_price: Option<f64>,
    /// The least quality, from 1 to 5.
    min_quality: Option<i32>,
    /// Words that they are found by.
    #[doc = stated!(search)]
    search: Option<String>,
}

/// The order of resources.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResourceOrder {
    /// By slug.
    #[default]
    Slug,
    /// By title, regardless of case.
    Title,
    /// By quality, best first.
    Quality,
    /// By price, cheapest first.
    Price,
    /// By year, newest first; those without one last.
    Year,
}

impl TopicFilter {
    /// The topics that match, in order; `found` are those that the words of a search find.
    pub(crate) fn apply(
        &self,
        catalog: &Catalog,
        order: TopicOrder,
        find: impl Fn(&str) -> Vec<TopicId>,
    ) -> Result<Vec<TopicId>, ApiError> {
        let area = self.area.as_deref().map(|slug| {
            catalog.area(slug).ok_or_else(|| {
                let known = nearest(slug, catalog.areas().iter().map(|area| &*area.slug));
                ApiError::argument("filter.area", format!("There is no area \"{slug}\".")).did_you_mean(known)
            })
        });
        let area = area.transpose()?;
        let mut topics = match &self.search {
            Some(text) => find(text),
            None => catalog.topics().ids().collect(),
        };
        let named: Option<BTreeSet<TopicId>> =
            self.slugs.as_ref().map(|slugs| slugs.iter().filter_map(|slug| catalog.topic(slug)).collect());
        topics.retain(|&topic| {
            named.as_ref().is_none_or(|named| named.contains(&topic))
                && area.is_none_or(|area| catalog.topics()[topic].area == area)
                && self.level.is_none_or(|level| catalog.step(topic, level.into()).is_some())
        });
        if order != TopicOrder::Match {
            topics.sort_unstable();
        }
        let hours =
            |topic: TopicId| catalog.steps_of(topic).map(|step| catalog.steps()[step].hours).sum::<Hours>();
        match order {
            TopicOrder::Slug | TopicOrder::Match => {}
            TopicOrder::Title => {
                topics.sort_by_cached_key(|&topic| catalog.topics()[topic].title.to_lowercase());
            }
            TopicOrder::Hours => topics.sort_by_cached_key(|&topic| hours(topic)),
        }
        Ok(topics)
    }
}

impl ResourceFilter {
    /// The resources that match, in order.
    pub(crate) fn apply(
        &self,
        catalog: &Catalog,
        order: ResourceOrder,
        find: impl Fn(&str) -> Vec<ResourceId>,
    ) -> Result<Vec<ResourceId>, ApiError> {
        let topic = self.topic.as_deref().map(|slug| {
            catalog.topic(slug).ok_or_else(|| {
                let known = nearest(slug, catalog.topics().iter().map(|topic| &*topic.slug));
                ApiError::argument("filter.topic", format!("There is no topic \"{slug}\"."))
                    .did_you_mean(known)
            })
        });
        let topic = topic.transpose()?;
        if self.min_quality.is_some_and(|quality| !(1..=5).contains(&quality)) {
            return Err(ApiError::argument("filter.minQuality", "The least quality must be from 1 to 5."));
        }
        if let Some(tag) = self.language.as_deref().filter(|tag| !is_language(tag)) {
            let tag = quoted(tag);
            let message = format!("{tag} is no language tag: write one of BCP 47, such as en, de or pt-BR.");
            return Err(ApiError::argument("filter.language", message));
        }
        let mut resources = match &self.search {
            Some(text) => find(text),
            None => catalog.resources().ids().collect(),
        };
        resources
            .retain(|&resource| self.matches(catalog, resource) && self.teaches(catalog, resource, topic));
        resources.sort_unstable();
        let of = |id: ResourceId| &catalog.resources()[id];
        match order {
            ResourceOrder::Slug => {}
            ResourceOrder::Title => resources.sort_by_cached_key(|&id| of(id).title.to_lowercase()),
            ResourceOrder::Quality => resources.sort_by_key(|&id| Reverse(of(id).quality)),
            ResourceOrder::Price => resources.sort_by_key(|&id| of(id).price),
            ResourceOrder::Year => resources.sort_by_key(|&id| Reverse(of(id).year)),
        }
        Ok(resources)
    }

    fn matches(&self, catalog: &Catalog, resource: ResourceId) -> bool {
        let resource = &catalog.resources()[resource];
        let price = resource.price.as_dollars();
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&resource.kind.into()))
            && self.language.as_ref().is_none_or(|language| language.eq_ignore_ascii_case(&resource.language))
            && self.free.is_none_or(|free| free == (price == 0.0))
            && self.max_price.is_none_or(|most| price <= most)
            && self.min_quality.is_none_or(|least| i32::from(resource.quality) >= least)
    }

    fn teaches(&self, catalog: &Catalog, resource: ResourceId, topic: Option<TopicId>) -> bool {
        if topic.is_none() && self.level.is_none() {
            return true;
        }
        catalog.covers(resource).any(|coverage| {
            let step = &catalog.steps()[catalog.coverages()[coverage].step];
            topic.is_none_or(|topic| step.topic == topic)
                && self.level.is_none_or(|level| step.level == level.into())
        })
    }
}
