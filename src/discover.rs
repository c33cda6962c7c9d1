//! content/ -> every file in it, sorted, each with the kind that its path gives it.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Where the baseline lies, from the root.
pub const BASELINE: &str = "baseline.yaml";

/// A file or link below `content/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the root, with `/`.
    pub path: String,
    /// Where it lies.
    pub file: PathBuf,
    /// What it is.
    pub kind: FileKind,
}

/// What a path says that a file is. Names are not checked yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `site.yaml`.
    Site,
    /// `choices.yaml`.
    Choices,
    /// `materials.yaml`.
    Materials,
    /// `baseline.yaml` beside `content/`.
    Baseline,
    /// `sources.yaml`.
    EvidenceSources,
    /// `standards/NAME.yaml`.
    Standard(String),
    /// `procedures/NAME.yaml`.
    SharedProcedure(String),
    /// `guidance/NAME.md`.
    SharedGuidance(String),
    /// `providers/PROVIDER/provider.yaml`.
    Provider(String),
    /// `providers/PROVIDER/NAME.yaml`.
    Procedure(String, String),
    /// `providers/PROVIDER/guidance/NAME.md`.
    Guidance(String, String),
    /// `releases/NAME.yaml`.
    Release(String),
    /// `NAME.LANGUAGE.yaml` or `NAME.LANGUAGE.md`: a translation, with the word for the language and the kind of its source.
    Translation(String, Box<FileKind>),
    /// A picture in an `images` folder.
    Image,
    /// A symbolic link: not followed.
    Link,
    /// Anything else.
    Unknown,
    /// Something that could not be looked at, with the reason.
    Unreadable(String),
}

/// Lists all files below `root/content` and the baseline beside it, sorted by path. What [`is_passed_over`] is not listed.
/// Errors become [`FileKind::Unreadable`].
pub fn discover(root: &Path) -> Vec<Found> {
    let walk = WalkDir::new(root.join("content"))
        .sort_by_file_name()
        .into_iter();
    let mut found: Vec<Found> = walk
        .filter_entry(|entry| {
            entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy())
        })
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => {
                let path = relative(root, entry.path());
                let kind = if entry.path_is_symlink() {
                    FileKind::Link
                } else if entry.file_type().is_file() {
                    kind_of(&path)
                } else {
                    FileKind::Unreadable("it is no regular file".to_owned())
                };
                Some(Found {
                    path,
                    file: entry.into_path(),
                    kind,
                })
            }
            Err(error) => {
                let file = error.path().unwrap_or(root).to_owned();
                let reason = error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string);
                Some(Found {
                    path: relative(root, &file),
                    file,
                    kind: FileKind::Unreadable(reason),
                })
            }
        })
        .collect();
    found.extend(baseline(root));
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The one file beside `content/` that counts, where it is there.
fn baseline(root: &Path) -> Option<Found> {
    let file = root.join(BASELINE);
    let kind = match file.symlink_metadata().ok()?.file_type() {
        it if it.is_symlink() => FileKind::Link,
        it if it.is_file() => FileKind::Baseline,
        _ => FileKind::Unreadable("it is no regular file".to_owned()),
    };
    Some(Found {
        path: BASELINE.to_owned(),
        file,
        kind,
    })
}

/// Whether nothing of this name is read: editors and systems keep their own under such names.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~')
}

fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

fn kind_of(path: &str) -> FileKind {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let stem = |name: &str, ending| {
        name.strip_suffix(ending)
            .filter(|stem| !stem.contains('.'))
            .map(str::to_owned)
    };
    let yaml = |name: &str| stem(name, ".yaml");
    let markdown = |name: &str| stem(name, ".md");
    let kind = match parts.as_slice() {
        ["site.yaml"] => Some(FileKind::Site),
        ["choices.yaml"] => Some(FileKind::Choices),
        ["materials.yaml"] => Some(FileKind::Materials),
        ["sources.yaml"] => Some(FileKind::EvidenceSources),
        ["standards", name] => yaml(name).map(FileKind::Standard),
        ["procedures", name] => yaml(name).map(FileKind::SharedProcedure),
        ["guidance", name] => markdown(name).map(FileKind::SharedGuidance),
        ["providers", provider, "provider.yaml"] => {
            Some(FileKind::Provider((*provider).to_owned()))
        }
        ["providers", provider, name] => {
            yaml(name).map(|name| FileKind::Procedure((*provider).to_owned(), name))
        }
        ["providers", provider, "guidance", name] => {
            markdown(name).map(|name| FileKind::Guidance((*provider).to_owned(), name))
        }
        ["releases", name] => yaml(name).map(FileKind::Release),
        [.., "images", name] if is_image(name) => Some(FileKind::Image),
        _ => None,
    };
    kind.or_else(|| translation(path))
        .unwrap_or(FileKind::Unknown)
}

/// What a file is whose name has a word for a language before its ending. Releases hold no texts.
fn translation(path: &str) -> Option<FileKind> {
    let (source, language) = source_of(path)?;
    match kind_of(&source) {
        FileKind::Unknown | FileKind::Image | FileKind::Release(_) | FileKind::Translation(..) => {
            None
        }
        kind => Some(FileKind::Translation(language.to_owned(), Box::new(kind))),
    }
}

/// The path of the file that a translation would be of, and the word for its language.
pub fn source_of(path: &str) -> Option<(String, &str)> {
    let (rest, ending) = path.rsplit_once('.')?;
    let (name, language) = rest.rsplit_once('.')?;
    let good = matches!(ending, "yaml" | "md") && !language.contains('/');
    good.then(|| (format!("{name}.{ending}"), language))
}

/// The path of the translation of a file: `a/b.yaml` -> `a/b.en.yaml`.
pub fn translation_of(path: &str, language: &str) -> String {
    match path.rsplit_once('.') {
        Some((name, ending)) => format!("{name}.{language}.{ending}"),
        None => format!("{path}.{language}"),
    }
}

fn is_image(name: &str) -> bool {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    matches!(
        ending,
        Some("png" | "jpg" | "jpeg" | "webp" | "gif" | "avif" | "svg")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_what_a_file_is() {
        let procedure = FileKind::Procedure("leshua".to_owned(), "deregistration".to_owned());
        assert_eq!(
            kind_of("content/providers/leshua/deregistration.yaml"),
            procedure
        );
        assert_eq!(
            kind_of("content/guidance/a.md"),
            FileKind::SharedGuidance("a".to_owned())
        );
        assert_eq!(kind_of("content/guidance/images/a.png"), FileKind::Image);
        assert_eq!(
            kind_of("content/providers/leshua/deregistration.yml"),
            FileKind::Unknown
        );
        assert_eq!(kind_of("content/notes.txt"), FileKind::Unknown);
        assert_eq!(
            kind_of("content/guidance/a.zh-Hant.md"),
            FileKind::Translation(
                "zh-Hant".to_owned(),
                Box::new(FileKind::SharedGuidance("a".to_owned()))
            )
        );
        for unknown in [
            "content/a.b/site.yaml",
            "content/releases/a.en.yaml",
            "content/procedures/a.b.en.yaml",
        ] {
            assert_eq!(kind_of(unknown), FileKind::Unknown, "{unknown}");
        }
    }
}
