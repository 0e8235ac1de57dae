//! The file format as JSON Schema, for editors: they complete keys, show what each means, and mark what is wrong while it is typed.
//!
//! Everything that a schema can say is said; that a step exists, or that there is no cycle, only `waymark check` knows.

use serde_json::{Value, json};
use waymark_planner::catalog::LONGEST_SLUG;
use waymark_planner::units::{Proficiency, ResourceKind};

use super::reader::layout::Part;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// The schema of a file with one of the lists `areas`, `topics`, `roles` and `resources`, or of a single file with all four; `None` for
/// any other name.
pub fn json_schema(list: Option<&str>) -> Option<Value> {
    let Some(name) = list else { return Some(whole()) };
    let part = Part::ALL.into_iter().find(|part| part.name() == name)?;
    let mut schema = json!({
        "$schema": DIALECT,
        "title": format!("Waymark catalogue: {name}"),
        "type": ["array", "null"],
        "items": item(part),
    });
    schema["$defs"] = definitions();
    Some(schema)
}

fn whole() -> Value {
    let list = |part: Part| json!({ "type": ["array", "null"], "items": item(part) });
    let properties: serde_json::Map<_, _> =
        Part::ALL.into_iter().map(|part| (part.name().to_owned(), list(part))).collect();
    json!({
        "$schema": DIALECT,
        "title": "Waymark catalogue",
        "type": "object",
        "properties": properties,
        "required": ["areas", "topics"],
        "additionalProperties": false,
        "$defs": definitions(),
    })
}

fn item(part: Part) -> Value {
    match part {
        Part::Areas => area(),
        Part::Topics => topic(),
        Part::Roles => role(),
        Part::Resources => resource(),
    }
}

fn area() -> Value {
    object(
        "A group of topics.",
        &["slug", "title"],
        json!({
            "slug": slug("The area's name in files; a file of topics and one of resources are called after it."),
            "aliases": aliases("slug", "Slugs that the area had before, or of areas that it has taken the place of: they still find it."),
            "title": text("The name for people."),
            "summary": text("What belongs there, in a sentence."),
        }),
    )
}

fn topic() -> Value {
    let levels: serde_json::Map<_, _> = Proficiency::ALL
        .into_iter()
        .map(|level| (level.name().to_owned(), json!({ "$ref": "#/$defs/level" })))
        .collect();
    object(
        "Something to learn, at one or more levels.",
        &["slug", "title", "area", "summary", "levels"],
        json!({
            "slug": slug("The topic's name in files, arguments and addresses. Roadmaps and skills name it: where it changes, the one before becomes an alias."),
            "aliases": aliases("slug", "Slugs that the topic had before, or of topics that it has taken the place of: they still find it."),
            "title": text("The name for people."),
            "names": texts("Other names that people use, such as K8s: search finds the topic by them. Two topics may share one."),
            "area": slug("The slug of its area."),
            "summary": text("What it is and what it is good for, in a sentence."),
            "elective": text("Why it is worth learning although no role and no other step asks for it."),
            "popularity": { "description": "How widely it is used among its alternatives, 0 to 100; 50 if absent. Of plans with equal hours the one with the more popular topics is taken.", "type": ["integer", "null"], "minimum": 0, "maximum": 100 },
            "links": { "description": "The addresses of the same thing in other vocabularies.", "type": ["array", "null"], "items": address() },
            "levels": {
                "description": "The levels that the topic defines: AWARE < WORKING < PROFICIENT < EXPERT. Each requires the next lower one without saying so.",
                "type": "object",
                "properties": levels,
                "additionalProperties": false,
                "minProperties": 1,
            },
        }),
    )
}

