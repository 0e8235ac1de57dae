//! Reading sound catalogues, and surviving any others.

use proptest::prelude::*;
use waymark::catalog::{self, CatalogId};
use waymark_planner::Catalog;
use waymark_planner::draft::{Draft, USUAL_POPULARITY};
use waymark_planner::units::{Hours, Price};

const GOOD: &str = "tests/fixtures/catalog/good";

fn nothing() -> Catalog {
    Catalog::new(Draft::default()).unwrap()
}

fn read_text(name: &str, text: &[u8]) -> Result<Catalog, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    catalog::read(&path).map_err(|errors| errors.to_string().replace(&path.display().to_string(), name))
}

#[test]
fn a_folder_is_read_and_what_is_no_part_of_it_left_alone() {
    let catalog = catalog::read(GOOD).unwrap();
    assert_eq!((catalog.areas().len(), catalog.topics().len(), catalog.steps().len()), (2, 3, 4));
    let senior = catalog.role("senior").unwrap();
    let requires: Vec<_> = catalog
        .role_requires(senior)
        .map(|entry| {
            let steps: Vec<_> = catalog.any_of(entry).iter().map(|&step| catalog.step_name(step)).collect();
            (steps.join("|"), catalog.weight(entry))
        })
        .collect();
    assert_eq!(requires, [("java@PROFICIENT|kotlin@WORKING".into(), 2), ("postgresql@WORKING".into(), 3)]);
    let hours = catalog.steps().iter().map(|step| step.hours).sum::<Hours>();
    assert!((hours.as_f64() - 210.5).abs() < 1e-9);
}

#[test]
fn what_is_absent_has_its_default() {
    let catalog = catalog::read(GOOD).unwrap();
    let resource = &catalog.resources()[catalog.resource("the-art-of-postgresql").unwrap()];
    assert_eq!((&*resource.language, resource.price, resource.quality), ("en", Price::FREE, 3));
    assert_eq!((resource.year, resource.provider.as_deref(), resource.authors.len()), (None, None, 0));
    let junior = catalog.role("junior").unwrap();
    assert_eq!(catalog.role_requires(junior).map(|entry| catalog.weight(entry)).collect::<Vec<_>>(), [1]);
}

#[test]
fn json_is_read_too() {
    let catalog = catalog::read("tests/fixtures/catalog/single.json").unwrap();
    assert_eq!(&*catalog.areas().iter().next().unwrap().title, "Languages 😀");
    assert_eq!(&*catalog.steps().iter().next().unwrap().outcome, "A \"quoted\" / word \\ud83d\\ude00.");
}

#[test]
fn empty_files_are_empty_lists() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("areas.yaml"), "# to come\n").unwrap();
    std::fs::create_dir(folder.path().join("topics")).unwrap();
    std::fs::write(folder.path().join("topics/data.yml"), "").unwrap();
    assert_eq!(catalog::read(folder.path()), Ok(nothing()));
    assert_eq!(read_text("all.yaml", b"areas:\ntopics: []\n"), Ok(nothing()));
}

#[test]
fn the_embedded_catalogue_is_the_folders() {
    assert_eq!(catalog::embedded().unwrap(), catalog::read("catalog").unwrap());
}

