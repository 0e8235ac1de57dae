//! A catalogue as it is kept beside others that are like it: the text of a single file, compressed.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use waymark_planner::Catalog;

use super::{parse, print};

/// Packs a catalogue.
pub fn pack(catalog: &Catalog) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail; an empty pack could not be opened again, and says so then.
    packer.write_all(print(catalog).as_bytes()).and_then(|()| packer.finish()).unwrap_or_default()
}

/// The catalogue of a pack.
///
/// # Errors
/// Where it is none, or is of a form that this version does not read.
pub fn unpack(pack: &[u8]) -> io::Result<Catalog> {
    parse("revision.yaml", unpack_text(pack)?.as_bytes()).map_err(io::Error::other)
}

/// The text of a pack, which is that of a single file.
///
/// # Errors
/// Where it is none.
pub fn unpack_text(pack: &[u8]) -> io::Result<String> {
    let mut text = String::new();
    GzDecoder::new(pack).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use waymark_planner::testing;

    use super::*;

    #[test]
    fn what_was_packed_is_unpacked() {
        let catalog = testing::catalog("a@W:1 b@W:2(a@W)", &[("junior", None, "b@W")]);
        assert_eq!(unpack(&pack(&catalog)).unwrap(), catalog);
        unpack(b"").unwrap_err();
    }
}
