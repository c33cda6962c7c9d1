//! Guidance as a reader sees it: its texts without marks and addresses, what HTML it holds, its pictures.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::At;
use crate::model::Guidance;

/// A guidance file as a reader sees it.
#[derive(Debug)]
pub(super) struct Prose<'a> {
    /// The file.
    pub(super) guidance: &'a Guidance,
    /// Its texts in order.
    pub(super) blocks: Vec<Block>,
    /// Where HTML begins, with its first characters.
    pub(super) html: Vec<(At, String)>,
    /// Its pictures, each with the text that stands for it.
    pub(super) pictures: Vec<(At, String)>,
}

/// A text that is read in one go: a heading, a paragraph, an item of a list, a cell of a table.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// What it says; links say their text alone.
    pub(super) text: String,
    /// Where its parts stand: the offset at which each begins, and its line.
    parts: Vec<(usize, At)>,
}

impl Block {
    /// The line in which the character at `offset` stands.
    pub(super) fn at(&self, offset: usize) -> At {
        let behind = self.parts.partition_point(|(start, _)| *start <= offset);
        self.parts[behind.saturating_sub(1)].1
    }

    fn push(&mut self, text: &str, at: At) {
        self.parts.push((self.text.len(), at));
        self.text.push_str(text);
    }
}

/// Reads a guidance file. What could not be read has no texts.
pub(super) fn read(guidance: &Guidance) -> Prose<'_> {
    let text = guidance.text.as_deref().unwrap_or_default();
    let mut prose = Prose {
        guidance,
        blocks: Vec::new(),
        html: Vec::new(),
        pictures: Vec::new(),
    };
    let mut lines = LineAt {
        guidance,
        text,
        at: 0,
        line: 0,
    };
    let mut block = Block::default();
    // Pictures do not stand in pictures, but links in their descriptions may try.
    let mut picture: Option<(At, String)> = None;
    let mut in_html = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        // Ends come with the place of what they end, so they would go back.
        let at = match event {
            Event::End(_) => guidance.at,
            _ => lines.of(range.start),
        };
        match event {
            Event::Start(Tag::Image { .. }) => picture = Some((at, String::new())),
            Event::End(TagEnd::Image) => prose.pictures.extend(picture.take()),
            Event::Start(Tag::HtmlBlock) => {
                prose.end(&mut block);
                in_html = true;
                let first = text[range].lines().next().unwrap_or_default();
                prose.html.push((at, first.to_owned()));
            }
            Event::End(TagEnd::HtmlBlock) => {
                prose.end(&mut block);
                in_html = false;
            }
            Event::Text(text) | Event::Code(text) => match &mut picture {
                Some((_, description)) => description.push_str(&text),
                None => block.push(&text, at),
            },
            Event::Html(text) | Event::InlineHtml(text) => {
                if !in_html {
                    prose.html.push((at, text.to_string()));
                }
                // It is shown as text, so it is one.
                block.push(&text, at);
            }
            Event::SoftBreak | Event::HardBreak => match &mut picture {
                Some((_, description)) => description.push(' '),
                None => block.push(" ", at),
            },
            Event::Start(tag) if !is_inline(tag.to_end()) => prose.end(&mut block),
            Event::End(end) if !is_inline(end) => prose.end(&mut block),
            _ => {}
        }
    }
    prose.end(&mut block);
    prose
}

impl Prose<'_> {
    fn end(&mut self, block: &mut Block) {
        if !block.text.trim().is_empty() {
            self.blocks.push(std::mem::take(block));
        }
        *block = Block::default();
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}

/// Counts lines up to offsets that come in order, so that no part of a text is counted twice.
struct LineAt<'a> {
    guidance: &'a Guidance,
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineAt<'_> {
    fn of(&mut self, offset: usize) -> At {
        if offset < self.at {
            (self.at, self.line) = (0, 0);
        }
        self.line += self.text[self.at..offset].matches('\n').count();
        self.at = offset;
        let line = self.guidance.lines.get(self.line);
        line.copied().unwrap_or(self.guidance.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Id;

    /// Guidance whose lines are the marks 1, 2, …
    pub(crate) fn guidance(text: &str) -> Guidance {
        Guidance {
            is_fallback: false,
            id: "a".parse::<Id>().expect("is an id"),
            at: At::whole(0),
            folder: String::new(),
            text: Some(text.into()),
            links: Vec::new(),
            lines: (1..=text.lines().count())
                .map(|line| At {
                    file: 0,
                    node: u32::try_from(line).expect("is small"),
                })
                .collect(),
        }
    }

    #[test]
    fn marks_and_addresses_are_no_text_and_lines_are_known() {
        let guidance = guidance(
            "# 一\n\n二[三](/a/)**四**\n五 `六`\n\n- 七\n- 八 <b>九</b>\n\n![十](images/a.png)\n",
        );
        let prose = read(&guidance);
        let blocks: Vec<(&str, u32)> = prose
            .blocks
            .iter()
            .map(|block| (block.text.as_str(), block.at(0).node))
            .collect();
        assert_eq!(
            blocks,
            [
                ("一", 1),
                ("二三四 五 六", 3),
                ("七", 6),
                ("八 <b>九</b>", 7)
            ]
        );
        let five = prose.blocks[1].text.find('五').expect("it is there");
        assert_eq!(prose.blocks[1].at(five).node, 4);
        let html: Vec<u32> = prose.html.iter().map(|(at, _)| at.node).collect();
        assert_eq!(html, [7, 7]);
        assert_eq!(prose.pictures[0].1, "十");
        assert_eq!(prose.pictures[0].0.node, 9);
    }
}
