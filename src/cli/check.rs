//! `waymark check PATH`.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, counts, print};
use crate::catalog;

#[derive(Args)]
pub(super) struct Arguments {
    /// The catalogue: a folder, or a single file
    path: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let catalog = catalog::read(&arguments.path).map_err(|diagnostics| {
        let n = diagnostics.iter().len();
        format!(
            "{} {} in {}\n{diagnostics}",
            n,
            if n == 1 { "error" } else { "errors" },
            arguments.path.display()
        )
    })?;
    print(&format!("{}: {}. No errors.\n", arguments.path.display(), counts(&catalog)))
}
