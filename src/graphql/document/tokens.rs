//! One pass over a document's text before the parser sees it.
//!
//! The parser is recursive and builds a node for each token, so the tokens and the open brackets are counted first. On the way the
//! text is made plain: what means nothing (comments, commas, byte order marks) becomes blank, so that a megabyte of it costs the
//! parser one token, and so do descriptions of operations, fragments and variables, which the parser does not know. Offsets
//! stay as they are.

/// What a text has, and what there is to parse of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    /// Names, numbers, strings and punctuators.
    pub(super) count: u64,
    /// The most brackets of any kind that are open at once.
    pub(super) deepest: u64,
    /// The text with blanks in the place of all that means nothing.
    pub(super) plain: String,
    /// Where a colon is missing after the name of an argument or of an object's field: the parser overlooks that.
    pub(super) lacks_colon: Option<usize>,
}

/// Reads a text. One that is no document is read all the same: the parser says what is wrong with it.
pub(super) fn scan(text: &str) -> Tokens {
    let mut scanner = Scanner {
        text,
        blank: Vec::new(),
        open: Vec::new(),
        tokens: Tokens::default(),
        before: None,
        string: None,
    };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let length = length(&text.as_bytes()[at..], byte);
        scanner.token(at, length, byte);
        at += length;
    }
    let Scanner { blank, mut tokens, .. } = scanner;
    tokens.plain = blanked(text, &blank);
    tokens
}

struct Scanner<'a> {
    text: &'a str,
    /// Ranges that mean nothing.
    blank: Vec<(usize, usize)>,
    /// The brackets that are open.
    open: Vec<Open>,
    tokens: Tokens,
    /// First byte of the token before.
    before: Option<u8>,
    /// A string that is a description if the next token is a definition: its range, and the first byte of the token before it.
    string: Option<(usize, usize, Option<u8>)>,
}

impl Scanner<'_> {
    fn token(&mut self, at: usize, length: usize, byte: u8) {
        if is_ignored(byte, &self.text.as_bytes()[at..]) {
            self.blank.push((at, at + length));
            return;
        }
        if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
            return;
        }
        self.tokens.count += 1;
        if let Some((start, end, before)) = self.string.take()
            && self.is_described(&self.text.as_bytes()[at..at + length], before)
        {
            self.blank.push((start, end));
        }
        let is_pair = self.open.last_mut().is_none_or(|open| open.takes(byte));
        if !is_pair {
            self.tokens.lacks_colon.get_or_insert(at);
        }
        match byte {
            b'(' => self.open.push(Open::Parentheses),
            b'[' => self.open.push(Open::List),
            b'{' if matches!(self.open.last(), None | Some(Open::Selection)) => {
                self.open.push(Open::Selection);
            }
            b'{' => self.open.push(Open::Pairs(Next::Name)),
            b'}' | b']' | b')' => drop(self.open.pop()),
            b'"' => self.string = Some((at, at + length, self.before)),
            _ => {}
        }
        self.tokens.deepest = self.tokens.deepest.max(self.open.len() as u64);
        self.before = Some(byte);
    }

    /// Whether the string before a token describes it: an operation or a fragment at the beginning of a definition, or a
    /// variable among an operation's. Elsewhere the string stays, and the parser refuses it.
    fn is_described(&self, token: &[u8], before: Option<u8>) -> bool {
        match &self.open[..] {
            [] => {
                matches!(before, None | Some(b'}'))
                    && matches!(token, b"query" | b"mutation" | b"subscription" | b"fragment")
            }
            [Open::Declarations] => token.starts_with(b"$") && !matches!(before, Some(b':' | b'=')),
            _ => false,
        }
    }
}

/// An open bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Selection,
    List,
    /// Of arguments or of variables: the next token tells.
    Parentheses,
    /// Declarations of variables.
    Declarations,
    /// Names with values: arguments, or the fields of an object.
    Pairs(Next),
}

/// What comes next in a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Name,
    Colon,
    Value,
    /// The name of a variable, after its mark.
    Variable,
}

impl Open {
    /// Goes on to the token that begins with a byte. `false` if there should be a colon.
    const fn takes(&mut self, byte: u8) -> bool {
        if let Self::Parentheses = self {
            *self = if matches!(byte, b'$' | b'"') { Self::Declarations } else { Self::Pairs(Next::Name) };
        }
        let Self::Pairs(next) = self else { return true };
        *next = match (*next, byte) {
            (Next::Name, b'}' | b')') => return true,
            (Next::Name, _) => Next::Colon,
            (Next::Colon, b':') => Next::Value,
            (Next::Colon, _) => return false,
            (Next::Value, b'$') => Next::Variable,
            (Next::Value | Next::Variable, _) => Next::Name,
        };
        true
    }
}

