//! Whether a document may be executed, exactly as graphql-js has it (version 16, all of its rules).
//!
//! apollo-compiler validates; what it judges otherwise is left to rules of our own ([`values`], [`subscriptions`]). Its diagnostics are
//! told in our words ([`explain`]). The order of work does not matter: all that is wrong is told at once.

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
        for diagnostic in diagnostics.iter() {
            let kind = diagnostic.error.unstable_error_name().unwrap_or_default();
            if !OURS.contains(&kind) && !faults.is_full() {
                let fault = explainer.fault(kind, &diagnostic, faults);
                faults.push(fault);
            }
        }
    }
    values::check(&typed, model, faults);
    subscriptions::check(&typed, model, faults);
    typed
}

/// The offset at which something begins.
fn at<T>(node: &Node<T>) -> usize {
    node.location().map_or(0, |span| span.offset())
}
