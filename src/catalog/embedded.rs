//! The curated catalogue, part of the program.

use std::io;

use rust_embed::Embed;
use waymark_planner::Catalog;

use super::diagnostics::Diagnostics;
use super::{Placed, reader};

#[derive(Embed)]
#[folder = "catalog/"]
struct Files;

/// The catalogue that the program was built with, read like any other.
///
/// # Errors
/// A test keeps the embedded files free of errors.
pub fn embedded() -> Result<Catalog, Diagnostics> {
    embedded_placed().map(|placed| placed.catalog)
}

/// As [`embedded`], with the places of what was read.
///
/// # Errors
/// As [`embedded`].
pub fn embedded_placed() -> Result<Placed, Diagnostics> {
    let mut names: Vec<String> = Files::iter().map(|name| name.replace('\\', "/")).collect();
    // Only files are embedded: a folder is known by what is in it.
    let mut folders: Vec<_> = names
        .iter()
        .filter_map(|name| name.rsplit_once('/'))
        .map(|(folder, _)| format!("{folder}/"))
        .collect();
    folders.dedup();
    names.extend(folders);
    reader::read_folder("catalog", &names, |name| {
        Files::get(name).map(|file| file.data).ok_or_else(|| io::ErrorKind::NotFound.into())
    })
}
