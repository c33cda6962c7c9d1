//! stepbook turns providers' procedures into step guides and printable checklists.
//!
//! A run is a pipeline. Each stage is a module that takes the value of the stage before it and returns a new one:
//!
//! ```text
//! discover -> parse -> resolve -> check -> render -> write
//!  files     documents  Book    diagnostics  pages   public/
//! ```
//!
//! - A stage uses only the stages before it, and below them [`model`] (the content's words), [`yaml`] (text to typed
//!   values) and [`diagnostic`]. A test holds this.
//! - No stage prints, exits, or reads the environment; the command ([`cli`]) does.
//! - Wrong content becomes a [`Diagnostic`](diagnostic::Diagnostic) and the run goes on, so that an author sees all
//!   of it at once. An error means that the run could not go on.
//! - A [`Book`](model::Book) never changes. The same input gives the same bytes on every machine and thread count.
//!
//! # Example
//!
//! ```
//! use stepbook::{check, model::Book};
//!
//! let today = "2026-11-23".parse()?;
//! assert!(check::check(&Book::default(), today).is_empty(), "an empty book breaks no rule");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod card;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod discover;
pub mod external;
pub mod find;
pub mod fix;
pub mod mcp;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod qr;
pub mod release;
pub mod render;
pub mod resolve;
pub mod serve;
pub mod suppress;
pub mod translate;
pub mod words;
pub mod write;
pub mod yaml;
