//! What resources should be, and what each step should have of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use waymark_planner::Catalog;
use waymark_planner::catalog::Resource;
use waymark_planner::ids::{ResourceId, StepId};
use waymark_planner::units::Price;

use super::{identifiers, length};
use crate::catalog::diagnostics::Diagnostic;
use crate::catalog::places::Places;

const TITLE: RangeInclusive<usize> = 1..=140;

/// How many resources a step has at least.
const FEWEST: usize = 2;

pub(super) fn findings(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let steps = catalog.steps().ids().filter_map(|step| {
        let name = catalog.step_name(step);
        of_step(catalog, step).map(|message| places.of_step(&name, message))
    });
    let resources = catalog.resources().ids().flat_map(|id| {
        let slug = &catalog.resources()[id].slug;
        of_resource(catalog, id).into_iter().map(|message| places.of_resource(slug, message))
    });
    let all = variety(catalog).map(|message| places.of_all(message));
    steps.chain(resources).chain(same_addresses(catalog, places)).chain(all).collect()
}

fn of_step(catalog: &Catalog, step: StepId) -> Option<String> {
    let name = catalog.step_name(step);
    let taught_by = catalog.taught_by(step);
    let is_free = taught_by.iter().any(|&id| teacher(catalog, id).price == Price::FREE);
    match (taught_by.len(), is_free) {
        (FEWEST.., true) => None,
        (FEWEST.., false) => {
            Some(format!("none of the resources that teach {name} is free: add one that is"))
        }
        (0, _) => Some(format!("no resource teaches {name}: it needs {FEWEST}, one of them free")),
        (count, true) => Some(format!("only {count} resource teaches {name}: it needs {FEWEST}")),
        (count, false) => Some(format!(
            "only {count} resource teaches {name}, and it is not free: it needs {FEWEST}, one of them free"
        )),
    }
}

fn of_resource(catalog: &Catalog, id: ResourceId) -> Vec<String> {
    let resource = &catalog.resources()[id];
    let slug = &resource.slug;
    let mut messages: Vec<String> = length("the title", &resource.title, &TITLE).into_iter().collect();
    let named = resource.identifiers.named().into_iter();
    messages.extend(named.filter_map(|(key, value)| identifiers::fault(key, value?)));
    match &resource.attested {
        None => messages.push(format!(
            "nobody has confirmed the address of \"{slug}\": do so, and say when and how under \"attested\""
        )),
        Some(attested) if attested.by.is_empty() => {
            messages.push(format!("\"attested\" of \"{slug}\" does not say by what: fill in \"by\""));
        }
        Some(_) => {}
    }
    if catalog.covers(id).len() == 0 {
        messages.push(format!("\"{slug}\" teaches no step: say which under \"covers\", or leave it out"));
    }
    messages
}

/// Addresses that several resources have, but for what makes no difference.
fn same_addresses(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let mut by_address: BTreeMap<String, Vec<&Resource>> = BTreeMap::new();
    for resource in catalog.resources() {
        by_address.entry(address(&resource.url)).or_default().push(resource);
    }
    let same = by_address.values().filter(|same| same.len() > 1);
    let message = |pair: &[&Resource]| {
        let message = format!(
            "\"{}\" has the address of \"{}\": make one resource of them",
            pair[1].slug, pair[0].slug
        );
        places.of_resource(&pair[1].slug, message)
    };
    same.flat_map(|same| same.windows(2).map(message).collect::<Vec<_>>()).collect()
}

fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    format!("{}/{}", host.to_ascii_lowercase(), path.trim_end_matches('/'))
}

/// At least half of the steps have resources of more than one kind.
fn variety(catalog: &Catalog) -> Option<String> {
    let kinds = |step: StepId| -> usize {
        let kinds: BTreeSet<_> =
            catalog.taught_by(step).iter().map(|&id| teacher(catalog, id).kind).collect();
        kinds.len()
    };
    let (all, varied) =
        (catalog.steps().len(), catalog.steps().ids().filter(|&step| kinds(step) > 1).count());
    (2 * varied < all).then(|| {
        format!("{varied} of {all} steps have resources of more than one kind: at least half should")
    })
}

fn teacher(catalog: &Catalog, id: waymark_planner::ids::CoverageId) -> &Resource {
    &catalog.resources()[catalog.coverages()[id].resource]
}
