//! What the engine does and does not do, on a schema of its own. What is wrong with it is kept out by the document pipeline and by how the
//! schema's fields are declared; where one of these tests fails after an update, a workaround may have become needless.

#![allow(clippy::unused_async)] // resolvers are async, whether they wait or not

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::{
    EmptyMutation, EmptySubscription, Error, MaybeUndefined, Object, Result, Schema, SimpleObject, Value,
};
use serde_json::{Value as Json, json};

struct Query(Arc<AtomicUsize>);

#[derive(SimpleObject)]
#[graphql(complex)]
struct User {
    id: i32,
}

#[async_graphql::ComplexObject]
impl User {
    async fn name(&self) -> Result<String> {
        Err(Error::new("no name"))
    }

    async fn nick(&self) -> Option<Result<String>> {
        Some(Err(Error::new("no nick")))
    }
}

#[Object]
impl Query {
    async fn slow(&self) -> i32 {
        tokio::task::yield_now().await;
        1
    }

    async fn quick(&self) -> i32 {
        2
    }

    async fn users(&self) -> Vec<Option<User>> {
        vec![Some(User { id: 1 }), Some(User { id: 2 })]
    }

    async fn absent(&self) -> Result<Option<i32>> {
        Err(Error::new("not there"))
    }

    async fn given(&self, value: MaybeUndefined<i32>) -> &str {
        match value {
            MaybeUndefined::Undefined => "undefined",
            MaybeUndefined::Null => "null",
            MaybeUndefined::Value(_) => "value",
        }
    }

    async fn counted(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst)
    }
}

/// The answer's text and its JSON, and how often `counted` was resolved.
fn ask(query: &str) -> (String, Json, usize) {
    let counter = Arc::new(AtomicUsize::new(0));
    let schema = Schema::build(Query(counter.clone()), EmptyMutation, EmptySubscription).finish();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let text = serde_json::to_string(&runtime.block_on(schema.execute(query))).unwrap();
    let json = serde_json::from_str(&text).unwrap();
    (text, json, counter.load(Ordering::SeqCst))
}

#[test]
fn fields_are_answered_in_the_order_of_the_query() {
    let (text, ..) = ask("{ slow quick }");
    assert!(text.contains(r#"{"slow":1,"quick":2}"#), "{text}");
}

#[test]
fn a_failed_non_null_field_makes_its_parent_null() {
    let (_, answer, _) = ask("{ users { id name } }");
    assert_eq!(answer["data"], json!({ "users": [null, null] }));
}

#[test]
fn a_nullable_field_that_may_fail_is_null_alone_where_it_is_an_option_of_a_result() {
    let (_, answer, _) = ask("{ users { id nick } }");
    assert_eq!(answer["data"]["users"][0], json!({ "id": 1, "nick": null }));
}

#[test]
fn a_nullable_field_that_is_a_result_of_an_option_takes_its_parent_along() {
    let (_, answer, _) = ask("{ quick absent }");
    assert_eq!(answer["data"], Json::Null, "an option of a result may have become needless");
}

#[test]
fn an_omitted_nullable_variable_is_undefined() {
    assert_eq!(ask("query($v: Int) { given(value: $v) }").1["data"]["given"], "undefined");
    assert_eq!(ask("query($v: Int = null) { given(value: $v) }").1["data"]["given"], "null");
}

#[test]
fn the_path_of_an_error_in_a_list_is_whole() {
    let (_, answer, _) = ask("{ users { nick } }");
    let paths: Vec<&Json> = answer["errors"].as_array().unwrap().iter().map(|error| &error["path"]).collect();
    // Cut short: ["users", 0] in place of ["users", 0, "nick"], where the field is an option of a result.
    assert!(
        paths.contains(&&json!(["users", 0])) || paths.contains(&&json!(["users", 0, "nick"])),
        "{paths:?}"
    );
}

#[test]
fn the_engine_alone_resolves_a_field_twice_that_is_there_twice() {
    assert_eq!(
        ask("{ counted ...F } fragment F on Query { counted }").2,
        2,
        "merging may have become needless"
    );
}

#[test]
fn a_value_of_json_is_one_of_graphql() {
    let json = json!({ "a": [1, 2.5, "x", null, true] });
    assert_eq!(Value::from_json(json.clone()).unwrap().into_json().unwrap(), json);
}
