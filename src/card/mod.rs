//! The `Book` -> what programs read of it, without pages.

pub mod links;
