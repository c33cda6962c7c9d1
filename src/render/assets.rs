//! Files that pages use, each under a name that holds the hash of its content: it can be cached for ever.

use crate::model::Address;

/// A file of the theme or a picture of the content.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its name in `static/`, or its path in the content.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    address: Address,
}

impl Asset {
    /// An asset; files in `static/root/` keep their names, because robots and browsers ask for those.
    pub fn new(name: String, bytes: Vec<u8>) -> Self {
        let address = match name.strip_prefix("root/") {
            Some(file) => Address::file(file),
            None => Address::asset(&name, &bytes),
        };
        Asset {
            name,
            bytes,
            address,
        }
    }

    /// Where it is served.
    pub fn address(&self) -> &Address {
        &self.address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content_and_keeps_its_ending() {
        let one = Asset::new("site.css".to_owned(), b"a".to_vec());
        let other = Asset::new("site.css".to_owned(), b"b".to_vec());
        assert_ne!(one.address(), other.address());
        assert!(one.address().as_str().starts_with("assets/site."));
        assert!(one.address().as_str().ends_with(".css"));
        let fixed = Asset::new("root/robots.txt".to_owned(), b"a".to_vec());
        assert_eq!(fixed.address().as_str(), "robots.txt");
    }
}
