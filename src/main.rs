//! The `waymark` program: see the library's documentation.

use std::process::ExitCode;

fn main() -> ExitCode {
    waymark::cli::run()
}
