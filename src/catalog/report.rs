//! What is in a catalogue, as a curator wants to see it: where it is rich and where it is thin, how far it is from role to role, and what
//! everything hangs on.

use std::fmt::{self, Write as _};

use waymark_planner::catalog::Coverage;
use waymark_planner::ids::{CoverageId, Id as _, RoleId, StepId};
use waymark_planner::units::{Day, Hours, Price, Proficiency, ResourceKind};
use waymark_planner::{Catalog, Pace, Request, measures, plan};

mod ways;

/// How many of the most blocking steps are named.
const BLOCKING: usize = 12;

/// The report as text of some tables.
pub fn report(catalog: &Catalog) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(catalog, &mut text);
    text
}

fn write(catalog: &Catalog, text: &mut String) -> fmt::Result {
    areas(catalog, text)?;
    roles(catalog, text)?;
    longest_chain(catalog, text)?;
    most_blocking(catalog, text)?;
    resources(catalog, text)?;
    practice(catalog, text)?;
    ways::hours_by_kind(catalog, text)?;
    ways::never_chosen(catalog, text)?;
    unreached(catalog, text)?;
    same_hours(catalog, text)
}

fn areas(catalog: &Catalog, text: &mut String) -> fmt::Result {
    let levels = Proficiency::ALL.map(Proficiency::name);
    let [aware, working, proficient, expert] = levels;
    writeln!(text, "Steps by area and level")?;
    writeln!(
        text,
        "  {:24} {:>6} {aware:>6} {working:>8} {proficient:>11} {expert:>7} {:>6} {:>7}",
        "area", "topics", "steps", "hours"
    )?;
    let row = |text: &mut String, name: &str, topics: usize, steps: &[StepId]| {
        let [aware, working, proficient, expert] = Proficiency::ALL
            .map(|level| steps.iter().filter(|&&step| catalog.steps()[step].level == level).count());
        let hours: Hours = steps.iter().map(|&step| catalog.steps()[step].hours).sum();
        let (count, hours) = (steps.len(), hours.as_f64());
        writeln!(
            text,
            "  {name:24} {topics:>6} {aware:>6} {working:>8} {proficient:>11} {expert:>7} {count:>6} {hours:>7.0}"
        )
    };
    for area in catalog.areas() {
        let steps: Vec<_> = area.topics.iter().flat_map(|&topic| catalog.steps_of(topic)).collect();
        row(text, &area.slug, area.topics.len(), &steps)?;
    }
    row(text, "all", catalog.topics().len(), &catalog.steps().ids().collect::<Vec<_>>())
}

fn roles(catalog: &Catalog, text: &mut String) -> fmt::Result {
    writeln!(text, "\nFrom role to role, with the least hours")?;
    for role in catalog.roles().ids() {
        let name = |role: RoleId| &catalog.roles()[role].title;
        let from = catalog.roles()[role].after;
        let way = format!("{} → {}", from.map_or("nothing", |from| name(from)), name(role));
        match plan(catalog, request(from, role)) {
            Ok(roadmap) => {
                let (hours, steps) = (roadmap.hours.as_f64(), roadmap.steps.len());
                let proof = if roadmap.is_proven_minimal() { "" } else { ", not proven" };
                writeln!(text, "  {way:64} {hours:>7.0} h {steps:>4} steps{proof}")?;
            }
            Err(_) => writeln!(text, "  {way:64} no way")?,
        }
    }
    Ok(())
}

fn request(from: Option<RoleId>, to: RoleId) -> Request {
    let hours_per_week = Hours::from_millionths(6_000_000);
    let pace = Pace { hours_per_week, start: Day(0), finish_by: None, pauses: Vec::new() };
    Request { from, to: Some(to), ..Request::new(pace) }
}

/// The longest of what has to come one after the other, where each requirement is met by the alternative that is soonest done.
fn longest_chain(catalog: &Catalog, text: &mut String) -> fmt::Result {
    let chain = chain(catalog);
    let hours: Hours = chain.iter().map(|&step| catalog.steps()[step].hours).sum();
    writeln!(
        text,
        "\nThe longest chain: {} steps, {:.0} hours one after the other",
        chain.len(),
        hours.as_f64()
    )?;
    let names: Vec<String> = chain.iter().map(|&step| catalog.step_name(step)).collect();
    names.chunks(4).try_for_each(|names| writeln!(text, "  {}", names.join(" → ")))
}

fn chain(catalog: &Catalog) -> Vec<StepId> {
    let mut done: Vec<Option<(Hours, Option<StepId>)>> = vec![None; catalog.steps().len()];
    let mut stack: Vec<StepId> = catalog.steps().ids().collect();
    while let Some(&step) = stack.last() {
        let before = catalog.requires(step).flat_map(|entry| catalog.any_of(entry));
        let open: Vec<StepId> = before.copied().filter(|before| done[before.index()].is_none()).collect();
        if done[step.index()].is_some() || open.is_empty() {
            stack.pop();
            let soonest = |entry| {
                let ways = catalog.any_of(entry).iter();
                ways.filter_map(|&way| Some((done[way.index()]?.0, way))).min()
            };
            let last = catalog.requires(step).filter_map(soonest).max();
            let own = catalog.steps()[step].hours;
            done[step.index()] =
                Some(last.map_or((own, None), |(hours, way)| ([hours, own].into_iter().sum(), Some(way))));
        } else {
            stack.extend(open);
        }
    }
    let end = catalog
        .steps()
        .ids()
        .max_by_key(|step| (done[step.index()].map(|(hours, _)| hours), std::cmp::Reverse(*step)));
    let mut chain: Vec<StepId> =
        std::iter::successors(end, |step| done[step.index()].and_then(|(_, before)| before)).collect();
    chain.reverse();
    chain
}

