use std::time::Duration;

use waymark_planner::draft::{CoverDraft, Draft, ResourceDraft};
use waymark_planner::source::Identifiers;
use waymark_planner::testing;
use waymark_planner::units::ResourceKind;

use super::*;

fn resource(slug: &str, title: &str, author: &str, provider: &str) -> ResourceDraft {
    ResourceDraft {
        aliases: Vec::new(),
        slug: slug.to_owned().into(),
        title: title.into(),
        kind: ResourceKind::Book,
        url: "https://example.org/".to_owned().into(),
        identifiers: Identifiers::default(),
        attested: None,
        authors: vec![author.into()],
        provider: Some(provider.into()),
        year: None,
        language: "en".into(),
        price: 0.0.into(),
        quality: 3.into(),
        made_for: Vec::new(),
        covers: vec![CoverDraft {
            step: "java@WORKING".to_owned().into(),
            hours: 1.0.into(),
            fit: 3.into(),
            section: None,
        }],
    }
}

fn catalog() -> Catalog {
    let mut draft: Draft =
        testing::draft("java@W:1 javascript@W:1 spring-boot@W:1 kubernetes@W:1 c-plus-plus@W:1 go@W:1");
    for (slug, title, summary) in [
        ("java", "Java", "The language of the JVM."),
        ("javascript", "JavaScript", "The language of browsers."),
        ("spring-boot", "Spring Boot", "Services in Java."),
        ("kubernetes", "Kubernetes", "Runs containers."),
        ("c-plus-plus", "C++", "A systems language."),
        ("go", "Go", "A language of few words; cafés like it."),
    ] {
        let topic = draft.topics.iter_mut().find(|topic| topic.slug.value == slug).unwrap();
        (topic.title, topic.summary) = (title.into(), summary.into());
        if slug == "spring-boot" {
            topic.aliases = vec!["ejb".to_owned().into(), "enterprise-beans".to_owned().into()];
        }
    }
    draft.roles.push(testing::role("java-engineer", None, "java@W"));
    draft.resources.push(resource("effective-java", "Effective Java", "Joshua Bloch", "Addison-Wesley"));
    draft.resources.push(resource("spring-in-action", "Spring in Action", "Craig Walls", "Manning"));
    draft.resources.push(resource("kubernetes-in-action", "Kubernetes in Action", "Marko Lukša", "Manning"));
    Catalog::new(draft).unwrap()
}

fn search(text: &str) -> Vec<String> {
    let catalog = catalog();
    let slug = |hit: &Hit| match hit.found {
        Found::Topic(id) => catalog.topics()[id].slug.to_string(),
        Found::Role(id) => catalog.roles()[id].slug.to_string(),
        Found::Resource(id) => catalog.resources()[id].slug.to_string(),
    };
    TextIndex::new(&catalog).search(text).iter().map(slug).collect()
}

#[test]
fn the_thing_of_that_name_comes_first() {
    assert_eq!(search("java")[..3], ["java", "java-engineer", "effective-java"]);
    assert_eq!(search("Spring Boot")[0], "spring-boot");
    assert_eq!(search("spring-boot")[0], "spring-boot");
    assert_eq!(search("c++")[0], "c-plus-plus");
}

#[test]
fn a_thing_is_found_by_what_it_was_called_before() {
    assert_eq!(search("ejb")[0], "spring-boot");
    assert_eq!(search("enterprise beans")[0], "spring-boot");
}

#[test]
fn titles_count_more_than_summaries() {
    let found = search("java");
    assert!(found.iter().position(|s| s == "effective-java") < found.iter().position(|s| s == "spring-boot"));
}

#[test]
fn the_last_word_may_be_unfinished() {
    assert_eq!(search("kub"), ["kubernetes", "kubernetes-in-action"]);
    assert_eq!(search("spring bo")[0], "spring-boot");
    assert!(search("kub action").iter().all(|slug| slug != "kubernetes"));
}

#[test]
fn typing_errors_are_forgiven() {
    assert_eq!(search("kuberntes")[0], "kubernetes");
    assert_eq!(search("kubrenets")[0], "kubernetes");
    assert_eq!(search("sprnig boot")[0], "spring-boot");
    assert_eq!(search("kubrne")[0], "kubernetes");
    assert_eq!(search("gx"), [""; 0]);
}

#[test]
fn case_accents_and_punctuation_do_not_matter() {
    assert_eq!(search("CAFES"), ["go"]);
    assert_eq!(search("café"), ["go"]);
    assert_eq!(search("luksa"), ["kubernetes-in-action"]);
    assert_eq!(search("  addison,wesley! "), ["effective-java"]);
}

#[test]
fn what_has_more_of_the_words_comes_first() {
    assert_eq!(search("manning kubernetes")[0], "kubernetes-in-action");
}

#[test]
fn nothing_is_found_by_nothing() {
    assert_eq!(search(""), [""; 0]);
    assert_eq!(search(" ?! "), [""; 0]);
    assert_eq!(search("zebra"), [""; 0]);
    assert_eq!(TextIndex::new(&Catalog::default()).search("java"), []);
}

#[test]
fn a_long_query_is_cut() {
    assert_eq!(search(&"java ".repeat(100_000)).len(), search("java").len());
    assert_eq!(search(&format!("{}zebra", "java ".repeat(40))).len(), search("java").len());
    assert_eq!(search(&"x".repeat(100_000)), [""; 0]);
}

#[test]
fn a_large_catalogue_is_searched_fast() {
    use std::fmt::Write;
    let mut text = String::new();
    for i in 0..20_000 {
        write!(text, "{}{i}-topic@W:1 ", ["alpha", "beta", "gamma", "delta"][i % 4]).unwrap();
    }
    let catalog = Catalog::new(quick_draft(&text)).unwrap();
    let index = TextIndex::new(&catalog);
    #[allow(clippy::disallowed_methods)] // how long it takes is the question
    let start = std::time::Instant::now();
    assert_eq!(index.search("gamma19998 topci").len(), 20_000);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

/// Like [`testing::draft`], without its search for topics that were there before.
fn quick_draft(text: &str) -> Draft {
    let mut draft = testing::draft("a@W:1");
    let model = draft.topics.remove(0);
    for word in text.split_whitespace() {
        let slug = word.split('@').next().unwrap();
        let mut topic = model.clone();
        topic.slug = slug.to_owned().into();
        topic.title = slug.to_uppercase();
        draft.topics.push(topic);
    }
    draft
}
