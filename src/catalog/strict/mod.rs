//! What a catalogue should be beyond being valid: complete, plausible, and with sources that can be trusted.
//!
//! That each step can be reached from nothing needs no rule: every requirement names a step that exists, and the graph has no cycle.

mod identifiers;
mod resources;
mod steps;

use std::ops::RangeInclusive;

use waymark_planner::Catalog;

use super::diagnostics::Diagnostic;
use super::places::Places;

/// Everything that falls short, ordered by file and line.
pub fn findings(catalog: &Catalog, places: &Places) -> Vec<Diagnostic> {
    let mut findings = steps::findings(catalog, places);
    findings.extend(resources::findings(catalog, places));
    findings.sort();
    findings
}

/// Says so where a text is too short or too long, in characters.
fn length(what: &str, text: &str, sane: &RangeInclusive<usize>) -> Option<String> {
    let length = text.chars().count();
    (!sane.contains(&length)).then(|| {
        let (least, most) = (sane.start(), sane.end());
        format!("{what} has {length} characters: {least} to {most} read well")
    })
}
