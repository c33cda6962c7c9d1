//! The `Book` -> answers to a language model, as a server of the Model Context Protocol over standard input and output.
//!
//! It reads and never writes, and no page is made. Answers are bounded: what is left off is said, with how to ask for it.

mod answer;
mod applicable;
mod ask;
mod resources;
mod tools;

use std::io;

use rmcp::model::{
    Implementation, ListResourceTemplatesResult, ListResourcesResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, ServerInitializeError};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt, tool_handler};

use crate::card::Cards;
use crate::find::Finder;
use crate::model::Book;
use crate::words::Words;

/// What a model is told before it asks anything.
const INSTRUCTIONS: &str = "\
Step-by-step procedures, one a provider, written by people. Use find_step when someone describes what they \
want to do, get_procedure for the steps that apply to them, and list_providers for what there is. Every step has a \
permalink: give it to the person, it opens at that very step.

- What is said here holds as of the edition named beside it; steps and procedures change, so ask again.
- A procedure without `reviewed` was never held against the provider's word: say so before anything else of it.
- `verified: false` or an absent value means that nobody has a source for it: say so, and tell the person to ask the \
provider. Never fill in a telephone number, address, fee or time from elsewhere.
- Ask the person what `choices` asks, one at a time, and pass the answers to get_procedure. Steps are numbered as on \
the guide, so those that do not apply leave gaps. Keep their order: read `caution` and `notices` before a step, and say \
so where `irreversible` is true.
- An answer with `stops`, or with a `warning`, means that the person must not go on with the steps that are left out.";

/// Why the server could not serve.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum McpError {
    /// The system gives no means to wait for input.
    #[error("cannot wait for input")]
    Runtime {
        /// Why.
        source: io::Error,
    },
    /// The client did not begin as the protocol asks.
    #[error(
        "the client did not begin as the protocol asks: start the server from a client of the Model Context Protocol"
    )]
    Begin {
        /// What it did.
        source: Box<ServerInitializeError>,
    },
    /// The server broke down.
    #[error("the server broke down")]
    Serve {
        /// Why.
        source: tokio::task::JoinError,
    },
}

/// Serves a book without errors until the input ends. `words` are in its language, `base_url` is where the site is served,
/// without a slash at the end. The book is never freed: the process has nothing else to do.
///
/// # Errors
///
/// A client that does not speak the protocol.
pub fn serve(book: Book, words: Words, base_url: String) -> Result<(), McpError> {
    let book: &'static Book = Box::leak(Box::new(book));
    let server = Server {
        book,
        finder: Finder::of(book, false),
        cards: Cards::new(book, words, base_url, false),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|source| McpError::Runtime { source })?;
    runtime.block_on(async {
        match server.serve(rmcp::transport::stdio()).await {
            Ok(running) => {
                let ended = running.waiting().await;
                ended.map(drop).map_err(|source| McpError::Serve { source })
            }
            // Input that ends before anything is asked has ended all the same.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(source) => Err(McpError::Begin {
                source: Box::new(source),
            }),
        }
    })
}

/// Answers over one book.
struct Server {
    book: &'static Book,
    finder: Finder,
    cards: Cards<'static>,
}

#[tool_handler]
impl ServerHandler for Server {
    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        self.list(request.and_then(|request| request.cursor).as_deref())
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(resources::templates())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.read(&request.uri).map(Into::into)
    }

    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        let site = self.book.site.as_ref();
        let title = site.map_or("", |site| &*site.title.value);
        let name = Implementation::new("stepbook", env!("CARGO_PKG_VERSION")).with_title(title);
        ServerConfig::new(capabilities)
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }
}
