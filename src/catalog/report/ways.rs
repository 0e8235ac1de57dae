//! What learners are given on the ways between neighbouring roles.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use waymark_planner::ids::{ResourceId, RoleId, StepId, TopicId};
use waymark_planner::resources::{ResourcePlan, choose, study_hours};
use waymark_planner::units::{Hours, ResourceKind};
use waymark_planner::{Catalog, Meter, Request, ResourceWishes, Roadmap, plan};

use super::{named, request};

/// The hours that each kind of resource is studied for, and those of practice, on the way from role to role.
pub(super) fn hours_by_kind(catalog: &Catalog, text: &mut String) -> fmt::Result {
    writeln!(text, "\nHours by kind, from role to role")?;
    for role in catalog.roles().ids() {
        let Ok(roadmap) = plan(catalog, request(catalog.roles()[role].after, role)) else { continue };
        let chosen = choose(catalog, &roadmap, &ResourceWishes::default(), &Meter::default());
        writeln!(text, "  → {}", catalog.roles()[role].title)?;
        let mut studied = Hours::ZERO;
        for kind in ResourceKind::ALL {
            let hours = studied_by(catalog, &chosen, kind);
            studied += hours;
            if hours > Hours::ZERO {
                writeln!(text, "    {:16} {:>7.1}", kind.name(), hours.as_f64())?;
            }
        }
        writeln!(text, "    {:16} {:>7.1}", "practice", (roadmap.hours - studied).as_f64())?;
    }
    Ok(())
}

fn studied_by(catalog: &Catalog, chosen: &ResourcePlan, kind: ResourceKind) -> Hours {
    let of_kind = chosen.picks.iter().filter(|(resource, _)| catalog.resources()[*resource].kind == kind);
    let coverages = of_kind.flat_map(|(_, coverages)| coverages);
    coverages.map(|&coverage| study_hours(catalog, &catalog.coverages()[coverage])).sum()
}

/// Resources that nobody is given, whichever alternative of a role they prefer, nor somebody who wants one of the other steps.
pub(super) fn never_chosen(catalog: &Catalog, text: &mut String) -> fmt::Result {
    let mut chosen: BTreeSet<ResourceId> = BTreeSet::new();
    let mut planned: BTreeSet<StepId> = BTreeSet::new();
    for role in catalog.roles().ids() {
        for prefer in preferences(catalog, role) {
            let request = Request { prefer, ..request(catalog.roles()[role].after, role) };
            let Ok(roadmap) = plan(catalog, request) else { continue };
            planned.extend(roadmap.steps.iter().map(|planned| planned.step));
            chosen.extend(given(catalog, &roadmap));
        }
    }
    let Some(any_role) = catalog.roles().ids().next() else { return Ok(()) };
    for goal in catalog.steps().ids().filter(|step| !planned.contains(step)) {
        let request = Request { to: None, goals: vec![goal], ..request(None, any_role) };
        let Ok(roadmap) = plan(catalog, request) else { continue };
        chosen.extend(given(catalog, &roadmap));
    }
    let never = catalog.resources().ids().filter(|id| !chosen.contains(id));
    named(text, "Resources never chosen", never.map(|id| catalog.resources()[id].slug.to_string()))
}

/// No wish, and each alternative that the role offers.
fn preferences(catalog: &Catalog, role: RoleId) -> Vec<Vec<TopicId>> {
    let offered = catalog.role_requires(role).filter(|&entry| catalog.any_of(entry).len() > 1);
    let topics = offered.flat_map(|entry| catalog.any_of(entry)).map(|&step| catalog.steps()[step].topic);
    let topics: BTreeSet<TopicId> = topics.collect();
    std::iter::once(Vec::new()).chain(topics.into_iter().map(|topic| vec![topic])).collect()
}

/// What somebody is given to learn from and to practise with.
fn given(catalog: &Catalog, roadmap: &Roadmap) -> BTreeSet<ResourceId> {
    let chosen = choose(catalog, roadmap, &ResourceWishes::default(), &Meter::default());
    let exercises = chosen.exercises.iter().map(|&coverage| catalog.coverages()[coverage].resource);
    chosen.picks.iter().map(|(resource, _)| *resource).chain(exercises).collect()
}
