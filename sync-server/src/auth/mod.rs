//! Who asks: passwords, tokens, and the token that a request bears.

pub mod bearer;
pub mod password;
pub mod token;

pub use bearer::Bearer;
pub use password::Passwords;
pub use token::{Token, TokenKind};
