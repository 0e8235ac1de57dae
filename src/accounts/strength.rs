//! How easily a password is guessed.
//!
//! Its length and what a guesser knows count, and not which kinds of characters it has (NIST SP 800-63B-4,
//! 3.1.1.2). The estimate is zxcvbn's (Wheeler, USENIX Security 2016): it knows common passwords, words,
//! names, dates, keyboards and repetitions.

use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::Score;
use zxcvbn::feedback::Warning;

/// The fewest characters.
const SHORTEST: usize = 10;
/// The most characters: a longer one is a way to keep the server busy.
pub(super) const LONGEST: usize = 1_000;
/// The characters that the estimate looks at: its time grows faster than their number.
const ESTIMATED: usize = 100;
/// The most words that are known of a person, and the most characters of each.
const WORDS: usize = 20;
const WORD: usize = 60;

/// What is wrong with a password that somebody has chosen, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Weakness {
    /// Too few characters.
    #[error("A password has at least {SHORTEST} characters: three or four words are easy to keep in mind.")]
    Short,
    /// Too many characters.
    #[error("A password has at most {LONGEST} characters.")]
    Long,
    /// A guesser finds it soon.
    #[error("{} Choose three or four words that do not belong together, or have a password manager make one.", why(*.0))]
    Guessable(Option<Warning>),
}

/// A password as it is hashed: composed, so that it is the same from each keyboard (NFC, as NIST has it).
pub(super) fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// Whether a password has a length that it may have.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_length(password: &str) -> Result<(), Weakness> {
    if is_too_long(password) {
        return Err(Weakness::Long);
    }
    match composed(password).chars().count() {
        ..SHORTEST => Err(Weakness::Short),
        _ => Ok(()),
    }
}

/// Whether it has too many characters to be looked at.
pub(super) fn is_too_long(password: &str) -> bool {
    password.len() > 4 * LONGEST || password.chars().count() > LONGEST
}

/// Whether a password may be chosen by somebody of whom some things are known, such as the address.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(password: &str, known: &[String]) -> Result<(), Weakness> {
    check_length(password)?;
    let beginning: String = composed(password).chars().take(ESTIMATED).collect();
    let words = words(known);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn::zxcvbn(&beginning, &words);
    if estimate.score() >= Score::Three {
        return Ok(());
    }
    Err(Weakness::Guessable(estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning)))
}

/// What is known of a person, as a whole and word by word. The name of the service is known too.
fn words(known: &[String]) -> Vec<String> {
    let whole = known.iter().map(String::as_str);
    let parts = known.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let cut = |word: &str| word.chars().take(WORD).collect::<String>().to_lowercase();
    let all = whole.chain(parts).filter(|word| word.chars().count() > 1).map(cut);
    all.chain(["waymark".to_owned()]).take(WORDS).collect()
}

/// The first sentence of what is said.
const fn why(warning: Option<Warning>) -> &'static str {
    use Warning as W;
    match warning {
        Some(W::ThisIsATop10Password | W::ThisIsATop100Password | W::ThisIsACommonPassword) => {
            "Many people have this password."
        }
        Some(W::ThisIsSimilarToACommonlyUsedPassword) => "Many people have a password like this one.",
        Some(W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess) => {
            "Keys that lie side by side are easy to guess."
        }
        Some(W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "What is repeated is easy to guess."
        }
        Some(W::SequencesLikeAbcAreEasyToGuess) => {
            "Letters and digits in their usual order are easy to guess."
        }
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => {
            "Years and dates are easy to guess."
        }
        Some(W::AWordByItselfIsEasyToGuess) => "A word by itself is easy to guess.",
        Some(W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess) => {
            "Names are easy to guess."
        }
        None => "This password is easy to guess.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(password: &str) -> Result<(), Weakness> {
        check(password, &["ada.lovelace@example.org".to_owned(), "Ada Byron".to_owned()])
    }

    #[test]
    fn what_is_guessed_soon_is_refused() {
        for weak in [
            "1234567890",
            "password12",
            "Password1!",
            "qwertyuiop",
            "aaaaaaaaaa",
            "abcabcabcabc",
            "P@ssw0rd123",
            "ada.lovelace@example.org",
            "adalovelace",
            "lovelace1815",
            "Ada Byron 1815",
            "waymarkwaymark",
            "2026-11-30",
            "iloveyou123",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ] {
            assert!(matches!(of(weak), Err(Weakness::Guessable(_))), "{weak}: {:?}", of(weak));
        }
        for good in ["three plain words", "correct horse battery", "短いけれど十文字以上", "k3-Vq9_xL0pW"]
        {
            assert_eq!(of(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_length_is_counted_in_composed_characters_and_has_its_bounds() {
        assert_eq!(of("short"), Err(Weakness::Short));
        // Nine characters, in eighteen of the keyboard.
        assert_eq!(of(&"e\u{301}".repeat(9)), Err(Weakness::Short));
        assert_eq!(of(&"plain words, ".repeat(80)), Err(Weakness::Long));
        assert_eq!(of(&"x".repeat(1 << 20)), Err(Weakness::Long));
        assert_eq!(of(&format!("correct horse battery {}", "staple ".repeat(130))), Ok(()));
    }

    #[test]
    fn what_is_said_does_not_repeat_the_password() {
        for weak in ["1234567890", "password12", "lovelace1815"] {
            let said = of(weak).unwrap_err().to_string();
            assert!(!said.contains(weak) && said.contains("Choose three or four words"), "{said}");
        }
    }
}
