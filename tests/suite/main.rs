//! One test binary. Cases are folders: see `tests/README.md`.

mod architecture;
mod bad_input;
mod bad_run;
mod build;
mod cards;
mod command_line;
mod conditions;
mod coverage;
mod guide;
mod harness;
mod own_content;
mod pages;
mod requirements;
mod rules;
mod show;
