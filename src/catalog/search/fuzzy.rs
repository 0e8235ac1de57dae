//! Words that are spelt nearly alike.

/// How many typing errors a word of this length may have: none in short ones, where one error makes another word.
pub(super) fn errors_allowed(length: usize) -> usize {
    match length {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// One more than the longest word that is compared.
const WIDTH: usize = 64;

/// The Damerau-Levenshtein distance (optimal string alignment) of a word to another, or to the nearest beginning of it; `None` where it
/// is above the limit. O(length²), less for words that differ early; no allocation.
pub(super) fn distance(word: &[char], other: &[char], beginning: bool, limit: usize) -> Option<usize> {
    let length = word.len();
    if length >= WIDTH || length > other.len() + limit || (!beginning && other.len() > length + limit) {
        return None;
    }
    // Beyond this no beginning can be within the limit.
    let other = &other[..other.len().min(length + limit)];
    let (mut before, mut next) = ([0; WIDTH], [0; WIDTH]);
    let mut row: [usize; WIDTH] = std::array::from_fn(|j| j);
    let mut best = length;
    for (i, &there) in other.iter().enumerate() {
        next[0] = i + 1;
        for (j, &here) in word.iter().enumerate() {
            let mut cost = (row[j] + usize::from(here != there)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && here == other[i - 1] && word[j - 1] == there {
                cost = cost.min(before[j - 1] + 1);
            }
            next[j + 1] = cost;
        }
        // A swap looks back two rows: only where both are beyond the limit all that follow are.
        let hopeless = next[..=length].iter().chain(&row[..=length]).all(|cost| *cost > limit);
        (before, row, next) = (row, next, before);
        best = best.min(row[length]);
        if hopeless {
            break;
        }
    }
    let distance = if beginning { best } else { row[length] };
    (distance <= limit).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::distance;
    use proptest::prelude::*;

    fn of(word: &str, other: &str, beginning: bool) -> Option<usize> {
        distance(&word.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), beginning, 2)
    }

    #[test]
    fn swapped_letters_are_one_error() {
        assert_eq!(of("koltin", "kotlin", false), Some(1));
        assert_eq!(of("kuberntes", "kubernetes", false), Some(1));
        assert_eq!(of("docker", "kotlin", false), None);
    }

    #[test]
    fn an_unfinished_word_is_compared_with_beginnings() {
        assert_eq!(of("kubren", "kubernetes", true), Some(1));
        assert_eq!(of("kubren", "kubernetes", false), None);
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_algorithm(word in "[abc]{1,9}", other in "[abc]{1,9}") {
            let plain = strsim::osa_distance(&word, &other);
            prop_assert_eq!(of(&word, &other, false), (plain <= 2).then_some(plain));
            let plain = (0..=other.len()).map(|end| strsim::osa_distance(&word, &other[..end])).min();
            prop_assert_eq!(of(&word, &other, true), plain.filter(|plain| *plain <= 2));
        }
    }
}
