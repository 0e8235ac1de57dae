//! The critical path method (Kelley and Walker 1959) on the roadmap: how far each step may slip, as though all steps without order
//! between them ran side by side. O(steps + needs).

use crate::catalog::Catalog;
use crate::roadmap::PlannedStep;
use crate::units::Hours;

/// Sets the slack of steps that stand after all that they need.
pub(crate) fn set_slack(catalog: &Catalog, steps: &mut [PlannedStep]) {
    let hours: Vec<Hours> = steps.iter().map(|planned| catalog.steps()[planned.step].hours).collect();
    let longest =
        |from: &[Hours], links: &[usize]| links.iter().map(|&link| from[link]).max().unwrap_or_default();
    let (mut until, mut after) = (vec![Hours::ZERO; steps.len()], vec![Hours::ZERO; steps.len()]);
    for position in 0..steps.len() {
        until[position] = longest(&until, &steps[position].needs) + hours[position];
    }
    for position in (0..steps.len()).rev() {
        after[position] = longest(&after, &steps[position].unlocks) + hours[position];
    }
    let whole = until.iter().copied().max().unwrap_or_default();
    for (position, planned) in steps.iter_mut().enumerate() {
        planned.slack = whole - (until[position] + after[position] - hours[position]);
    }
}
