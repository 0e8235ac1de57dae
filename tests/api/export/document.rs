//! Markdown, read by a parser of CommonMark with every extension that it knows.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::{Exported, nothing_to_learn, outcome, title};
use crate::app::App;

/// A document, as far as a roadmap has parts.
#[derive(Debug, Default)]
struct Document {
    /// Level and text of each.
    headings: Vec<(HeadingLevel, String)>,
    tasks: Vec<Task>,
    /// Address and text of each.
    links: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct Task {
    /// What is printed strongly in it.
    title: String,
    /// The items below it.
    lines: Vec<String>,
}

impl Document {
    fn read(text: &str) -> Self {
        // Curly quotes are no markup: they change the text that is read back.
        let everything = Options::all().difference(Options::ENABLE_SMART_PUNCTUATION);
        let mut reader = Reader::default();
        for event in Parser::new_ext(text, everything) {
            match event {
                Event::Start(tag) => reader.start(tag),
                Event::End(tag) => reader.end(tag),
                Event::Text(text) | Event::Code(text) => reader.text(&text),
                Event::TaskListMarker(done) => {
                    assert!(!done && reader.items.len() == 1, "a box in a box, or one that is ticked");
                    reader.document.tasks.push(Task::default());
                }
                other => panic!("a roadmap has no {other:?}"),
            }
        }
        reader.document
    }
}

#[derive(Default)]
struct Reader {
    document: Document,
    /// The text of each open item, innermost last.
    items: Vec<String>,
    /// The text since the last heading, link or strong part began.
    inner: String,
}

impl Reader {
    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Item => self.items.push(String::new()),
            Tag::Link { dest_url, .. } => self.document.links.push((dest_url.into_string(), String::new())),
            Tag::Heading { id, classes, attrs, .. } => {
                assert!(id.is_none() && classes.is_empty() && attrs.is_empty(), "attributes in a heading");
            }
            Tag::Strong => {}
            Tag::Paragraph | Tag::Emphasis | Tag::List(None) => return,
            other => panic!("a roadmap has no {other:?}"),
        }
        self.inner.clear();
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.document.headings.push((level, self.inner.clone())),
            TagEnd::Link => self.document.links.last_mut().unwrap().1.clone_from(&self.inner),
            TagEnd::Strong => {
                if let Some(task) = self.document.tasks.last_mut().filter(|task| task.title.is_empty()) {
                    task.title.clone_from(&self.inner);
                }
            }
            TagEnd::Item => {
                let line = self.items.pop().unwrap();
                if self.items.len() == 1 {
                    self.document.tasks.last_mut().unwrap().lines.push(line);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.inner.push_str(text);
        if let Some(item) = self.items.last_mut() {
            item.push_str(text);
        }
    }
}

/// A text on one line: what Markdown keeps of white space and of control characters.
fn on_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_document_has_a_heading_for_each_milestone_and_a_task_for_each_step() {
    for exported in [Exported::nasty("MARKDOWN"), small()] {
        let document = Document::read(&exported.text);
        let milestones = exported.milestones().iter().enumerate();
        let milestones =
            milestones.map(|(i, milestone)| format!("{}. {}", i + 1, milestone["title"].as_str().unwrap()));
        let second = document.headings.iter().filter(|(level, _)| *level == HeadingLevel::H2);
        let second: Vec<_> = second.map(|(_, text)| text.clone()).collect();
        let expected: Vec<String> = milestones.collect();
        assert_eq!(second[..expected.len()], expected[..]);
        assert_eq!(document.headings[0].0, HeadingLevel::H1);
        assert_eq!(document.headings.len(), second.len() + 1);
        assert_eq!(document.tasks.len(), exported.steps().len());
    }
}

#[test]
fn every_text_comes_back_as_it_stands_in_the_catalogue() {
    let exported = Exported::nasty("MARKDOWN");
    let document = Document::read(&exported.text);
    for (task, planned) in document.tasks.iter().zip(exported.steps()) {
        assert_eq!(task.title, on_one_line(&title(planned)));
        let practice = planned["step"]["practice"].as_str();
        assert_eq!(
            task.lines.len(),
            3 + usize::from(practice.is_some()),
            "outcome, why, with, practice: {task:?}"
        );
        assert_eq!(task.lines[0], on_one_line(outcome(planned)));
        assert!(task.lines[1].starts_with("Why: "), "{task:?}");
        assert!(task.lines[2].starts_with("With: "), "{task:?}");
        if let Some(practice) = practice {
            assert!(task.lines[3].starts_with("Practise: "), "{task:?}");
            assert!(task.lines[3].ends_with(&on_one_line(practice)), "{task:?}");
        }
        if let Some(section) = planned["coverage"]["section"].as_str() {
            assert!(task.lines[2].contains(section), "{task:?}");
        }
    }
}

#[test]
fn every_link_is_that_of_a_resource() {
    for exported in [Exported::nasty("MARKDOWN"), small()] {
        let document = Document::read(&exported.text);
        let of = |resource: &Value| {
            let text = |field: &str| resource[field].as_str().unwrap().to_owned();
            (text("url"), text("title"))
        };
        let steps = exported.steps();
        let covered = steps.iter().filter(|planned| !planned["coverage"].is_null());
        let expected: Vec<_> = covered.map(|planned| of(&planned["coverage"]["resource"])).collect();
        assert_eq!(document.links[..expected.len()], expected[..]);
        let picks = exported.roadmap["resources"]["picks"].as_array().unwrap().len();
        assert_eq!(document.links.len(), expected.len() + picks);
    }
}

#[test]
fn where_there_is_nothing_to_learn_a_document_says_so() {
    let text = Exported::new(&App::small(), "MARKDOWN", &nothing_to_learn()).text;
    let document = Document::read(&text);
    assert!(document.tasks.is_empty() && text.contains("nothing to learn"), "{text}");
}

fn small() -> Exported {
    Exported::new(&App::small(), "MARKDOWN", &super::small_input())
}
