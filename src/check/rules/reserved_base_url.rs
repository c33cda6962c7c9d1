#![doc = include_str!("reserved_base_url.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!("SB406", "reserved-base-url", Note, "reserved_base_url.md");

/// RFC 2606 and RFC 6761: names that lead nowhere, or to the reader's own machine.
const RESERVED: [&str; 7] = [
    "example",
    "test",
    "invalid",
    "localhost",
    "example.com",
    "example.net",
    "example.org",
];

/// Notes a base address under a name that is kept for examples and tests.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(site) = &context.book.site else {
        return;
    };
    let host = site.base_url.host().to_ascii_lowercase();
    let under = |name: &&str| host == **name || host.ends_with(&format!(".{name}"));
    if RESERVED.iter().any(under) {
        let message =
            format!("`{host}` is a name for examples: printed codes and links lead nowhere");
        let help = "write the address under which the site will be served; for a build that is served elsewhere, such as a trial, give its own to `build` with `--base-url`";
        diagnostics.push(Diagnostic::new(RULE, site.base_url.at, message).help(help));
    }
}
