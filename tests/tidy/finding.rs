//! What a rule reports.

use std::fmt;

/// A place that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// Path from the root of the tree.
    pub file: String,
    /// Line from 1; 0 when the whole file or tree is meant.
    pub line: usize,
    /// What is wrong, as a sentence without its stop.
    pub why: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(file: &str, line: usize, why: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, why: why.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.why)
    }
}
