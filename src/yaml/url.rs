//! Web addresses, with the host that they lead to; paths of the site itself.

use std::str::FromStr;
use std::sync::Arc;

/// An `http` or `https` address with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    text: Arc<str>,
    host: (usize, usize),
}

impl Url {
    /// The address as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host in the address, without port.
    pub fn host(&self) -> &str {
        &self.text[self.host.0..self.host.1]
    }

    /// Whether its host is a domain or lies below it: a dot is the border.
    pub fn lies_on(&self, domain: &str) -> bool {
        let (host, domain) = (
            self.host().to_ascii_lowercase(),
            domain.to_ascii_lowercase(),
        );
        host == domain
            || host
                .strip_suffix(domain.as_str())
                .is_some_and(|rest| rest.ends_with('.'))
    }

    /// The path from the host on, without a final slash.
    pub fn path(&self) -> &str {
        let rest = &self.text[self.host.1..];
        rest.find('/')
            .map_or("", |slash| &rest[slash..])
            .trim_end_matches('/')
    }
}

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or(())?;
        let start = text.len() - rest.len();
        // Nothing may stand before the host: `https://known.example@other.example/` leads to the other.
        let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
        let good = !host.is_empty()
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
            && !port.is_empty()
            && port.bytes().all(|b| b.is_ascii_digit())
            && !text
                .contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\`".contains(c));
        if good {
            Ok(Url {
                text: text.into(),
                host: (start, start + host.len()),
            })
        } else {
            Err(())
        }
    }
}

/// The path of an address below the site's base, without a leading slash: `old/path/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SitePath {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let part = |part: &str| {
            !part.is_empty()
                && !part.ends_with('.')
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
        };
        if text.strip_suffix('/').unwrap_or(text).split('/').all(part) {
            Ok(SitePath(text.into()))
        } else {
            Err(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_knows_its_host_and_path() {
        let url: Url = "https://a.example:8080/b/c/?d#e"
            .parse()
            .expect("is an address");
        assert_eq!(url.host(), "a.example");
        let url: Url = "https://a.example/b/".parse().expect("is an address");
        assert_eq!(url.path(), "/b");
        for bad in [
            "javascript:alert(1)",
            "https://",
            "ftp://a",
            "https:// a",
            "//a",
            "https://a b",
            "https://known.example@other.example/",
            "https://known.example:443@other.example/",
            "https://a:b/",
        ] {
            assert!(bad.parse::<Url>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_domain_ends_at_a_dot() {
        let lies_on = |url: &str, domain: &str| {
            let url: Url = url.parse().expect("is an address");
            url.lies_on(domain)
        };
        assert!(lies_on("https://www.velo.example", "velo.example"));
        assert!(lies_on("https://VELO.example/", "velo.example"));
        assert!(!lies_on("https://fakevelo.example/", "velo.example"));
        assert!(!lies_on("https://velo.example.bikes/", "velo.example"));
    }

    #[test]
    fn a_path_of_the_site_cannot_lead_out_of_it() {
        for good in ["old/path/", "old.html", "a"] {
            assert!(good.parse::<SitePath>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "/",
            "/a/",
            "a//b",
            "../a",
            "a/../b",
            "javascript:x",
            "https://a/",
            "a b",
            "a./b",
            "路",
        ] {
            assert!(bad.parse::<SitePath>().is_err(), "{bad}");
        }
    }
}
