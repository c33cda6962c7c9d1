//! Family SB6: translations that do not have what their sources have.

pub mod key_without_source;
pub mod missing_translation;
pub mod stale_translation;
