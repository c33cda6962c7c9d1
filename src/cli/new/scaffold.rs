//! The text of a file that is still to be written: lines to fill in, lines that may be taken, and words about them.

use crate::cli::show;
use crate::yaml::{Field, Form, Shown};

/// What stands where text is still to be written; `check` reports it.
pub(super) const TODO: &str = "TODO";

/// YAML with comments. A line of YAML that may be taken stands right behind its `#`; words stand behind `# `.
#[derive(Debug, Default)]
pub(super) struct Scaffold {
    text: String,
}

impl Scaffold {
    /// The file.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Words.
    pub(super) fn words(&mut self, indent: usize, words: &str) {
        self.line(indent, "# ", words);
    }

    /// A line of YAML.
    pub(super) fn yaml(&mut self, indent: usize, yaml: &str) {
        self.line(indent, "", yaml);
    }

    /// A line of YAML that may be taken.
    pub(super) fn optional(&mut self, indent: usize, yaml: &str) {
        self.line(indent, "#", yaml);
    }

    /// A line of YAML, which may be taken where it is not required.
    pub(super) fn wanted(&mut self, required: bool, indent: usize, yaml: &str) {
        self.line(indent, if required { "" } else { "#" }, yaml);
    }

    fn line(&mut self, indent: usize, before: &str, line: &str) {
        let pad = " ".repeat(indent);
        self.text.extend([&pad, before, line, "\n"]);
    }

    /// Fields that may be taken, each with what it says.
    pub(super) fn fields<'f>(&mut self, indent: usize, fields: impl Iterator<Item = &'f Field>) {
        for field in fields {
            self.words(indent, field.doc);
            let value = sample(&field.form, field.refers);
            self.optional(indent, &format!("{}: {value}", field.name));
        }
    }

    /// A value that is inherited, to be taken and changed.
    pub(super) fn inherited(&mut self, indent: usize, shown: &Shown) {
        let mut text = String::new();
        show::write(shown, 0, &|_| String::new(), &mut text);
        for line in text.lines() {
            // The mark stands at the margin, so that lists and words cannot be taken for one another.
            self.line(0, "#", &format!("{}{line}", " ".repeat(indent)));
        }
    }
}

/// What may be written for a form: `TODO`, `a | b`, `{after: STEP}`. What is left of it when it is taken is reported.
pub(super) fn sample(form: &Form, refers: Option<&str>) -> String {
    match form {
        Form::Text => TODO.to_owned(),
        Form::Id => refers.unwrap_or("id").to_uppercase(),
        Form::Truth => "true".to_owned(),
        Form::Number => "1".to_owned(),
        Form::Date => "YEAR-MONTH-DAY".to_owned(),
        Form::Pattern { expected, .. } => match expected.split('`').nth(1) {
            Some(example) => example.to_owned(),
            None => TODO.to_owned(),
        },
        Form::Words(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            words.join(" | ")
        }
        Form::List(of) => format!("[{}]", sample(of, refers)),
        Form::Entries { key, value } => {
            format!("{{{}: {}}}", sample(key, refers), sample(value, None))
        }
        Form::Picks { of, fields, .. } => {
            let answers = format!("{}: OPTION", of.to_uppercase());
            let fields = fields.iter().map(sample_of);
            let all: Vec<String> = std::iter::once(answers).chain(fields).collect();
            format!("{{{}}}", all.join(", "))
        }
        Form::Mapping { fields, .. } => {
            let fields: Vec<String> = fields.iter().map(sample_of).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Form::Either(forms) => match forms.as_slice() {
            // One value is enough where one or many may stand.
            [one, Form::List(many)] if **many == *one => sample(one, refers),
            forms => {
                let forms: Vec<String> = forms.iter().map(|form| sample(form, refers)).collect();
                forms.join(" | ")
            }
        },
    }
}

fn sample_of(field: &Field) -> String {
    format!("{}: {}", field.name, sample(&field.form, field.refers))
}
