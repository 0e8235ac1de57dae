//! Names of people, and texts as they may stand in a list of accounts.

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// The most characters of a name.
const LONGEST_NAME: usize = 100;
/// From here on there are scripts in which joiners change how a word is written.
const FIRST_JOINING: char = '\u{590}';
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Whether a character is not seen, or changes how those beside it are seen: control and format
/// characters, private ones, fillers and selectors. Spaces are seen.
pub(super) fn is_unseen(c: char) -> bool {
    let is_filler = matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}'
    );
    is_filler
        || matches!(
            c.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::PrivateUse
                | GeneralCategory::Surrogate
                | GeneralCategory::Unassigned
        )
}

/// The name that somebody has given: composed, with single spaces. `None` if it has characters that are not
/// seen.
pub fn name(text: &str) -> Option<String> {
    let text = spaced(text);
    if hidden(&text).is_empty() { Some(text) } else { None }
}

/// The name that somebody else has given for a person, without what is not seen, cut to its length. `None`
/// if nothing is left.
pub(super) fn cleaned_name(text: &str) -> Option<String> {
    // Four times the characters that are kept: the rest is not even looked at.
    let text = spaced(&text.chars().take(4 * LONGEST_NAME).collect::<String>());
    let hidden = hidden(&text);
    let seen = text.char_indices().filter(|(at, _)| !hidden.contains(at)).map(|(_, c)| c);
    let name = spaced(&seen.take(LONGEST_NAME).collect::<String>());
    (!name.is_empty()).then_some(name)
}

/// A text as it may stand in a list: in ASCII, all else by its number, so that no two texts look the same.
pub fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        ' '..='~' if c != '\\' => c.to_string(),
        _ => c.escape_unicode().to_string(),
    };
    text.chars().map(shown).collect()
}

/// Composed, with one space wherever there is any.
fn spaced(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the characters are that are not seen. A joiner between two letters of a script that needs it (as in
/// Persian and in India) is none of them.
fn hidden(text: &str) -> Vec<usize> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let joins = |at: Option<&(usize, char)>| {
        let is_part = |c: char| c.is_alphabetic() || c.general_category_group() == GeneralCategoryGroup::Mark;
        at.is_some_and(|(_, c)| *c >= FIRST_JOINING && is_part(*c))
    };
    let mut hidden = Vec::new();
    for (i, (at, c)) in characters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| characters.get(i));
        let is_needed = JOINERS.contains(c) && joins(before) && joins(characters.get(i + 1));
        if is_unseen(*c) && !is_needed {
            hidden.push(*at);
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_of_any_script_and_all_of_it_is_seen() {
        for seen in ["Ada Lovelace", "Łukasz O'Neil-Šimková", "علی\u{200c}رضا", "श्री", "李小龍", "Ада"]
        {
            assert_eq!(name(seen).as_deref(), Some(seen));
        }
        assert_eq!(name("  Ada\u{a0}\n Lovelace ").as_deref(), Some("Ada Lovelace"));
        assert_eq!(name("Zoe\u{308}").as_deref(), Some("Zoë"));
        for hidden in [
            "Ada\u{202e}",
            "A\u{200b}da",
            "A\u{200d}da",
            "\u{0}",
            "Ada\u{e000}",
            "Ada\u{3164}",
            "\u{feff}Ada",
        ] {
            assert_eq!(name(hidden), None, "{hidden:?}");
        }
    }

    #[test]
    fn what_a_provider_says_of_a_person_is_cleaned_and_bounded() {
        assert_eq!(cleaned_name("Ada\u{202e} \u{0}Love\u{200b}lace").as_deref(), Some("Ada Lovelace"));
        assert_eq!(cleaned_name("علی\u{200c}رضا").as_deref(), Some("علی\u{200c}رضا"));
        assert_eq!(cleaned_name(" \u{202e}\u{0} "), None);
        let long = cleaned_name(&"ab ".repeat(1 << 20)).unwrap();
        assert!(long.chars().count() <= LONGEST_NAME && long.starts_with("ab ab"), "{long}");
    }

    #[test]
    fn texts_in_a_list_do_not_look_alike() {
        assert_eq!(printable("ada@example.org"), "ada@example.org");
        assert_eq!(printable("\u{430}da\u{202e}\n"), "\\u{430}da\\u{202e}\\u{a}");
        assert_ne!(printable("\\u{430}"), printable("\u{430}"));
    }
}
