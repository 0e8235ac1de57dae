//! Everything that a roadmap tells, for programs. What each field means is said in `docs/exports.md` and in `shape`.

mod shape;

use std::collections::HashMap;

use waymark_planner::catalog::Coverage;
use waymark_planner::ids::{RoleId, StepId, TopicId};
use waymark_planner::units::{Day, Hours};
use waymark_planner::{self as planner, Catalog, Need};

use super::Sheet;
use crate::dates::to_date;

pub(super) fn render(sheet: &Sheet<'_>) -> String {
    let (coverages, exercises) = (sheet.coverage(), sheet.exercises());
    let writer = Writer { sheet, catalog: sheet.catalog, coverages, exercises };
    // Texts, numbers and lists of them: there is nothing that JSON can't say.
    serde_json::to_string_pretty(&writer.document()).unwrap_or_default() + "\n"
}

struct Writer<'a> {
    sheet: &'a Sheet<'a>,
    catalog: &'a Catalog,
    coverages: HashMap<StepId, &'a Coverage>,
    exercises: HashMap<StepId, &'a Coverage>,
}

impl<'a> Writer<'a> {
    fn document(&self) -> shape::Document<'a> {
        let roadmap = self.sheet.roadmap;
        shape::Document {
            version: shape::VERSION,
            title: self.sheet.title(),
            written_on: self.sheet.today,
            request: self.request(),
            hours: roadmap.hours.as_f64(),
            lower_bound_hours: roadmap.lower_bound.as_f64(),
            proven_minimal: roadmap.is_proven_minimal(),
            schedule: self.schedule(),
            milestones: roadmap
                .milestones
                .iter()
                .enumerate()
                .map(|(i, milestone)| self.milestone(i, milestone))
                .collect(),
            choices: self.sheet.choices.iter().map(|choice| self.choice(choice)).collect(),
            assumed: self.names(&roadmap.assumed),
            assumed_choices: self.sheet.assumed_choices.iter().map(|choice| self.choice(choice)).collect(),
            resources: self.resources(),
        }
    }

    fn request(&self) -> shape::Request<'a> {
        let request = &self.sheet.roadmap.request;
        let pause = |&(from, to): &(Day, Day)| shape::Pause { from: to_date(from), to: to_date(to) };
        shape::Request {
            from: request.from.map(|role| self.role(role)),
            to: request.to.map(|role| self.role(role)),
            goals: self.names(&request.goals),
            skills: self.names(&request.skills),
            gaps: self.names(&request.gaps),
            prefer: self.slugs(&request.prefer),
            avoid: self.slugs(&request.avoid),
            hours_per_week: request.pace.hours_per_week.as_f64(),
            start_on: to_date(request.pace.start),
            finish_by: request.pace.finish_by.map(to_date),
            pauses: request.pace.pauses.iter().map(pause).collect(),
        }
    }

    fn schedule(&self) -> shape::Schedule {
        let schedule = &self.sheet.roadmap.schedule;
        shape::Schedule {
            starts_on: to_date(schedule.starts_on),
            finishes_on: to_date(schedule.finishes_on),
            fits: schedule.fits,
            needed_hours_per_week: schedule.needed_hours_per_week.map(Hours::as_f64),
            kept_value: schedule.kept_value.as_f64(),
            upper_bound_value: schedule.upper_bound_value.as_f64(),
        }
    }

    fn milestone(&self, index: usize, milestone: &'a planner::Milestone) -> shape::Milestone<'a> {
        shape::Milestone {
            position: index + 1,
            title: self.sheet.milestone_title(milestone),
            role: milestone.role.map(|role| &*self.catalog.roles()[role].slug),
            hours: milestone.hours.as_f64(),
            starts_on: to_date(milestone.starts_on),
            arrives_on: to_date(milestone.arrives_on),
            steps: milestone.steps.iter().map(|&position| self.step(position)).collect(),
        }
    }

    fn step(&self, position: usize) -> shape::Step<'a> {
        let planned = &self.sheet.roadmap.steps[position];
        let step = &self.catalog.steps()[planned.step];
        let topic = &self.catalog.topics()[step.topic];
        let reasons = self.sheet.roadmap.reasons(position);
        let coverage = self.coverages.get(&planned.step).copied();
        let practice_hours = self.sheet.practice_hours(planned.step, coverage);
        shape::Step {
            position: position + 1,
            name: self.catalog.step_name(planned.step),
            topic: shape::Named { slug: &topic.slug, title: &topic.title },
            level: step.level.name(),
            hours: step.hours.as_f64(),
            outcome: &step.outcome,
            weight: planned.weight,
            value: planned.value.as_f64(),
            starts_on: to_date(planned.starts_on),
            finishes_on: to_date(planned.finishes_on),
            deferred: planned.deferred,
            critical: planned.is_critical(),
            slack_hours: planned.slack.as_f64(),
            needs: self.names_at(&planned.needs),
            reasons: reasons.iter().map(|reason| self.reason(reason)).collect(),
            resource: coverage.map(|coverage| self.resource(coverage)),
            study_hours: (step.hours - practice_hours).as_f64(),
            practice_hours: practice_hours.as_f64(),
            practice: shape::Practice {
                task: step.practice.as_deref(),
                resource: self.exercises.get(&planned.step).map(|coverage| self.resource(coverage)),
            },
        }
    }

    fn reason(&self, reason: &planner::Reason) -> shape::Reason<'a> {
        let role = match reason.need {
            Need::Role(role, _) => Some(&*self.catalog.roles()[role].slug),
            Need::Goal(_) => None,
        };
        shape::Reason {
            role,
            weight: reason.need.weight(self.catalog),
            any_of: self.names(reason.need.any_of(self.catalog)),
            chain: self.names_at(&reason.chain),
        }
    }

    fn resource(&self, coverage: &'a Coverage) -> shape::Resource<'a> {
        let resource = &self.catalog.resources()[coverage.resource];
        shape::Resource {
            slug: &resource.slug,
            title: &resource.title,
            kind: resource.kind.name(),
            url: &resource.url,
            authors: resource.authors.iter().map(|author| &**author).collect(),
            provider: resource.provider.as_deref(),
            section: coverage.section.as_deref(),
            hours: coverage.hours.as_f64(),
            price: resource.price.as_dollars(),
        }
    }

    fn choice(&self, choice: &planner::Choice) -> shape::Choice {
        let alternative = |&(step, extra): &(StepId, Option<Hours>)| shape::Alternative {
            step: self.catalog.step_name(step),
            extra_hours: extra.map(Hours::as_f64),
        };
        shape::Choice {
            taken: self.catalog.step_name(choice.taken),
            alternatives: choice.alternatives.iter().map(alternative).collect(),
        }
    }

    fn resources(&self) -> shape::Resources {
        let plan = self.sheet.resources;
        shape::Resources {
            count: plan.picks.len(),
            hours: plan.hours.as_f64(),
            price: plan.price.as_dollars(),
            proven_minimal: plan.is_proven_minimal(),
            uncovered: self.names(&plan.uncovered),
        }
    }

    fn role(&self, role: RoleId) -> shape::Named<'a> {
        let role = &self.catalog.roles()[role];
        shape::Named { slug: &role.slug, title: &role.title }
    }

    fn names(&self, steps: &[StepId]) -> Vec<String> {
        steps.iter().map(|&step| self.catalog.step_name(step)).collect()
    }

    fn names_at(&self, positions: &[usize]) -> Vec<String> {
        let steps = &self.sheet.roadmap.steps;
        positions.iter().map(|&position| self.catalog.step_name(steps[position].step)).collect()
    }

    fn slugs(&self, topics: &[TopicId]) -> Vec<&'a str> {
        topics.iter().map(|&topic| &*self.catalog.topics()[topic].slug).collect()
    }
}
