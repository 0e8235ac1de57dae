use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// The tree in short: scalars as they are, quoted ones in quotes, each with its line and column.
fn shape(node: &Node) -> String {
    let body = match &node.value {
        Value::Null => "null".to_owned(),
        Value::Scalar { text, plain: true } => text.clone(),
        Value::Scalar { text, .. } => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(" ")),
        Value::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{}={}", key.text, shape(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(" "))
        }
    };
    format!("{}:{}{body}", node.place.line, node.place.column)
}

fn tree(text: &str) -> String {
    let parsed = parse(text);
    assert_eq!(parsed.faults, []);
    shape(&parsed.root.unwrap())
}

fn faults(text: &str) -> Vec<String> {
    parse(text).faults.iter().map(|f| format!("{}:{} {}", f.place.line, f.place.column, f.message)).collect()
}

#[test]
fn every_node_knows_its_place() {
    assert_eq!(
        tree("- a: 1\n  b: [x, \"y\"]\n- ~\n"),
        "1:1[1:3{a=1:6\"1\" b=2:6[2:7x 2:10\"y\"]} 3:3null]".replace("\"1\"", "1")
    );
    assert_eq!(tree("# nothing\n"), "1:1null");
    assert_eq!(tree("\u{feff}a: b"), tree("a: b"));
}

#[test]
fn json_is_read_as_it_stands() {
    assert_eq!(tree("{\"a\":1,\n\t\"b\":[true,null]}"), "1:1{a=1:61 b=2:6[2:7true 2:12null]}");
}

#[test]
fn pairs_of_surrogates_are_one_character() {
    assert_eq!(
        join_surrogates(r#""\ud83d\ude00 \\ud83d\\ude00 \ud83d \n""#),
        r#""😀 \\ud83d\\ude00 \ud83d \n""#
    );
    assert_eq!(join_surrogates("no escape"), "no escape");
    assert_eq!(join_surrogates("ends in \\"), "ends in \\");
}

#[test]
fn a_key_stands_once() {
    assert_eq!(faults("a: 1\nb: 2\na: 3\n"), ["3:1 the key \"a\" stands twice, first in line 1: keep one"]);
}

#[test]
fn what_could_expand_or_nest_without_end_is_refused() {
    let bomb = "a: &a [x]\nb: &b [*a, *a]\n";
    assert_eq!(faults(bomb).len(), 1);
    for deep in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000)] {
        assert!(parse(&deep).root.is_none());
    }
}

#[test]
fn one_long_line_is_read_in_linear_time() {
    let topics = |n: usize| {
        let topic = r#"{"slug": "t0", "title": "Topic 0", "levels": {"WORKING": {"hours": 20, "requires": [{"any": ["a@WORKING"]}]}}}"#;
        format!("[{}]", vec![topic; n].join(", "))
    };
    let time = |n: usize| {
        let text = topics(n);
        #[allow(clippy::disallowed_methods)] // how long it takes is the question
        let start = Instant::now();
        assert!(parse(&text).root.is_some());
        start.elapsed()
    };
    let (small, large) = (time(1_000), time(10_000));
    assert!(large < small * 40 + Duration::from_millis(50), "{small:?} for 110 kB, {large:?} for 1.1 MB");
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "[\\[\\]{},:&*!|>'\"%@`#?a-c \n\t\\\\-]{0,60}") {
        parse(&text);
        join_surrogates(&text);
    }
}
