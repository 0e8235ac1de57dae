//! Characters that no text may hold: what cannot be seen, and what makes a text read otherwise
//! than it is written. PostgreSQL cannot store U+0000 at all.

use std::fmt;

/// How a text is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// On one line: a name, a title, a slug.
    #[default]
    One,
    /// On several lines, with tabs: a note, a summary, a file.
    Several,
}

/// A character that a text may not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unprintable {
    /// The character.
    pub character: char,
    /// Its position in the text, counted in characters from 1.
    pub position: usize,
}

impl fmt::Display for Unprintable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "U+{:04X} at position {}", u32::from(self.character), self.position)
    }
}

/// Finds the first character that a text may not hold.
///
/// Refused are control characters (C0, DEL, C1), overrides and isolates of the writing direction,
/// and Unicode's noncharacters. A text on several lines may have line breaks and tabs; a carriage
/// return only stands before a line feed. White space around a text does not count: forms cut it.
pub fn find_unprintable(text: &str, lines: Lines) -> Option<Unprintable> {
    let start = text.len() - text.trim_start().len();
    let skipped = text[..start].chars().count();
    let mut characters = text.trim().chars().enumerate().peekable();
    while let Some((index, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if !is_allowed(character, next, lines) {
            return Some(Unprintable { character, position: skipped + index + 1 });
        }
    }
    None
}

fn is_allowed(character: char, next: Option<char>, lines: Lines) -> bool {
    let may_break = lines == Lines::Several;
    match character {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => may_break,
        '\r' => may_break && next == Some('\n'),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}' => false,
        character => !character.is_control() && u32::from(character) & 0xFFFE != 0xFFFE,
    }
}

/// A text in quotes for an error message, cut after 100 characters.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 100;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, lines: Lines) -> Option<(u32, usize)> {
        find_unprintable(text, lines).map(|found| (found.character.into(), found.position))
    }

    #[test]
    fn control_and_direction_characters_and_noncharacters_are_found() {
        for code in [
            0x00, 0x01, 0x1B, 0x7F, 0x80, 0x9F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFDD0, 0xFFFE, 0xFFFF,
            0x1_FFFE, 0x10_FFFF,
        ] {
            let text = format!("ab{}c", char::from_u32(code).unwrap());
            for lines in [Lines::One, Lines::Several] {
                assert_eq!(found(&text, lines), Some((code, 3)), "{code:X}");
            }
        }
    }

    #[test]
    fn line_breaks_and_tabs_are_for_texts_on_several_lines() {
        for text in ["a\nb", "a\tb", "a\u{2028}b", "a\u{2029}b", "a\r\nb"] {
            assert!(find_unprintable(text, Lines::One).is_some(), "{text:?}");
            assert_eq!(find_unprintable(text, Lines::Several), None, "{text:?}");
        }
        assert_eq!(found("a\rb", Lines::Several), Some((0x0D, 2)));
        assert_eq!(find_unprintable("\n title \r\n", Lines::One), None, "around a text");
        assert_eq!(found("\n\0", Lines::One), Some((0, 2)));
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in ["Zoë", "日本語", "مرحبا", "👩‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "soft\u{AD}hyphen", ""]
        {
            assert_eq!(find_unprintable(text, Lines::One), None, "{text}");
        }
    }

    #[test]
    fn a_quoted_text_is_cut() {
        assert_eq!(quoted("short"), "\"short\"");
        assert_eq!(quoted(&"é".repeat(101)), format!("\"{}…\"", "é".repeat(100)));
    }
}
