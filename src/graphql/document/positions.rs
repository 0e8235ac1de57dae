//! From byte offsets to lines and columns, each in constant time: documents may be one long line.

use async_graphql::Pos;

/// Bytes between two marks.
const STEP: usize = 64;

/// Index of a text's lines and characters.
#[derive(Debug)]
pub(super) struct Positions<'a> {
    text: &'a [u8],
    /// Offset of each line's first byte.
    lines: Vec<usize>,
    /// Number of characters before each [`STEP`]th byte.
    marks: Vec<usize>,
}

impl<'a> Positions<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let text = text.as_bytes();
        let mut lines = vec![0];
        lines.extend(text.iter().enumerate().filter_map(|(i, byte)| {
            let ends = *byte == b'\n' || (*byte == b'\r' && text.get(i + 1) != Some(&b'\n'));
            ends.then_some(i + 1)
        }));
        let mut marks = vec![0];
        for chunk in text.chunks(STEP) {
            marks.push(marks.last().map_or(0, |before| before + characters(chunk)));
        }
        Self { text, lines, marks }
    }

    /// The line and the column of an offset, both from 1; columns count characters.
    pub(super) fn at(&self, offset: usize) -> Pos {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines[line - 1];
        Pos { line, column: self.before(offset) - self.before(start) + 1 }
    }

    fn before(&self, offset: usize) -> usize {
        let mark = offset / STEP;
        self.marks[mark] + characters(&self.text[mark * STEP..offset])
    }
}

/// Number of characters that begin in some bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0b1100_0000) != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_the_specification_says_and_columns_count_characters() {
        let text = "{ a\r\n  é b\r\n\nc\rd }";
        let positions = Positions::of(text);
        for (word, line, column) in
            [("{", 1, 1), ("a", 1, 3), ("b", 2, 5), ("c", 4, 1), ("d", 5, 1), ("}", 5, 3)]
        {
            assert_eq!(positions.at(text.find(word).unwrap()), Pos { line, column }, "{word}");
        }
        assert_eq!(positions.at(1_000), Pos { line: 5, column: 4 });
    }

    #[test]
    fn a_long_line_has_marks() {
        let text = "é".repeat(1_000) + "x";
        assert_eq!(Positions::of(&text).at(2_000), Pos { line: 1, column: 1_001 });
    }
}