fn most_blocking(catalog: &Catalog, text: &mut String) -> fmt::Result {
    let measures = measures::of_catalog(catalog);
    let mut steps: Vec<StepId> = catalog.steps().ids().collect();
    steps.sort_by_key(|&step| (std::cmp::Reverse(measures[step].blocking_factor), step));
    writeln!(text, "\nThe most blocking steps")?;
    for &step in steps.iter().take(BLOCKING) {
        writeln!(
            text,
            "  {:40} {:>4} steps may hang on it",
            catalog.step_name(step),
            measures[step].blocking_factor
        )?;
    }
    Ok(())
}

fn resources(catalog: &Catalog, text: &mut String) -> fmt::Result {
    writeln!(
        text,
        "\nResources by kind and price\n  {:16} {:>5} {:>5} {:>5}",
        "kind", "free", "paid", "all"
    )?;
    let row = |text: &mut String, name: &str, is_it: &dyn Fn(ResourceKind) -> bool| {
        let of_kind = || catalog.resources().into_iter().filter(|resource| is_it(resource.kind));
        let free = of_kind().filter(|resource| resource.price == Price::FREE).count();
        let all = of_kind().count();
        writeln!(text, "  {name:16} {free:>5} {:>5} {all:>5}", all - free)
    };
    for kind in ResourceKind::ALL {
        row(text, kind.name(), &|other| other == kind)?;
    }
    row(text, "all", &|_| true)
}

/// How many steps of each level say what to practise, and have something to practise with.
fn practice(catalog: &Catalog, text: &mut String) -> fmt::Result {
    writeln!(
        text,
        "\nPractice by step\n  {:16} {:>5} {:>5} {:>13}",
        "level", "steps", "task", "with exercise"
    )?;
    let is_exercise = |&id: &CoverageId| {
        let resource = &catalog.resources()[catalog.coverages()[id].resource];
        matches!(resource.kind, ResourceKind::Exercise | ResourceKind::Project)
    };
    let has_task = |step: StepId| catalog.steps()[step].practice.is_some();
    let has_exercise = |step: StepId| catalog.taught_by(step).iter().any(is_exercise);
    for level in Proficiency::ALL {
        let of_level = || catalog.steps().ids().filter(|&step| catalog.steps()[step].level == level);
        let tasks = of_level().filter(|&step| has_task(step)).count();
        let exercises = of_level().filter(|&step| has_exercise(step)).count();
        writeln!(text, "  {:16} {:>5} {tasks:>5} {exercises:>13}", level.name(), of_level().count())?;
    }
    let neither = catalog.steps().ids().filter(|&step| !has_task(step) && !has_exercise(step));
    named(text, "Steps with nothing to practise", neither.map(|step| catalog.step_name(step)))
}

/// Steps that no role asks for, not even as one of several, and that nothing leads to which one asks for.
fn unreached(catalog: &Catalog, text: &mut String) -> fmt::Result {
    let of_roles = catalog.roles().ids().flat_map(|role| catalog.role_requires(role));
    let mut stack: Vec<StepId> = of_roles.flat_map(|entry| catalog.any_of(entry)).copied().collect();
    let mut is_reached = vec![false; catalog.steps().len()];
    while let Some(step) = stack.pop() {
        if !std::mem::replace(&mut is_reached[step.index()], true) {
            stack.extend(catalog.requires(step).flat_map(|entry| catalog.any_of(entry)));
        }
    }
    let unreached = catalog.steps().ids().filter(|step| !is_reached[step.index()]);
    named(text, "Steps that no role reaches", unreached.map(|step| catalog.step_name(step)))
}

/// Coverages that take as long as their steps, where perhaps nobody has looked how long they take.
fn same_hours(catalog: &Catalog, text: &mut String) -> fmt::Result {
    let is_same = |coverage: &&Coverage| coverage.hours == catalog.steps()[coverage.step].hours;
    let name = |coverage: &Coverage| {
        format!("{} for {}", catalog.resources()[coverage.resource].slug, catalog.step_name(coverage.step))
    };
    let same = catalog.coverages().iter().filter(is_same).map(name);
    named(text, "Coverages with the hours of their steps", same)
}

/// A heading with how many there are, and their names.
fn named(text: &mut String, heading: &str, names: impl Iterator<Item = String>) -> fmt::Result {
    let names: Vec<String> = names.collect();
    writeln!(text, "\n{heading}: {}", names.len())?;
    names.chunks(4).try_for_each(|names| writeln!(text, "  {}", names.join(", ")))
}
