//! HTTP requests -> questions for `pages`, and answers. Only reading, only for who asks this machine by its own name.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::mpsc::Sender;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use super::pages::{Message, Reply, State};

/// Where the server's own files are: no page can be, as no id begins with a dot.
const EVENTS: &str = "/.stepbook/events";
const SCRIPT: &str = "/.stepbook/client.js";
const STYLE: &str = "/.stepbook/client.css";

/// An open page asks again so long after the server went.
const ASK_AGAIN: Duration = Duration::from_millis(500);

#[derive(Clone)]
struct Server {
    messages: Sender<Message>,
    states: watch::Receiver<State>,
}

/// Answers until `stop` says so and all that listen have been let go.
pub(super) async fn serve(
    listener: TcpListener,
    messages: Sender<Message>,
    states: watch::Receiver<State>,
    stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let script = || own("text/javascript", include_str!("client.js"));
    let style = || own("text/css", include_str!("client.css"));
    let router = Router::new()
        .route(EVENTS, get(events))
        .route(SCRIPT, get(async move || script()))
        .route(STYLE, get(async move || style()))
        .fallback(page)
        .layer(middleware::from_fn(guarded))
        .with_state(Server { messages, states });
    let stopped = async {
        let _ = stop.await;
    };
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped)
        .await
}

/// Waits for Ctrl-C, or for the system to end the process.
pub(super) async fn end() -> io::Result<()> {
    let (sender, mut ended) = tokio::sync::mpsc::channel(1);
    #[cfg(unix)]
    {
        let kind = tokio::signal::unix::SignalKind::terminate();
        let mut told = tokio::signal::unix::signal(kind)?;
        let sender = sender.clone();
        tokio::spawn(async move {
            told.recv().await;
            let _ = sender.send(()).await;
        });
    }
    tokio::spawn(async move {
        // Where the system tells of no Ctrl-C, it ends the process by itself.
        if tokio::signal::ctrl_c().await.is_ok() {
            let _ = sender.send(()).await;
        }
    });
    ended.recv().await;
    Ok(())
}

/// Refuses what changes anything, and who asks by a name that is not this machine's: a page elsewhere can give its own
/// name this machine's address, and would read along (DNS rebinding).
async fn guarded(request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refusal = plain(
            StatusCode::METHOD_NOT_ALLOWED,
            "only GET and HEAD are answered\n",
        );
        return ([(header::ALLOW, "GET, HEAD")], refusal).into_response();
    }
    let host = request.headers().get(header::HOST);
    if !host
        .and_then(|host| host.to_str().ok())
        .is_some_and(is_this_machine)
    {
        let words = "ask by the address that `stepbook serve` printed, or by `localhost`: another name could belong to anybody\n";
        return plain(StatusCode::FORBIDDEN, words);
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// Whether a Host header names a machine by number, or this one.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok()
}

/// What open pages are told, now and after every change.
async fn events(
    Shared(server): Shared<Server>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let states = WatchStream::new(server.states).map(|state| {
        let faults = state.faults.as_deref();
        let told = serde_json::json!({
            "version": state.version,
            "summary": faults.map(|faults| &faults.summary),
            "faults": faults.map(|faults| &faults.texts),
        });
        Ok(Event::default().retry(ASK_AGAIN).data(told.to_string()))
    });
    Sse::new(states).keep_alive(KeepAlive::default())
}

async fn page(Shared(server): Shared<Server>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let Ok(address) = percent_decode_str(path).decode_utf8() else {
        return plain(StatusCode::BAD_REQUEST, "the address is no text\n");
    };
    let version = server.states.borrow().version;
    let (sender, reply) = oneshot::channel();
    let asked = Message::Asked(address.into_owned(), sender);
    // Both fail when the server ends.
    let _ = server.messages.send(asked);
    match reply.await {
        Ok(Reply::Found(address, bytes)) => {
            let kind = kind(&address);
            let bytes = match kind {
                "text/html" => with_client(bytes, version),
                _ => bytes,
            };
            typed(StatusCode::OK, kind, bytes)
        }
        Ok(Reply::NotFound(bytes)) => typed(
            StatusCode::NOT_FOUND,
            "text/html",
            with_client(bytes, version),
        ),
        Ok(Reply::Failed(words)) => words_page(&words, version),
        Ok(Reply::NothingYet) => {
            let faults = server.states.borrow().faults.clone();
            let words =
                faults.map(|faults| format!("{}\n\n{}", faults.summary, faults.texts.join("\n\n")));
            words_page(&words.unwrap_or_default(), version)
        }
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the server ends\n"),
    }
}

/// A page that follows the server: which state it shows, and what tells it of others.
fn with_client(mut page: Vec<u8>, version: u64) -> Vec<u8> {
    const HEAD: &[u8] = b"</head>";
    let at = page.windows(HEAD.len()).position(|it| it == HEAD);
    let client = format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\"><script src=\"{SCRIPT}\" data-events=\"{EVENTS}\" data-version=\"{version}\" defer></script>\n"
    );
    let at = at.unwrap_or(page.len());
    page.splice(at..at, client.into_bytes());
    page
}

/// The page for want of another: it says what is wrong, and goes when that is mended.
fn words_page(words: &str, version: u64) -> Response {
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>stepbook: this page cannot be made yet</title>\n</head>\n<body class=\"sb-faults\"><pre>{escaped}</pre></body>\n</html>\n"
    );
    let page = with_client(page.into_bytes(), version);
    typed(StatusCode::INTERNAL_SERVER_ERROR, "text/html", page)
}

fn typed(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response {
    let is_text = kind.starts_with("text/") || kind.ends_with("json") || kind.ends_with("xml");
    let kind = if is_text {
        HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    } else {
        Ok(HeaderValue::from_static(kind))
    };
    let mut headers = HeaderMap::new();
    headers.extend(kind.ok().map(|kind| (header::CONTENT_TYPE, kind)));
    (status, headers, Body::from(bytes)).into_response()
}

/// The media type of what is at an address.
fn kind(address: &str) -> &'static str {
    let name = address.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map_or("html", |(_, ending)| ending) {
        "html" | "htm" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "application/xml",
        "md" => "text/markdown",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "map" => "text/plain",
        _ => "application/octet-stream",
    }
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    typed(status, "text/plain", words.into())
}

fn own(kind: &'static str, text: &'static str) -> Response {
    typed(StatusCode::OK, kind, text.into())
}
