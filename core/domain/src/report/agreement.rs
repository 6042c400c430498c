//! The text of a contract, to be printed and signed. It is made anew from the data each time and kept nowhere: what counts
//! is the paper that was signed.

use super::Named;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The edition of this shape.
pub const AGREEMENT_EDITION: u16 = 1;

/// The text of a contract. Every text is in words that can be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// [`AGREEMENT_EDITION`] when it was made.
    pub edition: u16,
    /// What kind of contract it is.
    pub title: String,
    /// What this one is called.
    pub name: String,
    /// The firm.
    pub organisation: String,
    /// The day on which it is printed.
    pub printed_on: NaiveDate,
    /// Who agrees.
    pub parties: Vec<Party>,
    /// What stands before the articles.
    pub opening: String,
    /// What they agree.
    pub articles: Vec<Article>,
    /// What each party fills in by hand, below its name.
    pub signing: Vec<String>,
}

/// A party of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// What it is called in the articles.
    pub role: String,
    /// Its name.
    pub name: String,
    /// What else is known of it. An empty value is a line to fill in.
    pub about: Vec<Named>,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its number and its title.
    pub title: String,
    /// Its clauses, with their numbers.
    pub clauses: Vec<String>,
    /// The titles of its table; empty where it has none.
    pub columns: Vec<String>,
    /// The rows of its table, each with a text for each column.
    pub rows: Vec<Vec<String>>,
}
