//! What shapes are put together with: fields that may be left out, lists, mappings of ids.

use super::rules::{invalid_id, wrong_type};
use super::{Content, Form, Id, Node, Placed, Reader, Shape, Shown};

/// A mapping whose keys are ids, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<V>(pub Vec<(Placed<Id>, V)>);

impl<V> Entries<V> {
    /// The value of an id.
    pub fn get(&self, id: &str) -> Option<&V> {
        self.0
            .iter()
            .find(|(key, _)| key.as_str() == id)
            .map(|(_, value)| value)
    }
}

impl<V> Default for Entries<V> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Shape + Clone> Shape for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn overlay(&mut self, over: &Self) {
        if over.is_some() {
            self.clone_from(over);
        }
    }

    fn show(&self) -> Shown {
        self.as_ref().map_or(Shown::Nothing, T::show)
    }

    fn form() -> Form {
        T::form()
    }
}

impl<T: Shape> Shape for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let Content::List(nodes) = &node.content else {
            if reader.would_read::<T>(node) {
                wrong_type::report_single(reader, node);
            } else {
                wrong_type::report(reader, node, Self::EXPECTED);
            }
            return None;
        };
        Some(
            nodes
                .iter()
                .filter_map(|node| T::read(node, reader))
                .collect(),
        )
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn show(&self) -> Shown {
        if self.is_empty() {
            Shown::Nothing
        } else {
            Shown::List(self.iter().map(T::show).collect())
        }
    }

    fn form() -> Form {
        Form::list(T::form())
    }
}

/// A list that must be told from an absent one: it knows the place of its key.
impl<T: Shape> Shape for Placed<Vec<T>> {
    const EXPECTED: &'static str = "a list";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        Some(Placed {
            value: Vec::read(node, reader)?,
            at: reader.key_of(node),
        })
    }

    fn show(&self) -> Shown {
        if self.value.is_empty() {
            return Shown::Empty("[]", self.at);
        }
        Shown::List(self.value.iter().map(T::show).collect())
    }

    fn form() -> Form {
        Vec::<T>::form()
    }
}

impl<V: Shape> Shape for Entries<V> {
    const EXPECTED: &'static str = "a mapping of ids";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let mut read = Vec::new();
        for (key, node) in reader.mapping(node, Self::EXPECTED, &[])? {
            let at = reader.key_of(node);
            let value = V::read(node, reader);
            if let (Some(id), Some(value)) = (invalid_id::read(reader, at, key), value) {
                read.push((id, value));
            }
        }
        Some(Entries(read))
    }

    fn absent() -> Option<Self> {
        Some(Entries::default())
    }

    fn show(&self) -> Shown {
        if self.0.is_empty() {
            return Shown::Nothing;
        }
        Shown::Map(
            self.0
                .iter()
                .map(|(id, value)| (id.to_string(), value.show()))
                .collect(),
        )
    }

    fn form() -> Form {
        Form::Entries {
            key: Box::new(Form::Id),
            value: Box::new(V::form()),
        }
    }
}

impl<V: Shape> Shape for Placed<Entries<V>> {
    const EXPECTED: &'static str = "a mapping of ids";

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        Some(Placed {
            value: Entries::read(node, reader)?,
            at: reader.key_of(node),
        })
    }

    fn show(&self) -> Shown {
        if self.value.0.is_empty() {
            return Shown::Empty("{}", self.at);
        }
        Shown::Map(
            self.value
                .0
                .iter()
                .map(|(id, value)| (id.to_string(), value.show()))
                .collect(),
        )
    }

    fn form() -> Form {
        Entries::<V>::form()
    }
}

impl<T: Shape> Shape for OneOrMany<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        if let Content::List(nodes) = &node.content {
            return Some(OneOrMany(
                nodes
                    .iter()
                    .filter_map(|node| T::read(node, reader))
                    .collect(),
            ));
        }
        T::read(node, reader).map(|value| OneOrMany(vec![value]))
    }

    fn show(&self) -> Shown {
        Shown::List(self.0.iter().map(T::show).collect())
    }

    fn form() -> Form {
        Form::Either(vec![T::form(), Form::list(T::form())])
    }
}
