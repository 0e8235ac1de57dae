//! Documents by the hash of their text: clients send the same few again and again.

use std::sync::{Arc, OnceLock};

use async_graphql::ServerError;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::telemetry::figures::CacheFigures;

/// The memory for documents, in bytes; a document takes about twenty times its text, and as much again merged.
const BYTES: u64 = 32 << 20;
const TIMES_THE_TEXT: usize = 40;

/// A document that was parsed.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) parsed: ExecutableDocument,
    /// What is executed of it, where that is always the same: it was found valid, and has been merged.
    pub(super) ready: OnceLock<ExecutableDocument>,
}

/// Parsed documents, those that are asked for least leaving first.
#[derive(Clone)]
pub(in crate::graphql) struct Parsed {
    cache: Cache<[u8; 32], (Arc<Known>, u32)>,
    figures: CacheFigures,
}

impl Parsed {
    pub(in crate::graphql) fn new() -> Self {
        let weigher = |_: &[u8; 32], (_, bytes): &(Arc<Known>, u32)| *bytes;
        let cache = Cache::builder().max_capacity(BYTES).weigher(weigher).build();
        Self { cache, figures: CacheFigures::new("documents") }
    }

    /// The document of a text. What can't be parsed is not remembered.
    pub(super) fn get(&self, text: &str) -> Result<Arc<Known>, ServerError> {
        let hash: [u8; 32] = Sha256::digest(text).into();
        let known = self.cache.get(&hash);
        self.figures.note(known.is_some());
        if let Some((known, _)) = known {
            return Ok(known);
        }
        let known = Arc::new(Known { parsed: parse_query(text)?, ready: OnceLock::new() });
        let bytes = u32::try_from(text.len() * TIMES_THE_TEXT).unwrap_or(u32::MAX);
        self.cache.insert(hash, (known.clone(), bytes));
        Ok(known)
    }
}
