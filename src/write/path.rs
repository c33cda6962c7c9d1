//! What is known of paths before a file system is asked: which are safe, which are stepbook's own, and what lies above
//! them.

/// Name of the manifest in the output folder.
pub(super) const MANIFEST: &str = ".stepbook-manifest";
/// Name of the work folder in the output folder.
pub(super) const WORK: &str = ".stepbook-work";

/// Refuses a path that could leave the output folder, or means different files on different systems.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("it is empty");
    }
    if path.chars().any(char::is_control) {
        return Err("it has a control character");
    }
    if path.contains(['\\', ':']) {
        return Err("it has a backslash or a colon");
    }
    if path.split('/').any(str::is_empty) {
        return Err("it begins or ends with `/`, or has `//`");
    }
    // Windows drops these endings, which would make `.. ` a `..`.
    if path.split('/').any(|name| name.ends_with(['.', ' '])) {
        return Err("a name in it ends with a dot or a space");
    }
    let first = path.split('/').next().unwrap_or(path);
    if [MANIFEST, WORK]
        .iter()
        .any(|own| first.eq_ignore_ascii_case(own))
    {
        return Err("stepbook keeps its own records there");
    }
    Ok(())
}

/// The folders above a path, outermost first, without the output folder itself.
pub(super) fn folders(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::{check, folders};

    #[test]
    fn a_path_that_could_leave_the_folder_is_refused() {
        for path in [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            "a\\b",
            "C:/a",
            "a\nb",
            "a\u{7f}",
            "a. /b",
            ".stepbook-manifest",
            ".Stepbook-Work/new/a",
        ] {
            assert!(check(path).is_err(), "{path:?}");
        }
        for path in [
            "index.html",
            ".nojekyll",
            "p/乐刷/index.html",
            "a/.stepbook-manifest",
            "a..b",
        ] {
            assert_eq!(check(path), Ok(()), "{path:?}");
        }
    }

    #[test]
    fn folders_are_told_outermost_first() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders("a").count(), 0);
    }
}
