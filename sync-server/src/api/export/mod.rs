//! What programs of a firm read by a token.

pub mod table;
pub mod track;
