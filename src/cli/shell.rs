//! `waymark completions` and `waymark man`: what shells and `man` want to know, from the same source as `--help`.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::{Cli, Failure, print};

#[derive(Args)]
pub(super) struct CompletionArguments {
    /// The shell
    shell: Shell,
}

#[derive(Args)]
pub(super) struct ManArguments {
    /// A folder to write the pages of all commands to; without it the first page is printed
    folder: Option<PathBuf>,
}

pub(super) fn completions(arguments: &CompletionArguments) -> Result<(), Failure> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut Cli::command(), "waymark", &mut script);
    print(&String::from_utf8(script)?)
}

pub(super) fn man(arguments: &ManArguments) -> Result<(), Failure> {
    if let Some(folder) = &arguments.folder {
        std::fs::create_dir_all(folder)?;
        clap_mangen::generate_to(Cli::command(), folder)?;
        return print(&format!("Wrote the pages to {}.\n", folder.display()));
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&String::from_utf8(page)?)
}
