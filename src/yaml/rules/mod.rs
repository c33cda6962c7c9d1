//! Family SB0, reading: the rules that hold for any YAML file.

pub mod duplicate_key;
pub mod invalid_date;
pub mod invalid_id;
pub mod invalid_yaml;
pub mod missing_field;
pub mod resource_limit_exceeded;
pub mod unknown_field;
pub mod wrong_type;
