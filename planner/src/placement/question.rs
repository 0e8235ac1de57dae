//! The choice of the next question.

use super::domain::Domain;
use super::population::{ALL_STATES, ERROR, Population, STATES};
use crate::ids::StepId;
use crate::meter::Meter;

/// The step whose answer is expected to reduce the variance of the hours known most; `None` if no answer would.
///
/// The answer YES to step j has the probability π = guess + f · P(j), with f = 1 − slip − guess. It reduces the variance of each step i by
/// cov(i, j)² · f² ÷ (π (1 − π)), weighted by the hours of i.
pub(super) fn next(
    domain: &Domain,
    population: &Population,
    asked: &[usize],
    meter: &Meter,
) -> Option<StepId> {
    meter.count_looks((domain.steps.len() * domain.steps.len() * STATES / 64) as u64);
    let columns = population.columns(domain);
    let shares: Vec<f64> = columns.iter().map(|column| share(column)).collect();
    let mut best: Option<(f64, StepId)> = None;
    for (item, &step) in domain.steps.iter().enumerate() {
        if asked.contains(&item) {
            continue;
        }
        let gain = gain(domain, &columns, &shares, item);
        let is_better = best.is_none_or(|(most, chosen)| gain > most || (gain >= most && step < chosen));
        if gain > 0.0 && is_better {
            best = Some((gain, step));
        }
    }
    best.map(|(_, step)| step)
}

fn gain(domain: &Domain, columns: &[[u64; STATES / 64]], shares: &[f64], item: usize) -> f64 {
    let telling = 1.0 - 2.0 * ERROR;
    let yes = ERROR + telling * shares[item];
    let of = |(other, hours): (usize, &f64)| {
        let mut both = [0; STATES / 64];
        for (word, (a, b)) in both.iter_mut().zip(columns[item].iter().zip(&columns[other])) {
            *word = a & b;
        }
        let covariance = share(&both) - shares[item] * shares[other];
        hours * covariance * covariance
    };
    let sum: f64 = domain.hours.iter().enumerate().map(of).sum();
    sum * telling * telling / (yes * (1.0 - yes))
}

/// The share of the states whose bit is set.
fn share(column: &[u64]) -> f64 {
    f64::from(column.iter().map(|word| word.count_ones()).sum::<u32>()) / ALL_STATES
}
