//! The document pipeline: from a request to what the engine executes, exactly as graphql-js judges it, and bounded at each step.
//!
//! In this order: the text that a hash stands for ([`store`]), its tokens ([`tokens`]), apollo-compiler's parser, the sizes of the expanded
//! selections ([`limits`]), the validation ([`validate`]), the price ([`cost`]), the variables ([`variables`]) and the merging of
//! duplicate selections ([`merge`]). All that does not depend on variables is done once for a text and an operation's name ([`cache`]).
//! A request with an error in any of this does nothing.

mod cache;
mod cost;
mod failed;
mod faults;
mod limits;
mod literal;
mod merge;
mod model;
mod positions;
mod prepared;
mod store;
mod tokens;
mod validate;
mod variables;

use std::sync::Arc;

use apollo_compiler::parser::Parser;
use apollo_compiler::{ExecutableDocument, Node, ast, executable};
use async_graphql::{Request, Value, Variables};
use tracing::debug_span;

pub(super) use literal::resolved;
pub(super) use model::Model;
pub use prepared::Prepared;
pub(crate) use store::DOCUMENT_ID;
pub use store::Store;

use self::cache::Cache;
use self::faults::{Fault, Faults, quoted};
use self::limits::within;
use self::prepared::Document;
use super::Refused;
use super::arguments::Arguments;
use super::error::{ApiError, Code};
use crate::config::{Limits, SchemaSettings};
use crate::service::reading;

/// The longest text that is read on a thread that serves requests, in bytes: less than a millisecond's work, whatever it is.
const SHORT: usize = 250;
/// The most values in variables that are made to fit there.
const FEW: usize = 500;

/// Reads the documents of requests. Cheap to clone.
#[derive(Clone)]
pub(super) struct Documents(Arc<Inner>);

struct Inner {
    model: Arc<Model>,
    arguments: Arc<Arguments>,
    limits: Limits,
    /// Whether misspelt names are answered with near ones.
    suggests: bool,
    store: Store,
    cache: Cache,
}

impl Documents {
    pub(super) fn new(
        model: Arc<Model>,
        arguments: Arc<Arguments>,
        settings: &SchemaSettings,
        store: Store,
    ) -> Self {
        Self(Arc::new(Inner {
            model,
            arguments,
            limits: settings.limits.clone(),
            suggests: !settings.no_suggestions,
            store,
            cache: Cache::new(),
        }))
    }

    /// Reads a request: its document, its operation and its variables.
    ///
    /// # Errors
    /// All that is wrong with it: it is not executed.
    pub(super) async fn prepare(&self, request: Request) -> Result<Prepared, Refused> {
        let name = request.operation_name.clone();
        self.prepared(request).await.map_err(|refused| refused.of_operation(name.as_deref()))
    }

    async fn prepared(&self, mut request: Request) -> Result<Prepared, Refused> {
        self.0.store.resolve(&mut request)?;
        let document = self.document(&request).await?;
        let is_long = request.query.len() > SHORT && !document.is_merged(&request.variables);
        if is_long || !is_few(&request.variables) {
            return self.apart(move |inner| inner.prepared(&document, request)).await;
        }
        self.0.prepared(&document, request)
    }

    /// Reads off the threads that serve requests.
    async fn apart<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Inner) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let inner = self.0.clone();
        reading(move || read(&inner)).await.map_err(ApiError::from)?
    }

    /// The document of a request, as it is known or read anew.
    async fn document(&self, request: &Request) -> Result<Arc<Document>, Refused> {
        let text = &request.query;
        // An empty name is none.
        let name = request.operation_name.as_deref().filter(|name| !name.is_empty());
        let key = cache::key(text, name);
        if let Some(document) = self.0.cache.get(&key) {
            return Ok(document);
        }
        let document = if text.len() <= SHORT {
            self.0.read(text, name)?
        } else {
            let (text, name) = (text.clone(), name.map(str::to_owned));
            self.apart(move |inner| inner.read(&text, name.as_deref())).await?
        };
        let document = Arc::new(document);
        self.0.cache.keep(key, text.len(), document.clone());
        Ok(document)
    }
}

impl Inner {
    /// The request of a document: with its variables made to fit, within the limit of cost.
    fn prepared(&self, document: &Document, request: Request) -> Result<Prepared, Refused> {
        let Request { variables: given, query, extensions, .. } = request;
        let mut faults = Faults::new(self.suggests);
        let variables = variables::coerced(&document.variables, given, &self.model, &mut faults);
        faults.into_result(&query).map_err(|refused| refused.of_operation(document.name()))?;
        let cost = document.cost.with(&variables);
        within("units of cost", cost, self.limits.cost)?;
        let (model, arguments) = (&self.model, &self.arguments);
        let figures = (cost, self.limits.answer);
        Ok(document.prepared((model, arguments), variables, figures, &query, &extensions))
    }

