//! The command line: one file a subcommand.

mod backup;
mod catalog_schema;
mod check;
mod copy;
mod export;
mod health;
mod import;
mod migrate;
mod plan;
mod schema;
mod serve;
mod shell;
mod supervisor;
mod user;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::ServeSettings;

/// A failure in one sentence (or a list of them), for whoever typed the command.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Personal learning roadmaps for backend engineers, computed and proven
#[derive(Parser)]
#[command(name = "waymark", version, about, long_about = None)]
#[command(
    after_help = "Without a command it serves. Every option can also be set by the environment variable named with it."
)]
#[command(args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeSettings,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web client, the API and GraphiQL (also what happens without a command)
    Serve(Box<ServeSettings>),
    /// Check a catalogue's files: prints all errors, or what is in it
    Check(check::Arguments),
    /// Import a catalogue's files into the database as a new revision
    Import(import::Arguments),
    /// Write the catalogue to a folder, or to a single file
    Export(export::Arguments),
    /// Print a personal roadmap, for reading or as JSON
    Plan(Box<plan::Arguments>),
    /// Print the GraphQL schema
    Schema,
    /// Print the JSON Schema of a catalogue's files, for editors
    CatalogSchema(catalog_schema::Arguments),
    /// Bring the database's tables up to date
    Migrate(crate::config::DatabaseSettings),
    /// Copy a SQLite database to a file, also while a server uses it
    Backup(backup::Arguments),
    /// Copy everything from one database to another, from SQLite to PostgreSQL for example, and compare row by row
    Copy(copy::Arguments),
    /// See to accounts: grant roles, set passwords, unlock
    User(user::Arguments),
    /// Ask a running server whether it lives
    Health(health::Arguments),
    /// Print a shell's completions
    Completions(shell::CompletionArguments),
    /// Print the manual page, or write those of all commands
    Man(shell::ManArguments),
}

/// Runs what the arguments say.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("the runtime can't be started: {error}")),
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure.to_string()),
    }
}

async fn dispatch(cli: Cli) -> Result<(), Failure> {
    match cli.command.unwrap_or_else(|| Command::Serve(Box::new(cli.serve))) {
        Command::Serve(settings) => serve::run(*settings).await,
        Command::Check(arguments) => check::run(&arguments),
        Command::Import(arguments) => import::run(arguments).await,
        Command::Export(arguments) => export::run(arguments).await,
        Command::Plan(arguments) => plan::run(*arguments).await,
        Command::Schema => schema::run(),
        Command::CatalogSchema(arguments) => catalog_schema::run(&arguments),
        Command::Migrate(settings) => migrate::run(settings).await,
        Command::Backup(arguments) => backup::run(arguments).await,
        Command::Copy(arguments) => copy::run(arguments).await,
        Command::User(arguments) => user::run(arguments).await,
        Command::Health(arguments) => health::run(arguments).await,
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man(arguments) => shell::man(&arguments),
    }
}

fn fail(message: &str) -> ExitCode {
    // Nothing is left to be done where even this can't be written.
    let _ = writeln!(std::io::stderr(), "waymark: {message}");
    ExitCode::FAILURE
}

/// Writes to standard output; a reader that went away (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// What is in a catalogue, in a line.
fn counts(catalog: &waymark_planner::Catalog) -> String {
    format!(
        "{} areas, {} topics, {} steps, {} roles, {} resources",
        catalog.areas().len(),
        catalog.topics().len(),
        catalog.steps().len(),
        catalog.roles().len(),
        catalog.resources().len()
    )
}
