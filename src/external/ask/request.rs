//! One address, asked until there is an answer: HEAD, then GET, redirects, tries.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::http::{HeaderMap, Method, Request, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Error};
use url::{Host, Url};

use super::fault::{Fault, HostState};
use super::gate::Gates;
use super::names::{Directory, is_public};
use super::{Manners, NameFault, Names, Network};
use crate::external::answer::spread;
use crate::external::{Answer, Loss};

const MOST_REDIRECTS: usize = 10;

/// The most that is read of an answer, in bytes: bodies are never asked for, but may come with the headers.
const BUFFER: usize = 32 * 1024;

/// The longest headers, in bytes; they must fit into the buffer.
const LONGEST_HEADERS: usize = 24 * 1024;

/// Asks addresses.
pub(super) struct Asker {
    agent: Agent,
    manners: Manners,
    names: Names,
    found: Arc<AtomicBool>,
    gates: Gates,
}

/// What became of an address.
pub(super) struct Said {
    pub(super) answer: Answer,
    pub(super) host: HostState,
}

/// What one request came to.
enum Reply {
    /// A status, where it redirects to, and how long to wait, where the host says so.
    Status {
        status: u16,
        location: Option<String>,
        wait: Option<Duration>,
    },
    /// No status.
    Nothing { fault: Fault },
}

impl Asker {
    pub(super) fn new(network: Network, manners: Manners) -> Self {
        let found = Arc::new(AtomicBool::new(false));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .input_buffer_size(BUFFER)
            .max_response_header_size(LONGEST_HEADERS)
            .proxy(network.proxy)
            .timeout_global(Some(manners.time_out))
            .timeout_connect(Some(manners.time_out / 2))
            .tls_config(tls)
            .user_agent(network.agent)
            .build();
        let directory = Directory {
            names: Arc::clone(&network.names),
            found: Arc::clone(&found),
        };
        Asker {
            agent: Agent::with_parts(config, DefaultConnector::new(), directory),
            manners,
            names: network.names,
            found,
            gates: Gates::default(),
        }
    }

    /// Whether a request found a host by its name.
    pub(super) fn found_a_name(&self) -> bool {
        self.found.load(Ordering::Relaxed)
    }

    /// Whether a host can be found now.
    pub(super) fn has_name(&self, host: &str) -> bool {
        (self.names)(host).is_ok()
    }

    /// Asks one address. GET has the last word: hosts refuse HEAD in many ways, 404 among them.
    pub(super) fn ask(&self, address: &str) -> Said {
        let Ok(mut url) = Url::parse(address) else {
            return said(Answer::silent("it is no whole address"));
        };
        let own = url.host_str().unwrap_or_default().to_owned();
        let mut redirects = 0;
        let mut tries = 0;
        let mut method = Method::HEAD;
        loop {
            if is_private(&url) {
                return said(Answer::silent(NameFault::Private.to_string()));
            }
            let host = url.host_str().unwrap_or_default().to_owned();
            let is_own = host == own;
            let reply = self.gates.pass(&host, || {
                let reply = self.send(&method, &url);
                let rest = self.rest(&reply, address, tries);
                (reply, rest)
            });
            let was_head = method == Method::HEAD;
            match reply {
                Reply::Status {
                    status: 200..=299, ..
                } => {
                    let leads_to = (redirects > 0).then(|| url.to_string());
                    return said(Answer::Good { leads_to });
                }
                Reply::Status {
                    status: 301..=303 | 307 | 308,
                    location: Some(location),
                    ..
                } => {
                    redirects += 1;
                    if redirects > MOST_REDIRECTS {
                        let why = format!("it redirects more than {MOST_REDIRECTS} times");
                        return said(Answer::unclear(why));
                    }
                    match target(&url, &location) {
                        Ok(target) => url = target,
                        Err(why) => return said(Answer::unclear(why)),
                    }
                    (method, tries) = (Method::HEAD, 0);
                }
                Reply::Status {
                    status: status @ (429 | 500 | 502..=599),
                    wait,
                    ..
                } => {
                    tries += 1;
                    let too_long = wait > Some(self.manners.longest_rest);
                    if tries == self.manners.tries || too_long {
                        let answer = Answer::unclear(format!("it answered {status}"));
                        let closed = is_own && (status == 429 || too_long);
                        let host = if closed {
                            HostState::Closed
                        } else {
                            HostState::Answers
                        };
                        return Said { answer, host };
                    }
                    method = Method::GET;
                }
                Reply::Status { status: 400.., .. } if was_head => method = Method::GET,
                Reply::Status {
                    status: status @ (404 | 410),
                    ..
                } => {
                    return said(Answer::Gone(Loss::Status(status)));
                }
                Reply::Status { status, .. } => {
                    return said(Answer::unclear(format!("it answered {status}")));
                }
                Reply::Nothing { fault } => {
                    tries += 1;
                    if !fault.again || tries == self.manners.tries {
                        let answer = if fault.nameless {
                            Answer::Gone(Loss::Name(host))
                        } else {
                            Answer::silent(fault.why)
                        };
                        let host = if is_own {
                            fault.host
                        } else {
                            HostState::Answers
                        };
                        return Said { answer, host };
                    }
                    method = Method::GET;
                }
            }
        }
    }

