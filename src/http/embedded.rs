//! Files from the binary: what a browser is told about them, and the compressed form where it takes that.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};

use super::headers::listed;

/// How long a file may be kept without being asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Its name has a hash of its content, so it never changes.
    ForEver,
    /// It is asked for each time; where it is the one that the browser has, that is all that is said.
    UntilAsked,
}

impl Keep {
    const fn header(self) -> &'static str {
        match self {
            Self::ForEver => "public, max-age=31536000, immutable",
            Self::UntilAsked => "no-cache",
        }
    }
}

/// Serves a file of a folder under a content security policy.
pub(super) fn serve<F: Embed>(path: &str, keep: Keep, policy: &'static str, asked: &HeaderMap) -> Response {
    let Some(EmbeddedFile { data, metadata }) = F::get(path) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let tag = tag(&metadata.sha256_hash());
    let common = [
        (header::CACHE_CONTROL, keep.header().to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy.to_owned()),
        (header::ETAG, tag.clone()),
    ];
    if listed(asked, header::IF_NONE_MATCH).any(|known| known == tag || known == "*") {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = [(header::CONTENT_TYPE, metadata.mimetype().to_owned())];
    if takes_brotli(asked)
        && let Some(compressed) = F::get(&format!("{path}.br"))
    {
        let how = [(header::CONTENT_ENCODING, "br"), (header::VARY, "accept-encoding")];
        return (common, kind, how, compressed.data).into_response();
    }
    (common, kind, data).into_response()
}

/// The same content has the same tag; a weak one, since it stands for the compressed form too.
fn tag(hash: &[u8]) -> String {
    let number = hash.iter().take(16).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    format!("W/\"{number:032x}\"")
}

/// Whether the browser takes Brotli (RFC 9110, 12.5.3); a weight of zero says that it does not.
fn takes_brotli(asked: &HeaderMap) -> bool {
    listed(asked, header::ACCEPT_ENCODING).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_brotli = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case("br"));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        is_brotli && weight.is_ok_and(|weight| weight > 0.0)
    })
}