/// Whether something begins here that means nothing, beside blanks.
fn is_ignored(byte: u8, rest: &[u8]) -> bool {
    matches!(byte, b'#' | b',') || rest.starts_with(BOM)
}

/// The byte order mark.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// The length of what begins with a byte.
fn length(rest: &[u8], byte: u8) -> usize {
    let until = |ends: fn(u8) -> bool| rest.iter().position(|&byte| ends(byte)).unwrap_or(rest.len());
    match byte {
        b'#' => until(|byte| byte == b'\n' || byte == b'\r'),
        b'"' => string(rest),
        b'-' | b'0'..=b'9' => until(|byte| !is_number(byte)),
        b'.' if rest.starts_with(b"...") => 3,
        _ if is_word(byte) => until(|byte| !is_word(byte)),
        _ if rest.starts_with(BOM) => BOM.len(),
        _ => 1,
    }
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

/// A text with blanks in the place of some ranges. Lines stay lines.
fn blanked(text: &str, ranges: &[(usize, usize)]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for &(start, end) in ranges {
        plain.push_str(text.get(at..start).unwrap_or_default());
        plain.extend(text.as_bytes()[start..end].iter().map(|byte| if *byte == b'\n' { '\n' } else { ' ' }));
        at = end;
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    plain
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn strings_and_comments_are_no_brackets() {
        for (text, count, deepest) in [
            ("", 0, 0),
            ("{ a }", 3, 1),
            ("{ a, # { { {\n b }", 4, 1),
            ("{ a(b: \"{ \\\" [\") ...F }", 10, 2),
            ("{ a(b: \"\"\"{ \" \\\"\"\" [\"\"\") }", 8, 2),
            ("query($a: [Int!] = [-1.5e3]) { a(b: $a) }", 23, 2),
            ("\"not closed {\n{", 2, 1),
            ("\"\"\"not closed {", 1, 0),
        ] {
            let tokens = scan(text);
            assert_eq!((tokens.count, tokens.deepest), (count, deepest), "{text}");
        }
    }

    #[test]
    fn comments_commas_and_descriptions_become_blanks() {
        for (text, plain) in [
            ("\u{feff}{ a, # é\n b }", "   { a      \n b }"),
            ("\"x\" query { a }", "    query { a }"),
            ("{ a } \"\"\"x\ny\"\"\" fragment F on Q { a }", "{ a }     \n     fragment F on Q { a }"),
            ("query(\"x\" $a: T = \"y\" \"z\" $b: T) { a }", "query(    $a: T = \"y\"     $b: T) { a }"),
            ("{ a(b: \"# , {\") }", "{ a(b: \"# , {\") }"),
        ] {
            assert_eq!(scan(text).plain, plain, "{text}");
        }
    }

    #[test]
    fn strings_that_describe_nothing_stay() {
        for text in [
            "\"x\" { a }",
            "query \"x\" query { a }",
            "\"x\" \"y\" { a }",
            "query @d(a: \"x\" $b) { a }",
            "query($a: T = \"x\" $b: T) { a }",
            "{ a(b: \"x\" $c) }",
            "\"x\" type T { a: Int }",
        ] {
            assert_eq!(scan(text).plain, text, "{text}");
        }
    }

    #[test]
    fn a_text_of_any_bytes_ends() {
        for text in ["\\", "\"\\", "\"\"\"\\", "….é\u{feff}{", "..\"", "\u{0}", "é,é#é"] {
            assert_eq!(scan(text).plain.len(), text.len());
        }
        assert_eq!(scan(&"{".repeat(1_000_000)).deepest, 1_000_000);
        assert_eq!(scan(&".".repeat(1_000_000)).count, 333_334);
    }

    #[test]
    fn names_of_arguments_and_fields_have_a_colon() {
        for text in [
            "query($a: [T!] = [{ b: 1 }] @d(e: \"f\"), $g: T) { h: i(j: $a, k: [1, $g], l: { m: { n: N o: $a } }) @p(q: true) { r } }",
            "query(\"x\" $a: T) { b(c: \"\"\"d\"\"\" e: []) { f } }",
            "{ a(b: {}) { c } }",
        ] {
            assert_eq!(scan(text).lacks_colon, None, "{text}");
        }
        for (text, at) in
            [("{ a(b c: 1) }", 6), ("{ a(b: { c d: 1 }) }", 11), ("{ a(b: { c }) }", 11), ("{ a @b(c) }", 8)]
        {
            assert_eq!(scan(text).lacks_colon, Some(at), "{text}");
        }
    }
}
