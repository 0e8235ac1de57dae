//! `waymark check [PATH]`.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, counts, print};
use crate::catalog::{self, report::report, strict};

#[derive(Args)]
pub(super) struct Arguments {
    /// The catalogue: a folder, or a single file; the embedded one if absent
    path: Option<PathBuf>,
    /// Also check what makes a catalogue good: fitting resources and practice for every step and every stack, alternatives that are substitutes,
    /// confirmed addresses, sane hours and lengths; each finding names its rule
    #[arg(long)]
    strict: bool,
    /// Print what is in it: steps by area and level, hours from role to role, the longest chain, resources by kind, practice, what is never reached or chosen
    #[arg(long)]
    report: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = arguments.path.as_deref();
    let name = path.map_or("the embedded catalogue".to_owned(), |path| path.display().to_string());
    let read = path.map_or_else(catalog::embedded_placed, catalog::read_placed);
    let placed = read.map_err(|diagnostics| {
        let n = diagnostics.iter().len();
        format!("{}\n{diagnostics}", counted(n, "error", &name))
    })?;
    if arguments.report {
        print(&format!("{}\n", report(&placed.catalog)))?;
    }
    if arguments.strict {
        let findings = strict::findings(&placed.catalog, &placed.places);
        if !findings.is_empty() {
            let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
            return Err(format!("{}\n{}", counted(findings.len(), "finding", &name), lines.join("\n")).into());
        }
    }
    print(&format!("{name}: {}. No errors.\n", counts(&placed.catalog)))
}

fn counted(n: usize, what: &str, name: &str) -> String {
    format!("{n} {what}{} in {name}", if n == 1 { "" } else { "s" })
}
