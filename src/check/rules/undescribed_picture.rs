#![doc = include_str!("undescribed_picture.md")]

use crate::check::Context;
use crate::diagnostic::{Diagnostic, rule};

rule!(
    "SB514",
    "undescribed-picture",
    Warning,
    "undescribed_picture.md"
);

/// Words that say that there is a picture, and not what it shows.
const NAMES: [&str; 18] = [
    "截图",
    "截屏",
    "图片",
    "图",
    "照片",
    "示意图",
    "如图",
    "示例",
    "screenshot",
    "screen shot",
    "picture",
    "image",
    "photo",
    "photograph",
    "illustration",
    "figure",
    "example",
    "img",
];

/// Reports every picture of guidance that nothing describes.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (at, description) in context.guidance.iter().flat_map(|prose| &prose.pictures) {
        let message = match description.trim() {
            "" => "the picture has no description".to_owned(),
            text if says_only_picture(text) => {
                format!("`{text}` does not say what the picture shows")
            }
            _ => continue,
        };
        diagnostics.push(
            Diagnostic::new(RULE, *at, message)
                .help("write between the square brackets what to look at or to press")
                .because(Some(
                    "who cannot see it, or has no connection, gets the description alone",
                )),
        );
    }
}

/// Whether a description is one of the names, with a number or punctuation at most.
fn says_only_picture(text: &str) -> bool {
    let lower = text.to_lowercase();
    let name = lower.trim_matches(|c: char| !c.is_alphabetic());
    name.is_empty() || NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_picture_is_no_description() {
        for text in ["截图", "图 1", "Screenshot 2", "（图片）", "3"] {
            assert!(says_only_picture(text), "{text}");
        }
        for text in ["“注销”按钮在右上角", "The red button below the list"] {
            assert!(!says_only_picture(text), "{text}");
        }
    }
}
