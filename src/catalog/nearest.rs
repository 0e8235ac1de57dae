//! What somebody meant who wrote a name that does not exist: the nearest one that does.

use strsim::osa_distance;

/// Longer words are no misspelt names, and would be slow to compare.
const LONGEST: usize = 80;

/// The candidate that the word is most likely a misspelling of; `None` where none is near enough.
///
/// Near is a Damerau-Levenshtein distance (optimal string alignment) of at most a third of the word's length, and at least one; upper
/// and lower case, hyphens, underscores and spaces count as equal. Failing that, a candidate that begins with the whole word is taken:
/// `spring` for `spring-boot`. Of equally near ones the first in the alphabet wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if word.trim().is_empty() || length > LONGEST {
        return None;
    }
    let (folded, limit) = (fold(word), (length / 3).max(1));
    candidates
        .into_iter()
        .filter_map(|candidate| rank(&folded, length, &fold(candidate), limit).map(|rank| (rank, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The smaller the nearer. A name that only begins with the word comes after all misspellings, the shortest first.
fn rank(word: &str, length: usize, candidate: &str, limit: usize) -> Option<usize> {
    let other = candidate.chars().count();
    if other.abs_diff(length) <= limit {
        let distance = osa_distance(word, candidate);
        // A word without a letter in common is no misspelling, however short: `x` is not near `y`.
        if distance <= limit && distance < length.max(other) {
            return Some(distance);
        }
    }
    (length >= 3 && candidate.starts_with(word)).then_some(LONGEST + other)
}

fn fold(word: &str) -> String {
    word.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '_' | ' ') { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Option<&'static str> {
        nearest(
            word,
            ["docker", "go", "java", "javascript", "kotlin", "postgresql", "spring-boot", "spring-data-jpa"],
        )
    }

    #[test]
    fn a_misspelling_finds_what_was_meant() {
        assert_eq!(of("postgres"), Some("postgresql"));
        assert_eq!(of("Kotlin"), Some("kotlin"));
        assert_eq!(of("koltin"), Some("kotlin"));
        assert_eq!(of("spring_boot"), Some("spring-boot"));
        assert_eq!(of("spring"), Some("spring-boot"));
        assert_eq!(nearest("working", ["AWARE", "WORKING"]), Some("WORKING"));
    }

    #[test]
    fn what_is_not_near_is_not_suggested() {
        assert_eq!(of("rust"), None);
        assert_eq!(of("xy"), None);
        assert_eq!(of(""), None);
        assert_eq!(of("go-lang-and-more"), None);
        assert_eq!(of(&"k".repeat(100_000)), None);
    }

    #[test]
    fn the_alphabet_breaks_ties() {
        assert_eq!(nearest("bat", ["hat", "cat"]), Some("cat"));
    }
}
