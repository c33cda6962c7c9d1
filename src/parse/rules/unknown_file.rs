#![doc = include_str!("unknown_file.md")]

use crate::diagnostic::{At, Diagnostic, did_you_mean, rule};
use crate::yaml::Reader;

rule!("SB011", "unknown-file", Error, "unknown_file.md");

/// Reports a file that nothing reads.
pub fn report(reader: &mut Reader, path: &str) {
    let help = match path.strip_suffix(".yml") {
        Some(stem) => format!("rename it to `{stem}.yaml`"),
        None => "move it out of `content/`, or to where it belongs: a procedure is \
                 `providers/PROVIDER/NAME.yaml`, guidance `guidance/NAME.md`, a picture `guidance/images/NAME`"
            .to_owned(),
    };
    reader.report(Diagnostic::new(RULE, reader.whole(), "nothing reads this file").help(help));
}

/// A translation into a language that the site does not have.
pub fn of_no_language<'a>(
    at: At,
    language: &str,
    languages: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("nothing reads this file: the site has no language `{language}`");
    let otherwise = format!(
        "add `{language}` to `languages` in `content/site.yaml`, or take the word before the ending out of the file's name"
    );
    Diagnostic::new(RULE, at, message).help(did_you_mean(language, languages, &otherwise))
}

/// A translation into the language of the source.
pub fn in_source_language(at: At, language: &str) -> Diagnostic {
    let message = format!(
        "nothing reads this file: `{language}` is the language that authors write, the first in `content/site.yaml`"
    );
    Diagnostic::new(RULE, at, message).help("write its texts into the file that it stands beside")
}

/// A translation of nothing.
pub fn of_no_source(at: At, source: &str) -> Diagnostic {
    let message = format!("nothing reads this file: there is no `{source}` that it translates");
    Diagnostic::new(RULE, at, message)
        .help("name it as its source is named, with the language before the ending, or delete it")
}

/// The second translation of a file into one language.
pub fn of_one_language(at: At, first: At) -> Diagnostic {
    let message = "nothing reads this file: another one translates the same into this language";
    Diagnostic::new(RULE, at, message)
        .help("keep one of the two")
        .also(first, "the other one")
}