fn level() -> Value {
    object(
        "A step: the topic at this level.",
        &["hours", "outcome"],
        json!({
            "hours": hours("The whole effort to reach the outcome from the level below: learning and practice together."),
            "outcome": text("What somebody at this level does, such that it can be observed: Designs …, measures …, decides between …"),
            "practice": text("One to four sentences: something to build, change or decide, and how to tell that it worked."),
            "aliases": aliases("step", "Steps that are no more and that this one has taken the place of: whoever learned one of them holds this one."),
            "requires": { "description": "What must hold before: every entry.", "$ref": "#/$defs/entries" },
            "recommends": { "description": "What is good to have first: it comes earlier where both are on a roadmap, and is never forced.", "$ref": "#/$defs/entries" },
        }),
    )
}

fn role() -> Value {
    object(
        "A rung of the career ladder. Whoever holds it holds those below it.",
        &["slug", "title", "summary"],
        json!({
            "slug": slug("The role's name in files, arguments and addresses."),
            "aliases": aliases("slug", "Slugs that the role had before, or of roles that it has taken the place of: they still find it."),
            "title": text("The name for people."),
            "summary": text("What somebody in it does, in a sentence."),
            "after": slug("The slug of the role below it; absent for the first."),
            "requires": {
                "description": "What the role asks for: every entry.",
                "type": ["array", "null"],
                "items": { "anyOf": [
                    { "$ref": "#/$defs/step" },
                    object("One step, with its weight.", &["step"], json!({
                        "step": { "$ref": "#/$defs/step" }, "weight": { "$ref": "#/$defs/weight" },
                        "reason": { "$ref": "#/$defs/reason" },
                    })),
                    object("Any one of some steps, with a weight.", &["any"], json!({
                        "any": { "$ref": "#/$defs/steps" }, "weight": { "$ref": "#/$defs/weight" },
                        "reason": { "$ref": "#/$defs/reason" },
                    })),
                ] },
            },
        }),
    )
}

fn resource() -> Value {
    object(
        "Something to learn from.",
        &["slug", "title", "kind", "url", "covers"],
        json!({
            "slug": slug("The resource's name in files and arguments."),
            "aliases": aliases("slug", "Slugs that the resource had before, or of resources that it has taken the place of: they still find it."),
            "title": text("The title as published."),
            "kind": { "description": "What it is.", "enum": ResourceKind::ALL.map(ResourceKind::name) },
            "url": described(address(), "Where it is: its publisher's page."),
            "isbn": { "description": "The ISBN of a book: 13 digits, in quotes.", "type": "string", "pattern": "^97[89][0-9]{10}$" },
            "doi": { "description": "The DOI of a paper, without an address.", "type": "string", "pattern": "^10\\.[0-9]{4,9}/\\S+$" },
            "arxiv": { "description": "The number on arXiv, in quotes.", "type": "string", "pattern": "^([0-9]{4}\\.[0-9]{4,5}|[a-zA-Z.-]+/[0-9]{7})$" },
            "standard": text("The series and number of a standard, such as RFC 9110."),
            "attested": object("Who confirmed the address, and when.", &["on", "by"], json!({
                "on": { "description": "The day, such as 2026-11-24.", "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
                "by": {
                    "description": "page: the page itself; documents: three independent public documents; or the names of these documents.",
                    "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }],
                },
            })),
            "authors": texts("Who made it, in the order given there."),
            "provider": text("Who publishes or offers it."),
            "year": { "description": "The year of the edition.", "type": ["integer", "null"] },
            "language": { "description": "BCP 47; en if absent.", "type": ["string", "null"], "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$" },
            "price": { "description": "US dollars; 0, if absent, is free.", "type": ["number", "null"], "minimum": 0, "maximum": 1_000_000 },
            "quality": { "description": "The curators' judgement, 1 to 5; 3 if absent.", "type": ["integer", "null"], "minimum": 1, "maximum": 5 },
            "for": aliases("slug", "Topics, one of which a learner knows or is going to learn; absent: for everybody."),
            "covers": {
                "description": "The steps that it teaches.",
                "type": "array",
                "items": object("A step that it teaches.", &["step", "hours"], json!({
                    "step": { "$ref": "#/$defs/step" },
                    "hours": hours("How long this takes to read, watch or do; 0.25 is a quarter of an hour."),
                    "fit": { "description": "How far it alone brings a learner to the step's outcome; 3 if absent. 5: all that it needs, with exercises; 4: nearly all; 3: the main part; 2: one aspect; 1: a pointer.", "type": ["integer", "null"], "minimum": 1, "maximum": 5 },
                    "section": text("The part that teaches it, such as a chapter."),
                })),
            },
        }),
    )
}

/// What several of the above refer to.
fn definitions() -> Value {
    let names = Proficiency::ALL.map(Proficiency::name).join("|");
    let step = format!("^[a-z0-9]+(-[a-z0-9]+)*@({names})$");
    json!({
        "level": level(),
        "slug": slug("A name of lower case letters, digits and single hyphens, 100 characters at most."),
        "step": { "description": "A topic at a level, such as kubernetes@WORKING.", "type": "string", "pattern": step },
        "steps": { "description": "Any one of these steps.", "type": "array", "items": { "$ref": "#/$defs/step" }, "minItems": 1 },
        "entries": { "type": ["array", "null"], "items": { "$ref": "#/$defs/entry" } },
        "entry": { "anyOf": [
            { "$ref": "#/$defs/step" },
            object("Any one of some steps.", &["any"], json!({ "any": { "$ref": "#/$defs/steps" } })),
        ] },
        "reason": text("Why the steps stand for each other, where that does not speak for itself: they are of different areas."),
        "weight": { "description": "How much it matters for the role, 1 to 3; 1 if absent.", "type": "integer", "minimum": 1, "maximum": 3 },
    })
}

fn object(description: &str, required: &[&str], properties: impl Into<Value>) -> Value {
    json!({
        "description": description,
        "type": "object",
        "properties": properties.into(),
        "required": required,
        "additionalProperties": false,
    })
}

fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string" })
}

