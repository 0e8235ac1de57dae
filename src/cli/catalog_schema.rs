//! `waymark catalog-schema [LIST]`.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{Failure, print};
use crate::catalog::json_schema;

#[derive(Args)]
pub(super) struct Arguments {
    /// The list that the file holds; all four, if absent
    #[arg(value_parser = PossibleValuesParser::new(["areas", "topics", "roles", "resources"]))]
    list: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let schema = json_schema(arguments.list.as_deref()).unwrap_or_default();
    print(&format!("{schema:#}\n"))
}
