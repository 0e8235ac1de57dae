//! The drawings: the SVG as XML, and its cards as rectangles.

use roxmltree::{Document, Node};
use serde_json::json;

use super::{Exported, nothing_to_learn, outcome, small_input, title};
use crate::app::App;

#[derive(Clone, Copy)]
struct Rectangle {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Rectangle {
    fn of(node: Node<'_, '_>) -> Self {
        let number = |name| node.attribute(name).unwrap().parse().unwrap();
        Self { x: number("x"), y: number("y"), width: number("width"), height: number("height") }
    }

    fn is_within(self, other: Self) -> bool {
        self.x >= other.x
            && self.y >= other.y
            && self.x + self.width <= other.x + other.width
            && self.y + self.height <= other.y + other.height
    }

    fn is_apart_from(self, other: Self) -> bool {
        self.x + self.width <= other.x
            || other.x + other.width <= self.x
            || self.y + self.height <= other.y
            || other.y + other.height <= self.y
    }
}

fn of_class<'a>(svg: &'a Document<'_>, class: &str) -> Vec<Node<'a, 'a>> {
    let has =
        |node: &Node<'_, '_>| node.attribute("class").is_some_and(|of| of.split(' ').any(|c| c == class));
    svg.descendants().filter(has).collect()
}

/// The groups of the cards, each with its rectangle.
fn cards<'a>(svg: &'a Document<'_>) -> Vec<(Node<'a, 'a>, Rectangle)> {
    let groups = svg.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "g")));
    groups
        .map(|group| {
            let frame = group
                .children()
                .find(|child| child.attribute("class").is_some_and(|c| c.starts_with("card")));
            (group, Rectangle::of(frame.unwrap()))
        })
        .collect()
}

/// What is left of a text in XML: no control character, no line.
fn kept(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' => Some(' '),
            _ if c < ' ' => None,
            _ => Some(c),
        })
        .collect()
}

#[test]
fn each_step_has_a_card_with_its_whole_name_however_nasty() {
    let exported = Exported::nasty("SVG");
    let svg = Document::parse(&exported.text).unwrap();
    let titles: Vec<&str> =
        cards(&svg).iter().map(|(group, _)| group.first_element_child().unwrap().text().unwrap()).collect();
    let expected: Vec<String> = exported
        .steps()
        .into_iter()
        .map(|planned| kept(&format!("{}: {}", title(planned), outcome(planned))))
        .collect();
    assert_eq!(titles, expected);
}

#[test]
fn cards_stand_apart_and_in_their_milestones() {
    let everything = json!({ "to": "backend-architect" });
    for exported in [
        Exported::new(&App::embedded(), "SVG", &everything),
        Exported::new(&App::small(), "SVG", &small_input()),
    ] {
        let svg = Document::parse(&exported.text).unwrap();
        let page = svg.root_element();
        let size = |name| page.attribute(name).unwrap().parse().unwrap();
        let page = Rectangle { x: 0.0, y: 0.0, width: size("width"), height: size("height") };
        let bands: Vec<Rectangle> = of_class(&svg, "band").into_iter().map(Rectangle::of).collect();
        assert_eq!(bands.len(), exported.milestones().len());
        assert!(bands.iter().all(|band| band.is_within(page)));
        let cards: Vec<Rectangle> = cards(&svg).into_iter().map(|(_, card)| card).collect();
        let mut left = cards.iter();
        for (band, milestone) in bands.iter().zip(exported.milestones()) {
            for card in left.by_ref().take(milestone["steps"].as_array().unwrap().len()) {
                assert!(card.is_within(*band));
            }
        }
        assert!(left.next().is_none());
        for (i, card) in cards.iter().enumerate() {
            assert!(cards[i + 1..].iter().all(|other| card.is_apart_from(*other)));
        }
        let needs: usize = exported.steps().iter().map(|step| step["needs"].as_array().unwrap().len()).sum();
        let curves = of_class(&svg, "edge").len() + of_class(&svg, "critical-edge").len();
        assert_eq!(curves, needs);
    }
}

#[test]
fn a_step_that_does_not_fit_is_dashed() {
    let exported = Exported::new(&App::small(), "SVG", &small_input());
    let svg = Document::parse(&exported.text).unwrap();
    let dashed: Vec<bool> = cards(&svg)
        .iter()
        .map(|(group, _)| group.children().any(|child| child.has_attribute("stroke-dasharray")))
        .collect();
    let deferred: Vec<bool> =
        exported.steps().iter().map(|step| step["deferred"].as_bool().unwrap()).collect();
    assert!(deferred.contains(&true) && deferred.contains(&false));
    assert_eq!(dashed, deferred);
}

#[test]
fn a_drawing_brings_nothing_that_runs_or_is_fetched() {
    let text = Exported::nasty("SVG").text;
    let svg = Document::parse(&text).unwrap();
    for node in svg.descendants() {
        assert!(!["script", "image", "use", "a", "foreignObject"].contains(&node.tag_name().name()));
        assert!(
            node.attributes()
                .all(|attribute| !attribute.name().starts_with("on") && attribute.name() != "href")
        );
    }
}

#[test]
fn a_roadmap_without_steps_is_drawn_too() {
    let text = Exported::new(&App::small(), "SVG", &nothing_to_learn()).text;
    assert!(Document::parse(&text).is_ok() && text.contains("There is nothing to learn"));
}

#[test]
fn graphs_look_like_this() {
    let app = App::small();
    for format in ["MERMAID", "DOT"] {
        let text = Exported::new(&app, format, &small_input()).text;
        insta::assert_snapshot!(format!("small_{}", format.to_lowercase()), text);
    }
}
