//! The guide's queries are answered as the guide says.
//!
//! After a change of the catalogue: `WAYMARK_UPDATE=1 cargo test --test api guide`.

use std::path::Path;

use async_graphql::Value as Ordered;
use serde_json::{Value, json};

use crate::app::{App, Client, Hand, PASSWORD};

/// The most characters of a line that has more than one value.
const LINE: usize = 120;

/// A question of the guide's, and where it stands in its text.
struct Question {
    /// The day on which it is asked, where that is another one.
    day: Option<String>,
    /// Who asks.
    who: String,
    query: String,
    answer: String,
    /// Whether the catalogue changes before.
    is_edited: bool,
}

/// Reads the questions: a comment with the day and who asks, a block with the query, a block with the answer.
fn questions(text: &str) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut is_edited = false;
    for part in text.split("<!-- ").skip(1) {
        let (comment, rest) = part.split_once(" -->").unwrap();
        if comment == "the catalogue changes" {
            is_edited = true;
            continue;
        }
        let mut words = comment.rsplit(' ');
        let (who, day) = (words.next().unwrap().to_owned(), words.next().map(str::to_owned));
        let block = |language: &str| {
            let inside = rest.split(&format!("```{language}\n")).nth(1).unwrap();
            inside.split("```").next().unwrap().to_owned()
        };
        questions.push(Question { day, who, query: block("graphql"), answer: block("json"), is_edited });
        is_edited = false;
    }
    questions
}

/// The guide as it should be: each answer is the real one, and what an answer gave a name to is called so further on.
fn current(text: &str) -> String {
    let hand = Hand::at("2027-01-04");
    let app = App::embedded_at(hand.clock());
    let (nobody, ada, grace) = (app.client(), app.client(), app.client());
    let account = json!({ "email": "grace@example.org", "password": PASSWORD });
    let mut token = Value::Null;
    let mut written = text.to_owned();
    for (number, _) in questions(text).iter().enumerate() {
        // Names may have been replaced since.
        let Question { day, who, query, answer, is_edited } = questions(&written).swap_remove(number);
        if let Some(day) = day {
            hand.set(&day);
        }
        if is_edited {
            edit(&app);
        }
        if who == "grace" {
            grace.does("signUp", &account, "");
            grace.does("signIn", &account, "viewer { email }");
        }
        let program: Client<'_>;
        let client = match who.as_str() {
            "ada" => {
                // A session lasts a month: she signs in again.
                if number > 1 && ada.ask("{ viewer { email } }")["data"]["viewer"].is_null() {
                    let account = json!({ "email": "ada@example.org", "password": PASSWORD });
                    ada.does("signIn", &account, "viewer { email }");
                }
                &ada
            }
            "grace" => &grace,
            "token" => {
                program = app.program(&token);
                &program
            }
            _ => &nobody,
        };
        let real = client.ask_text(&query);
        let data: Value = serde_json::from_str(&real).unwrap();
        if let Some(made) = data.pointer("/data/createAccessToken/token") {
            token = made.clone();
        }
        written = with_answer(&written, number, &(laid_out(&serde_json::from_str(&real).unwrap(), 0) + "\n"));
        for (old, new) in names(&answer, &data) {
            written = written.replace(&old, &new);
        }
    }
    written
}

/// The curators have another look at a topic on the way: it takes longer than they thought.
fn edit(app: &App) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("catalog");
    waymark::catalog::write(&waymark::catalog::embedded().unwrap(), &copy).unwrap();
    let file = copy.join("topics/architecture.yaml");
    let text = std::fs::read_to_string(&file).unwrap();
    let topic = text.find("- slug: software-architecture\n").unwrap();
    let level = topic + text[topic..].find("WORKING:").unwrap();
    let hours = level + text[level..].find("hours: ").unwrap() + "hours: ".len();
    let end = hours + text[hours..].find([',', '\n', ' ', '}']).unwrap();
    std::fs::write(&file, format!("{}60{}", &text[..hours], &text[end..])).unwrap();
    app.import_from(&copy);
}

/// The text with another answer to a question.
fn with_answer(text: &str, number: usize, answer: &str) -> String {
    let mut places = text.match_indices("```json\n").map(|(at, fence)| at + fence.len());
    let from = places.nth(number).unwrap();
    let to = from + text[from..].find("```").unwrap();
    format!("{}{answer}{}", &text[..from], &text[to..])
}

/// JSON in the order in which it came: on one line where that is short enough.
fn laid_out(value: &Ordered, depth: usize) -> String {
    let line = serde_json::to_string(value).unwrap();
    let spaced = line.replace("\":", "\": ").replace(",\"", ", \"").replace("},{", "}, {");
    let (inside, outside) = (" ".repeat(2 * depth + 2), " ".repeat(2 * depth));
    let (open, items, close): (_, Vec<String>, _) = match value {
        _ if depth > 1 && spaced.len() + outside.len() <= LINE => return spaced,
        Ordered::List(items) => ('[', items.iter().map(|item| laid_out(item, depth + 1)).collect(), ']'),
        Ordered::Object(fields) => {
            let field = |(name, value)| format!("\"{name}\": {}", laid_out(value, depth + 1));
            ('{', fields.iter().map(field).collect(), '}')
        }
        _ => return spaced,
    };
    let items: Vec<String> = items.into_iter().map(|item| format!("{inside}{item}")).collect();
    format!("{open}\n{}\n{outside}{close}", items.join(",\n"))
}

/// What an answer names otherwise than the one in the text, or for the first time: ids and secrets.
fn names(old: &str, new: &Value) -> Vec<(String, String)> {
    let old: Value = serde_json::from_str(old).unwrap_or_default();
    let mut names = Vec::new();
    for (pointer, placeholder) in
        [("/data/saveRoadmap/roadmap/id", "ROADMAP"), ("/data/shareRoadmap/secret", "SECRET")]
    {
        if let Some(now) = new.pointer(pointer).and_then(Value::as_str) {
            let before = old.pointer(pointer).and_then(Value::as_str).unwrap_or(placeholder);
            names.push((before.to_owned(), now.to_owned()));
        }
    }
    names
}

#[test]
fn every_query_has_its_real_answer() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let current = current(&text);
    if std::env::var_os("WAYMARK_UPDATE").is_some() {
        std::fs::write(&file, &current).unwrap();
    }
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text == current, "docs/guide.md is old: run WAYMARK_UPDATE=1 cargo test --test api guide");
}