    /// Reads a text: parses it, holds it against the limits and validates it.
    fn read(&self, text: &str, name: Option<&str>) -> Result<Document, Refused> {
        let tokens = tokens::scan(text);
        within("tokens", tokens.count, self.limits.tokens)?;
        within("nesting", tokens.deepest, self.limits.nesting)?;
        let parsed = debug_span!("parse").in_scope(|| Parser::new().parse_ast(tokens.plain, ""));
        let mut faults = Faults::new(self.suggests);
        let ast = match parsed {
            Ok(ast) => ast,
            Err(wrong) => {
                faults.push(syntax_error(text, &wrong.errors));
                wrong.partial
            }
        };
        if let Some(at) = tokens.lacks_colon {
            faults.push(Fault::new(
                at,
                "The document can't be read from here: a colon and a value are expected.",
            ));
        }
        faults.into_result(text)?;
        let judged = debug_span!("validate").in_scope(|| self.judged(text, &ast, name));
        judged.map_err(|refused| refused.of_operation(only_name(&ast)))
    }

    /// Holds a document against the limits and validates it.
    fn judged(&self, text: &str, ast: &ast::Document, name: Option<&str>) -> Result<Document, Refused> {
        let figures = limits::count(ast, &self.limits)?;
        let mut faults = Faults::new(self.suggests);
        let typed = validate::validated(text, ast, &self.model, &mut faults);
        faults.into_result(text)?;
        let (place, operation) = operation(&typed, name)?;
        let figures = figures.get(place).copied().unwrap_or_default();
        Ok(Document::new(typed, operation, figures, &self.model, text))
    }
}

/// The name of the operation of a document that has one operation.
fn only_name(document: &ast::Document) -> Option<&str> {
    let mut operations = document.definitions.iter().filter_map(ast::Definition::as_operation_definition);
    let (Some(operation), None) = (operations.next(), operations.next()) else { return None };
    operation.name.as_ref().map(apollo_compiler::Name::as_str)
}

/// Whether variables have few values, those in lists and objects included.
fn is_few(variables: &Variables) -> bool {
    fn left(value: &Value, most: usize) -> Option<usize> {
        let most = most.checked_sub(1)?;
        match value {
            Value::List(items) => items.iter().try_fold(most, |most, item| left(item, most)),
            Value::Object(fields) => fields.values().try_fold(most, |most, field| left(field, most)),
            _ => Some(most),
        }
    }
    variables.values().try_fold(FEW, |most, value| left(value, most)).is_some()
}

/// The operation that is meant, and its place among those of the document.
fn operation(
    document: &ExecutableDocument,
    name: Option<&str>,
) -> Result<(usize, Node<executable::Operation>), Refused> {
    let wrong = |message| Refused::from(ApiError::new(Code::BadUserInput, message));
    let mut operations = document.operations.iter().enumerate();
    let found = match name {
        Some(name) => {
            operations.find(|(_, operation)| operation.name.as_ref().is_some_and(|own| own == name))
        }
        None if document.operations.len() > 1 => {
            let message = "The document has several operations: say in \"operationName\" which is meant.";
            return Err(wrong(message.to_owned()));
        }
        None => operations.next(),
    };
    let found = found.map(|(place, operation)| (place, operation.clone()));
    found.ok_or_else(|| match name {
        Some(name) => wrong(format!("The document has no operation {}.", quoted(name))),
        None => wrong("The document has no operation, only fragments.".to_owned()),
    })
}

/// What a text can't be read for. The parser's first complaint is the cause of the others.
fn syntax_error(text: &str, errors: &apollo_compiler::validation::DiagnosticList) -> Fault {
    use apollo_compiler::diagnostic::ToCliReport as _;
    let spans = errors.iter().filter_map(|error| error.error.location());
    let Some((start, end)) = spans.map(|span| (span.offset(), span.end_offset())).min() else {
        return Fault::new(0, "The document can't be read.");
    };
    let source = text.get(start..end).unwrap_or_default().trim();
    let what = match source.chars().next() {
        None if text.trim().is_empty() => "is empty: send a query".to_owned(),
        None => "ends too early, or lacks something here".to_owned(),
        // What is in a string may be a secret.
        Some('"') => {
            "can't be read from here: this string is not closed, is written wrongly, or belongs elsewhere"
                .to_owned()
        }
        Some(_) => format!("can't be read from here: {} is not expected", quoted(source)),
    };
    Fault::new(start, format!("The document {what}."))
}
