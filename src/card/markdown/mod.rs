//! A guide -> Markdown, in the order and the words of its page, with the address of each step.

mod step;
mod text;

use std::fmt::Write as _;

pub(super) use text::escaped;
use text::{bold, evidenced, link, source};

use super::{Cards, Choice, Guide, Material, Notice, Retired, say};
use crate::words::Words;

/// Most guides fit into this many bytes.
const TEXT_BYTES: usize = 48 * 1024;

impl Cards<'_> {
    /// The whole guide as Markdown. A retired one says what ended, and no step is taught.
    pub fn markdown(&self, guide: &Guide<'_>) -> String {
        let mut text = Text {
            words: &self.words,
            guide,
            out: String::with_capacity(TEXT_BYTES),
        };
        text.head();
        if guide.status == "retired" {
            text.steps_then();
        } else {
            text.before_the_steps();
            text.steps();
            text.after_the_steps();
        }
        text.retired();
        let end = text.out.trim_end().len();
        text.out.truncate(end + 1);
        text.out
    }
}

/// The Markdown of a guide, as far as it is written.
struct Text<'g> {
    words: &'g Words,
    guide: &'g Guide<'g>,
    out: String,
}

impl Text<'_> {
    fn paragraph(&mut self, markdown: &str) {
        self.out.push_str(markdown);
        self.out.push_str("\n\n");
    }

    fn heading(&mut self, key: &str) {
        let heading = format!("## {}", escaped(self.words.get(key)));
        self.paragraph(&heading);
    }

    /// A list, where there is something in it.
    fn list(&mut self, items: &[String]) {
        self.marked_list('*', items);
    }

    /// A list with another mark than the one that it might follow: guidance has `-`.
    fn marked_list(&mut self, mark: char, items: &[String]) {
        for item in items {
            let _ = writeln!(self.out, "{mark} {item}");
        }
        if !items.is_empty() {
            self.out.push('\n');
        }
    }

    /// A word and a text behind it, where there is one.
    fn labelled(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.labelled_markdown(key, &escaped(text));
        }
    }

    fn labelled_markdown(&mut self, key: &str, markdown: &str) {
        let paragraph = format!("{} {markdown}", bold(self.words.get(key)));
        self.paragraph(&paragraph);
    }

    fn notice(&mut self, notice: &Notice<'_>) {
        let mut text = escaped(notice.text).into_owned();
        if let Some(shown) = &notice.source {
            text = format!("{text} {}", source(self.words, shown, true));
        }
        self.labelled_markdown("notice", &text);
    }

    /// A word with a colon, in bold.
    fn term(&self, text: &str) -> String {
        bold(&format!("{text}{}", self.words.get("colon")))
    }

    /// The title, what state it is in, and what it is about.
    fn head(&mut self) {
        let (words, guide) = (self.words, self.guide);
        let title = say::heading(words, guide.provider.name, guide.title);
        self.paragraph(&format!("# {}", escaped(&title)));
        let reviewed = match &guide.reviewed {
            Some(review) => {
                let method = words.get(&format!("review_{}", review.method)).to_owned();
                let reviewed = format!("{} {}", words.get("reviewed"), review.date);
                escaped(&format!("{reviewed}{}{method}", words.get("comma"))).into_owned()
            }
            None => bold(words.get("never_reviewed")),
        };
        self.list(&[
            reviewed,
            escaped(&format!("{} {}", words.get("edition"), guide.edition)).into_owned(),
            format!("<{}>", guide.permalink),
        ]);
        if let Some(text) = say::warning(words, guide) {
            self.paragraph(&bold(&text));
        }
        if !guide.summary.is_empty() {
            self.paragraph(&escaped(guide.summary));
        }
    }

    fn provider_link(&self) -> String {
        let provider = &self.guide.provider;
        let text = self
            .words
            .fill("to_provider", &[("provider", provider.name)]);
        link(&text, &provider.page)
    }

    fn before_the_steps(&mut self) {
        let (words, guide) = (self.words, self.guide);
        self.outcome();
        if !guide.choices.is_empty() {
            self.heading("situation");
            self.paragraph(&escaped(words.get("situation_hint")));
            for choice in &guide.choices {
                self.choice(choice);
            }
            self.link_with_answers();
        }
        if !guide.notices.is_empty() {
            self.heading("notices");
            for notice in &guide.notices {
                self.notice(notice);
            }
        }
        if !guide.materials.is_empty() {
            self.heading("materials");
            let materials = guide.materials.iter().map(|it| self.material(it));
            let materials: Vec<String> = materials.collect();
            self.list(&materials);
        }
    }

    /// What it ends and leaves, what nobody has verified, where there is no way back.
    fn outcome(&mut self) {
        let (words, guide) = (self.words, self.guide);
        let mut lines = Vec::new();
        for (key, text) in [("ends", guide.ends), ("leaves", guide.leaves)] {
            if !text.is_empty() {
                lines.push(format!("{} {}", self.term(words.get(key)), escaped(text)));
            }
        }
        let (verified, unverified): (Vec<_>, Vec<_>) =
            guide.facts.iter().partition(|fact| fact.verified);
        for fact in verified {
            let value = evidenced(words, fact.value.as_deref(), fact.source.as_ref());
            lines.push(format!("{} {value}", self.term(fact.title)));
        }
        if !unverified.is_empty() {
            let facts = unverified.iter().map(|fact| match &fact.value {
                Some(value) => {
                    let (open, close) = (words.get("open"), words.get("close"));
                    format!("{}{open}{value}{close}", fact.title)
                }
                None => fact.title.to_owned(),
            });
            let facts: Vec<String> = facts.collect();
            let facts = facts.join(words.get("list")) + words.get("stop");
            let term = self.term(words.get("unverified"));
            lines.push(format!("{term} {}", escaped(&facts)));
        }
        let points = guide.steps.iter().filter(|step| step.irreversible);
        let points = points.map(|step| {
            let number = step.number.to_string();
            let text = words.fill("step_n", &[("n", &number)]);
            let link = link(&text, &step.permalink);
            format!("{link}{}{}", words.get("comma"), escaped(step.action))
        });
        let points: Vec<String> = points.collect();
        if !points.is_empty() {
            let term = self.term(words.get("points_of_no_return"));
            let points = points.join(words.get("and"));
            let end = format!("{}{}", words.get("stop"), words.get("before_it"));
            lines.push(format!("{term} {points}{}", escaped(&end)));
        }
        lines.push(link(words.get("to_checklist"), &guide.checklist));
        lines.push(self.provider_link());
        self.list(&lines);
    }

    fn choice(&mut self, choice: &Choice<'_>) {
        let words = self.words;
        let (open, close) = (escaped(words.get("open")), escaped(words.get("close")));
        let question = bold(choice.question);
        self.paragraph(&format!("{question} `{}`", choice.id));
        let options = choice.options.iter().map(|option| {
            let mut item = format!("{}{open}`{}`{close}", escaped(option.label), option.id);
            if let Some(stop) = &option.stop {
                let text = format!("{}{}", words.get("colon"), stop.text);
                item.push_str(&escaped(&text));
                if let Some(next) = &stop.next {
                    item = format!("{item} {}", link(words.get("stop_next"), next));
                }
            }
            item
        });
        let options: Vec<String> = options.collect();
        self.list(&options);
    }

    /// How to send a link that shows only the steps which apply.
    fn link_with_answers(&mut self) {
        let (words, guide) = (self.words, self.guide);
        let first = guide.choices.first();
        let option = first.and_then(|choice| Some((choice.id, choice.options.first()?.id)));
        if let (Some((choice, option)), Some(step)) = (option, guide.steps.first()) {
            let url = format!("{}?{choice}={option}#{}", guide.permalink, step.id);
            let text = escaped(words.get("link_with_answers")).into_owned();
            self.paragraph(&format!("{text} <{url}>"));
        }
    }

    fn material(&self, material: &Material<'_>) -> String {
        let words = self.words;
        let mut item = self.only(material.when.as_ref()).trim().to_owned();
        if !item.is_empty() {
            item.push(' ');
        }
        item.push_str(&bold(material.title));
        let original = material.original.then(|| words.get("original").to_owned());
        let copies = material.copies.map(|copies| {
            let copies = copies.to_string();
            words.fill("copies", &[("n", &copies)])
        });
        let kinds: Vec<String> = original.into_iter().chain(copies).collect();
        if !kinds.is_empty() {
            let kinds = kinds.join(words.get("comma"));
            let kinds = format!(
                "{}{kinds}{}",
                words.get("open").trim_start(),
                words.get("close")
            );
            item = format!("{item} {}", escaped(&kinds));
        }
        if let Some(note) = material.note {
            item = format!("{item}\n  {}", escaped(note));
        }
        item
    }

    fn steps(&mut self) {
        let (words, guide) = (self.words, self.guide);
        for (at, phase) in guide.phases.iter().enumerate() {
            self.paragraph(&format!("## {}", escaped(phase.title)));
            let mode = format!("mode_{}", guide.mode.replace('-', "_"));
            let mode = (at == 0).then(|| words.get(&mode));
            let note = phase.note.into_iter().chain(mode);
            let note = note.collect::<Vec<_>>().join(" ");
            if !note.is_empty() {
                self.paragraph(&escaped(&note));
            }
            for step in guide.steps.iter().filter(|step| step.phase == phase.id) {
                self.step(step);
            }
        }
    }

    fn after_the_steps(&mut self) {
        let (words, guide) = (self.words, self.guide);
        if !guide.questions.is_empty() {
            self.heading("questions");
        }
        for question in &guide.questions {
            self.paragraph(&format!("### {}", escaped(question.question)));
            let answer = question.answer.map(|answer| escaped(answer).into_owned());
            let fact = question.fact.as_ref().map(|fact| {
                let value = evidenced(words, fact.value.as_deref(), fact.source.as_ref());
                let title = format!("{}{}", fact.title, words.get("colon"));
                format!("{}{value}", escaped(&title))
            });
            let shown = question.source.as_ref();
            let shown = shown.map(|shown| source(words, shown, true));
            let parts = answer.into_iter().chain(fact).chain(shown);
            let parts: Vec<String> = parts.collect();
            self.paragraph(&parts.join(" "));
        }
        if !guide.background.is_empty() {
            self.heading("background");
        }
        for background in &guide.background {
            self.paragraph(&background.guidance);
        }
        if !guide.sources.is_empty() {
            self.heading("sources");
            let sources = guide.sources.iter();
            let sources: Vec<String> = sources.map(|it| source(words, it, false)).collect();
            self.list(&sources);
        }
    }

    /// What the steps of a retired procedure were.
    fn steps_then(&mut self) {
        let provider = self.provider_link();
        self.paragraph(&provider);
        self.heading("steps_then");
        let steps = self.guide.steps_then.iter();
        let steps = steps.map(|step| format!("{} {}", step.number, escaped(step.action)));
        let steps: Vec<String> = steps.collect();
        self.list(&steps);
    }

    fn retired(&mut self) {
        if self.guide.retired.is_empty() {
            return;
        }
        self.heading("retired_steps");
        let retired = self.guide.retired.iter().map(|it| self.retired_step(it));
        let retired: Vec<String> = retired.collect();
        self.list(&retired);
    }

    fn retired_step(&self, retired: &Retired<'_>) -> String {
        let words = self.words;
        let gone = words.fill("retired_step", &[("date", &retired.date)]);
        let text = format!("{gone}{}", retired.because);
        let mut item = format!("`{}` {}", retired.id, escaped(&text));
        if let Some(instead) = retired.r#use {
            let url = format!("{}#{instead}", self.guide.permalink);
            item = format!("{item} {}", link(words.get("retired_instead"), &url));
        }
        item
    }
}

/// Markdown as it stands inside an item of a list.
fn indented(markdown: &str) -> String {
    let lines = markdown.lines().map(|line| match line {
        "" => String::new(),
        line => format!("  {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
