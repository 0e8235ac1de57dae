//! Text in a drawing: escaped, and cut where there is no room for all of it.

/// Text as XML 1.0 allows it between tags and in attributes; characters that it forbids are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if character < ' ' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The text, or as much of it as fits into a width, with an ellipsis.
pub(super) fn fitted(text: &str, size: f64, width: f64) -> String {
    if length(text, size) <= width {
        return text.to_owned();
    }
    let mut fitted = String::new();
    let mut left = width - length("…", size);
    for character in text.chars() {
        left -= advance(character) * size;
        if left < 0.0 {
            break;
        }
        fitted.push(character);
    }
    fitted.truncate(fitted.trim_end().len());
    fitted + "…"
}

/// About how long a text is in a sans-serif font of a size; the drawing can't measure its reader's font.
fn length(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// The width of a character in ems, on the wide side: bold, in a wide font such as Verdana or `DejaVu` Sans.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.38,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 0.48,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.05,
        'A'..='Z' | '&' | '+' | '=' | '#' => 0.78,
        '\u{1100}'.. => 1.0,
        _ => 0.69,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_and_what_fits_is_not() {
        assert_eq!(fitted("Kafka", 14.0, 100.0), "Kafka");
        let cut = fitted(&"Kafka ".repeat(50), 14.0, 100.0);
        assert!(cut.ends_with('…') && length(&cut, 14.0) <= 100.0);
    }

    #[test]
    fn no_text_can_open_a_tag() {
        assert_eq!(escape("a<b & \"c\" ]]>\u{0}\u{7}\n"), "a&lt;b &amp; &quot;c&quot; ]]&gt; ");
    }
}
