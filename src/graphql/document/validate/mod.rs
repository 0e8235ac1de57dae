//! Whether a document may be executed, exactly as graphql-js has it (version 16, all of its rules).
//!
//! apollo-compiler validates; what it judges otherwise is left to rules of our own ([`values`], [`subscriptions`]). Its diagnostics are
//! told in our words ([`explain`]). All that is wrong is told at once, but for what [`arguments`] finds in a document that is right
//! otherwise.

mod arguments;
mod explain;
mod subscriptions;
mod values;

use apollo_compiler::{ExecutableDocument, Node, ast};

use super::faults::Faults;
use super::model::Model;
use explain::Explainer;

/// The kinds of apollo-compiler's diagnostics that rules of our own decide.
const OURS: [&str; 11] = [
    "DisallowedVariableUsage",
    "FloatCoercionError",
    "IntCoercionError",
    "RequiredField",
    "SubscriptionUsesConditionalSelection",
    "SubscriptionUsesIntrospection",
    "SubscriptionUsesMultipleFields",
    "UndefinedEnumValue",
    "UndefinedInputValue",
    "UndefinedVariable",
    "UnsupportedValueType",
];

/// The document with its types, and all that is wrong with it in `faults`. Only a document without any is whole.
pub(super) fn validated(
    text: &str,
    document: &ast::Document,
    model: &Model,
    faults: &mut Faults,
) -> ExecutableDocument {
    let (typed, diagnostics) = match document.to_executable_validate(&model.schema) {
        Ok(typed) => (typed.into_inner(), None),
        Err(wrong) => (wrong.partial, Some(wrong.errors)),
    };
    if let Some(diagnostics) = diagnostics {
        let explainer = Explainer { text, document: &typed, model };
        explainer.tell(&diagnostics, |kind| !OURS.contains(&kind), faults);
    }
    values::check(&typed, model, faults);
    subscriptions::check(&typed, model, faults);
    if faults.is_empty()
        && let Some(wrong) = arguments::marked(text, document, &model.schema)
    {
        let explainer = Explainer { text, document: &typed, model };
        explainer.tell(&wrong.errors, |kind| kind == arguments::KIND, faults);
    }
    typed
}

/// The offset at which something begins.
fn at<T>(node: &Node<T>) -> usize {
    node.location().map_or(0, |span| span.offset())
}
