//! Tells the program which build it is, and builds anew when an embedded folder changes: the macro that embeds them sees files, not folders.

use std::path::Path;

include!("build/identity.rs");

#[allow(clippy::print_stdout)] // how a build script talks to cargo
fn main() -> std::io::Result<()> {
    for path in ["build", "catalog", "web/client/dist", "web/graphiql/dist"].into_iter().chain(SOURCES) {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rustc-env=WAYMARK_BUILD={}", identity(Path::new("."))?);
    Ok(())
}