#[test]
fn the_digest_is_that_of_the_content() {
    let good = catalog::read(GOOD).unwrap();
    let digest_of_good = CatalogId::of(&good);
    assert_eq!(
        digest_of_good.to_string(),
        "1e8847292b20d08d80250a0a0e8652a796f49cb8a62b6a3143186ecac7c5cb8f"
    );
    // Without the keys of the second format it is what it was before there were any.
    let mut first = Draft::from(&good);
    for topic in &mut first.topics {
        (topic.names, topic.links, topic.popularity) = (Vec::new(), Vec::new(), USUAL_POPULARITY.into());
        topic.levels.iter_mut().for_each(|level| level.practice = None);
    }
    first.roles.iter_mut().flat_map(|role| &mut role.requires).for_each(|entry| entry.reason = None);
    let first = CatalogId::of(&Catalog::new(first).unwrap());
    assert_eq!(first.to_string(), "068152e1b62c893e8b1532567c25c2ec8fdf0a3eac3d25d7f5cf57745e3e01f0");
    let shuffled = b"
topics:
  - { slug: b, title: B, area: x, summary: '', levels: { EXPERT: { hours: 2, outcome: '' }, AWARE: { hours: 1.0, outcome: '' } } }
  - { slug: a, title: A, area: x, summary: '', levels: { AWARE: { hours: 1, outcome: '', requires: [{ any: [b@EXPERT, b@AWARE] }] } } }
areas: [{ slug: x, title: X }]
";
    let sorted = br#"{"areas": [{"slug": "x", "title": "X"}], "topics": [
        {"slug": "a", "title": "A", "area": "x", "summary": "", "levels": {"AWARE": {"hours": 1.0, "outcome": "", "requires": [{"any": ["b@AWARE", "b@EXPERT"]}]}}},
        {"slug": "b", "title": "B", "area": "x", "summary": "", "levels": {"AWARE": {"hours": 1, "outcome": ""}, "EXPERT": {"hours": 2, "outcome": ""}}}]}"#;
    let shuffled = read_text("a.yaml", shuffled).unwrap();
    assert_eq!(CatalogId::of(&shuffled), CatalogId::of(&read_text("a.json", sorted).unwrap()));
    assert_ne!(CatalogId::of(&shuffled), digest_of_good);
}

#[test]
fn the_digest_tells_what_a_thing_was_called_before() {
    let of = |aliases: &str, step: &str| {
        let text = format!(
            "areas: [{{ slug: x, title: X, aliases: [{aliases}] }}]\ntopics:\n- {{ slug: a, title: A, area: x, summary: '', levels: {{ AWARE: {{ hours: 1, outcome: '', aliases: [{step}] }} }} }}"
        );
        CatalogId::of(&read_text("a.yaml", text.as_bytes()).unwrap())
    };
    assert_eq!(of("b, c", ""), of("c, b", ""));
    let all = [of("", ""), of("b", ""), of("b, c", ""), of("", "b@AWARE"), of("b", "b@AWARE")];
    assert_eq!(all.iter().collect::<std::collections::HashSet<_>>().len(), all.len());
}

#[test]
fn a_file_of_nothing_but_errors_is_read_in_time() {
    use std::fmt::Write;
    let mut text = "areas: [{ slug: x, title: X }]\ntopics:\n".to_owned();
    for i in 0..4_000 {
        writeln!(text, "- {{ slug: t{i}, title: T, area: y, summary: '', levels: {{ AWARE: {{ hours: 0, outcome: '', requires: [u{i}@AWARE, t{}@AWARE, t@X] }} }} }}", i ^ 1).unwrap();
    }
    assert!(read_text("a.yaml", text.as_bytes()).unwrap_err().lines().count() > 16_000);
}

fn sound() -> String {
    let parts = ["areas.yaml", "topics/languages.yaml", "roles.yaml", "resources/data.yaml"];
    let list = |(key, file): (&str, &str)| {
        format!("{key}:\n{}", std::fs::read_to_string(format!("{GOOD}/{file}")).unwrap())
    };
    ["areas", "topics", "roles", "resources"].into_iter().zip(parts).map(list).collect()
}

proptest! {
    #[test]
    fn no_file_makes_it_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..12usize, "[-\\[\\]{}:,&*!|>'\"#@%\t\n a-z0-9.]{0,4}|\\PC"), 0..6),
        json in any::<bool>(),
    ) {
        let mut text: Vec<char> = sound().chars().collect();
        for (at, cut, put) in edits {
            let at = at.index(text.len());
            let end = (at + cut).min(text.len());
            text.splice(at..end, put.chars());
        }
        let text: String = text.into_iter().collect();
        let _ = read_text(if json { "a.json" } else { "a.yaml" }, text.as_bytes());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = read_text("a.yaml", &bytes);
    }
}
