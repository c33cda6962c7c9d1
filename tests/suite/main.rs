//! One test binary. Cases are folders: see `tests/README.md`.

mod harness;
mod rules;
