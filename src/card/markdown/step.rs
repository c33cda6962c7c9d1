//! A step's card -> its part of the guide's Markdown.

use super::text::{bold, escaped, link, source};
use super::{Text, indented};
use crate::card::{Channel, Condition, IfNot, Record, Step, Variant};
use crate::yaml::Url;

impl Text<'_> {
    pub(super) fn step(&mut self, step: &Step<'_>) {
        let heading = self.heading_of(step);
        self.paragraph(&format!("### {heading}"));
        self.paragraph(&format!("<{}>", step.permalink));
        for notice in &step.notices {
            self.notice(notice);
        }
        if step.irreversible {
            let words = bold(self.words.get("irreversible"));
            self.paragraph(&words);
        }
        self.labelled("caution", step.caution);
        if let Some(guidance) = &step.guidance {
            self.paragraph(guidance);
        }
        if !step.needs.is_empty() {
            let needs = step.needs.iter();
            let needs =
                needs.map(|it| escaped(it.title).into_owned() + &self.only(it.when.as_ref()));
            let needs: Vec<String> = needs.collect();
            let needs = needs.join(self.words.get("list"));
            self.labelled_markdown("needs", &needs);
        }
        let channels = self.channels(&step.channels);
        self.list(&channels);
        let seen = self.seen(step);
        if !seen.is_empty() {
            self.labelled_markdown("expect", &seen);
        }
        if !step.record.is_empty() {
            let records = self.records(&step.record);
            self.labelled_markdown("record", &records);
        }
        if !step.if_not.is_empty() {
            let heading = bold(self.words.get("if_not"));
            self.paragraph(&heading);
            let cases: Vec<String> = step.if_not.iter().map(|it| self.case(it)).collect();
            self.list(&cases);
        }
        self.labelled("undo", step.undo);
        let variants: Vec<String> = step.variants.iter().map(|it| self.variant(it)).collect();
        self.marked_list('+', &variants);
        if let Some(own) = &step.source {
            let own = source(self.words, own, true);
            self.paragraph(&own);
        }
        if let Some((wait, shown)) = step
            .wait
            .as_ref()
            .and_then(|it| Some((it, it.source.as_ref()?)))
        {
            let wait = format!("{}{}", self.words.get("wait"), wait.text);
            let shown = source(self.words, shown, true);
            self.paragraph(&format!("{} {shown}", escaped(&wait)));
        }
    }

    fn heading_of(&self, step: &Step<'_>) -> String {
        let words = self.words;
        let mut heading = step.number.to_string();
        if let Some(case) = step.in_case {
            let case = format!(
                "{}{}{case}{}",
                words.get("open"),
                words.get("branch"),
                words.get("close")
            );
            heading = format!("{heading} {}", escaped(case.trim()));
        }
        let only = self.only(step.when.as_ref());
        if !only.is_empty() {
            heading = format!("{heading} {}", only.trim());
        }
        heading = format!("{heading} {}", escaped(step.action));
        if let Some(label) = step.ui_label {
            let label = words.fill("ui_label", &[("label", label)]);
            heading = format!("{heading} {}", escaped(&label));
        }
        let wait = step
            .wait
            .as_ref()
            .map(|wait| format!("{}{}", words.get("wait"), wait.text));
        let cost = step.cost.map(|cost| format!("{}{cost}", words.get("cost")));
        let price: Vec<String> = wait.into_iter().chain(cost).collect();
        if !price.is_empty() {
            let price = price.join(words.get("comma"));
            let price = format!("{}{price}{}", words.get("open"), words.get("close"));
            heading.push_str(&escaped(&price));
        }
        heading
    }

    /// For whom something is, in brackets; empty where it is for everybody.
    pub(super) fn only(&self, condition: Option<&Condition<'_>>) -> String {
        let words = self.words;
        condition.map_or_else(String::new, |condition| {
            let only = format!(
                "{}{}{}",
                words.get("open"),
                words.get("only"),
                condition.text
            );
            escaped(&(only + words.get("close"))).into_owned()
        })
    }

    /// First the channels on evidence, then in one line those that nobody has verified.
    fn channels(&self, channels: &[Channel<'_>]) -> Vec<String> {
        let words = self.words;
        let colon = words.get("colon");
        let (verified, unknown): (Vec<_>, Vec<_>) = channels.iter().partition(|it| it.verified);
        let mut lines = Vec::new();
        for channel in verified {
            let value = channel.value.unwrap_or_default();
            let value = if value.parse::<Url>().is_ok() {
                format!("<{value}>")
            } else {
                escaped(value).into_owned()
            };
            let mut line = format!("{}{}{value}", escaped(channel.label), escaped(colon));
            if let Some(hours) = channel.hours {
                line = format!("{line} {}", escaped(hours));
            }
            if let Some(shown) = &channel.source {
                line = format!("{line} {}", source(words, shown, true));
            }
            lines.push(line);
        }
        if !unknown.is_empty() {
            let labels: Vec<&str> = unknown.iter().map(|channel| channel.label).collect();
            let labels = labels.join(words.get("list"));
            let line = format!("{labels}{colon}{}", words.get("unverified"));
            lines.push(escaped(&line).into_owned());
        }
        lines
    }

    /// What is seen when the step is done, and where its branch goes on.
    fn seen(&self, step: &Step<'_>) -> String {
        let expect = escaped(step.expect);
        let then = step.then.map(|then| self.jump(then));
        let parts = [Some(expect.into_owned()).filter(|it| !it.is_empty()), then];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(self.words.get("comma"))
    }

    /// A link to a step to go to; where there is none, it ends.
    fn jump(&self, id: &str) -> String {
        let mut steps = self.guide.steps.iter();
        match steps.find(|step| step.id == id) {
            Some(step) => {
                let number = step.number.to_string();
                let text = self.words.fill("go_to", &[("n", &number)]);
                link(&text, &step.permalink)
            }
            None => escaped(self.words.get("go_to_end")).into_owned(),
        }
    }

    fn records(&self, records: &[Record<'_>]) -> String {
        let words = self.words;
        let records = records.iter().map(|record| match record.mask {
            Some(_) => format!(
                "{}{}{}{}",
                record.label,
                words.get("open"),
                words.get("last_four"),
                words.get("close")
            ),
            None => record.label.to_owned(),
        });
        let records: Vec<String> = records.collect();
        escaped(&records.join(words.get("list"))).into_owned()
    }

    fn case(&self, case: &IfNot<'_>) -> String {
        let text = format!("{}{}{}", case.case, self.words.get("colon"), case.r#do);
        let go = case.go.map(|go| format!(" {}", self.jump(go)));
        format!("{}{}", escaped(&text), go.unwrap_or_default())
    }

    /// A variant as an item of a list, with what it says below its action.
    fn variant(&self, variant: &Variant<'_>) -> String {
        let words = self.words;
        let condition = variant.when.as_ref().map(|when| when.text.as_str());
        let condition = condition.unwrap_or_else(|| words.get("otherwise"));
        let label = words.fill("variant", &[("condition", condition)]);
        let mut item = bold(&label);
        if let Some(action) = variant.action {
            item = format!("{item} {}", escaped(action));
        }
        let mut below = |text: &str| {
            item.push_str("\n\n");
            item.push_str(&indented(text));
        };
        let labelled = |key: &str, text: &str| format!("{} {text}", bold(words.get(key)));
        if let Some(caution) = variant.caution {
            below(&labelled("caution", &escaped(caution)));
        }
        if let Some(guidance) = &variant.guidance {
            below(guidance);
        }
        let channels = self.channels(&variant.channels);
        if !channels.is_empty() {
            below(&format!("* {}", channels.join("\n* ")));
        }
        if let Some(expect) = variant.expect {
            below(&labelled("expect", &escaped(expect)));
        }
        if !variant.record.is_empty() {
            below(&labelled("record", &self.records(&variant.record)));
        }
        item
    }
}
