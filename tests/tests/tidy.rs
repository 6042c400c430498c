//! The rules of the house. What each says and how it is broken on purpose stands in `tests/tidy/rules`.

#[cfg(test)]
#[path = "../tidy/mod.rs"]
mod tidy;
