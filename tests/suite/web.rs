//! A web on loopback that misbehaves: every host of it, as a server and behind a proxy, and what it was asked.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request that came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) agent: String,
    pub(crate) at: Instant,
}

#[derive(Default)]
struct State {
    asked: Vec<Asked>,
    open: HashMap<String, usize>,
    most_of_one_host: usize,
    most: usize,
}

/// The web. Its threads end with the tests.
pub(crate) struct Web {
    port: u16,
    state: Arc<Mutex<State>>,
}

/// How the web speaks TLS, where it does.
type Tls = Option<Arc<ServerConfig>>;

impl Web {
    /// A web that answers `https` with garbage.
    pub(crate) fn new() -> Self {
        Self::with_tls(None)
    }

    /// A web that speaks TLS.
    pub(crate) fn with_tls(tls: Tls) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, tls) = (Arc::clone(&shared), tls.clone());
                // A client that went away is none of the web's troubles.
                thread::spawn(move || drop(welcome(stream, &state, &tls)));
            }
        });
        Web { port, state }
    }

    /// The address of a page as the web's own port serves it.
    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// The address of the web as a proxy.
    pub(crate) fn proxy(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// All requests that came, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state().asked.clone()
    }

    /// The methods with which a page was asked for, in order.
    pub(crate) fn methods(&self, path: &str) -> Vec<String> {
        let asked = self.asked().into_iter();
        asked
            .filter(|it| it.path == path)
            .map(|it| it.method)
            .collect()
    }

    /// The most requests that were open at once at one host, and at all of them.
    pub(crate) fn most_at_once(&self) -> (usize, usize) {
        let state = self.state();
        (state.most_of_one_host, state.most)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread of the web failed")
    }
}

fn welcome(stream: TcpStream, state: &Mutex<State>, tls: &Tls) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut first = [0; 8];
    let peeked = stream.peek(&mut first)?;
    if !first[..peeked].starts_with(b"CONNECT") {
        return serve(stream, state);
    }
    let (mut stream, (_, target, _)) = read_head(stream)?;
    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    match tls {
        _ if target.ends_with(":80") => serve(stream, state),
        Some(config) => {
            let connection = ServerConnection::new(Arc::clone(config)).expect("TLS is set up");
            serve(StreamOwned::new(connection, stream), state)
        }
        None => stream.write_all(b"this is no TLS\r\n\r\n"),
    }
}

type Head = (String, String, HashMap<String, String>);

/// Reads byte by byte, so that nothing behind the head is taken.
fn read_head<S: Read>(stream: S) -> std::io::Result<(S, Head)> {
    let mut reader = BufReader::with_capacity(1, stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    Ok((reader.into_inner(), (method, target, headers)))
}

fn serve<S: Read + Write>(stream: S, state: &Mutex<State>) -> std::io::Result<()> {
    let (mut stream, (method, path, headers)) = read_head(stream)?;
    let host = headers.get("host").cloned().unwrap_or_default();
    let before = {
        let mut state = state.lock().expect("no thread of the web failed");
        let open = state.open.entry(host.clone()).or_default();
        *open += 1;
        let open = *open;
        state.most_of_one_host = state.most_of_one_host.max(open);
        let all = state.open.values().sum();
        state.most = state.most.max(all);
        let before = state.asked.iter().filter(|it| it.path == path).count();
        state.asked.push(Asked {
            method: method.clone(),
            host: host.clone(),
            path: path.clone(),
            agent: headers.get("user-agent").cloned().unwrap_or_default(),
            at: Instant::now(),
        });
        before
    };
    if path.starts_with("/together") {
        meet(state);
    }
    let done = answer(&mut stream, &method, &host, &path, before);
    let mut state = state.lock().expect("no thread of the web failed");
    *state.open.entry(host).or_default() -= 1;
    done
}

/// Waits until two hosts were asked at once, and a moment longer.
fn meet(state: &Mutex<State>) {
    let start = Instant::now();
    let alone = || state.lock().expect("no thread of the web failed").most < 2;
    while alone() && start.elapsed() < Duration::from_secs(1) {
        thread::sleep(Duration::from_millis(5));
    }
    thread::sleep(Duration::from_millis(20));
}

/// Each page misbehaves in its own way; a page of no name here is good.
fn answer(
    stream: &mut impl Write,
    method: &str,
    host: &str,
    path: &str,
    before: usize,
) -> std::io::Result<()> {
    let head = |status: &str, more: &str| {
        format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n")
    };
    let redirect = |to: &str| head("301 Moved", &format!("Location: {to}\r\n"));
    let good = head("200 OK", "");
    let first = before == 0;
    let text = match path.trim_start_matches('/') {
        "chain/0" => redirect("/good"),
        chain if chain.starts_with("chain/") => {
            let number: usize = chain["chain/".len()..]
                .parse()
                .expect("a chain has numbers");
            redirect(&format!("../chain/{}", number - 1))
        }
        "loop" => redirect("/loop"),
        "to-other" => redirect(&format!("http://other.{host}/good")),
        "to-elsewhere" => redirect("http://elsewhere.example/good"),
        "to-app" => redirect("weixin://dl/chat"),
        "to-private" => redirect("http://127.0.0.1:1/"),
        "to-gone" => redirect("/404"),
        "403" => head("403 Forbidden", ""),
        "404" => head("404 Not Found", ""),
        "410" => head("410 Gone", ""),
        "429" => head("429 Too Many Requests", "Retry-After: 3600\r\n"),
        "429-once" if first => head("429 Too Many Requests", "Retry-After: 1\r\n"),
        "500" => head("500 Internal Server Error", ""),
        "503-once" if first => head("503 Service Unavailable", ""),
        "no-head" | "endless" if method == "HEAD" => head("405 Method Not Allowed", ""),
        "head-404" if method == "HEAD" => head("404 Not Found", ""),
        "head-501" if method == "HEAD" => head("501 Not Implemented", ""),
        "huge" => {
            let long = "x".repeat(1 << 20);
            head("200 OK", &format!("X-Long: {long}\r\n"))
        }
        "endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            loop {
                stream.write_all(b"4\r\nmore\r\n")?;
            }
        }
        "silent" => {
            thread::sleep(Duration::from_secs(20));
            return Ok(());
        }
        "drips" => {
            for byte in b"HTTP/1.1 200 OK and so on and on and on and on"
                .iter()
                .cycle()
            {
                stream.write_all(&[*byte])?;
                thread::sleep(Duration::from_millis(100));
            }
            return Ok(());
        }
        "closes" => return Ok(()),
        "garbage" => "\u{1}\u{2}\u{3} 七 {} <html>\r\n\r\n".to_owned(),
        _ => good,
    };
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
