//! The `waymark` program: see the library's documentation.

use std::process::ExitCode;

/// Answers are made of many small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    waymark::cli::run()
}
