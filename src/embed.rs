//! Build script: the default theme is part of the binary, so a changed, new or deleted file in it rebuilds.

fn main() {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=static");
}