fn texts(description: &str) -> Value {
    json!({ "description": description, "type": ["array", "null"], "items": { "type": "string" } })
}

fn address() -> Value {
    json!({ "type": "string", "pattern": "^https?://[^\\s]+$" })
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = description.into();
    schema
}

fn slug(description: &str) -> Value {
    json!({ "description": description, "type": "string", "maxLength": LONGEST_SLUG, "pattern": SLUG })
}

/// A list of what another definition describes.
fn aliases(of: &str, description: &str) -> Value {
    let items = json!({ "$ref": format!("#/$defs/{of}") });
    json!({ "description": description, "type": ["array", "null"], "items": items })
}

fn hours(description: &str) -> Value {
    json!({ "description": description, "type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000_000 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::reader::shapes;

    /// All objects of a schema by their sorted keys.
    fn objects(schema: &Value, found: &mut Vec<Vec<String>>) {
        if let Some(properties) = schema["properties"].as_object() {
            let mut keys: Vec<String> = properties.keys().cloned().collect();
            keys.sort();
            found.push(keys);
        }
        match schema {
            Value::Object(map) => map.values().for_each(|value| objects(value, found)),
            Value::Array(items) => items.iter().for_each(|value| objects(value, found)),
            _ => {}
        }
    }

    #[test]
    fn every_mapping_that_the_reader_knows_is_described_with_its_keys() {
        let mut found = Vec::new();
        objects(&whole(), &mut found);
        for (what, keys) in shapes() {
            let mut keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            keys.sort();
            assert!(found.contains(&keys), "{what}: {keys:?}");
        }
    }

    #[test]
    fn there_is_one_for_each_list_and_none_for_anything_else() {
        for part in Part::ALL {
            assert_eq!(json_schema(Some(part.name())).unwrap()["$defs"], definitions());
        }
        assert_eq!(json_schema(Some("nonsense")), None);
    }
}
