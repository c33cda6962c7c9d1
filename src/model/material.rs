//! `materials.yaml`: what a reader must bring.

use super::Condition;
use crate::yaml::{Id, Placed, Text, shape};

shape! {
    /// A material.
    pub struct Material ("a material") {
        /// Its id.
        id: Placed<Id>,
        /// Its name on the packing list.
        title: Text,
        /// Who needs it; without it, everybody.
        when: Option<Condition>,
        /// What to watch for.
        note: Option<Text>,
        /// Whether the original must be shown.
        original: Option<Placed<bool>>,
        /// How many copies.
        copies: Option<Placed<u32>>,
    }
}
