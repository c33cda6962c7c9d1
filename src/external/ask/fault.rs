//! What went wrong with a request -> what to say of it, and whether to try again.

use std::io;

use ureq::{Error, Timeout};

use super::NameFault;

/// What the address's own host did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HostState {
    /// It answered, however badly.
    Answers,
    /// It did not answer.
    Silent,
    /// It would not answer anything else either, or wants to be left alone.
    Closed,
}

/// Why there is no status.
pub(super) struct Fault {
    /// As it continues "it cannot be confirmed: ".
    pub(super) why: String,
    /// Whether the name does not exist.
    pub(super) nameless: bool,
    /// Whether the next try may find more.
    pub(super) again: bool,
    pub(super) host: HostState,
}

impl Fault {
    /// What an error of the client means.
    pub(super) fn of(error: &Error) -> Self {
        let silent = |why: &str, host| Fault {
            why: why.to_owned(),
            nameless: false,
            again: true,
            host,
        };
        match error {
            Error::Timeout(Timeout::Resolve | Timeout::Connect) => {
                silent("its host cannot be reached in time", HostState::Closed)
            }
            Error::Timeout(_) => silent("its host did not answer in time", HostState::Silent),
            Error::Io(error) => match error.kind() {
                io::ErrorKind::ConnectionRefused
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkUnreachable => {
                    silent("its host takes no connections", HostState::Closed)
                }
                _ if is_of_tls(error) => insecure(error),
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe => silent(
                    "its host ended the connection without an answer",
                    HostState::Silent,
                ),
                _ => silent(
                    &format!("its host cannot be reached ({error})"),
                    HostState::Silent,
                ),
            },
            Error::Rustls(error) => insecure(error),
            Error::Tls(error) => insecure(error),
            Error::Protocol(_) | Error::LargeResponseHeader(..) => {
                silent("what its host answers is not HTTP", HostState::Silent)
            }
            Error::ConnectProxyFailed(reason) => silent(
                &format!("the proxy does not reach its host ({reason})"),
                HostState::Closed,
            ),
            Error::Other(inner) => {
                let name = inner.downcast_ref::<NameFault>();
                Fault {
                    why: inner.to_string(),
                    nameless: name == Some(&NameFault::NotThere),
                    again: false,
                    host: HostState::Closed,
                }
            }
            error => silent(&format!("it cannot be asked ({error})"), HostState::Silent),
        }
    }
}

fn insecure(error: impl std::fmt::Display) -> Fault {
    Fault {
        why: format!("there is no secure connection to its host ({error})"),
        nameless: false,
        again: false,
        host: HostState::Closed,
    }
}

/// Errors of TLS come as errors of reading and writing.
fn is_of_tls(error: &io::Error) -> bool {
    matches!(error.get_ref(), Some(inner) if inner.is::<rustls::Error>())
}
