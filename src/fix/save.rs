//! A new text -> its file, whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It was written.
    Written,
    /// It was changed by somebody else meanwhile, and is as they left it.
    Changed,
}

/// Writes `after` where `before` stands: aside first, then by one rename, with the same permissions.
pub(super) fn save(file: &Path, before: &str, after: &str) -> io::Result<Saved> {
    let found = fs::symlink_metadata(file)?;
    if !found.is_file() {
        return Ok(Saved::Changed);
    }
    if found.permissions().readonly() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the file may only be read",
        ));
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    // Names that begin with a dot are passed over when content is read.
    let mut aside = tempfile::Builder::new()
        .prefix(".fix")
        .tempfile_in(folder)?;
    aside.write_all(after.as_bytes())?;
    aside.as_file().set_permissions(found.permissions())?;
    keep_owner(aside.path(), &found);
    aside.as_file().sync_all()?;
    // As late as can be: an editor may have saved since the content was read.
    if fs::read(file)? != before.as_bytes() {
        return Ok(Saved::Changed);
    }
    aside.persist(file)?;
    Ok(Saved::Written)
}

/// The file stays its owner's, where the system lets us say so.
#[cfg(unix)]
fn keep_owner(aside: &Path, found: &fs::Metadata) {
    use std::os::unix::fs::MetadataExt as _;
    let _ = std::os::unix::fs::chown(aside, Some(found.uid()), Some(found.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_as_it_is() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("a.yaml");
        fs::write(&file, "theirs")?;
        assert_eq!(save(&file, "read", "ours")?, Saved::Changed);
        assert_eq!(fs::read_to_string(&file)?, "theirs");
        assert_eq!(save(&file, "theirs", "ours")?, Saved::Written);
        assert_eq!(fs::read_to_string(&file)?, "ours");
        assert_eq!(
            fs::read_dir(folder.path())?.count(),
            1,
            "nothing is left beside it"
        );
        Ok(())
    }

    #[test]
    #[cfg(unix)]
    fn permissions_stay_and_are_heeded() -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("a.yaml");
        fs::write(&file, "before")?;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640))?;
        save(&file, "before", "after")?;
        let mode = fs::metadata(&file)?.permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440))?;
        assert!(save(&file, "after", "again").is_err());
        assert_eq!(fs::read_to_string(&file)?, "after");
        Ok(())
    }
}
