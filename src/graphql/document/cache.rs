//! Documents by the hash of their text: clients send the same few again and again.

use std::sync::{Arc, OnceLock};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::ExecutableDocument;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::{Bill, Fault};
use crate::telemetry::figures::CacheFigures;

/// The memory for documents, in bytes; a document takes about twenty times its text, and as much again merged.
const BYTES: u64 = 32 << 20;
const TIMES_THE_TEXT: usize = 40;

/// A document that was parsed.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) parsed: ExecutableDocument,
    /// What is known of it once and for all, where it has one operation and no variables and was found valid.
    pub(super) ready: OnceLock<Ready>,
}

/// What is executed of a document, and what it costs.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) merged: ExecutableDocument,
    pub(super) bill: Bill,
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

    /// The document of a text, `check` having passed it. What can't be parsed is not remembered.
    pub(super) fn get(
        &self,
        text: &str,
        check: impl FnOnce() -> Result<(), Fault>,
    ) -> Result<Arc<Known>, Fault> {
        let hash: [u8; 32] = Sha256::digest(text).into();
        let known = self.cache.get(&hash);
        self.figures.note(known.is_some());
        if let Some((known, _)) = known {
            return Ok(known);
        }
        check()?;
        let parsed = parse_query(text).map_err(|error| Fault::Syntax(error.into()))?;
        let known = Arc::new(Known { parsed, ready: OnceLock::new() });
        let bytes = u32::try_from(text.len() * TIMES_THE_TEXT).unwrap_or(u32::MAX);
        self.cache.insert(hash, (known.clone(), bytes));
        Ok(known)
    }
}
