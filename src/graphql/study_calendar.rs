//! A kept roadmap as a calendar that follows it: what the fields of `SavedRoadmap` tell, for programs that do not speak GraphQL.

use uuid::Uuid;
use waymark_entity::link;

use super::error::ApiError;
use super::scope::Scope;
use super::types::{Overview, SavedRoadmap};
use crate::accounts::is_secret;
use crate::learning::PlannedStep;
use crate::render::{Event, calendar};
use crate::service::Lost;

impl Scope {
    /// The calendar that a secret opens; `None` where there is none.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn study_calendar(&self, secret: &str) -> Result<Option<String>, Lost> {
        self.calendar_of(secret).await.map_err(|error| {
            tracing::error!(error = error.message(), "a calendar can't be written");
            Lost::Fault
        })
    }

    async fn calendar_of(&self, secret: &str) -> Result<Option<String>, ApiError> {
        if !is_secret(secret) {
            return Ok(None);
        }
        let store = &self.learners()?.store;
        let Some(link) = store.link_of_secret(secret, link::CALENDAR).await? else { return Ok(None) };
        let key = (link.learner_id, link.roadmap_id);
        let Some(roadmap) = SavedRoadmap::find(self, key).await? else { return Ok(None) };
        let overview = roadmap.overview().await?;
        let steps = overview.version.plan.steps.iter().enumerate();
        let events: Vec<_> =
            steps.map(|(position, step)| event(self, roadmap.row().id, overview, position, step)).collect();
        Ok(Some(calendar(&roadmap.row().title, &events, self.today())))
    }
}

fn event(scope: &Scope, roadmap: Uuid, overview: &Overview, position: usize, planned: &PlannedStep) -> Event {
    let catalog = scope.catalog();
    let step = planned.step.step(catalog).map(|step| &catalog.steps()[step]);
    let title = step.map_or(planned.step.topic.as_str(), |step| &catalog.topics()[step.topic].title);
    let title = format!("{title} {}", planned.step.level.name().to_lowercase());
    let role = planned.milestone.as_deref().and_then(|slug| catalog.role(slug));
    let is_done = overview.state(position).is_done();
    Event {
        uid: format!("{roadmap}-{}@waymark", planned.step.to_string().replace('@', ".")),
        starts_on: planned.starts_on,
        ends_on: planned.finishes_on,
        summary: if is_done { format!("\u{2713} {title}") } else { title },
        description: step.map_or_else(String::new, |step| step.outcome.to_string()),
        url: None,
        category: role
            .map_or_else(|| "Your goals".to_owned(), |role| catalog.roles()[role].title.to_string()),
        is_tentative: planned.deferred,
    }
}
