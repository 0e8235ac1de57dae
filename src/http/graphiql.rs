//! GraphiQL from the binary: no request leaves the server's own address.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};

/// What the page may load: its own files. The editor makes its workers of blobs and sets styles by script; no script stands in the page.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Embed)]
#[folder = "web/graphiql/dist/"]
struct Files;

/// The page itself, which is asked for anew each time.
pub(super) async fn page() -> Response {
    serve("index.html", "no-cache")
}

/// A file of the page; the name of an asset has a hash of its content, so it never changes.
pub(super) async fn file(Path(path): Path<String>) -> Response {
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    serve(&path, cache)
}

fn serve(path: &str, cache: &'static str) -> Response {
    let Some(EmbeddedFile { data, metadata }) = Files::get(path) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, metadata.mimetype().to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, data).into_response()
}
