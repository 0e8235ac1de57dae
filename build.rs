//! Builds anew when an embedded folder changes: the macro that embeds them sees files, not folders.

#[allow(clippy::print_stdout)] // how a build script talks to cargo
fn main() {
    for folder in ["catalog", "web/client/dist", "web/graphiql/dist"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
