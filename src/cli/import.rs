//! `waymark import PATH`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::{Failure, counts, print};
use crate::catalog::diff::{Change, Difference, FieldChange, diff};
use crate::config::DatabaseSettings;
use crate::service;
use crate::store::Store;
use crate::text::{Lines, find_unprintable};

#[derive(Args)]
pub(super) struct Arguments {
    /// The catalogue: a folder, or a single file
    path: PathBuf,
    /// What those who look at the revisions are told about this one
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// Only say what would be different
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    database: DatabaseSettings,
}

pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let store = Store::open(&arguments.database.database).await?;
    store.migrate().await?;
    let said = if arguments.dry_run {
        compare(&store, &arguments).await?
    } else {
        import(&store, &arguments).await?
    };
    print(&said)?;
    Ok(store.close().await?)
}

async fn import(store: &Store, arguments: &Arguments) -> Result<String, Failure> {
    let Arguments { path, message, .. } = arguments;
    check(message.as_deref().unwrap_or_default())?;
    let clock = service::system_clock();
    let (import, catalog) = service::import(store, path, message.as_deref(), &clock).await?;
    let number = import.revision().number;
    Ok(if import.is_new() {
        format!("Imported as revision {number}: {}.\n", counts(&catalog))
    } else {
        format!("Nothing to do: revision {number} is this very catalogue.\n")
    })
}

/// Checks the message as the API does.
fn check(message: &str) -> Result<(), Failure> {
    const LONGEST: usize = 500;
    if message.chars().count() > LONGEST {
        return Err(format!("--message is longer than {LONGEST} characters: say it shorter").into());
    }
    match find_unprintable(message, Lines::Several) {
        Some(found) => {
            Err(format!("--message has a character that cannot be seen ({found}): leave it out").into())
        }
        None => Ok(()),
    }
}

/// What an import would change, a line for each thing.
async fn compare(store: &Store, arguments: &Arguments) -> Result<String, Failure> {
    let catalog = service::read(&arguments.path)?;
    let Some(stored) = service::stored(store).await? else {
        return Ok(format!("Would be the first revision: {}.\n", counts(&catalog)));
    };
    let differences = diff(&stored.catalog, &catalog);
    if differences.is_empty() {
        return Ok(format!("Nothing to do: revision {} is this very catalogue.\n", stored.revision));
    }
    let head = format!("Different from revision {}: {} things.\n", stored.revision, differences.len());
    Ok(differences.iter().map(line).fold(head, |said, line| said + &line))
}

/// A thing that is different, and what is different about it.
fn line(difference: &Difference) -> String {
    let Difference { what, change, slug, level, former, fields, .. } = difference;
    let sign = match change {
        Change::Added => '+',
        Change::Removed => '-',
        Change::Changed | Change::Renamed => '~',
    };
    let mut line = format!("{sign} {} {slug}", what.name().to_lowercase());
    if let Some(level) = level {
        let _ = write!(line, "@{level}");
    }
    if let Some(former) = former {
        let _ = write!(line, ", before {former}");
    }
    line.push('\n');
    for FieldChange { name, before, after } in fields {
        let text = |value: &Option<String>| value.as_deref().unwrap_or("nothing").to_owned();
        let _ = writeln!(line, "    {name}: {} -> {}", text(before), text(after));
    }
    line
}
