//! A request that is not executed: nothing of it was done, and its answer has no `data`.

use async_graphql::{Error, Pos, ServerError};

use super::error::ApiError;

/// A request that is not executed: its document, its variables, or what it asks for is at fault.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub errors: Vec<ServerError>,
    /// The name of its operation, where one is known, whether or not the document has it.
    pub operation_name: Option<String>,
}

impl Refused {
    /// The same with the name of its operation, unless that is known already.
    pub(super) fn of_operation(self, name: Option<&str>) -> Self {
        let operation_name = self.operation_name.or_else(|| name.map(str::to_owned));
        Self { operation_name, ..self }
    }
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self { errors: vec![of_request(error)], operation_name: None }
    }
}

/// An error of the request as a whole.
pub(super) fn of_request(error: ApiError) -> ServerError {
    ServerError { locations: Vec::new(), ..Error::from(error).into_server_error(Pos::default()) }
}
