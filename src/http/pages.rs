//! The web client from the binary: one page, which shows what its address says.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

use super::embedded::{Keep, serve};
use super::headers::listed;

/// What the page may load and ask: its own server, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; worker-src 'self'; connect-src 'self'; \
    manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The addresses that the client knows, as `web/client/src/app.tsx` has them: any other is not found.
pub(super) const PAGES: [&str; 17] = [
    "/",
    "/plan",
    "/compare",
    "/topics",
    "/topics/{slug}",
    "/resources",
    "/resources/{slug}",
    "/roles",
    "/roles/{slug}",
    "/my",
    "/my/{id}",
    "/shared/{secret}",
    "/sign-in",
    "/account",
    "/curate",
    "/curate/{part}",
    "/curate/{part}/{slug}",
];

#[derive(Embed)]
#[folder = "web/client/dist/"]
struct Files;

/// The page, whatever it is going to show.
pub(super) async fn page(asked: HeaderMap) -> Response {
    serve::<Files>("index.html", Keep::UntilAsked, POLICY, &asked)
}

/// A file that the page is made of.
pub(super) async fn asset(Path(path): Path<String>, asked: HeaderMap) -> Response {
    serve::<Files>(&format!("assets/{path}"), Keep::ForEver, POLICY, &asked)
}

/// What browsers mark the page by.
pub(super) async fn icon(asked: HeaderMap) -> Response {
    serve::<Files>("favicon.svg", Keep::UntilAsked, POLICY, &asked)
}

/// What is not there: for people the page, which says so; for programs a line.
pub(super) async fn nothing(mut asked: HeaderMap) -> Response {
    let is_person = listed(&asked, header::ACCEPT).any(|kind| kind.starts_with("text/html"));
    if !is_person {
        let said =
            "There is nothing here. The web client is at /, the API at /graphql, GraphiQL at /graphiql.\n";
        return (StatusCode::NOT_FOUND, said).into_response();
    }
    asked.remove(header::IF_NONE_MATCH);
    let mut page = page(asked).await;
    *page.status_mut() = StatusCode::NOT_FOUND;
    page.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