    /// How long a host rests after a reply.
    fn rest(&self, reply: &Reply, address: &str, tries: u32) -> Duration {
        let back_off = || {
            let base = self.manners.back_off.saturating_mul(1 << tries.min(10));
            base + base * spread(&format!("{tries} {address}"), 500) / 1000
        };
        let rest = match reply {
            Reply::Status {
                status: 429 | 500 | 502..=599,
                wait,
                ..
            } => wait.unwrap_or_else(back_off),
            Reply::Nothing { fault } if fault.again => back_off(),
            _ => Duration::ZERO,
        };
        rest.clamp(
            self.manners.pause,
            self.manners.longest_rest.max(self.manners.pause),
        )
    }

    fn send(&self, method: &Method, url: &Url) -> Reply {
        let request = Request::builder()
            .method(method)
            .uri(url.as_str())
            .body(())
            .map_err(Error::from);
        match request.and_then(|request| self.agent.run(request)) {
            Ok(response) => {
                let headers = response.headers();
                Reply::Status {
                    status: response.status().as_u16(),
                    location: text(headers, &header::LOCATION),
                    wait: wait(headers),
                }
            }
            Err(error) => Reply::Nothing {
                fault: Fault::of(&error),
            },
        }
    }
}

fn said(answer: Answer) -> Said {
    Said {
        answer,
        host: HostState::Answers,
    }
}

/// Whether a host is private by its very name; what a name leads to is seen when it is looked up.
fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => !is_public(ip.into()),
        Some(Host::Ipv6(ip)) => !is_public(ip.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        None => false,
    }
}

fn target(from: &Url, location: &str) -> Result<Url, String> {
    let target = from
        .join(location)
        .map_err(|_| format!("it redirects to `{location}`, which is no address"))?;
    if matches!(target.scheme(), "http" | "https") {
        Ok(target)
    } else {
        Err(format!(
            "it redirects to `{location}`, which is no web page"
        ))
    }
}

/// A header as text; hosts write other bytes than ASCII into `Location`.
fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// How long the host wants to be left alone: seconds, or a moment on the host's own clock.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let after = text(headers, &header::RETRY_AFTER)?;
    if let Ok(seconds) = after.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = |text: &str| jiff::fmt::rfc2822::parse(text).ok();
    let (now, then) = (moment(&text(headers, &header::DATE)?)?, moment(&after)?);
    Duration::try_from(now.duration_until(&then)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_is_asked_for_in_seconds_or_until_a_moment() {
        for (after, date, expected) in [
            ("7", None, Some(7)),
            (
                "Mon, 23 Nov 2026 10:00:09 GMT",
                Some("Mon, 23 Nov 2026 10:00:00 GMT"),
                Some(9),
            ),
            ("Mon, 23 Nov 2026 10:00:09 GMT", None, None),
            (
                "Mon, 23 Nov 2026 09:00:00 GMT",
                Some("Mon, 23 Nov 2026 10:00:00 GMT"),
                None,
            ),
            ("soon", Some("Mon, 23 Nov 2026 10:00:00 GMT"), None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, after.parse().expect("is a value"));
            if let Some(date) = date {
                headers.insert(header::DATE, date.parse().expect("is a value"));
            }
            assert_eq!(wait(&headers), expected.map(Duration::from_secs), "{after}");
        }
    }

    #[test]
    fn redirects_lead_to_pages_of_the_web_alone() {
        let from = Url::parse("https://a.example/b/c").expect("is an address");
        assert_eq!(
            target(&from, "../d").map(String::from),
            Ok("https://a.example/d".to_owned())
        );
        assert!(target(&from, "weixin://dl/chat").is_err());
        assert!(target(&from, "https://[").is_err());
    }
}
