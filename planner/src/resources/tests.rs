use super::*;

#[test]
fn a_range_matches_its_tags_alone() {
    assert!(
        matches_language("en", "en") && matches_language("en", "en-GB") && matches_language("EN", "en-us")
    );
    assert!(
        !matches_language("en", "eng") && !matches_language("en-GB", "en") && matches_language("*", "fr")
    );
}
