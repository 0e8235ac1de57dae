//! Documents and variables are accepted exactly when graphql-js accepts them: the cases of `tests/conformance`, through the pipeline alone.

use async_graphql::{Request, Variables};
use serde_json::Value;
use waymark::graphql::Schema;

#[test]
fn cases_are_judged_as_graphql_js_judges_them() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../conformance/documents.json")).unwrap();
    let schema = Schema::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let mut request = Request::new(case["document"].as_str().unwrap());
        request.variables = Variables::from_json(case["variables"].clone());
        request.operation_name = case["operationName"].as_str().map(str::to_owned);
        let prepared = runtime.block_on(schema.prepare(request));
        if prepared.is_ok() != case["valid"].as_bool().unwrap() {
            wrong.push((case, prepared.err().map(|refused| refused.errors)));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), cases.len());
}
