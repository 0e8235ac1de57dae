//! The tokens of a document, counted without building anything: the parser is recursive, and must not meet what is nested too deeply.

/// What a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    /// Names, numbers, strings and marks; not comments, commas or blanks.
    pub(super) count: u64,
    /// The most brackets of any kind that are open at once.
    pub(super) deepest: u64,
}

/// One pass over the bytes. A text that is no document is counted all the same: the parser says what is wrong with it.
pub(super) fn count(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    let mut open: u64 = 0;
    let mut rest = text.as_bytes();
    while let Some(&byte) = rest.first() {
        let length = match byte {
            b'#' => rest.iter().position(|&byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len()),
            b'"' => string(rest),
            b'-' | b'0'..=b'9' => rest.iter().position(|&byte| !is_number(byte)).unwrap_or(rest.len()),
            byte if is_word(byte) => rest.iter().position(|&byte| !is_word(byte)).unwrap_or(rest.len()),
            b'.' => rest.iter().position(|&byte| byte != b'.').unwrap_or(rest.len()),
            _ => 1,
        };
        match byte {
            b'{' | b'[' | b'(' => open += 1,
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            _ => {}
        }
        tokens.deepest = tokens.deepest.max(open);
        let is_ignored = matches!(byte, b'#' | b',' | b' ' | b'\t' | b'\n' | b'\r' | 0xef | 0xbb | 0xbf);
        tokens.count += u64::from(!is_ignored);
        rest = &rest[length..];
    }
    tokens
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-+.".contains(&byte)
}

/// The length of a string that begins here, in one pair of quotes or in three on each side.
fn string(text: &[u8]) -> usize {
    let (quotes, is_block): (&[u8], bool) =
        if text.starts_with(b"\"\"\"") { (b"\"\"\"", true) } else { (b"\"", false) };
    let mut at = quotes.len();
    while at < text.len() {
        if text[at] == b'\\' {
            let escaped = if is_block && text[at + 1..].starts_with(quotes) { quotes.len() + 1 } else { 2 };
            at += if is_block && escaped == 2 { 1 } else { escaped };
        } else if text[at..].starts_with(quotes) {
            return at + quotes.len();
        } else if !is_block && (text[at] == b'\n' || text[at] == b'\r') {
            return at;
        } else {
            at += 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{Tokens, count};

    #[test]
    fn strings_and_comments_are_no_brackets() {
        for (text, tokens, deepest) in [
            ("", 0, 0),
            ("{ a }", 3, 1),
            ("{ a, # { { {\n b }", 4, 1),
            ("{ a(b: \"{ \\\" [\") ...F }", 10, 2),
            ("{ a(b: \"\"\"{ \" \\\"\"\" [\"\"\") }", 8, 2),
            ("query($a: [Int!] = [-1.5e3]) { a(b: $a) }", 23, 2),
            ("\"not closed {\n{", 2, 1),
            ("\"\"\"not closed {", 1, 0),
        ] {
            assert_eq!(count(text), Tokens { count: tokens, deepest }, "{text}");
        }
    }

    #[test]
    fn a_text_of_any_bytes_ends() {
        for text in ["\\", "\"\\", "\"\"\"\\", "….é\u{feff}{", "..\"", "\u{0}"] {
            count(text);
        }
        assert_eq!(count(&"{".repeat(1_000_000)).deepest, 1_000_000);
    }
}
