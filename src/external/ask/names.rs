//! Names of hosts -> addresses on the public web.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use dns_lookup::{LookupErrorKind, lookup_host};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Finds the addresses of a host by its name.
pub type Names = Arc<dyn Fn(&str) -> Result<Vec<IpAddr>, NameFault> + Send + Sync>;

/// Why a host has no address that may be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// There is no host of this name.
    #[error("its name does not exist")]
    NotThere,
    /// Nobody could say.
    #[error("its name cannot be looked up ({0})")]
    NotKnown(String),
    /// It is on this machine or in a private network.
    #[error("it is a private address, which is not asked")]
    Private,
}

/// Looks a name up, for addresses on the public web alone: content may not send requests into a private network.
///
/// # Errors
///
/// See [`NameFault`].
pub fn public_names(host: &str) -> Result<Vec<IpAddr>, NameFault> {
    let found = lookup_host(host).map_err(|error| match error.kind() {
        LookupErrorKind::NoName | LookupErrorKind::NoData => NameFault::NotThere,
        _ => NameFault::NotKnown(error.to_string()),
    })?;
    let found: Vec<IpAddr> = found.filter(|ip| is_public(*ip)).collect();
    if found.is_empty() {
        Err(NameFault::Private)
    } else {
        Ok(found)
    }
}

/// Whether an address is neither of this machine nor of a private network. 198.18.0.0/15 counts as public: local proxies
/// stand behind it for hosts of the public web.
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            !(a == 0
                || a >= 224
                || shared
                || ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local())
        }
        IpAddr::V6(ip) => {
            !(ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unique_local()
                || ip.is_unicast_link_local())
        }
    }
}

/// Names, as requests look them up.
pub(super) struct Directory {
    pub(super) names: Names,
    /// Whether any name was found.
    pub(super) found: Arc<AtomicBool>,
}

impl fmt::Debug for Directory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Directory").finish_non_exhaustive()
    }
}

impl Resolver for Directory {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let secure = uri.scheme_str() == Some("https");
        // A proxy is the user's own, and may well be private.
        let proxy = config.proxy().filter(|proxy| proxy.uri() == uri);
        let port = match proxy {
            Some(proxy) => proxy.port(),
            None => uri.port_u16().unwrap_or(if secure { 443 } else { 80 }),
        };
        let names: Names = match proxy {
            Some(_) => Arc::new(|host| {
                let found = lookup_host(host);
                found
                    .map(Iterator::collect)
                    .map_err(|error| NameFault::NotKnown(format!("of the proxy: {error}")))
            }),
            None => Arc::clone(&self.names),
        };
        // Looking up cannot be broken off; whoever waits can leave.
        let (told, answer) = mpsc::sync_channel(1);
        let asked = host.to_owned();
        thread::spawn(move || told.send(names(&asked)));
        let found = answer
            .recv_timeout(*timeout.after)
            .map_err(|_| Error::Timeout(timeout.reason))?
            .map_err(|fault| Error::Other(Box::new(fault)))?;
        self.found.store(true, Ordering::Relaxed);
        let mut addresses = self.empty();
        for ip in found.into_iter().take(8) {
            addresses.push(SocketAddr::new(ip, port));
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_web_are_asked() {
        for (address, public) in [
            ("93.184.216.34", true),
            ("198.18.0.7", true),
            ("2606:2800:220:1::1", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("fd00::1", false),
            ("fe80::1", false),
        ] {
            let ip = address.parse().expect("is an address");
            assert_eq!(is_public(ip), public, "{address}");
        }
    }
}
