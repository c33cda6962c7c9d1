//! One test binary. Cases are folders: see `tests/README.md`.

mod architecture;
mod bad_input;
mod bad_run;
mod build;
mod cards;
mod command_line;
mod conditions;
mod coverage;
mod edits;
mod feed;
mod find;
mod fix;
mod formats;
mod guide;
mod harness;
mod link;
mod mcp;
mod moved;
mod own_content;
mod pages;
mod release;
mod requirements;
mod rules;
mod schema;
mod show;
mod site_files;
