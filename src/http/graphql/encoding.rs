//! How an answer is compressed (RFC 9110, 12.5.3).

use std::io::{self, Write as _};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use brotli::CompressorWriter;
use flate2::write::GzEncoder;
use tokio::task::spawn_blocking;

use super::media::weighted;
use crate::http::headers::listed;

/// An answer of fewer bytes is not worth compressing.
const SMALLEST: usize = 1_000;
/// The most bytes that are compressed on a thread that serves requests: well under a millisecond.
const QUICK: usize = 16 << 10;
/// Levels at which an answer takes about as long to compress as to make.
const BROTLI_QUALITY: u32 = 4;
const ZSTD_LEVEL: i32 = 3;
/// The window of Brotli, as a power of two, and the buffer that it writes by.
const BROTLI_WINDOW: u32 = 22;
const BROTLI_BUFFER: usize = 4096;

/// A content coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Brotli,
    Zstd,
}

impl Encoding {
    /// Those that compress, the quickest first: of equal weights the first is chosen.
    const PREFERRED: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    /// The coding of the greatest weight that a client accepts.
    pub(super) fn accepted(headers: &HeaderMap) -> Self {
        let weight_of = |coding: Self| {
            let mut wildcard = None;
            for (name, weight) in listed(headers, header::ACCEPT_ENCODING).map(weighted) {
                if name.eq_ignore_ascii_case(coding.name()) {
                    return weight;
                }
                if name == "*" {
                    wildcard = Some(weight);
                }
            }
            // Whoever says nothing of a coding takes the answer as it is, and no other.
            wildcard.unwrap_or(u16::from(coding == Self::Identity))
        };
        let mut best = (Self::Identity, weight_of(Self::Identity));
        for coding in Self::PREFERRED.into_iter().rev() {
            let weight = weight_of(coding);
            if weight > 0 && weight >= best.1 {
                best = (coding, weight);
            }
        }
        best.0
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    fn compress(self, plain: &[u8]) -> io::Result<Vec<u8>> {
        let target = Vec::with_capacity(plain.len() / 4);
        match self {
            Self::Identity => Ok(plain.to_vec()),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(target, flate2::Compression::default());
                encoder.write_all(plain)?;
                encoder.finish()
            }
            Self::Brotli => {
                let mut encoder = CompressorWriter::new(target, BROTLI_BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
                encoder.write_all(plain)?;
                // The end of the stream is written with the inner writer given back.
                Ok(encoder.into_inner())
            }
            Self::Zstd => zstd::bulk::compress(plain, ZSTD_LEVEL),
        }
    }
}

/// An answer as it is sent: compressed, if it is worth that.
#[derive(Clone, Debug)]
pub(super) struct Encoded {
    encoding: Encoding,
    pub(super) bytes: Bytes,
}

impl Encoded {
    /// Compresses an answer; a large one off the threads that serve requests.
    pub(super) async fn new(plain: Bytes, accepted: Encoding) -> Self {
        if accepted == Encoding::Identity || plain.len() < SMALLEST {
            return Self::identity(plain);
        }
        if plain.len() <= QUICK {
            return Self::or_identity(accepted.compress(&plain).ok(), accepted, plain);
        }
        let text = plain.clone();
        let compressed = spawn_blocking(move || accepted.compress(&text).ok()).await;
        Self::or_identity(compressed.ok().flatten(), accepted, plain)
    }

    const fn identity(bytes: Bytes) -> Self {
        Self { encoding: Encoding::Identity, bytes }
    }

    /// A buffer in memory takes whatever is written; should compressing fail all the same, the answer goes as it is.
    fn or_identity(compressed: Option<Vec<u8>>, encoding: Encoding, plain: Bytes) -> Self {
        compressed
            .map_or_else(|| Self::identity(plain), |compressed| Self { encoding, bytes: compressed.into() })
    }

    /// Says how it is compressed.
    pub(super) fn declare(&self, headers: &mut HeaderMap) {
        if self.encoding != Encoding::Identity {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(self.encoding.name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_weightiest_coding_is_chosen_and_of_equals_the_quickest() {
        for (accepted, encoding) in [
            ("", Encoding::Identity),
            ("identity", Encoding::Identity),
            ("deflate", Encoding::Identity),
            ("gzip", Encoding::Gzip),
            ("GZip", Encoding::Gzip),
            ("gzip, deflate, br", Encoding::Brotli),
            ("gzip, deflate, br, zstd", Encoding::Zstd),
            ("gzip;q=1.0, br;q=0.9, zstd;q=0.8", Encoding::Gzip),
            ("gzip;q=0.5, br;q=0.51", Encoding::Brotli),
            ("gzip;q=0, br;q=0", Encoding::Identity),
            ("identity, gzip;q=0.5", Encoding::Identity),
            ("identity;q=0.5, gzip", Encoding::Gzip),
            ("*", Encoding::Zstd),
            ("*;q=0.5, zstd;q=0", Encoding::Brotli),
            ("*;q=0", Encoding::Identity),
            ("identity;q=1, *;q=0", Encoding::Identity),
            ("gzip;q=nonsense", Encoding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
            assert_eq!(Encoding::accepted(&headers), encoding, "{accepted}");
        }
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
    }

    #[tokio::test]
    async fn what_is_compressed_is_what_it_was_and_small_answers_are_not() {
        for size in [SMALLEST, 10 * QUICK] {
            let plain: Vec<u8> = (0..size).map(|i| b"a topic "[i % 8]).collect();
            let encoded = |encoding| Encoded::new(plain.clone().into(), encoding);
            let gzip = encoded(Encoding::Gzip).await.bytes;
            let mut text = Vec::new();
            flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut text).unwrap();
            assert_eq!(text, plain);
            let br = encoded(Encoding::Brotli).await.bytes;
            text.clear();
            brotli::Decompressor::new(&br[..], BROTLI_BUFFER).read_to_end(&mut text).unwrap();
            assert_eq!(text, plain);
            let zstd = encoded(Encoding::Zstd).await.bytes;
            assert_eq!(zstd::bulk::decompress(&zstd, size).unwrap(), plain);
            assert!([gzip, br, zstd].iter().all(|bytes| bytes.len() * 5 < size));
        }
        let small = Encoded::new(vec![b'a'; SMALLEST - 1].into(), Encoding::Gzip).await;
        assert_eq!((small.encoding, small.bytes.len()), (Encoding::Identity, SMALLEST - 1));
    }
}
