//! What a shape may be, as data: every declaration gives it, and JSON Schemas and scaffolds are made of it.

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A line of text.
    Text,
    /// An id.
    Id,
    /// `true` or `false`.
    Truth,
    /// A whole number.
    Number,
    /// A date.
    Date,
    /// A text of a certain form.
    Pattern {
        /// The form, as a regular expression.
        pattern: &'static str,
        /// What is expected, for "expected …".
        expected: &'static str,
    },
    /// One of some words, each with what it means.
    Words(Vec<(&'static str, &'static str)>),
    /// A list.
    List(Box<Form>),
    /// A mapping with keys of one form and values of another.
    Entries {
        /// Any key.
        key: Box<Form>,
        /// Any value.
        value: Box<Form>,
    },
    /// A mapping of things that have parts to one or some of their parts, beside fields.
    Picks {
        /// What the keys refer to.
        of: &'static str,
        /// The fields beside the keys.
        fields: Vec<Field>,
        /// Whether at least one key is needed.
        some: bool,
    },
    /// A mapping with fields.
    Mapping {
        /// What it is.
        doc: &'static str,
        /// Its fields, in the order of the declaration.
        fields: Vec<Field>,
    },
    /// Any one of some forms.
    Either(Vec<Form>),
}

/// A field of a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What the ids in it refer to.
    pub refers: Option<&'static str>,
    /// What its value may be.
    pub form: Form,
}

impl Form {
    /// A list of a form.
    pub fn list(of: Form) -> Form {
        Form::List(Box::new(of))
    }

    /// The fields of a mapping; none of what is no mapping.
    pub fn fields(&self) -> &[Field] {
        match self {
            Form::Mapping { fields, .. } | Form::Picks { fields, .. } => fields,
            _ => &[],
        }
    }
}
