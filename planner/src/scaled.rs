//! Hours and what they are worth, in numbers that no search overflows.

/// Lengths, and values that are weights times lengths, in a unit that all hours are multiples of. Where there is none with small enough
/// numbers, lengths are rounded up and values down.
pub(crate) struct Scaled {
    pub(crate) length: Vec<u64>,
    pub(crate) value: Vec<u64>,
    /// In millionths of an hour.
    pub(crate) unit: u64,
    /// Whether nothing is rounded.
    pub(crate) is_exact: bool,
}

/// The lengths together, and the values together, are at most this.
const MOST_LENGTH: u128 = 1 << 44;
const MOST_VALUE: u128 = 1 << 60;

impl Scaled {
    pub(crate) fn new(hours: &[u64], weights: &[u32]) -> Self {
        let divisor = hours.iter().fold(0, |divisor, &hours| common_divisor(divisor, hours.into()));
        let length: u128 = hours.iter().map(|&hours| u128::from(hours)).sum();
        let value: u128 = hours.iter().zip(weights).map(|(&h, &w)| u128::from(h) * u128::from(w)).sum();
        let exact = u64::try_from(divisor).unwrap_or(u64::MAX).max(1);
        let mut unit = exact;
        while length / u128::from(unit) > MOST_LENGTH || value / u128::from(unit) > MOST_VALUE {
            unit = unit.saturating_mul(2);
        }
        Self {
            length: hours.iter().map(|hours| hours.div_ceil(unit)).collect(),
            value: hours
                .iter()
                .zip(weights)
                .map(|(hours, &weight)| hours / unit * u64::from(weight))
                .collect(),
            unit,
            is_exact: unit == exact,
        }
    }
}

/// Euclid's algorithm; `common_divisor(0, n)` is `n`.
pub(crate) fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_the_largest_that_loses_nothing() {
        let Scaled { length, value, unit, is_exact } = Scaled::new(&[6_000, 4_000, 500], &[1, 0, 3]);
        assert_eq!((unit, length, value, is_exact), (500, vec![12, 8, 1], vec![12, 0, 3], true));
    }

    #[test]
    fn the_largest_inputs_are_small_enough() {
        let hours = vec![1_000_000_000_000_000_000 - 1; 40_000];
        let Scaled { length, value, .. } = Scaled::new(&hours, &vec![u32::MAX; 40_000]);
        let total = |of: &[u64]| of.iter().map(|&each| u128::from(each)).sum::<u128>();
        assert!(total(&length) <= 2 * MOST_LENGTH && total(&value) <= MOST_VALUE);
    }
}
