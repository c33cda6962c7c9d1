//! What is remembered of every link between runs: a file beside the content, of no worth to anybody else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Link, Record};

/// The file, relative to the root.
pub const RECORDS: &str = ".stepbook/external.json";

const FOLDER: &str = ".stepbook";

/// What is remembered, by address.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// What is remembered of each address.
    pub links: BTreeMap<String, Record>,
}

impl Records {
    /// Reads the file; nothing is remembered where it is not there.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or that says something else.
    pub fn load(root: &Path) -> io::Result<Self> {
        match fs::read(root.join(RECORDS)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Records::default()),
            Err(error) => Err(error),
        }
    }

    /// Forgets addresses to which no link leads.
    pub fn keep(&mut self, links: &[Link<'_>]) {
        let used: BTreeSet<&str> = links.iter().map(|link| link.address.as_str()).collect();
        self.links
            .retain(|address, _| used.contains(address.as_str()));
    }

    /// Writes the file whole or not at all, and keeps it out of version control.
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be written.
    pub fn save(&self, root: &Path) -> io::Result<()> {
        let folder = root.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let ignored = folder.join(".gitignore");
        if !ignored.exists() {
            fs::write(&ignored, "/.gitignore\n/external.json\n")?;
        }
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.persist(root.join(RECORDS))?;
        Ok(())
    }
}
