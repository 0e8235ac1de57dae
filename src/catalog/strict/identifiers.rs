//! The forms of the names under which the world knows books, papers and standards.

/// What is wrong with an identifier of a key; `None` where its form is right.
pub(super) fn fault(key: &str, value: &str) -> Option<String> {
    match key {
        "isbn" => isbn(value),
        "doi" => (!is_doi(value)).then(|| {
            format!("\"{value}\" is no DOI: it begins with 10. and a number, such as 10.1145/359545.359563")
        }),
        "arxiv" => (!is_arxiv(value))
            .then(|| format!("\"{value}\" is no number of arXiv: it is like 1811.09676 or cs/0112017")),
        _ => value
            .trim()
            .is_empty()
            .then(|| "\"standard\" is blank: write its series and number, such as RFC 9110".to_owned()),
    }
}

/// ISO 2108: 13 digits from 978 or 979, the last of which makes the sum, every second digit threefold, a multiple of ten.
fn isbn(value: &str) -> Option<String> {
    let digits: Option<Vec<u32>> = value.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) =
        digits.filter(|digits| digits.len() == 13 && (value.starts_with("978") || value.starts_with("979")))
    else {
        return Some(format!("\"{value}\" is no ISBN: write the 13 digits alone, from 978 or 979"));
    };
    let sum: u32 = digits[..12].iter().zip([1, 3].iter().cycle()).map(|(digit, times)| digit * times).sum();
    let check = (10 - sum % 10) % 10;
    (digits[12] != check)
        .then(|| format!("\"{value}\" is no ISBN: its last digit would be {check}, so one of them is wrong"))
}

/// A directory of 10. and four to nine digits, and a name.
fn is_doi(value: &str) -> bool {
    let Some((directory, name)) = value.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let is_directory = (4..=9).contains(&directory.len()) && directory.bytes().all(|b| b.is_ascii_digit());
    is_directory && !name.is_empty() && !value.contains(char::is_whitespace)
}

/// Since 2007 year, month and a number; before it the archive and seven digits.
fn is_arxiv(value: &str) -> bool {
    let digits = |text: &str, count: std::ops::RangeInclusive<usize>| {
        count.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    match (value.split_once('.'), value.split_once('/')) {
        (Some((month, number)), None) => digits(month, 4..=4) && digits(number, 4..=5),
        (_, Some((archive, number))) => !archive.is_empty() && digits(number, 7..=7),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn an_isbn_has_its_check_digit() {
        assert_eq!(fault("isbn", "9781449373320"), None);
        assert!(fault("isbn", "9781449373321").unwrap().contains("would be 0"));
        for wrong in ["978-1449373320", "1449373320", "978144937332X", "1234567890128", ""] {
            assert!(fault("isbn", wrong).unwrap().contains("13 digits"), "{wrong}");
        }
    }

    #[test]
    fn papers_have_the_forms_of_their_registries() {
        for right in [
            ("doi", "10.1145/359545.359563"),
            ("doi", "10.1016/0166-218X(93)90045-P"),
            ("arxiv", "1811.09676"),
            ("arxiv", "cs/0112017"),
        ] {
            assert_eq!(fault(right.0, right.1), None, "{right:?}");
        }
        for wrong in [
            ("doi", "https://doi.org/10.1145/1"),
            ("doi", "10.1145/"),
            ("doi", "10.1145/a b"),
            ("arxiv", "arXiv:1811.09676"),
            ("arxiv", "18.1"),
            ("standard", " "),
        ] {
            assert!(fault(wrong.0, wrong.1).is_some(), "{wrong:?}");
        }
    }
}
