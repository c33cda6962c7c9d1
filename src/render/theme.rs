//! The theme: templates, words and assets, embedded in the binary; a site's own files override by name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera};
use walkdir::WalkDir;

use super::Words;
use super::assets::Asset;
use crate::model::{Address, Book};
use crate::yaml::{Content, Reader};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// How the names of templates end. In the first two, what is filled in is escaped.
const TEMPLATES_END_IN: [&str; 3] = [".html", ".xml", ".txt"];

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThemeError {
    /// A file of the site's own theme cannot be read.
    #[error("cannot read `{}`", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A template or a file of words is no UTF-8.
    #[error("`{path}` is not UTF-8: save it again with that encoding")]
    NotUtf8 {
        /// The file, relative to the root.
        path: String,
    },
    /// A file of words is no mapping of words to text.
    #[error("`{path}` is no mapping of words to lines of text")]
    Words {
        /// The file, relative to the root.
        path: String,
    },
}

/// A theme: the default one under the site's own files.
#[derive(Debug)]
pub struct Theme {
    /// Templates by name.
    templates: BTreeMap<String, String>,
    /// Words by language tag.
    words: BTreeMap<String, Words>,
    /// Files that pages use.
    assets: Vec<Asset>,
}

impl Theme {
    /// The default theme with `root/templates` and `root/static` laid over it.
    ///
    /// # Errors
    ///
    /// A file of the site that cannot be read, is no UTF-8 where text is needed, or is no file of words.
    pub fn load(root: &Path) -> Result<Self, ThemeError> {
        let templates = files(&TEMPLATES, &root.join("templates"))?;
        let statics = files(&STATIC, &root.join("static"))?;
        let mut theme = Theme {
            templates: BTreeMap::new(),
            words: BTreeMap::new(),
            assets: Vec::new(),
        };
        for (name, bytes) in templates {
            let path = || format!("templates/{name}");
            let text =
                String::from_utf8(bytes).map_err(|_| ThemeError::NotUtf8 { path: path() })?;
            if let Some(language) = name
                .strip_prefix("words/")
                .and_then(|name| name.strip_suffix(".yaml"))
            {
                let words = words(&text).ok_or_else(|| ThemeError::Words { path: path() })?;
                theme.words.insert(language.to_owned(), words);
            } else {
                theme.templates.insert(name, text);
            }
        }
        theme.assets = statics
            .into_iter()
            .map(|(name, bytes)| Asset::new(name, bytes))
            .collect();
        Ok(theme)
    }

    /// Adds the pictures that guidance shows.
    #[must_use]
    pub fn with_images(mut self, book: &Book) -> Self {
        let images = book
            .images
            .iter()
            .map(|image| Asset::new(image.path.clone(), image.bytes.to_vec()));
        self.assets.extend(images);
        self
    }

    /// The files that pages use.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// Whether one of its files is served at an address.
    pub fn has(&self, address: &Address) -> bool {
        self.assets.iter().any(|asset| asset.address() == address)
    }

    /// Where each asset is served, by its name in `static/`, from the base of a book's pages.
    pub(super) fn asset_addresses(&self, book: &Book) -> BTreeMap<&str, String> {
        let address = |asset: &Asset| format!("{}{}", book.to_site(), asset.address());
        self.assets
            .iter()
            .map(|asset| (asset.name.as_str(), address(asset)))
            .collect()
    }

    /// What a language is called by those who speak it; its tag where the theme does not say.
    pub(super) fn language_name(&self, language: &str) -> String {
        // `en` names `en-GB` as well, and `zh-CN` does not name `zh-Hant`.
        let names = |tag: &str| {
            let rest = language
                .get(..tag.len())
                .filter(|start| start.eq_ignore_ascii_case(tag))
                .map(|_| &language[tag.len()..]);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let words = self.words.iter().filter(|(tag, _)| names(tag));
        let nearest = words.max_by_key(|(tag, _)| tag.len());
        let name = nearest.and_then(|(_, words)| words.0.get("language"));
        name.map_or(language, String::as_str).to_owned()
    }

    /// Words in a language: of the tag itself, else of the same language elsewhere, else English.
    pub fn words(&self, language: &str) -> Words {
        let primary = |tag: &str| tag.split('-').next().unwrap_or("").to_ascii_lowercase();
        let exact = self
            .words
            .iter()
            .find(|(tag, _)| tag.eq_ignore_ascii_case(language));
        let near = || {
            self.words
                .iter()
                .find(|(tag, _)| primary(tag) == primary(language))
        };
        let english = || self.words.get_key_value("en");
        exact
            .or_else(near)
            .or_else(english)
            .map(|(_, words)| words.clone())
            .unwrap_or_default()
    }

    /// The languages that the theme has words in.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &Words)> {
        self.words.iter().map(|(tag, words)| (tag.as_str(), words))
    }

    /// The templates, ready to render.
    pub(super) fn tera(&self) -> tera::TeraResult<Tera> {
        let mut tera = Tera::new();
        tera.register_filter("fill", fill);
        tera.register_filter("markdown", markdown);
        tera.add_raw_templates(
            self.templates
                .iter()
                .filter(|(name, _)| TEMPLATES_END_IN.iter().any(|end| name.ends_with(end))),
        )?;
        Ok(tera)
    }
}

/// `{{ words.steps | fill(count=3) }}`: puts values into the gaps of a word.
#[expect(clippy::needless_pass_by_value, reason = "tera calls filters this way")]
fn fill(word: &str, values: Kwargs, _: &State<'_>) -> String {
    values.iter().fold(word.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

/// `{{ title | markdown }}`: plain text that Markdown shows as it is.
fn markdown(text: &str, _: Kwargs, _: &State<'_>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#~&|!".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The files of an embedded folder with those of a site laid over them, by name with `/`.
fn files(embedded: &Dir<'_>, own: &Path) -> Result<BTreeMap<String, Vec<u8>>, ThemeError> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![embedded];
    while let Some(dir) = waiting.pop() {
        waiting.extend(dir.dirs());
        for file in dir.files() {
            files.insert(
                file.path().to_string_lossy().replace('\\', "/"),
                file.contents().to_vec(),
            );
        }
    }
    if !own.is_dir() {
        return Ok(files);
    }
    for entry in WalkDir::new(own).sort_by_file_name() {
        let entry = entry.map_err(|error| ThemeError::Read {
            path: error.path().unwrap_or(own).to_owned(),
            source: error.into(),
        })?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !entry.file_type().is_file() || hidden {
            continue;
        }
        let parts = entry
            .path()
            .strip_prefix(own)
            .unwrap_or(entry.path())
            .components();
        let name = parts
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        let read = fs::read(entry.path());
        files.insert(
            name,
            read.map_err(|source| ThemeError::Read {
                path: entry.into_path(),
                source,
            })?,
        );
    }
    Ok(files)
}

fn words(text: &str) -> Option<Words> {
    let mut reader = Reader::new(0);
    let root = crate::yaml::parse(text, crate::yaml::MAX_NODES, &mut reader)?;
    let Content::Map(entries) = root.content else {
        return None;
    };
    let words = entries.into_iter().map(|(key, node)| match node.content {
        Content::Scalar(word) => Some((key.into_owned(), word.into_owned())),
        _ => None,
    });
    let words: Option<BTreeMap<String, String>> = words.collect();
    let (_, diagnostics) = reader.finish();
    words.filter(|_| diagnostics.is_empty()).map(Words)
}
