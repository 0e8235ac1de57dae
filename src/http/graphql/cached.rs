//! Finished answers by the questions that they answer: what is asked again is not answered again.
//!
//! What depends on the catalogue alone, and on the day, has no owner and is the same for everybody. Such an answer is kept in bytes until the
//! catalogue is another one, and known outside by a strong `ETag`.
//!
//! Equal tags mean equal bytes, from whichever server they come: a tag is made of all that an answer
//! depends on, which is the content of the catalogue, the number that it has in the database, the
//! request, the day, the form of the answer, the build, and the settings of the schema.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDate;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::encoding::{Encoded, Encoding};
use super::media::Media;
use crate::catalog::{CatalogVersion, hex};
use crate::graphql::Fingerprint;
use crate::http::headers::listed;
use crate::http::identity::is_anonymous;
use crate::http::observe::Operation;
use crate::telemetry::figures::CacheFigures;

/// What an entry takes beside its question and its answer: the cache's own books.
const OVERHEAD: usize = 300;
/// How many bytes of the digest the tag has: more than chance will ever hit.
const TAG_BYTES: usize = 16;

/// A question as it came: equal ones have equal answers on one version of the catalogue, from one build
/// with one set of settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    /// A body, or the parameters of an address.
    pub(super) text: Bytes,
    pub(super) is_get: bool,
    pub(super) media: Media,
    /// The coding that the client takes before all others.
    pub(super) encoding: Encoding,
    /// A roadmap that begins today is another one tomorrow.
    pub(super) today: NaiveDate,
    /// The catalogue that is answered from.
    pub(super) catalog: CatalogVersion,
    /// The build and the settings that answer.
    pub(super) by: Fingerprint,
}

impl Question {
    /// The strong `ETag` of the answer: a digest of everything that it depends on. The pattern names each
    /// field, so that a new one can't be forgotten.
    fn tag(&self) -> HeaderValue {
        let Self { text, is_get, media, encoding, today, catalog, by } = self;
        let CatalogVersion { revision, id } = catalog;
        let mut digest = Sha256::new();
        for part in [id.bytes(), by.bytes(), &revision.to_be_bytes()[..]] {
            digest.update(part);
        }
        digest.update([u8::from(*is_get), *encoding as u8]);
        for part in [today.to_string().as_bytes(), media.content_type().as_bytes(), text] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        let text = format!("\"{revision}-{}\"", hex(&digest.finalize()[..TAG_BYTES]));
        // Digits and quotes, so this does not fail.
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }

    /// Whether nothing in a request says who asks: only then is its answer everybody's.
    pub(super) fn is_anonymous(headers: &HeaderMap) -> bool {
        is_anonymous(headers)
    }
}

/// An answer with what is said about it.
#[derive(Debug)]
pub(super) struct Finished {
    content_type: &'static str,
    tag: HeaderValue,
    operation: Option<Operation>,
    body: Encoded,
}

impl Finished {
    /// The answer to a question. It is compressed once, for all who take it so.
    pub(super) async fn new(question: &Question, operation: Option<Operation>, json: Bytes) -> Self {
        let body = Encoded::new(json, question.encoding).await;
        let tag = question.tag();
        let content_type = question.media.content_type();
        Self { content_type, tag, operation, body }
    }

    /// As HTTP; without a body where the client of a `GET` has it already.
    pub(super) fn respond(&self, is_get: bool, headers: &HeaderMap, cache_control: &HeaderValue) -> Response {
        let mut response = if is_get && is_known(headers, &self.tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response =
                ([(header::CONTENT_TYPE, self.content_type)], self.body.bytes.clone()).into_response();
            self.body.declare(response.headers_mut());
            response
        };
        if let Some(operation) = &self.operation {
            response.extensions_mut().insert(operation.clone());
        }
        let tag = is_get.then(|| self.tag.clone());
        tagged(response, tag, cache_control)
    }
}

/// What is said to the client of a `GET` that has the answer to its question already, by the tag that only that answer has: nothing has to be
/// computed for it, nor kept.
pub(super) fn unchanged(
    question: &Question,
    headers: &HeaderMap,
    cache_control: &HeaderValue,
) -> Option<Response> {
    let known = headers.get(header::IF_NONE_MATCH)?;
    // Whoever has anything at all has not said that there is an answer.
    if !question.is_get || known == "*" {
        return None;
    }
    let tag = question.tag();
    is_known(headers, &tag)
        .then(|| tagged(StatusCode::NOT_MODIFIED.into_response(), Some(tag), cache_control))
}

fn tagged(mut response: Response, tag: Option<HeaderValue>, cache_control: &HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
        headers.insert(header::CACHE_CONTROL, cache_control.clone());
    }
    response
}

/// Whether a client says that it has what a tag is of, or anything.
fn is_known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let tag = tag.to_str().unwrap_or_default();
    // The weak comparison (RFC 9110, 13.1.2): the mark of a weak tag is passed over.
    listed(headers, header::IF_NONE_MATCH)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The finished answers from one version of the catalogue, bounded in bytes; what is asked for least goes first.
pub struct Answers {
    bytes: u64,
    cache_control: HeaderValue,
    figures: CacheFigures,
    kept: RwLock<Option<(CatalogVersion, Kept)>>,
}

type Kept = Cache<Question, Arc<Finished>>;

impl Answers {
    /// Keeps answers of so many bytes; none with 0. Others may keep them for so long without asking again.
    pub fn new(bytes: u64, max_age: Duration) -> Self {
        let cache_control = match max_age.as_secs() {
            0 => HeaderValue::from_static("public, no-cache"),
            seconds => HeaderValue::try_from(format!("public, max-age={seconds}"))
                .unwrap_or_else(|_| HeaderValue::from_static("public, no-cache")),
        };
        let figures = CacheFigures::new("answers");
        Self { bytes, cache_control, figures, kept: RwLock::default() }
    }

    /// What caches outside are told of an answer that is everybody's.
    pub(super) fn cache_control(&self) -> &HeaderValue {
        &self.cache_control
    }

    /// What was answered to a question.
    pub(super) fn get(&self, question: &Question) -> Option<Arc<Finished>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.as_ref().filter(|(catalog, _)| *catalog == question.catalog);
        let answer = kept.and_then(|(_, kept)| kept.get(question));
        self.figures.note(answer.is_some());
        answer
    }

    /// Keeps an answer. The first one from another catalogue drops those of the one before.
    pub(super) fn keep(&self, question: &Question, answer: Arc<Finished>) {
        if self.bytes == 0 {
            return;
        }
        let kept_now = {
            let mut current = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            let of_catalog = current.take().filter(|(catalog, _)| *catalog == question.catalog);
            let of_catalog = of_catalog.unwrap_or_else(|| (question.catalog, kept(self.bytes)));
            current.insert(of_catalog).1.clone()
        };
        // The text as it came is a piece of all that was read from its connection.
        let text = Bytes::copy_from_slice(&question.text);
        kept_now.insert(Question { text, ..question.clone() }, answer);
    }
}

fn kept(bytes: u64) -> Kept {
    let weigher = |question: &Question, answer: &Arc<Finished>| {
        u32::try_from(OVERHEAD + question.text.len() + answer.body.bytes.len()).unwrap_or(u32::MAX)
    };
    Cache::builder().max_capacity(bytes).weigher(weigher).build()
}
