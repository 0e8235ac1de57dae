//! The sentences that several exports say, as plain text.

use waymark_planner::catalog::Coverage;
use waymark_planner::ids::StepId;
use waymark_planner::units::{Day, Hours};
use waymark_planner::{Choice, Need, PlannedStep};

use super::sheet::{Sheet, date, hours, price};

/// Said of a roadmap without steps.
pub(super) const NOTHING_TO_LEARN: &str = "There is nothing to learn: you are there.";
/// Said of a step without a resource.
pub(super) const UNCOVERED: &str = "nothing in the catalogue within your wishes covers it";
/// Said of what is assumed.
pub(super) const ASSUMED: &str = "Taken as known because your role, or something that you know, requires it.";
/// Said of assumptions that had alternatives.
pub(super) const ASSUMED_CHOICES: &str = "Where it could have been something else, this is what was taken, and how many hours more would be taken as known with another.";
/// Said of the choices.
pub(super) const CHOICES: &str =
    "What was taken, and how many hours more the whole roadmap would have with another.";

/// `1 step`, `5 steps`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `5 Jan 2026`, `5 Jan 2026 to 9 Jan 2026`.
pub(super) fn period(first: Day, last: Day) -> String {
    if first == last { date(first) } else { format!("{} to {}", date(first), date(last)) }
}

/// How much it is, and from when to when.
pub(super) fn summary(sheet: &Sheet<'_>) -> String {
    let roadmap = sheet.roadmap;
    format!(
        "{}, {} hours. At {} hours a week: {}.",
        count(roadmap.steps.len(), "step"),
        hours(roadmap.hours),
        hours(roadmap.request.pace.hours_per_week),
        period(roadmap.schedule.starts_on, roadmap.schedule.finishes_on)
    )
}

/// What is known of the least hours.
pub(super) fn proof(sheet: &Sheet<'_>) -> String {
    if sheet.roadmap.is_proven_minimal() {
        return "Proven: no other set of steps gets there in fewer hours.".to_owned();
    }
    format!("No set of steps gets there in fewer than {} hours.", hours(sheet.roadmap.lower_bound))
}

/// What fits by the learner's last day, if there is one.
pub(super) fn deadline(sheet: &Sheet<'_>) -> Option<String> {
    let schedule = &sheet.roadmap.schedule;
    let last = date(sheet.roadmap.request.pace.finish_by?);
    if schedule.fits {
        return Some(format!("All of it fits by {last}."));
    }
    let needed = schedule
        .needed_hours_per_week
        .map_or("No week has the hours that it would take.".to_owned(), |needed| {
            format!("It would take {:.1} hours a week.", needed.as_f64())
        });
    let (deferred, kept): (Vec<_>, Vec<_>) = sheet.roadmap.steps.iter().partition(|planned| planned.deferred);
    let kept_hours = kept.iter().map(|planned| sheet.catalog.steps()[planned.step].hours).sum();
    let (kept, kept_hours, deferred) = (count(kept.len(), "step"), hours(kept_hours), deferred.len());
    let (are, follow) = if deferred == 1 { ("is", "follows") } else { ("are", "follow") };
    let later = count(deferred, "step");
    let proof = if schedule.is_proven_largest() {
        "Proven: nothing that fits is worth more. "
    } else {
        "What is worth more might fit; that is not proven. "
    };
    Some(format!(
        "Not all of it fits by {last}. {needed} What matters most and fits comes first: {kept}, {kept_hours} hours. {proof}{later} {are} marked \"later\" and {follow} after it."
    ))
}

/// `14 h: 4 h to study, 10 h to practise`: the hours of a step, and how they divide.
pub(super) fn time(sheet: &Sheet<'_>, step: StepId, coverage: Option<&Coverage>) -> String {
    let all = sheet.catalog.steps()[step].hours;
    let practice = sheet.practice_hours(step, coverage);
    let parts = [(all - practice, "study"), (practice, "practise")]
        .map(|(time, what)| (time > Hours::ZERO).then(|| format!("{} h to {what}", hours(time))));
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} h: {}", hours(all), parts.join(", "))
}

/// `, critical, later`.
pub(super) fn marks(planned: &PlannedStep) -> String {
    let marks = [(planned.is_critical(), ", critical"), (planned.deferred, ", later")];
    marks.iter().filter(|(set, _)| *set).map(|(_, mark)| *mark).collect()
}

/// The requirement that a step meets, or the ends that it is a means to.
pub(super) fn why(sheet: &Sheet<'_>, position: usize) -> String {
    let planned = &sheet.roadmap.steps[position];
    let Some(need) = planned.serves.first() else { return ends(sheet, position) };
    let asked_by = match need {
        Need::Role(role, _) => format!("required for {}", sheet.catalog.roles()[*role].title),
        Need::Goal(_) => "a goal of yours".to_owned(),
    };
    format!("{asked_by}, weight {}", need.weight(sheet.catalog))
}

/// The nearest three of the steps that a step is a means to.
fn ends(sheet: &Sheet<'_>, position: usize) -> String {
    let mut ends: Vec<(usize, usize)> = sheet
        .roadmap
        .reasons(position)
        .iter()
        .filter_map(|reason| Some((reason.chain.len(), *reason.chain.last()?)))
        .collect();
    ends.sort_unstable();
    ends.dedup_by_key(|(_, end)| *end);
    let title = |&(_, end): &(usize, usize)| sheet.step_title(sheet.roadmap.steps[end].step);
    let names: Vec<String> = ends.iter().take(3).map(title).collect();
    let more = ends.len().saturating_sub(names.len());
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("leads to {}{rest}", names.join(", "))
}

/// `Web services in Go working +55; not with your wishes: Kotlin working`.
pub(super) fn alternatives(sheet: &Sheet<'_>, choice: &Choice) -> String {
    let others = choice.alternatives.iter().filter(|(step, _)| *step != choice.taken);
    let (possible, barred): (Vec<_>, Vec<_>) = others.partition(|(_, extra)| extra.is_some());
    let mut said: Vec<String> = possible
        .iter()
        .filter_map(|(step, extra)| Some(format!("{} +{}", sheet.step_title(*step), hours((*extra)?))))
        .collect();
    if !barred.is_empty() {
        let names: Vec<String> = barred.iter().map(|(step, _)| sheet.step_title(*step)).collect();
        said.push(format!("not with your wishes: {}", names.join(", ")));
    }
    said.join("; ")
}

/// How many resources there are, and what they take.
pub(super) fn resources(sheet: &Sheet<'_>) -> String {
    let plan = sheet.resources;
    let proof = if plan.is_proven_minimal() { ", proven the least burden" } else { "" };
    format!(
        "{} for {} hours, {} in all{proof}.",
        count(plan.picks.len(), "resource"),
        hours(plan.hours),
        price(plan.price)
    )
}
