//! A request that is not executed: nothing of it was done, and its answer has no `data`.

use async_graphql::{Error, Pos, ServerError};

use super::error::ApiError;

/// A request that is not executed: its document, its variables, or what it asks for is at fault.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub errors: Vec<ServerError>,
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self { errors: vec![of_request(error)] }
    }
}

/// An error of the request as a whole.
pub(super) fn of_request(error: ApiError) -> ServerError {
    ServerError { locations: Vec::new(), ..Error::from(error).into_server_error(Pos::default()) }
}
