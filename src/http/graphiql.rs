//! GraphiQL from the binary: no request leaves the server's own address.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use rust_embed::Embed;

use super::embedded::{Keep, serve};

/// What the page may load: its own files. The editor makes its workers of blobs and sets styles by script; no script stands in the page.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
    worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Embed)]
#[folder = "web/graphiql/dist/"]
struct Files;

/// The page itself.
pub(super) async fn page(asked: HeaderMap) -> Response {
    serve::<Files>("index.html", Keep::UntilAsked, POLICY, &asked)
}

/// A file of the page.
pub(super) async fn file(Path(path): Path<String>, asked: HeaderMap) -> Response {
    let keep = if path.starts_with("assets/") { Keep::ForEver } else { Keep::UntilAsked };
    serve::<Files>(&path, keep, POLICY, &asked)
}
