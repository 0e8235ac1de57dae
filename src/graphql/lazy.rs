//! Values that cost a search: computed once, when they are first asked for, and off the threads that serve requests.

use tokio::sync::OnceCell;

use super::error::{ApiError, Code};

/// A value that is computed at most once.
pub(crate) struct Lazy<T>(OnceCell<T>);

impl<T> Default for Lazy<T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<T: Clone + Send + 'static> Lazy<T> {
    /// The value; the first to ask computes it, the others wait for it.
    pub(crate) async fn get(&self, compute: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        self.0.get_or_try_init(|| blocking(compute)).await.cloned()
    }
}

/// Runs a computation where it blocks nobody.
pub(crate) async fn blocking<T: Send + 'static>(
    compute: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(compute).await.map_err(|error| {
        tracing::error!(%error, "a computation did not come to its end");
        ApiError::new(
            Code::Internal,
            "The answer could not be computed. The fault is the server's, and has been logged.",
        )
    })
}
