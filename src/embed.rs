//! Build script: the default theme and the site that `init` makes are part of the binary, so a changed, new or deleted
//! file in them rebuilds.

#[expect(
    clippy::print_stdout,
    reason = "this is how a build script speaks to cargo"
)]
fn main() {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=static");
    println!("cargo:rerun-if-changed=src/cli/init/site");
}
