//! Texts and lists in arguments, driven from the schema by introspection: each states its limit,
//! is refused beyond it, and holds no character that cannot be seen. The same on each database.

#![allow(clippy::format_push_string)] // documents of tests, written once

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use crate::app::{App, Client};

/// The texts that are too long for a test of their limit: a body has at most a million bytes.
const LARGEST: usize = 950_000;

/// The types of the schema by their names.
struct Types(BTreeMap<String, Value>);

/// A text or a list in the arguments of a field.
struct Place {
    /// The argument, the names of fields inside it, and the indexes of entries.
    path: Vec<Value>,
    /// The name of its type without wrappings.
    base: String,
    is_list: bool,
    description: String,
}

/// A field with arguments, and the selections that lead to it from the root.
struct Way {
    operation: &'static str,
    /// From the root to the field, which is the last one.
    fields: Vec<Value>,
}

/// A type without what it is wrapped in, and whether that is a list.
fn unwrapped(mut ty: &Value) -> (&Value, bool) {
    let mut is_list = false;
    while !ty["ofType"].is_null() {
        is_list |= ty["kind"] == "LIST";
        ty = &ty["ofType"];
    }
    (ty, is_list)
}

fn written(ty: &Value) -> String {
    match ty["kind"].as_str().unwrap() {
        "NON_NULL" => format!("{}!", written(&ty["ofType"])),
        "LIST" => format!("[{}]", written(&ty["ofType"])),
        _ => ty["name"].as_str().unwrap().to_owned(),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn is_required(argument: &Value) -> bool {
    argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null()
}

impl Types {
    fn of(app: &App) -> Self {
        let answer = app.ask(include_str!("introspection.graphql"));
        let types = list(&answer["data"]["__schema"]["types"]);
        Self(types.map(|ty| (ty["name"].as_str().unwrap().to_owned(), ty.clone())).collect())
    }

    /// Whether exactly one of the fields of an input is to be given.
    fn is_one_of(&self, input: &str) -> bool {
        list(&self.0[input]["inputFields"]).all(|field| !is_required(field))
            && input != "TopicFilter"
            && (input.ends_with("OwnerInput") || input == "CatalogEditInput")
    }

    /// A value of a type, with nothing in it that is not required.
    fn value(&self, ty: &Value) -> Value {
        match ty["kind"].as_str().unwrap() {
            "NON_NULL" => self.value(&ty["ofType"]),
            "LIST" => json!([]),
            "ENUM" => self.0[ty["name"].as_str().unwrap()]["enumValues"][0]["name"].clone(),
            "INPUT_OBJECT" => {
                let name = ty["name"].as_str().unwrap();
                let fields = list(&self.0[name]["inputFields"]);
                let first = self.is_one_of(name);
                let required = fields.take(if first { 1 } else { usize::MAX });
                let required = required.filter(|field| first || is_required(field));
                required
                    .map(|field| (field["name"].as_str().unwrap().to_owned(), self.value(&field["type"])))
                    .collect::<Map<_, _>>()
                    .into()
            }
            _ => match ty["name"].as_str().unwrap() {
                "Int" => json!(1),
                "Float" => json!(1.5),
                "Boolean" => json!(false),
                "Date" => json!("2026-01-05"),
                _ => json!("x"),
            },
        }
    }

    /// The texts and the lists in an argument.
    fn places(&self, argument: &Value, mut path: Vec<Value>, found: &mut Vec<Place>) {
        path.push(argument["name"].clone());
        let (base, is_list) = unwrapped(&argument["type"]);
        let (name, description) = (base["name"].as_str().unwrap(), argument["description"].as_str());
        let is_text = matches!(name, "String" | "ID" | "Upload" | "URL");
        let place = |is_list, path: &Vec<Value>| Place {
            path: path.clone(),
            base: name.to_owned(),
            is_list,
            description: description.unwrap().to_owned(),
        };
        if is_list {
            found.push(place(true, &path));
            path.push(json!(0));
        }
        if is_text {
            found.push(place(false, &path));
        }
        for field in list(&self.0[name]["inputFields"]) {
            self.places(field, path.clone(), found);
        }
    }

    /// A value of a type with something at a path in it.
    fn with(&self, ty: &Value, path: &[Value], leaf: &Value) -> Value {
        let ty = if ty["kind"] == "NON_NULL" { &ty["ofType"] } else { ty };
        let Some((first, rest)) = path.split_first() else { return leaf.clone() };
        if first.is_number() {
            return json!([self.with(&ty["ofType"], rest, leaf)]);
        }
        let name = ty["name"].as_str().unwrap();
        let mut value = if self.is_one_of(name) { json!({}) } else { self.value(ty) };
        let field = list(&self.0[name]["inputFields"]).find(|field| field["name"] == *first).unwrap();
        value[first.as_str().unwrap()] = self.with(&field["type"], rest, leaf);
        value
    }

    /// All fields that take arguments, each by the shortest way.
    fn ways(&self) -> Vec<Way> {
        let mut ways = Vec::new();
        let roots = [("mutation", "Mutation"), ("query", "Query"), ("subscription", "Subscription")];
        for (operation, root) in roots {
            let mut seen = vec![root.to_owned()];
            let mut next: VecDeque<(String, Vec<Value>)> = [(root.to_owned(), Vec::new())].into();
            while let Some((ty, before)) = next.pop_front() {
                for field in list(&self.0[&ty]["fields"]) {
                    let fields = [before.clone(), vec![field.clone()]].concat();
                    let target = unwrapped(&field["type"]).0["name"].as_str().unwrap().to_owned();
                    // What a mutation answers is reached by queries too.
                    if operation != "mutation" && !seen.contains(&target) {
                        seen.push(target.clone());
                        next.push_back((target, fields.clone()));
                    }
                    if list(&field["args"]).next().is_some() {
                        ways.push(Way { operation, fields });
                    }
                }
            }
        }
        ways
    }
}

impl Way {
    fn field(&self) -> &Value {
        self.fields.last().unwrap()
    }

    /// The answer with a value for an argument of the field.
    fn ask(&self, types: &Types, client: &Client<'_>, argument: &str, value: &Value) -> Value {
        let (mut definitions, mut variables, mut document) = (String::new(), Map::new(), String::new());
        for (i, field) in self.fields.iter().enumerate() {
            let is_last = i + 1 == self.fields.len();
            let given =
                list(&field["args"]).filter(|own| is_required(own) || (is_last && own["name"] == *argument));
            let given: Vec<String> = given
                .map(|own| {
                    let name = own["name"].as_str().unwrap();
                    definitions.push_str(&format!("$v{i}{name}: {} ", written(&own["type"])));
                    let is_it = is_last && name == argument;
                    let value = if is_it { value.clone() } else { types.value(&own["type"]) };
                    variables.insert(format!("v{i}{name}"), value);
                    format!("{name}: $v{i}{name}")
                })
                .collect();
            document.push_str(&format!(" {{ {}", field["name"].as_str().unwrap()));
            if !given.is_empty() {
                document.push_str(&format!("({})", given.join(", ")));
            }
        }
        let leads_on =
            !matches!(unwrapped(&self.field()["type"]).0["kind"].as_str(), Some("SCALAR" | "ENUM"));
        if self.operation == "mutation" {
            document += " { userErrors { field code message } }";
        } else if leads_on {
            document += " { __typename }";
        }
        document += &" }".repeat(self.fields.len());
        let definitions = if definitions.is_empty() { definitions } else { format!("({definitions})") };
        let query = format!("{} Q{definitions}{document}", self.operation);
        client.ask_with(&query, &Value::Object(variables))
    }
}

/// Asks with a leaf at each place of each field, and has the answer looked at.
fn everywhere(leaf: impl Fn(&Place) -> Option<Value>, check: impl Fn(&Way, &Place, &Value, &str)) -> usize {
    let app = App::small();
    let (types, ada) = (Types::of(&app), app.curator("ada"));
    let mut count = 0;
    for way in types.ways() {
        for argument in list(&way.field()["args"]) {
            let mut places = Vec::new();
            types.places(argument, Vec::new(), &mut places);
            for place in places {
                let Some(leaf) = leaf(&place) else { continue };
                let value = types.with(&argument["type"], &place.path[1..], &leaf);
                let answer = way.ask(&types, &ada, argument["name"].as_str().unwrap(), &value);
                let names: Vec<&str> =
                    way.fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
                check(&way, &place, &answer, &format!("{} {:?}", names.join("."), place.path));
                count += 1;
            }
        }
    }
    count
}

/// A path as errors have it: `input.skills[0].topic`.
fn dotted(path: &[Value]) -> String {
    let mut text = String::new();
    for part in path {
        match part {
            Value::String(name) if text.is_empty() => text += name,
            Value::String(name) => text.push_str(&format!(".{name}")),
            index => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// Whether an answer is the refusal of a place: data for what a person has entered, else an error.
fn assert_refused(way: &Way, place: &Place, answer: &Value, code: &str, at: &str) {
    if way.operation == "mutation" && (place.base != "ID" || place.is_list) {
        let payload = &answer["data"][way.field()["name"].as_str().unwrap()];
        let field: Vec<String> = place.path.iter().map(|part| part.to_string().replace('"', "")).collect();
        let error = list(&payload["userErrors"]).find(|error| error["field"] == json!(field));
        assert!(error.is_some_and(|error| error["code"] == code), "{at}: {answer:.600}");
        return;
    }
    let error = list(&answer["errors"]).find(|error| error["extensions"]["argument"] == dotted(&place.path));
    let code = error.map(|error| &error["extensions"]["code"]);
    assert_eq!(code, Some(&json!("BAD_USER_INPUT")), "{at}: {answer:.600}");
    assert!(is_nothing(&answer["data"]), "{at}: nothing is executed: {answer:.600}");
}

/// Whether the data of an answer has nothing that was computed.
fn is_nothing(data: &Value) -> bool {
    data.is_null() || data.as_object().is_some_and(|roots| roots.values().all(Value::is_null))
}

/// The number in front of a word, where a description states a limit.
fn stated(description: &str, word: &str) -> Option<usize> {
    description.split("At most ").skip(1).find_map(|sentence| {
        let (number, rest) = sentence.split_once(' ')?;
        rest.starts_with(word).then(|| number.replace(',', "").parse().unwrap())
    })
}

fn limit_of(place: &Place) -> Option<usize> {
    let word = match (place.is_list, place.base.as_str()) {
        (true, _) => "entries",
        (false, "Upload") => "bytes",
        (false, _) => "characters",
    };
    stated(&place.description, word)
}

#[test]
fn every_text_and_every_list_states_its_limit() {
    let app = App::small();
    let types = Types::of(&app);
    let (mut without, mut count) = (Vec::new(), 0);
    for way in types.ways() {
        for argument in list(&way.field()["args"]) {
            let mut places = Vec::new();
            types.places(argument, Vec::new(), &mut places);
            count += places.len();
            let bare = places.iter().filter(|place| limit_of(place).is_none());
            without.extend(bare.map(|place| format!("{} {}", way.field()["name"], dotted(&place.path))));
        }
    }
    assert!(count > 500, "the walk finds the arguments: {count}");
    assert!(without.is_empty(), "{without:#?}");
}

#[test]
fn one_character_more_than_the_limit_is_refused() {
    let text = |place: &Place| {
        let most = limit_of(place).filter(|most| !place.is_list && *most < LARGEST)?;
        Some(json!("x".repeat(most + 1)))
    };
    let count = everywhere(text, |way, place, answer, at| assert_refused(way, place, answer, "TOO_LONG", at));
    assert!(count > 400, "{count}");
}

#[test]
fn one_entry_more_than_the_limit_is_refused() {
    let app = App::small();
    let (types, ada) = (Types::of(&app), app.curator("ada"));
    let mut count = 0;
    for way in types.ways() {
        for argument in list(&way.field()["args"]) {
            let mut places = Vec::new();
            types.places(argument, Vec::new(), &mut places);
            for place in places.iter().filter(|place| place.is_list) {
                let entry = types.value(&types.0.get(&place.base).map_or_else(
                    || json!({ "kind": "SCALAR", "name": place.base }),
                    |ty| json!({ "kind": ty["kind"], "name": place.base }),
                ));
                let entries = json!(vec![entry; limit_of(place).unwrap() + 1]);
                let value = types.with(&argument["type"], &place.path[1..], &entries);
                let answer = way.ask(&types, &ada, argument["name"].as_str().unwrap(), &value);
                assert_refused(&way, place, &answer, "TOO_LONG", &dotted(&place.path));
                count += 1;
            }
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn what_cannot_be_seen_is_refused_everywhere() {
    let text = |place: &Place| (!place.is_list).then(|| json!("a\u{0}b"));
    let count = everywhere(text, |way, place, answer, at| {
        assert_refused(way, place, answer, "INVALID", at);
        let said = answer.to_string();
        assert!(!said.contains("INTERNAL"), "{at}: {said:.600}");
        let name = place.path.last().unwrap().to_string().to_lowercase();
        let is_secret = name.contains("password") || name.contains("secret");
        assert_eq!(said.contains("U+0000 at position 2"), !is_secret, "{at}: {said:.600}");
    });
    assert!(count > 400, "{count}");
}

#[test]
fn what_cannot_be_seen_is_refused_in_literals_and_defaults_too() {
    let app = App::small();
    let ada = app.learner("ada");
    for query in [
        r#"{ search(text: "a\u0000b") { totalCount } }"#,
        r#"query Q($text: String! = "a\u202Eb") { search(text: $text) { totalCount } }"#,
        r#"{ ...Q } fragment Q on Query { one: search(text: "a\u0085b") { totalCount } }"#,
        r#"{ viewer { roadmaps(after: "\u0000") { totalCount } } }"#,
    ] {
        let answer = ada.ask(query);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{query}: {answer}");
        assert!(is_nothing(&answer["data"]), "{query}: {answer}");
    }
    // Half of a pair is no character, and JSON with one no JSON.
    let body = r#"{ "query": "{ search(text: \"\ud800\") { totalCount } }" }"#;
    let request = axum::http::Request::post("/graphql").header("content-type", "application/json");
    let answer = app.send(request.body(axum::body::Body::from(body)).unwrap());
    assert_eq!(answer.status(), 400);
}

#[test]
fn one_field_is_refused_and_the_others_are_done() {
    let app = App::small();
    let ada = app.learner("ada");
    let answer = ada.ask(
        r#"mutation {
            a: rateResource(input: { resource: "java-book", stars: 2, clientMutationId: "\u0000" }) { userErrors { field } }
            b: rateResource(input: { resource: "java-book", stars: 3 }) { resource { viewerRating } }
        }"#,
    );
    assert_eq!(answer["data"]["a"]["userErrors"], json!([{ "field": ["input", "clientMutationId"] }]));
    assert_eq!(answer["data"]["b"]["resource"]["viewerRating"], 3);
}

#[test]
fn texts_on_several_lines_have_line_breaks_and_tabs_and_others_do_not() {
    let app = App::small();
    let ada = app.learner("ada");
    let id = ada.saves(&json!({ "from": "developer", "to": "manager" }));
    let log = |note: &str| json!({ "roadmap": id, "hours": 1, "note": note });
    let logged = ada.does("logStudy", &log("one\r\n\ttwo\n"), "entry { note }");
    assert_eq!(logged["entry"]["note"], "one\n\ttwo");
    let title = |title: &str| {
        let input = json!({ "id": id, "title": title });
        ada.tries("updateRoadmap", &input, "roadmap { title } userErrors { code message }")["data"]["updateRoadmap"]
            .clone()
    };
    assert_eq!(title(" Up \n")["roadmap"]["title"], "Up");
    let refused = title("U\np");
    assert_eq!(
        refused["userErrors"][0]["message"],
        "The title has a line break, and it has to be on one line (U+000A at position 2): leave it out."
    );
}

#[test]
fn an_upload_is_held_to_its_limit_and_to_what_can_be_seen() {
    let app = App::small();
    let ada = app.curator("ada");
    let upload = |file: &str| {
        let query = "mutation M($file: Upload) { importCatalog(input: { upload: $file }) { userErrors { field code } } }";
        let operations = json!({ "query": query, "variables": { "file": null } });
        let part = |name: &str, text: &str| {
            format!(
                "--x\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n{text}\r\n"
            )
        };
        let map = part("map", r#"{ "0": ["variables.file"] }"#);
        let body =
            format!("{}{map}{}--x--\r\n", part("operations", &operations.to_string()), part("0", file));
        let (mut parts, _) = ada.request(&Value::Null, &[("graphql-require-preflight", "1")]).into_parts();
        parts.headers.insert("content-type", "multipart/form-data; boundary=x".parse().unwrap());
        let answer = app.send(axum::http::Request::from_parts(parts, axum::body::Body::from(body)));
        let answer: Value = serde_json::from_slice(answer.body()).unwrap();
        answer["data"]["importCatalog"]["userErrors"][0].clone()
    };
    assert_eq!(upload(&"x".repeat(8_000_001)), json!({ "field": ["input", "upload"], "code": "TOO_LONG" }));
    assert_eq!(upload("areas: []\u{0}"), json!({ "field": ["input", "upload"], "code": "INVALID" }));
    // What YAML writes as an escape is a character all the same.
    let escaped = upload("areas: [{ slug: a, title: \"x\\0y\" }]\ntopics: []\nroles: []\nresources: []\n");
    assert_eq!(escaped, json!({ "field": ["input", "upload"], "code": "INVALID" }));
}

#[test]
fn languages_are_tags_of_bcp_47() {
    let app = App::small();
    let ask = |languages: Value| {
        let query = "query Q($languages: [String!]!) { roadmap(input: { to: \"manager\", resources: { languages: $languages } }) { hours } }";
        app.ask_blocking(query, &json!({ "languages": languages }))
    };
    for good in ["en", "pt-BR", "zh-Hant-TW", "de-CH-1996", "sr-Latn-RS", "*", "x-private"] {
        let answer = ask(json!([good]));
        assert_eq!(answer.get("errors").is_none(), good != "x-private", "{good}: {answer}");
    }
    for bad in ["", "english", "e", "en_US", "en-", "de--CH", "français", "123"] {
        let answer = ask(json!(["en", bad]));
        let extensions = json!({ "code": "BAD_USER_INPUT", "argument": "input.resources.languages[1]" });
        assert_eq!(answer["errors"][0]["extensions"], extensions, "{bad}");
    }
    let filtered = app.ask("{ resources(filter: { language: \"en_US\" }) { totalCount } }");
    assert_eq!(filtered["errors"][0]["extensions"]["argument"], "filter.language");
}
